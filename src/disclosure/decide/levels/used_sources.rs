//! Sources that enter a critère.

use super::site_view::SiteView;
use crate::disclosure::cleared::Mask;
use crate::figures::FigureStatus;
use crate::vocabulary::referentiel::SourceCode;

/// A source that enters a critère.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct UsedSource {
    pub(crate) source: SourceCode,
    pub(crate) weight: f64,
}

/// Why a critère that rests on few people alone is masked: every source that carries it is a
/// questionnaire under the audience's threshold, and its value would be that questionnaire's mean.
pub(crate) fn rests_on_few(view: &SiteView, critere: usize) -> Option<Mask> {
    let used = used_sources(view, critere);
    let few = !used.is_empty() && used.iter().all(|u| view.is_few(u.source, critere));
    let never = used.iter().all(|u| view.thresholds.per_site(u.source) == 0);
    few.then_some(if never {
        Mask::NotForAudience
    } else {
        Mask::TooFew
    })
}

/// Sources that enter a critère, by rule 3; the self-assessment where it stands in for a missing
/// observation.
pub(crate) fn used_sources(view: &SiteView, position: usize) -> Vec<UsedSource> {
    let critere = view.critere(position);
    let mut used = Vec::new();
    for source in SourceCode::ALL {
        let weight = critere.source_weights[source as usize];
        if weight > 0.0 && has_value(view, &critere.code, source) {
            used.push(UsedSource { source, weight });
        }
    }
    let observed = view.source(&critere.code, SourceCode::Obs);
    let missing = observed.is_some_and(|f| f.value.is_none() && f.status != FigureStatus::Nc);
    let weight = critere.source_weights[SourceCode::Obs as usize];
    let replaces = view.figures.referentiel.rules.auto_remplace_obs
        && has_value(view, &critere.code, SourceCode::Aut);
    if missing && weight > 0.0 && replaces {
        match used.iter_mut().find(|u| u.source == SourceCode::Aut) {
            Some(own) => own.weight += weight,
            None => used.push(UsedSource {
                source: SourceCode::Aut,
                weight,
            }),
        }
    }
    used
}

fn has_value(view: &SiteView, critere: &str, source: SourceCode) -> bool {
    let figure = view.source(critere, source);
    figure.is_some_and(|f| f.value.is_some())
}
