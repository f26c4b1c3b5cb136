//! Intervals for means, alone or nested in centres (`statistics.md` 2.3 to 2.5).

use std::collections::BTreeMap;

use super::describe::{lattice, mean, sd, sum_of_squares};
use super::dist::{normal_cdf, normal_quantile, t_quantile};
use super::resampling::{DRAWS, Dice};
use super::{Reason, Stat};

/// A mean with its t interval.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct MeanInterval {
    /// Values.
    pub n: usize,
    /// Mean.
    pub mean: f64,
    /// Standard deviation; none for one value.
    pub sd: Option<f64>,
    /// Standard error, finite population correction included.
    pub se: Option<f64>,
    /// Bounds; none for one value.
    pub interval: Option<(f64, f64)>,
    /// All values equal: no width does not mean certainty.
    pub degenerate: bool,
}

/// m ± t·s/√n·√(1 − n/N) (2.3).
///
/// # Errors
///
/// No value; more values than people.
pub fn t_interval(values: &[f64], population: Option<usize>, conf: f64) -> Stat<MeanInterval> {
    let n = values.len();
    let centre = mean(values).ok_or(Reason::NoData)?;
    if population.is_some_and(|p| p < n) {
        return Err(Reason::MoreThanPopulation);
    }
    let correction = population.map_or(1.0, |p| (1.0 - n as f64 / p as f64).sqrt());
    let spread = sd(values);
    let se = spread.map(|s| s / (n as f64).sqrt() * correction);
    let half = se.map(|se| t_quantile(0.5 + conf / 2.0, (n - 1) as f64) * se);
    Ok(MeanInterval {
        n,
        mean: centre,
        sd: spread,
        se,
        interval: half.map(|h| (centre - h, centre + h)),
        degenerate: spread.is_some_and(|s| s < 1e-12),
    })
}

/// Kind of a bootstrap interval.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BootstrapKind {
    /// Quantiles of the resampled means.
    Percentile,
    /// Bias-corrected and accelerated (Efron 1987), half weight for ties in z₀.
    Bca,
}

/// A bootstrap interval of a mean.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Bootstrap {
    /// Mean.
    pub mean: f64,
    /// Bounds.
    pub interval: (f64, f64),
    /// Bias correction (BCa).
    pub z0: f64,
    /// Acceleration (BCa).
    pub acceleration: f64,
}

/// The interval that resampling without end would give: on a scale of whole steps the law of the
/// resampled sum is a convolution, so nothing is drawn at random (2.4). Values that share no common
/// step make too many sums: [`DRAWS`] of them are drawn.
///
/// # Errors
///
/// Fewer than two values, or all equal.
pub fn bootstrap_mean(values: &[f64], conf: f64, kind: BootstrapKind) -> Stat<Bootstrap> {
    let n = values.len();
    let centre = mean(values).ok_or(Reason::NoData)?;
    if n < 2 || sum_of_squares(values) < 1e-12 {
        return Err(Reason::Degenerate);
    }
    let law = law_of_sum(&lattice(values), n).unwrap_or_else(|| drawn_sums(&lattice(values)));
    let seen = lattice(values).iter().sum::<i64>();
    let (mut below, mut equal) = (0.0, 0.0);
    for (sum, p) in &law {
        if *sum < seen {
            below += p;
        } else if *sum == seen {
            equal += p;
        }
    }
    let z0 = normal_quantile(below + equal / 2.0);
    let acceleration = jackknife_acceleration(values);
    let (low, high) = ((1.0 - conf) / 2.0, f64::midpoint(1.0, conf));
    let level = |p: f64| match kind {
        BootstrapKind::Percentile => p,
        BootstrapKind::Bca => {
            let z = z0 + normal_quantile(p);
            normal_cdf(z0 + z / (1.0 - acceleration * z))
        }
    };
    // Inverse of the distribution function: the smallest sum whose probability reaches the level.
    let quantile = |p: f64| {
        let mut total = 0.0;
        let found = law.iter().find(|(_, q)| {
            total += **q;
            total >= p - 1e-12
        });
        let sum = found.or(law.iter().next_back()).map_or(0, |(s, _)| *s);
        sum as f64 / 1e9 / n as f64
    };
    Ok(Bootstrap {
        mean: centre,
        interval: (quantile(level(low)), quantile(level(high))),
        z0,
        acceleration,
    })
}

/// Most sums kept while convolving.
const MOST_SUMS: usize = 500_000;

/// Probability of each sum of n draws with replacement; none when sums are too many.
fn law_of_sum(values: &[i64], n: usize) -> Option<BTreeMap<i64, f64>> {
    let mut single: BTreeMap<i64, f64> = BTreeMap::new();
    for v in values {
        *single.entry(*v).or_default() += 1.0 / values.len() as f64;
    }
    let mut law = BTreeMap::from([(0_i64, 1.0)]);
    for _ in 0..n {
        let mut next: BTreeMap<i64, f64> = BTreeMap::new();
        for (sum, p) in &law {
            for (v, q) in &single {
                *next.entry(sum + v).or_default() += p * q;
            }
        }
        if next.len() > MOST_SUMS {
            return None;
        }
        law = next;
    }
    Some(law)
}

/// The same law from random draws.
fn drawn_sums(values: &[i64]) -> BTreeMap<i64, f64> {
    let mut values = values.to_vec();
    // A draw depends on the order drawn from, never on the order of answers.
    values.sort_unstable();
    let mut dice = Dice::new();
    let mut law: BTreeMap<i64, f64> = BTreeMap::new();
    for _ in 0..DRAWS {
        let sum = (0..values.len())
            .map(|_| values[dice.below(values.len())])
            .sum();
        *law.entry(sum).or_default() += 1.0 / DRAWS as f64;
    }
    law
}

fn jackknife_acceleration(values: &[f64]) -> f64 {
    let n = values.len() as f64;
    let sum: f64 = values.iter().sum();
    let means: Vec<f64> = values.iter().map(|v| (sum - v) / (n - 1.0)).collect();
    let centre = mean(&means).unwrap_or(0.0);
    let power = |k: i32| means.iter().map(|m| (centre - m).powi(k)).sum::<f64>();
    let below = 6.0 * power(2).powf(1.5);
    if below > 0.0 { power(3) / below } else { 0.0 }
}

/// Means of respondents nested in centres.
#[derive(Debug, Clone, PartialEq)]
pub struct ClusterMean {
    /// Centres with an answer.
    pub k: usize,
    /// Answers.
    pub n: usize,
    /// Mean with one weight per respondent: « les familles ».
    pub pooled: f64,
    /// Mean with one weight per centre: « les accueils ».
    pub of_means: f64,
    /// Standard error of `pooled`, linearised ratio; none for one centre.
    pub pooled_se: Option<f64>,
    /// Standard error of `of_means`.
    pub means_se: Option<f64>,
    /// How much nesting inflates the variance of `pooled`.
    pub deff: Option<f64>,
    /// t intervals with k − 1 degrees of freedom.
    pub pooled_interval: Option<(f64, f64)>,
    /// Interval of `of_means`.
    pub means_interval: Option<(f64, f64)>,
}

/// Means over several centres, never as if their respondents were independent (2.5).
///
/// # Errors
///
/// No answer.
pub fn cluster_mean(groups: &[Vec<f64>], conf: f64) -> Stat<ClusterMean> {
    let groups: Vec<&Vec<f64>> = groups.iter().filter(|g| !g.is_empty()).collect();
    let all: Vec<f64> = groups.iter().flat_map(|g| g.iter().copied()).collect();
    let pooled = mean(&all).ok_or(Reason::NoData)?;
    let (k, n) = (groups.len(), all.len());
    let means: Vec<f64> = groups.iter().filter_map(|g| mean(g)).collect();
    let of_means = mean(&means).ok_or(Reason::NoData)?;
    let residual = |g: &Vec<f64>| g.iter().map(|y| y - pooled).sum::<f64>().powi(2);
    let between: f64 = groups.iter().map(|g| residual(g)).sum();
    let variance = k as f64 / (k as f64 - 1.0) * between / (n as f64).powi(2);
    let simple = sum_of_squares(&all) / (n as f64 - 1.0) / n as f64;
    let several = k > 1;
    let pooled_se = several.then(|| variance.sqrt());
    let means_se = sd(&means).map(|s| s / (k as f64).sqrt());
    let t = t_quantile(0.5 + conf / 2.0, k as f64 - 1.0);
    let around = |centre: f64, se: Option<f64>| se.map(|s| (centre - t * s, centre + t * s));
    Ok(ClusterMean {
        k,
        n,
        pooled,
        of_means,
        pooled_se,
        means_se,
        deff: (several && simple > 0.0).then(|| variance / simple),
        pooled_interval: around(pooled, pooled_se),
        means_interval: around(of_means, means_se),
    })
}

/// One-way analysis of variance of respondents in centres.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Nesting {
    /// Mean square between centres.
    pub msb: f64,
    /// Mean square within.
    pub msw: f64,
    /// Mean size that counts for unequal groups.
    pub n0: f64,
    /// ICC(1); may be negative.
    pub icc1: f64,
    /// 1 + (m̄ − 1)·max(0, ICC).
    pub deff: f64,
}

/// How alike respondents of one centre are (2.5).
///
/// # Errors
///
/// Fewer than two centres, no replicate, no variation.
pub fn nesting(groups: &[Vec<f64>]) -> Stat<Nesting> {
    let groups: Vec<&Vec<f64>> = groups.iter().filter(|g| !g.is_empty()).collect();
    let all: Vec<f64> = groups.iter().flat_map(|g| g.iter().copied()).collect();
    let (k, n) = (groups.len() as f64, all.len() as f64);
    if k < 2.0 || n <= k {
        return Err(Reason::TooFew);
    }
    let within: f64 = groups.iter().map(|g| sum_of_squares(g)).sum();
    let msw = within / (n - k);
    let msb = (sum_of_squares(&all) - within).max(0.0) / (k - 1.0);
    let sizes: f64 = groups.iter().map(|g| (g.len() as f64).powi(2)).sum();
    let n0 = (n - sizes / n) / (k - 1.0);
    let below = msb + (n0 - 1.0) * msw;
    if below <= 0.0 {
        return Err(Reason::NoVariation);
    }
    let icc1 = (msb - msw) / below;
    Ok(Nesting {
        msb,
        msw,
        n0,
        icc1,
        deff: 1.0 + (n / k - 1.0) * icc1.max(0.0),
    })
}
