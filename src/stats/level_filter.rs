//! A level followed over campaigns (`docs/statistics.md` §5.9): each new measure moves it by a share of its
//! surprise, larger where the measure is good and the level is known to move. Weights fall exponentially with age
//! (EWMA); the share is the one that a level which drifts from campaign to campaign calls for (the local-level
//! model: Muth 1960; Durbin & Koopman, *Time Series Analysis by State Space Methods*, ch. 2).

use super::{Reason, Stat};

/// A level as one campaign measured it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct MeasuredLevel {
    /// What was measured.
    pub value: f64,
    /// Its standard error, above 0.
    pub error: f64,
}

/// What all campaigns together say of the level of the last, and of its way since the first.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct FollowedLevel {
    /// Level at the last campaign.
    pub level: f64,
    /// Its standard error.
    pub error: f64,
    /// Change since the first campaign.
    pub change: f64,
    /// Its standard error.
    pub change_error: f64,
}

/// A level that never moves cannot be told from one that moves by less than this.
const LEAST_DRIFT: f64 = 1e-3;

/// Follows a level; `drift` is the standard deviation of its true change from a campaign to the next.
///
/// # Errors
///
/// Fewer than two campaigns; an error that is not above 0.
pub fn follow_level(seen: &[MeasuredLevel], drift: f64) -> Stat<FollowedLevel> {
    if seen.len() < 2 {
        return Err(Reason::TooFew);
    }
    let sound = |m: &MeasuredLevel| m.value.is_finite() && m.error.is_finite() && m.error > 0.0;
    if !seen.iter().all(sound) || !drift.is_finite() {
        return Err(Reason::BadValue);
    }
    let last = seen.len() - 1;
    let precision = Precision::of(seen, drift.max(LEAST_DRIFT));
    let weighted: Vec<f64> = seen.iter().map(|m| m.value / (m.error * m.error)).collect();
    let levels = precision.solve(&weighted);
    // Columns of the covariance of the true levels given all that was seen.
    let column = |at: usize| {
        let mut unit = vec![0.0; seen.len()];
        unit[at] = 1.0;
        precision.solve(&unit)
    };
    let (of_first, of_last) = (column(0), column(last));
    let variance = of_first[0] + of_last[last] - 2.0 * of_first[last];
    Ok(FollowedLevel {
        level: levels[last],
        error: of_last[last].sqrt(),
        change: levels[last] - levels[0],
        change_error: variance.max(0.0).sqrt(),
    })
}

/// Inverse covariance of the true levels: each measure on the diagonal, each step between neighbours.
struct Precision {
    diagonal: Vec<f64>,
    /// What neighbours share, the same everywhere.
    step: f64,
}

impl Precision {
    fn of(seen: &[MeasuredLevel], drift: f64) -> Self {
        let step = 1.0 / (drift * drift);
        let neighbours = |at: usize| usize::from(at > 0) + usize::from(at + 1 < seen.len());
        let diagonal = seen.iter().enumerate();
        let diagonal =
            diagonal.map(|(at, m)| 1.0 / (m.error * m.error) + step * neighbours(at) as f64);
        Self {
            diagonal: diagonal.collect(),
            step,
        }
    }

    /// Thomas's algorithm: three diagonals, always dominant here.
    fn solve(&self, right: &[f64]) -> Vec<f64> {
        let n = right.len();
        let (mut above, mut found) = (vec![0.0; n], right.to_vec());
        for at in 0..n {
            let below = if at > 0 { self.step } else { 0.0 };
            let carried = if at > 0 { above[at - 1] } else { 0.0 };
            let pivot = self.diagonal[at] - below * carried;
            above[at] = self.step / pivot;
            let earlier = if at > 0 { found[at - 1] } else { 0.0 };
            found[at] = (found[at] + below * earlier) / pivot;
        }
        for at in (0..n - 1).rev() {
            found[at] += above[at] * found[at + 1];
        }
        found
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seen(values: &[f64], error: f64) -> Vec<MeasuredLevel> {
        let all = values.iter().map(|value| MeasuredLevel {
            value: *value,
            error,
        });
        all.collect()
    }

    /// Two campaigns, by hand: the change is shrunk by τ²/(τ² + 2·se²), here 0.09/(0.09 + 0.32), and keeps
    /// a variance of τ²·2se²/(τ² + 2se²).
    #[test]
    fn two_campaigns_are_the_normal_model_of_a_change() {
        let found = follow_level(&seen(&[2.0, 3.0], 0.4), 0.3).expect("followed");
        assert!((found.change - 0.09 / 0.41).abs() < 1e-12);
        assert!((found.change_error - (0.09 * 0.32 / 0.41_f64).sqrt()).abs() < 1e-12);
        assert!((found.level - (2.5 + found.change / 2.0)).abs() < 1e-12);
    }

    /// Muth's gain λ = (√(q² + 4q) − q)/2 with q = τ²/se²; a long series is the EWMA of that gain.
    #[test]
    fn a_long_series_is_an_ewma_of_muths_gain() {
        let values: Vec<f64> = (0..60)
            .map(|i| 2.5 + 0.4 * f64::from(i * i % 7 - 3) / 3.0)
            .collect();
        let (error, drift) = (0.4_f64, 0.25_f64);
        let q = (drift / error).powi(2);
        let gain = ((q * q + 4.0 * q).sqrt() - q) / 2.0;
        let ewma = values[1..]
            .iter()
            .fold(values[0], |level, value| level + gain * (value - level));
        let found = follow_level(&seen(&values, error), drift).expect("followed");
        assert!((found.level - ewma).abs() < 1e-9, "{} {ewma}", found.level);
        // Its variance is λ·se².
        assert!((found.error - gain.sqrt() * error).abs() < 1e-9);
    }

    #[test]
    fn a_level_that_does_not_drift_is_the_mean() {
        let found = follow_level(&seen(&[2.0, 3.0, 4.0], 0.5), 0.0).expect("followed");
        assert!((found.level - 3.0).abs() < 1e-3 && found.change.abs() < 1e-3);
        assert!((found.error - 0.5 / 3.0_f64.sqrt()).abs() < 1e-3);
        assert_eq!(follow_level(&seen(&[2.0], 0.5), 0.3), Err(Reason::TooFew));
        assert_eq!(
            follow_level(&seen(&[2.0, 3.0], 0.0), 0.3),
            Err(Reason::BadValue)
        );
    }
}
