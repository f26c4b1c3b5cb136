//! How much a text resembles what may not be quoted, beside the turns that are recognised: a sum of weights, one for each of its
//! traits, learnt from the committed corpora (`likeness_tests`, which also says how much of a corpus that was not learnt
//! from is stopped). There are as many turns as there are wrongs, and no list ends. What is stopped so alone is said to be out
//! of prudence: nobody is accused of accusing.

use std::sync::LazyLock;

use super::findings::Looked;
use super::likeness_traits::{TRAITS, traits};

/// From this sum on, a text is stopped.
pub(super) const PRUDENCE: f64 = -0.36;
/// Below this sum, a turn that looks like an accusation is taken for innocent; names and contacts are not.
pub(super) const PLAIN: f64 = -0.5;
/// Below this one, a turn that looks like violence or illness is too: what one word tells of a body counts for more.
pub(super) const SURELY_PLAIN: f64 = -0.8;
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
    pub(super) fn sum(&self, traits: &[usize]) -> f64 {
        let steps = traits.iter().filter_map(|t| self.steps.get(*t));
        let sum: i32 = steps.map(|s| i32::from(*s)).sum();
        let many = (traits.len().max(1) as f64).sqrt();
        f64::from(sum) * self.step / many + self.base
    }
}

/// How much a text resembles what may not be quoted; nothing when it is too short to resemble anything.
pub(super) fn sum(said: &Looked) -> Option<f64> {
    static TABLE: LazyLock<Option<Weights>> =
        LazyLock::new(|| Weights::read(include_bytes!("likeness/weights.bin")));
    if said.own.iter().filter(|own| !**own).count() < WORDS {
        return None;
    }
    TABLE.as_ref().map(|weights| weights.sum(&traits(said)))
}

#[cfg(test)]
#[path = "likeness_tests.rs"]
mod likeness_tests;
