//! What a purge does to figures: nothing, but to those that too few people stand behind, and to what the
//! organiser decides where it rested on some of those.

use std::collections::{BTreeMap, BTreeSet};

use crate::base::error::{Error, Result};
use crate::figures::{Figure, FigureStatus, Indicators, Level};
use crate::vocabulary::referentiel::{Referentiel, SourceCode};

/// A figure that too few people stand behind to be kept.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct MaskedFigure {
    /// Structure; empty for the territory.
    pub structure: String,
    /// Word of its level.
    pub level: &'static str,
    /// Code.
    pub code: String,
    /// Source, if it has one.
    pub source: Option<SourceCode>,
}

/// The figures that differ once purged.
///
/// # Errors
///
/// One that differs and has people enough behind it: nothing may be purged then.
pub(super) fn compared(
    now: &Indicators,
    then: &Indicators,
    r: &Referentiel,
) -> Result<Vec<MaskedFigure>> {
    let mut masked: Vec<MaskedFigure> = Vec::new();
    let mut changed: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for figure in now.figures() {
        let other = then.get_source(&figure.structure, figure.level, &figure.code, figure.source);
        match other {
            Some(other) if is_same(figure, other) => {}
            Some(other) if other.status == FigureStatus::EffectifInsuffisant => {
                masked.push(MaskedFigure::of(figure));
            }
            _ => changed
                .entry(&figure.structure)
                .or_default()
                .push(&figure.code),
        }
    }
    let touched: BTreeSet<usize> = (masked.iter())
        .filter_map(|figure| critere_of(r, &figure.code))
        .collect();
    for figure in now.organiser() {
        let other = then.organiser_figure(figure.level, &figure.code, figure.source);
        if other.is_some_and(|other| is_same(figure, other)) {
            continue;
        }
        if critere_of(r, &figure.code).is_some_and(|c| touched.contains(&c)) {
            masked.push(MaskedFigure::of(figure));
        } else {
            changed.entry("territoire").or_default().push(&figure.code);
        }
    }
    if let Some((structure, codes)) = changed.into_iter().next() {
        return Err(Error::Store(format!(
            "Rien n’a été purgé : des chiffres auraient changé ({structure} : {}…). C’est un défaut du programme : signalez-le.",
            codes.first().unwrap_or(&"")
        )));
    }
    Ok(masked)
}

/// The critère of a code, or of the élément that it names.
fn critere_of(r: &Referentiel, code: &str) -> Option<usize> {
    r.critere(code)
        .or_else(|| Some(r.elements[r.element(code)?].critere))
}

fn is_same(a: &Figure, b: &Figure) -> bool {
    let close = |x: Option<f64>, y: Option<f64>| match (x, y) {
        (Some(x), Some(y)) => (x - y).abs() < 1e-9,
        (None, None) => true,
        _ => false,
    };
    a.statut() == b.statut()
        && close(a.value, b.value)
        && (a.n, a.expected) == (b.n, b.expected)
        && close(a.coverage, b.coverage)
}

impl MaskedFigure {
    fn of(figure: &Figure) -> Self {
        Self {
            structure: figure.structure.to_string(),
            level: Level::as_str(figure.level),
            code: figure.code.to_string(),
            source: figure.source,
        }
    }
}
