//! How much a text resembles what may not be quoted, beside the turns that are recognised: a sum of weights, one for each of its
//! traits, learnt from the committed corpora (`likeness_tests`, which also says how much of a corpus that was not learnt
//! from is stopped). There are as many turns as there are wrongs, and no list ends. A text is worth its worst clause, or all of
//! it where that is worse. What is stopped so alone is said to be out of prudence: nobody is accused of accusing.

use std::sync::LazyLock;

use super::findings::Looked;
use super::likeness_traits::{TRAITS, traits};

/// From this sum on, a text is stopped.
pub(super) const PRUDENCE: f64 = -0.24;
/// Below this sum, a turn that looks like an accusation is taken for innocent; names and contacts are not.
pub(super) const PLAIN: f64 = -0.64;
/// Below this one, a turn that looks like violence or illness is too: what one word tells of a body counts for more.
pub(super) const SURELY_PLAIN: f64 = -0.84;
/// Fewer words resemble anything.
const WORDS: usize = 3;

/// Weights of traits.
pub(super) struct Weights {
    /// One a trait, in steps.
    pub(super) steps: Vec<i8>,
    /// What a step is worth.
    pub(super) step: f64,
    /// What a text of no trait has.
    pub(super) base: f64,
}

impl Weights {
    /// Reads a table: a step, the base (each a number on four bytes, the lowest first), then a byte a trait.
    pub(super) fn read(table: &[u8]) -> Option<Self> {
        let (step, rest) = table.split_first_chunk::<4>()?;
        let (base, steps) = rest.split_first_chunk::<4>()?;
        (steps.len() == TRAITS).then(|| Self {
            steps: steps.iter().map(|b| b.cast_signed()).collect(),
            step: f64::from(f32::from_le_bytes(*step)),
            base: f64::from(f32::from_le_bytes(*base)),
        })
    }

    /// The sum of a text, over the root of how many traits it has: long ones are no guiltier.
    fn sum(&self, traits: &[usize]) -> f64 {
        let steps = traits.iter().filter_map(|t| self.steps.get(*t));
        let sum: i32 = steps.map(|s| i32::from(*s)).sum();
        let many = (traits.len().max(1) as f64).sqrt();
        f64::from(sum) * self.step / many + self.base
    }

    /// The greatest sum of some.
    pub(super) fn worst(&self, all: &[Vec<usize>]) -> Option<f64> {
        all.iter().map(|traits| self.sum(traits)).reduce(f64::max)
    }
}

/// The traits by which a text, or a clause of it, is weighed; nothing when it is too short to resemble anything.
pub(super) fn weighable(said: &Looked) -> Option<Vec<usize>> {
    let words = said.own.iter().filter(|own| !**own).count();
    (words >= WORDS).then(|| traits(said))
}

/// How much the worst of these resembles what may not be quoted.
pub(super) fn worst(all: &[Vec<usize>]) -> Option<f64> {
    static TABLE: LazyLock<Option<Weights>> =
        LazyLock::new(|| Weights::read(include_bytes!("likeness/weights.bin")));
    TABLE.as_ref()?.worst(all)
}

#[cfg(test)]
#[path = "likeness_tests.rs"]
mod likeness_tests;
