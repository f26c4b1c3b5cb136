//! Small files that each name those they had seen. Their order depends on nothing but their set: each
//! after those that it had seen, then by name. Two that had not seen each other were written at once,
//! on two machines.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet, BinaryHeap, HashMap};

/// Files in order, and who had seen whom.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Lineage {
    /// Names, in order.
    pub(crate) order: Vec<String>,
    /// Those that no other has seen.
    pub(crate) heads: Vec<String>,
    /// Who had seen whom, by rank in the order.
    pub(crate) ancestry: Ancestry,
}

/// Who had seen whom.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) enum Ancestry {
    /// Each had seen the one before it, and so all of them.
    #[default]
    Line,
    /// For each, those that it had seen, one bit each.
    Sets(Vec<Vec<u64>>),
}

/// A file that another had seen, and that is no more.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct MissingFile {
    /// Its name.
    pub(crate) name: String,
}

impl Lineage {
    /// Of names, each with those that it had seen.
    ///
    /// # Errors
    ///
    /// One that was seen and is not there: the folder is not whole.
    pub(crate) fn of(seen: &BTreeMap<&str, &[String]>) -> Result<Self, MissingFile> {
        let order = in_order(seen)?;
        let named: BTreeSet<&String> = seen.values().flat_map(|s| s.iter()).collect();
        let heads = seen.keys().map(|n| (*n).to_owned());
        Ok(Self {
            heads: heads.filter(|n| !named.contains(n)).collect(),
            ancestry: Ancestry::of(&order, seen),
            order: order.into_iter().map(str::to_owned).collect(),
        })
    }
}

/// Names, each after those that it had seen, then the smallest first.
fn in_order<'a>(all: &BTreeMap<&'a str, &[String]>) -> Result<Vec<&'a str>, MissingFile> {
    let mut awaited: HashMap<&str, usize> = HashMap::new();
    let mut followers: HashMap<&str, Vec<&'a str>> = HashMap::new();
    let mut ready: BinaryHeap<Reverse<&'a str>> = BinaryHeap::new();
    for (name, seen) in all {
        let seen: BTreeSet<&String> = seen.iter().collect();
        for &earlier in &seen {
            if !all.contains_key(earlier.as_str()) {
                let name = earlier.clone();
                return Err(MissingFile { name });
            }
            followers.entry(earlier).or_default().push(name);
        }
        awaited.insert(name, seen.len());
        if seen.is_empty() {
            ready.push(Reverse(name));
        }
    }
    let mut order = Vec::with_capacity(all.len());
    while let Some(Reverse(name)) = ready.pop() {
        order.push(name);
        for &follower in followers.get(name).into_iter().flatten() {
            if let Some(count) = awaited.get_mut(follower) {
                *count -= 1;
                if *count == 0 {
                    ready.push(Reverse(follower));
                }
            }
        }
    }
    Ok(order)
}

impl Ancestry {
    fn of(order: &[&str], all: &BTreeMap<&str, &[String]>) -> Self {
        let seen = |name: &str| all.get(name).copied().unwrap_or_default();
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
    pub(crate) fn precedes(&self, earlier: usize, later: usize) -> bool {
        match self {
            Self::Line => earlier < later,
            Self::Sets(sets) => sets
                .get(later)
                .and_then(|set| set.get(earlier / 64))
                .is_some_and(|word| word & (1 << (earlier % 64)) != 0),
        }
    }

    /// Those of some ranks that no other of them had seen.
    pub(crate) fn latest(&self, ranks: &[usize]) -> Vec<usize> {
        let is_seen = |r: usize| ranks.iter().any(|other| self.precedes(r, *other));
        ranks.iter().copied().filter(|r| !is_seen(*r)).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_seen_comes_first_and_the_rest_was_done_at_once() {
        let owned = |names: &[&str]| names.iter().map(|n| (*n).to_owned()).collect::<Vec<_>>();
        let (none, m, both) = (owned(&[]), owned(&["m"]), owned(&["a", "z"]));
        let all: BTreeMap<&str, &[String]> = [
            ("z", m.as_slice()),
            ("m", none.as_slice()),
            ("a", m.as_slice()),
            ("b", both.as_slice()),
        ]
        .into();
        let lineage = Lineage::of(&all).expect("whole");
        assert_eq!(lineage.order, ["m", "a", "z", "b"]);
        assert_eq!(lineage.heads, ["b"]);
        let seen = |a, b| lineage.ancestry.precedes(a, b);
        assert!(seen(0, 1) && seen(0, 3) && seen(1, 3) && seen(2, 3));
        assert!(!seen(1, 2) && !seen(2, 1) && !seen(3, 0));
        assert_eq!(lineage.ancestry.latest(&[0, 1, 2]), [1, 2]);
        let alone: BTreeMap<&str, &[String]> = [("z", m.as_slice())].into();
        let missing = Lineage::of(&alone).expect_err("not whole");
        assert_eq!(missing.name, "m");
    }
}
