//! What goes with overall satisfaction, and what to work on first (`statistics.md` 7.1 to 7.3).
//! « Lié à la satisfaction » is not « cause ».

use super::describe::{mean, midranks, pearson, settled, ties};
use super::dist::{normal_cdf, z_of};
use super::linear::{eigen, solve};
use super::{Reason, Stat};

/// Kind of rank correlation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RankCorrelation {
    /// Pearson on midranks.
    Spearman,
    /// τ_b, ties included.
    Kendall,
}

/// Rank correlation of complete pairs.
///
/// # Errors
///
/// Fewer than three pairs; a constant variable.
pub fn correlation(pairs: &[(f64, f64)], kind: RankCorrelation) -> Stat<f64> {
    if pairs.len() < 3 {
        return Err(Reason::TooFew);
    }
    let (x, y): (Vec<f64>, Vec<f64>) = pairs.iter().copied().unzip();
    let found = match kind {
        RankCorrelation::Spearman => pearson(&midranks(&x), &midranks(&y)),
        RankCorrelation::Kendall => kendall(&x, &y),
    };
    found.ok_or(Reason::ConstantVariable)
}

fn kendall(x: &[f64], y: &[f64]) -> Option<f64> {
    let sign = |d: f64| {
        let d = settled(d);
        if d == 0.0 { 0.0 } else { d.signum() }
    };
    let n = x.len() as f64;
    let mut s = 0.0;
    for i in 0..x.len() {
        for j in i + 1..x.len() {
            s += sign(x[j] - x[i]) * sign(y[j] - y[i]);
        }
    }
    let tied = |v: &[f64]| {
        ties(v)
            .iter()
            .map(|t| (t * (t - 1)) as f64 / 2.0)
            .sum::<f64>()
    };
    let pairs = n * (n - 1.0) / 2.0;
    let below = ((pairs - tied(x)) * (pairs - tied(y))).sqrt();
    (below > 0.0).then(|| s / below)
}

/// Share of R² owed to each driver.
#[derive(Debug, Clone, PartialEq)]
pub struct Drivers {
    /// Raw shares; they sum to R².
    pub raw: Vec<f64>,
    /// R² of all drivers together.
    pub r2: f64,
}

impl Drivers {
    /// Shares out of 100; 0 everywhere when nothing is explained.
    pub fn rescaled(&self) -> Vec<f64> {
        let total: f64 = self.raw.iter().sum();
        let share = |r: &f64| if total > 0.0 { 100.0 * r / total } else { 0.0 };
        self.raw.iter().map(share).collect()
    }
}

/// Correlations among drivers, and of each with the outcome.
fn correlations(rows: &[Vec<f64>], y: &[f64]) -> Stat<(Vec<Vec<f64>>, Vec<f64>)> {
    let k = rows.first().map_or(0, Vec::len);
    if k == 0 || rows.len() < 3 {
        return Err(Reason::TooFew);
    }
    let columns: Vec<Vec<f64>> = (0..k)
        .map(|j| rows.iter().map(|r| r[j]).collect())
        .collect();
    let r = |a: &[f64], b: &[f64]| pearson(a, b).ok_or(Reason::ConstantVariable);
    let among = columns
        .iter()
        .map(|a| columns.iter().map(|b| r(a, b)).collect::<Stat<Vec<f64>>>())
        .collect::<Stat<Vec<_>>>()?;
    let with = columns
        .iter()
        .map(|a| r(a, y))
        .collect::<Stat<Vec<f64>>>()?;
    Ok((among, with))
}

/// Relative weights (Johnson 2000): Λ = V√D·Vᵀ, β = Λ⁻¹r, raw_i = ΣΛ_ij²β_j².
///
/// # Errors
///
/// Too few rows; a constant variable; drivers that repeat one another.
pub fn relative_weights(rows: &[Vec<f64>], y: &[f64]) -> Stat<Drivers> {
    let (among, with) = correlations(rows, y)?;
    let k = with.len();
    let (values, vectors) = eigen(&among);
    if values.iter().any(|v| *v < 1e-10) {
        return Err(Reason::Singular);
    }
    let spread = |i: usize, j: usize, f: fn(f64) -> f64| -> f64 {
        (0..k)
            .map(|m| vectors[i][m] * f(values[m]) * vectors[j][m])
            .sum()
    };
    let beta: Vec<f64> = (0..k)
        .map(|i| {
            (0..k)
                .map(|j| spread(i, j, |v| 1.0 / v.sqrt()) * with[j])
                .sum()
        })
        .collect();
    let raw: Vec<f64> = (0..k)
        .map(|i| {
            (0..k)
                .map(|j| (spread(i, j, f64::sqrt) * beta[j]).powi(2))
                .sum()
        })
        .collect();
    Ok(Drivers {
        r2: raw.iter().sum(),
        raw,
    })
}

/// Most drivers whose subsets are all tried.
const SUBSETS: usize = 12;

/// Mean gain of R² over all orders of entry (Lindeman, Merenda & Gold; Shapley).
///
/// # Errors
///
/// As [`relative_weights`]; more than twelve drivers.
pub fn lmg(rows: &[Vec<f64>], y: &[f64]) -> Stat<Drivers> {
    let (among, with) = correlations(rows, y)?;
    let k = with.len();
    if k > SUBSETS {
        return Err(Reason::BadValue);
    }
    let r2_of = |subset: usize| -> Stat<f64> {
        let kept: Vec<usize> = (0..k).filter(|j| subset >> j & 1 == 1).collect();
        if kept.is_empty() {
            return Ok(0.0);
        }
        let matrix = kept
            .iter()
            .map(|i| kept.iter().map(|j| among[*i][*j]).collect())
            .collect();
        let right: Vec<f64> = kept.iter().map(|j| with[*j]).collect();
        let beta = solve(matrix, right.clone()).ok_or(Reason::Singular)?;
        Ok(beta.iter().zip(&right).map(|(b, r)| b * r).sum())
    };
    let r2: Vec<f64> = (0..1_usize << k).map(r2_of).collect::<Stat<_>>()?;
    let factorial = |n: usize| (1..=n).map(|i| i as f64).product::<f64>();
    let raw = (0..k)
        .map(|j| {
            (0..1_usize << k)
                .filter(|s| s >> j & 1 == 0)
                .map(|s| {
                    let size = s.count_ones() as usize;
                    let orders = factorial(size) * factorial(k - size - 1) / factorial(k);
                    orders * (r2[s | 1 << j] - r2[s])
                })
                .sum()
        })
        .collect();
    Ok(Drivers {
        raw,
        r2: r2[(1 << k) - 1],
    })
}

/// Where a point falls on an importance-performance map.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Quadrant {
    /// Important and low.
    Priority,
    /// Important and high.
    Keep,
    /// Neither.
    Secondary,
    /// High, and little linked to satisfaction.
    Overkill,
}

impl Quadrant {
    /// Word of exports.
    pub fn as_str(self) -> &'static str {
        [
            "priorite",
            "conserver",
            "secondaire",
            "surinvestissement_possible",
        ][self as usize]
    }
}

/// Cuts (importance, performance) of a map, and the quadrant of each of its points.
pub type Map = ((f64, f64), Vec<Option<Quadrant>>);

/// The quadrant of each complete point, cut at the means of both sides unless cuts (importance,
/// performance) are given; at or above a cut counts as high (7.2).
///
/// # Errors
///
/// No complete point.
pub fn quadrants(points: &[Option<(f64, f64)>], cuts: Option<(f64, f64)>) -> Stat<Map> {
    let (x, y): (Vec<f64>, Vec<f64>) = points.iter().flatten().copied().unzip();
    let means = mean(&x).zip(mean(&y)).ok_or(Reason::NoData)?;
    let cuts = cuts.unwrap_or(means);
    let place =
        |(importance, performance): (f64, f64)| match (importance >= cuts.0, performance >= cuts.1)
        {
            (true, false) => Quadrant::Priority,
            (true, true) => Quadrant::Keep,
            (false, false) => Quadrant::Secondary,
            (false, true) => Quadrant::Overkill,
        };
    Ok((cuts, points.iter().map(|p| p.map(place)).collect()))
}

/// Status of a target, from its interval first, then from its point.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TargetStatus {
    /// The whole interval is at or above.
    Met,
    /// The whole interval is below.
    Missed,
    /// The point is at or above.
    ProbablyMet,
    /// The point is below.
    ProbablyMissed,
}

impl TargetStatus {
    /// Word of exports.
    pub fn as_str(self) -> &'static str {
        [
            "atteint",
            "non_atteint",
            "probablement_atteint",
            "probablement_non_atteint",
        ][self as usize]
    }
}

/// Distance to a target and what it weighs among priorities.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct TargetGap {
    /// Levels missing, 0 when met.
    pub gap: f64,
    /// Status.
    pub status: TargetStatus,
    /// Probability that the true level is below.
    pub p_below: f64,
    /// weight·gap/(max − min)·p_below.
    pub priority: f64,
}

/// Distance of a score to its target (7.3), compared before any rounding.
pub fn target_gap(
    (score, se): (f64, Option<f64>),
    target: f64,
    weight: f64,
    range: f64,
    conf: f64,
) -> TargetGap {
    let gap = (target - score).max(0.0);
    let noise = se.filter(|s| *s > 0.0);
    let missed = score < target - 1e-9;
    let (status, p_below) = match noise {
        None if missed => (TargetStatus::Missed, 1.0),
        None => (TargetStatus::Met, 0.0),
        Some(se) => {
            let half = z_of(conf) * se;
            let status = match () {
                () if score - half >= target => TargetStatus::Met,
                () if score + half < target => TargetStatus::Missed,
                () if missed => TargetStatus::ProbablyMissed,
                () => TargetStatus::ProbablyMet,
            };
            (status, normal_cdf((target - score) / se))
        }
    };
    TargetGap {
        gap,
        status,
        p_below,
        priority: weight * gap / range * p_below,
    }
}
