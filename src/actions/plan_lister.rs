//! Actions of the plans, and which of them are late.

use crate::base::error::Result;
use crate::base::tabular::Table;
use crate::campaign::{Session, day_or_today};
use crate::decide::plans::{Action, Counts, Status, actions_table};

/// Which actions.
#[derive(Default)]
pub(crate) struct ActionsRequest {
    /// Code of the only structure wanted.
    pub structure: Option<String>,
    /// The only status wanted.
    pub status: Option<Status>,
    /// Only what is late.
    pub late: bool,
    /// Day on which they are looked at, AAAA-MM-JJ; today otherwise.
    pub date: Option<String>,
}

/// The actions.
pub(crate) struct ActionsOutcome<'a> {
    /// Day on which they are looked at, ISO.
    pub day: String,
    /// By structure, then id.
    pub actions: Vec<&'a Action>,
    /// What they amount to.
    pub counts: Counts,
    /// Whether the plans hold no action at all.
    pub nothing_yet: bool,
}

/// Lists actions.
///
/// # Errors
///
/// An unknown structure, a day that is none.
pub(crate) fn list<'a>(
    session: &'a Session,
    request: &ActionsRequest,
) -> Result<ActionsOutcome<'a>> {
    let day = day_or_today(request.date.as_deref())?;
    let structure = match &request.structure {
        Some(code) => Some(session.structure(code)?.code.as_str()),
        None => None,
    };
    let actions: Vec<&Action> = session
        .plans
        .of(structure)
        .filter(|a| request.status.is_none_or(|s| a.status_at(&day) == s))
        .filter(|a| !request.late || a.late(&day))
        .collect();
    let mut counts = Counts::default();
    for action in &actions {
        counts.add(action, &day);
    }
    Ok(ActionsOutcome {
        day,
        actions,
        counts,
        nothing_yet: session.plans.actions.is_empty(),
    })
}

impl ActionsOutcome<'_> {
    /// The table of the contract.
    pub(crate) fn table(&self) -> Table {
        actions_table(self.actions.iter().copied(), &self.day)
    }
}
