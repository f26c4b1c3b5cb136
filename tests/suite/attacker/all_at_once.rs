//! Everything said solved at once by a linear programme, with what ties percents to their numbers.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet, HashMap};

use microlp::{ComparisonOp, LinearExpr, OptimizationDirection, Problem, Variable};

use super::solver::{KEPT, Solver};

/// Bounds of print meet to a millionth, no closer.
const CLOSE: f64 = 1e-6;

/// Least and most of a sum of terms.
#[derive(Clone, Copy, Default)]
struct Reach {
    low: f64,
    high: f64,
}

impl Reach {
    fn add(&mut self, factor: f64, (low, high): (f64, f64)) {
        let (a, b) = (factor * low, factor * high);
        self.low += a.min(b);
        self.high += a.max(b);
    }
}

impl Solver {
    /// Ends what is said: bounds may then be asked for exactly. Rows that hold whatever the unknowns
    /// that other rows tie may be, since something stands in them alone that makes up for it, are set
    /// aside, then those that thereby come to be so.
    pub fn close(&mut self) {
        self.index = vec![Vec::new(); self.low.len()];
        self.seen = RefCell::new(vec![(f64::INFINITY, f64::NEG_INFINITY); self.low.len()]);
        for (e, terms) in self.sums.iter().chain(&self.at_most).enumerate() {
            for (x, _) in terms {
                self.index[*x].push(e);
            }
        }
        let mut left: Vec<usize> = (0..self.sums.len() + self.at_most.len()).collect();
        let mut rows: Vec<usize> = self.index.iter().map(Vec::len).collect();
        self.stage = vec![KEPT; left.len()];
        for stage in 0.. {
            let (aside, kept): (Vec<usize>, Vec<usize>) =
                left.into_iter().partition(|e| self.leaves_room(*e, &rows));
            if aside.is_empty() {
                break;
            }
            for e in &aside {
                self.stage[*e] = stage;
                for (x, _) in self.row(*e) {
                    rows[*x] -= 1;
                }
            }
            left = kept;
        }
    }

    /// Whether what stands in this row alone makes up for all that the rest of it can be.
    fn leaves_room(&self, e: usize, rows: &[usize]) -> bool {
        let (mut tied, mut free) = (Reach::default(), Reach::default());
        for (x, a) in self.row(e) {
            let is_free = self.is_open(*x) && rows[*x] == 1;
            let reach = if is_free { &mut free } else { &mut tied };
            reach.add(*a, (self.low[*x], self.high[*x]));
        }
        let under = free.low + tied.high <= CLOSE;
        let over = free.high + tied.low >= -CLOSE;
        under && (over || e >= self.sums.len())
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

    /// Rows that open unknowns tie to this one, but those set aside before it was.
    fn block(&self, target: usize) -> Vec<usize> {
        let own = self.index[target].iter().map(|e| self.stage[*e]);
        let since = own.max().unwrap_or(KEPT);
        let mut rows = Vec::new();
        let mut seen = vec![false; self.stage.len()];
        let mut reached = vec![false; self.low.len()];
        let mut open = vec![target];
        reached[target] = true;
        while let Some(x) = open.pop() {
            for e in self.index[x].iter().copied() {
                if self.stage[e] < since || std::mem::replace(&mut seen[e], true) {
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

    /// Least and most that an unknown was in the solutions met so far; none before any.
    pub fn seen(&self, name: &str) -> Option<(f64, f64)> {
        let known = *self.names.get(name)?;
        let (low, high) = self.seen.borrow().get(known).copied()?;
        (low <= high).then_some((low, high))
    }

    /// Whether they already hold a whole number so far apart.
    pub fn is_seen_apart(&self, name: &str, width: f64) -> bool {
        self.seen(name)
            .is_some_and(|(low, high)| (high + 1e-6).floor() - (low - 1e-6).ceil() >= width)
    }

    /// Meets solutions that hold these unknowns far apart, many at once: each goes one way, then the
    /// other, drawn anew every round.
    pub fn spread<'a>(&self, names: impl Iterator<Item = &'a str>, rounds: u64) {
        let known = names.filter_map(|name| self.names.get(name).copied());
        let mut left: BTreeSet<usize> = known.filter(|x| self.is_open(*x)).collect();
        while let Some(first) = left.first().copied() {
            let rows = self.block(first);
            let inside: BTreeSet<usize> = (rows.iter())
                .flat_map(|e| self.row(*e))
                .map(|(x, _)| *x)
                .filter(|x| left.contains(x))
                .chain([first])
                .collect();
            for round in 0..rounds {
                let weights: BTreeMap<usize, f64> = (inside.iter())
                    .map(|x| (*x, side(*x, round) / (self.high[*x] - self.low[*x])))
                    .collect();
                for way in [
                    OptimizationDirection::Minimize,
                    OptimizationDirection::Maximize,
                ] {
                    self.extreme(&weights, &rows, way);
                }
            }
            left.retain(|x| !inside.contains(x));
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
        let alone = BTreeMap::from([(target, 1.0)]);
        let least = self.extreme(&alone, &rows, OptimizationDirection::Minimize);
        let most = self.extreme(&alone, &rows, OptimizationDirection::Maximize);
        let (mut least, mut most) = (least.unwrap_or(low), most.unwrap_or(high));
        if self.whole[target] {
            least = (least - 1e-6).ceil();
            most = (most + 1e-6).floor();
        }
        Some((least.max(low), most.min(high)))
    }

    /// The least or the most of a weighted sum of unknowns.
    fn extreme(
        &self,
        weights: &BTreeMap<usize, f64>,
        rows: &[usize],
        way: OptimizationDirection,
    ) -> Option<f64> {
        let mut problem = Problem::new(way);
        let mut variables: HashMap<usize, Variable> = HashMap::new();
        let mut stands: HashMap<usize, usize> = HashMap::new();
        for (x, _) in rows.iter().flat_map(|e| self.row(*e)) {
            *stands.entry(*x).or_default() += 1;
        }
        for e in rows.iter().copied() {
            // What is known, and what stands here alone.
            let mut rest = Reach::default();
            let mut row = LinearExpr::empty();
            for (x, a) in self.row(e) {
                let bounds = (self.low[*x], self.high[*x]);
                if !self.is_open(*x) || (stands[x] == 1 && !weights.contains_key(x)) {
                    rest.add(*a, bounds);
                    continue;
                }
                let weight = weights.get(x).copied().unwrap_or(0.0);
                let variable = variables
                    .entry(*x)
                    .or_insert_with(|| problem.add_var(weight, bounds));
                row.add(*variable, *a);
            }
            if self.row(e).iter().all(|(x, _)| !variables.contains_key(x)) {
                continue;
            }
            problem.add_constraint(row.clone(), ComparisonOp::Le, CLOSE - rest.low);
            if e < self.sums.len() {
                problem.add_constraint(row, ComparisonOp::Ge, -CLOSE - rest.high);
            }
        }
        let solved = problem.solve().ok().and_then(|o| o.into_solution().ok());
        let Some(solved) = solved else {
            self.unsolved.set(self.unsolved.get() + 1);
            return None;
        };
        let mut seen = self.seen.borrow_mut();
        for (x, variable) in &variables {
            let value = solved.var_value(*variable);
            seen[*x] = (seen[*x].0.min(value), seen[*x].1.max(value));
        }
        Some(solved.objective())
    }
}

/// Which way an unknown goes in a round: all together in the first, then at random.
fn side(x: usize, round: u64) -> f64 {
    let mixed = (x as u64 + 1)
        .wrapping_mul(0x9E37_79B9_7F4A_7C15)
        .rotate_left(17 * round as u32);
    if round == 0 || mixed.count_ones().is_multiple_of(2) {
        1.0
    } else {
        -1.0
    }
}
