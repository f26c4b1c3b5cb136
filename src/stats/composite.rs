//! How much a composite owes to its weights, and which centres are alike
//! (`statistics.md` 6.4 and 6.5).

use super::describe::{choose, mean, median, ranks_from_best, settled};
use super::score::{MeanKind, generalised_mean};
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
    /// Best, worst and median rank of each centre.
    pub spans: Vec<(usize, usize, f64)>,
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
        let pairs = s.weights.iter().copied().zip(axes.iter().copied());
        let kept: Vec<(f64, f64)> = pairs.filter(|(w, _)| *w > 0.0).collect();
        generalised_mean(&kept, s.kind)
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
    let span = |i: usize| {
        let own: Vec<usize> = ranks.iter().map(|r| r[i]).collect();
        let values: Vec<f64> = own.iter().map(|r| *r as f64).collect();
        let best = own.iter().copied().min().unwrap_or(1);
        let worst = own.iter().copied().max().unwrap_or(1);
        (best, worst, median(&values).unwrap_or(1.0))
    };
    Ok(Robustness {
        shifts: ranks.iter().map(shift).collect(),
        spans: (0..centres.len()).map(span).collect(),
        scores,
        ranks,
    })
}

/// Share of all possible weights under which a beats b: exact for weights uniform on the simplex,
/// Σ over positive d_i of d_i^(k−1)/Π(d_i − d_j) (6.4). That sum is the divided difference of
/// x₊^(k−1) over the d_i, which equal differences turn into a derivative.
///
/// # Errors
///
/// No axe.
pub fn dominance(a: &[f64], b: &[f64]) -> Stat<f64> {
    let mut d: Vec<f64> = a.iter().zip(b).map(|(a, b)| settled(a - b)).collect();
    if d.is_empty() {
        return Err(Reason::NoData);
    }
    d.sort_by(f64::total_cmp);
    let power = d.len() - 1;
    // Derivative of order m of x₊^power over m!: 0 at and below 0, where nothing is won.
    let derived = |x: f64, m: usize| {
        if x > 0.0 {
            choose(power, m) * x.powi((power - m) as i32)
        } else {
            0.0
        }
    };
    let mut column: Vec<f64> = d.iter().map(|x| derived(*x, 0)).collect();
    for order in 1..d.len() {
        column = (0..d.len() - order)
            .map(|i| {
                let width = d[i + order] - d[i];
                if width > 1e-9 {
                    (column[i + 1] - column[i]) / width
                } else {
                    derived(d[i], order)
                }
            })
            .collect();
    }
    Ok(column[0].clamp(0.0, 1.0))
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

/// Gower's distances between centres (rows of the same traits): |x − y|/range for numbers, 0 or 1
/// for kinds; what is missing counts neither above nor below. None when nothing compares.
pub fn gower(centres: &[Vec<Trait>]) -> Vec<Vec<Option<f64>>> {
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
    let ranges: Vec<f64> = (0..width).map(range).collect();
    let apart = |a: &Trait, b: &Trait, range: f64| match (a, b) {
        (Trait::Number(x), Trait::Number(y)) => Some(if range > 0.0 {
            (x - y).abs() / range
        } else {
            0.0
        }),
        (Trait::Kind(x), Trait::Kind(y)) => Some(f64::from(u8::from(x != y))),
        _ => None,
    };
    let distance = |a: &Vec<Trait>, b: &Vec<Trait>| {
        let traits = a.iter().zip(b).zip(&ranges);
        let known: Vec<f64> = traits.filter_map(|((a, b), r)| apart(a, b, *r)).collect();
        mean(&known)
    };
    centres
        .iter()
        .map(|a| centres.iter().map(|b| distance(a, b)).collect())
        .collect()
}
