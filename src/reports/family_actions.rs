//! What families read of an action: what changes for children, by when. What its team wrote for itself is told by what the
//! critère is about.

use super::report_context::ReportContext;
use super::sentences::in_short;
use crate::base::day::Day;
use crate::disclosure::ClearedAction;
use crate::wording::family_words::{FamilyWords, is_for_families};

/// What an action is about, then the action with its day; the subject is empty where its own words are read.
pub(super) fn told(a: &ClearedAction, context: &ReportContext) -> (&'static str, String) {
    match own_words(a, context) {
        None => (
            "",
            format!(
                "{}. {}",
                in_short(a.action.as_str()),
                sentence(a, "C’est fait")
            ),
        ),
        Some(words) => (
            words.subject,
            format!("{}. {}", sought(words), sentence(a, "Une étape est faite")),
        ),
    }
}

/// The action without its day.
pub(super) fn in_brief(a: &ClearedAction, context: &ReportContext) -> String {
    own_words(a, context).map_or_else(|| in_short(a.action.as_str()).to_owned(), sought)
}

fn sought(words: FamilyWords) -> String {
    format!("nous travaillons pour que {}", words.sought)
}

/// The words that stand for an action that families would not understand; none where they may read it as it is.
fn own_words(a: &ClearedAction, context: &ReportContext) -> Option<FamilyWords> {
    let is_read = is_for_families(a.action.as_str());
    let labels = (a.criteres.iter()).filter_map(|code| context.referentiel.critere(code));
    let mut labels = labels.map(|c| context.referentiel.criteres[c].label.as_str());
    labels.find_map(FamilyWords::of).filter(|_| !is_read)
}

/// By when, or since when; what is over is said so, and no day of the past is promised.
fn sentence(a: &ClearedAction, done: &str) -> String {
    if let Some(day) = a.realisation {
        return format!("{done} depuis le {}.", day.long());
    }
    match a.echeance {
        None => "La date n’est pas encore fixée.".to_owned(),
        Some(day) if a.late => format!(
            "C’était prévu pour {} ; ce n’est pas encore fait, la nouvelle date reste à fixer.",
            month(day)
        ),
        Some(day) => format!("C’est prévu d’ici le {}.", day.long()),
    }
}

/// « octobre 2026 ».
fn month(day: Day) -> String {
    let long = day.long();
    let after = long.split_once(['\u{a0}', ' ']);
    after.map_or_else(|| long.clone(), |(_, month)| month.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_over_is_said_and_nothing_past_is_promised() {
        let day = |text: &str| text.parse::<Day>().ok();
        let action = |echeance, late| ClearedAction {
            echeance,
            late,
            ..ClearedAction::default()
        };
        let over = sentence(&action(day("2026-10-31"), true), "C’est fait");
        assert!(over.starts_with("C’était prévu pour octobre"), "{over}");
        let to_come = sentence(&action(day("2026-12-30"), false), "C’est fait");
        assert!(to_come.starts_with("C’est prévu d’ici le 30"), "{to_come}");
    }
}
