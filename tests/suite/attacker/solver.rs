//! Unknowns by name, bounds, linear equations; bounds tightened by each equation in turn, whole
//! numbers to whole numbers, until nothing moves.

use std::collections::HashMap;

#[derive(Default)]
pub struct Solver {
    names: HashMap<String, usize>,
    low: Vec<f64>,
    high: Vec<f64>,
    whole: Vec<bool>,
    sums: Vec<Vec<(usize, f64)>>,
}

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
        let mut terms = parts.to_vec();
        terms.push((total, -1.0));
        self.sums.push(terms);
    }

    /// `total` = weighted mean of the parts.
    pub fn mean(&mut self, total: usize, parts: &[(usize, f64)]) {
        let weight: f64 = parts.iter().map(|p| p.1).sum();
        let parts: Vec<(usize, f64)> = parts.iter().map(|(p, w)| (*p, w / weight)).collect();
        self.sum(total, &parts);
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
