//! What each élément and each source is worth at each structure, without what such a figure is printed with: what
//! deliveries decide on. A vast territory has millions of them, of sixteen bytes each.

use super::figure::{Figure, FigureStatus};
use super::figure_level::Level;
use super::figure_slots::Slots;
use crate::vocabulary::referentiel::SourceCode;

/// What an élément is worth, or what a source says of a critère.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Scored {
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

impl Scored {
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

/// The same in sixteen bytes.
#[derive(Debug, Clone, Copy)]
struct PackedScore {
    /// Not a number where there is none.
    value: f64,
    n: u32,
    /// None: nothing is asked there.
    status: Option<FigureStatus>,
    source: Option<SourceCode>,
    marks: u8,
}

const LIMITE: u8 = 1;
const CORRECTED: u8 = 2;

const NOTHING: PackedScore = PackedScore {
    value: f64::NAN,
    n: 0,
    status: None,
    source: None,
    marks: 0,
};

impl PackedScore {
    fn of(figure: &Figure) -> Self {
        Self {
            value: figure.value.unwrap_or(f64::NAN),
            // No structure has four billion answers.
            n: u32::try_from(figure.n).unwrap_or(u32::MAX),
            status: Some(figure.status),
            source: figure.source,
            marks: u8::from(figure.limite) * LIMITE + u8::from(figure.corrected) * CORRECTED,
        }
    }

    fn open(self) -> Option<Scored> {
        Some(Scored {
            value: Some(self.value).filter(|value| !value.is_nan()),
            n: self.n as usize,
            status: self.status?,
            limite: self.marks & LIMITE != 0,
            corrected: self.marks & CORRECTED != 0,
        })
    }
}

/// Those of all structures, in the order in which these come.
#[derive(Debug, Default)]
pub(super) struct Scores {
    /// How many a structure may have.
    each: usize,
    all: Vec<PackedScore>,
}

impl Scores {
    /// Adds those of the next structure, among its figures.
    pub(super) fn add(&mut self, slots: &Slots, figures: &[Figure]) {
        self.each = slots.start(Level::Enquete);
        let start = self.all.len();
        self.all.resize(start + self.each, NOTHING);
        for figure in figures {
            if let Some(packed) = self.all[start..].get_mut(figure.slot as usize) {
                *packed = PackedScore::of(figure);
            }
        }
    }

    /// Makes room for those of so many structures more.
    pub(super) fn reserve(&mut self, structures: usize) {
        self.all.reserve_exact(structures * self.each);
    }

    /// Those of a structure, by its rank.
    fn of(&self, rank: usize) -> &[PackedScore] {
        self.all
            .get(rank * self.each..(rank + 1) * self.each)
            .unwrap_or_default()
    }
}

/// Those of one structure.
#[derive(Debug, Clone, Copy)]
pub(crate) struct SiteScores<'a> {
    slots: &'a Slots,
    all: &'a [PackedScore],
}

impl<'a> SiteScores<'a> {
    pub(super) fn new(slots: &'a Slots, scores: &'a Scores, rank: usize) -> Self {
        Self {
            slots,
            all: scores.of(rank),
        }
    }

    /// What an élément is worth, by its code; none where another source is asked.
    pub(crate) fn element(self, code: &str, source: SourceCode) -> Option<Scored> {
        self.find(Level::Element, code, source)
    }

    /// What a source says of a critère, by its code.
    pub(crate) fn source(self, critere: &str, source: SourceCode) -> Option<Scored> {
        self.find(Level::Source, critere, source)
    }

    /// What an élément is worth, by its position in the référentiel of its campaign.
    pub(crate) fn element_at(self, position: usize) -> Option<Scored> {
        let slot = self.slots.start(Level::Element) + position;
        self.all.get(slot)?.open()
    }

    fn find(self, level: Level, code: &str, source: SourceCode) -> Option<Scored> {
        let slot = self.slots.find(level, code, Some(source))?;
        let packed = self.all.get(slot).filter(|p| p.source == Some(source))?;
        packed.open()
    }
}
