//! What two campaigns have in common: same critères, same sources, same observers, same answers.

use std::collections::BTreeSet;

use super::LineReason;
use super::common_sources::{BothSources, CommonSources};
use crate::base::text::SharedText;
use crate::figures::{Figure, FigureStatus, Indicators, Level, TOP};
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

    /// Whether a critère, or that of an élément, does not apply on the territory.
    pub(super) fn put_aside(self, code: &str) -> bool {
        let r = self.referentiel;
        let of_element = || r.element(code).map(|e| r.elements[e].critere);
        let critere = r.critere(code).or_else(of_element);
        critere.is_some_and(|c| r.criteres[c].put_aside.is_some())
    }

    /// What a source says of a critère.
    pub(super) fn source(
        self,
        structure: &str,
        code: &str,
        source: SourceCode,
    ) -> Option<&'a Figure> {
        let (score, source) = (Level::Source, Some(source));
        self.indicators.get_source(structure, score, code, source)
    }

    /// Observers who visited.
    fn observers(self, structure: &str) -> BTreeSet<&'a str> {
        let grids = self.indicators.collected.grids(structure, SourceCode::Obs);
        grids.iter().map(|grid| grid.observer.as_str()).collect()
    }
}

/// What makes a rating the same in two campaigns: its value, from as many answers; of activity data the value
/// alone.
#[derive(PartialEq)]
pub(super) struct SameRating {
    value: Option<u64>,
    rest: Option<(usize, FigureStatus)>,
}

impl SameRating {
    pub(super) fn of(figure: &Figure) -> Self {
        let is_data = figure.source == Some(SourceCode::Don);
        Self {
            value: figure.value.map(f64::to_bits),
            rest: (!is_data).then_some((figure.n, figure.status)),
        }
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
    pub(super) fn versions(self) -> (&'a SharedText, &'a SharedText) {
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

    /// Whether the same persons answered: a campaign beside itself, of another scope perhaps.
    pub(super) fn is_one_campaign(self) -> bool {
        self.before.indicators.campagne == self.after.indicators.campagne
    }

    /// Why a change should be looked at before it is believed: somebody else came to observe.
    pub(super) fn doubts(self, structure: &str, compared: &[SourceCode]) -> Vec<LineReason> {
        let observed = compared.contains(&SourceCode::Obs);
        let changed = self.before.observers(structure) != self.after.observers(structure);
        if observed && changed {
            vec![LineReason::ObserverChanged]
        } else {
            Vec::new()
        }
    }

    /// What both campaigns say of a critère through the same sources.
    pub(super) fn common(self, structure: &str, critere: &Critere) -> CommonSources {
        let of = |side: Side<'a>| move |s: SourceCode| side.source(structure, &critere.code, s);
        let both = BothSources {
            critere,
            rules: &self.after.referentiel.rules,
            before: &of(self.before),
            after: &of(self.after),
            identical: &|source| self.identical(structure, critere, source),
        };
        both.common()
    }

    /// Whether the éléments of a source have the same values from as many answers. Those of a questionnaire
    /// are never the same in two campaigns: other people answered.
    pub(super) fn identical(self, structure: &str, critere: &Critere, source: SourceCode) -> bool {
        let r = self.after.referentiel;
        if source.is_questionnaire() && !self.is_one_campaign() {
            return false;
        }
        let elements = critere.elements.iter().map(|&e| &r.elements[e]);
        let mut own = elements.filter(|element| element.source == source);
        own.all(|element| {
            let figure = |side: Side<'a>| {
                let found = side.indicators.get_source(
                    structure,
                    Level::Element,
                    &element.code,
                    Some(source),
                );
                found.map(SameRating::of)
            };
            figure(self.before) == figure(self.after)
        })
    }

    /// Whether what a text asks for, and both campaigns verified, is met in one and failed in the other.
    pub(super) fn has_changed_status(self, structure: &str, code: &str) -> bool {
        let r = self.after.referentiel;
        let Some(critere) = r.critere(code).map(|c| &r.criteres[c]) else {
            return false;
        };
        let level = |side: Side, code: &str, source| {
            let found = side
                .indicators
                .get_source(structure, Level::Element, code, Some(source));
            found?.value
        };
        let musts = critere.elements.iter().map(|&e| &r.elements[e]);
        let both: Vec<(f64, f64)> = musts
            .filter(|element| element.must)
            .filter_map(|element| {
                let [first, second] = [self.before, self.after]
                    .map(|side| level(side, &element.code, element.source));
                first.zip(second)
            })
            .collect();
        let fails = |level: f64| level < TOP - 1e-9;
        both.iter().any(|b| fails(b.0)) != both.iter().any(|b| fails(b.1))
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

    /// Whether a critère has a value on both sides.
    pub(super) fn is_valued(self, structure: &str, critere: &Critere) -> bool {
        let has_value = |side: Side| {
            let figure = side.critere(structure, &critere.code);
            figure.is_some_and(|f| f.value.is_some())
        };
        has_value(self.before) && has_value(self.after)
    }
}
