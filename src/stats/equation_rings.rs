//! Equations of a system that form rings, what hangs on them, and a ring as a linear programme.

use std::collections::{BTreeMap, BTreeSet};

use microlp::{ComparisonOp, OptimizationDirection, Problem, SolveOutcome, Variable};

use super::feasible::System;

/// Bounds closer than this are one value.
const FIXED: f64 = 1e-9;

/// How far a solution may be from an equation or a bound, as the solver has it.
const CLOSE: f64 = 1e-7;

/// A value for each unknown of a ring, by position.
pub(super) type Solution = BTreeMap<usize, f64>;

/// The least or the most of an unknown, and values that reach it.
pub(super) struct Extreme {
    pub(super) value: f64,
    pub(super) solution: Solution,
}

/// Equations of a system that form rings, and what ties rings to each other: those that are left once
/// what one unknown alone ties to the rest has been taken off, again and again.
pub(super) struct Rings {
    /// Positions of the equations.
    equations: Vec<usize>,
    /// In how many of them each unknown stands; 0 when it is fixed.
    pub(super) degrees: Vec<usize>,
}

impl Rings {
    pub(super) fn of(system: &System) -> Self {
        let mut rings = Self {
            equations: (0..system.equations().len()).collect(),
            degrees: Vec::new(),
        };
        loop {
            rings.count(system);
            let known = rings.equations.len();
            let open = std::mem::take(&mut rings.equations);
            let kept = open
                .into_iter()
                .filter(|e| rings.joined(system, *e).count() > 1);
            rings.equations = kept.collect();
            if rings.equations.len() == known {
                return rings;
            }
        }
    }

    fn count(&mut self, system: &System) {
        self.degrees = vec![0; system.len()];
        for equation in &self.equations {
            for (unknown, _) in &system.equations()[*equation] {
                if !is_fixed(system, *unknown) {
                    self.degrees[*unknown] += 1;
                }
            }
        }
    }

    /// Whether a solution of another system is one here: its equations and all that is tied to them.
    pub(super) fn hold(&self, system: &System, solution: &Solution) -> bool {
        let is_within = |(unknown, value): (&usize, &f64)| {
            self.degrees.get(*unknown).is_some() && {
                let (low, high) = system.bounds(*unknown);
                (low - CLOSE..=high + CLOSE).contains(value)
            }
        };
        solution.iter().all(is_within)
            && (self.equations.iter()).all(|equation| self.holds(system, *equation, solution))
    }

    /// Whether a solution keeps an equation, or says nothing of it.
    fn holds(&self, system: &System, equation: usize, solution: &Solution) -> bool {
        let is_known = |unknown: usize| solution.contains_key(&unknown);
        if !self.joined(system, equation).any(|(u, _)| is_known(u)) {
            return true;
        }
        let terms = system.equations()[equation].iter();
        let sum: f64 = terms
            .filter_map(|(u, factor)| Some(solution.get(u)? * factor))
            .sum();
        let (low, high) = free_part(system, equation, is_known);
        self.joined(system, equation).all(|(u, _)| is_known(u))
            && sum + low <= CLOSE
            && sum + high >= -CLOSE
    }

    /// Unknowns of an equation that tie it to others.
    fn joined<'a>(
        &'a self,
        system: &'a System,
        equation: usize,
    ) -> impl Iterator<Item = (usize, f64)> + 'a {
        let terms = system.equations()[equation].iter().copied();
        terms.filter(|(unknown, _)| self.degrees[*unknown] > 1)
    }
}

/// What the terms of an equation without the unknowns of a solution can sum to.
fn free_part(system: &System, equation: usize, known: impl Fn(usize) -> bool) -> (f64, f64) {
    let rest = system.equations()[equation].iter();
    let rest = rest.filter(|(unknown, _)| !known(*unknown));
    rest.fold((0.0, 0.0), |(low, high), (unknown, factor)| {
        let (a, b) = system.bounds(*unknown);
        let (a, b) = (a * factor, b * factor);
        (low + a.min(b), high + a.max(b))
    })
}

fn is_fixed(system: &System, unknown: usize) -> bool {
    let (low, high) = system.bounds(unknown);
    high - low < FIXED
}

/// The equations between an unknown and the rings, which hang on them by one unknown at most.
pub(super) struct Branch {
    target: usize,
    equations: Vec<usize>,
    /// The unknown of a ring it hangs on: the target itself, when it stands in one.
    pub(super) root: Option<usize>,
}

impl Branch {
    pub(super) fn to(system: &System, rings: &Rings, target: usize) -> Self {
        let mut branch = Self {
            target,
            equations: Vec::new(),
            root: Some(target).filter(|target| rings.degrees[*target] > 0),
        };
        if branch.root.is_some() || is_fixed(system, target) {
            return branch;
        }
        let mut reached = vec![false; system.len()];
        reached[target] = true;
        let mut left: Vec<usize> = (0..system.equations().len())
            .filter(|equation| rings.equations.binary_search(equation).is_err())
            .collect();
        loop {
            let known = left.len();
            left.retain(|equation| {
                let terms = &system.equations()[*equation];
                if !terms.iter().any(|(unknown, _)| reached[*unknown]) {
                    return true;
                }
                branch.equations.push(*equation);
                for (unknown, _) in terms.iter().filter(|(u, _)| !is_fixed(system, *u)) {
                    if rings.degrees[*unknown] > 0 {
                        branch.root = Some(*unknown);
                    } else {
                        reached[*unknown] = true;
                    }
                }
                false
            });
            if left.len() == known {
                return branch;
            }
        }
    }

    /// Bounds of the target once those of the root are known.
    pub(super) fn bounds(&self, system: &System, root: (f64, f64)) -> (f64, f64) {
        match self.root {
            Some(unknown) if unknown != self.target => {
                system.bounds_within(self.target, &self.equations, unknown, root)
            }
            _ => root,
        }
    }
}

/// A ring as a linear programme.
struct RingProblem {
    problem: Problem,
    /// By unknown.
    variables: BTreeMap<usize, Variable>,
}

/// The rings that are tied to an unknown of one.
pub(super) struct Ring<'a> {
    system: &'a System,
    rings: &'a Rings,
    equations: Vec<usize>,
    target: usize,
}

impl<'a> Ring<'a> {
    pub(super) fn around(system: &'a System, rings: &'a Rings, target: usize) -> Self {
        let mut ring = Self {
            system,
            rings,
            equations: Vec::new(),
            target,
        };
        let mut reached = vec![false; system.len()];
        reached[target] = true;
        let mut left = rings.equations.clone();
        loop {
            let known = left.len();
            left.retain(|equation| {
                let is_reached = |(unknown, _): (usize, f64)| reached[unknown];
                if !ring.joined(*equation).any(is_reached) {
                    return true;
                }
                let joined: Vec<usize> = ring.joined(*equation).map(|t| t.0).collect();
                for unknown in joined {
                    reached[unknown] = true;
                }
                ring.equations.push(*equation);
                false
            });
            if left.len() == known {
                return ring;
            }
        }
    }

    fn joined(&self, equation: usize) -> impl Iterator<Item = (usize, f64)> + '_ {
        let Self {
            system,
            rings,
            target,
            ..
        } = *self;
        let terms = system.equations()[equation].iter().copied();
        terms.filter(move |(unknown, _)| rings.degrees[*unknown] > 1 || *unknown == target)
    }

    /// Equations × unknowns.
    pub(super) fn cells(&self) -> u64 {
        let unknowns = self.equations.iter().flat_map(|e| self.joined(*e));
        let unknowns: BTreeSet<usize> = unknowns.map(|t| t.0).collect();
        self.equations.len() as u64 * unknowns.len() as u64
    }

    /// The least or the most that the target can be.
    pub(super) fn extreme(&self, direction: OptimizationDirection) -> Option<Extreme> {
        let RingProblem { problem, variables } = self.problem(direction);
        let SolveOutcome::Solution(solution) = problem.solve().ok()? else {
            return None;
        };
        let values = variables.into_iter();
        Some(Extreme {
            value: solution.objective(),
            solution: values
                .map(|(unknown, variable)| (unknown, solution.var_value(variable)))
                .collect(),
        })
    }

    /// The programme of the least or the most that the target can be.
    fn problem(&self, direction: OptimizationDirection) -> RingProblem {
        let mut problem = Problem::new(direction);
        let mut variables: BTreeMap<usize, Variable> = BTreeMap::new();
        for equation in &self.equations {
            // An unknown may stand twice in an equation.
            let mut joined: BTreeMap<usize, f64> = BTreeMap::new();
            for (unknown, factor) in self.joined(*equation) {
                *joined.entry(unknown).or_default() += factor;
            }
            let mut terms = Vec::new();
            for (unknown, factor) in &joined {
                let weight = f64::from(u8::from(*unknown == self.target));
                let bounds = self.system.bounds(*unknown);
                let variable = variables.entry(*unknown);
                let variable = variable.or_insert_with(|| problem.add_var(weight, bounds));
                terms.push((*variable, *factor));
            }
            // What stands in this equation alone is one free part of it.
            let (low, high) = free_part(self.system, *equation, |u| joined.contains_key(&u));
            if high - low < FIXED {
                problem.add_constraint(&terms, ComparisonOp::Eq, -f64::midpoint(low, high));
            } else {
                terms.push((problem.add_var(0.0, (low, high)), 1.0));
                problem.add_constraint(&terms, ComparisonOp::Eq, 0.0);
            }
        }
        RingProblem { problem, variables }
    }
}
