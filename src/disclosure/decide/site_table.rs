//! What the equations of a site look up again and again: its sources and scores, found once.

use std::sync::{Arc, OnceLock};

use crate::figures::{Indicators, Level, UsedSource, used_sources};
use crate::vocabulary::referentiel::{Referentiel, SourceCode};

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
        let critere = &self.r.criteres[position];
        used_sources(critere, &self.r.rules, |source| {
            let code = &critere.code;
            (self.indicators).get_source(self.structure, Level::Source, code, Some(source))
        })
    }
}
