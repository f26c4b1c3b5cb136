//! Shares with honest intervals, response rates, shares between two campaigns
//! (`statistics.md` 2.1, 2.2, 2.6, 5.5).

use super::dist::{beta_quantile, binomial_cdf, binomial_pmf, hypergeometric_pmf, z_of};
use super::{Reason, Stat};

/// Method of an interval for a share.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ShareMethod {
    /// Score interval (Wilson 1927): the default.
    Wilson,
    /// The same with a continuity correction.
    WilsonCorrected,
    /// Exact, guaranteed coverage (Clopper & Pearson 1934).
    ClopperPearson,
    /// Agresti & Coull 1998.
    AgrestiCoull,
    /// Beta quantiles with the Jeffreys prior, 0 and 1 at the ends.
    Jeffreys,
}

/// Bounds in 0..1 for x successes of n; x and n may be fractional (effective size).
///
/// # Errors
///
/// No answer.
pub fn interval(x: f64, n: f64, conf: f64, method: ShareMethod) -> Stat<(f64, f64)> {
    if n <= 0.0 {
        return Err(Reason::NoData);
    }
    let (p, z, tail) = (x / n, z_of(conf), (1.0 - conf) / 2.0);
    let (none, all) = (x <= 0.0, x >= n);
    let bounds = match method {
        ShareMethod::Wilson => {
            let centre = p + z * z / (2.0 * n);
            let half = z * (p * (1.0 - p) / n + z * z / (4.0 * n * n)).max(0.0).sqrt();
            let scale = 1.0 + z * z / n;
            ((centre - half) / scale, (centre + half) / scale)
        }
        ShareMethod::WilsonCorrected => {
            let scale = 2.0 * (n + z * z);
            let half = |sign: f64| {
                let inside = z * z - sign * 2.0 - 1.0 / n + 4.0 * p * (n * (1.0 - p) + sign);
                z * inside.max(0.0).sqrt()
            };
            let centre = 2.0 * n * p + z * z;
            (
                (centre - 1.0 - half(1.0)) / scale,
                (centre + 1.0 + half(-1.0)) / scale,
            )
        }
        ShareMethod::AgrestiCoull => {
            let total = n + z * z;
            let middle = (x + z * z / 2.0) / total;
            let half = z * (middle * (1.0 - middle) / total).sqrt();
            return Ok(((middle - half).max(0.0), (middle + half).min(1.0)));
        }
        ShareMethod::ClopperPearson => (
            beta_quantile(tail, x, n - x + 1.0).unwrap_or(0.0),
            beta_quantile(1.0 - tail, x + 1.0, n - x).unwrap_or(1.0),
        ),
        ShareMethod::Jeffreys => (
            beta_quantile(tail, x + 0.5, n - x + 0.5).unwrap_or(0.0),
            beta_quantile(1.0 - tail, x + 0.5, n - x + 0.5).unwrap_or(1.0),
        ),
    };
    Ok((
        if none { 0.0 } else { bounds.0.max(0.0) },
        if all { 1.0 } else { bounds.1.min(1.0) },
    ))
}

/// Wilson's interval of x out of n.
pub fn wilson(x: usize, n: usize, conf: f64) -> Stat<(f64, f64)> {
    interval(x as f64, n as f64, conf, ShareMethod::Wilson)
}

/// A share of a finite list: the interval and the effective size n(N − 1)/(N − n), none for a
/// complete census (2.2).
///
/// # Errors
///
/// No answer; more answers than people.
pub fn finite(
    x: usize,
    n: usize,
    population: usize,
    conf: f64,
    method: ShareMethod,
) -> Stat<((f64, f64), Option<f64>)> {
    if n == 0 {
        return Err(Reason::NoData);
    }
    if n > population {
        return Err(Reason::MoreThanPopulation);
    }
    let p = x as f64 / n as f64;
    if n == population {
        return Ok(((p, p), None));
    }
    let effective = n as f64 * (population as f64 - 1.0) / (population - n) as f64;
    let bounds = interval(p * effective, effective, conf, method)?;
    Ok((bounds, Some(effective)))
}

/// Exact bounds of the number of favourable people among N, by inversion of the hypergeometric
/// law (2.2): (lowest, highest).
///
/// # Errors
///
/// No answer; more answers than people.
pub fn hypergeometric(x: usize, n: usize, population: usize, conf: f64) -> Stat<(usize, usize)> {
    if n == 0 {
        return Err(Reason::NoData);
    }
    if n > population || x > n {
        return Err(Reason::MoreThanPopulation);
    }
    let tail = (1.0 - conf) / 2.0;
    let possible = x..=population - (n - x);
    let probability = |k: usize, range: std::ops::RangeInclusive<usize>| -> f64 {
        let pmf = |i: usize| hypergeometric_pmf(i as u64, population as u64, k as u64, n as u64);
        range.map(pmf).sum()
    };
    let low = possible.clone().find(|&k| probability(k, x..=n) > tail);
    let high = possible.rev().find(|&k| probability(k, 0..=x) > tail);
    low.zip(high).ok_or(Reason::NoData)
}

/// Who answered, and what silence could change (2.6).
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ResponseRate {
    /// Returned / eligible; none when the eligible are unknown.
    pub rate: Option<f64>,
    /// Valid answers to the question / eligible.
    pub item_rate: Option<f64>,
    /// Favourable / valid.
    pub favourable: Option<f64>,
    /// Favourable share of all the eligible, if every silent one were unfavourable or favourable.
    pub bounds: Option<(f64, f64)>,
}

/// Response rate and worst-case bounds.
///
/// # Errors
///
/// More returned than eligible, more valid than returned, more favourable than valid.
pub fn response_rate(
    eligible: Option<usize>,
    returned: usize,
    valid: usize,
    favourable: usize,
) -> Stat<ResponseRate> {
    if eligible.is_some_and(|e| returned > e) {
        return Err(Reason::ReturnedOverEligible);
    }
    if valid > returned || favourable > valid {
        return Err(Reason::BadValue);
    }
    let people = eligible.filter(|e| *e > 0).map(|e| e as f64);
    Ok(ResponseRate {
        rate: people.map(|e| returned as f64 / e),
        item_rate: people.map(|e| valid as f64 / e),
        favourable: (valid > 0).then(|| favourable as f64 / valid as f64),
        bounds: people.map(|e| {
            let silent = e - valid as f64;
            (favourable as f64 / e, (favourable as f64 + silent) / e)
        }),
    })
}

/// Method of an interval for the difference of two independent shares.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DifferenceMethod {
    /// Newcombe 1998, method 10: the default.
    Newcombe,
    /// Agresti & Caffo 2000.
    AgrestiCaffo,
}

/// p₁ − p₂ with its interval (5.5); each side is (successes, answers).
///
/// # Errors
///
/// No answer on a side.
pub fn difference(
    (x1, n1): (usize, usize),
    (x2, n2): (usize, usize),
    conf: f64,
    method: DifferenceMethod,
) -> Stat<(f64, (f64, f64))> {
    if n1 == 0 || n2 == 0 {
        return Err(Reason::NoData);
    }
    let (p1, p2) = (x1 as f64 / n1 as f64, x2 as f64 / n2 as f64);
    let d = p1 - p2;
    let bounds = match method {
        DifferenceMethod::Newcombe => {
            let ((l1, u1), (l2, u2)) = (wilson(x1, n1, conf)?, wilson(x2, n2, conf)?);
            (d - (p1 - l1).hypot(u2 - p2), d + (u1 - p1).hypot(p2 - l2))
        }
        DifferenceMethod::AgrestiCaffo => {
            let more = |x: usize, n: usize| ((x + 1) as f64 / (n + 2) as f64, (n + 2) as f64);
            let ((a, na), (b, nb)) = (more(x1, n1), more(x2, n2));
            let half = z_of(conf) * (a * (1.0 - a) / na + b * (1.0 - b) / nb).sqrt();
            ((a - b - half).max(-1.0), (a - b + half).min(1.0))
        }
    };
    Ok((d, bounds))
}

/// Fisher's exact test, two sides: sum of the tables at most as likely as the one seen (5.5).
pub fn fisher_exact((x1, n1): (usize, usize), (x2, n2): (usize, usize)) -> f64 {
    let (total, successes, draws) = (n1 + n2, x1 + x2, n1);
    let pmf = |k: usize| hypergeometric_pmf(k as u64, total as u64, successes as u64, draws as u64);
    let seen = pmf(x1);
    let possible = (successes + draws).saturating_sub(total)..=successes.min(draws);
    let sum: f64 = possible
        .map(pmf)
        .filter(|p| *p <= seen * (1.0 + 1e-9))
        .sum();
    sum.min(1.0)
}

/// Two-sided p and mid-p of a fair coin that fell k times on one side out of n.
pub(super) fn fair_coin(k: usize, n: usize) -> (f64, f64) {
    if n == 0 {
        return (1.0, 1.0);
    }
    let low = k.min(n - k) as u64;
    let tail = binomial_cdf(low, n as u64, 0.5);
    let two = (2.0 * tail).min(1.0);
    let point = binomial_pmf(low, n as u64, 0.5);
    // Both sides lose half of their own point.
    let mid = if 2 * low == n as u64 {
        1.0
    } else {
        two - point
    };
    (two, mid.min(1.0))
}

/// McNemar's exact test on paired yes/no answers: b turned one way, c the other; p and mid-p.
pub fn mcnemar_exact(b: usize, c: usize) -> (f64, f64) {
    fair_coin(b, b + c)
}
