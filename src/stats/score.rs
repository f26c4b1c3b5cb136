//! Rules 1 to 6 as arithmetic: ratings to éléments, éléments to a source, sources to a critère,
//! critères to an axe, impératifs. `figures` computes through these functions, and the reference
//! values check them.

use super::{Reason, Stat};

/// Tolerance of every comparison with a threshold: a coverage of two thirds reached by adding
/// thirds is two thirds.
pub const TOLERANCE: f64 = 1e-9;

/// How values are averaged.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MeanKind {
    /// Σwx/Σw: compensates fully.
    Arithmetic,
    /// exp(Σw ln x/Σw): compensates less.
    Geometric,
}

/// A value and what it weighs.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Weighted {
    /// Weight; 0 leaves the value out.
    pub weight: f64,
    /// Value.
    pub value: f64,
}

/// Weighted mean; a weight of 0 leaves its value out.
///
/// # Errors
///
/// No data; a weight that is negative or not finite; a value that is not positive where the kind
/// needs it.
pub fn generalised_mean(terms: &[Weighted], kind: MeanKind) -> Stat<f64> {
    if terms
        .iter()
        .any(|t| !t.weight.is_finite() || t.weight < 0.0)
    {
        return Err(Reason::BadWeight);
    }
    let terms = || terms.iter().filter(|t| t.weight > 0.0);
    if terms().next().is_none() {
        return Err(Reason::NoData);
    }
    let weights: f64 = terms().map(|t| t.weight).sum();
    match kind {
        MeanKind::Arithmetic => Ok(terms().map(|t| t.weight * t.value).sum::<f64>() / weights),
        MeanKind::Geometric if terms().any(|t| t.value <= 0.0) => Err(Reason::BadValue),
        MeanKind::Geometric => {
            let logs: f64 = terms().map(|t| t.weight * t.value.ln()).sum();
            Ok((logs / weights).exp())
        }
    }
}

/// What the observers of one visit wrote on one élément, or what they agreed on together.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Ratings {
    /// Sum of the levels, in whole parts of a level, so that sums are exact in any order.
    pub sum: i64,
    /// Ratings with a level.
    pub levels: usize,
    /// Ratings « non concerné ».
    pub nc: usize,
}

/// One visit: each observer's rating, and their consensus if they noted one.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Visit {
    /// Observers one by one.
    pub observers: Ratings,
    /// What they agreed on.
    pub consensus: Ratings,
}

impl Visit {
    /// A consensus that says something replaces what each observer wrote.
    fn kept(&self) -> Ratings {
        if self.consensus.levels + self.consensus.nc > 0 {
            self.consensus
        } else {
            self.observers
        }
    }

    /// Whether one observer scored what another found not to apply.
    pub fn is_torn(&self) -> bool {
        self.observers.levels > 0 && self.observers.nc > 0
    }
}

/// What visits say together of one élément.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Combined {
    /// Mean of the visits that have a level.
    pub score: Option<f64>,
    /// Without score: whether it does not apply, rather than was not seen.
    pub is_nc: bool,
    /// Visits with a level.
    pub visits: usize,
    /// Ratings with a level, consensus included.
    pub ratings: usize,
    /// Ratings « non concerné », consensus included.
    pub nc: usize,
    /// Σ 1/m over visits with a level, m the ratings that made it: what observers' own error is
    /// divided by.
    pub inverse_ratings: f64,
}

/// Rule 1: observers within a visit first, then visits by their mean, so that a visit by three
/// observers does not weigh three times; `unit` parts make a level.
pub fn combine(visits: impl IntoIterator<Item = Visit>, unit: i64) -> Combined {
    let mut combined = Combined {
        score: None,
        is_nc: false,
        visits: 0,
        ratings: 0,
        nc: 0,
        inverse_ratings: 0.0,
    };
    let (mut sum, mut nc_visits, mut unseen_visits) = (0.0, 0_usize, 0_usize);
    for visit in visits {
        combined.ratings += visit.observers.levels + visit.consensus.levels;
        combined.nc += visit.observers.nc + visit.consensus.nc;
        let kept = visit.kept();
        if kept.levels > 0 {
            sum += kept.sum as f64 / kept.levels as f64 / unit as f64;
            combined.inverse_ratings += 1.0 / kept.levels as f64;
            combined.visits += 1;
        } else if kept.nc > 0 {
            nc_visits += 1;
        } else {
            unseen_visits += 1;
        }
    }
    combined.score = (combined.visits > 0).then(|| sum / combined.visits as f64);
    combined.is_nc = combined.visits == 0 && nc_visits > 0 && unseen_visits == 0;
    combined
}

/// A child of a node of the référentiel.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Child {
    /// Weight, above 0.
    pub weight: f64,
    /// Score, if it has one.
    pub score: Option<f64>,
    /// Whether it applies there; what does not leaves numerator and denominator.
    pub applies: bool,
}

/// What a node needs before it has a score.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Least {
    /// Weighted share of what applies that is scored.
    pub coverage: f64,
    /// Children scored, or all that apply when they are fewer.
    pub children: usize,
}

/// A node and what it rests on.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Node {
    /// Weighted mean of the children scored, when they are enough.
    pub score: Option<f64>,
    /// Weighted share of what applies that is scored; none when nothing applies.
    pub coverage: Option<f64>,
    /// Children that apply.
    pub applicable: usize,
    /// Children scored.
    pub scored: usize,
}

/// Rules 2, 5 and 6: a node is the weighted mean of its children that apply and are scored, if
/// they cover enough of it.
pub fn node(children: &[Child], least: Least) -> Node {
    let applying: Vec<&Child> = children.iter().filter(|c| c.applies).collect();
    let scored: Vec<Weighted> = applying
        .iter()
        .filter_map(|c| {
            Some(Weighted {
                weight: c.weight,
                value: c.score?,
            })
        })
        .collect();
    let weight: f64 = applying.iter().map(|c| c.weight).sum();
    let seen: f64 = scored.iter().map(|t| t.weight).sum();
    let coverage = (weight > 0.0).then(|| seen / weight);
    let enough = scored.len() >= least.children.min(applying.len()).max(1)
        && coverage.is_some_and(|c| c >= least.coverage - TOLERANCE);
    Node {
        score: enough.then(|| scored.iter().map(|t| t.weight * t.value).sum::<f64>() / seen),
        coverage,
        applicable: applying.len(),
        scored: scored.len(),
    }
}

/// What one source says of a critère.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct SourceTerm {
    /// Weight of the source in the critère; 0 keeps it beside the score.
    pub weight: f64,
    /// Score, if it has one.
    pub score: Option<f64>,
    /// Whether anything that it looks at applies.
    pub applies: bool,
    /// Coverage of that score.
    pub coverage: f64,
}

impl SourceTerm {
    /// Whether the critère expects it.
    pub fn is_expected(&self) -> bool {
        self.weight > 0.0 && self.applies
    }
}

/// A critère and what it rests on.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct CritereMean {
    /// Mean of the expected sources that have a score, their weights shared anew.
    pub score: Option<f64>,
    /// Mean coverage over the expected sources, absent ones at 0.
    pub coverage: Option<f64>,
    /// Expected sources.
    pub expected: usize,
    /// Of which with a score.
    pub used: usize,
}

/// Rule 3. `stand_in` takes the place of a missing source, with its weight.
pub fn critere(sources: &[SourceTerm], stand_in: Option<Weighted>) -> CritereMean {
    let (mut expected, mut used) = (0, 0);
    let (mut sum, mut total) = (0.0, 0.0);
    let (mut weights, mut covered) = (0.0, 0.0);
    for source in sources.iter().filter(|s| s.is_expected()) {
        expected += 1;
        weights += source.weight;
        covered += source.weight * source.coverage;
        if let Some(score) = source.score {
            used += 1;
            sum += source.weight * score;
            total += source.weight;
        }
    }
    if let Some(term) = stand_in {
        sum += term.weight * term.value;
        total += term.weight;
    }
    CritereMean {
        score: (total > 0.0).then(|| sum / total),
        coverage: (weights > 0.0).then(|| covered / weights),
        expected,
        used,
    }
}

/// Rule 4, over the éléments that apply: `Some(true)` met, `Some(false)` not met, none while
/// something is missing and nothing is below `top`.
pub fn imperatif(levels: &[Option<f64>], top: f64) -> Option<bool> {
    if levels.iter().flatten().any(|v| *v < top - TOLERANCE) {
        return Some(false);
    }
    let complete = !levels.is_empty() && levels.iter().all(Option::is_some);
    complete.then_some(true)
}
