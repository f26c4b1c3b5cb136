//! Same centres, two campaigns: signed ranks, signs, equivalence (`statistics.md` 5.1, 5.2, 5.8).

use super::describe::{mean, midranks, sd, settled};
use super::dist::{normal_cdf, p_of_z, t_cdf, t_quantile};
use super::proportion::fair_coin;
use super::{Reason, Stat};

/// What becomes of centres that did not move.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Zeros {
    /// Removed before ranking (Wilcoxon).
    Drop,
    /// Ranked, then their ranks discarded (Pratt).
    Pratt,
}

/// How the p-value is found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PMethod {
    /// Every sign pattern or split, ties and zeros included.
    Exact,
    /// Normal approximation with ties.
    Asymptotic,
    /// The same with a continuity correction of one half.
    AsymptoticCorrected,
}

/// Wilcoxon's signed-rank test.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct SignedRank {
    /// Differences.
    pub n: usize,
    /// Of which zero.
    pub zeros: usize,
    /// Sum of the ranks of the rises.
    pub plus: f64,
    /// Sum of the ranks of the falls.
    pub minus: f64,
    /// (W⁺ − W⁻)/(W⁺ + W⁻); none when nothing moved.
    pub rank_biserial: Option<f64>,
    /// Normal score; none for the exact method.
    pub z: Option<f64>,
    /// One-sided p for a rise and for a fall; none for the asymptotic methods.
    pub one_sided: Option<(f64, f64)>,
    /// Two-sided p.
    pub p: f64,
    /// Why p is 1 when nothing moved.
    pub reason: Option<Reason>,
}

/// Signed-rank test of the differences after − before (5.1).
pub fn signed_rank(differences: &[f64], zeros: Zeros, method: PMethod) -> SignedRank {
    let d: Vec<f64> = differences.iter().map(|x| settled(*x)).collect();
    let ranked: Vec<f64> = match zeros {
        Zeros::Drop => d.iter().copied().filter(|x| *x != 0.0).collect(),
        Zeros::Pratt => d.clone(),
    };
    let ranks = midranks(&ranked.iter().map(|x| x.abs()).collect::<Vec<_>>());
    let moving: Vec<(f64, f64)> = ranked
        .into_iter()
        .zip(ranks)
        .filter(|(x, _)| *x != 0.0)
        .collect();
    let sum = |up: bool| {
        moving
            .iter()
            .filter(|(x, _)| (*x > 0.0) == up)
            .map(|m| m.1)
            .sum()
    };
    let (plus, minus): (f64, f64) = (sum(true), sum(false));
    let biserial = (plus + minus > 0.0).then(|| (plus - minus) / (plus + minus));
    let mut result = SignedRank {
        n: d.len(),
        zeros: d.iter().filter(|x| **x == 0.0).count(),
        plus,
        minus,
        rank_biserial: biserial,
        z: None,
        one_sided: None,
        p: 1.0,
        reason: match (d.is_empty(), moving.is_empty()) {
            (true, _) => Some(Reason::NoData),
            (_, true) => Some(Reason::NoChange),
            _ => None,
        },
    };
    if moving.is_empty() {
        return result;
    }
    let ranks: Vec<f64> = moving.iter().map(|m| m.1).collect();
    if method == PMethod::Exact {
        let (up, down) = exact_tails(&ranks, plus);
        result.one_sided = Some((up, down));
        result.p = (2.0 * up.min(down)).min(1.0);
    } else {
        let centre = ranks.iter().sum::<f64>() / 2.0;
        let variance = ranks.iter().map(|r| r * r).sum::<f64>() / 4.0;
        let distance = plus - centre;
        let correction = if method == PMethod::AsymptoticCorrected {
            distance.signum() * distance.abs().min(0.5)
        } else {
            0.0
        };
        let z = (distance - correction) / variance.sqrt();
        result.z = Some(z);
        result.p = p_of_z(z);
    }
    result
}

/// P(W ≥ w) and P(W ≤ w) over all sign patterns, by counting on doubled midranks.
fn exact_tails(ranks: &[f64], w: f64) -> (f64, f64) {
    let doubled: Vec<usize> = ranks.iter().map(|r| (2.0 * r).round() as usize).collect();
    let total: usize = doubled.iter().sum();
    let mut law = vec![0.0; total + 1];
    law[0] = 1.0;
    for r in doubled {
        for s in (0..=total).rev() {
            law[s] = 0.5 * law[s] + if s >= r { 0.5 * law[s - r] } else { 0.0 };
        }
    }
    let at = (2.0 * w).round() as usize;
    let up: f64 = law[at..].iter().sum();
    let down: f64 = law[..=at].iter().sum();
    (up.min(1.0), down.min(1.0))
}

/// « 8 centres en hausse, 1 en baisse, 2 sans changement ».
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Signs {
    /// Rises.
    pub plus: usize,
    /// Falls.
    pub minus: usize,
    /// No change.
    pub zeros: usize,
    /// Two-sided p.
    pub p: f64,
    /// Mid-p.
    pub mid_p: f64,
}

/// Sign test (5.2).
pub fn signs(differences: &[f64]) -> Signs {
    let count = |f: fn(f64) -> bool| differences.iter().filter(|d| f(settled(**d))).count();
    let (plus, minus) = (count(|d| d > 0.0), count(|d| d < 0.0));
    let (p, mid_p) = fair_coin(plus, plus + minus);
    Signs {
        plus,
        minus,
        zeros: differences.len() - plus - minus,
        p,
        mid_p,
    }
}

/// Two one-sided tests of equivalence.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Equivalence {
    /// Mean change.
    pub mean: f64,
    /// Larger of the two one-sided p.
    pub p: f64,
    /// Whether the 90 % interval lies inside ± the margin.
    pub equivalent: bool,
    /// 90 % t interval.
    pub interval: (f64, f64),
}

/// TOST against ± `margin` (5.8): a change that is not significant is not a stable one.
///
/// # Errors
///
/// Fewer than two differences.
pub fn equivalence(differences: &[f64], margin: f64) -> Stat<Equivalence> {
    let n = differences.len() as f64;
    let (Some(centre), Some(spread)) = (mean(differences), sd(differences)) else {
        return Err(Reason::One);
    };
    let se = spread / n.sqrt();
    if se < 1e-12 {
        let equivalent = centre.abs() < margin;
        return Ok(Equivalence {
            mean: centre,
            p: if equivalent { 0.0 } else { 1.0 },
            equivalent,
            interval: (centre, centre),
        });
    }
    let df = n - 1.0;
    let above = 1.0 - t_cdf((centre + margin) / se, df);
    let below = t_cdf((centre - margin) / se, df);
    let half = t_quantile(0.95, df) * se;
    let interval = (centre - half, centre + half);
    Ok(Equivalence {
        mean: centre,
        p: above.max(below),
        equivalent: interval.0 > -margin && interval.1 < margin,
        interval,
    })
}

/// P(T ≥ z), for one-sided normal tests.
pub(super) fn upper_tail(z: f64) -> f64 {
    normal_cdf(-z)
}
