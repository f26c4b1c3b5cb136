//! The long table of answers as stored, or the registry.

use crate::base::error::Result;
use crate::base::tabular::Table;
use crate::campaign::OpenObservatory;
use crate::exports;

/// What can be exported.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Exported {
    /// The long table of answers.
    Observations,
    /// The registry of structures.
    Structures,
}

/// What to export.
pub(crate) struct ExportRequest {
    /// Which table.
    pub table: Exported,
    /// The only campaign wanted; all of them otherwise.
    pub campaign: Option<String>,
}

/// Gives the table.
///
/// # Errors
///
/// An unknown campaign; a store that cannot be read.
pub(crate) fn export(opened: &OpenObservatory, request: &ExportRequest) -> Result<Table> {
    if request.table == Exported::Structures {
        return Ok(exports::structures(&opened.observatory.registry));
    }
    let campaign = match &request.campaign {
        Some(id) => Some(opened.observatory.campaign(Some(id))?.id.as_str()),
        None => None,
    };
    exports::observations(&opened.store.load(campaign)?)
}
