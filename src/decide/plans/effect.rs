//! What a later campaign shows of an action: the change of its critère and its verdict. That the
//! action is the cause is never said.

use std::collections::HashMap;

use super::action::Action;
use super::action_words::Status;
use super::state::Plans;
use crate::compare::{Comparisons, Line};
use crate::figures::Level;
use crate::stats::change::Verdict;
use crate::vocabulary::config::Campaign;
use crate::wording::comparison_reasons;

/// A critère of an action, before and after.
#[derive(Debug, Clone, PartialEq)]
pub struct Effect {
    /// Id of the action.
    pub action: String,
    /// Structure code.
    pub structure: String,
    /// Code of the critère.
    pub critere: String,
    /// Where the action stood at the end of the later campaign: done or running.
    pub statut: Status,
    /// Level in the campaign of origin.
    pub before: Option<f64>,
    /// Level in the later campaign.
    pub after: Option<f64>,
    /// After minus before, in levels.
    pub delta: Option<f64>,
    /// None where nothing may be said.
    pub verdict: Option<Verdict>,
    /// The observer changed, or a source appeared or disappeared.
    pub a_verifier: bool,
    /// For an impératif: whether it is met in the later campaign; none when it was not evaluated.
    pub met: Option<bool>,
    /// What weakens the reading, in a few French words; empty when nothing does.
    pub reserve: String,
}

impl Effect {
    /// Verdict and mark as `comparer` writes them: `progresse+a_verifier`; empty without a verdict.
    pub fn verdict_text(&self) -> String {
        let verdict = self.verdict.map_or("", Into::<&str>::into);
        if self.a_verifier && !verdict.is_empty() {
            format!("{verdict}+a_verifier")
        } else {
            verdict.to_owned()
        }
    }
}

/// Effects of the actions of one campaign that were done or under way at the end of a later one,
/// by structure then id, one per critère of each action. `compared` is the comparison of exactly
/// these two campaigns.
pub fn effect(
    plans: &Plans,
    origin: &Campaign,
    later: &Campaign,
    compared: &Comparisons,
) -> Vec<Effect> {
    let end = later.fin;
    let begun = |a: &&Action| {
        let status = a.status_at(end);
        a.campagne == origin.id && matches!(status, Status::Done | Status::Running)
    };
    let mut lines: ComparedLines = HashMap::new();
    for line in &compared.lines {
        let key = (line.structure.as_str(), line.level, line.code.as_str());
        lines.entry(key).or_insert(line);
    }
    let actions = plans.actions.iter().filter(begun);
    actions
        .flat_map(|a| a.criteres.iter().map(|code| of(a, code, later, &lines)))
        .collect()
}

/// Structure, level and code → line: a territory has too many to look through for each action.
type ComparedLines<'a> = HashMap<(&'a str, Level, &'a str), &'a Line>;

fn of(action: &Action, code: &str, later: &Campaign, lines: &ComparedLines) -> Effect {
    let find = |level| {
        lines
            .get(&(action.structure.as_str(), level, code))
            .copied()
    };
    let line = find(Level::Critere);
    let must = find(Level::Imperatif);
    let statut = action.status_at(later.fin);
    let mut reserves = Vec::new();
    match line {
        None => reserves.push("critère non évalué à cette campagne".to_owned()),
        Some(line) if !line.reasons.is_empty() => {
            reserves.push(comparison_reasons::of_line(line));
        }
        Some(_) => {}
    }
    if statut == Status::Running {
        reserves.push("action encore en cours".to_owned());
    } else if action.close.is_some_and(|done| done > later.debut) {
        reserves.push("action réalisée pendant la campagne".to_owned());
    }
    Effect {
        action: action.id.clone(),
        structure: action.structure.clone(),
        critere: code.to_owned(),
        statut,
        before: line.and_then(|l| l.value1),
        after: line.and_then(|l| l.value2),
        delta: line.and_then(|l| l.delta),
        verdict: line.and_then(|l| l.verdict),
        a_verifier: line.is_some_and(|l| l.a_verifier),
        met: must.and_then(|l| l.value2).map(|v| v > 0.5),
        reserve: reserves.join(" ; "),
    }
}
