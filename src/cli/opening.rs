//! Opens the observatory that a command is about, and says when its store was converted; what was
//! noticed while reading the store is printed when the command is over.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use super::output::stderr_line;
use crate::base::diagnostics::{Diagnostic, Notices};
use crate::base::error::Result;
use crate::campaign::OpenObservatory;

/// What readers of the stores that were opened noticed.
static NOTICED: Mutex<Vec<Arc<Notices>>> = Mutex::new(Vec::new());

/// Opens the folder given, or the nearest one.
pub(super) fn open(folder: Option<&Path>) -> Result<OpenObservatory> {
    open_over(folder, &[])
}

/// The same, to compute from aggregates that territories shared, when there are any.
pub(super) fn open_over(folder: Option<&Path>, aggregates: &[PathBuf]) -> Result<OpenObservatory> {
    let opened = OpenObservatory::over(folder, aggregates)?;
    if let Some(converted) = opened.store.converted() {
        stderr_line(converted)?;
    }
    let mut noticed = NOTICED.lock().unwrap_or_else(PoisonError::into_inner);
    noticed.push(opened.store.notices());
    Ok(opened)
}

/// What was noticed since, in order.
pub(super) fn noticed() -> Vec<Diagnostic> {
    let noticed = NOTICED.lock().unwrap_or_else(PoisonError::into_inner);
    noticed.iter().flat_map(|n| n.take()).collect()
}
