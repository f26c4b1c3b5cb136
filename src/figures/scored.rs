//! What each élément and each source is worth at each structure, without what such a figure is printed with: what
//! deliveries decide on. A vast territory has millions of them, of twelve bytes each.

use super::figure::{Figure, FigureStatus};
use super::figure_level::Level;
use super::figure_slots::Slots;
use crate::vocabulary::referentiel::SourceCode;

/// What an élément is worth, or what a source says of a critère.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct HeldScore {
    /// Level 1..4; none where the status forbids one.
    pub(crate) value: Option<f64>,
    /// Answers behind it.
    pub(crate) n: usize,
    pub(crate) status: FigureStatus,
    /// The two readings of the mixed-age rule differ.
    pub(crate) limite: bool,
    /// A finding that it rests on was put right since.
    pub(crate) corrected: bool,
}

impl HeldScore {
    /// What a figure says of it.
    pub(crate) fn of(figure: &Figure) -> Self {
        Self {
            value: figure.value,
            n: figure.n,
            status: figure.status,
            limite: figure.limite,
            corrected: figure.corrected,
        }
    }
}

/// The rest of it in four bytes: how many answers, who speaks, status, marks.
#[derive(Debug, Clone, Copy)]
struct PackedRest(u32);

/// Bits of each part, from the lowest.
mod bits {
    pub(super) const STATUS: u32 = 5;
    pub(super) const SOURCE: u32 = 4;
    pub(super) const MARKS: u32 = 2;
    /// What is left: two million answers to one question at one structure; more are told as so many.
    pub(super) const MOST: usize = (1 << (u32::BITS - STATUS - SOURCE - MARKS)) - 1;
}

const LIMITE: u32 = 1;
const CORRECTED: u32 = 2;
/// Nothing is asked there.
const NOTHING: PackedRest = PackedRest(u32::MAX);

impl PackedRest {
    fn of(figure: &Figure) -> Self {
        let source = figure.source.map_or(0, |source| source as u32 + 1);
        let marks = u32::from(figure.limite) * LIMITE + u32::from(figure.corrected) * CORRECTED;
        let n = figure.n.min(bits::MOST) as u32;
        let high = (n << bits::MARKS | marks) << bits::SOURCE | source;
        Self(high << bits::STATUS | figure.status as u32)
    }

    fn source(self) -> Option<SourceCode> {
        let source = self.0 >> bits::STATUS & ((1 << bits::SOURCE) - 1);
        let rank = source.checked_sub(1)?;
        SourceCode::ALL.get(rank as usize).copied()
    }

    /// With its value, which is no number where there is none.
    fn open(self, value: f64) -> Option<HeldScore> {
        let status = self.0 & ((1 << bits::STATUS) - 1);
        let marks = self.0 >> (bits::STATUS + bits::SOURCE);
        Some(HeldScore {
            value: Some(value).filter(|value| !value.is_nan()),
            n: (marks >> bits::MARKS) as usize,
            status: *FigureStatus::ALL.get(status as usize)?,
            limite: marks & LIMITE != 0,
            corrected: marks & CORRECTED != 0,
        })
    }
}

/// Those of all structures, in the order in which these come.
#[derive(Debug, Default)]
pub(super) struct Scores {
    /// How many a structure may have.
    each: usize,
    values: Vec<f64>,
    rests: Vec<PackedRest>,
}

impl Scores {
    /// Adds those of the next structure, among its figures.
    pub(super) fn add(&mut self, slots: &Slots, figures: &[Figure]) {
        self.each = slots.start(Level::Enquete);
        let start = self.values.len();
        self.values.resize(start + self.each, f64::NAN);
        self.rests.resize(start + self.each, NOTHING);
        for figure in figures.iter().filter(|f| (f.slot as usize) < self.each) {
            let place = start + figure.slot as usize;
            self.values[place] = figure.value.unwrap_or(f64::NAN);
            self.rests[place] = PackedRest::of(figure);
        }
    }

    /// Makes room for those of so many structures more.
    pub(super) fn reserve(&mut self, structures: usize) {
        self.values.reserve_exact(structures * self.each);
        self.rests.reserve_exact(structures * self.each);
    }
}

/// Those of one structure.
#[derive(Debug, Clone, Copy)]
pub(crate) struct SiteScores<'a> {
    slots: &'a Slots,
    values: &'a [f64],
    rests: &'a [PackedRest],
}

impl<'a> SiteScores<'a> {
    pub(super) fn new(slots: &'a Slots, scores: &'a Scores, rank: usize) -> Self {
        let own = rank * scores.each..(rank + 1) * scores.each;
        Self {
            slots,
            values: scores.values.get(own.clone()).unwrap_or_default(),
            rests: scores.rests.get(own).unwrap_or_default(),
        }
    }

    /// What an élément is worth, by its code; none where another source is asked.
    pub(crate) fn element(self, code: &str, source: SourceCode) -> Option<HeldScore> {
        self.find(Level::Element, code, source)
    }

    /// What a source says of a critère, by its code.
    pub(crate) fn source(self, critere: &str, source: SourceCode) -> Option<HeldScore> {
        self.find(Level::Source, critere, source)
    }

    /// What an élément is worth, by its position in the référentiel of its campaign.
    pub(crate) fn element_at(self, position: usize) -> Option<HeldScore> {
        self.at(self.slots.start(Level::Element) + position)
    }

    fn find(self, level: Level, code: &str, source: SourceCode) -> Option<HeldScore> {
        let slot = self.slots.find(level, code, Some(source))?;
        let is_theirs = self.rests.get(slot)?.source() == Some(source);
        is_theirs.then(|| self.at(slot)).flatten()
    }

    fn at(self, slot: usize) -> Option<HeldScore> {
        self.rests.get(slot)?.open(*self.values.get(slot)?)
    }
}
