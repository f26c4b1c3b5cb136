//! What observers, documents and the team itself establish: impératifs, perception gaps.

use super::clearance_input::ClearanceInput;
use super::clearing::Clearing;
use crate::base::text::rounded;
use crate::disclosure::cleared::{ClearedGap, ClearedImperatif, Mask, Shown};
use crate::figures::{Figure, Indicators, Level, leaves_the_tool};
use crate::stats::change::Verdict;
use crate::vocabulary::referentiel::{Referentiel, SourceCode};

/// Clears an impératif; what is below and missing stays unsaid when the finding leaves the tool.
pub(crate) fn clear_imperatif(
    r: &Referentiel,
    indicators: &Indicators,
    f: &Figure,
) -> Option<ClearedImperatif> {
    let critere = &r.criteres[r.critere(&f.code)?];
    let level = indicators
        .get(&f.structure, Level::Critere, &f.code)
        .and_then(|c| c.value);
    let outside = leaves_the_tool(&f.code, level);
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
        code: f.code.clone(),
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
pub(crate) fn previous_imperatifs(clearing: &Clearing, structure: &str) -> Vec<ClearedImperatif> {
    let broken = |code: &str| {
        let line = clearing.figures.line(structure, Level::Critere, code);
        line.is_some_and(|l| l.verdict == Some(Verdict::NonComparable))
    };
    let Some(before) = clearing.input.before else {
        return Vec::new();
    };
    let figures = before.indicators.of(structure).iter();
    figures
        .filter(|f| f.level == Level::Imperatif && !broken(&f.code))
        .filter_map(|f| clear_imperatif(clearing.input.referentiel, before.indicators, f))
        .collect()
}

/// Rule 7, only where both exist; a serious finding is not discussed on paper.
pub(crate) fn clear_gaps(input: &ClearanceInput, structure: &str) -> Vec<ClearedGap> {
    let r = input.referentiel;
    let score = |code: &str, source| {
        input
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
            let hidden = leaves_the_tool(&c.code, Some(obs)) || leaves_the_tool(&c.code, Some(aut));
            (!hidden).then(|| ClearedGap {
                code: c.code.clone(),
                label: c.label.clone(),
                aut: rounded(aut, 1),
                obs: rounded(obs, 1),
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
