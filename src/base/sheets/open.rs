//! Bytes → sheets of located cells: here, or by another process when the file may end the one that reads it.

use std::path::Path;

use super::cells::Workbook;
use super::open_here::{FileSignature, magic, named, open_here};
use super::{apart, guard};
use crate::base::diagnostics::{Checked, Diagnostic};

/// Reads a file's bytes; `path` gives its name and is never opened.
///
/// # Errors
///
/// The one diagnostic that refuses the file: empty, protected, unreadable, too large.
pub fn open(path: &Path, bytes: &[u8]) -> Result<Checked<Workbook>, Diagnostic> {
    let is_risky = match magic(bytes) {
        FileSignature::Zip => guard::is_risky(bytes),
        FileSignature::Compound => true,
        FileSignature::Other => false,
    };
    let apart = is_risky.then(|| apart::read(&named(path), bytes)).flatten();
    apart.unwrap_or_else(|| open_here(path, bytes))
}
