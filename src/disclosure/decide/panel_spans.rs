//! What both campaigns share of an axe at a site, and what may be known of it.

use super::printed_level::LevelRange;

/// Bounds closer than this are the same.
const SAME: f64 = 1e-9;

/// What both campaigns share of an axe, before and after.
#[derive(Clone, Copy)]
pub(super) struct CommonLevels {
    pub(super) before: f64,
    pub(super) after: f64,
}

/// Between what the same may lie, and its change.
#[derive(Clone, Copy)]
pub(super) struct CommonSpan {
    pub(super) before: LevelRange,
    pub(super) after: LevelRange,
    pub(super) change: LevelRange,
}

impl CommonSpan {
    pub(super) fn just(levels: CommonLevels) -> Self {
        Self {
            before: LevelRange::just(levels.before),
            after: LevelRange::just(levels.after),
            change: LevelRange::just(levels.after - levels.before),
        }
    }

    pub(super) fn add(self, other: Self) -> Self {
        self.with(other, 1.0)
    }

    /// A sum without one of its terms.
    pub(super) fn less(self, other: Self) -> Self {
        self.with(other, -1.0)
    }

    fn with(self, other: Self, times: f64) -> Self {
        let sum = |a: LevelRange, b: LevelRange| LevelRange {
            low: a.low + times * b.low,
            high: a.high + times * b.high,
        };
        Self {
            before: sum(self.before, other.before),
            after: sum(self.after, other.after),
            change: sum(self.change, other.change),
        }
    }

    /// Whether it makes up for all that another one can be, for some sum of both.
    pub(super) fn makes_up_for(&self, other: &Self, said: SaidOfPanel) -> bool {
        let middle = |range: LevelRange| f64::midpoint(range.low, range.high);
        let (before, after) = (middle(said.before), middle(said.after));
        let covers = |own: LevelRange, sum: f64, other: LevelRange| {
            own.low <= sum - other.high + SAME && own.high >= sum - other.low - SAME
        };
        covers(self.before, before, other.before)
            && covers(self.after, after, other.after)
            && covers(self.change, after - before, other.change)
    }

    /// How much is open of it in all.
    pub(super) fn width(&self) -> f64 {
        self.before.width() + self.after.width() + self.change.width()
    }
}

/// What is said of the panel: sums over its sites.
#[derive(Clone, Copy)]
pub(super) struct SaidOfPanel {
    pub(super) before: LevelRange,
    pub(super) after: LevelRange,
}
