//! Unknowns by name, bounds, linear equations; bounds tightened by each equation in turn, whole
//! numbers to whole numbers, until nothing moves; then, for who asks, all at once by a linear
//! programme, with what ties percents to their numbers.

use std::cell::{Cell, RefCell};
use std::collections::{BTreeMap, HashMap, HashSet};

#[derive(Default)]
pub struct Solver {
    pub names: HashMap<String, usize>,
    pub low: Vec<f64>,
    pub high: Vec<f64>,
    pub whole: Vec<bool>,
    pub sums: Vec<Vec<(usize, f64)>>,
    /// Σ coefficient × unknown ≤ 0.
    pub at_most: Vec<Vec<(usize, f64)>>,
    /// What was said already.
    said: HashSet<Vec<(usize, u64)>>,
    /// Equations, then inequalities, in which each unknown stands; made once all is said.
    pub index: Vec<Vec<usize>>,
    /// When each of them was set aside: others that are left then leave room for it.
    pub stage: Vec<usize>,
    /// Least and most that each unknown was in some solution: it may be either.
    pub seen: RefCell<Vec<(f64, f64)>>,
    /// Times that the programme gave no answer.
    pub unsolved: Cell<usize>,
}

/// Stage of what is never set aside.
pub const KEPT: usize = usize::MAX;

impl Solver {
    /// An unknown, made with these bounds the first time.
    pub fn unknown(&mut self, name: &str, low: f64, high: f64, whole: bool) -> usize {
        if let Some(&known) = self.names.get(name) {
            return known;
        }
        self.names.insert(name.to_owned(), self.low.len());
        self.low.push(low);
        self.high.push(high);
        self.whole.push(whole);
        self.low.len() - 1
    }

    pub fn level(&mut self, name: &str) -> usize {
        self.unknown(name, 1.0, 4.0, false)
    }

    pub fn number(&mut self, name: &str) -> usize {
        self.unknown(name, 0.0, 10_000.0, true)
    }

    /// Says that a name never heard of is another one for a known unknown.
    pub fn same(&mut self, name: &str, known: usize) {
        assert!(
            self.names.insert(name.to_owned(), known).is_none(),
            "{name} is known"
        );
    }

    pub fn find(&self, name: &str) -> Option<(f64, f64)> {
        let known = *self.names.get(name)?;
        Some((self.low[known], self.high[known]))
    }

    /// Learns that an unknown lies between two values.
    pub fn learn(&mut self, unknown: usize, low: f64, high: f64) {
        self.low[unknown] = self.low[unknown].max(low);
        self.high[unknown] = self.high[unknown].min(high);
        assert!(
            self.low[unknown] <= self.high[unknown] + 1e-6,
            "what was printed contradicts itself: {:?} {} {}",
            self.names.iter().find(|(_, i)| **i == unknown),
            self.low[unknown],
            self.high[unknown]
        );
    }

    /// `total` = Σ weight × part.
    pub fn sum(&mut self, total: usize, parts: &[(usize, f64)]) {
        let mut terms: BTreeMap<usize, f64> = BTreeMap::from([(total, -1.0)]);
        for (part, weight) in parts {
            *terms.entry(*part).or_default() += weight;
        }
        let terms: Vec<(usize, f64)> = terms.into_iter().collect();
        if self.is_new(&terms) {
            self.sums.push(terms);
        }
    }

    /// `total` = weighted mean of the parts.
    pub fn mean(&mut self, total: usize, parts: &[(usize, f64)]) {
        let weight: f64 = parts.iter().map(|p| p.1).sum();
        let parts: Vec<(usize, f64)> = parts.iter().map(|(p, w)| (*p, w / weight)).collect();
        self.sum(total, &parts);
    }

    /// Says that Σ coefficient × unknown is at most 0: only [`Solver::exact`] reads it.
    pub fn at_most(&mut self, terms: Vec<(usize, f64)>) {
        if self.is_new(&terms) {
            self.at_most.push(terms);
        }
    }

    /// Several deliveries say the same of what they share.
    fn is_new(&mut self, terms: &[(usize, f64)]) -> bool {
        let bits = terms.iter().map(|(x, a)| (*x, a.to_bits()));
        self.said.insert(bits.collect())
    }

    pub fn tighten(&mut self) {
        for _ in 0..200 {
            let mut moved = false;
            for e in 0..self.sums.len() {
                moved |= self.once(e);
            }
            if !moved {
                return;
            }
        }
    }

    fn once(&mut self, equation: usize) -> bool {
        let terms = self.sums[equation].clone();
        let mut moved = false;
        for (i, &(x, a)) in terms.iter().enumerate() {
            // a·x = −(the others)
            let (mut low, mut high) = (0.0, 0.0);
            for (j, &(y, b)) in terms.iter().enumerate() {
                if i != j {
                    let (p, q) = (b * self.low[y], b * self.high[y]);
                    low -= p.max(q);
                    high -= p.min(q);
                }
            }
            let (mut low, mut high) = if a > 0.0 {
                (low / a, high / a)
            } else {
                (high / a, low / a)
            };
            if self.whole[x] {
                low = (low - 1e-6).ceil();
                high = (high + 1e-6).floor();
            }
            if low > self.low[x] + 1e-7 {
                self.low[x] = low.min(self.high[x]);
                moved = true;
            }
            if high < self.high[x] - 1e-7 {
                self.high[x] = high.max(self.low[x]);
                moved = true;
            }
        }
        moved
    }
}

#[test]
fn the_solver_finds_what_is_left_of_a_total() {
    let mut s = Solver::default();
    let total = s.number("T");
    let (a, b) = (s.number("a"), s.number("b"));
    s.sum(total, &[(a, 1.0), (b, 1.0)]);
    s.learn(total, 12.0, 12.0);
    s.learn(a, 7.4, 8.2);
    s.tighten();
    assert_eq!(s.find("b"), Some((4.0, 4.0)));
}

/// What stands alone is set aside, and is still bounded by all that is said.
#[test]
fn the_solver_bounds_what_it_sets_aside() {
    let mut s = Solver::default();
    let (a, b, c) = (s.level("a"), s.level("b"), s.level("c"));
    let (mean, other) = (s.level("mean"), s.level("other"));
    let six = s.unknown("6", 6.0, 6.0, false);
    s.mean(mean, &[(a, 1.0), (b, 1.0)]);
    s.sum(six, &[(a, 1.0), (c, 1.0)]);
    s.sum(six, &[(b, 1.0), (c, -1.0), (other, 2.0)]);
    s.tighten();
    s.close();
    assert!(s.stage.iter().any(|stage| *stage != KEPT));
    let (low, high) = s.exact("mean").expect("known");
    // b = 6 − 2 × other + c and a = 6 − c: their mean is 6 − other, b and c in their bounds.
    assert!(
        (low - 2.0).abs() < 1e-4 && (high - 4.0).abs() < 1e-4,
        "{low} {high}"
    );
    s.spread(["mean", "other"].into_iter(), 2);
    assert!(s.seen("mean").is_some() && s.unsolved.get() == 0);
}

#[test]
fn the_solver_sees_through_a_ring_and_through_percents() {
    let mut s = Solver::default();
    let (a, b) = (s.level("a"), s.level("b"));
    let five = s.unknown("5", 5.0, 5.0, false);
    let zero = s.unknown("0", 0.0, 0.0, false);
    s.sum(five, &[(a, 1.0), (b, 1.0)]);
    s.sum(zero, &[(a, 1.0), (b, -1.0)]);
    let (c, n) = (s.number("c"), s.number("n"));
    s.learn(n, 10.0, 19.0);
    s.learn(c, 4.0, 20.0);
    s.at_most(vec![(c, 1.0), (n, -0.26)]);
    s.tighten();
    s.close();
    assert_eq!(s.find("a"), Some((1.0, 4.0)));
    let (low, high) = s.exact("a").expect("known");
    assert!((low - 2.5).abs() < 1e-4 && (high - 2.5).abs() < 1e-4);
    assert_eq!(s.exact("c"), Some((4.0, 4.0)));
    assert_eq!(s.exact("n"), Some((16.0, 19.0)));
}
