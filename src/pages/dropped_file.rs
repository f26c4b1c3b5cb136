//! A file that was dropped on a page.

use tempfile::NamedTempFile;

/// A file that was dropped.
#[derive(Debug)]
pub(crate) struct Upload {
    /// Its name, without folder, that any system takes.
    pub(crate) name: String,
    pub(crate) file: NamedTempFile,
}
