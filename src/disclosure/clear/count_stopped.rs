//! How many texts of people may not be quoted, and why: for who publishes, never for readers.

use super::clear_words::screen_of;
use super::clearance_input::ClearanceInput;
use crate::decide::plans::Action;
use crate::privacy::Motif;

/// Texts stopped for one reason; a text with two counts in both.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoppedWords {
    /// The reason, in a word.
    pub reason: &'static str,
    /// How many texts.
    pub texts: usize,
}

/// Counts what the screen stops among all that people wrote: comments, interviews, remarks, practices,
/// plans.
pub fn count_stopped(input: &ClearanceInput) -> Vec<StoppedWords> {
    let screen = input.decided.screen_or(|| screen_of(input));
    let voices = input.voices;
    let families = voices.families.iter().map(|f| &f.texte);
    let interviews = voices.interviews.iter().map(|i| &i.propos);
    let remarks = voices.remarks.iter().map(|r| &r.texte);
    let practices = voices.practices.iter().map(|p| &p.texte);
    let plans = input.actions.iter().flat_map(texts_of);
    let all = families.chain(interviews).chain(remarks);
    let found: Vec<_> = (all.chain(practices).chain(plans))
        .map(|text| screen.motifs(text))
        .collect();
    let counted = Motif::ALL.into_iter().map(|motif| StoppedWords {
        reason: motif.label(),
        texts: found.iter().filter(|f| f.has(motif)).count(),
    });
    counted.filter(|s| s.texts > 0).collect()
}

/// Texts of an action that a reader may be given.
fn texts_of(a: &Action) -> [&String; 5] {
    [
        &a.objectif,
        &a.action,
        &a.responsable,
        &a.appui,
        &a.indicateur,
    ]
}
