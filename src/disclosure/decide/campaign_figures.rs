//! The figures of one campaign that a clearance decides on, found by structure.

use std::collections::BTreeSet;
use std::ops::Range;
use std::sync::Arc;

use rustc_hash::FxHashMap;

use super::site_table::{SiteTable, SiteTables};
use crate::compare::{Comparisons, Line};
use crate::figures::voices::OutsideQuestion;
use crate::figures::{Figure, Indicators, Level};
use crate::vocabulary::Audience;
use crate::vocabulary::config::Structure;
use crate::vocabulary::referentiel::{Referentiel, SourceCode};

/// What every decision looks things up in.
#[derive(Clone)]
pub(crate) struct CampaignFigures<'a> {
    pub(crate) indicators: &'a Indicators,
    pub(crate) referentiel: &'a Referentiel,
    pub(crate) audience: Audience,
    /// Questions outside the référentiel: they follow its éléments, in this order.
    pub(crate) outside: &'a [OutsideQuestion],
    /// Structures of the campaign, in order of code.
    pub(crate) structures: Vec<&'a Structure>,
    /// Names of the sectors.
    pub(crate) sectors: Vec<&'a str>,
    /// Sector of each structure, by position.
    pub(crate) sector_of: Vec<Option<usize>>,
    /// Code of a structure → its position.
    positions: Arc<FxHashMap<&'a str, usize>>,
    figures: Arc<FxHashMap<&'a str, Range<usize>>>,
    /// By position of the structure, once it is looked up.
    tables: SiteTables,
    /// Lines of each structure, which stand together; those of the territory under the empty code.
    lines: Arc<FxHashMap<&'a str, &'a [Line]>>,
}

impl<'a> CampaignFigures<'a> {
    /// Figures of a campaign and what changed in them since the one before, for an audience. `tables`: one
    /// for each structure.
    pub(crate) fn new(
        indicators: &'a Indicators,
        evolution: Option<&'a Comparisons>,
        referentiel: &'a Referentiel,
        structures: &[&'a Structure],
        audience: Audience,
        tables: SiteTables,
    ) -> Self {
        let mut figures: FxHashMap<&str, Range<usize>> = FxHashMap::default();
        for (i, figure) in indicators.figures().iter().enumerate() {
            let range = figures.entry(&figure.structure).or_insert(i..i);
            range.end = i + 1;
        }
        let all = evolution.map_or(&[][..], |e| &e.lines);
        let by_structure = all.chunk_by(|a, b| a.structure == b.structure);
        let lines = by_structure.map(|own| (own[0].structure.as_str(), own));
        let sectors: BTreeSet<&str> = structures
            .iter()
            .map(|s| s.secteur.as_str())
            .filter(|s| !s.is_empty())
            .collect();
        let sectors: Vec<&str> = sectors.into_iter().collect();
        let own = structures.iter().map(|s| s.secteur.as_str());
        Self {
            indicators,
            referentiel,
            audience,
            outside: &[],
            structures: structures.to_vec(),
            sector_of: own.map(|name| sectors.binary_search(&name).ok()).collect(),
            sectors,
            positions: Arc::new(
                structures
                    .iter()
                    .map(|s| s.code.as_str())
                    .zip(0..)
                    .collect(),
            ),
            tables,
            figures: Arc::new(figures),
            lines: Arc::new(lines.collect()),
        }
    }

    /// The same figures, with what was answered to questions outside the référentiel.
    pub(crate) fn beside(self, outside: &'a [OutsideQuestion]) -> Self {
        Self { outside, ..self }
    }

    /// Code of a question by its position, those outside the référentiel after its éléments, and who answers it.
    pub(crate) fn asked(&self, position: usize) -> Option<(&'a str, SourceCode)> {
        let elements = &self.referentiel.elements;
        let element = elements.get(position).map(|e| (e.code.as_str(), e.source));
        element.or_else(|| {
            let outside = self.outside.get(position - elements.len())?;
            Some((&outside.code, outside.source))
        })
    }

    /// Position of a question outside the référentiel, by its rank.
    pub(crate) fn outside_position(&self, rank: usize) -> usize {
        self.referentiel.elements.len() + rank
    }

    /// The same figures for another audience.
    pub(crate) fn read_by(&self, audience: Audience) -> Self {
        Self {
            audience,
            ..self.clone()
        }
    }

    /// Sources and scores of a structure, by position.
    pub(crate) fn table(&self, site: usize) -> &SiteTable {
        let structure = &self.structures[site].code;
        let of = || SiteTable::of(self.indicators, self.referentiel, structure);
        self.tables[site].get_or_init(of)
    }

    /// Position of a structure by its code.
    pub(crate) fn position(&self, structure: &str) -> Option<usize> {
        self.positions.get(structure).copied()
    }

    /// Figures of a structure at a level, in the order of the référentiel.
    pub(crate) fn figures(
        &self,
        structure: &str,
        level: Level,
    ) -> impl Iterator<Item = &'a Figure> {
        let range = self.figures.get(structure).cloned().unwrap_or(0..0);
        let figures = self.indicators.figures()[range].iter();
        figures.filter(move |f| f.level == level)
    }

    /// A figure without source.
    pub(crate) fn figure(&self, structure: &str, level: Level, code: &str) -> Option<&'a Figure> {
        self.indicators.get(structure, level, code)
    }

    /// What changed in a figure of a structure; empty code of structure: the territory.
    pub(crate) fn line(&self, structure: &str, level: Level, code: &str) -> Option<&'a Line> {
        let own = self.lines.get(structure)?;
        own.iter().find(|l| l.level == level && l.code == *code)
    }
}
