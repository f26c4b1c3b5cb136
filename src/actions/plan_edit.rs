//! An action of a plan, edited by who sees it on a page: kept as the line of a workbook would be, never otherwise.

use crate::base::diagnostics::has_errors;
use crate::base::error::Result;
use crate::campaign::{OpenObservatory, today};
use crate::decide::plans::{
    ActionRecord, MeanwhileCell, TypedLine, TypedRemark, take_back, type_line,
};

/// What was typed.
pub(crate) struct PlanEditRequest {
    /// Id of the action; none for a new one.
    pub action: Option<String>,
    /// Fields as they were typed; others stay as they are.
    pub cells: ActionRecord,
    /// State of the plans that the page showed.
    pub seen: String,
    /// Whether what others changed meanwhile is replaced.
    pub replaces: bool,
}

/// What became of it.
pub(crate) struct PlanEditOutcome {
    /// What was noticed, field by field.
    pub remarks: Vec<TypedRemark>,
    /// What others changed meanwhile; when it was not to be replaced, nothing was written.
    pub meanwhile: Vec<MeanwhileCell>,
    /// The action that was added or changed; none when nothing was written.
    pub written: Option<String>,
    /// The action that a new one already was, word for word: it is left as it is.
    pub recognised: Option<String>,
    /// Whether nothing was written because of an error.
    pub refused: bool,
}

/// Keeps what was typed of an action.
///
/// # Errors
///
/// An action that the page did not show; plans that cannot be read or written, or are held.
pub(crate) fn edit_plan(
    opened: &OpenObservatory,
    request: &PlanEditRequest,
) -> Result<PlanEditOutcome> {
    let typed = TypedLine {
        id: request.action.clone().unwrap_or_default(),
        cells: request.cells.clone(),
        seen: request.seen.clone(),
        replaces: request.replaces,
        date: today(),
    };
    let outcome = type_line(&opened.observatory, &typed)?;
    let file = outcome.file;
    let ids = file.created.iter().chain(&file.changed).next();
    let is_new = request.action.is_none() && file.created.is_empty();
    Ok(PlanEditOutcome {
        written: ids.filter(|_| file.entry.is_some()).cloned(),
        recognised: file.recognised.first().filter(|_| is_new).cloned(),
        refused: has_errors(&file.diagnostics),
        remarks: outcome.remarks,
        meanwhile: file.meanwhile,
    })
}

/// Takes back what this machine changed last; gives the actions that went back.
///
/// # Errors
///
/// Another change than the one that was shown is the last one; values that changed since.
pub(crate) fn take_back_last(opened: &OpenObservatory, shown: &str) -> Result<Vec<String>> {
    Ok(take_back(&opened.observatory, shown, today())?.changed)
}
