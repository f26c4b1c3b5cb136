//! What two campaigns have in common: same critères, same sources, same observers, same answers.

use std::collections::BTreeSet;

use super::LineReason;
use crate::figures::{Figure, FigureStatus, Indicators, Level};
use crate::vocabulary::referentiel::{Critere, Referentiel, SourceCode};

/// One campaign of a comparison.
#[derive(Clone, Copy)]
pub struct Side<'a> {
    /// Its figures.
    pub indicators: &'a Indicators,
    /// Its référentiel.
    pub referentiel: &'a Referentiel,
}

impl<'a> Side<'a> {
    /// Structures that have figures, by code.
    pub(super) fn structures(self) -> BTreeSet<&'a str> {
        let figures = self.indicators.figures().iter();
        figures.map(|f| f.structure.as_str()).collect()
    }

    /// A critère's figure.
    pub(super) fn critere(self, structure: &str, code: &str) -> Option<&'a Figure> {
        self.indicators.get(structure, Level::Critere, code)
    }

    /// A critère's canonical hash.
    fn hash(self, code: &str) -> Option<&'a str> {
        let r = self.referentiel;
        r.critere(code).map(|c| r.criteres[c].hash.as_str())
    }

    /// Sources that enter a critère.
    fn used(self, structure: &str, code: &str) -> BTreeSet<SourceCode> {
        let r = self.referentiel;
        let Some(critere) = r.critere(code).map(|c| &r.criteres[c]) else {
            return BTreeSet::new();
        };
        SourceCode::ALL
            .into_iter()
            .filter(|s| critere.source_weights[*s as usize] > 0.0)
            .filter(|s| {
                let score = Level::Source;
                let found = self.indicators.get_source(structure, score, code, Some(*s));
                found.is_some_and(|f| f.value.is_some())
            })
            .collect()
    }

    /// Observers who visited.
    fn observers(self, structure: &str) -> BTreeSet<&'a str> {
        let grids = self.indicators.collected.grids(structure, SourceCode::Obs);
        grids.iter().map(|grid| grid.observer.as_str()).collect()
    }
}

/// Two campaigns, the older first.
#[derive(Clone, Copy)]
pub(super) struct Pair<'a> {
    pub before: Side<'a>,
    pub after: Side<'a>,
}

impl<'a> Pair<'a> {
    /// Versions of the référentiel.
    pub(super) fn versions(self) -> (&'a str, &'a str) {
        (
            &self.before.indicators.version,
            &self.after.indicators.version,
        )
    }

    /// Critère of an élément, in the second campaign.
    pub(super) fn critere_of(self, element: &str) -> Option<&'a str> {
        let r = self.after.referentiel;
        let found = r.element(element).map(|e| r.elements[e].critere)?;
        Some(&r.criteres[found].code)
    }

    /// Whether a critère is the same on both sides; none when one side lacks it.
    pub(super) fn same(self, code: &str) -> Option<bool> {
        Some(self.before.hash(code)? == self.after.hash(code)?)
    }

    /// Why a change should be looked at before it is believed.
    pub(super) fn doubts(self, structure: &str, critere: &str) -> Vec<LineReason> {
        let (u1, u2) = (
            self.before.used(structure, critere),
            self.after.used(structure, critere),
        );
        let mut doubts = Vec::new();
        let observed = u1.contains(&SourceCode::Obs) && u2.contains(&SourceCode::Obs);
        if observed && self.before.observers(structure) != self.after.observers(structure) {
            doubts.push(LineReason::ObserverChanged);
        }
        let appeared = u2.difference(&u1).copied();
        doubts.extend(appeared.map(LineReason::SourceAppeared));
        let gone = u1.difference(&u2).copied();
        doubts.extend(gone.map(LineReason::SourceGone));
        doubts
    }

    /// Whether the éléments behind a critère have the same values from as many answers.
    pub(super) fn identical(self, structure: &str, critere: &str) -> bool {
        let r = self.after.referentiel;
        let Some(c) = r.critere(critere) else {
            return false;
        };
        r.criteres[c].elements.iter().all(|&e| {
            let element = &r.elements[e];
            let figure = |side: Side<'a>| {
                let source = Some(element.source);
                let found =
                    side.indicators
                        .get_source(structure, Level::Element, &element.code, source);
                found.map(|f| (f.value.map(f64::to_bits), f.n, f.status))
            };
            figure(self.before) == figure(self.after)
        })
    }

    /// Critères of an axe that both campaigns expect at a structure.
    pub(super) fn expected(self, structure: &str, axe: &str) -> Vec<&'a Critere> {
        let r = self.after.referentiel;
        let applies = |f: &Figure| f.status != FigureStatus::Nc;
        r.criteres
            .iter()
            .filter(|c| r.axes[c.axe].code == axe)
            .filter(|c| {
                let sides = [self.before, self.after];
                sides
                    .iter()
                    .all(|s| s.critere(structure, &c.code).is_some_and(applies))
            })
            .collect()
    }

    /// The figures of a critère that has a value on both sides.
    pub(super) fn valued(
        self,
        structure: &str,
        critere: &'a Critere,
    ) -> Option<(&'a Critere, &'a Figure, &'a Figure)> {
        let figure = |side: Side<'a>| {
            side.critere(structure, &critere.code)
                .filter(|f| f.value.is_some())
        };
        Some((critere, figure(self.before)?, figure(self.after)?))
    }
}
