//! What the rules need of a campaign, dense: structure × élément of the référentiel, looked up by
//! arithmetic. Partials are added, in any order, and nothing else is kept of the answers.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::activity_lines::{ActivityLine, ActivityLines};
use super::aggregates::Tally;
use super::follow_up::FollowUp;
use crate::base::day::Day;
use crate::base::text::SharedText;
use crate::stats::score::Visit;
use crate::vocabulary::referentiel::{Referentiel, SourceCode};

/// Sources, and so ranks of a source.
pub(super) const SOURCES: usize = SourceCode::ALL.len();

/// Corrections of one structure: code of the élément → its day; none where the day did not leave its territory.
pub(super) type Corrections = BTreeMap<String, Option<Day>>;

/// Counts per modality, the least favourable first, and « ne sait pas » apart.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Distribution {
    /// One count per modality of the scale.
    pub counts: Vec<usize>,
    /// « Ne sait pas ».
    pub nsp: usize,
}

impl Distribution {
    /// Scored answers.
    pub fn total(&self) -> usize {
        self.counts.iter().sum()
    }
}

/// A grid received.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Grid {
    /// Visit, empty for what is no observation.
    pub visit: String,
    /// Observer's code, or `consensus`.
    pub observer: String,
    /// Its day; none when unknown.
    pub date: Option<Day>,
}

/// What one élément received during one visit; questionnaires have a single one, without name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct VisitTally<'a> {
    /// Name of the visit.
    pub name: &'a str,
    /// Its rank among the visits of the structure.
    pub rank: usize,
    /// Ratings of the observers, or answers of respondents.
    pub observers: Tally,
    /// The rating that observers agreed on.
    pub consensus: Tally,
}

impl VisitTally<'_> {
    /// As rule 1 reads it.
    pub(super) fn ratings(&self) -> Visit {
        Visit {
            observers: self.observers.ratings(),
            consensus: self.consensus.ratings(),
        }
    }

    /// The consensus if it says anything, else the observers (rule 1).
    pub(super) fn used(&self) -> &Tally {
        if self.consensus.levels + self.consensus.nc > 0 {
            &self.consensus
        } else {
            &self.observers
        }
    }
}

/// Where an élément stands.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct ElementPlace {
    pub(super) source: SourceCode,
    /// Its rank among those of the source.
    pub(super) rank: u32,
}

/// What a référentiel makes of positions.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Shape {
    pub(super) elements: Vec<ElementPlace>,
    /// Éléments of each source.
    pub(super) widths: [usize; SOURCES],
    /// Where the modalities of each élément begin; one more than éléments.
    pub(super) modalities: Vec<usize>,
    pub(super) criteres: usize,
}

impl Shape {
    pub(super) fn of(referentiel: &Referentiel) -> Self {
        let mut shape = Self {
            criteres: referentiel.criteres.len(),
            modalities: vec![0],
            ..Self::default()
        };
        for element in &referentiel.elements {
            let width = &mut shape.widths[element.source as usize];
            shape.elements.push(ElementPlace {
                source: element.source,
                rank: *width as u32,
            });
            *width += 1;
            let size = referentiel.scales[element.scale].modalities.len();
            shape
                .modalities
                .push(shape.modalities[shape.modalities.len() - 1] + size);
        }
        shape
    }

    pub(super) fn modality_count(&self) -> usize {
        self.modalities.last().copied().unwrap_or(0)
    }
}

/// A visit of a structure: where its tallies begin.
#[derive(Debug, Default, Clone, PartialEq)]
pub(super) struct VisitColumns {
    pub(super) name: String,
    pub(super) observers: Option<usize>,
    pub(super) consensus: Option<usize>,
}

/// An élément of a site, by their ranks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct MaskedPlace {
    pub(super) site: usize,
    pub(super) element: usize,
}

/// What a purge left of answers that too few people gave: how many they were, and nothing of what they
/// said.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct MaskedLevel {
    /// Mean level that the élément shares with others of its critère, so that the score of the source
    /// stays; none where the source has no score.
    pub(super) shared_mean: Option<f64>,
}

/// What the spread of respondents owes to masked cells.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(super) struct MaskedSpread {
    pub(super) deviations: f64,
    pub(super) freedom: usize,
}

/// Everything the rules need, folded once.
#[derive(Debug, Default, PartialEq)]
pub struct Collected {
    pub(super) shape: Shape,
    /// Structures that answered, in order of code.
    pub(super) sites: Vec<SharedText>,
    /// Code → rank, of those within reach: the others are there for what is drawn from all.
    pub(super) ranks: HashMap<SharedText, u32>,
    /// site × source → visits in order of name.
    pub(super) columns: Vec<Vec<VisitColumns>>,
    pub(super) tallies: Vec<Tally>,
    /// site × modality of every élément.
    pub(super) modalities: Vec<u32>,
    /// site × source × critère → respondents with a scored answer.
    pub(super) critere_respondents: Vec<u32>,
    /// site × source → respondents with any answer.
    pub(super) respondents: Vec<u32>,
    /// site × source → grids received.
    pub(super) grids: Vec<Vec<Grid>>,
    pub(super) lines: ActivityLines,
    /// site → findings put right since.
    pub(super) corrections: BTreeMap<usize, Corrections>,
    /// (site, élément) → what a purge left of answers that too few people gave.
    pub(super) masked: HashMap<MaskedPlace, MaskedLevel>,
    /// élément → squared deviations within its masked cells, and their degrees of freedom.
    pub(super) masked_spread: BTreeMap<usize, MaskedSpread>,
    /// structure → what its improvement plan had become.
    pub(super) follow_ups: BTreeMap<String, FollowUp>,
    /// Structures some of whose answers may have stayed where they come from.
    pub(super) released: BTreeSet<String>,
}

impl Collected {
    /// Rank of a structure that answered, within reach.
    pub(super) fn site(&self, structure: &str) -> Option<usize> {
        self.ranks.get(structure).map(|rank| *rank as usize)
    }

    /// Structures that answered, in order of code.
    pub(crate) fn sites(&self) -> &[SharedText] {
        &self.sites
    }

    /// Éléments of the référentiel, by position.
    pub(super) fn elements(&self) -> usize {
        self.shape.elements.len()
    }

    /// Who speaks through an élément.
    pub(super) fn source(&self, element: usize) -> SourceCode {
        self.shape.elements[element].source
    }

    /// Visits of a site where the élément has a row, in order of name.
    pub(super) fn visits_at(
        &self,
        site: usize,
        element: usize,
    ) -> impl Iterator<Item = VisitTally<'_>> {
        let ElementPlace { source, rank } = self.shape.elements[element];
        let columns = self.columns[site * SOURCES + source as usize].iter();
        let tally = move |start: Option<usize>| {
            start.map_or_else(Tally::default, |s| self.tallies[s + rank as usize])
        };
        let visits = columns.enumerate().map(move |(rank, column)| VisitTally {
            name: &column.name,
            rank,
            observers: tally(column.observers),
            consensus: tally(column.consensus),
        });
        visits.filter(|v| v.observers.all + v.consensus.all > 0)
    }

    /// What a purge left of an élément that too few people of a site answered; none otherwise.
    pub(super) fn masked_at(&self, site: usize, element: usize) -> Option<MaskedLevel> {
        self.masked.get(&MaskedPlace { site, element }).copied()
    }

    /// Visits of a structure where the élément has a row, in order of name.
    pub fn visits(&self, structure: &str, element: usize) -> impl Iterator<Item = VisitTally<'_>> {
        let site = self.site(structure).into_iter();
        site.flat_map(move |site| self.visits_at(site, element))
    }

    /// Counts per modality of an élément of a structure; none without any row but consensus ratings.
    pub fn distribution(&self, structure: &str, element: usize) -> Option<Distribution> {
        let site = self.site(structure)?;
        let mut answers = 0;
        let mut nsp = 0;
        for visit in self.visits_at(site, element) {
            answers += visit.observers.all;
            nsp += visit.observers.nsp;
        }
        let slots = self.shape.modalities[element]..self.shape.modalities[element + 1];
        let start = site * self.shape.modality_count();
        let counts = &self.modalities[start + slots.start..start + slots.end];
        (answers > 0).then(|| Distribution {
            counts: counts.iter().map(|c| *c as usize).collect(),
            nsp: nsp as usize,
        })
    }

    /// (structure, position of the élément) of every distribution, in that order.
    pub fn distributed(&self) -> impl Iterator<Item = (&str, usize)> {
        let all = self.sites.iter().enumerate();
        all.flat_map(move |(site, code)| {
            let answered = move |e: &usize| self.visits_at(site, *e).any(|v| v.observers.all > 0);
            let elements = (0..self.elements()).filter(answered);
            elements.map(move |element| (&**code, element))
        })
    }

    /// Respondents of a structure with a scored answer to a critère.
    pub fn critere_respondents(
        &self,
        structure: &str,
        source: SourceCode,
        critere: usize,
    ) -> usize {
        self.site(structure).map_or(0, |site| {
            let place = site * SOURCES + source as usize;
            self.critere_respondents[place * self.shape.criteres + critere] as usize
        })
    }

    /// Respondents of a structure with any answer.
    pub fn respondents(&self, structure: &str, source: SourceCode) -> usize {
        self.site(structure).map_or(0, |site| {
            self.respondents[site * SOURCES + source as usize] as usize
        })
    }

    /// Grids received from a structure, in order of visit, observer and date.
    pub fn grids(&self, structure: &str, source: SourceCode) -> &[Grid] {
        match self.site(structure) {
            Some(site) => &self.grids[site * SOURCES + source as usize],
            None => &[],
        }
    }

    /// Activity data of a structure, in order of line.
    pub fn lines(&self, structure: &str) -> impl ExactSizeIterator<Item = ActivityLine<'_>> {
        // A site that does not exist has no line.
        self.lines.of(self.site(structure).unwrap_or(usize::MAX))
    }
}
