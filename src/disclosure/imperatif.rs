//! What observers, documents and the team itself establish: impératifs, perception gaps.

use super::ground::Ground;
use super::{Mask, Material, Shown, is_outside};
use crate::figures::{Figure, FigureStatus, Indicators, Level};
use crate::stats::change::Verdict;
use crate::vocabulary::referentiel::{Referentiel, SourceCode};

/// An impératif, cleared.
#[derive(Debug, Clone, PartialEq)]
pub struct ClearedImperatif {
    /// Code.
    pub code: String,
    /// Label.
    pub label: String,
    /// Met, not met, not evaluated; masked when the finding leaves the tool.
    pub status: Shown<FigureStatus>,
    /// Labels of what is missing when it is not evaluated.
    pub missing: Vec<String>,
    /// Labels of what is below the top level when it is not met.
    pub below: Vec<String>,
}

/// A gap between how the team and an observer see a critère.
#[derive(Debug, Clone, PartialEq)]
pub struct ClearedGap {
    /// Code of the critère.
    pub code: String,
    /// Label of the critère.
    pub label: String,
    /// Self-assessment.
    pub aut: f64,
    /// Observation.
    pub obs: f64,
}

/// Clears an impératif; what is below and missing stays unsaid when the finding leaves the tool.
pub(super) fn imperatif(
    r: &Referentiel,
    indicators: &Indicators,
    f: &Figure,
) -> Option<ClearedImperatif> {
    let critere = &r.criteres[r.critere(&f.code)?];
    let level = indicators
        .get(&f.structure, Level::Critere, &f.code)
        .and_then(|c| c.value);
    let outside = is_outside(r, &f.code, level);
    let (mut missing, mut below) = (Vec::new(), Vec::new());
    for &e in &critere.elements {
        let element = &r.elements[e];
        let counted = element.source.counts_for_imperatif();
        let found = indicators.get_source(
            &f.structure,
            Level::Element,
            &element.code,
            Some(element.source),
        );
        match found {
            Some(x) if counted && x.value.is_none() => missing.push(element.label.clone()),
            Some(x) if counted && x.value.is_some_and(|v| v < 4.0 - 1e-9) => {
                below.push(element.label.clone());
            }
            _ => {}
        }
    }
    if outside {
        (missing, below) = (Vec::new(), Vec::new());
    }
    Some(ClearedImperatif {
        code: f.code.to_string(),
        label: critere.label.clone(),
        status: if outside {
            Shown::Masked(Mask::Outside)
        } else {
            Shown::Value(f.status)
        },
        missing,
        below,
    })
}

/// Impératifs of a site at the campaign before, for critères that are the same in both.
pub(super) fn previous(ground: &Ground, structure: &str) -> Vec<ClearedImperatif> {
    let material = ground.material;
    let broken = |code: &str| {
        let line = ground.line(structure, Level::Critere, code);
        line.is_some_and(|l| l.verdict == Some(Verdict::NonComparable))
    };
    let Some(previous) = material.previous else {
        return Vec::new();
    };
    let own = previous.of(structure).iter();
    own.filter(|f| f.level == Level::Imperatif && !broken(&f.code))
        .filter_map(|f| imperatif(material.referentiel, previous, f))
        .collect()
}

/// Rule 7, only where both exist; a serious finding is not discussed on paper.
pub(super) fn gaps(material: &Material, structure: &str) -> Vec<ClearedGap> {
    let r = material.referentiel;
    let score = |code: &str, source| {
        material
            .indicators
            .get_source(structure, Level::Source, code, Some(source))?
            .value
    };
    let mut gaps: Vec<ClearedGap> = r
        .criteres
        .iter()
        .filter_map(|c| {
            let (aut, obs) = (
                score(&c.code, SourceCode::Aut)?,
                score(&c.code, SourceCode::Obs)?,
            );
            let hidden = is_outside(r, &c.code, Some(obs)) || is_outside(r, &c.code, Some(aut));
            (!hidden).then(|| ClearedGap {
                code: c.code.clone(),
                label: c.label.clone(),
                aut: crate::base::text::rounded(aut, 1),
                obs: crate::base::text::rounded(obs, 1),
            })
        })
        .collect();
    gaps.sort_by(|a, b| {
        (b.aut - b.obs)
            .abs()
            .total_cmp(&(a.aut - a.obs).abs())
            .then_with(|| a.code.cmp(&b.code))
    });
    gaps
}
