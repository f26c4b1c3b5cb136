//! Two groups of answers that cannot be paired: ranks, permutation, effect sizes
//! (`statistics.md` 5.4 and 5.6).

use std::collections::BTreeMap;

use super::describe::{choose, lattice, mean, midranks, sd, ties, variance};
use super::dist::{log_gamma, p_of_z, t_quantile, z_of};
use super::paired::PMethod;
use super::resampling::{DRAWS, Dice, monte_carlo_p};
use super::{Reason, Stat};

/// Mann-Whitney's test.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct MannWhitney {
    /// Pairs where x is above y, ties for half.
    pub u1: f64,
    /// The others.
    pub u2: f64,
    /// P(X > Y) + ½P(X = Y).
    pub superiority: f64,
    /// Normal score; none for the exact method.
    pub z: Option<f64>,
    /// Two-sided p: twice the smaller tail.
    pub p: f64,
    /// Two-sided p by distance from the mean, where ties make the law asymmetric (exact).
    pub p_distance: Option<f64>,
    /// One-sided p, x above and x below (exact).
    pub one_sided: Option<(f64, f64)>,
    /// Why p is 1 when nothing differs.
    pub reason: Option<Reason>,
}

impl MannWhitney {
    /// Cliff's δ = P(X > Y) − P(X < Y).
    pub fn cliff(&self) -> f64 {
        2.0 * self.superiority - 1.0
    }
}

/// Compares two independent groups (5.4). On ordered answers it compares distributions, not
/// medians.
///
/// # Errors
///
/// An empty group.
pub fn mann_whitney(x: &[f64], y: &[f64], method: PMethod) -> Stat<MannWhitney> {
    if x.is_empty() || y.is_empty() {
        return Err(Reason::NoData);
    }
    let (n1, n2) = (x.len() as f64, y.len() as f64);
    let all: Vec<f64> = x.iter().chain(y).copied().collect();
    let ranks = midranks(&all);
    let r1: f64 = ranks[..x.len()].iter().sum();
    let u1 = r1 - n1 * (n1 + 1.0) / 2.0;
    let mut result = MannWhitney {
        u1,
        u2: n1 * n2 - u1,
        superiority: u1 / (n1 * n2),
        z: None,
        p: 1.0,
        p_distance: None,
        one_sided: None,
        reason: None,
    };
    let groups = ties(&all);
    if groups.len() == 1 {
        result.reason = Some(Reason::AllEqual);
        return Ok(result);
    }
    if method == PMethod::Exact {
        let doubled: Vec<i64> = ranks.iter().map(|r| (2.0 * r).round() as i64).collect();
        let tails = split_tails(&doubled, x.len(), (2.0 * r1).round() as i64, 0);
        result.one_sided = Some((tails.up, tails.down));
        result.p = tails.two_sided();
        result.p_distance = Some(tails.far);
    } else {
        let n = n1 + n2;
        let tied: f64 = groups.iter().map(|t| (*t as f64).powi(3) - *t as f64).sum();
        let spread = n1 * n2 / 12.0 * ((n + 1.0) - tied / (n * (n - 1.0)));
        let distance = u1 - n1 * n2 / 2.0;
        let correction = if method == PMethod::AsymptoticCorrected {
            distance.signum() * distance.abs().min(0.5)
        } else {
            0.0
        };
        let z = (distance - correction) / spread.sqrt();
        result.z = Some(z);
        result.p = p_of_z(z);
    }
    Ok(result)
}

/// Tails of a sum over all ways to choose a group.
struct Tails {
    up: f64,
    down: f64,
    far: f64,
}

impl Tails {
    fn two_sided(&self) -> f64 {
        (2.0 * self.up.min(self.down)).min(1.0)
    }
}

/// Most sums kept while counting splits; beyond, splits are drawn at random.
const MOST_SUMS: usize = 1_000_000;

/// Tails of the sum of `size` of the values, all choices equally likely; `slack` is how close two
/// sums count as equal.
fn split_tails(values: &[i64], size: usize, seen: i64, slack: i64) -> Tails {
    // Distances from the mean, multiplied by the number of values to stay whole.
    let n = values.len() as i128;
    let centre = i128::from(values.iter().sum::<i64>()) * size as i128;
    let away = |s: i64| (i128::from(s) * n - centre).abs();
    let (wide, least) = (i128::from(slack) * n, away(seen));
    let reached = |s: i64| {
        (
            s >= seen - slack,
            s <= seen + slack,
            away(s) >= least - wide,
        )
    };
    let Some(law) = law_of_splits(values, size) else {
        return drawn_tails(values, size, &reached);
    };
    let total = choose(values.len(), size);
    let share = |f: &dyn Fn(i64) -> bool| -> f64 {
        let counts = law.iter().filter(|(s, _)| f(**s)).map(|(_, c)| c);
        (counts.sum::<f64>() / total).min(1.0)
    };
    Tails {
        up: share(&|s| reached(s).0),
        down: share(&|s| reached(s).1),
        far: share(&|s| reached(s).2),
    }
}

/// Number of choices per sum; none when sums are too many to be counted.
fn law_of_splits(values: &[i64], size: usize) -> Option<BTreeMap<i64, f64>> {
    let mut law: Vec<BTreeMap<i64, f64>> = vec![BTreeMap::new(); size + 1];
    law[0].insert(0, 1.0);
    for (i, v) in values.iter().enumerate() {
        for k in (0..size.min(i + 1)).rev() {
            let moved: Vec<(i64, f64)> = law[k].iter().map(|(s, c)| (s + v, *c)).collect();
            for (s, c) in moved {
                *law[k + 1].entry(s).or_default() += c;
            }
        }
        if law.iter().map(BTreeMap::len).sum::<usize>() > MOST_SUMS {
            return None;
        }
    }
    law.pop()
}

/// The same tails from random splits.
fn drawn_tails(values: &[i64], size: usize, reached: &dyn Fn(i64) -> (bool, bool, bool)) -> Tails {
    let mut dice = Dice::new();
    let mut values = values.to_vec();
    // A draw depends on the order drawn from, never on the order of rows.
    values.sort_unstable();
    let mut hits = [0; 3];
    for _ in 0..DRAWS {
        dice.split(&mut values, size);
        let (up, down, far) = reached(values[..size].iter().sum());
        hits[0] += usize::from(up);
        hits[1] += usize::from(down);
        hits[2] += usize::from(far);
    }
    let [up, down, far] = hits.map(|h| monte_carlo_p(h, DRAWS));
    Tails { up, down, far }
}

/// Permutation test of a difference of means.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct MeanPermutation {
    /// Mean of x minus mean of y.
    pub difference: f64,
    /// Two-sided p: twice the smaller tail.
    pub p: f64,
    /// Two-sided p by distance from the mean.
    pub p_distance: f64,
}

/// Permutation test of the difference of means (5.4): every split where their sums can be counted,
/// else [`DRAWS`] at random.
///
/// # Errors
///
/// An empty group.
pub fn mean_permutation(x: &[f64], y: &[f64]) -> Stat<MeanPermutation> {
    let (a, b) = (
        mean(x).ok_or(Reason::NoData)?,
        mean(y).ok_or(Reason::NoData)?,
    );
    let all: Vec<f64> = x.iter().chain(y).copied().collect();
    let values = lattice(&all);
    let seen: i64 = values[..x.len()].iter().sum();
    let tails = split_tails(&values, x.len(), seen, all.len() as i64);
    Ok(MeanPermutation {
        difference: a - b,
        p: tails.two_sided(),
        p_distance: tails.far,
    })
}

/// Which variance an interval for Cliff's δ uses.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CliffVariance {
    /// Unbiased: the default.
    Unbiased,
    /// Consistent, as some packages do.
    Consistent,
}

/// Which quantile an interval for Cliff's δ uses.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CliffQuantile {
    /// Student's t with n + m − 2 degrees of freedom: the default.
    Student,
    /// The normal law.
    Normal,
}

/// Cliff's δ with its interval.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Cliff {
    /// P(X > Y) − P(X < Y).
    pub delta: f64,
    /// Its variance; none under complete separation.
    pub variance: Option<f64>,
    /// Feng & Cliff's asymmetric interval.
    pub interval: Option<(f64, f64)>,
    /// Why there is no interval.
    pub reason: Option<Reason>,
}

/// Cliff's δ (5.6).
///
/// # Errors
///
/// An empty group.
pub fn cliffs_delta(
    x: &[f64],
    y: &[f64],
    conf: f64,
    (kind, quantile): (CliffVariance, CliffQuantile),
) -> Stat<Cliff> {
    let (n, m) = (x.len() as f64, y.len() as f64);
    if x.is_empty() || y.is_empty() {
        return Err(Reason::NoData);
    }
    let sign = |a: f64, b: f64| {
        if (a - b).abs() < 1e-12 {
            0.0
        } else {
            (a - b).signum()
        }
    };
    let rows: Vec<f64> = x
        .iter()
        .map(|a| y.iter().map(|b| sign(*a, *b)).sum::<f64>() / m)
        .collect();
    let cols: Vec<f64> = y
        .iter()
        .map(|b| x.iter().map(|a| sign(*a, *b)).sum::<f64>() / n)
        .collect();
    let delta = rows.iter().sum::<f64>() / n;
    let separated = Cliff {
        delta,
        variance: None,
        interval: None,
        reason: Some(Reason::CompleteSeparation),
    };
    if delta.abs() > 1.0 - 1e-12 {
        return Ok(separated);
    }
    if n < 2.0 || m < 2.0 {
        return Ok(Cliff {
            reason: Some(Reason::TooFew),
            ..separated
        });
    }
    let square = |v: &[f64]| v.iter().map(|d| (d - delta).powi(2)).sum::<f64>();
    let (by_row, by_col) = (square(&rows), square(&cols));
    let cells: f64 = x
        .iter()
        .map(|a| {
            y.iter()
                .map(|b| (sign(*a, *b) - delta).powi(2))
                .sum::<f64>()
        })
        .sum();
    let variance = match kind {
        CliffVariance::Unbiased => {
            let raw = (m * m * by_row + n * n * by_col - cells) / (n * m * (n - 1.0) * (m - 1.0));
            raw.max((1.0 - delta * delta) / (n * m - 1.0))
        }
        CliffVariance::Consistent => {
            let (a, b) = (by_row / (n - 1.0), by_col / (m - 1.0));
            let c = cells / ((n - 1.0) * (m - 1.0));
            ((m - 1.0) * a + (n - 1.0) * b + c) / (n * m)
        }
    };
    let q = match quantile {
        CliffQuantile::Student => t_quantile(0.5 + conf / 2.0, n + m - 2.0),
        CliffQuantile::Normal => z_of(conf),
    };
    let rest = 1.0 - delta * delta;
    let half = q * variance.sqrt() * (rest * rest + q * q * variance).sqrt();
    let below = rest + q * q * variance;
    let centre = delta - delta.powi(3);
    Ok(Cliff {
        delta,
        variance: Some(variance),
        interval: Some(((centre - half) / below, (centre + half) / below)),
        reason: None,
    })
}

/// Small-sample factor J = Γ(ν/2)/(√(ν/2)·Γ((ν − 1)/2)).
pub fn hedges_factor(df: f64) -> f64 {
    (log_gamma(df / 2.0) - log_gamma((df - 1.0) / 2.0)).exp() / (df / 2.0).sqrt()
}

/// Standardised differences of means.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Hedges {
    /// Difference over the pooled standard deviation, or over that of the changes (paired).
    pub d: f64,
    /// Paired only: change over the mean standard deviation of both campaigns.
    pub d_average: Option<f64>,
    /// Small-sample factor.
    pub factor: f64,
    /// Its usual approximation 1 − 3/(4ν − 1).
    pub factor_approximate: f64,
}

/// Hedges' g = J·d of two independent groups (5.6).
///
/// # Errors
///
/// Fewer than two values a side; no spread.
pub fn hedges_independent(x: &[f64], y: &[f64]) -> Stat<Hedges> {
    let (Some(a), Some(b)) = (variance(x), variance(y)) else {
        return Err(Reason::TooFew);
    };
    let df = (x.len() + y.len()) as f64 - 2.0;
    let pooled = (((x.len() - 1) as f64 * a + (y.len() - 1) as f64 * b) / df).sqrt();
    let gap = mean(x).unwrap_or(0.0) - mean(y).unwrap_or(0.0);
    standardised(gap, pooled, None, df)
}

/// d_z and d_av of paired campaigns (5.6); name the one that is printed.
///
/// # Errors
///
/// Fewer than two pairs; changes that do not vary.
pub fn hedges_paired(before: &[f64], after: &[f64]) -> Stat<Hedges> {
    let changes: Vec<f64> = before.iter().zip(after).map(|(a, b)| b - a).collect();
    let (Some(spread), Some(a), Some(b)) = (sd(&changes), variance(before), variance(after)) else {
        return Err(Reason::TooFew);
    };
    let change = mean(&changes).unwrap_or(0.0);
    let average = f64::midpoint(a, b).sqrt();
    standardised(change, spread, Some(average), changes.len() as f64 - 1.0)
}

fn standardised(gap: f64, spread: f64, average: Option<f64>, df: f64) -> Stat<Hedges> {
    if spread < 1e-12 || average.is_some_and(|a| a < 1e-12) {
        return Err(Reason::Degenerate);
    }
    Ok(Hedges {
        d: gap / spread,
        d_average: average.map(|a| gap / a),
        factor: hedges_factor(df),
        factor_approximate: 1.0 - 3.0 / (4.0 * df - 1.0),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Sixty values that share no step: splits are drawn, close to the normal law, never 0.
    #[test]
    fn splits_too_many_to_count_are_drawn() {
        let value = |i: usize| (i as f64 * 0.618_033_988_7).fract();
        let x: Vec<f64> = (0..30).map(|i| value(i) + 0.1).collect();
        let y: Vec<f64> = (30..60).map(value).collect();
        let found = mean_permutation(&x, &y).expect("a test");
        let all: Vec<f64> = x.iter().chain(&y).copied().collect();
        let se = (variance(&all).expect("spread") / 15.0).sqrt();
        let expected = p_of_z(found.difference / se);
        assert!(
            (found.p_distance - expected).abs() < 0.02,
            "{found:?} {expected}"
        );
        let far: Vec<f64> = x.iter().map(|v| v + 9.0).collect();
        let far = mean_permutation(&far, &y).expect("a test");
        assert!(far.p_distance > 0.0 && far.p_distance < 0.001);
    }
}
