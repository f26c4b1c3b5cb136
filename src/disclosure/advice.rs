//! What may be put forward: a critère whose figure is shown, never one that is masked.

use super::figure::ClearedFigure;
use super::{Material, Shown};
use crate::decide::priorities::{Practice, PriorityKind};

/// A critère put forward, and why.
#[derive(Debug, Clone, PartialEq)]
pub struct ClearedAdvice {
    /// Code of the critère.
    pub code: String,
    /// Why it is put forward.
    pub why: Why,
    /// Families' answers to it follow their overall satisfaction closely.
    pub important: bool,
}

/// Why a critère is put forward.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Why {
    /// An impératif that is not met.
    Imperatif,
    /// Above or below its target by more than noise.
    Sure,
    /// Above or below, within noise.
    Likely,
    /// Above or below, noise unknown.
    Unmeasured,
}

/// From this correlation on, a critère is said to be closely linked to overall satisfaction.
const CLOSE: f64 = 0.5;

/// Points to lean on, then points to work on.
pub(super) fn forward(
    material: &Material,
    structure: &str,
    criteres: &[(String, ClearedFigure)],
) -> (Vec<ClearedAdvice>, Vec<ClearedAdvice>) {
    let Some(advice) = material.priorities.sites.get(structure) else {
        return (Vec::new(), Vec::new());
    };
    let cleared = |position: usize, certain: bool| {
        let code = &material.referentiel.criteres[position].code;
        let shown = |f: &ClearedFigure| matches!(f.value, Some(Shown::Value(_)));
        let figure = criteres.iter().find(|(_, f)| &f.code == code)?;
        let own = material
            .indicators
            .get(structure, crate::figures::Level::Critere, code)?;
        let measured = material.indicators.spread.standard_error(&own.noise);
        let rho = material.priorities.importance.get(&position);
        shown(&figure.1).then(|| ClearedAdvice {
            code: code.clone(),
            why: match (measured, certain) {
                (None, _) => Why::Unmeasured,
                (_, true) => Why::Sure,
                (_, false) => Why::Likely,
            },
            important: rho.is_some_and(|r| *r >= CLOSE),
        })
    };
    let strengths = advice.strengths.iter();
    let priorities = advice.priorities.iter();
    (
        strengths
            .filter_map(|s| cleared(s.critere, s.certain))
            .collect(),
        priorities
            .filter_map(|p| {
                let mut found = cleared(p.critere, p.certain)?;
                if p.kind == PriorityKind::Imperatif {
                    found.why = Why::Imperatif;
                }
                Some(found)
            })
            .collect(),
    )
}

/// Practices whose figure this audience may see.
pub(super) fn practices<'a>(
    material: &'a Material,
    shown: impl Fn(&str, &str) -> bool + 'a,
) -> impl Iterator<Item = &'a Practice> {
    material.priorities.practices.iter().filter(move |p| {
        let code = &material.referentiel.criteres[p.critere].code;
        shown(&p.structure, code)
    })
}
