//! Opens the observatory that a command is about, and says when its store was converted.

use std::path::{Path, PathBuf};

use super::output::stderr_line;
use crate::base::error::Result;
use crate::campaign::OpenObservatory;

/// Opens the folder given, or the nearest one.
pub(super) fn open(folder: Option<&Path>) -> Result<OpenObservatory> {
    open_over(folder, &[])
}

/// The same, to compute from aggregates that territories shared, when there are any.
pub(super) fn open_over(folder: Option<&Path>, aggregates: &[PathBuf]) -> Result<OpenObservatory> {
    let opened = OpenObservatory::over(folder, aggregates)?;
    if let Some(converted) = opened.store.converted() {
        stderr_line(converted);
    }
    Ok(opened)
}
