//! Is a change more than noise? Smallest detectable change and the verdict of a line.

use super::dist::normal_quantile;
use super::posterior::Belief;

/// Verdict on a change; its word is that of the contract: `non_comparable`.
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    Hash,
    strum::IntoStaticStr,
    strum::EnumString,
    strum::EnumIter,
)]
#[strum(serialize_all = "snake_case")]
pub enum Verdict {
    /// Up by at least what counts and what can be detected, all lines of the table together.
    Progresse,
    /// More likely up than not, by far; not enough to announce it.
    PlutotProgresse,
    /// Too small to count, and precise enough to say so.
    Stable,
    /// More likely down than not, by far.
    PlutotRecule,
    /// Down by as much as `Progresse` is up.
    Recule,
    /// Not known yet.
    Indetermine,
    /// Not the same thing on both sides.
    NonComparable,
}

impl Verdict {
    /// Whether it may be announced: headlines and renewal say nothing less sure.
    pub fn is_firm(self) -> bool {
        matches!(self, Self::Progresse | Self::Recule)
    }
}

/// Quantile of the standard normal law at 1 − risk/(2m): the risk of any false claim among `m`
/// lines judged together (Bonferroni; `docs/statistics.md` §5.7 and §5.8). `m` = 0 counts as 1.
pub fn z_for_lines(risk: f64, m: usize) -> f64 {
    normal_quantile(1.0 - risk / (2.0 * m.max(1) as f64))
}

/// Smallest detectable change z·√(SEM₁² + SEM₂²), in levels. de Vet et al. 2006, with two different errors.
pub fn smallest_detectable_change(sem1: f64, sem2: f64, z: f64) -> f64 {
    z * sem1.hypot(sem2)
}

/// From which a direction is sure enough to be announced.
const SURE: f64 = 0.99;

/// What an interval that shows that nothing counts holds: 95 %, both ways.
const SHOWN: f64 = 0.975;

/// From which a direction is told of a change too small to count: a rise in nearly all centres is not
/// « stable ».
const CLEAR: f64 = 0.95;

/// From which a direction is told as likely: at least four in five of such lines go that way, whatever the
/// true changes are spread like (`docs/statistics.md` §5.8 gives the count).
const LIKELY: f64 = 0.90;

/// What is known of a change when its verdict is given.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ChangeEvidence {
    /// What was measured.
    pub delta: f64,
    /// The smallest change that counts.
    pub least: f64,
    /// Whether it goes beyond noise for all the lines of its table together.
    pub is_beyond_noise: bool,
    /// What its table leaves to think of it.
    pub belief: Belief,
}

/// Verdict of a change (`docs/rules.md` §8).
pub fn verdict(evidence: ChangeEvidence) -> Verdict {
    const TOLERANCE: f64 = 1e-9;
    let ChangeEvidence {
        delta,
        least,
        is_beyond_noise,
        belief,
    } = evidence;
    let is_rise = delta > 0.0;
    let direction = if is_rise {
        belief.rise
    } else {
        1.0 - belief.rise
    };
    let way = |rise, fall| if is_rise { rise } else { fall };
    let counts = delta.abs() >= least - TOLERANCE;
    let is_small = belief.above < 1.0 - SHOWN && belief.below < 1.0 - SHOWN;
    if counts && is_beyond_noise && direction >= SURE {
        way(Verdict::Progresse, Verdict::Recule)
    } else if direction >= CLEAR {
        // Small and clear, or larger and not beyond the noise of the whole table.
        way(Verdict::PlutotProgresse, Verdict::PlutotRecule)
    } else if is_small && !counts {
        Verdict::Stable
    } else if direction >= LIKELY {
        way(Verdict::PlutotProgresse, Verdict::PlutotRecule)
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

    fn said(delta: f64, is_beyond_noise: bool, (rise, above, below): (f64, f64, f64)) -> Verdict {
        verdict(ChangeEvidence {
            delta,
            least: 0.3,
            is_beyond_noise,
            belief: Belief {
                rise,
                above,
                below,
                mean: delta / 2.0,
            },
        })
    }

    #[test]
    fn words_come_from_what_is_known_not_from_the_sign() {
        assert_eq!(said(0.5, true, (0.995, 0.8, 0.0)), Verdict::Progresse);
        assert_eq!(said(-0.5, true, (0.005, 0.0, 0.8)), Verdict::Recule);
        assert_eq!(said(0.5, false, (0.99, 0.8, 0.0)), Verdict::PlutotProgresse);
        assert_eq!(said(0.5, false, (0.92, 0.6, 0.0)), Verdict::PlutotProgresse);
        assert_eq!(said(-0.5, false, (0.08, 0.0, 0.6)), Verdict::PlutotRecule);
        assert_eq!(said(0.5, false, (0.8, 0.4, 0.1)), Verdict::Indetermine);
        assert_eq!(said(0.1, false, (0.7, 0.01, 0.0)), Verdict::Stable);
    }

    /// A rise in nearly all centres, too small to count, is not « stable »; nor is a change that counts
    /// called so for what its neighbours did.
    #[test]
    fn stable_is_shown_not_presumed() {
        assert_eq!(said(0.2, true, (0.99, 0.02, 0.0)), Verdict::PlutotProgresse);
        assert_eq!(said(0.4, false, (0.8, 0.02, 0.0)), Verdict::Indetermine);
        assert_eq!(said(0.0, false, (0.5, 0.2, 0.2)), Verdict::Indetermine);
    }
}
