//! What families said of each critère beside all the rest, as an exact histogram that merges by
//! addition: what importance is derived from.

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;

use super::partials::FamilyPairs;
use super::{AnswerUnit, fold_table};
use crate::base::error::Result;
use crate::intake::observations::Observations;
use crate::vocabulary::referentiel::{MICRO, Referentiel};

/// Families needed before anything is derived from what they said.
pub(crate) const LEAST_FAMILIES: u64 = 50;

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
pub(crate) struct FamilyLevels(FxHashMap<(usize, LevelPair), u64>);

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

    /// Critère → levels → families, in order.
    fn sorted(&self) -> BTreeMap<usize, BTreeMap<LevelPair, u64>> {
        let mut criteres: BTreeMap<usize, BTreeMap<LevelPair, u64>> = BTreeMap::new();
        for ((critere, pair), families) in &self.0 {
            criteres
                .entry(*critere)
                .or_default()
                .insert(*pair, *families);
        }
        criteres
    }

    /// The same as ranks, one row per family pair, under a unit: Spearman's correlation reads nothing
    /// else. Critères that fewer than [`LEAST_FAMILIES`] answered are left out: nothing is drawn from
    /// them.
    pub(crate) fn ranked(&self, unit: u32) -> Vec<FamilyPairs> {
        let mut rows = Vec::new();
        for (critere, pairs) in &self.sorted() {
            if pairs.values().sum::<u64>() < LEAST_FAMILIES {
                continue;
            }
            let own = ranks(pairs.keys().map(|p| mean(p.sum, p.levels)));
            let rest = ranks(pairs.keys().map(|p| mean(p.rest_sum, p.rest_levels)));
            let mut counts: BTreeMap<FamilyPairs, u32> = BTreeMap::new();
            for (place, count) in pairs.values().enumerate() {
                let row = FamilyPairs {
                    unit,
                    critere: *critere as u32,
                    sum: own[place] * MICRO,
                    levels: 1,
                    rest_sum: rest[place] * MICRO,
                    rest_levels: 1,
                    count: 0,
                };
                *counts.entry(row).or_default() += *count as u32;
            }
            rows.extend(
                counts
                    .into_iter()
                    .map(|(row, count)| FamilyPairs { count, ..row }),
            );
        }
        rows
    }

    /// Critère → the means that families who answered on it and on another gave, in an order that
    /// does not depend on who they are.
    pub(crate) fn means(&self) -> BTreeMap<usize, Vec<FamilyMeans>> {
        let means = |(pair, families): (LevelPair, u64)| FamilyMeans {
            own: mean(pair.sum, pair.levels),
            rest: mean(pair.rest_sum, pair.rest_levels),
            families,
        };
        let criteres = self.sorted().into_iter();
        criteres
            .map(|(critere, pairs)| (critere, pairs.into_iter().map(means).collect()))
            .collect()
    }
}

fn mean(sum: i64, levels: u32) -> f64 {
    sum as f64 / MICRO as f64 / f64::from(levels)
}

/// Dense ranks, from 1.
fn ranks(values: impl Iterator<Item = f64>) -> Vec<i64> {
    let values: Vec<f64> = values.collect();
    let mut sorted = values.clone();
    sorted.sort_by(f64::total_cmp);
    sorted.dedup();
    let rank = |value: &f64| sorted.partition_point(|s| s < value) as i64 + 1;
    values.iter().map(rank).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stats::importance::{CountedPair, spearman};

    /// Sixty families, with ties: ranks tell the same correlation, to the bit.
    #[test]
    fn ranks_tell_the_same_importance() {
        let families = (0..60_i64).map(|i| FamilyPairs {
            unit: 0,
            critere: 3,
            sum: (i * 7 % 9 + 1) * MICRO,
            levels: 3,
            rest_sum: (i * 5 % 31 + i % 3 + 20) * MICRO,
            rest_levels: 11,
            count: 1,
        });
        let unit = AnswerUnit {
            structure: "R01".to_owned(),
            source: crate::vocabulary::referentiel::SourceCode::Fam,
            visit: String::new(),
            observer: String::new(),
            consensus: false,
            hidden: false,
        };
        let units = [unit];
        let rho = |levels: &FamilyLevels| {
            let means = &levels.means()[&3];
            let pairs = means.iter().map(|m| CountedPair {
                x: m.own,
                y: m.rest,
                count: m.families,
            });
            spearman(&pairs.collect::<Vec<_>>()).expect("a correlation")
        };
        let mut levels = FamilyLevels::default();
        levels.add(&units, &families.clone().collect::<Vec<_>>());
        let mut ranked = FamilyLevels::default();
        ranked.add(&units, &levels.ranked(0));
        assert_eq!(rho(&levels).to_bits(), rho(&ranked).to_bits());
        let mut few = FamilyLevels::default();
        few.add(&units, &families.take(49).collect::<Vec<_>>());
        assert!(few.ranked(0).is_empty());
    }
}
