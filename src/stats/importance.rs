//! What goes with overall satisfaction, and what to work on first (`docs/statistics.md` §7.1 to
//! §7.3). « Lié à la satisfaction » is not « cause ».

use super::describe::{CountedValue, counted_midranks};
use super::dist::{normal_cdf, z_of};
use super::{Reason, Stat};

/// Two values, and how many share them.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct CountedPair {
    /// First value.
    pub x: f64,
    /// Second value.
    pub y: f64,
    /// How many.
    pub count: u64,
}

/// Spearman's rank correlation of complete pairs: Pearson on midranks.
///
/// # Errors
///
/// Fewer than three pairs; a constant variable.
pub fn spearman(pairs: &[CountedPair]) -> Stat<f64> {
    let n: u64 = pairs.iter().map(|p| p.count).sum();
    if n < 3 {
        return Err(Reason::TooFew);
    }
    let counted = |value: fn(&CountedPair) -> f64| {
        let values = pairs.iter().map(|p| CountedValue {
            value: value(p),
            count: p.count,
        });
        counted_midranks(&values.collect::<Vec<_>>())
    };
    let (x, y) = (counted(|p| p.x), counted(|p| p.y));
    // Midranks sum to n(n + 1)/2, whatever the ties.
    let centre = (n + 1) as f64 / 2.0;
    let products = |a: &[f64], b: &[f64]| -> f64 {
        let pairs = pairs.iter().zip(a.iter().zip(b));
        let products = pairs.map(|(p, (a, b))| p.count as f64 * (a - centre) * (b - centre));
        products.sum()
    };
    let spread = (products(&x, &x) * products(&y, &y)).sqrt();
    if spread > 1e-12 {
        Ok(products(&x, &y) / spread)
    } else {
        Err(Reason::ConstantVariable)
    }
}

/// Status of a target, from its interval first, then from its point.
#[derive(Debug, Clone, Copy, PartialEq, Eq, strum::IntoStaticStr)]
pub enum TargetStatus {
    /// The whole interval is at or above.
    #[strum(serialize = "atteint")]
    Met,
    /// The whole interval is below.
    #[strum(serialize = "non_atteint")]
    Missed,
    /// The point is at or above.
    #[strum(serialize = "probablement_atteint")]
    ProbablyMet,
    /// The point is below.
    #[strum(serialize = "probablement_non_atteint")]
    ProbablyMissed,
}

/// A score and its standard error, when it is known.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Estimate {
    /// Score.
    pub score: f64,
    /// Standard error.
    pub se: Option<f64>,
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

/// Distance of a score to its target (§7.3), compared before any rounding.
pub fn target_gap(
    Estimate { score, se }: Estimate,
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
