//! Do observers agree? Percent agreement, kappas, Gwet's AC (`docs/statistics.md` §3.1 to §3.4).
//! Categories are the declared scale, never the values seen.

use super::dist::{t_quantile, z_of};
use super::interval::Interval;
use super::{Reason, Stat};

/// RatingTable of units (rows) by raters (columns); none where a rater did not rate.
pub type RatingTable = [Vec<Option<f64>>];

/// Quadratic agreement of two categories by their positions in a scale of `q`:
/// 1 − ((i − j)/(q − 1))².
fn nearness(i: usize, j: usize, q: usize) -> f64 {
    let last = (q.max(2) - 1) as f64;
    1.0 - (i.abs_diff(j) as f64 / last).powi(2)
}

/// Percent agreement.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct PercentAgreement {
    /// Units rated twice or more.
    pub units: usize,
    /// Mean over units of the share of agreeing pairs.
    pub mean: f64,
    /// Share of all pairs.
    pub pooled: f64,
}

/// Share of rater pairs that differ by at most `tolerance` (§3.1). Within one step is nearly empty
/// of meaning on four levels.
///
/// # Errors
///
/// No unit rated twice.
pub fn percent(ratings: &RatingTable, tolerance: f64) -> Stat<PercentAgreement> {
    let (mut shares, mut agreeing, mut pairs) = (Vec::new(), 0_u32, 0_u32);
    for unit in ratings {
        let values: Vec<f64> = unit.iter().flatten().copied().collect();
        let (mut good, mut all) = (0_u32, 0_u32);
        for (i, a) in values.iter().enumerate() {
            for b in &values[i + 1..] {
                all += 1;
                good += u32::from((a - b).abs() <= tolerance + 1e-9);
            }
        }
        if all > 0 {
            shares.push(f64::from(good) / f64::from(all));
            agreeing += good;
            pairs += all;
        }
    }
    let mean = super::describe::mean(&shares).ok_or(Reason::NoPairableUnit)?;
    Ok(PercentAgreement {
        units: shares.len(),
        mean,
        pooled: f64::from(agreeing) / f64::from(pairs),
    })
}

/// An agreement coefficient with its interval.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Agreement {
    /// Units with a rating.
    pub units: usize,
    /// Units rated twice or more.
    pub paired: usize,
    /// Agreement observed.
    pub observed: f64,
    /// Agreement expected by chance.
    pub expected: f64,
    /// The coefficient, or why there is none.
    pub coefficient: Stat<f64>,
    /// Its standard error; none without coefficient, or on a single unit.
    pub se: Option<f64>,
    /// Its bounds, the upper one capped at 1.
    pub interval: Option<Interval>,
}

/// Position of a rating in the declared scale.
pub(super) fn position(value: f64, categories: &[f64]) -> Option<usize> {
    categories.iter().position(|c| (c - value).abs() < 1e-9)
}

/// Cohen's kappa of two fixed raters, quadratic weights; standard error of Fleiss, Cohen & Everitt
/// 1969 (§3.2).
///
/// # Errors
///
/// No pair; a scale of fewer than two categories; a rating outside the scale.
pub fn quadratic_kappa(pairs: &[(f64, f64)], categories: &[f64], conf: f64) -> Stat<Agreement> {
    let (q, n) = (categories.len(), pairs.len());
    if n == 0 {
        return Err(Reason::NoPairableUnit);
    }
    if q < 2 {
        return Err(Reason::TooFew);
    }
    let mut joint = vec![vec![0.0; q]; q];
    for (a, b) in pairs {
        let (i, j) = (position(*a, categories), position(*b, categories));
        let (i, j) = i.zip(j).ok_or(Reason::BadValue)?;
        joint[i][j] += 1.0 / n as f64;
    }
    let row: Vec<f64> = joint.iter().map(|r| r.iter().sum()).collect();
    let col: Vec<f64> = (0..q).map(|j| joint.iter().map(|r| r[j]).sum()).collect();
    let w = |i: usize, j: usize| nearness(i, j, q);
    let over = |f: &dyn Fn(usize, usize) -> f64| -> f64 {
        (0..q).map(|i| (0..q).map(|j| f(i, j)).sum::<f64>()).sum()
    };
    let observed = over(&|i, j| w(i, j) * joint[i][j]);
    let expected = over(&|i, j| w(i, j) * row[i] * col[j]);
    let by_row: Vec<f64> = (0..q)
        .map(|i| (0..q).map(|j| w(i, j) * col[j]).sum())
        .collect();
    let by_col: Vec<f64> = (0..q)
        .map(|j| (0..q).map(|i| w(i, j) * row[i]).sum())
        .collect();
    let left = 1.0 - expected;
    if left < 1e-12 {
        return Ok(Agreement {
            units: n,
            paired: n,
            observed,
            expected,
            coefficient: Err(Reason::ExpectedAgreementOne),
            se: None,
            interval: None,
        });
    }
    let kappa = (observed - expected) / left;
    let spread =
        over(&|i, j| joint[i][j] * (w(i, j) - (by_row[i] + by_col[j]) * (1.0 - kappa)).powi(2));
    let variance = (spread - (kappa - expected * (1.0 - kappa)).powi(2)) / (n as f64 * left * left);
    let se = variance.max(0.0).sqrt();
    let half = z_of(conf) * se;
    Ok(Agreement {
        units: n,
        paired: n,
        observed,
        expected,
        coefficient: Ok(kappa),
        se: Some(se),
        interval: Some(Interval {
            low: kappa - half,
            high: (kappa + half).min(1.0),
        }),
    })
}

/// Counts of a unit per category.
struct RatedUnit {
    counts: Vec<f64>,
    total: f64,
}

fn units(ratings: &RatingTable, categories: &[f64]) -> Stat<Vec<RatedUnit>> {
    let mut units = Vec::new();
    for row in ratings {
        let mut counts = vec![0.0; categories.len()];
        for value in row.iter().flatten() {
            counts[position(*value, categories).ok_or(Reason::BadValue)?] += 1.0;
        }
        let total: f64 = counts.iter().sum();
        if total > 0.0 {
            units.push(RatedUnit { counts, total });
        }
    }
    Ok(units)
}

/// Share of agreeing pairs of a unit.
fn unit_agreement(unit: &RatedUnit, w: &dyn Fn(usize, usize) -> f64) -> f64 {
    let q = unit.counts.len();
    let near = |k: usize| (0..q).map(|l| w(k, l) * unit.counts[l]).sum::<f64>();
    let sum: f64 = (0..q).map(|k| unit.counts[k] * (near(k) - 1.0)).sum();
    sum / (unit.total * (unit.total - 1.0))
}

/// Gwet's AC2 with quadratic weights over any number of raters, some missing (Gwet 2008): chance
/// is T_w/(q(q − 1)) Σ π(1 − π). The interval uses t with n − 1 degrees of freedom, over units.
///
/// # Errors
///
/// No unit rated twice; a scale of fewer than two categories; a rating outside the scale.
pub fn gwet_ac2(ratings: &RatingTable, categories: &[f64], conf: f64) -> Stat<Agreement> {
    let units = units(ratings, categories)?;
    let (q, n) = (categories.len(), units.len());
    let w = |i: usize, j: usize| nearness(i, j, q);
    let paired = units.iter().filter(|u| u.total >= 2.0).count();
    if paired == 0 {
        return Err(Reason::NoPairableUnit);
    }
    if q < 2 {
        return Err(Reason::TooFew);
    }
    let own: Vec<f64> = units
        .iter()
        .map(|u| {
            if u.total >= 2.0 {
                unit_agreement(u, &w)
            } else {
                0.0
            }
        })
        .collect();
    let observed = own.iter().sum::<f64>() / paired as f64;
    let pi: Vec<f64> = (0..q)
        .map(|k| units.iter().map(|u| u.counts[k] / u.total).sum::<f64>() / n as f64)
        .collect();
    let total_weight: f64 = (0..q).map(|i| (0..q).map(|j| w(i, j)).sum::<f64>()).sum();
    let scale = total_weight / (q * (q - 1)) as f64;
    // What a unit adds to the expected agreement; their mean is the expected agreement.
    let terms: Vec<f64> = pi.iter().map(|share| scale * (1.0 - share)).collect();
    let expected: f64 = (0..q).map(|k| pi[k] * terms[k]).sum();
    let base = |coefficient: Stat<f64>, se: Option<f64>| {
        let half = se.map(|s| t_quantile(0.5 + conf / 2.0, n as f64 - 1.0) * s);
        Agreement {
            units: n,
            paired,
            observed,
            expected,
            coefficient,
            se,
            interval: coefficient.ok().zip(half).map(|(c, h)| Interval {
                low: c - h,
                high: (c + h).min(1.0),
            }),
        }
    };
    if 1.0 - expected < 1e-12 {
        return Ok(base(Err(Reason::ExpectedAgreementOne), None));
    }
    let coefficient = (observed - expected) / (1.0 - expected);
    let adjusted = |(unit, own): (&RatedUnit, &f64)| {
        let twice = f64::from(u8::from(unit.total >= 2.0));
        let raw = n as f64 / paired as f64 * (own - expected * twice) / (1.0 - expected);
        let chance: f64 = (0..q).map(|k| unit.counts[k] / unit.total * terms[k]).sum();
        raw - 2.0 * (1.0 - coefficient) * (chance - expected) / (1.0 - expected)
    };
    let spread: f64 = units
        .iter()
        .zip(&own)
        .map(|u| (adjusted(u) - coefficient).powi(2))
        .sum();
    let se = (n > 1).then(|| (spread / (n as f64 * (n as f64 - 1.0))).sqrt());
    Ok(base(Ok(coefficient), se))
}
