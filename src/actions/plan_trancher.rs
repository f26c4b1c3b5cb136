//! A cell of the plan that two machines filled at once, settled: what one wrote, or what stands.

use super::plan_edit::{PlanEditOutcome, PlanEditRequest, edit_plan};
use crate::base::error::Result;
use crate::campaign::{OpenObservatory, today};
use crate::decide::plans::{ActionField, ActionRecord, keep_standing};

/// What was chosen.
pub(crate) struct PlanChoiceRequest {
    /// Action.
    pub action: String,
    /// Field.
    pub field: ActionField,
    /// What stood when it was chosen.
    pub kept: String,
    /// What was chosen.
    pub chosen: String,
    /// State of the plans that the page showed.
    pub seen: String,
}

/// Settles a contested cell; what is chosen against what stands is checked as any change. None when what stands stays.
///
/// # Errors
///
/// A cell that no longer waits for this choice; plans that cannot be read or written, or are held.
pub(crate) fn settle(
    opened: &OpenObservatory,
    request: &PlanChoiceRequest,
) -> Result<Option<PlanEditOutcome>> {
    if request.chosen == request.kept {
        let (action, field) = (&request.action, request.field);
        keep_standing(&opened.observatory, action, field, &request.kept, today())?;
        return Ok(None);
    }
    let edit = PlanEditRequest {
        action: Some(request.action.clone()),
        cells: ActionRecord::from([(request.field, request.chosen.clone())]),
        seen: request.seen.clone(),
        replaces: false,
    };
    edit_plan(opened, &edit).map(Some)
}
