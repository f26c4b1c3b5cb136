//! Random draws by the hundred million: SplitMix64 (Steele, Lea and Flood 2014), one stream per site
//! and campaign, so that sites can be drawn in any order.

/// Step of the counter: the golden ratio in 64 bits.
const STEP: u64 = 0x9e37_79b9_7f4a_7c15;

/// A stream of draws.
#[derive(Debug, Clone)]
pub(super) struct CounterDice(u64);

impl CounterDice {
    /// The stream of a seed and of numbers that say what it is for.
    pub(super) fn new(seed: u64, purpose: &[u64]) -> Self {
        let mut dice = Self(seed);
        for number in purpose {
            dice.0 = dice.next() ^ number.wrapping_mul(STEP);
        }
        dice
    }

    /// 64 bits.
    pub(super) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(STEP);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// Nearly normal, of mean 0 and standard deviation 1.
    pub(super) fn normal(&mut self) -> f64 {
        bell(self.next())
    }

    /// One chance in `n`.
    pub(super) fn one_in(&mut self, n: u64) -> bool {
        self.next().is_multiple_of(n)
    }
}

/// The sum of four uniform draws of 12 bits, of mean 0 and standard deviation 1: close to normal, and
/// never beyond 3.5. The 16 highest bits are left for another draw.
pub(super) fn bell(bits: u64) -> f64 {
    let draws = (0..4).map(|i| (bits >> (12 * i)) & 0xfff);
    (draws.sum::<u64>() as f64 / 4096.0 - 2.0) * 3_f64.sqrt()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn draws_are_those_of_the_published_generator_and_spread_as_said() {
        // First values of SplitMix64 seeded by 1234567, from the reference implementation in C.
        let mut dice = CounterDice::new(1_234_567, &[]);
        let first = [dice.next(), dice.next()];
        assert_eq!(
            first,
            [6_457_827_717_110_365_317, 3_203_168_211_198_807_973]
        );
        let n = 100_000;
        let draws: Vec<f64> = (0..n).map(|_| dice.normal()).collect();
        let mean = draws.iter().sum::<f64>() / f64::from(n);
        let variance = draws.iter().map(|d| d * d).sum::<f64>() / f64::from(n);
        assert!(mean.abs() < 0.02 && (variance - 1.0).abs() < 0.02);
        let other = CounterDice::new(1_234_567, &[1]).next();
        assert_ne!(other, CounterDice::new(1_234_567, &[2]).next());
    }
}
