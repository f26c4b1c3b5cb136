//! Nobody is praised or blamed for the luck of a small sample: variance between centres,
//! shrunken estimates, good practices (`docs/statistics.md` §6.1, §6.2 end, 7.4).

use super::describe::{mean, median};
use super::dist::normal_cdf;
use super::multiplicity::{Correction, adjust};
use super::proportion::ShareCount;
use super::{Reason, Stat};

/// A centre's value and its standard error.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Centre {
    /// Value.
    pub value: f64,
    /// Standard error.
    pub se: f64,
}

/// Centres around their common mean, for a given variance between them.
struct Heterogeneity {
    /// Σ(y − μ)²/(se² + τ²).
    q: f64,
    /// Weighted mean μ.
    mu: f64,
    /// Sum of the weights.
    total: f64,
    /// Σ(y − μ)²/(se² + τ²)²: how fast Q falls as τ² grows.
    fall: f64,
}

fn heterogeneity(centres: &[Centre], tau2: f64) -> Heterogeneity {
    let weights = centres.iter().map(|c| 1.0 / (c.se * c.se + tau2));
    let weights: Vec<f64> = weights.collect();
    let (mut total, mut weighted) = (0.0, 0.0);
    for (centre, w) in centres.iter().zip(&weights) {
        total += w;
        weighted += w * centre.value;
    }
    let mu = weighted / total;
    let (mut q, mut fall) = (0.0, 0.0);
    for (centre, w) in centres.iter().zip(&weights) {
        let distance = w * (centre.value - mu).powi(2);
        q += distance;
        fall += w * distance;
    }
    Heterogeneity { q, mu, total, fall }
}

/// Centres fit for weighing. An error of zero would weigh without limit, and identical answers do
/// not mean certainty: it is replaced by the pooled error of the other centres (§6.1).
fn checked(centres: &[Centre]) -> Stat<Vec<Centre>> {
    if centres.len() < 2 {
        return Err(Reason::TooFew);
    }
    let sound = |c: &Centre| c.value.is_finite() && c.se.is_finite() && c.se >= 0.0;
    if !centres.iter().all(sound) {
        return Err(Reason::BadValue);
    }
    let squares = centres.iter().map(|c| c.se * c.se).filter(|s| *s > 0.0);
    let pooled = mean(&squares.collect::<Vec<_>>())
        .ok_or(Reason::BadWeight)?
        .sqrt();
    let with_error = |c: &Centre| Centre {
        value: c.value,
        se: if c.se > 0.0 { c.se } else { pooled },
    };
    Ok(centres.iter().map(with_error).collect())
}

/// Variance τ² of true values between centres (Paule & Mandel 1982).
///
/// # Errors
///
/// Fewer than two centres; no standard error above 0.
pub fn tau2(centres: &[Centre]) -> Stat<f64> {
    let centres = &checked(centres)?;
    Ok(paule_mandel(centres, centres.len() as f64 - 1.0))
}

/// Steps after which the root is as close as numbers are: far from it each doubles τ² at least, close to it
/// the digits that are right.
const STEPS: usize = 200;

/// Root of Q(τ²) = K − 1. Q falls and is convex: Newton's steps from 0 only rise, and never beyond the root
/// (DerSimonian & Kacker 2007).
fn paule_mandel(centres: &[Centre], df: f64) -> f64 {
    let mut root = 0.0;
    for _ in 0..STEPS {
        let Heterogeneity { q, fall, .. } = heterogeneity(centres, root);
        let next = root + (q - df) / fall;
        // Nothing rises any more once numbers are too coarse for it.
        if next.is_nan() || next <= root {
            break;
        }
        root = next;
    }
    root
}

/// Shrunken estimates.
#[derive(Debug, Clone, PartialEq)]
pub struct Shrunken {
    /// Variance between centres; zero means « pas de différence décelable entre centres ».
    pub tau2: f64,
    /// Common mean.
    pub mu: f64,
    /// Its standard error.
    pub se_mu: f64,
    /// λ: how much of each centre's own value is kept.
    pub reliability: Vec<f64>,
    /// λ·y + (1 − λ)·μ.
    pub estimates: Vec<f64>,
    /// Their standard errors.
    pub errors: Vec<f64>,
}

/// Empirical Bayes estimates of centres (§6.1).
///
/// # Errors
///
/// Fewer than two centres; no standard error above 0.
pub fn shrink(centres: &[Centre]) -> Stat<Shrunken> {
    let centres = &checked(centres)?;
    Ok(shrunken(centres, tau2(centres)?))
}

fn shrunken(centres: &[Centre], tau2: f64) -> Shrunken {
    let Heterogeneity { mu, total, .. } = heterogeneity(centres, tau2);
    let keep: Vec<f64> = centres
        .iter()
        .map(|c| tau2 / (tau2 + c.se * c.se))
        .collect();
    let pairs = || centres.iter().zip(&keep);
    Shrunken {
        tau2,
        mu,
        se_mu: (1.0 / total).sqrt(),
        estimates: pairs().map(|(c, l)| l * c.value + (1.0 - l) * mu).collect(),
        errors: pairs()
            .map(|(c, l)| (l * c.se * c.se + (1.0 - l).powi(2) / total).sqrt())
            .collect(),
        reliability: keep,
    }
}

/// Shares drawn towards the share of all centres together.
#[derive(Debug, Clone, PartialEq)]
pub struct ShrunkenShares {
    /// Share over all centres.
    pub pooled: f64,
    /// Estimates, 0..1.
    pub shares: Shrunken,
}

/// Shrunken shares: the pooled share gives every centre a variance, at 0 % and 100 % too (§6.1).
///
/// # Errors
///
/// Fewer than two centres with answers; a pooled share of 0 or 1.
pub fn shrink_shares(counts: &[ShareCount]) -> Stat<ShrunkenShares> {
    let pooled = pooled_share(counts).ok_or(Reason::NoData)?;
    if pooled <= 0.0 || pooled >= 1.0 {
        return Err(Reason::ExtremeCommonShare);
    }
    let centres: Vec<Centre> = counts
        .iter()
        .filter(|c| c.answers > 0)
        .map(|c| {
            let n = c.answers as f64;
            Centre {
                value: c.favourable as f64 / n,
                se: (pooled * (1.0 - pooled) / n).sqrt(),
            }
        })
        .collect();
    let mut shares = shrink(&centres)?;
    shares
        .estimates
        .iter_mut()
        .for_each(|e| *e = e.clamp(0.0, 1.0));
    Ok(ShrunkenShares { pooled, shares })
}

/// Share over all centres together.
pub fn pooled_share(counts: &[ShareCount]) -> Option<f64> {
    let favourable: usize = counts.iter().map(|c| c.favourable).sum();
    let answers: usize = counts.iter().map(|c| c.answers).sum();
    (answers > 0).then(|| favourable as f64 / answers as f64)
}

/// How much of what separates centres is true: under one half, ranks say nothing.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Rankability {
    /// τ².
    pub tau2: f64,
    /// τ²/(τ² + median se²).
    pub of_median: f64,
    /// τ²/(τ² + mean se²).
    pub of_mean: f64,
}

/// Share of true differences in those seen (§6.2).
///
/// # Errors
///
/// As [`tau2`].
pub fn rankability(centres: &[Centre]) -> Stat<Rankability> {
    let centres = &checked(centres)?;
    let t = tau2(centres)?;
    let squares: Vec<f64> = centres.iter().map(|c| c.se * c.se).collect();
    let share = |s: Option<f64>| t / (t + s.unwrap_or(0.0));
    Ok(Rankability {
        tau2: t,
        of_median: share(median(&squares)),
        of_mean: share(mean(&squares)),
    })
}

/// A centre against all the others.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Standout {
    /// Leave-one-out score.
    pub z: f64,
    /// One-sided p of being above.
    pub p: f64,
    /// The same, corrected for the number of centres.
    pub adjusted: f64,
    /// Whether it stands out at the false discovery rate asked for.
    pub stands_out: bool,
}

/// Good practices worth a visit: centres above the others by more than noise (§7.4). An empty list
/// is a legitimate answer.
///
/// # Errors
///
/// Fewer than four centres; no standard error above 0.
pub fn standouts(centres: &[Centre], rate: f64) -> Stat<Vec<Standout>> {
    let centres = &checked(centres)?;
    if centres.len() < 4 {
        return Err(Reason::TooFew);
    }
    let mut scores = Vec::new();
    for (i, centre) in centres.iter().enumerate() {
        let others: Vec<Centre> = centres
            .iter()
            .enumerate()
            .filter(|(j, _)| *j != i)
            .map(|(_, c)| *c)
            .collect();
        let t = tau2(&others)?;
        let Heterogeneity { mu, total, .. } = heterogeneity(&others, t);
        scores.push((centre.value - mu) / (centre.se * centre.se + t + 1.0 / total).sqrt());
    }
    let p: Vec<Option<f64>> = scores.iter().map(|z| Some(normal_cdf(-z))).collect();
    let adjusted = adjust(&p, Correction::BenjaminiHochberg);
    Ok(scores
        .iter()
        .zip(adjusted)
        .map(|(z, adjusted)| {
            let adjusted = adjusted.unwrap_or(1.0);
            Standout {
                z: *z,
                p: normal_cdf(-z),
                adjusted,
                stands_out: adjusted <= rate,
            }
        })
        .collect())
}
