//! How far down or up a centre could truly be: joint rank intervals, funnel limits
//! (`docs/statistics.md` §6.2 and §6.3).

use super::describe::{quantile7, ranks_from_best};
use super::dist::{binomial_cdf, binomial_pmf, normal_quantile, studentised_range};
use super::proportion::ShareCount;
use super::shrinkage::{Centre, pooled_share};
use super::{Reason, Stat};

/// The ranks that a centre could truly have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RankInterval {
    /// Best, 1 for the highest value.
    pub best: usize,
    /// Worst.
    pub worst: usize,
}

/// Rank of each centre and the ranks it could truly have.
#[derive(Debug, Clone, PartialEq)]
pub struct RankIntervals {
    /// Critical value.
    pub critical: f64,
    /// Rank of the value, 1 for the highest.
    pub ranks: Vec<usize>,
    /// Best and worst rank that the noise allows, jointly for all centres.
    pub intervals: Vec<RankInterval>,
}

/// Joint rank intervals from pairwise comparisons, critical value of the studentised range (6.2; Al Mohamad, Goeman & van Zwet).
///
/// # Errors
///
/// Fewer than two centres.
pub fn rank_intervals(centres: &[Centre], conf: f64) -> Stat<RankIntervals> {
    let k = centres.len();
    if k < 2 {
        return Err(Reason::TooFew);
    }
    let critical = studentised_range(conf, k) / 2.0_f64.sqrt();
    let values: Vec<f64> = centres.iter().map(|c| c.value).collect();
    let ladder = Ladder::of(centres, critical);
    Ok(RankIntervals {
        critical,
        ranks: ranks_from_best(&values),
        intervals: centres.iter().map(|c| ladder.interval(c)).collect(),
    })
}

/// Centres in order of value. How far two must be apart depends on both errors, but never on more than
/// the largest of them nor on less than the smallest: only the centres between need a comparison.
struct Ladder {
    sorted: Vec<Centre>,
    critical: f64,
    least_se: f64,
    most_se: f64,
}

impl Ladder {
    fn of(centres: &[Centre], critical: f64) -> Self {
        let mut sorted = centres.to_vec();
        sorted.sort_by(|a, b| a.value.total_cmp(&b.value));
        let errors = || centres.iter().map(|c| c.se);
        Self {
            sorted,
            critical,
            least_se: errors().fold(f64::INFINITY, f64::min),
            most_se: errors().fold(0.0, f64::max),
        }
    }

    fn interval(&self, centre: &Centre) -> RankInterval {
        // Rounding may move a distance by far less than this.
        let slack = 1e-9;
        let surely = self.critical * centre.se.hypot(self.most_se) + slack;
        let perhaps = self.critical * centre.se.hypot(self.least_se) - slack;
        let up_to = |value: f64| self.sorted.partition_point(|o| o.value < value);
        let above = |a: &Centre, b: &Centre| a.value - b.value > self.critical * a.se.hypot(b.se);
        let last = self.sorted.len();
        let (near, far) = (up_to(centre.value + perhaps), up_to(centre.value + surely));
        let between = self.sorted[near..far].iter();
        let over = last - far + between.filter(|o| above(o, centre)).count();
        let (far, near) = (up_to(centre.value - surely), up_to(centre.value - perhaps));
        let between = self.sorted[far..near].iter();
        let under = far + between.filter(|o| above(centre, o)).count();
        RankInterval {
            best: 1 + over,
            worst: last - under,
        }
    }
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

/// Where a centre stands in a funnel; its word is that of exports.
#[derive(Debug, Clone, Copy, PartialEq, Eq, strum::IntoStaticStr)]
pub enum Flag {
    /// Inside the 95 % limits.
    #[strum(serialize = "ok")]
    Ok,
    /// Outside 95 %: no comment, it happens to one centre in twenty.
    #[strum(serialize = "vigilance")]
    Watch,
    /// Outside 99.8 %.
    #[strum(serialize = "alerte")]
    Alert,
}

/// Scores of shares in a funnel.
#[derive(Debug, Clone, PartialEq)]
pub struct Funnel {
    /// Target: the share over all centres, unless given.
    pub target: f64,
    /// Scores with the variance under the target.
    pub z: Vec<f64>,
    /// By how much they exceed what chance explains.
    pub dispersion: Dispersion,
    /// Scores with the variance that it adds.
    pub z_additive: Vec<f64>,
    /// Where each stands: by the scores, or by those with the added variance where centres are over-dispersed.
    pub flags: Vec<Flag>,
}

/// By how much scores exceed what chance alone explains (Spiegelhalter 2005).
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Dispersion {
    /// Σz²/K of scores brought back to their 10 and 90 % quantiles.
    pub phi: f64,
    /// The same of raw scores.
    pub phi_raw: f64,
    /// Variance between centres that would explain the excess; 0 when there is none.
    pub tau2: f64,
    /// Whether φ is above 1 + 2√(2/K): limits then take τ² in.
    pub is_over: bool,
}

impl Dispersion {
    /// Of the distances of centres to a target, and their variances under it; nothing of no centre, or where a
    /// variance is not above 0.
    pub fn of(gaps: &[f64], variances: &[f64]) -> Option<Self> {
        if variances.iter().any(|s2| s2.is_nan() || *s2 <= 0.0) {
            return None;
        }
        let k = gaps.len() as f64;
        let z: Vec<f64> = gaps
            .iter()
            .zip(variances)
            .map(|(gap, s2)| gap / s2.sqrt())
            .collect();
        let (low, high) = quantile7(&z, 0.1).zip(quantile7(&z, 0.9))?;
        let phi_of = |z: &mut dyn Iterator<Item = f64>| z.map(|z| z * z).sum::<f64>() / k;
        let phi = phi_of(&mut z.iter().map(|z| z.clamp(low, high)));
        let w = variances.iter().fold(0.0, |sum, s2| sum + 1.0 / s2);
        let w2 = variances.iter().fold(0.0, |sum, s2| sum + 1.0 / (s2 * s2));
        Some(Self {
            phi,
            phi_raw: phi_of(&mut z.iter().copied()),
            tau2: ((k * phi - (k - 1.0)) / (w - w2 / w)).max(0.0),
            is_over: phi > 1.0 + 2.0 * (2.0 / k).sqrt(),
        })
    }

    /// Variance to add to that of chance.
    pub fn added(&self) -> f64 {
        if self.is_over { self.tau2 } else { 0.0 }
    }
}

impl Flag {
    /// Of a score.
    pub fn of(z: f64) -> Self {
        match z.abs() {
            a if a > normal_quantile(0.999) => Self::Alert,
            a if a > normal_quantile(0.975) => Self::Watch,
            _ => Self::Ok,
        }
    }
}

/// Scores of centres' shares around a target (§6.3).
///
/// # Errors
///
/// Fewer than two centres; a target of 0 or 1.
pub fn funnel(counts: &[ShareCount], target: Option<f64>) -> Stat<Funnel> {
    let target = target
        .or_else(|| pooled_share(counts))
        .ok_or(Reason::NoData)?;
    if counts.len() < 2 || counts.iter().any(|c| c.answers == 0) {
        return Err(Reason::TooFew);
    }
    if target <= 0.0 || target >= 1.0 {
        return Err(Reason::ExtremeCommonShare);
    }
    // Distance to the target and its variance under it.
    let gaps: Vec<f64> = counts
        .iter()
        .map(|c| c.favourable as f64 / c.answers as f64 - target)
        .collect();
    let variances: Vec<f64> = counts
        .iter()
        .map(|c| target * (1.0 - target) / c.answers as f64)
        .collect();
    let centres = || gaps.iter().zip(&variances);
    let z: Vec<f64> = centres().map(|(gap, s2)| gap / s2.sqrt()).collect();
    let dispersion = Dispersion::of(&gaps, &variances).ok_or(Reason::NoData)?;
    let with = |added: f64| -> Vec<f64> {
        let scores = centres().map(|(gap, s2)| gap / (s2 + added).sqrt());
        scores.collect()
    };
    Ok(Funnel {
        target,
        z_additive: with(dispersion.tau2),
        flags: with(dispersion.added()).into_iter().map(Flag::of).collect(),
        dispersion,
        z,
    })
}
