//! Nobody is praised or blamed for the luck of a small sample: variance between centres,
//! shrunken estimates, good practices (`statistics.md` 6.1, 6.2 end, 7.4).

use super::describe::{mean, median, sum_of_squares};
use super::dist::normal_cdf;
use super::multiplicity::{Correction, adjust};
use super::{Reason, Stat};

/// How the variance between centres is estimated.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tau {
    /// Paule & Mandel 1982: the default.
    PauleMandel,
    /// DerSimonian & Laird 1986.
    DerSimonianLaird,
    /// Restricted maximum likelihood.
    Reml,
}

/// A centre's value and its standard error.
pub type Centre = (f64, f64);

/// Σ(y − μ)²/(se² + τ²) with its μ and Σw.
fn heterogeneity(centres: &[Centre], tau2: f64) -> (f64, f64, f64) {
    let weight = |se: f64| 1.0 / (se * se + tau2);
    let (mut total, mut weighted) = (0.0, 0.0);
    for (y, se) in centres {
        let w = weight(*se);
        total += w;
        weighted += w * y;
    }
    let mu = weighted / total;
    let far = centres.iter().map(|(y, se)| weight(*se) * (y - mu).powi(2));
    (far.sum(), mu, total)
}

/// Centres fit for weighing. An error of zero would weigh without limit, and identical answers do
/// not mean certainty: it is replaced by the pooled error of the other centres (6.1).
fn checked(centres: &[Centre]) -> Stat<Vec<Centre>> {
    if centres.len() < 2 {
        return Err(Reason::TooFew);
    }
    let sound = |(y, se): &Centre| y.is_finite() && se.is_finite() && *se >= 0.0;
    if !centres.iter().all(sound) {
        return Err(Reason::BadValue);
    }
    let known = centres.iter().map(|c| c.1 * c.1).filter(|s| *s > 0.0);
    let pooled = mean(&known.collect::<Vec<_>>())
        .ok_or(Reason::BadWeight)?
        .sqrt();
    let error = |se: f64| if se > 0.0 { se } else { pooled };
    Ok(centres.iter().map(|(y, se)| (*y, error(*se))).collect())
}

/// Cochran's Q.
pub fn cochran_q(centres: &[Centre]) -> Stat<f64> {
    Ok(heterogeneity(&checked(centres)?, 0.0).0)
}

/// Variance τ² of true values between centres.
///
/// # Errors
///
/// Fewer than two centres; no standard error above 0.
pub fn tau2(centres: &[Centre], method: Tau) -> Stat<f64> {
    let centres = &checked(centres)?;
    let df = centres.len() as f64 - 1.0;
    Ok(match method {
        Tau::DerSimonianLaird => {
            let w: Vec<f64> = centres.iter().map(|(_, se)| 1.0 / (se * se)).collect();
            let (total, squares) = (w.iter().sum::<f64>(), w.iter().map(|w| w * w).sum::<f64>());
            ((heterogeneity(centres, 0.0).0 - df) / (total - squares / total)).max(0.0)
        }
        Tau::PauleMandel => paule_mandel(centres, df),
        Tau::Reml => reml(centres),
    })
}

/// Root of Q(τ²) = K − 1; Q only falls as τ² grows.
fn paule_mandel(centres: &[Centre], df: f64) -> f64 {
    let q = |t: f64| heterogeneity(centres, t).0;
    if q(0.0) <= df {
        return 0.0;
    }
    let (mut low, mut high) = (0.0, 1.0);
    while q(high) > df {
        high *= 2.0;
    }
    for _ in 0..200 {
        let middle = f64::midpoint(low, high);
        // Nothing lies between two neighbouring numbers.
        if middle <= low || middle >= high {
            break;
        }
        if q(middle) > df {
            low = middle;
        } else {
            high = middle;
        }
    }
    f64::midpoint(low, high)
}

/// Fixed point of the restricted likelihood's equation.
fn reml(centres: &[Centre]) -> f64 {
    let mut t = tau2(centres, Tau::DerSimonianLaird).unwrap_or(0.0);
    for _ in 0..10_000 {
        let (_, mu, total) = heterogeneity(centres, t);
        let (mut above, mut squares) = (0.0, 0.0);
        for (y, se) in centres {
            let w = 1.0 / (se * se + t);
            above += w * w * ((y - mu).powi(2) - se * se);
            squares += w * w;
        }
        let next = (above / squares + 1.0 / total).max(0.0);
        if (next - t).abs() < 1e-13 {
            return next;
        }
        t = next;
    }
    t
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

/// Empirical Bayes estimates of centres (6.1).
///
/// # Errors
///
/// Fewer than two centres; no standard error above 0.
pub fn shrink(centres: &[Centre], method: Tau) -> Stat<Shrunken> {
    let centres = &checked(centres)?;
    Ok(shrunken(centres, tau2(centres, method)?))
}

fn shrunken(centres: &[Centre], tau2: f64) -> Shrunken {
    let (_, mu, total) = heterogeneity(centres, tau2);
    let keep: Vec<f64> = centres
        .iter()
        .map(|(_, se)| tau2 / (tau2 + se * se))
        .collect();
    let pairs = || centres.iter().zip(&keep);
    Shrunken {
        tau2,
        mu,
        se_mu: (1.0 / total).sqrt(),
        estimates: pairs().map(|((y, _), l)| l * y + (1.0 - l) * mu).collect(),
        errors: pairs()
            .map(|((_, se), l)| (l * se * se + (1.0 - l).powi(2) / total).sqrt())
            .collect(),
        reliability: keep,
    }
}

/// Shrunken shares: the pooled share gives every centre a variance, at 0 % and 100 % too (6.1).
/// Gives the pooled share and the estimates.
///
/// # Errors
///
/// Fewer than two centres with answers; a pooled share of 0 or 1.
pub fn shrink_shares(counts: &[(usize, usize)]) -> Stat<(f64, Shrunken)> {
    let pooled = pooled_share(counts).ok_or(Reason::NoData)?;
    if pooled <= 0.0 || pooled >= 1.0 {
        return Err(Reason::ExtremeCommonShare);
    }
    let centres: Vec<Centre> = counts
        .iter()
        .filter(|(_, n)| *n > 0)
        .map(|(x, n)| {
            let n = *n as f64;
            (*x as f64 / n, (pooled * (1.0 - pooled) / n).sqrt())
        })
        .collect();
    let mut shrunken = shrink(&centres, Tau::PauleMandel)?;
    shrunken
        .estimates
        .iter_mut()
        .for_each(|e| *e = e.clamp(0.0, 1.0));
    Ok((pooled, shrunken))
}

/// Share over all centres together.
pub fn pooled_share(counts: &[(usize, usize)]) -> Option<f64> {
    let (x, n) = counts.iter().fold((0, 0), |(a, b), (x, n)| (a + x, b + n));
    (n > 0).then(|| x as f64 / n as f64)
}

/// James-Stein estimates with a common variance: the factor, the mean, the estimates (6.1).
///
/// # Errors
///
/// Fewer than four centres.
pub fn james_stein(values: &[f64], variance: f64) -> Stat<(f64, f64, Vec<f64>)> {
    let centre = mean(values).ok_or(Reason::NoData)?;
    if values.len() < 4 {
        return Err(Reason::TooFew);
    }
    let spread = sum_of_squares(values);
    let keep = if spread > 0.0 {
        (1.0 - (values.len() as f64 - 3.0) * variance / spread).max(0.0)
    } else {
        0.0
    };
    let estimates = values
        .iter()
        .map(|y| centre + keep * (y - centre))
        .collect();
    Ok((keep, centre, estimates))
}

/// τ²/(τ² + median se²) and the same with the mean: under 0.5, ranks say nothing (6.2).
///
/// # Errors
///
/// As [`tau2`].
pub fn rankability(centres: &[Centre], method: Tau) -> Stat<(f64, f64, f64)> {
    let centres = &checked(centres)?;
    let t = tau2(centres, method)?;
    let squares: Vec<f64> = centres.iter().map(|(_, se)| se * se).collect();
    let share = |s: f64| t / (t + s);
    let (middle, average) = (
        median(&squares).unwrap_or(0.0),
        mean(&squares).unwrap_or(0.0),
    );
    Ok((t, share(middle), share(average)))
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

/// Good practices worth a visit: centres above the others by more than noise (7.4). An empty list
/// is a legitimate answer.
///
/// # Errors
///
/// Fewer than four centres; no standard error above 0.
pub fn standouts(centres: &[Centre], method: Tau, rate: f64) -> Stat<Vec<Standout>> {
    let centres = &checked(centres)?;
    if centres.len() < 4 {
        return Err(Reason::TooFew);
    }
    let mut scores = Vec::new();
    for (i, (y, se)) in centres.iter().enumerate() {
        let others: Vec<Centre> = centres
            .iter()
            .enumerate()
            .filter(|(j, _)| *j != i)
            .map(|(_, c)| *c)
            .collect();
        let t = tau2(&others, method)?;
        let (_, mu, total) = heterogeneity(&others, t);
        let z = (y - mu) / (se * se + t + 1.0 / total).sqrt();
        scores.push((z, normal_cdf(-z)));
    }
    let p: Vec<Option<f64>> = scores.iter().map(|s| Some(s.1)).collect();
    let adjusted = adjust(&p, Correction::BenjaminiHochberg);
    Ok(scores
        .iter()
        .zip(adjusted)
        .map(|((z, p), a)| {
            let adjusted = a.unwrap_or(1.0);
            Standout {
                z: *z,
                p: *p,
                adjusted,
                stands_out: adjusted <= rate,
            }
        })
        .collect())
}
