//! Whether the ratings of a critère may be read to the unit, beside its level.

use super::axe_masking::EFFORT;
use super::hidden_levels::HiddenLevels;
use super::site_view::SiteView;
use super::source_equations::SourceEquations;
use super::used_sources::used_sources;
use crate::disclosure::cleared::Mask;
use crate::disclosure::decide::printed_level::printed_level;
use crate::figures::Level;
use crate::stats::exact_bounds::{Effort, ExactBounds};
use crate::stats::feasible::System;

/// Why the ratings of a critère (grids, interviews) stay: the level of the critère is taken as printed
/// elsewhere, whoever reads it, and the questionnaires that enter it beside the ratings must not follow.
/// None where they may be told.
pub(crate) fn hidden_ratings(
    view: &SiteView,
    hidden: &HiddenLevels,
    position: usize,
) -> Option<Mask> {
    let critere = view.critere(position);
    if hidden.mask_of(&critere.code) == Some(Mask::Outside) {
        return Some(Mask::Outside);
    }
    let value = view.value(Level::Critere, &critere.code)?;
    let mut system = System::default();
    let said = printed_level(value, critere.cible);
    let whole = system.unknown(said.low, said.high);
    let (mut parts, mut means) = (Vec::new(), Vec::new());
    for used in used_sources(view, position) {
        let unknown = if used.source.is_questionnaire() {
            let equations = SourceEquations {
                view,
                hidden,
                critere,
                position,
                source: used.source,
            };
            equations.add_to(&mut system, &mut means).unknown
        } else {
            let told = view.source(&critere.code, used.source)?;
            system.unknown(told, told)
        };
        parts.push((unknown, used.weight));
    }
    if !parts.is_empty() {
        system.mean(whole, &parts);
    }
    system.tighten();
    let effort = Effort::new(EFFORT);
    let mut exact = ExactBounds::of(&system, &effort);
    let is_safe = means.iter().all(|mean| mean.is_met(&mut exact));
    (!is_safe).then_some(Mask::Derivable)
}
