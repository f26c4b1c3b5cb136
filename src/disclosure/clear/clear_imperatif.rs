//! What observers, documents and the team itself establish: impératifs, perception gaps.

use super::clearance_input::ClearanceInput;
use super::clearing::Clearing;
use crate::base::text::rounded;
use crate::disclosure::cleared::{
    ClearedCorrection, ClearedGap, ClearedImperatif, ClearedRules, Mask, Shown,
};
use crate::figures::{Figure, FigureStatus, Indicators, Level, leaves_the_tool};
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
    let outside = leaves_the_tool(r, &f.code, level);
    let (mut missing, mut below, mut corrected) = (Vec::new(), Vec::new(), Vec::new());
    let scores = indicators.scores(&f.structure);
    for &e in &critere.elements {
        let element = &r.elements[e];
        let scored = scores.and_then(|s| s.element(&element.code, element.source));
        match scored {
            Some(x) if element.must && x.corrected => corrected.push(ClearedCorrection {
                label: element.label.to_string(),
                day: indicators
                    .collected
                    .corrected_on(&f.structure, &element.code),
            }),
            Some(x) if element.must && x.value.is_none() => missing.push(element.label.clone()),
            Some(x) if element.must && x.value.is_some_and(|v| v < 4.0 - 1e-9) => {
                if f.status == FigureStatus::NonEvalue && x.limite {
                    let doubt = format!("{} (à vérifier auprès du SDJES)", element.label);
                    missing.push(doubt.into());
                } else {
                    below.push(element.label.clone());
                }
            }
            _ => {}
        }
    }
    if outside {
        (missing, below, corrected) = (Vec::new(), Vec::new(), Vec::new());
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
        corrected,
    })
}

/// Rules of law of a site: those of a finding that leaves the tool are not among them, met or not.
pub(crate) fn clear_rules(
    r: &Referentiel,
    indicators: &Indicators,
    structure: &str,
) -> Option<ClearedRules> {
    let mut rules = ClearedRules::default();
    for critere in &r.criteres {
        let of = |level: Level| indicators.get(structure, level, &critere.code);
        let level = of(Level::Critere).and_then(|f| f.value);
        let Some(figure) = of(Level::Regle).filter(|_| !leaves_the_tool(r, &critere.code, level))
        else {
            continue;
        };
        let met = figure.value.unwrap_or(0.0) * figure.n as f64;
        rules.met += met.round() as usize;
        let own = critere.elements.iter().map(|e| &r.elements[*e]);
        let own = own.filter_map(|e| {
            indicators.get_source(structure, Level::Regle, &e.code, Some(e.source))
        });
        rules.corrected += own.filter(|f| f.status == FigureStatus::Corrige).count();
        rules.checked += figure.n;
        rules.applicable += figure.expected;
    }
    (rules.applicable > 0).then_some(rules)
}

/// Findings of a site that were put right since: those of a finding that leaves the tool are not among them.
pub(crate) fn clear_corrections(
    r: &Referentiel,
    indicators: &Indicators,
    structure: &str,
) -> Vec<ClearedCorrection> {
    let mut corrections = Vec::new();
    let scores = indicators.scores(structure);
    for critere in &r.criteres {
        let level = indicators.get(structure, Level::Critere, &critere.code);
        if leaves_the_tool(r, &critere.code, level.and_then(|f| f.value)) {
            continue;
        }
        let elements = critere.elements.iter().map(|e| &r.elements[*e]);
        let corrected = elements.filter(|e| {
            let scored = scores.and_then(|s| s.element(&e.code, e.source));
            scored.is_some_and(|s| s.corrected)
        });
        corrections.extend(corrected.map(|e| ClearedCorrection {
            label: e.label.to_string(),
            day: indicators.collected.corrected_on(structure, &e.code),
        }));
    }
    corrections
}

/// Impératifs of a site at the campaign before, for critères that are the same in both.
pub(crate) fn previous_imperatifs(clearing: &Clearing, structure: &str) -> Vec<ClearedImperatif> {
    let Some(before) = clearing.input.before else {
        return Vec::new();
    };
    let figures = before.indicators.of(structure).iter();
    figures
        .filter(|f| {
            let line = clearing.figures.line(structure, Level::Critere, &f.code);
            let differs = line.is_some_and(|l| l.verdict == Some(Verdict::NonComparable));
            f.level == Level::Imperatif && !differs
        })
        .filter_map(|f| clear_imperatif(clearing.input.referentiel, before.indicators, f))
        .collect()
}

/// Rule 7, only where both exist; a serious finding is not discussed on paper.
pub(crate) fn clear_gaps(input: &ClearanceInput, structure: &str) -> Vec<ClearedGap> {
    let criteres = input.referentiel.criteres.iter();
    let mut gaps: Vec<ClearedGap> = criteres
        .filter_map(|c| {
            let aut = score(input, structure, &c.code, SourceCode::Aut)?;
            let obs = score(input, structure, &c.code, SourceCode::Obs)?;
            let level = input.indicators.get(structure, Level::Critere, &c.code);
            let level = level.and_then(|f| f.value);
            let hidden = leaves_the_tool(input.referentiel, &c.code, level)
                || leaves_the_tool(input.referentiel, &c.code, Some(obs))
                || leaves_the_tool(input.referentiel, &c.code, Some(aut));
            (!hidden).then(|| ClearedGap {
                code: c.code.clone(),
                label: c.label.to_string(),
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

/// What a source says of a critère.
fn score(
    input: &ClearanceInput,
    structure: &str,
    critere: &str,
    source: SourceCode,
) -> Option<f64> {
    input
        .indicators
        .scores(structure)?
        .source(critere, source)?
        .value
}
