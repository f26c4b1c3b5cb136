//! Where the figures of a structure stand: one slot per figure that a référentiel allows, found by
//! arithmetic from positions, and by text at the boundary.

use std::ops::Range;

use rustc_hash::FxHashMap;

use super::figure_level::Level;
use crate::base::text::SharedText;
use crate::vocabulary::referentiel::{ActivityCode, Referentiel, SourceCode};

/// Code of the overall mark, among the axes.
const OVERALL: &str = "GLOBAL";
/// Code of all rules together, among the critères that have some.
pub(super) const ALL_RULES: &str = "REGLES";

/// A figure's place and the code that it is known by.
#[derive(Debug, Clone)]
pub(super) struct Slot {
    pub rank: u32,
    pub code: SharedText,
}

/// Codes of one kind and their positions.
#[derive(Debug, Default, Clone)]
struct Codes {
    texts: Vec<SharedText>,
    positions: FxHashMap<SharedText, usize>,
}

impl Codes {
    fn of<'a>(codes: impl Iterator<Item = &'a str>) -> Self {
        let texts: Vec<SharedText> = codes.map(SharedText::from).collect();
        let positions = texts.iter().cloned().zip(0..).collect();
        Self { texts, positions }
    }

    fn len(&self) -> usize {
        self.texts.len()
    }
}

/// The slots that a référentiel allows.
#[derive(Debug, Default, Clone)]
pub(super) struct Slots {
    elements: Codes,
    criteres: Codes,
    /// Axes, then the overall mark.
    axes: Codes,
    activities: Codes,
    /// Critères, then all of them, then éléments.
    rules: Codes,
}

impl Slots {
    pub(super) fn of(referentiel: &Referentiel) -> Self {
        let axes = referentiel.axes.iter().map(|a| a.code.as_str());
        let criteres = || referentiel.criteres.iter().map(|c| c.code.as_str());
        let elements = || referentiel.elements.iter().map(|e| e.code.as_str());
        Self {
            elements: Codes::of(elements()),
            criteres: Codes::of(criteres()),
            axes: Codes::of(axes.chain([OVERALL])),
            activities: Codes::of(ActivityCode::all().map(ActivityCode::as_str)),
            rules: Codes::of(criteres().chain([ALL_RULES]).chain(elements())),
        }
    }

    /// The slot of a figure without source, by its position among those of its level.
    pub(super) fn plain(&self, level: Level, position: usize) -> Slot {
        Slot {
            rank: (self.start(level) + position) as u32,
            code: self.codes(level).texts[position].clone(),
        }
    }

    /// The slot of what a source says of a critère.
    pub(super) fn source(&self, critere: usize, source: SourceCode) -> Slot {
        let rank = critere * SourceCode::ALL.len() + source as usize;
        Slot {
            rank: (self.start(Level::Source) + rank) as u32,
            code: self.criteres.texts[critere].clone(),
        }
    }

    /// Rank of the slot that a text names.
    pub(super) fn find(
        &self,
        level: Level,
        code: &str,
        source: Option<SourceCode>,
    ) -> Option<usize> {
        let position = *self.codes(level).positions.get(code)?;
        Some(match level {
            Level::Source => {
                self.start(level) + position * SourceCode::ALL.len() + source? as usize
            }
            _ => self.start(level) + position,
        })
    }

    fn codes(&self, level: Level) -> &Codes {
        match level {
            Level::Element | Level::Enquete => &self.elements,
            Level::Source | Level::Critere | Level::Imperatif => &self.criteres,
            Level::Axe => &self.axes,
            Level::Activite => &self.activities,
            Level::Regle => &self.rules,
        }
    }

    /// From the first slot of the levels kept to the end of their last.
    pub(super) fn range(&self, keeps: impl Fn(Level) -> bool) -> Range<usize> {
        let kept = Level::ALL.into_iter().filter(|level| keeps(*level));
        let ranges = kept.map(|level| self.start(level)..self.end(level));
        let both = |a: Range<usize>, b: Range<usize>| a.start.min(b.start)..a.end.max(b.end);
        ranges.reduce(both).unwrap_or(0..0)
    }

    /// The slot after the last one of a level.
    fn end(&self, level: Level) -> usize {
        let each = match level {
            Level::Source => SourceCode::ALL.len(),
            _ => 1,
        };
        self.start(level) + self.codes(level).texts.len() * each
    }

    /// First slot of a level: what is scored comes first.
    pub(super) fn start(&self, level: Level) -> usize {
        let (elements, criteres) = (self.elements.len(), self.criteres.len());
        let scored = elements + criteres * SourceCode::ALL.len();
        match level {
            Level::Element => 0,
            Level::Source => elements,
            Level::Enquete => scored,
            Level::Critere => scored + elements,
            Level::Imperatif => self.start(Level::Critere) + criteres,
            Level::Axe => self.start(Level::Imperatif) + criteres,
            Level::Activite => self.start(Level::Axe) + self.axes.len(),
            Level::Regle => self.start(Level::Activite) + self.activities.len(),
        }
    }
}
