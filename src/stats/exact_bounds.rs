//! Exact bounds of an unknown under linear equations, where propagating intervals leaves them open:
//! equations that form a ring (a + b = 5, a − b = 0). What hangs on no ring is exact already (Davis
//! 1987) and is left out; the rest is a small linear programme, solved twice (least and most).

use std::cell::{Cell, RefCell};
use std::sync::Arc;

use microlp::OptimizationDirection;

use super::equation_rings::{Branches, Extreme, Ring, Rings, Solution};
use super::feasible::System;

/// Cells (equations × unknowns) of the largest ring that is solved.
const LARGEST: u64 = 1_000_000;

/// Solutions that are tried before solving again, at most.
const KEPT: usize = 16;
/// Of these, how many are handed on: one is kept for each axe of each site.
const HANDED_ON: usize = 4;

/// How much may still be solved of systems alike, in cells of the rings: counted and never timed, so that
/// the same figures are decided alike on every machine. Solutions found are kept: one that holds in the
/// next system is not searched again.
#[derive(Debug)]
pub struct Effort {
    left: Cell<u64>,
    found: RefCell<FoundSolutions>,
}

/// Solutions found of systems alike, the latest first, that may hold in the next one.
#[derive(Debug, Clone, Default)]
pub struct FoundSolutions(Vec<Arc<Solution>>);

impl Effort {
    /// So many cells.
    pub fn new(cells: u64) -> Self {
        Self::knowing(cells, FoundSolutions::default())
    }

    /// So many cells, and what was found of systems alike.
    pub fn knowing(cells: u64, found: FoundSolutions) -> Self {
        Self {
            left: Cell::new(cells),
            found: RefCell::new(found),
        }
    }

    /// What was found last.
    pub fn into_found(self) -> FoundSolutions {
        let FoundSolutions(mut found) = self.found.into_inner();
        found.truncate(HANDED_ON);
        FoundSolutions(found)
    }

    fn keep(&self, solution: Solution) {
        let FoundSolutions(found) = &mut *self.found.borrow_mut();
        found.insert(0, Arc::new(solution));
        found.truncate(KEPT);
    }

    /// Whether nothing more is solved.
    pub fn is_spent(&self) -> bool {
        self.left.get() == 0
    }

    /// Takes what a ring costs; whether there was enough, and the ring not too large.
    fn takes(&self, cells: u64) -> bool {
        let left = self.left.get().checked_sub(cells);
        self.left.set(left.unwrap_or(0));
        left.is_some() && cells <= LARGEST
    }
}

/// What all equations of a tightened system leave possible of its unknowns. What hangs on a ring by one
/// unknown is exact once that unknown is; and each solution found stands for all unknowns of its ring, so
/// that what it shows to be possible is not solved again.
pub struct ExactBounds<'a> {
    system: &'a System,
    effort: &'a Effort,
    rings: Rings,
    branches: Branches,
    /// Whether earlier solutions were tried.
    is_recalled: bool,
    /// Least and most of each unknown of a ring among the solutions found so far.
    seen: Vec<Option<(f64, f64)>>,
    /// Least of those that were solved.
    least: Vec<Option<f64>>,
    /// Most of those that were solved.
    most: Vec<Option<f64>>,
}

impl<'a> ExactBounds<'a> {
    /// Of a system once tightened.
    pub fn of(system: &'a System, effort: &'a Effort) -> Self {
        let rings = Rings::of(system);
        Self {
            system,
            effort,
            branches: Branches::of(system, &rings),
            rings,
            is_recalled: false,
            seen: vec![None; system.len()],
            least: vec![None; system.len()],
            most: vec![None; system.len()],
        }
    }

    /// Least and most that an unknown can be. None when it stays undecided: the solver gives no answer
    /// that it can verify, or the effort is spent.
    pub fn bounds(&mut self, target: usize) -> Option<(f64, f64)> {
        let Some(root) = self.branches.root(&self.rings, target) else {
            return Some(self.system.bounds(target));
        };
        let range = self.solve(root)?;
        Some(self.branches.bounds(self.system, target, range))
    }

    /// Whether what remains possible of an unknown is enough, for a condition that wider bounds only meet
    /// better. None when undecided.
    pub fn leave(&mut self, target: usize, is_enough: impl Fn(f64, f64) -> bool) -> Option<bool> {
        let (least, most) = self.system.bounds(target);
        if !is_enough(least, most) {
            return Some(false);
        }
        let Some(root) = self.branches.root(&self.rings, target) else {
            return Some(true);
        };
        self.recall();
        let meets = |exact: &Self, range: (f64, f64)| {
            let (low, high) = exact.branches.bounds(exact.system, target, range);
            is_enough(low, high)
        };
        if self.seen[root].is_some_and(|range| meets(self, range)) {
            return Some(true);
        }
        self.least(root)?;
        if self.seen[root].is_some_and(|range| meets(self, range)) {
            return Some(true);
        }
        self.solve(root).map(|range| meets(self, range))
    }

    /// Sees what earlier solutions show, where they hold here.
    fn recall(&mut self) {
        if std::mem::replace(&mut self.is_recalled, true) {
            return;
        }
        for solution in &self.effort.found.borrow().0 {
            if self.rings.hold(self.system, solution) {
                see(&mut self.seen, solution);
            }
        }
    }

    /// Least and most of an unknown of a ring.
    fn solve(&mut self, root: usize) -> Option<(f64, f64)> {
        let low = self.least(root)?;
        if self.most[root].is_none() {
            let ring = Ring::around(self.system, &self.rings, root);
            let found = ring.extreme(OptimizationDirection::Maximize)?;
            let high = self.learn(found);
            self.most[root] = Some(high.min(self.system.bounds(root).1));
        }
        Some((low, self.most[root]?))
    }

    /// The least of an unknown of a ring; takes the effort of solving it both ways.
    fn least(&mut self, root: usize) -> Option<f64> {
        if self.least[root].is_none() {
            let ring = Ring::around(self.system, &self.rings, root);
            if !self.effort.takes(ring.cells()) {
                return None;
            }
            let found = ring.extreme(OptimizationDirection::Minimize)?;
            let low = self.learn(found);
            self.least[root] = Some(low.max(self.system.bounds(root).0));
        }
        self.least[root]
    }

    fn learn(&mut self, found: Extreme) -> f64 {
        see(&mut self.seen, &found.solution);
        self.effort.keep(found.solution);
        found.value
    }
}

/// What a solution shows to be possible of each unknown in it.
fn see(seen: &mut [Option<(f64, f64)>], solution: &Solution) {
    for (unknown, value) in solution {
        let (low, high) = seen[*unknown].unwrap_or((*value, *value));
        seen[*unknown] = Some((low.min(*value), high.max(*value)));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bounds_of(system: &mut System, unknown: usize) -> (f64, f64) {
        system.tighten();
        let effort = Effort::new(1_000);
        let mut exact = ExactBounds::of(system, &effort);
        exact.bounds(unknown).expect("decided")
    }

    /// What would take too long is undecided, once and for all.
    #[test]
    fn what_is_beyond_the_effort_is_undecided() {
        let mut system = System::default();
        let (a, b) = (system.unknown(1.0, 4.0), system.unknown(1.0, 4.0));
        system.tie(vec![(a, 1.0), (b, -1.0)]);
        system.tie(vec![(a, 2.0), (b, -2.0)]);
        system.tighten();
        let effort = Effort::new(6);
        let mut exact = ExactBounds::of(&system, &effort);
        assert!(exact.bounds(a).is_some());
        assert_eq!(exact.bounds(b), None);
        assert!(effort.is_spent());
        let little = Effort::new(3);
        assert_eq!(ExactBounds::of(&system, &little).bounds(a), None);
    }

    /// a + b = 5 and a − b = 0: intervals leave [1, 4], and a is 2,5.
    #[test]
    fn a_ring_that_intervals_leave_open_is_solved() {
        let mut system = System::default();
        let (a, b) = (system.unknown(1.0, 4.0), system.unknown(1.0, 4.0));
        let five = system.unknown(5.0, 5.0);
        system.tie(vec![(a, 1.0), (b, 1.0), (five, -1.0)]);
        system.tie(vec![(a, 1.0), (b, -1.0)]);
        let (low, high) = bounds_of(&mut system, a);
        assert!(system.bounds(a).1 - system.bounds(a).0 > 2.9);
        assert!(
            (low - 2.5).abs() < 1e-6 && (high - 2.5).abs() < 1e-6,
            "{low} {high}"
        );
    }

    /// The same ring with a free part: what is left is what the part can be.
    #[test]
    fn what_stands_alone_keeps_its_room() {
        let mut system = System::default();
        let (a, b) = (system.unknown(1.0, 4.0), system.unknown(1.0, 4.0));
        let (sum, own) = (system.unknown(4.9, 5.1), system.unknown(-0.2, 0.2));
        system.tie(vec![(a, 1.0), (b, 1.0), (sum, -1.0)]);
        system.tie(vec![(a, 1.0), (b, -1.0), (own, 1.0)]);
        let (low, high) = bounds_of(&mut system, a);
        assert!(
            (low - 2.35).abs() < 1e-6 && (high - 2.65).abs() < 1e-6,
            "{low} {high}"
        );
    }

    /// Of a ring solved for one unknown, the other is known without more: a + b = 5 leaves both [1, 4], and
    /// nothing is left to solve with.
    #[test]
    fn a_solution_answers_for_every_unknown_in_it() {
        let mut system = System::default();
        let (a, b) = (system.unknown(1.0, 4.0), system.unknown(1.0, 4.0));
        let five = system.unknown(5.0, 5.0);
        system.tie(vec![(a, 1.0), (b, 1.0), (five, -1.0)]);
        system.tie(vec![(a, 2.0), (b, 2.0), (five, -2.0)]);
        system.tighten();
        let effort = Effort::new(6);
        let mut exact = ExactBounds::of(&system, &effort);
        let wide = |low: f64, high: f64| high - low > 2.9;
        assert_eq!(exact.leave(a, wide), Some(true));
        assert!(!effort.takes(4) && effort.is_spent());
        assert_eq!(exact.leave(b, wide), Some(true));
        assert_eq!(exact.leave(b, |low, high| high - low > 3.1), Some(false));
    }

    /// c hangs on the ring of a and b: 2c = a + d, d in [0, 0,5], a is 2,5.
    #[test]
    fn what_hangs_on_a_ring_follows_it() {
        let mut system = System::default();
        let (a, b) = (system.unknown(1.0, 4.0), system.unknown(1.0, 4.0));
        let (c, d) = (system.unknown(0.0, 4.0), system.unknown(0.0, 0.5));
        let five = system.unknown(5.0, 5.0);
        system.tie(vec![(a, 1.0), (d, 1.0), (c, -2.0)]);
        system.tie(vec![(a, 1.0), (b, 1.0), (five, -1.0)]);
        system.tie(vec![(a, 1.0), (b, -1.0)]);
        let (low, high) = bounds_of(&mut system, c);
        assert!(
            (low - 1.25).abs() < 1e-6 && (high - 1.5).abs() < 1e-6,
            "{low} {high}"
        );
    }

    #[test]
    fn without_a_ring_intervals_are_exact() {
        let mut system = System::default();
        let total = system.unknown(2.5, 2.5);
        let (a, b) = (system.unknown(1.0, 4.0), system.unknown(1.0, 4.0));
        system.mean(total, &[(a, 1.0), (b, 1.0)]);
        assert_eq!(bounds_of(&mut system, a), (1.0, 4.0));
    }
}
