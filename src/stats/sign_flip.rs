//! Same centres, two campaigns: is the mean change more than chance (`docs/statistics.md` §5.3)?
//! The default test of a change over centres.

use super::describe::{lattice, mean, settled};
use super::resampling::{DRAWS, Dice, monte_carlo_p};
use super::{Reason, Stat};

/// Sign-flip test of the mean change.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct SignFlip {
    /// Differences.
    pub n: usize,
    /// Mean change.
    pub mean: f64,
    /// Two-sided p.
    pub p: f64,
    /// One-sided p for a rise.
    pub p_greater: f64,
    /// Smallest two-sided p that so many moving centres can give.
    pub attainable: f64,
}

/// Most sums of signs that are counted on a common step.
const MOST_SUMS: i64 = 200_000;
/// Most changes whose sign patterns are all tried when they share no common step.
const TRIED: usize = 20;

/// The default test of a change over centres: it tests the mean change that is reported (§5.3).
/// Every sign pattern is counted where changes share a step or are few, else [`DRAWS`] are drawn.
///
/// # Errors
///
/// No difference.
pub fn sign_flip(differences: &[f64]) -> Stat<SignFlip> {
    let centre = mean(differences).ok_or(Reason::NoData)?;
    let d: Vec<f64> = differences.iter().map(|x| settled(*x)).collect();
    let mut steps: Vec<i64> = lattice(&d).into_iter().filter(|s| *s != 0).collect();
    // A sum of draws depends on the order drawn from, never on the order of rows.
    steps.sort_unstable();
    let seen: i64 = steps.iter().sum();
    // Each step was rounded to 1e-9: sums that differ by less are the same sum.
    let slack = steps.len() as i64;
    let reached = |s: i64| (s.abs() >= seen.abs() - slack, s >= seen - slack);
    let (p, p_greater) = if on_a_step(&steps) {
        counted_signs(&steps, &reached)
    } else if steps.len() <= TRIED {
        tried_signs(&steps, &reached)
    } else {
        drawn_signs(&steps, &reached)
    };
    Ok(SignFlip {
        n: differences.len(),
        mean: centre,
        p,
        p_greater,
        attainable: 0.5_f64.powi(steps.len() as i32 - 1).min(1.0),
    })
}

/// Whether a sum of signs is as far, and as high, as the one seen.
type Reached<'a> = &'a dyn Fn(i64) -> (bool, bool);

/// Largest step that all changes are multiples of.
fn common_step(steps: &[i64]) -> i64 {
    steps.iter().fold(0, |a, b| {
        let (mut a, mut b) = (a, b.abs());
        while b != 0 {
            (a, b) = (b, a % b);
        }
        a
    })
}

fn on_a_step(steps: &[i64]) -> bool {
    let step = common_step(steps).max(1);
    steps.iter().map(|s| s.abs() / step).sum::<i64>() <= MOST_SUMS
}

/// Both p over every sign pattern, by counting sums on the common step.
fn counted_signs(steps: &[i64], reached: Reached) -> (f64, f64) {
    let step = common_step(steps).max(1);
    let sizes: Vec<usize> = steps.iter().map(|s| (s.abs() / step) as usize).collect();
    let total: usize = sizes.iter().sum();
    // Probability of each sum of the sizes that are taken with a plus.
    let mut law = vec![0.0; total + 1];
    law[0] = 1.0;
    for size in sizes {
        for s in (0..=total).rev() {
            law[s] = 0.5 * law[s] + if s >= size { 0.5 * law[s - size] } else { 0.0 };
        }
    }
    let (mut far, mut high) = (0.0_f64, 0.0_f64);
    for (plus, p) in law.iter().enumerate() {
        let (extreme, above) = reached((2 * plus as i64 - total as i64) * step);
        far += if extreme { *p } else { 0.0 };
        high += if above { *p } else { 0.0 };
    }
    (far.min(1.0), high.min(1.0))
}

/// Both p by trying every sign pattern, one sign turned at a time (Gray's order).
fn tried_signs(steps: &[i64], reached: Reached) -> (f64, f64) {
    let patterns = 1_u32 << steps.len();
    let mut signs = vec![true; steps.len()];
    let mut sum: i64 = steps.iter().sum();
    let (mut far, mut high) = (0_u32, 0_u32);
    for pattern in 1..=patterns {
        let (extreme, above) = reached(sum);
        far += u32::from(extreme);
        high += u32::from(above);
        let turned = pattern.trailing_zeros() as usize;
        if turned < steps.len() {
            sum += if signs[turned] { -2 } else { 2 } * steps[turned];
            signs[turned] = !signs[turned];
        }
    }
    let share = |k: u32| f64::from(k) / f64::from(patterns);
    (share(far), share(high))
}

/// Both p from random sign patterns.
fn drawn_signs(steps: &[i64], reached: Reached) -> (f64, f64) {
    let mut dice = Dice::new();
    let sums: Vec<SignSums> = steps.chunks(TURNED).map(SignSums::of).collect();
    let (mut far, mut high) = (0, 0);
    for _ in 0..DRAWS {
        let mut sum = 0;
        for together in sums.chunks(4) {
            let signs = dice.signs().to_le_bytes();
            sum += together
                .iter()
                .zip(signs)
                .map(|(s, b)| s.sum(b))
                .sum::<i64>();
        }
        let (extreme, above) = reached(sum);
        far += usize::from(extreme);
        high += usize::from(above);
    }
    (monte_carlo_p(far, DRAWS), monte_carlo_p(high, DRAWS))
}

/// Steps whose signs are turned together: as many as a byte holds.
const TURNED: usize = 8;

/// Sums of a few steps under each pattern of their signs: thousands of patterns are drawn, and each asks
/// for one of 256.
struct SignSums(Vec<i64>);

impl SignSums {
    fn of(steps: &[i64]) -> Self {
        let sum = |pattern: usize| {
            let signed = steps.iter().enumerate();
            signed
                .map(|(i, s)| if pattern >> i & 1 == 1 { *s } else { -s })
                .sum()
        };
        Self((0..1 << TURNED).map(sum).collect())
    }

    /// The sum under a pattern: a step is counted with a plus where its bit is set.
    fn sum(&self, pattern: u8) -> i64 {
        self.0[usize::from(pattern)]
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stats::dist::p_of_z;

    /// Sums on a step and patterns one by one are two ways to count the same thing.
    #[test]
    fn both_ways_of_counting_signs_agree() {
        let steps = [300, -100, 200, 200, 700, -400, 100];
        let seen: i64 = steps.iter().sum();
        let reached = |s: i64| (s.abs() >= seen.abs(), s >= seen);
        let (a, b) = (
            counted_signs(&steps, &reached),
            tried_signs(&steps, &reached),
        );
        assert!(
            (a.0 - b.0).abs() < 1e-12 && (a.1 - b.1).abs() < 1e-12,
            "{a:?} {b:?}"
        );
    }

    /// Thirty-five changes that share no step: signs are drawn, close to the normal law, in any
    /// order of centres.
    #[test]
    fn signs_too_many_to_count_are_drawn() {
        let mut d: Vec<f64> = (0..35)
            .map(|i| (f64::from(i) * 0.618_033_988_7).fract() - 0.42)
            .collect();
        let found = sign_flip(&d).expect("a test");
        let z = d.iter().sum::<f64>() / d.iter().map(|x| x * x).sum::<f64>().sqrt();
        assert!((found.p - p_of_z(z)).abs() < 0.02, "{found:?}");
        d.reverse();
        let again = sign_flip(&d).expect("a test");
        assert_eq!((again.p, again.p_greater), (found.p, found.p_greater));
        let risen: Vec<f64> = d.iter().map(|x| x.abs() + 0.01).collect();
        let risen = sign_flip(&risen).expect("a test");
        assert!(risen.p > 0.0 && risen.p < 0.001);
    }
}
