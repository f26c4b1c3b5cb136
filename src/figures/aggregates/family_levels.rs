//! What families said of each critère beside all the rest, as an exact histogram that merges by
//! addition: what importance is derived from.

use std::collections::BTreeMap;

use super::partials::FamilyPairs;
use super::{AnswerUnit, fold_table};
use crate::base::error::Result;
use crate::intake::observations::Observations;
use crate::vocabulary::referentiel::{MICRO, Referentiel};

/// A family's mean on one critère, and on all others.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct FamilyMeans {
    /// On the critère.
    pub own: f64,
    /// On all the others.
    pub rest: f64,
}

/// Levels that families gave, each mean as its sum in micro-levels and its count.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct LevelPair {
    sum: i64,
    levels: u32,
    rest_sum: i64,
    rest_levels: u32,
}

/// Critère → levels → families who gave them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct FamilyLevels {
    criteres: BTreeMap<usize, BTreeMap<LevelPair, u64>>,
}

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
            let of_critere = self.criteres.entry(row.critere as usize).or_default();
            *of_critere.entry(pair).or_default() += u64::from(row.count);
        }
    }

    /// The means of every family that answered on a critère and on another, in an order that does
    /// not depend on who they are.
    pub(crate) fn means(&self, critere: usize) -> Vec<FamilyMeans> {
        let mean = |sum: i64, levels: u32| sum as f64 / MICRO as f64 / f64::from(levels);
        let pairs = self.criteres.get(&critere).into_iter().flatten();
        let means = pairs.flat_map(|(pair, count)| {
            let means = FamilyMeans {
                own: mean(pair.sum, pair.levels),
                rest: mean(pair.rest_sum, pair.rest_levels),
            };
            std::iter::repeat_n(means, *count as usize)
        });
        means.collect()
    }
}
