//! Exact bounds of an unknown under linear equations, where propagating intervals leaves them open:
//! equations that form a ring (a + b = 5, a − b = 0). What hangs on no ring is exact already (Davis
//! 1987) and is left out; the rest is a small linear programme, solved twice (least and most).

use std::cell::Cell;
use std::collections::BTreeMap;

use microlp::{ComparisonOp, OptimizationDirection, Problem, SolveOutcome, Variable};

use super::feasible::System;

/// Bounds closer than this are one value.
const FIXED: f64 = 1e-9;

/// Cells (equations × unknowns) of the largest ring that is solved.
const LARGEST: u64 = 1_000_000;

/// How much may still be solved, in cells of the rings: counted and never timed, so that the same
/// figures are decided alike on every machine.
#[derive(Debug)]
pub struct Effort {
    left: Cell<u64>,
}

impl Effort {
    /// So many cells.
    pub fn new(cells: u64) -> Self {
        Self {
            left: Cell::new(cells),
        }
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

/// Least and most that an unknown can be, once the system has been tightened. None when it stays
/// undecided: the solver gives no answer that it can verify, or the effort is spent.
pub fn exact_bounds(system: &System, target: usize, effort: &Effort) -> Option<(f64, f64)> {
    let ring = Ring::around(system, target);
    if ring.equations.is_empty() {
        return Some(system.bounds(target));
    }
    if !effort.takes(ring.cells()) {
        return None;
    }
    let low = ring.extreme(target, OptimizationDirection::Minimize)?;
    let high = ring.extreme(target, OptimizationDirection::Maximize)?;
    let (least, most) = system.bounds(target);
    Some((low.max(least), high.min(most)))
}

/// Equations from which an unknown cannot be set free by looking at each alone.
struct Ring<'a> {
    system: &'a System,
    /// Positions of the equations.
    equations: Vec<usize>,
    /// In how many of them each unknown stands.
    degrees: Vec<usize>,
    target: usize,
}

impl<'a> Ring<'a> {
    fn around(system: &'a System, target: usize) -> Self {
        let mut ring = Self {
            system,
            equations: (0..system.equations().len()).collect(),
            degrees: Vec::new(),
            target,
        };
        loop {
            ring.count();
            let known = ring.equations.len();
            let open = std::mem::take(&mut ring.equations);
            let kept = open.into_iter().filter(|e| ring.joined(*e).count() > 1);
            ring.equations = kept.collect();
            if ring.equations.len() == known {
                break;
            }
        }
        ring.keep_what_is_reached();
        ring
    }

    /// Equations × unknowns.
    fn cells(&self) -> u64 {
        let unknowns = self.degrees.iter().filter(|degree| **degree > 0);
        self.equations.len() as u64 * unknowns.count() as u64
    }

    fn count(&mut self) {
        self.degrees = vec![0; self.system.len()];
        for equation in &self.equations {
            for (unknown, _) in &self.system.equations()[*equation] {
                self.degrees[*unknown] += 1;
            }
        }
    }

    fn is_fixed(&self, unknown: usize) -> bool {
        let (low, high) = self.system.bounds(unknown);
        high - low < FIXED
    }

    /// Unknowns of an equation that tie it to others, or are looked for.
    fn joined(&self, equation: usize) -> impl Iterator<Item = (usize, f64)> + '_ {
        let terms = self.system.equations()[equation].iter().copied();
        terms.filter(|(unknown, _)| {
            let ties = self.degrees[*unknown] > 1 || *unknown == self.target;
            ties && !self.is_fixed(*unknown)
        })
    }

    /// Leaves out equations that nothing ties to the target.
    fn keep_what_is_reached(&mut self) {
        let mut reached = vec![false; self.system.len()];
        reached[self.target] = true;
        let mut kept = vec![false; self.equations.len()];
        loop {
            let mut moved = false;
            for (position, equation) in self.equations.iter().enumerate() {
                let unknowns: Vec<usize> = self.joined(*equation).map(|t| t.0).collect();
                if !kept[position] && unknowns.iter().any(|u| reached[*u]) {
                    kept[position] = true;
                    moved = true;
                    for unknown in unknowns {
                        reached[unknown] = true;
                    }
                }
            }
            if !moved {
                break;
            }
        }
        let equations = std::mem::take(&mut self.equations).into_iter();
        let kept = equations.zip(kept).filter(|(_, kept)| *kept);
        self.equations = kept.map(|(equation, _)| equation).collect();
        self.count();
    }

    /// The least or the most that the target can be.
    fn extreme(&self, target: usize, direction: OptimizationDirection) -> Option<f64> {
        let mut problem = Problem::new(direction);
        let mut variables: Vec<Option<Variable>> = vec![None; self.system.len()];
        for equation in &self.equations {
            // An unknown may stand twice in an equation.
            let mut joined: BTreeMap<usize, f64> = BTreeMap::new();
            for (unknown, factor) in self.joined(*equation) {
                *joined.entry(unknown).or_default() += factor;
            }
            let mut terms = Vec::new();
            for (unknown, factor) in &joined {
                let weight = f64::from(u8::from(*unknown == target));
                let bounds = self.system.bounds(*unknown);
                let variable =
                    *variables[*unknown].get_or_insert_with(|| problem.add_var(weight, bounds));
                terms.push((variable, *factor));
            }
            // What stands in this equation alone is one free part of it.
            let rest = self.system.equations()[*equation].iter();
            let rest = rest.filter(|(unknown, _)| !joined.contains_key(unknown));
            let (low, high) = rest.fold((0.0, 0.0), |(low, high), (unknown, factor)| {
                let (a, b) = self.system.bounds(*unknown);
                let (a, b) = (a * factor, b * factor);
                (low + a.min(b), high + a.max(b))
            });
            if high - low < FIXED {
                problem.add_constraint(&terms, ComparisonOp::Eq, -f64::midpoint(low, high));
            } else {
                problem.add_constraint(&terms, ComparisonOp::Le, -low);
                problem.add_constraint(&terms, ComparisonOp::Ge, -high);
            }
        }
        match problem.solve().ok()? {
            SolveOutcome::Solution(solution) => Some(solution.objective()),
            SolveOutcome::Interrupted(_) => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bounds_of(system: &mut System, unknown: usize) -> (f64, f64) {
        system.tighten();
        exact_bounds(system, unknown, &Effort::new(1_000)).expect("decided")
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
        assert!(exact_bounds(&system, a, &effort).is_some());
        assert_eq!(exact_bounds(&system, a, &effort), None);
        assert!(effort.is_spent());
        assert_eq!(exact_bounds(&system, a, &Effort::new(3)), None);
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

    #[test]
    fn without_a_ring_intervals_are_exact() {
        let mut system = System::default();
        let total = system.unknown(2.5, 2.5);
        let (a, b) = (system.unknown(1.0, 4.0), system.unknown(1.0, 4.0));
        system.mean(total, &[(a, 1.0), (b, 1.0)]);
        assert_eq!(bounds_of(&mut system, a), (1.0, 4.0));
    }
}
