//! Actions of the plans, and which of them are late.

use crate::base::day::Day;
use crate::base::error::Result;
use crate::base::tabular::Table;
use crate::campaign::{OpenObservatory, day_or_today};
use crate::decide::plans::{Action, ActionCounts, Status, actions_table};

/// Which actions.
#[derive(Default)]
pub(crate) struct ActionsRequest {
    /// Code of the only structure wanted.
    pub structure: Option<String>,
    /// Id of the only campaign of origin wanted.
    pub campaign: Option<String>,
    /// Only what nobody leads and is not over.
    pub without_lead: bool,
    /// The only status wanted.
    pub status: Option<Status>,
    /// Only what is late.
    pub late: bool,
    /// Day on which they are looked at, AAAA-MM-JJ; today otherwise.
    pub date: Option<String>,
}

/// The actions.
pub(crate) struct ActionsOutcome<'a> {
    /// Day on which they are looked at.
    pub day: Day,
    /// By structure, then id.
    pub actions: Vec<&'a Action>,
    /// What they amount to.
    pub counts: ActionCounts,
    /// Whether the plans hold no action at all.
    pub nothing_yet: bool,
}

/// Lists actions.
///
/// # Errors
///
/// An unknown structure, a day that is none.
pub(crate) fn list<'a>(
    opened: &'a OpenObservatory,
    request: &ActionsRequest,
) -> Result<ActionsOutcome<'a>> {
    let day = day_or_today(request.date.as_deref())?;
    let structure = match &request.structure {
        Some(code) => Some(opened.structure(code)?.code.as_str()),
        None => None,
    };
    let origin = match &request.campaign {
        Some(id) => Some(opened.observatory.campaign(Some(id))?.id.as_str()),
        None => None,
    };
    let nobody = |a: &Action| a.responsable.is_empty() && !a.status_at(day).is_closed();
    let actions: Vec<&Action> = opened
        .plans
        .of(structure)
        .filter(|a| origin.is_none_or(|id| a.campagne == id))
        .filter(|a| !request.without_lead || nobody(a))
        .filter(|a| request.status.is_none_or(|s| a.status_at(day) == s))
        .filter(|a| !request.late || a.late(day))
        .collect();
    let mut counts = ActionCounts::default();
    for action in &actions {
        counts.add(action, day);
    }
    Ok(ActionsOutcome {
        day,
        actions,
        counts,
        nothing_yet: opened.plans.actions.is_empty(),
    })
}

impl ActionsOutcome<'_> {
    /// The table of the contract.
    pub(crate) fn table(&self) -> Table {
        actions_table(self.actions.iter().copied(), self.day)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::actions::init::{InitRequest, init};

    #[test]
    fn an_action_answers_without_a_command_line() {
        let folder = tempfile::tempdir().expect("a folder");
        let dir = folder.path().join("observatoire");
        init(&InitRequest {
            dir: dir.clone(),
            territory: None,
            first: None,
            epci: None,
        })
        .expect("laid");
        let opened = OpenObservatory::open(Some(&dir)).expect("an observatory");
        let request = ActionsRequest {
            date: Some("2026-12-15".to_owned()),
            ..ActionsRequest::default()
        };
        let outcome = list(&opened, &request).expect("a list");
        assert!(outcome.nothing_yet && outcome.actions.is_empty());
        assert_eq!(outcome.day.to_string(), "2026-12-15");
        let unknown = ActionsRequest {
            structure: Some("R99".to_owned()),
            ..request
        };
        let refused = list(&opened, &unknown).err().map(|e| e.exit_code());
        assert_eq!(refused, Some(2));
    }
}
