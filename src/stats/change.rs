//! Is a change more than noise? Smallest detectable change and the verdict of a line.

use super::dist::normal_quantile;
use super::interval::Interval;

/// Verdict on a change; its word is that of the contract: `non_comparable`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, strum::IntoStaticStr, strum::EnumString)]
#[strum(serialize_all = "snake_case")]
pub enum Verdict {
    /// Up by at least what counts and what can be detected.
    Progresse,
    /// Down by as much.
    Recule,
    /// Less than what counts, and precise enough to say so.
    Stable,
    /// Too imprecise to conclude.
    Indetermine,
    /// Not the same thing on both sides.
    NonComparable,
}

/// Quantile of the standard normal law at 1 − risk/(2m): the risk of any false claim among `m`
/// lines judged together (Bonferroni; `docs/statistics.md` §5.7 and §5.8). `m` = 0 counts as 1.
pub fn z_for_lines(risk: f64, m: usize) -> f64 {
    normal_quantile(1.0 - risk / (2.0 * m.max(1) as f64))
}

/// Smallest detectable change z·√(SEM₁² + SEM₂²), in levels; none when either error is unknown.
/// de Vet et al. 2006, with two different errors.
pub fn smallest_detectable_change(sem1: Option<f64>, sem2: Option<f64>, z: f64) -> Option<f64> {
    let (a, b) = (sem1?, sem2?);
    let sdc = z * (a * a + b * b).sqrt();
    sdc.is_finite().then_some(sdc)
}

/// Verdict of a change Δ in levels (`docs/rules.md` §8). `identical` says that the answers behind
/// both values are the same.
pub fn verdict(delta: f64, mic: f64, sdc: Option<f64>, identical: bool) -> Verdict {
    const TOLERANCE: f64 = 1e-9;
    let margin = sdc.map_or(mic, |s| s.max(mic));
    if delta >= margin - TOLERANCE {
        Verdict::Progresse
    } else if delta <= -margin + TOLERANCE {
        Verdict::Recule
    } else if delta.abs() < mic - TOLERANCE
        && (identical || sdc.is_none_or(|s| s <= mic + TOLERANCE))
    {
        Verdict::Stable
    } else {
        Verdict::Indetermine
    }
}

/// Verdict of a change of a favourable share, from its interval: `mic` is the smallest change that
/// counts, 0..1 (`docs/statistics.md` §5.5 and §5.8).
pub fn share_verdict(delta: f64, interval: Interval, mic: f64, identical: bool) -> Verdict {
    let Interval { low, high } = interval;
    let counts = delta.abs() >= mic - 1e-9;
    if counts && low > 0.0 {
        Verdict::Progresse
    } else if counts && high < 0.0 {
        Verdict::Recule
    } else if identical || (low > -mic && high < mic) {
        Verdict::Stable
    } else {
        Verdict::Indetermine
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Quantiles of the normal law: scipy.stats.norm.ppf(0.975) and ppf(1 - 0.05/20).
    #[test]
    fn quantiles_match_published_ones() {
        assert!((z_for_lines(0.05, 1) - 1.959_963_984_540_054).abs() < 1e-9);
        assert!((z_for_lines(0.05, 10) - 2.807_033_768_343_804).abs() < 1e-9);
    }

    #[test]
    fn verdicts_come_from_noise_not_from_sign() {
        assert_eq!(verdict(0.5, 0.3, Some(0.4), false), Verdict::Progresse);
        assert_eq!(verdict(0.5, 0.3, Some(0.6), false), Verdict::Indetermine);
        assert_eq!(verdict(-0.3, 0.3, None, false), Verdict::Recule);
        assert_eq!(verdict(0.1, 0.3, None, false), Verdict::Stable);
        assert_eq!(verdict(0.1, 0.3, Some(0.6), false), Verdict::Indetermine);
        assert_eq!(verdict(0.0, 0.3, Some(0.6), true), Verdict::Stable);
    }

    #[test]
    fn shares_move_when_their_whole_interval_does() {
        use Verdict::{Indetermine, Progresse, Recule, Stable};
        assert_eq!(
            share_verdict(
                0.3,
                Interval {
                    low: 0.1,
                    high: 0.5
                },
                0.1,
                false
            ),
            Progresse
        );
        assert_eq!(
            share_verdict(
                -0.3,
                Interval {
                    low: -0.5,
                    high: -0.1
                },
                0.1,
                false
            ),
            Recule
        );
        assert_eq!(
            share_verdict(
                0.3,
                Interval {
                    low: -0.1,
                    high: 0.5
                },
                0.1,
                false
            ),
            Indetermine
        );
        assert_eq!(
            share_verdict(
                0.05,
                Interval {
                    low: 0.01,
                    high: 0.09
                },
                0.1,
                false
            ),
            Stable
        );
        assert_eq!(
            share_verdict(
                0.0,
                Interval {
                    low: -0.4,
                    high: 0.4
                },
                0.1,
                true
            ),
            Stable
        );
    }
}
