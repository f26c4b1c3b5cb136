//! Which action had seen which: two that had not seen each other were done at once, on two machines.

use std::collections::{BTreeMap, HashMap};

use super::manifest::ActionManifest;

/// Who came before whom, by rank in the order of the state.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) enum Ancestry {
    /// Each had seen the one before it, and so all of them.
    #[default]
    Line,
    /// For each, those that it had seen, one bit each.
    Sets(Vec<Vec<u64>>),
}

impl Ancestry {
    /// Of manifests in an order in which those that were seen come first.
    pub(super) fn of(order: &[&str], manifests: &BTreeMap<String, ActionManifest>) -> Self {
        let seen = |name: &str| {
            manifests
                .get(name)
                .map(|m| m.seen.as_slice())
                .unwrap_or_default()
        };
        let follows = |pair: &[&str]| seen(pair[1]).iter().any(|s| s == pair[0]);
        if order.windows(2).all(follows) {
            return Self::Line;
        }
        let ranks: HashMap<&str, usize> = order.iter().enumerate().map(|(r, n)| (*n, r)).collect();
        let words = order.len().div_ceil(64);
        let mut sets: Vec<Vec<u64>> = Vec::with_capacity(order.len());
        for name in order {
            let mut set = vec![0; words];
            for rank in seen(name).iter().filter_map(|s| ranks.get(s.as_str())) {
                set[rank / 64] |= 1 << (rank % 64);
                for (word, earlier) in set.iter_mut().zip(&sets[*rank]) {
                    *word |= earlier;
                }
            }
            sets.push(set);
        }
        Self::Sets(sets)
    }

    /// Whether one had been seen by another.
    pub(super) fn precedes(&self, earlier: usize, later: usize) -> bool {
        match self {
            Self::Line => earlier < later,
            Self::Sets(sets) => sets
                .get(later)
                .and_then(|set| set.get(earlier / 64))
                .is_some_and(|word| word & (1 << (earlier % 64)) != 0),
        }
    }
}
