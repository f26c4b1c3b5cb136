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

    /// Whether an unknown stands in no ring and is not known.
    fn is_outside(&self, system: &System, unknown: usize) -> bool {
        self.degrees[unknown] == 0 && !is_fixed(system, unknown)
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

/// What hangs on the rings: unknowns of no ring that equations tie together, one unknown of a ring among
/// them at most.
pub(super) struct Branches {
    /// Towards the unknown that stands for all of its branch; itself for that one, and where nothing is tied.
    towards: Vec<usize>,
    /// The unknown of a ring that a branch hangs on, by the one that stands for it.
    roots: Vec<Option<usize>>,
    /// The branch of each equation, by the unknown that stands for it; none for those of rings.
    places: Vec<Option<usize>>,
}

impl Branches {
    pub(super) fn of(system: &System, rings: &Rings) -> Self {
        let mut branches = Self {
            towards: (0..system.len()).collect(),
            roots: vec![None; system.len()],
            places: vec![None; system.equations().len()],
        };
        let free = |terms: &[(usize, f64)]| {
            let mut unknowns = terms.iter().map(|term| term.0);
            unknowns.find(|unknown| rings.is_outside(system, *unknown))
        };
        for (equation, terms) in system.equations().iter().enumerate() {
            if rings.equations.binary_search(&equation).is_ok() {
                continue;
            }
            branches.places[equation] = free(terms);
            for (unknown, _) in terms {
                if let Some(first) = branches.places[equation]
                    && rings.is_outside(system, *unknown)
                {
                    let (a, b) = (branches.standing(first), branches.standing(*unknown));
                    branches.towards[b] = a;
                }
            }
        }
        for (equation, terms) in system.equations().iter().enumerate() {
            if let Some(first) = branches.places[equation] {
                let standing = branches.standing(first);
                branches.places[equation] = Some(standing);
                let mut unknowns = terms.iter().map(|term| term.0);
                if let Some(root) = unknowns.find(|unknown| rings.degrees[*unknown] > 0) {
                    branches.roots[standing] = Some(root);
                }
            }
        }
        branches
    }

    /// The unknown that stands for the branch of an unknown.
    fn standing(&self, mut unknown: usize) -> usize {
        while self.towards[unknown] != unknown {
            unknown = self.towards[unknown];
        }
        unknown
    }

    /// The unknown of a ring that a target hangs on: itself, when it stands in one.
    pub(super) fn root(&self, rings: &Rings, target: usize) -> Option<usize> {
        if rings.degrees[target] > 0 {
            return Some(target);
        }
        self.roots[self.standing(target)]
    }

    /// Bounds of a target once those of its root are known.
    pub(super) fn bounds(&self, system: &System, target: usize, root: (f64, f64)) -> (f64, f64) {
        let standing = self.standing(target);
        match self.roots[standing] {
            Some(known) => {
                let is_in = |equation: usize| self.places[equation] == Some(standing);
                system.bounds_within(target, is_in, known, root)
            }
            None => root,
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
