//! Who knew what, and when: every change of an action.

use crate::base::error::{Error, Result};
use crate::base::text::suggest;
use crate::campaign::OpenObservatory;
use crate::decide::plans::ActionChange;

/// Which action.
pub(crate) struct HistoryRequest {
    /// Id, as `R01-C1-02`.
    pub id: String,
}

/// Its changes.
pub(crate) struct HistoryOutcome {
    /// Id.
    pub action: String,
    /// The oldest first.
    pub changes: Vec<ActionChange>,
}

/// Gives the changes of an action.
///
/// # Errors
///
/// An unknown action, with the nearest ones.
pub(crate) fn changes(
    opened: &OpenObservatory,
    request: &HistoryRequest,
) -> Result<HistoryOutcome> {
    let (plans, id) = (&opened.plans, &request.id);
    let Some(action) = plans.get(id) else {
        let ids = plans.actions.iter().map(|a| a.id.as_str());
        let hint = suggest(&id.to_uppercase(), ids).question();
        return Err(Error::Usage(format!(
            "L’action « {id} » n’existe pas dans le plan.{hint}"
        )));
    };
    Ok(HistoryOutcome {
        action: action.id.clone(),
        changes: plans.history(&action.id),
    })
}
