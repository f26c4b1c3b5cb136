//! Answers on an ordered scale, and the net of favourable and unfavourable shares
//! (`statistics.md` 1.5 and 1.6).

use super::describe::{mean, median, sd};
use super::dist::z_of;
use super::{Reason, Stat};

/// Summary of valid answers; « ne sait pas » and missing ones are counted apart by the caller.
#[derive(Debug, Clone, PartialEq)]
pub struct LikertSummary {
    /// Valid answers.
    pub n: usize,
    /// Mean.
    pub mean: f64,
    /// Median.
    pub median: f64,
    /// Standard deviation; none under two answers.
    pub sd: Option<f64>,
    /// Share at the maximum.
    pub top1: f64,
    /// Share in the two highest modalities: favourable.
    pub top2: f64,
    /// Share in the two lowest.
    pub bottom2: f64,
    /// top2 − bottom2.
    pub net: f64,
    /// Mean between the bounds of the scale, 0..100.
    pub score: f64,
}

/// Summary of answers between the bounds of the scale, one apart.
///
/// # Errors
///
/// No valid answer.
pub fn summary(values: &[f64], (min, max): (f64, f64)) -> Stat<LikertSummary> {
    let n = values.len();
    let centre = mean(values).ok_or(Reason::NoData)?;
    let share =
        |f: &dyn Fn(f64) -> bool| values.iter().filter(|v| f(**v)).count() as f64 / n as f64;
    let top2 = share(&|v| v >= max - 1.0);
    let bottom2 = share(&|v| v <= min + 1.0);
    Ok(LikertSummary {
        n,
        mean: centre,
        median: median(values).unwrap_or(centre),
        sd: sd(values),
        top1: share(&|v| v >= max),
        top2,
        bottom2,
        net: top2 - bottom2,
        score: super::score::normalise(centre, (min, max), false),
    })
}

/// A net share with its interval, in −1..1.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct NetScore {
    /// Favourable minus unfavourable share.
    pub net: f64,
    /// Centre of the interval.
    pub centre: f64,
    /// Its standard error.
    pub se: f64,
    /// Bounds, clipped to −1..1.
    pub interval: (f64, f64),
}

/// Net score with the adjusted Wald interval (Rocks 2016), or the plain one, which has no width
/// when everyone is favourable.
///
/// # Errors
///
/// No answer; more favourable and unfavourable than answers.
pub fn net_score(up: usize, down: usize, n: usize, conf: f64, adjusted: bool) -> Stat<NetScore> {
    if n == 0 {
        return Err(Reason::NoData);
    }
    if up + down > n {
        return Err(Reason::BadValue);
    }
    // Three answers are added, three quarters of one on each side.
    let (extra, added) = if adjusted { (0.75, 3.0) } else { (0.0, 0.0) };
    let total = n as f64 + added;
    let (p, q) = ((up as f64 + extra) / total, (down as f64 + extra) / total);
    let centre = p - q;
    let se = ((p + q - centre * centre) / total).max(0.0).sqrt();
    let half = z_of(conf) * se;
    Ok(NetScore {
        net: (up as f64 - down as f64) / n as f64,
        centre,
        se,
        interval: ((centre - half).max(-1.0), (centre + half).min(1.0)),
    })
}
