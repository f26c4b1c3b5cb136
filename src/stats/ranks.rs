//! How far down or up a centre could truly be: joint rank intervals, funnel limits
//! (`statistics.md` 6.2 and 6.3).

use super::describe::{quantile7, ranks_from_best};
use super::dist::{binomial_cdf, binomial_pmf, normal_quantile, studentised_range};
use super::shrinkage::{Centre, pooled_share};
use super::{Reason, Stat};

/// Critical value of all pairs at once.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Critical {
    /// Studentised range: the default.
    Tukey,
    /// z at 1 − α/(K(K − 1)): the fallback.
    Bonferroni,
}

/// Rank of each centre and the ranks it could truly have.
#[derive(Debug, Clone, PartialEq)]
pub struct RankIntervals {
    /// Critical value.
    pub critical: f64,
    /// Rank of the value, 1 for the highest.
    pub ranks: Vec<usize>,
    /// Best and worst rank that the noise allows, jointly for all centres.
    pub intervals: Vec<(usize, usize)>,
}

/// Joint rank intervals from pairwise comparisons (6.2; Al Mohamad, Goeman & van Zwet).
///
/// # Errors
///
/// Fewer than two centres.
pub fn rank_intervals(centres: &[Centre], critical: Critical, conf: f64) -> Stat<RankIntervals> {
    let k = centres.len();
    if k < 2 {
        return Err(Reason::TooFew);
    }
    let value = match critical {
        Critical::Tukey => studentised_range(conf, k) / 2.0_f64.sqrt(),
        Critical::Bonferroni => normal_quantile(1.0 - (1.0 - conf) / (k * (k - 1)) as f64),
    };
    let above = |a: &Centre, b: &Centre| a.0 - b.0 > value * a.1.hypot(b.1);
    let count = |f: &dyn Fn(&Centre) -> bool| centres.iter().filter(|c| f(c)).count();
    let values: Vec<f64> = centres.iter().map(|c| c.0).collect();
    Ok(RankIntervals {
        critical: value,
        ranks: ranks_from_best(&values),
        intervals: centres
            .iter()
            .map(|c| (1 + count(&|o| above(o, c)), k - count(&|o| above(c, o))))
            .collect(),
    })
}

/// Exact funnel limits of a share around a target, interpolated (Spiegelhalter 2005), for each
/// probability.
///
/// # Errors
///
/// No answer; a target outside 0..1.
pub fn binomial_limits(n: usize, target: f64, probabilities: &[f64]) -> Stat<Vec<f64>> {
    if n == 0 {
        return Err(Reason::NoData);
    }
    if !(target > 0.0 && target < 1.0) {
        return Err(Reason::ExtremeCommonShare);
    }
    let limit = |p: f64| {
        let reached = |r: &usize| binomial_cdf(*r as u64, n as u64, target) > p;
        let r = (0..=n).find(reached).unwrap_or(n);
        let over = binomial_cdf(r as u64, n as u64, target) - p;
        let point = binomial_pmf(r as u64, n as u64, target);
        ((r as f64 - over / point) / n as f64).clamp(0.0, 1.0)
    };
    Ok(probabilities.iter().map(|p| limit(*p)).collect())
}

/// Funnel limits of a mean: target ± z·σ/√n.
///
/// # Errors
///
/// No answer.
pub fn mean_limits(n: usize, target: f64, sd: f64, probabilities: &[f64]) -> Stat<Vec<f64>> {
    if n == 0 {
        return Err(Reason::NoData);
    }
    let limit = |p: &f64| target + normal_quantile(*p) * sd / (n as f64).sqrt();
    Ok(probabilities.iter().map(limit).collect())
}

/// Where a centre stands in a funnel.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Flag {
    /// Inside the 95 % limits.
    Ok,
    /// Outside 95 %: no comment, it happens to one centre in twenty.
    Watch,
    /// Outside 99.8 %.
    Alert,
}

impl Flag {
    /// Word of exports.
    pub fn as_str(self) -> &'static str {
        ["ok", "vigilance", "alerte"][self as usize]
    }
}

/// Scores of shares in a funnel.
#[derive(Debug, Clone, PartialEq)]
pub struct Funnel {
    /// Target: the share over all centres, unless given.
    pub target: f64,
    /// Scores with the variance under the target.
    pub z: Vec<f64>,
    /// Over-dispersion of winsorised scores.
    pub phi: f64,
    /// Over-dispersion of raw scores.
    pub phi_raw: f64,
    /// Variance added when over-dispersed.
    pub tau2: f64,
    /// Scores with that variance.
    pub z_additive: Vec<f64>,
    /// Whether centres differ by more than chance as a whole.
    pub overdispersed: bool,
    /// Flags on the unadjusted scores.
    pub flags: Vec<Flag>,
}

/// Scores of centres' shares around a target (6.3).
///
/// # Errors
///
/// Fewer than two centres; a target of 0 or 1.
pub fn funnel(counts: &[(usize, usize)], target: Option<f64>) -> Stat<Funnel> {
    let k = counts.len() as f64;
    let target = target
        .or_else(|| pooled_share(counts))
        .ok_or(Reason::NoData)?;
    if counts.len() < 2 || counts.iter().any(|(_, n)| *n == 0) {
        return Err(Reason::TooFew);
    }
    if target <= 0.0 || target >= 1.0 {
        return Err(Reason::ExtremeCommonShare);
    }
    let centres: Vec<(f64, f64)> = counts
        .iter()
        .map(|(x, n)| {
            (
                *x as f64 / *n as f64 - target,
                target * (1.0 - target) / *n as f64,
            )
        })
        .collect();
    let z: Vec<f64> = centres.iter().map(|(gap, s2)| gap / s2.sqrt()).collect();
    let (low, high) = (quantile7(&z, 0.1), quantile7(&z, 0.9));
    let (low, high) = low.zip(high).ok_or(Reason::NoData)?;
    let phi_of = |z: &mut dyn Iterator<Item = f64>| z.map(|z| z * z).sum::<f64>() / k;
    let phi = phi_of(&mut z.iter().map(|z| z.clamp(low, high)));
    let overdispersed = phi > 1.0 + 2.0 * (2.0 / k).sqrt();
    let (w, w2) = centres.iter().fold((0.0, 0.0), |(a, b), (_, s2)| {
        (a + 1.0 / s2, b + 1.0 / (s2 * s2))
    });
    let tau2 = ((k * phi - (k - 1.0)) / (w - w2 / w)).max(0.0);
    let flag = |z: &f64| match z.abs() {
        a if a > normal_quantile(0.999) => Flag::Alert,
        a if a > normal_quantile(0.975) => Flag::Watch,
        _ => Flag::Ok,
    };
    Ok(Funnel {
        target,
        phi,
        phi_raw: phi_of(&mut z.iter().copied()),
        tau2,
        z_additive: centres
            .iter()
            .map(|(gap, s2)| gap / (s2 + tau2).sqrt())
            .collect(),
        overdispersed,
        flags: z.iter().map(flag).collect(),
        z,
    })
}
