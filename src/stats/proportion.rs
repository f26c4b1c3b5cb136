//! Shares with honest intervals, alone or between two campaigns (`docs/statistics.md` §2.1 and
//! §5.5).

use super::dist::z_of;
use super::interval::Interval;
use super::{Reason, Stat};

/// Wilson's score interval of x successes out of n, without continuity correction, 0 and 1 at the
/// ends (Wilson 1927).
///
/// # Errors
///
/// No answer.
pub fn wilson(x: usize, n: usize, conf: f64) -> Stat<Interval> {
    if n == 0 {
        return Err(Reason::NoData);
    }
    let (answers, z) = (n as f64, z_of(conf));
    let p = x as f64 / answers;
    let centre = p + z * z / (2.0 * answers);
    let inside = p * (1.0 - p) / answers + z * z / (4.0 * answers * answers);
    let half = z * inside.max(0.0).sqrt();
    let scale = 1.0 + z * z / answers;
    Ok(Interval {
        low: if x == 0 {
            0.0
        } else {
            ((centre - half) / scale).max(0.0)
        },
        high: if x >= n {
            1.0
        } else {
            ((centre + half) / scale).min(1.0)
        },
    })
}

/// Favourable answers among all.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ShareCount {
    /// Favourable answers.
    pub favourable: usize,
    /// Answers.
    pub answers: usize,
}

/// A difference of two shares.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ShareDifference {
    /// p₁ − p₂.
    pub difference: f64,
    /// Bounds.
    pub interval: Interval,
}

/// p₁ − p₂ of two independent shares, with its interval (Newcombe 1998, method 10).
///
/// # Errors
///
/// No answer on a side.
pub fn difference(first: ShareCount, second: ShareCount, conf: f64) -> Stat<ShareDifference> {
    let Interval { low: l1, high: u1 } = wilson(first.favourable, first.answers, conf)?;
    let Interval { low: l2, high: u2 } = wilson(second.favourable, second.answers, conf)?;
    let share = |side: ShareCount| side.favourable as f64 / side.answers as f64;
    let (p1, p2) = (share(first), share(second));
    let d = p1 - p2;
    Ok(ShareDifference {
        difference: d,
        interval: Interval {
            low: d - (p1 - l1).hypot(u2 - p2),
            high: d + (u1 - p1).hypot(p2 - l2),
        },
    })
}
