//! What the equations of a site look up again and again: its sources and levels, found once. A vast territory has
//! one of them for each accueil and campaign: they are small.

use std::ops::Range;
use std::sync::{Arc, OnceLock};

use crate::figures::{Indicators, Level, UsedSource, used_sources};
use crate::vocabulary::referentiel::{Critere, Referentiel, SourceCode};

/// A site, by positions in the référentiel.
#[derive(Debug)]
pub(crate) struct SiteTable {
    criteres: Box<[SiteCritere]>,
    /// Those of all critères, one after another.
    used: Box<[UsedSource]>,
}

/// A critère at a site.
#[derive(Debug)]
struct SiteCritere {
    level: Option<f64>,
    /// Where the sources that enter it stand.
    used: Range<u32>,
    /// Respondents, by source.
    respondents: [u32; SourceCode::ALL.len()],
}

/// Those of all structures, by position, each made once it is looked up.
pub(crate) type SiteTables = Arc<[OnceLock<SiteTable>]>;

impl SiteTable {
    pub(super) fn of(indicators: &Indicators, r: &Referentiel, structure: &str) -> Self {
        let sources = SiteSources {
            indicators,
            r,
            structure,
        };
        let mut used = Vec::new();
        let criteres = r.criteres.iter().enumerate().map(|(position, critere)| {
            let start = used.len() as u32;
            used.extend(sources.used(critere));
            SiteCritere {
                level: indicators
                    .get(structure, Level::Critere, &critere.code)
                    .and_then(|f| f.value),
                used: start..used.len() as u32,
                respondents: SourceCode::ALL.map(|source| {
                    let collected = &indicators.collected;
                    collected.critere_respondents(structure, source, position) as u32
                }),
            }
        });
        Self {
            criteres: criteres.collect(),
            used: used.into(),
        }
    }

    /// Level of a critère, where it has one.
    pub(crate) fn level(&self, critere: usize) -> Option<f64> {
        self.criteres[critere].level
    }

    /// Sources that enter a critère, by rule 3; the self-assessment where it stands in for a missing observation.
    pub(crate) fn used(&self, critere: usize) -> &[UsedSource] {
        let Range { start, end } = self.criteres[critere].used;
        &self.used[start as usize..end as usize]
    }

    /// Respondents to a critère, of a source.
    pub(crate) fn respondents(&self, critere: usize, source: SourceCode) -> usize {
        self.criteres[critere].respondents[source as usize] as usize
    }
}

struct SiteSources<'a> {
    indicators: &'a Indicators,
    r: &'a Referentiel,
    structure: &'a str,
}

impl SiteSources<'_> {
    fn used(&self, critere: &Critere) -> Vec<UsedSource> {
        let scores = self.indicators.scores(self.structure);
        used_sources(critere, &self.r.rules, |source| {
            scores?.source(&critere.code, source)
        })
    }
}
