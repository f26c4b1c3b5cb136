//! Interval of a mean (`docs/statistics.md` §2.3).

use super::describe::{mean, sd};
use super::dist::t_quantile;
use super::interval::Interval;
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
    /// Standard error; none for one value.
    pub se: Option<f64>,
    /// Bounds; none for one value.
    pub interval: Option<Interval>,
    /// All values equal: no width does not mean certainty.
    pub degenerate: bool,
}

/// m ± t·s/√n (§2.3).
///
/// # Errors
///
/// No value.
pub fn t_interval(values: &[f64], conf: f64) -> Stat<MeanInterval> {
    let n = values.len();
    let centre = mean(values).ok_or(Reason::NoData)?;
    let spread = sd(values);
    let se = spread.map(|s| s / (n as f64).sqrt());
    let half = se.map(|se| t_quantile(0.5 + conf / 2.0, (n - 1) as f64) * se);
    Ok(MeanInterval {
        n,
        mean: centre,
        sd: spread,
        se,
        interval: half.map(|h| Interval::around(centre, h)),
        degenerate: spread.is_some_and(|s| s < 1e-12),
    })
}
