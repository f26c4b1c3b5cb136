//! Sources that enter a critère, by rule 3.

use super::figure::FigureStatus;
use super::scored::HeldScore;
use crate::vocabulary::referentiel::{Critere, Rules, SourceCode};

/// A source that enters a critère.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct UsedSource {
    pub(crate) source: SourceCode,
    pub(crate) weight: f64,
}

/// Sources with a weight and a score, in their order; the self-assessment, with the weight of observation,
/// where nobody came to observe.
pub(crate) fn used_sources(
    critere: &Critere,
    rules: &Rules,
    score: impl Fn(SourceCode) -> Option<HeldScore>,
) -> Vec<UsedSource> {
    let weight = |source: SourceCode| critere.source_weights[source as usize];
    let has_value = |source: SourceCode| score(source).is_some_and(|s| s.value.is_some());
    let mut used: Vec<UsedSource> = SourceCode::ALL
        .into_iter()
        .filter(|source| weight(*source) > 0.0 && has_value(*source))
        .map(|source| UsedSource {
            source,
            weight: weight(source),
        })
        .collect();
    let observed = weight(SourceCode::Obs);
    let nobody_came = score(SourceCode::Obs).is_some_and(|s| is_unvisited(s.status));
    if nobody_came && observed > 0.0 && rules.auto_remplace_obs && has_value(SourceCode::Aut) {
        match used.iter_mut().find(|u| u.source == SourceCode::Aut) {
            Some(own) => own.weight += observed,
            None => used.push(UsedSource {
                source: SourceCode::Aut,
                weight: observed,
            }),
        }
    }
    used
}

/// Whether observation lacks because nobody came: what somebody saw, however little, is not set aside for
/// what the team thinks of itself.
pub(super) fn is_unvisited(status: FigureStatus) -> bool {
    status == FigureStatus::Absent
}
