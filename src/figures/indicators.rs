//! Every figure of a campaign, found by structure, and what they were made from.

use std::ops::Range;
use std::sync::Arc;

use rustc_hash::FxHashMap;

use super::collect::Collected;
use super::figure::Figure;
use super::figure_level::Level;
use super::figure_slots::Slots;
use super::follow_up::{ActivityOrigin, SourceBreak};
use super::held_levels::HeldFigures;
use super::neighbourhood;
use super::noise::Spread;
use super::organiser::{OrganiserAnswers, organiser_figures};
use super::scored::{Scores, SiteScores};
use crate::base::day::Day;
use crate::base::text::SharedText;
use crate::vocabulary::config::Structure;
use crate::vocabulary::referentiel::{Referentiel, SourceCode};

/// Slot without figure.
const NOTHING: u32 = u32::MAX;

/// Every figure of a campaign, in the order of structures, then of the référentiel.
#[derive(Debug, Default)]
pub struct Indicators {
    /// Campaign id.
    pub campagne: String,
    /// Version of the référentiel.
    pub version: SharedText,
    /// Last day of the campaign; none of figures that no campaign was computed for.
    pub(crate) until: Option<Day>,
    /// How far observers and visits differ.
    pub spread: Spread,
    /// What the figures were made from: distributions, grids received, activity lines.
    pub collected: Arc<Collected>,
    figures: Vec<Figure>,
    /// What éléments and sources are worth, whether their figures are held or not.
    scores: Scores,
    slots: Slots,
    /// Structure code → rank of its neighbourhood, where there are several.
    neighbourhoods: FxHashMap<SharedText, usize>,
    /// Structure code → its rank.
    structures: FxHashMap<SharedText, usize>,
    /// Where the figures of each structure stand.
    ranges: Vec<Range<usize>>,
    /// structure × slot → position of the figure, from the first slot that is held on.
    positions: Vec<u32>,
    first_slot: usize,
    /// Slots of a structure whose figures may be held.
    places: usize,
    /// Structure and slot → position of a figure held beside these: it is singled out.
    apart: FxHashMap<(usize, usize), u32>,
    /// What each structure answered of critères that the organiser decides, in their order.
    answers: Vec<(SharedText, Vec<OrganiserAnswers>)>,
    /// Figures of those critères over all structures.
    organiser: Vec<Figure>,
}

impl Indicators {
    pub(super) fn new(campagne: &str, version: &str, slots: Slots) -> Self {
        Self {
            campagne: campagne.to_owned(),
            version: SharedText::from(version),
            slots,
            ..Self::default()
        }
    }

    /// Says with which structures each is set beside.
    pub(super) fn set_beside(&mut self, structures: &[&Structure]) {
        self.neighbourhoods = neighbourhood::ranks(structures);
    }

    /// Neighbourhood of a structure, by rank.
    pub(crate) fn neighbourhood(&self, structure: &str) -> usize {
        self.neighbourhoods.get(structure).copied().unwrap_or(0)
    }

    /// Adds the next structure: of its figures those that are held, what it answered of what the organiser decides.
    pub(super) fn push(
        &mut self,
        structure: &SharedText,
        mut figures: Vec<Figure>,
        answers: Vec<OrganiserAnswers>,
        held: HeldFigures,
    ) {
        self.hold_scores(&figures, held);
        figures.retain(|figure| held.keeps(figure));
        self.place(structure, figures, answers, held);
    }

    /// The same of figures that somebody else holds too.
    pub(super) fn push_some(
        &mut self,
        structure: &SharedText,
        figures: &[Figure],
        answers: Vec<OrganiserAnswers>,
        held: HeldFigures,
    ) {
        self.hold_scores(figures, held);
        let kept = figures.iter().filter(|figure| held.keeps(figure));
        self.place(structure, kept.cloned().collect(), answers, held);
    }

    fn hold_scores(&mut self, figures: &[Figure], held: HeldFigures) {
        if held.levels.scores() {
            self.scores.add(&self.slots, figures);
        }
    }

    fn place(
        &mut self,
        structure: &SharedText,
        figures: Vec<Figure>,
        answers: Vec<OrganiserAnswers>,
        held: HeldFigures,
    ) {
        self.answers.push((structure.clone(), answers));
        let start = self.figures.len();
        let places = self.slots.range(|level| held.levels.keeps(level));
        (self.first_slot, self.places) = (places.start, places.len());
        let (rank, row) = (self.ranges.len(), self.positions.len());
        self.positions.resize(row + self.places, NOTHING);
        for (i, figure) in figures.iter().enumerate() {
            let (slot, position) = (figure.slot as usize, (start + i) as u32);
            if places.contains(&slot) {
                self.positions[row + slot - places.start] = position;
            } else {
                self.apart.insert((rank, slot), position);
            }
        }
        self.structures.insert(structure.clone(), self.ranges.len());
        self.ranges.push(start..start + figures.len());
        self.figures.extend(figures);
    }

    /// Makes room for so many structures in all, each with as many figures as those there are: a table
    /// that grows would be there twice while it moves.
    pub(super) fn expect_structures(&mut self, all: usize) {
        let (there, figures) = (self.ranges.len().max(1), self.figures.len());
        let more = all.saturating_sub(there) * figures.div_ceil(there);
        self.figures.reserve(more + more / 10);
        self.scores.reserve(all.saturating_sub(there));
        let slots = all.saturating_sub(there) * self.places;
        self.positions.reserve(slots);
    }

    /// What changed of where an activity figure of a structure comes from, since an earlier campaign; none where one
    /// of both has no value.
    pub fn source_break(&self, earlier: &Self, structure: &str, code: &str) -> Option<SourceBreak> {
        let origin = |all: &Self| {
            all.get(structure, Level::Activite, code)?.value?;
            let followed = all.collected.follow_ups.contains_key(structure);
            Some(ActivityOrigin::of(code, followed))
        };
        let (was, is) = (origin(earlier)?, origin(self)?);
        (was != is).then(|| SourceBreak {
            earlier: earlier.campagne.clone(),
            was,
            later: self.campagne.clone(),
            is,
        })
    }

    /// Where figures stand.
    pub(super) fn slots(&self) -> &Slots {
        &self.slots
    }

    /// Makes the figures of the critères that the organiser decides, once every structure is there.
    pub(super) fn settle_organiser(&mut self, r: &Referentiel) {
        self.organiser = self.organiser_among(r, |_| true);
    }

    /// Figures of the critères that the organiser decides, over the answers of all structures here: their
    /// éléments, their sources, themselves, without structure code.
    pub fn organiser(&self) -> &[Figure] {
        &self.organiser
    }

    /// One of them.
    pub fn organiser_figure(
        &self,
        level: Level,
        code: &str,
        source: Option<SourceCode>,
    ) -> Option<&Figure> {
        let mut own = self.organiser.iter();
        own.find(|f| f.level == level && f.code == *code && f.source == source)
    }

    /// The same over the answers of the structures that `among` keeps.
    pub(crate) fn organiser_among(
        &self,
        r: &Referentiel,
        among: impl Fn(&str) -> bool,
    ) -> Vec<Figure> {
        let kept = self.answers.iter().filter(|(code, _)| among(code));
        organiser_figures(r, &self.slots, kept.flat_map(|(_, answers)| answers))
    }

    /// All figures in order.
    pub fn figures(&self) -> &[Figure] {
        &self.figures
    }

    /// Figures of a structure, in the order of the référentiel: figures stand structure by
    /// structure.
    pub fn of(&self, structure: &str) -> &[Figure] {
        match self.structures.get(structure) {
            Some(rank) => &self.figures[self.ranges[*rank].clone()],
            None => &[],
        }
    }

    /// What éléments and sources are worth at a structure.
    pub(crate) fn scores(&self, structure: &str) -> Option<SiteScores<'_>> {
        let rank = *self.structures.get(structure)?;
        Some(SiteScores::new(&self.slots, &self.scores, rank))
    }

    /// A figure without source: critère, axe, impératif, activity.
    pub fn get(&self, structure: &str, level: Level, code: &str) -> Option<&Figure> {
        self.get_source(structure, level, code, None)
    }

    /// A figure of a source: élément, source score, survey share.
    pub fn get_source(
        &self,
        structure: &str,
        level: Level,
        code: &str,
        source: Option<SourceCode>,
    ) -> Option<&Figure> {
        let rank = *self.structures.get(structure)?;
        let slot = self.slots.find(level, code, source)?;
        let position = self.position(rank, slot)?;
        let figure = self.figures.get(position as usize)?;
        (figure.source == source).then_some(figure)
    }

    fn position(&self, rank: usize, slot: usize) -> Option<u32> {
        let place = slot.checked_sub(self.first_slot);
        match place.filter(|place| *place < self.places) {
            Some(place) => Some(self.positions[rank * self.places + place]),
            None => self.apart.get(&(rank, slot)).copied(),
        }
    }
}
