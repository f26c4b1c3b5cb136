//! Certifying an observer against a master rating (`docs/statistics.md` §3.7).

use super::agreement::quadratic_kappa;
use super::describe::mean;
use super::interval::Interval;
use super::proportion::wilson;
use super::{Reason, Stat};

/// What a trainee has to reach.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Standard {
    /// Least share of éléments rated exactly like the master.
    pub exact: f64,
    /// Least share within one level.
    pub within_one: f64,
}

/// How a trainee compares with the master.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Calibration {
    /// Éléments rated with a number by both.
    pub n: usize,
    /// Share where both say whether the élément applies alike.
    pub applicability: f64,
    /// Share rated exactly alike.
    pub exact: f64,
    /// Its Wilson interval: 24 of 30 may hide a true 63 %.
    pub exact_interval: Interval,
    /// Share within one level.
    pub within_one: f64,
    /// Mean difference, trainee minus master: severity.
    pub bias: f64,
    /// Mean absolute difference.
    pub mean_error: f64,
    /// Quadratic kappa.
    pub kappa: Stat<f64>,
    /// Whether both shares are reached.
    pub pass: bool,
}

/// Compares (trainee, master) pairs of one sitting; none is a « non concerné ».
///
/// # Errors
///
/// No élément rated with a number by both.
pub fn calibrate(
    pairs: &[(Option<f64>, Option<f64>)],
    categories: &[f64],
    standard: Standard,
    conf: f64,
) -> Stat<Calibration> {
    let both: Vec<(f64, f64)> = pairs.iter().filter_map(|(a, b)| a.zip(*b)).collect();
    let n = both.len();
    let gaps: Vec<f64> = both.iter().map(|(a, b)| a - b).collect();
    let bias = mean(&gaps).ok_or(Reason::NoPairableUnit)?;
    let alike = |tolerance: f64| gaps.iter().filter(|g| g.abs() <= tolerance + 1e-9).count();
    let (exact, within) = (alike(0.0), alike(1.0));
    let share = |k: usize| k as f64 / n as f64;
    let applies = pairs
        .iter()
        .filter(|(a, b)| a.is_some() == b.is_some())
        .count();
    let absolute: Vec<f64> = gaps.iter().map(|g| g.abs()).collect();
    let kappa = quadratic_kappa(&both, categories, conf);
    Ok(Calibration {
        n,
        applicability: applies as f64 / pairs.len() as f64,
        exact: share(exact),
        exact_interval: wilson(exact, n, conf)?,
        within_one: share(within),
        bias,
        mean_error: mean(&absolute).unwrap_or(0.0),
        kappa: kappa.and_then(|k| k.coefficient),
        pass: share(exact) >= standard.exact - 1e-9 && share(within) >= standard.within_one - 1e-9,
    })
}
