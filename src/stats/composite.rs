//! How much a composite owes to its weights, and which centres are alike
//! (`docs/statistics.md` §6.4 and §6.5).

use super::describe::{mean, ranks_from_best};
use super::score::{MeanKind, Weighted, generalised_mean};
use super::{Reason, Stat};

/// One way to build the composite.
#[derive(Debug, Clone, PartialEq)]
pub struct Scenario {
    /// Weight per axe; 0 leaves it out.
    pub weights: Vec<f64>,
    /// How axes are averaged.
    pub kind: MeanKind,
}

/// What changes from one scenario to another; the first is the reference.
#[derive(Debug, Clone, PartialEq)]
pub struct Robustness {
    /// Scores by scenario, then by centre.
    pub scores: Vec<Vec<f64>>,
    /// Ranks by scenario, then by centre.
    pub ranks: Vec<Vec<usize>>,
    /// Mean distance of each scenario's ranks from the reference's.
    pub shifts: Vec<f64>,
}

/// Scores of centres (rows) over axes (columns) under several scenarios.
///
/// # Errors
///
/// No scenario or centre; no positive weight; a score that a geometric mean refuses.
pub fn robustness(centres: &[Vec<f64>], scenarios: &[Scenario]) -> Stat<Robustness> {
    if centres.is_empty() || scenarios.is_empty() {
        return Err(Reason::NoData);
    }
    let score = |s: &Scenario, axes: &Vec<f64>| {
        let pairs = s.weights.iter().zip(axes);
        let terms: Vec<Weighted> = pairs
            .map(|(&weight, &value)| Weighted { weight, value })
            .collect();
        generalised_mean(&terms, s.kind)
    };
    let scores: Vec<Vec<f64>> = scenarios
        .iter()
        .map(|s| {
            centres
                .iter()
                .map(|c| score(s, c))
                .collect::<Stat<Vec<f64>>>()
        })
        .collect::<Stat<_>>()?;
    let ranks: Vec<Vec<usize>> = scores.iter().map(|s| ranks_from_best(s)).collect();
    let shift = |r: &Vec<usize>| {
        let moves = r.iter().zip(&ranks[0]).map(|(a, b)| a.abs_diff(*b) as f64);
        mean(&moves.collect::<Vec<_>>()).unwrap_or(0.0)
    };
    Ok(Robustness {
        shifts: ranks.iter().map(shift).collect(),
        scores,
        ranks,
    })
}

/// A characteristic of a centre, for Gower's distance.
#[derive(Debug, Clone, PartialEq)]
pub enum Trait {
    /// A size.
    Number(f64),
    /// A kind.
    Kind(String),
    /// Unknown.
    Missing,
}

/// Gower's distances between centres (rows of the same traits), one pair at a time: a table of all
/// pairs is of no use beyond a few hundred.
pub struct Gower<'a> {
    centres: &'a [Vec<Trait>],
    ranges: Vec<f64>,
}

impl<'a> Gower<'a> {
    /// Distances between these centres.
    pub fn of(centres: &'a [Vec<Trait>]) -> Self {
        let width = centres.first().map_or(0, Vec::len);
        let range = |t: usize| {
            let numbers = centres.iter().filter_map(|c| match &c[t] {
                Trait::Number(x) => Some(*x),
                _ => None,
            });
            let (low, high) = numbers.fold((f64::INFINITY, f64::NEG_INFINITY), |(a, b), x| {
                (a.min(x), b.max(x))
            });
            (high - low).max(0.0)
        };
        Self {
            centres,
            ranges: (0..width).map(range).collect(),
        }
    }

    /// Mean over traits known of both: |x − y|/range for numbers, 0 or 1 for kinds. None when nothing
    /// compares.
    pub fn distance(&self, a: usize, b: usize) -> Option<f64> {
        let traits = self.centres[a].iter().zip(&self.centres[b]);
        let (mut sum, mut known) = (0.0, 0_usize);
        for ((x, y), range) in traits.zip(&self.ranges) {
            if let Some(apart) = apart(x, y, *range) {
                sum += apart;
                known += 1;
            }
        }
        (known > 0).then(|| sum / known as f64)
    }
}

fn apart(a: &Trait, b: &Trait, range: f64) -> Option<f64> {
    match (a, b) {
        (Trait::Number(x), Trait::Number(y)) if range > 0.0 => Some((x - y).abs() / range),
        (Trait::Number(_), Trait::Number(_)) => Some(0.0),
        (Trait::Kind(x), Trait::Kind(y)) => Some(f64::from(u8::from(x != y))),
        _ => None,
    }
}
