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

/// The figures that differ once purged, some structures being looked at after others.
#[derive(Default)]
pub(super) struct PurgeEffect {
    masked: Vec<MaskedFigure>,
    /// What would change and may not: structure → the first code.
    changed: BTreeMap<String, String>,
}

impl PurgeEffect {
    /// Looks at every figure of some structures, as they are and as they would be.
    pub(super) fn add(&mut self, now: &Indicators, then: &Indicators) {
        for figure in now.figures() {
            let other =
                then.get_source(&figure.structure, figure.level, &figure.code, figure.source);
            match other {
                Some(other) if is_same(figure, other) => {}
                Some(other) if other.status == FigureStatus::EffectifInsuffisant => {
                    self.masked.push(MaskedFigure::of(figure));
                }
                _ => self.would_change(&figure.structure, figure),
            }
        }
    }

    /// All of them, once every structure was looked at, with what the organiser decides.
    ///
    /// # Errors
    ///
    /// One that differs and has people enough behind it: nothing may be purged then.
    pub(super) fn settled(
        mut self,
        now: &Indicators,
        then: &Indicators,
        r: &Referentiel,
    ) -> Result<Vec<MaskedFigure>> {
        let touched: BTreeSet<usize> = (self.masked.iter())
            .filter_map(|figure| critere_of(r, &figure.code))
            .collect();
        for figure in now.organiser() {
            let other = then.organiser_figure(figure.level, &figure.code, figure.source);
            if other.is_some_and(|other| is_same(figure, other)) {
                continue;
            }
            if critere_of(r, &figure.code).is_some_and(|c| touched.contains(&c)) {
                self.masked.push(MaskedFigure::of(figure));
            } else {
                self.would_change("territoire", figure);
            }
        }
        if let Some((structure, code)) = self.changed.into_iter().next() {
            return Err(Error::Store(format!(
                "Rien n’a été purgé : des chiffres auraient changé ({structure} : {code}…). C’est un défaut du programme : signalez-le.",
            )));
        }
        Ok(self.masked)
    }

    fn would_change(&mut self, place: &str, figure: &Figure) {
        let first = self.changed.entry(place.to_owned());
        first.or_insert_with(|| figure.code.to_string());
    }
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
