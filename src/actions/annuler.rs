//! Takes an import, or one of its files, back.

use crate::base::error::Result;
use crate::campaign::{OpenObservatory, today};
use crate::intake::{file_names, kept_name};

/// What to take back.
pub(crate) struct UndoRequest {
    /// Import, as `I003`.
    pub import: String,
    /// The only one of its files.
    pub file: Option<String>,
}

/// What was taken back.
pub(crate) struct UndoOutcome {
    /// Import.
    pub import: String,
    /// Names of the files.
    pub files: Vec<String>,
}

/// Takes back; what was replaced is in place again.
///
/// # Errors
///
/// An import or a file that is not there; a store that is held or damaged.
pub(crate) fn undo(opened: &OpenObservatory, request: &UndoRequest) -> Result<UndoOutcome> {
    let label = &request.import;
    // A person may give the name that the file bears on their disk.
    let campaign = opened.store.campaign_of(label)?;
    let kept = match (&request.file, &campaign) {
        (Some(name), Some(campaign)) => {
            let key = opened.store.respondent_key(campaign)?;
            Some(kept_name(&file_names(&opened.observatory), &key, name))
        }
        (name, _) => name.clone(),
    };
    let undone = opened.store.undo(today(), label, kept.as_deref())?;
    Ok(UndoOutcome {
        import: undone.import,
        files: undone.names,
    })
}
