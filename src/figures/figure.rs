//! One figure and everything it must carry: n, coverage, status, marks.

use std::ops::Range;

use rustc_hash::FxHashMap;

use super::collect::Collected;
use super::figure_level::Level;
use super::figure_slots::{Slot, Slots};
use super::follow_up::{ActivityOrigin, SourceBreak};
use super::noise::{Noise, Spread};
use crate::base::text::SharedText;
use crate::vocabulary::referentiel::SourceCode;

/// The one status of a figure.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[expect(missing_docs, reason = "the words of the contract")]
pub enum FigureStatus {
    Ok,
    Provisoire,
    Nc,
    NonObserve,
    Absent,
    CouvertureInsuffisante,
    EffectifInsuffisant,
    NonPubliable,
    NonCalculable,
    Atteint,
    NonAtteint,
    NonEvalue,
}

impl FigureStatus {
    /// Every status, in the order of the contract.
    pub const ALL: [Self; 12] = [
        Self::Ok,
        Self::Provisoire,
        Self::Nc,
        Self::NonObserve,
        Self::Absent,
        Self::CouvertureInsuffisante,
        Self::EffectifInsuffisant,
        Self::NonPubliable,
        Self::NonCalculable,
        Self::Atteint,
        Self::NonAtteint,
        Self::NonEvalue,
    ];

    /// Word of the contract.
    pub fn as_str(self) -> &'static str {
        [
            "ok",
            "provisoire",
            "nc",
            "non_observe",
            "absent",
            "couverture_insuffisante",
            "effectif_insuffisant",
            "non_publiable",
            "non_calculable",
            "atteint",
            "non_atteint",
            "non_evalue",
        ][self as usize]
    }

    /// What a person reads.
    pub fn label(self) -> &'static str {
        [
            "établi",
            "provisoire",
            "non concerné",
            "non observé",
            "aucune réponse",
            "trop peu d’éléments notés",
            "trop peu de répondants",
            "non publiable",
            "non calculable",
            "atteint",
            "non atteint",
            "non évalué",
        ][self as usize]
    }
}

/// One row of `indicateurs`.
#[derive(Debug, Clone, PartialEq)]
pub struct Figure {
    /// Structure code.
    pub structure: SharedText,
    /// Kind of figure.
    pub level: Level,
    /// Code of the élément, critère, axe or activity indicator.
    pub code: SharedText,
    /// Source, for éléments and source scores.
    pub source: Option<SourceCode>,
    /// Level 1..4, share 0..1, or 1/0; none where the status forbids one.
    pub value: Option<f64>,
    /// Its one status.
    pub status: FigureStatus,
    /// Little data behind it.
    pub fragile: bool,
    /// The two readings of the mixed-age rule differ.
    pub limite: bool,
    /// What it rests on (`docs/contract.md` says what is counted at each level).
    pub n: usize,
    /// Out of how many.
    pub expected: usize,
    /// Weighted coverage 0..1, none where it has no meaning.
    pub coverage: Option<f64>,
    /// Target.
    pub target: Option<f64>,
    /// What its error is made of.
    pub noise: Noise,
    /// Its place among the figures of the structure.
    slot: u32,
}

impl Figure {
    /// A figure without marks, coverage or target.
    pub(super) fn new(
        structure: &SharedText,
        level: Level,
        slot: Slot,
        status: FigureStatus,
    ) -> Self {
        Self {
            structure: structure.clone(),
            level,
            code: slot.code,
            slot: slot.rank,
            source: None,
            value: None,
            status,
            fragile: false,
            limite: false,
            n: 0,
            expected: 0,
            coverage: None,
            target: None,
            noise: Noise::default(),
        }
    }

    /// Status and marks as the contract writes them: `ok+fragile`.
    pub fn statut(&self) -> String {
        let mut text = self.status.as_str().to_owned();
        if self.fragile {
            text.push_str("+fragile");
        }
        if self.limite {
            text.push_str("+limite");
        }
        text
    }

    /// Value minus target.
    pub fn target_gap(&self) -> Option<f64> {
        Some(self.value? - self.target?)
    }
}

/// Slot without figure.
const NOTHING: u32 = u32::MAX;

/// Every figure of a campaign, in the order of structures, then of the référentiel.
#[derive(Debug, Default)]
pub struct Indicators {
    /// Campaign id.
    pub campagne: String,
    /// Version of the référentiel.
    pub version: String,
    /// How far observers and visits differ.
    pub spread: Spread,
    /// What the figures were made from: distributions, grids received, activity lines.
    pub collected: Collected,
    figures: Vec<Figure>,
    slots: Slots,
    /// Structure code → its rank.
    structures: FxHashMap<SharedText, usize>,
    /// Where the figures of each structure stand.
    ranges: Vec<Range<usize>>,
    /// structure × slot → position of the figure.
    positions: Vec<u32>,
}

impl Indicators {
    pub(super) fn new(campagne: &str, version: &str, slots: Slots) -> Self {
        Self {
            campagne: campagne.to_owned(),
            version: version.to_owned(),
            slots,
            ..Self::default()
        }
    }

    /// Adds the figures of the next structure.
    pub(super) fn push(&mut self, structure: &SharedText, figures: Vec<Figure>) {
        let start = self.figures.len();
        let row = self.positions.len();
        self.positions.resize(row + self.slots.len(), NOTHING);
        for (i, figure) in figures.iter().enumerate() {
            self.positions[row + figure.slot as usize] = (start + i) as u32;
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
        let slots = all.saturating_sub(there) * self.slots.len();
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
        let rank = self.structures.get(structure)?;
        let slot = self.slots.find(level, code, source)?;
        let position = self.positions[rank * self.slots.len() + slot];
        let figure = self.figures.get(position as usize)?;
        (figure.source == source).then_some(figure)
    }
}
