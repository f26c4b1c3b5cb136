//! What moved between two days, among what an audience may see.

use super::ctg_view::{CtgAction, CtgDecision, CtgView};
use crate::base::day::Day;

/// What became of a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CtgChange {
    /// It was not there.
    Added,
    /// From one status to another.
    Status(&'static str, &'static str),
    /// Its deadline was moved.
    Due(Day, Day),
}

/// A line that moved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CtgMove {
    /// `ACT-007`, `DEC-003`.
    pub id: String,
    /// Its words.
    pub text: String,
    /// Whether it is a decision.
    pub is_decision: bool,
    /// What became of it.
    pub change: CtgChange,
}

impl CtgView {
    /// Actions in force, then decisions, that moved since another day: each once, by what matters most of it.
    pub fn moved_since(&self, before: &Self) -> Vec<CtgMove> {
        let actions = self.running().filter_map(|now| {
            let then = before.actions.iter().find(|a| a.id == now.id);
            Some(CtgMove {
                id: now.id.clone(),
                text: now.text.clone(),
                is_decision: false,
                change: of_action(then, now)?,
            })
        });
        let decisions = self.decisions.iter().filter_map(|now| {
            let then = before.decisions.iter().find(|d| d.id == now.id);
            Some(CtgMove {
                id: now.id.clone(),
                text: now.text.clone(),
                is_decision: true,
                change: of_decision(then, now)?,
            })
        });
        actions.chain(decisions).collect()
    }
}

fn of_action(then: Option<&CtgAction>, now: &CtgAction) -> Option<CtgChange> {
    let Some(then) = then else {
        return Some(CtgChange::Added);
    };
    if then.status != now.status {
        return Some(CtgChange::Status(then.status, now.status));
    }
    due(then.due, now.due)
}

fn of_decision(then: Option<&CtgDecision>, now: &CtgDecision) -> Option<CtgChange> {
    let Some(then) = then else {
        return Some(CtgChange::Added);
    };
    if then.sequel != now.sequel {
        return Some(CtgChange::Status(then.sequel, now.sequel));
    }
    due(then.due, now.due)
}

fn due(then: Option<Day>, now: Option<Day>) -> Option<CtgChange> {
    let (then, now) = (then?, now?);
    (then != now).then_some(CtgChange::Due(then, now))
}
