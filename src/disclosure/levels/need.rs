//! How much must remain possible for a hidden mean.

use crate::stats::feasible::System;

/// Bounds closer than this are the same.
const SAME: f64 = 1e-6;

/// A mean that must stay hidden.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Need {
    /// Its unknown.
    pub unknown: usize,
    /// Code of its critère.
    pub critere: String,
    /// What it is, in words.
    pub label: String,
    /// What must remain.
    pub room: Room,
}

/// What must remain possible.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Room {
    /// Bounds at least so far apart.
    Width(f64),
    /// Nothing is learnt between these two values.
    Whole(f64, f64),
}

impl Need {
    /// Whether what the system leaves possible is enough.
    pub fn is_met(&self, system: &System) -> bool {
        let (low, high) = system.bounds(self.unknown);
        match self.room {
            Room::Width(least) => high - low >= least - SAME,
            Room::Whole(a, b) => low <= a + SAME && high >= b - SAME,
        }
    }
}
