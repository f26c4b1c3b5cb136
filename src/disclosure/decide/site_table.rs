//! What the equations of a site look up again and again: its sources and scores, found once.

use std::sync::{Arc, OnceLock};

use crate::figures::{Figure, FigureStatus, Indicators, Level};
use crate::vocabulary::referentiel::{Referentiel, SourceCode};

/// A source that enters a critère.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct UsedSource {
    pub(crate) source: SourceCode,
    pub(crate) weight: f64,
}

/// The score of an élément at a site.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct ScoredFigure {
    /// Answers behind it.
    pub(crate) n: usize,
    pub(crate) value: f64,
}

/// A site, by positions in the référentiel.
#[derive(Debug)]
pub(crate) struct SiteTable {
    /// Sources that enter each critère, by rule 3; the self-assessment where it stands in for a missing
    /// observation.
    pub(crate) used: Vec<Vec<UsedSource>>,
    /// Score of each élément that has one.
    pub(crate) scored: Vec<Option<ScoredFigure>>,
    /// Level of each critère that has one.
    pub(crate) levels: Vec<Option<f64>>,
    /// Respondents to each critère, by source.
    pub(crate) respondents: Vec<Vec<usize>>,
}

/// Those of all structures, by position, each made once it is looked up.
pub(crate) type SiteTables = Arc<[OnceLock<SiteTable>]>;

impl SiteTable {
    pub(super) fn of(indicators: &Indicators, r: &Referentiel, structure: &str) -> Self {
        let scored = r.elements.iter().map(|element| {
            let source = Some(element.source);
            let code = element.code.as_str();
            let figure = indicators.get_source(structure, Level::Element, code, source)?;
            Some(ScoredFigure {
                n: figure.n,
                value: figure.value?,
            })
        });
        let sources = SiteSources {
            indicators,
            r,
            structure,
        };
        Self {
            used: (0..r.criteres.len())
                .map(|critere| sources.used(critere))
                .collect(),
            scored: scored.collect(),
            levels: (r.criteres.iter())
                .map(|c| indicators.get(structure, Level::Critere, &c.code)?.value)
                .collect(),
            respondents: (0..r.criteres.len())
                .map(|critere| {
                    let of = |source: SourceCode| {
                        (indicators.collected).critere_respondents(structure, source, critere)
                    };
                    SourceCode::ALL.into_iter().map(of).collect()
                })
                .collect(),
        }
    }
}

struct SiteSources<'a> {
    indicators: &'a Indicators,
    r: &'a Referentiel,
    structure: &'a str,
}

impl SiteSources<'_> {
    fn used(&self, position: usize) -> Vec<UsedSource> {
        let r = self.r;
        let critere = &r.criteres[position];
        let code = critere.code.as_str();
        let mut used = Vec::new();
        for source in SourceCode::ALL {
            let weight = critere.source_weights[source as usize];
            if weight > 0.0 && self.has_value(code, source) {
                used.push(UsedSource { source, weight });
            }
        }
        let observed = self.figure(code, SourceCode::Obs);
        let missing = observed.is_some_and(|f| f.value.is_none() && f.status != FigureStatus::Nc);
        let weight = critere.source_weights[SourceCode::Obs as usize];
        let replaces = r.rules.auto_remplace_obs && self.has_value(code, SourceCode::Aut);
        if missing && weight > 0.0 && replaces {
            match used.iter_mut().find(|u| u.source == SourceCode::Aut) {
                Some(own) => own.weight += weight,
                None => used.push(UsedSource {
                    source: SourceCode::Aut,
                    weight,
                }),
            }
        }
        used
    }

    fn figure(&self, critere: &str, source: SourceCode) -> Option<&Figure> {
        (self.indicators).get_source(self.structure, Level::Source, critere, Some(source))
    }

    fn has_value(&self, critere: &str, source: SourceCode) -> bool {
        let figure = self.figure(critere, source);
        figure.is_some_and(|f| f.value.is_some())
    }
}
