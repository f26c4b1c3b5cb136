//! Rules of law of a critère: « 21 conformes sur 22 », whatever its level.

use super::element::{RatedElement, is_met};

/// Rules of law, counted apart from levels.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct RuleCount {
    /// That apply.
    pub(super) applicable: usize,
    /// Of them, those that somebody checked.
    pub(super) checked: usize,
    /// Of them, those that are met.
    pub(super) met: usize,
    /// Of them, those that were put right since they were found otherwise.
    pub(super) corrected: usize,
    /// Whether two readings of one give another verdict.
    pub(super) limite: bool,
}

impl RuleCount {
    /// Of the éléments of a critère that a text asks for, those that apply.
    pub(super) fn of<'a>(laws: impl Iterator<Item = &'a RatedElement>) -> Self {
        let mut count = Self::default();
        for law in laws.filter(|law| !law.value.is_nc()) {
            count.applicable += 1;
            count.limite |= law.is_rule_limite();
            if let Some(level) = law.settled() {
                count.checked += 1;
                count.met += usize::from(is_met(level));
                count.corrected += usize::from(law.corrected);
            }
        }
        count
    }

    /// With those of another critère.
    pub(super) fn with(self, other: Self) -> Self {
        Self {
            applicable: self.applicable + other.applicable,
            checked: self.checked + other.checked,
            met: self.met + other.met,
            corrected: self.corrected + other.corrected,
            limite: self.limite || other.limite,
        }
    }
}
