//! What may be put forward: a critère whose figure is shown, never one that is masked.

use super::clear_figure::is_printed;
use super::clearance_input::ClearanceInput;
use crate::decide::priorities::{Practice, PriorityKind};
use crate::disclosure::cleared::{ClearedAdvice, ClearedFigure, Why};
use crate::figures::Level;

/// From this correlation on, a critère is said to be closely linked to overall satisfaction.
const CLOSE: f64 = 0.5;

/// What is put forward of a site.
#[derive(Default)]
pub(crate) struct SiteAdvice {
    /// Points to lean on.
    pub(crate) strengths: Vec<ClearedAdvice>,
    /// Points to work on.
    pub(crate) priorities: Vec<ClearedAdvice>,
}

/// Points to lean on and points to work on among the critères of a site.
pub(crate) fn clear_advice(
    input: &ClearanceInput,
    structure: &str,
    criteres: &[ClearedFigure],
) -> SiteAdvice {
    let Some(advice) = input.priorities.sites.get(structure) else {
        return SiteAdvice::default();
    };
    let strengths = advice.strengths.iter();
    let priorities = advice.priorities.iter();
    SiteAdvice {
        strengths: strengths
            .filter_map(|s| {
                let advice = put_forward(input, structure, criteres, s.critere, s.certain)?;
                Some(advice.beside(input, criteres, &s.ties))
            })
            .collect(),
        priorities: priorities
            .filter_map(|p| {
                let mut advice = put_forward(input, structure, criteres, p.critere, p.certain)?;
                if p.kind == PriorityKind::Imperatif {
                    advice.why = Why::Imperatif;
                    return Some(advice);
                }
                Some(advice.beside(input, criteres, &p.ties))
            })
            .collect(),
    }
}

/// A critère by its position, when its figure is shown.
fn put_forward(
    input: &ClearanceInput,
    structure: &str,
    criteres: &[ClearedFigure],
    position: usize,
    certain: bool,
) -> Option<ClearedAdvice> {
    let code = &input.referentiel.criteres[position].code;
    let figure = input.indicators.get(structure, Level::Critere, code)?;
    let measured = input.indicators.spread.standard_error(&figure.noise);
    let rho = input.priorities.importance.get(&position);
    let weighs = (input.priorities.sites.get(structure)).is_some_and(|a| a.by_importance);
    is_printed(criteres, code).then(|| ClearedAdvice {
        code: code.clone(),
        why: match (measured, certain) {
            (None, _) => Why::Unmeasured,
            (_, true) => Why::Sure,
            (_, false) => Why::Likely,
        },
        important: weighs && rho.is_some_and(|r| *r >= CLOSE),
        ties: Vec::new(),
    })
}

impl ClearedAdvice {
    /// With the codes of the critères that only the order of the référentiel sets after it: those that are
    /// printed, since an equal place would tell the level of one that is not.
    fn beside(
        mut self,
        input: &ClearanceInput,
        criteres: &[ClearedFigure],
        ties: &[usize],
    ) -> Self {
        let codes = ties.iter().map(|c| &input.referentiel.criteres[*c].code);
        let shown = codes.filter(|code| is_printed(criteres, code));
        self.ties = shown.cloned().collect();
        self
    }
}

/// Practices whose figure this audience may see, by site and code of the critère.
pub(crate) fn shown_practices<'a>(
    input: &'a ClearanceInput,
    is_shown: impl Fn(&str, &str) -> bool + 'a,
) -> impl Iterator<Item = &'a Practice> {
    input.priorities.practices.iter().filter(move |p| {
        let code = &input.referentiel.criteres[p.critere].code;
        is_shown(&p.structure, code)
    })
}
