//! From ratings to indicators: means, coverage, impératifs, observers, sources
//! (`statistics.md` 1.1, 1.2, 1.7 to 1.11).

use std::collections::BTreeMap;

use super::describe::{mean, sd, settled};
use super::dist::t_quantile;
use super::{Reason, Stat};

/// Position on 0..100 between the bounds of the scale (never of the data).
pub fn normalise(value: f64, (min, max): (f64, f64), reversed: bool) -> f64 {
    let score = (value - min) / (max - min) * 100.0;
    if reversed { 100.0 - score } else { score }
}

/// How values are averaged.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MeanKind {
    /// Σwx/Σw: compensates fully.
    Arithmetic,
    /// exp(Σw ln x/Σw): compensates less.
    Geometric,
    /// Σw/Σ(w/x).
    Harmonic,
}

/// Weighted mean of (weight, value) pairs; a weight of 0 leaves its value out (1.8).
///
/// # Errors
///
/// No data; a weight that is negative or not finite; a value that is not positive where the kind
/// needs it.
pub fn generalised_mean(pairs: &[(f64, f64)], kind: MeanKind) -> Stat<f64> {
    if pairs.iter().any(|(w, _)| !w.is_finite() || *w < 0.0) {
        return Err(Reason::BadWeight);
    }
    let pairs: Vec<(f64, f64)> = pairs.iter().copied().filter(|(w, _)| *w > 0.0).collect();
    if pairs.is_empty() {
        return Err(Reason::NoData);
    }
    if kind != MeanKind::Arithmetic && pairs.iter().any(|(_, v)| *v <= 0.0) {
        return Err(Reason::BadValue);
    }
    let weights: f64 = pairs.iter().map(|p| p.0).sum();
    let sum = |f: &dyn Fn(f64) -> f64| pairs.iter().map(|(w, v)| w * f(*v)).sum::<f64>();
    Ok(match kind {
        MeanKind::Arithmetic => sum(&|v| v) / weights,
        MeanKind::Geometric => (sum(&f64::ln) / weights).exp(),
        MeanKind::Harmonic => weights / sum(&|v| 1.0 / v),
    })
}

/// A rating as written on a grid.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Rating {
    /// A level.
    Level(f64),
    /// Non concerné: leaves numerator and denominator.
    Nc,
    /// Non observé: lowers coverage.
    No,
}

/// What became of a node of the référentiel.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum NodeStatus {
    /// Scored.
    Ok,
    /// Nothing below applies.
    Nc,
    /// Too little was scored.
    Coverage,
}

/// A node and what it rests on.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Node {
    /// Whether it is scored.
    pub status: NodeStatus,
    /// Its score.
    pub score: Option<f64>,
    /// Weighted share of what applies that is scored; none when nothing applies.
    pub coverage: Option<f64>,
    /// Items below that apply.
    pub applicable: usize,
    /// Items below that are scored.
    pub observed: usize,
}

/// The leaf of an item.
pub fn leaf(rating: Rating) -> Node {
    let (status, score) = match rating {
        Rating::Level(v) => (NodeStatus::Ok, Some(v)),
        Rating::Nc => (NodeStatus::Nc, None),
        Rating::No => (NodeStatus::Coverage, None),
    };
    Node {
        status,
        score,
        coverage: None,
        applicable: usize::from(rating != Rating::Nc),
        observed: usize::from(score.is_some()),
    }
}

/// A node from its children and their weights: scored iff they are covered enough and enough in
/// number (1.1).
pub fn aggregate(children: &[(f64, Node)], least: (f64, usize), kind: MeanKind) -> Node {
    let applicable: Vec<&(f64, Node)> = children
        .iter()
        .filter(|(w, c)| *w > 0.0 && c.status != NodeStatus::Nc)
        .collect();
    let scored: Vec<(f64, f64)> = applicable
        .iter()
        .filter_map(|(w, c)| c.score.map(|s| (*w, s)))
        .collect();
    let all: f64 = applicable.iter().map(|c| c.0).sum();
    let seen: f64 = scored.iter().map(|c| c.0).sum();
    let coverage = (all > 0.0).then(|| seen / all);
    let enough = scored.len() >= least.1.min(applicable.len()).max(1)
        && coverage.is_some_and(|c| c >= least.0 - 1e-9);
    let score = enough
        .then(|| generalised_mean(&scored, kind).ok())
        .flatten();
    let status = match (applicable.is_empty(), score) {
        (true, _) => NodeStatus::Nc,
        (_, Some(_)) => NodeStatus::Ok,
        _ => NodeStatus::Coverage,
    };
    Node {
        status,
        score,
        coverage,
        applicable: children.iter().map(|c| c.1.applicable).sum(),
        observed: children.iter().map(|c| c.1.observed).sum(),
    }
}

/// Status of a critère impératif (1.2): `Some(true)` met, `Some(false)` not met, none while
/// something is missing and nothing is below.
pub fn imperatif(ratings: &[Rating], top: f64) -> Option<bool> {
    let below = |r: &Rating| matches!(r, Rating::Level(v) if *v < top - 1e-9);
    if ratings.iter().any(below) {
        return Some(false);
    }
    let all = ratings.iter().all(|r| matches!(r, Rating::Level(_)));
    (all && !ratings.is_empty()).then_some(true)
}

/// A rating of one observer during one visit.
#[derive(Debug, Clone, PartialEq)]
pub struct Observed<'a> {
    /// Visit.
    pub visit: &'a str,
    /// What was written.
    pub rating: Rating,
    /// Whether it is the rating agreed on together.
    pub consensus: bool,
}

/// What several observers and visits say of one item.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Combined {
    /// Mean of the visits; none when no visit has a number.
    pub score: Option<f64>,
    /// Without score: whether it does not apply, rather than not seen.
    pub nc: bool,
    /// Visits with a number.
    pub visits: usize,
    /// Ratings with a number.
    pub ratings: usize,
    /// Largest minus smallest visit.
    pub range: Option<f64>,
    /// Visits where a number faces an NC.
    pub conflicts: Vec<String>,
}

/// What several visits make together.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Across {
    /// Their mean: the default.
    #[default]
    Mean,
    /// The last one that has a number, by name of visit.
    Last,
}

/// Observers within a visit first (their consensus if any), then visits (1.9).
pub fn combine(ratings: &[Observed], across: Across) -> Combined {
    let mut visits: BTreeMap<&str, Vec<&Observed>> = BTreeMap::new();
    for r in ratings {
        visits.entry(r.visit).or_default().push(r);
    }
    let mut combined = Combined::default();
    let (mut values, mut nc, mut unseen) = (Vec::new(), 0, 0);
    for (visit, all) in &visits {
        let own = levels(all);
        combined.ratings += own.len();
        // A consensus that says something replaces what each observer wrote.
        let agreed: Vec<&Observed> = all
            .iter()
            .copied()
            .filter(|r| r.consensus && r.rating != Rating::No)
            .collect();
        let used = if agreed.is_empty() { all } else { &agreed };
        let any_nc = used.iter().any(|r| r.rating == Rating::Nc);
        match mean(&levels(used)) {
            Some(value) => {
                values.push(value);
                if any_nc {
                    combined.conflicts.push((*visit).to_owned());
                }
            }
            None if any_nc => nc += 1,
            None => unseen += 1,
        }
    }
    combined.visits = values.len();
    combined.score = match across {
        Across::Mean => mean(&values),
        Across::Last => values.last().copied(),
    };
    combined.nc = values.is_empty() && nc > 0 && unseen == 0;
    let high = values.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let low = values.iter().copied().fold(f64::INFINITY, f64::min);
    combined.range = (!values.is_empty()).then_some(high - low);
    combined
}

/// Levels among ratings.
fn levels(ratings: &[&Observed]) -> Vec<f64> {
    let level = |r: &&Observed| match r.rating {
        Rating::Level(v) => Some(v),
        _ => None,
    };
    ratings.iter().filter_map(level).collect()
}

/// A composite of several sources, on request only (1.10).
#[derive(Debug, Clone, PartialEq)]
pub struct Composite {
    /// Weighted mean of the sources present.
    pub value: f64,
    /// Weights really used, in the order given; 0 when absent.
    pub weights: Vec<f64>,
    /// Largest minus smallest source used.
    pub range: f64,
}

/// One source of a composite.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct SourceTerm {
    /// Score on 0..100, if any.
    pub score: Option<f64>,
    /// Weight.
    pub weight: f64,
    /// Whether no composite is made without it.
    pub required: bool,
}

/// Weighted mean of the sources present, if enough and all required ones are there.
pub fn triangulate(terms: &[SourceTerm], least: usize) -> Stat<Composite> {
    let used = |t: &SourceTerm| t.score.is_some() && t.weight > 0.0;
    let present: Vec<(f64, f64)> = terms
        .iter()
        .filter(|t| used(t))
        .filter_map(|t| Some((t.weight, t.score?)))
        .collect();
    let missing = terms.iter().any(|t| t.required && t.score.is_none());
    if missing || present.len() < least.max(1) {
        return Err(Reason::SourcesMissing);
    }
    let total: f64 = present.iter().map(|p| p.0).sum();
    let scores = || present.iter().map(|p| p.1);
    Ok(Composite {
        value: generalised_mean(&present, MeanKind::Arithmetic)?,
        weights: terms
            .iter()
            .map(|t| if used(t) { t.weight / total } else { 0.0 })
            .collect(),
        range: scores().fold(f64::NEG_INFINITY, f64::max) - scores().fold(f64::INFINITY, f64::min),
    })
}

/// Self minus observer over critères.
#[derive(Debug, Clone, PartialEq)]
pub struct PerceptionGap {
    /// Pairs.
    pub n: usize,
    /// Mean gap.
    pub mean: f64,
    /// Pairs where self is above, equal, below.
    pub over_equal_under: (usize, usize, usize),
    /// Mean absolute gap.
    pub mean_abs: f64,
    /// Standard deviation of the gaps.
    pub sd: Option<f64>,
    /// t interval over these critères (of this grid, not of a population of critères).
    pub interval: Option<(f64, f64)>,
}

/// Gaps of (self, observer) pairs, both present (1.10).
pub fn perception_gap(pairs: &[(f64, f64)], conf: f64) -> Stat<PerceptionGap> {
    let gaps: Vec<f64> = pairs.iter().map(|(a, b)| settled(a - b)).collect();
    let centre = mean(&gaps).ok_or(Reason::NoData)?;
    let count = |f: fn(f64) -> bool| gaps.iter().filter(|g| f(**g)).count();
    let spread = sd(&gaps);
    let n = gaps.len();
    let half = spread.map(|s| t_quantile(0.5 + conf / 2.0, (n - 1) as f64) * s / (n as f64).sqrt());
    let absolute: Vec<f64> = gaps.iter().map(|g| g.abs()).collect();
    Ok(PerceptionGap {
        n,
        mean: centre,
        over_equal_under: (count(|g| g > 0.0), count(|g| g == 0.0), count(|g| g < 0.0)),
        mean_abs: mean(&absolute).unwrap_or(0.0),
        sd: spread,
        interval: half.map(|h| (centre - h, centre + h)),
    })
}

/// A fraction with so many decimals, half away from zero on the exact value (1.11): 107/40 gives
/// 2.68 whatever binary numbers make of 2.675. Machine form: a dot, a minus sign.
pub fn round_fraction(numerator: i64, denominator: i64, digits: usize) -> String {
    let (n, d) = (i128::from(numerator), i128::from(denominator));
    let (n, d) = if d < 0 { (-n, -d) } else { (n, d.max(1)) };
    let scale = 10_i128.pow(digits.min(15) as u32);
    let rounded = (2 * n.abs() * scale + d) / (2 * d);
    let sign = if n < 0 && rounded > 0 { "-" } else { "" };
    let (whole, part) = (rounded / scale, rounded % scale);
    if digits == 0 {
        format!("{sign}{whole}")
    } else {
        format!("{sign}{whole}.{part:0digits$}")
    }
}
