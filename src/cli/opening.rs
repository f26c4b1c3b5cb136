//! Opens the observatory that a command is about, and says when its store was converted.

use std::path::Path;

use super::output::stderr_line;
use crate::base::error::Result;
use crate::campaign::OpenObservatory;

/// Opens the folder given, or the nearest one.
pub(super) fn open(folder: Option<&Path>) -> Result<OpenObservatory> {
    let opened = OpenObservatory::open(folder)?;
    if let Some(converted) = opened.store.converted() {
        stderr_line(converted);
    }
    Ok(opened)
}
