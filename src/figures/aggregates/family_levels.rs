//! What families said of each critère beside all the rest, as an exact histogram that merges by
//! addition: what importance is derived from.

use std::collections::{BTreeMap, HashMap};

use super::partials::FamilyPairs;
use super::{AnswerUnit, fold_table};
use crate::base::error::Result;
use crate::intake::observations::Observations;
use crate::vocabulary::referentiel::{MICRO, Referentiel};

/// A mean on one critère, one on all others, and the families who gave both.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct FamilyMeans {
    /// On the critère.
    pub own: f64,
    /// On all the others.
    pub rest: f64,
    /// Families.
    pub families: u64,
}

/// Levels that families gave, each mean as its sum in micro-levels and its count.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
struct LevelPair {
    sum: i64,
    levels: u32,
    rest_sum: i64,
    rest_levels: u32,
}

/// (Critère, levels) → families who gave them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct FamilyLevels(HashMap<(usize, LevelPair), u64>);

impl FamilyLevels {
    /// What the long table holds.
    pub(crate) fn of(observations: &Observations, referentiel: &Referentiel) -> Result<Self> {
        let folded = fold_table(observations, referentiel)?;
        let mut all = Self::default();
        all.add(&folded.units, &folded.partials.families);
        Ok(all)
    }

    /// Adds families of units that are to be seen.
    pub(crate) fn add(&mut self, units: &[AnswerUnit], families: &[FamilyPairs]) {
        let is_seen = |unit: u32| units.get(unit as usize).is_some_and(|u| !u.hidden);
        for row in families.iter().filter(|row| is_seen(row.unit)) {
            let pair = LevelPair {
                sum: row.sum,
                levels: row.levels,
                rest_sum: row.rest_sum,
                rest_levels: row.rest_levels,
            };
            let families = self.0.entry((row.critere as usize, pair)).or_default();
            *families += u64::from(row.count);
        }
    }

    /// Both together.
    pub(crate) fn merged(mut self, mut other: Self) -> Self {
        if self.0.len() < other.0.len() {
            std::mem::swap(&mut self, &mut other);
        }
        for (levels, families) in other.0 {
            *self.0.entry(levels).or_default() += families;
        }
        self
    }

    /// Critère → the means that families who answered on it and on another gave, in an order that
    /// does not depend on who they are.
    pub(crate) fn means(&self) -> BTreeMap<usize, Vec<FamilyMeans>> {
        let mean = |sum: i64, levels: u32| sum as f64 / MICRO as f64 / f64::from(levels);
        let sorted: BTreeMap<&(usize, LevelPair), &u64> = self.0.iter().collect();
        let mut means: BTreeMap<usize, Vec<FamilyMeans>> = BTreeMap::new();
        for ((critere, pair), families) in sorted {
            means.entry(*critere).or_default().push(FamilyMeans {
                own: mean(pair.sum, pair.levels),
                rest: mean(pair.rest_sum, pair.rest_levels),
                families: *families,
            });
        }
        means
    }
}
