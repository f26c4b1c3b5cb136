//! Krippendorff's alpha, and its interval over resampled units (`docs/statistics.md` §3.5).

use super::agreement::{RatingTable, position};
use super::interval::Interval;
use super::resampling::{DRAWS, percentile_interval};
use super::{Reason, Stat};

/// Krippendorff's alpha.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Alpha {
    /// Units rated twice or more.
    pub units: usize,
    /// RatingTable in them.
    pub ratings: usize,
    /// Disagreement observed.
    pub observed: f64,
    /// Disagreement expected.
    pub expected: f64,
    /// 1 − observed/expected, or why not.
    pub alpha: Stat<f64>,
}

/// Krippendorff's ordinal alpha by coincidences (3.5; Krippendorff 2011).
///
/// # Errors
///
/// No unit rated twice.
pub fn krippendorff(ratings: &RatingTable) -> Stat<Alpha> {
    let (values, units) = located(ratings);
    if units.is_empty() {
        return Err(Reason::NoPairableUnit);
    }
    let q = values.len();
    let mut coincidences = vec![0.0; q * q];
    for unit in &units {
        for (cell, share) in pairs_of(unit, q) {
            coincidences[cell] += share;
        }
    }
    let (observed, expected) = disagreements(&coincidences, q);
    Ok(Alpha {
        units: units.len(),
        ratings: units.iter().map(Vec::len).sum(),
        observed,
        expected,
        alpha: alpha_of(observed, expected),
    })
}

fn alpha_of(observed: f64, expected: f64) -> Stat<f64> {
    if expected > 1e-12 {
        Ok(1.0 - observed / expected)
    } else {
        Err(Reason::NoVariation)
    }
}

/// Values seen in units rated twice or more, in order, and the position of each rating of each.
fn located(ratings: &RatingTable) -> (Vec<f64>, Vec<Vec<usize>>) {
    let units: Vec<Vec<f64>> = ratings
        .iter()
        .map(|u| u.iter().flatten().copied().collect::<Vec<f64>>())
        .filter(|u| u.len() > 1)
        .collect();
    let mut values: Vec<f64> = units.iter().flatten().copied().collect();
    values.sort_by(f64::total_cmp);
    values.dedup_by(|a, b| (*a - *b).abs() < 1e-12);
    let place = |u: &Vec<f64>| u.iter().filter_map(|v| position(*v, &values)).collect();
    let places = units.iter().map(place).collect();
    (values, places)
}

/// Cells of the q × q coincidences that a unit adds to, and how much: 1/(m − 1) per ordered pair.
fn pairs_of(unit: &[usize], q: usize) -> Vec<(usize, f64)> {
    let share = 1.0 / (unit.len() as f64 - 1.0);
    let mut cells = Vec::new();
    for (i, a) in unit.iter().enumerate() {
        let others = unit.iter().enumerate().filter(|(j, _)| *j != i);
        cells.extend(others.map(|(_, b)| (a * q + b, share)));
    }
    cells
}

/// Disagreement observed and expected, two values as far apart as there are ratings between them.
fn disagreements(coincidences: &[f64], q: usize) -> (f64, f64) {
    let totals: Vec<f64> = coincidences.chunks(q).map(|r| r.iter().sum()).collect();
    let n: f64 = totals.iter().sum();
    let distance = |c: usize, k: usize| -> f64 {
        let (c, k) = (c.min(k), c.max(k));
        let between: f64 = totals[c..=k].iter().sum();
        (between - f64::midpoint(totals[c], totals[k])).powi(2)
    };
    let (mut observed, mut expected) = (0.0, 0.0);
    for c in 0..q {
        for k in (0..q).filter(|k| *k != c) {
            let far = distance(c, k);
            observed += coincidences[c * q + k] * far;
            expected += totals[c] * totals[k] * far;
        }
    }
    (observed / n, expected / (n * (n - 1.0)))
}

/// Draws of an interval over so many units: large tables need fewer.
fn draws_over(units: usize) -> usize {
    if units > 5_000 { DRAWS / 10 } else { DRAWS }
}

/// Interval of Krippendorff's alpha: percentiles of the alphas of resampled units (§3.5).
///
/// # Errors
///
/// Fewer than two units rated twice; resampled units that too often never vary.
pub fn krippendorff_interval(ratings: &RatingTable, conf: f64) -> Stat<Interval> {
    let (values, mut units) = located(ratings);
    // A draw depends on the order drawn from, never on the order of visits.
    units.sort();
    let q = values.len();
    let cells: Vec<Vec<(usize, f64)>> = units.iter().map(|u| pairs_of(u, q)).collect();
    let draws = draws_over(units.len());
    percentile_interval(units.len(), draws, conf, &mut |drawn| {
        let mut coincidences = vec![0.0; q * q];
        for unit in drawn {
            for (cell, share) in &cells[*unit] {
                coincidences[*cell] += share;
            }
        }
        let (observed, expected) = disagreements(&coincidences, q);
        alpha_of(observed, expected).ok()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pairs(rows: &[(f64, f64)]) -> Vec<Vec<Option<f64>>> {
        rows.iter().map(|(a, b)| vec![Some(*a), Some(*b)]).collect()
    }

    /// RatingTable that agree but for one: the interval holds alpha, whatever the order of units.
    #[test]
    fn an_interval_holds_its_alpha_in_any_order() {
        let mut rows: Vec<(f64, f64)> = (0..30)
            .map(|i| (f64::from(i % 4), f64::from(i % 4)))
            .collect();
        rows[3] = (1.0, 3.0);
        rows[8] = (2.0, 1.0);
        let ratings = pairs(&rows);
        let alpha = krippendorff(&ratings).expect("pairs").alpha.expect("alpha");
        let Interval { low, high } = krippendorff_interval(&ratings, 0.95).expect("bounds");
        assert!(
            low < alpha && alpha < high && high <= 1.0,
            "{low} {alpha} {high}"
        );
        rows.reverse();
        assert_eq!(
            krippendorff_interval(&pairs(&rows), 0.95),
            Ok(Interval { low, high })
        );
    }
}
