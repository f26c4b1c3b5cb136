//! What published numbers leave possible for hidden ones: unknowns between bounds, some of them among few
//! values, tied by linear equations, each bound tightened by the others until nothing moves
//! (`docs/statistics.md` §9.2;
//! interval propagation as in Davis 1987, exact when no two equations share more than one unknown
//! and they form no ring; [`super::exact_bounds`] solves the rings).

use std::sync::Arc;

/// Rounds after which tightening stops: what is gained later is under a millionth of a level.
const ROUNDS: usize = 60;
/// Change under which a bound has not moved.
const STILL: f64 = 1e-9;
/// How far outside its bounds a value may lie and still be one of those possible.
const CLOSE: f64 = 1e-6;

/// Unknowns and what ties them.
#[derive(Debug, Clone, Default)]
pub struct System {
    bounds: Vec<(f64, f64)>,
    equations: Vec<Vec<(usize, f64)>>,
    among: Vec<FewValues>,
}

/// Values that an unknown can have, in order.
#[derive(Debug, Clone)]
struct FewValues {
    unknown: usize,
    values: Arc<[f64]>,
}

impl FewValues {
    /// Draws bounds in to the first and the last value between them; whether either moved.
    fn draw_in(&self, bounds: &mut [(f64, f64)]) -> bool {
        let (low, high) = bounds[self.unknown];
        let is_possible = |value: &&f64| (low - CLOSE..=high + CLOSE).contains(*value);
        let first = self.values.iter().find(is_possible);
        let last = self.values.iter().rfind(is_possible);
        let Some((first, last)) = first.zip(last) else {
            return false;
        };
        let (first, last) = (first.clamp(low, high), last.clamp(low, high));
        bounds[self.unknown] = (first, last);
        first > low + STILL || last < high - STILL
    }
}

impl System {
    /// A new unknown between two bounds; gives its position.
    pub fn unknown(&mut self, low: f64, high: f64) -> usize {
        self.bounds.push((low, high));
        self.bounds.len() - 1
    }

    /// Says that Σ coefficient × unknown = 0.
    pub fn tie(&mut self, terms: Vec<(usize, f64)>) {
        self.equations.push(terms);
    }

    /// `total` × (its weight) = weighted sum of `parts`: a weighted mean.
    pub fn mean(&mut self, total: usize, parts: &[(usize, f64)]) {
        let weight: f64 = parts.iter().map(|p| p.1).sum();
        let mut terms = parts.to_vec();
        terms.push((total, -weight));
        self.tie(terms);
    }

    /// Learns that an unknown lies between two values.
    pub fn learn(&mut self, unknown: usize, low: f64, high: f64) {
        let (a, b) = self.bounds[unknown];
        self.bounds[unknown] = (a.max(low), b.min(high));
    }

    /// Says that an unknown is one of these values, in order.
    pub fn among(&mut self, unknown: usize, values: Arc<[f64]>) {
        self.among.push(FewValues { unknown, values });
    }

    /// How many unknowns.
    pub(super) fn len(&self) -> usize {
        self.bounds.len()
    }

    /// Equations, as coefficients of unknowns that sum to 0.
    pub(super) fn equations(&self) -> &[Vec<(usize, f64)>] {
        &self.equations
    }

    /// Bounds of an unknown as they stand.
    pub fn bounds(&self, unknown: usize) -> (f64, f64) {
        self.bounds[unknown]
    }

    /// Tightens every bound by every equation until nothing moves.
    pub fn tighten(&mut self) {
        tighten(&mut self.bounds, &self.among, || self.equations.iter());
    }

    /// What bounds of a target become by some of the equations once another unknown is known closer.
    pub(super) fn bounds_within(
        &self,
        target: usize,
        is_among: impl Fn(usize) -> bool,
        known: usize,
        range: (f64, f64),
    ) -> (f64, f64) {
        let mut bounds = self.bounds.clone();
        bounds[known] = range;
        tighten(&mut bounds, &self.among, || {
            let equations = self.equations.iter().enumerate();
            equations.filter(|(e, _)| is_among(*e)).map(|(_, e)| e)
        });
        bounds[target]
    }
}

fn tighten<'a, E>(bounds: &mut [(f64, f64)], among: &[FewValues], equations: impl Fn() -> E)
where
    E: Iterator<Item = &'a Vec<(usize, f64)>>,
{
    for _ in 0..ROUNDS {
        let mut moved = false;
        for few in among {
            moved |= few.draw_in(bounds);
        }
        for equation in equations() {
            moved |= squeeze(bounds, equation);
        }
        if !moved {
            return;
        }
    }
}

/// Bounds of each term given the others; whether any moved.
fn squeeze(bounds: &mut [(f64, f64)], equation: &[(usize, f64)]) -> bool {
    let reach = |(x, a): &(usize, f64), bounds: &[(f64, f64)]| {
        let (low, high) = (bounds[*x].0 * a, bounds[*x].1 * a);
        (low.min(high), low.max(high))
    };
    let ends = equation.iter().map(|t| reach(t, bounds));
    let (low, high) = ends.fold((0.0, 0.0), |s, e| (s.0 + e.0, s.1 + e.1));
    let mut moved = false;
    for term in equation {
        let own = reach(term, bounds);
        // The others sum to between these two: this term is minus that.
        let (others_low, others_high) = (low - own.0, high - own.1);
        let (x, a) = *term;
        let (p, q) = (-others_high / a, -others_low / a);
        let (p, q) = (p.min(q), p.max(q));
        let (was_low, was_high) = bounds[x];
        if p > was_low + STILL {
            bounds[x].0 = p.min(was_high);
            moved = true;
        }
        if q < was_high - STILL {
            bounds[x].1 = q.max(was_low);
            moved = true;
        }
    }
    moved
}

#[cfg(test)]
mod tests {
    use super::*;

    /// 2a + b = 6,9 and a among quarters between 2 and 3: b leaves a 2,25 to 2,75.
    #[test]
    fn few_values_draw_bounds_in() {
        let mut s = System::default();
        let (a, b) = (s.unknown(2.0, 3.0), s.unknown(1.0, 2.6));
        let total = s.unknown(6.9, 6.9);
        s.among(a, Arc::new([2.0, 2.25, 2.5, 2.75, 3.0]));
        s.tie(vec![(a, 2.0), (b, 1.0), (total, -1.0)]);
        s.tighten();
        assert_eq!(s.bounds(a), (2.25, 2.75));
        let (low, high) = s.bounds(b);
        assert!((low - 1.4).abs() < 1e-9 && (high - 2.4).abs() < 1e-9);
    }

    /// A mean of four parts at 3.0, three parts known: the fourth follows.
    #[test]
    fn a_mean_and_all_parts_but_one_give_the_last() {
        let mut s = System::default();
        let total = s.unknown(2.95, 3.05);
        let parts: Vec<(usize, f64)> = (0..3).map(|_| (s.unknown(3.5, 3.5), 1.0)).collect();
        let last = s.unknown(1.0, 4.0);
        let all: Vec<(usize, f64)> = parts.into_iter().chain([(last, 1.0)]).collect();
        s.mean(total, &all);
        s.tighten();
        let (low, high) = s.bounds(last);
        assert!(
            (low - 1.3).abs() < 1e-6 && (high - 1.7).abs() < 1e-6,
            "{low} {high}"
        );
    }

    /// Two hidden parts protect each other.
    #[test]
    fn two_unknown_parts_keep_their_room() {
        let mut s = System::default();
        let total = s.unknown(2.5, 2.5);
        let (a, b) = (s.unknown(1.0, 4.0), s.unknown(1.0, 4.0));
        s.mean(total, &[(a, 1.0), (b, 1.0)]);
        s.tighten();
        assert_eq!(s.bounds(a), (1.0, 4.0));
    }

    /// What is learnt in one equation travels to the next.
    #[test]
    fn bounds_travel_through_a_chain() {
        let mut s = System::default();
        let (top, middle, leaf) = (
            s.unknown(4.0, 4.0),
            s.unknown(1.0, 4.0),
            s.unknown(1.0, 4.0),
        );
        s.mean(middle, &[(leaf, 1.0)]);
        s.mean(top, &[(middle, 2.0)]);
        s.tighten();
        assert_eq!(s.bounds(leaf), (4.0, 4.0));
    }
}
