//! Three campaigns and more, one centre or the same centres (`docs/statistics.md` §5.9 and §5.10).

use std::collections::BTreeMap;

use super::describe::{median, midranks, settled, ties};
use super::dist::{normal_cdf, p_of_z};
use super::{Reason, Stat};

/// Theil-Sen line.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct TheilSen {
    /// Median slope, per unit of t.
    pub slope: f64,
    /// Median of y − slope·t.
    pub intercept: f64,
    /// median(y) − slope·median(t), as some packages give.
    pub intercept_of_medians: f64,
    /// Slopes it is the median of.
    pub slopes: usize,
}

/// Median slope over pairs of different times (§5.9).
///
/// # Errors
///
/// Fewer than two times.
pub fn theil_sen(t: &[f64], y: &[f64]) -> Stat<TheilSen> {
    let mut slopes = Vec::new();
    for i in 0..y.len() {
        for j in i + 1..y.len() {
            let apart = t[j] - t[i];
            if apart.abs() > 1e-12 {
                slopes.push((y[j] - y[i]) / apart);
            }
        }
    }
    let slope = median(&slopes).ok_or(Reason::TooFew)?;
    let rest: Vec<f64> = y.iter().zip(t).map(|(y, t)| y - slope * t).collect();
    Ok(TheilSen {
        slope,
        intercept: median(&rest).unwrap_or(0.0),
        intercept_of_medians: median(y).unwrap_or(0.0) - slope * median(t).unwrap_or(0.0),
        slopes: slopes.len(),
    })
}

/// Mann-Kendall's test of a trend.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct MannKendall {
    /// Rising pairs minus falling pairs.
    pub s: i64,
    /// Its variance, ties included.
    pub variance: f64,
    /// Kendall's τ_b with time; none when nothing varies.
    pub tau_b: Option<f64>,
    /// Normal score with continuity; none when nothing varies.
    pub z: Option<f64>,
    /// Two-sided p of the normal score.
    pub p_asymptotic: Option<f64>,
    /// Exact two-sided p, up to eight campaigns.
    pub p_exact: Option<f64>,
}

/// Longest series whose orders are all enumerated.
const ENUMERATED: usize = 8;

/// Mann-Kendall over campaigns in order (§5.9). Three campaigns can never be significant.
///
/// # Errors
///
/// Fewer than two campaigns.
pub fn mann_kendall(y: &[f64]) -> Stat<MannKendall> {
    let n = y.len();
    if n < 2 {
        return Err(Reason::TooFew);
    }
    let s = kendall_sum(y);
    let count = n as f64;
    let tied = |f: fn(f64) -> f64| ties(y).iter().map(|t| f(*t as f64)).sum::<f64>();
    let variance = (count * (count - 1.0) * (2.0 * count + 5.0)
        - tied(|t| t * (t - 1.0) * (2.0 * t + 5.0)))
        / 18.0;
    let pairs = count * (count - 1.0) / 2.0;
    let untied = pairs - tied(|t| t * (t - 1.0) / 2.0);
    let varies = untied > 0.0;
    let z = varies.then(|| (s - s.signum()) as f64 / variance.sqrt());
    Ok(MannKendall {
        s,
        variance: if varies { variance } else { 0.0 },
        tau_b: varies.then(|| s as f64 / (pairs * untied).sqrt()),
        z,
        p_asymptotic: z.map(p_of_z),
        p_exact: (n <= ENUMERATED).then(|| {
            let (mut far, mut all) = (0_u64, 0_u64);
            permutations(&mut y.to_vec(), 0, &mut |order| {
                all += 1;
                far += u64::from(kendall_sum(order).abs() >= s.abs());
            });
            far as f64 / all as f64
        }),
    })
}

fn kendall_sum(y: &[f64]) -> i64 {
    let mut s = 0;
    for i in 0..y.len() {
        for j in i + 1..y.len() {
            let step = settled(y[j] - y[i]);
            s += i64::from(step > 0.0) - i64::from(step < 0.0);
        }
    }
    s
}

/// Visits every order of a list.
fn permutations<T: Copy>(list: &mut [T], from: usize, visit: &mut dyn FnMut(&[T])) {
    if from + 1 >= list.len() {
        return visit(list);
    }
    for i in from..list.len() {
        list.swap(from, i);
        permutations(list, from + 1, visit);
        list.swap(from, i);
    }
}

/// A statistic in units of its standard deviation, and how seldom chance goes as far.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct NormalScore {
    /// Normal score.
    pub z: f64,
    /// One-sided p.
    pub p: f64,
}

/// Page's test of a common trend.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Page {
    /// Σ j·R_j.
    pub l: f64,
    /// Its mean without a trend.
    pub expected: f64,
    /// Its variance as if no centre had ties.
    pub variance_no_ties: f64,
    /// Its variance with ties.
    pub variance: f64,
    /// Normal score without ties, and its one-sided p.
    pub no_ties: NormalScore,
    /// Normal score with ties, and its one-sided p.
    pub with_ties: NormalScore,
    /// Exact one-sided p, each centre's own midranks permuted.
    pub p_exact: Option<f64>,
}

/// Rising trend shared by centres (rows) over campaigns (columns) (§5.10).
///
/// # Errors
///
/// No complete row of two campaigns or more; no variation.
pub fn page(rows: &[Vec<f64>]) -> Stat<Page> {
    let k = rows.first().map_or(0, Vec::len);
    if k < 2 {
        return Err(Reason::TooFew);
    }
    let ranks: Vec<Vec<f64>> = rows.iter().map(|r| midranks(r)).collect();
    let (n, c) = (rows.len() as f64, k as f64);
    let weigh = |r: &[f64]| {
        r.iter()
            .enumerate()
            .map(|(j, r)| (j + 1) as f64 * r)
            .sum::<f64>()
    };
    let l: f64 = ranks.iter().map(|r| weigh(r)).sum();
    let expected = n * c * (c + 1.0).powi(2) / 4.0;
    let centre = f64::midpoint(c, 1.0);
    let spread: f64 = (1..=k).map(|j| (j as f64 - centre).powi(2)).sum();
    let variance: f64 = ranks
        .iter()
        .map(|r| spread * r.iter().map(|x| (x - centre).powi(2)).sum::<f64>() / (c - 1.0))
        .sum();
    let variance_no_ties = n * c * c * (c + 1.0).powi(2) * (c - 1.0) / 144.0;
    if variance <= 0.0 {
        return Err(Reason::NoVariation);
    }
    let score = |v: f64| {
        let z = (l - expected) / v.sqrt();
        NormalScore {
            z,
            p: normal_cdf(-z),
        }
    };
    Ok(Page {
        l,
        expected,
        variance_no_ties,
        variance,
        no_ties: score(variance_no_ties),
        with_ties: score(variance),
        p_exact: (k <= ENUMERATED).then(|| page_exact(&ranks, l)),
    })
}

/// Law of Σ j·r_j convolved over centres, on doubled midranks.
fn page_exact(ranks: &[Vec<f64>], l: f64) -> f64 {
    let mut law = BTreeMap::from([(0_i64, 1.0)]);
    for row in ranks {
        let mut doubled: Vec<i64> = row.iter().map(|r| (2.0 * r).round() as i64).collect();
        let mut single: BTreeMap<i64, f64> = BTreeMap::new();
        let mut all = 0.0;
        permutations(&mut doubled, 0, &mut |order| {
            let sum = order.iter().zip(1_i64..).map(|(r, j)| r * j).sum();
            *single.entry(sum).or_default() += 1.0;
            all += 1.0;
        });
        let mut next: BTreeMap<i64, f64> = BTreeMap::new();
        for (a, p) in &law {
            for (b, q) in &single {
                *next.entry(a + b).or_default() += p * q / all;
            }
        }
        law = next;
    }
    let seen = (2.0 * l).round() as i64;
    law.range(seen..).map(|(_, p)| p).sum::<f64>().min(1.0)
}
