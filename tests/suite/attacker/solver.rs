//! Unknowns by name, bounds, linear equations; bounds tightened by each equation in turn, whole
//! numbers to whole numbers, until nothing moves; then, for who asks, all at once by a linear
//! programme, with what ties percents to their numbers.

use std::cell::RefCell;
use std::collections::{BTreeMap, HashMap};

use microlp::{ComparisonOp, LinearExpr, OptimizationDirection, Problem, Variable};

#[derive(Default)]
pub struct Solver {
    names: HashMap<String, usize>,
    low: Vec<f64>,
    high: Vec<f64>,
    whole: Vec<bool>,
    sums: Vec<Vec<(usize, f64)>>,
    /// Σ coefficient × unknown ≤ 0.
    at_most: Vec<Vec<(usize, f64)>>,
    /// Equations, then inequalities, in which each unknown stands; made once all is said.
    index: Vec<Vec<usize>>,
    /// Least and most that each unknown was in some solution: it may be either.
    seen: RefCell<Vec<(f64, f64)>>,
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

    /// Says that Σ coefficient × unknown is at most 0: only [`Solver::exact`] reads it.
    pub fn at_most(&mut self, terms: Vec<(usize, f64)>) {
        self.at_most.push(terms);
    }

    /// Ends what is said: bounds may then be asked for exactly.
    pub fn close(&mut self) {
        self.index = vec![Vec::new(); self.low.len()];
        self.seen = RefCell::new(vec![(f64::INFINITY, f64::NEG_INFINITY); self.low.len()]);
        for (e, terms) in self.sums.iter().chain(&self.at_most).enumerate() {
            for (x, _) in terms {
                self.index[*x].push(e);
            }
        }
    }

    fn row(&self, e: usize) -> &[(usize, f64)] {
        let rows = self.sums.len();
        if e < rows {
            &self.sums[e]
        } else {
            &self.at_most[e - rows]
        }
    }

    /// Whether two bounds still leave something open.
    fn is_open(&self, x: usize) -> bool {
        self.high[x] - self.low[x] > 1e-9
    }

    /// Rows that open unknowns tie to this one.
    fn block(&self, target: usize) -> Vec<usize> {
        let mut rows = Vec::new();
        let mut seen = vec![false; self.sums.len() + self.at_most.len()];
        let mut reached = vec![false; self.low.len()];
        let mut open = vec![target];
        reached[target] = true;
        while let Some(x) = open.pop() {
            for e in self.index[x].iter().copied() {
                if std::mem::replace(&mut seen[e], true) {
                    continue;
                }
                rows.push(e);
                for (y, _) in self.row(e) {
                    if self.is_open(*y) && !std::mem::replace(&mut reached[*y], true) {
                        open.push(*y);
                    }
                }
            }
        }
        rows
    }

    /// Whether solutions met so far already hold an unknown so far apart; for whole numbers, two of
    /// them.
    pub fn is_seen_apart(&self, name: &str, width: f64) -> bool {
        let Some(known) = self.names.get(name) else {
            return false;
        };
        let seen = self.seen.borrow();
        let Some((low, high)) = seen.get(*known).copied() else {
            return false;
        };
        if self.whole[*known] {
            (high + 1e-6).floor() - (low - 1e-6).ceil() >= width
        } else {
            high - low >= width
        }
    }

    /// Bounds under everything said at once; those of [`Solver::find`] where the programme gives no
    /// answer.
    pub fn exact(&self, name: &str) -> Option<(f64, f64)> {
        let target = *self.names.get(name)?;
        let (low, high) = (self.low[target], self.high[target]);
        if !self.is_open(target) || self.index.is_empty() {
            return Some((low, high));
        }
        let rows = self.block(target);
        let least = self.extreme(target, &rows, OptimizationDirection::Minimize);
        let most = self.extreme(target, &rows, OptimizationDirection::Maximize);
        let (mut least, mut most) = (least.unwrap_or(low), most.unwrap_or(high));
        if self.whole[target] {
            least = (least - 1e-6).ceil();
            most = (most + 1e-6).floor();
        }
        Some((least.max(low), most.min(high)))
    }

    fn extreme(&self, target: usize, rows: &[usize], way: OptimizationDirection) -> Option<f64> {
        let mut problem = Problem::new(way);
        let mut variables: HashMap<usize, Variable> = HashMap::new();
        for e in rows.iter().copied() {
            let mut known = 0.0;
            let mut terms: BTreeMap<usize, f64> = BTreeMap::new();
            for (x, a) in self.row(e) {
                if self.is_open(*x) {
                    *terms.entry(*x).or_default() += a;
                } else {
                    known += a * self.low[*x];
                }
            }
            let mut row = LinearExpr::empty();
            for (x, a) in terms {
                let weight = f64::from(u8::from(x == target));
                let bounds = (self.low[x], self.high[x]);
                let variable = variables
                    .entry(x)
                    .or_insert_with(|| problem.add_var(weight, bounds));
                row.add(*variable, a);
            }
            if e < self.sums.len() {
                // Bounds of print meet to a millionth, no closer.
                problem.add_constraint(row.clone(), ComparisonOp::Le, -known + 1e-6);
                problem.add_constraint(row, ComparisonOp::Ge, -known - 1e-6);
            } else {
                problem.add_constraint(row, ComparisonOp::Le, -known + 1e-6);
            }
        }
        let solved = problem.solve().ok()?.into_solution().ok()?;
        let mut seen = self.seen.borrow_mut();
        for (x, variable) in &variables {
            let value = solved.var_value(*variable);
            seen[*x] = (seen[*x].0.min(value), seen[*x].1.max(value));
        }
        Some(solved.objective())
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
