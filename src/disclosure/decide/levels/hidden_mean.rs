//! How much must remain possible for a hidden mean.

use std::sync::Arc;

use super::hidden_levels::ProtectedMean;
use crate::disclosure::decide::printed_level::LevelRange;
use crate::stats::exact_bounds::ExactBounds;
use crate::stats::feasible::System;

/// Bounds closer than this are the same.
const SAME: f64 = 1e-6;

/// A mean that must stay hidden.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct HiddenMean {
    /// Its unknown.
    pub(crate) unknown: usize,
    /// Code of its critère.
    pub(crate) critere: String,
    /// What it is.
    pub(crate) mean: ProtectedMean,
    /// What must remain.
    pub(crate) remains: RequiredWidth,
}

/// What must remain possible.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum RequiredWidth {
    /// Bounds at least so many levels apart.
    AtLeast(f64),
    /// The same, and the means that few answers can have between them.
    Among(FewMeans),
    /// Bounds at least so many levels apart, and some value between these two.
    Meeting {
        /// How far apart.
        width: f64,
        /// Where.
        range: LevelRange,
    },
    /// Nothing is learnt between these two values.
    Whole(LevelRange),
}

/// Means that few answers can have.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct FewMeans {
    /// How far apart bounds must lie.
    pub(crate) width: f64,
    /// In order.
    pub(crate) means: Arc<[f64]>,
    /// How far apart the first and the last between them must lie.
    pub(crate) apart: f64,
}

impl FewMeans {
    /// Distance of the first and the last between two values.
    pub(crate) fn span(means: &[f64], low: f64, high: f64) -> f64 {
        let is_between = |mean: &&f64| (low - SAME..=high + SAME).contains(*mean);
        let (first, last) = (
            means.iter().find(is_between),
            means.iter().rfind(is_between),
        );
        first.zip(last).map_or(0.0, |(first, last)| last - first)
    }
}

impl HiddenMean {
    /// Whether what intervals leave possible is enough.
    pub(crate) fn seems_met(&self, system: &System) -> bool {
        let (low, high) = system.bounds(self.unknown);
        self.is_enough(low, high)
    }

    /// Whether what all equations together leave possible is enough; none when undecided.
    pub(crate) fn meets(&self, exact: &mut ExactBounds) -> Option<bool> {
        exact.leave(self.unknown, |low, high| self.is_enough(low, high))
    }

    /// The same; what cannot be decided is not.
    pub(crate) fn is_met(&self, exact: &mut ExactBounds) -> bool {
        self.meets(exact).unwrap_or(false)
    }

    /// Wider bounds only meet it better.
    fn is_enough(&self, low: f64, high: f64) -> bool {
        match &self.remains {
            RequiredWidth::AtLeast(least) => high - low >= least - SAME,
            RequiredWidth::Among(few) => {
                let span = FewMeans::span(&few.means, low, high);
                high - low >= few.width - SAME && span >= few.apart - SAME
            }
            RequiredWidth::Meeting { width, range } => {
                let meets = low <= range.high + SAME && high >= range.low - SAME;
                high - low >= width - SAME && meets
            }
            RequiredWidth::Whole(whole) => low <= whole.low + SAME && high >= whole.high - SAME,
        }
    }
}
