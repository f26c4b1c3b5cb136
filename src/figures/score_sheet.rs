//! Where rules 2 to 6 write what they find: the figures of one structure, or those of the territory.

use super::figure::{Figure, FigureStatus};
use super::figure_level::Level;
use super::figure_slots::{Slot, Slots};
use super::noise::Noise;
use crate::base::text::SharedText;
use crate::vocabulary::referentiel::{Referentiel, SourceCode};

/// Figures being made of one structure.
pub(super) struct ScoreSheet<'a> {
    pub(super) referentiel: &'a Referentiel,
    pub(super) slots: &'a Slots,
    /// Code of the structure; empty for the territory.
    pub(super) code: SharedText,
    /// In the order in which they are made.
    pub(super) figures: Vec<Figure>,
}

impl<'a> ScoreSheet<'a> {
    /// A sheet without figure.
    pub(super) fn new(referentiel: &'a Referentiel, slots: &'a Slots, code: &str) -> Self {
        Self {
            referentiel,
            slots,
            code: SharedText::from(code),
            figures: Vec::new(),
        }
    }

    /// A figure without source, by its position among those of its level.
    pub(super) fn plain(&self, level: Level, position: usize, status: FigureStatus) -> Figure {
        self.figure(level, self.slots.plain(level, position), status)
    }

    pub(super) fn figure(&self, level: Level, slot: Slot, status: FigureStatus) -> Figure {
        Figure::new(&self.code, level, slot, status)
    }
}

/// A source's score for a critère.
pub(super) struct SourceScore {
    pub(super) source: SourceCode,
    pub(super) value: Option<f64>,
    pub(super) status: FigureStatus,
    pub(super) coverage: f64,
    pub(super) fragile: bool,
    pub(super) limite: bool,
    pub(super) corrected: bool,
    pub(super) noise: Noise,
}

/// What a critère hands to its axe.
pub(super) struct CritereScore {
    pub(super) position: usize,
    pub(super) value: Option<f64>,
    pub(super) status: FigureStatus,
    pub(super) noise: Noise,
}
