//! Drawing at random, where counting everything would take too long: resampled units, signs and
//! splits. The same seed and the same values in the same order give the same result; callers sort
//! what they draw from (`docs/statistics.md` §0.4 and §2.4).

use super::interval::Interval;
use rand::{Rng, SeedableRng};
use rand_chacha::ChaCha8Rng;

use super::{Reason, Stat};

/// Draws of a bootstrap or of a Monte-Carlo test.
pub const DRAWS: usize = 9_999;
/// Seed of every draw: a result can be found again.
pub const SEED: u64 = 20_260_512;

/// A named generator with a stable stream.
pub(super) struct Dice(ChaCha8Rng);

impl Dice {
    /// The generator of a computation.
    pub(super) fn new() -> Self {
        Self(ChaCha8Rng::seed_from_u64(SEED))
    }

    /// A whole number from 0 to `n` − 1 (multiply and shift; the bias is under n/2⁶⁴).
    pub(super) fn below(&mut self, n: usize) -> usize {
        ((u128::from(self.0.next_u64()) * n as u128) >> 64) as usize
    }

    /// Thirty-two times heads or tails.
    pub(super) fn signs(&mut self) -> u32 {
        self.0.next_u32()
    }

    /// Moves `size` values drawn without replacement to the front.
    pub(super) fn split<T>(&mut self, values: &mut [T], size: usize) {
        for i in 0..size {
            let j = i + self.below(values.len() - i);
            values.swap(i, j);
        }
    }
}

/// p of a test of `draws` random relabellings of which `hits` reach what was seen: (b + 1)/(B + 1),
/// never 0.
pub(super) fn monte_carlo_p(hits: usize, draws: usize) -> f64 {
    (hits + 1) as f64 / (draws + 1) as f64
}

/// Smallest value whose share of the sorted values reaches `p` (inverse distribution function).
fn inverse_cdf(sorted: &[f64], p: f64) -> f64 {
    let rank = (p * sorted.len() as f64 - 1e-9).ceil() as usize;
    sorted[rank.clamp(1, sorted.len()) - 1]
}

/// Percentile interval of a statistic over resampled units, given by their positions among `units`.
/// Draws where the statistic does not exist (resampled units that never vary) are left out.
///
/// # Errors
///
/// Fewer than two units; a statistic that exists in fewer than nine draws out of ten.
pub fn percentile_interval(
    units: usize,
    draws: usize,
    conf: f64,
    statistic: &mut dyn FnMut(&[usize]) -> Option<f64>,
) -> Stat<Interval> {
    if units < 2 {
        return Err(Reason::TooFew);
    }
    let mut dice = Dice::new();
    let mut places = vec![0; units];
    let mut found = Vec::with_capacity(draws);
    for _ in 0..draws {
        places.fill_with(|| dice.below(units));
        found.extend(statistic(&places));
    }
    if found.len() * 10 < draws * 9 {
        return Err(Reason::NoVariation);
    }
    found.sort_by(f64::total_cmp);
    let tail = (1.0 - conf) / 2.0;
    Ok(Interval {
        low: inverse_cdf(&found, tail),
        high: inverse_cdf(&found, 1.0 - tail),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The mean of 100 zeros and ones: within a percent of ±1.96·0.05 around one half.
    #[test]
    fn resampling_finds_the_error_of_a_mean() {
        let mut share = |drawn: &[usize]| {
            let ones = drawn.iter().filter(|i| **i % 2 == 1).count();
            Some(ones as f64 / drawn.len() as f64)
        };
        let found = percentile_interval(100, DRAWS, 0.95, &mut share).expect("an interval");
        assert!((found.low - 0.402).abs() < 0.011 && (found.high - 0.598).abs() < 0.011);
        assert_eq!(percentile_interval(100, DRAWS, 0.95, &mut share), Ok(found));
    }

    #[test]
    fn what_cannot_be_resampled_says_why() {
        let mut never = |_: &[usize]| None;
        let alone = percentile_interval(1, DRAWS, 0.95, &mut never);
        assert_eq!(alone, Err(Reason::TooFew));
        let nothing = percentile_interval(2, DRAWS, 0.95, &mut never);
        assert_eq!(nothing, Err(Reason::NoVariation));
    }

    /// Every split of two out of four is as likely as another.
    #[test]
    fn splits_are_even() {
        let mut dice = Dice::new();
        let mut first = [0; 4];
        for _ in 0..4_000 {
            let mut all = [0, 1, 2, 3];
            dice.split(&mut all, 2);
            first[all[0]] += 1;
            first[all[1]] += 1;
        }
        assert!(
            first.iter().all(|n| (1_850..2_150).contains(n)),
            "{first:?}"
        );
    }
}
