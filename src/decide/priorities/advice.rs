//! Three points to lean on and three to work on.

use super::priority_ground::PriorityGround;
use crate::figures::{Figure, FigureStatus, Level};
use crate::stats::importance::{Estimate, TargetGap, TargetStatus, target_gap};

/// How many of each are put forward.
const FORWARD: usize = 3;
/// From level 1 to level 4.
const RANGE: f64 = 3.0;

/// Why something comes first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PriorityKind {
    /// An impératif that is not met: before anything else, whatever its gap.
    Imperatif,
    /// Below its target.
    Gap,
}

/// Something to work on.
#[derive(Debug, Clone, PartialEq)]
pub struct Priority {
    /// Position of the critère.
    pub critere: usize,
    /// Why.
    pub kind: PriorityKind,
    /// Levels missing to the target.
    pub gap: f64,
    /// Probability that the true level is below the target.
    pub p_below: f64,
    /// Whether noise alone could explain the gap.
    pub certain: bool,
    /// Weight of the référentiel, raised by what families hold to where that is known of every critère compared.
    pub weight: f64,
    /// weight × gap over the range of the scale × `p_below`.
    pub score: f64,
    /// Positions of the other critères of the structure with the same kind and score, put forward or not: nothing
    /// but the order of the référentiel comes between them.
    pub ties: Vec<usize>,
}

/// Something to lean on.
#[derive(Debug, Clone, PartialEq)]
pub struct Strength {
    /// Position of the critère.
    pub critere: usize,
    /// Levels above the target.
    pub above: f64,
    /// Whether noise alone could explain being above.
    pub certain: bool,
    /// Positions of the other critères as sure and as far above, put forward or not.
    pub ties: Vec<usize>,
}

/// What to put forward for one structure.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Advice {
    /// At most three, the surest first.
    pub strengths: Vec<Strength>,
    /// At most three, impératifs first.
    pub priorities: Vec<Priority>,
    /// Whether what families hold to weighs in that order: it does where it is known of every critère below its
    /// target, or it would set those that families were asked about before the others.
    pub by_importance: bool,
}

/// Advice for a structure.
pub(super) fn of(ground: &PriorityGround, structure: &str) -> Advice {
    let figures = ground.indicators.of(structure).iter();
    let criteres: Vec<(usize, &Figure)> = figures
        .filter(|f| f.level == Level::Critere)
        .filter_map(|f| Some((ground.referentiel.critere(&f.code)?, f)))
        .collect();
    let below = below_target(ground, structure, &criteres);
    let is_known = |(c, ..): &&(usize, PriorityKind, &Figure)| ground.importance.contains_key(c);
    let mut gaps = below.iter().filter(|b| b.1 == PriorityKind::Gap);
    let by_importance = !ground.importance.is_empty() && gaps.all(|b| is_known(&b));
    Advice {
        strengths: strengths(ground, &criteres),
        priorities: priorities(ground, &below, by_importance),
        by_importance,
    }
}

/// Scores that differ by less are the same.
const SAME: f64 = 1e-9;

fn gap(
    ground: &PriorityGround,
    critere: usize,
    figure: &Figure,
    value: f64,
    weight: f64,
) -> TargetGap {
    let se = ground.indicators.spread.standard_error(&figure.noise);
    let target = ground.referentiel.criteres[critere].cible;
    target_gap(Estimate { score: value, se }, target, weight, RANGE, 0.95)
}

/// One mark of one person is never sure, whatever error is declared for it.
fn is_certain(gap: &TargetGap, figure: &Figure) -> bool {
    matches!(gap.status, TargetStatus::Met | TargetStatus::Missed) && !figure.noise.is_one_mark()
}

/// An impératif has its own place among what is met, and is no point to lean on.
fn strengths(ground: &PriorityGround, criteres: &[(usize, &Figure)]) -> Vec<Strength> {
    let mut all: Vec<Strength> = criteres
        .iter()
        .filter(|(c, f)| !ground.referentiel.criteres[*c].imperatif && !f.fragile)
        .filter(|(_, f)| f.status == FigureStatus::Ok)
        .filter_map(|(c, f)| {
            let value = f.value?;
            let found = gap(ground, *c, f, value, 1.0);
            let above = value - ground.referentiel.criteres[*c].cible;
            (above >= -1e-9).then(|| Strength {
                critere: *c,
                above,
                certain: is_certain(&found, f) && above > 1e-9,
                ties: Vec::new(),
            })
        })
        .collect();
    all.sort_by(|a, b| {
        let surest = b.certain.cmp(&a.certain);
        let highest = b.above.total_cmp(&a.above);
        surest.then(highest).then(a.critere.cmp(&b.critere))
    });
    let places: Vec<(usize, bool, f64)> = (all.iter())
        .map(|s| (s.critere, s.certain, s.above))
        .collect();
    all.truncate(FORWARD);
    for own in &mut all {
        let same = places.iter().filter(|(critere, certain, above)| {
            let is_other = *critere != own.critere && *certain == own.certain;
            is_other && (above - own.above).abs() < SAME
        });
        own.ties = same.map(|p| p.0).collect();
    }
    all
}

/// Impératifs that are not met, whatever their level and even without one; critères below their target.
fn below_target<'a>(
    ground: &PriorityGround,
    structure: &str,
    criteres: &[(usize, &'a Figure)],
) -> Vec<(usize, PriorityKind, &'a Figure)> {
    let missed = |code: &str| {
        let must = ground.indicators.get(structure, Level::Imperatif, code);
        must.is_some_and(|f| f.status == FigureStatus::NonAtteint)
    };
    let kind = |(c, f): &(usize, &'a Figure)| {
        let critere = &ground.referentiel.criteres[*c];
        let kind = match (critere.imperatif, missed(&critere.code)) {
            (true, true) => PriorityKind::Imperatif,
            // Its rules are met: what is left is its level.
            (_, false) if f.value? < critere.cible - SAME => PriorityKind::Gap,
            _ => return None,
        };
        Some((*c, kind, *f))
    };
    criteres.iter().filter_map(kind).collect()
}

fn priorities(
    ground: &PriorityGround,
    below: &[(usize, PriorityKind, &Figure)],
    by_importance: bool,
) -> Vec<Priority> {
    let mut all: Vec<Priority> = below
        .iter()
        .map(|(c, kind, f)| {
            let rho = ground.importance.get(c).filter(|_| by_importance);
            let own = ground.referentiel.criteres[*c].weight;
            let weight = own * (1.0 + rho.map_or(0.0, |rho| rho.max(0.0)));
            let found = f.value.map(|value| gap(ground, *c, f, value, weight));
            Priority {
                critere: *c,
                kind: *kind,
                gap: found.map_or(0.0, |g| g.gap),
                p_below: found.map_or(0.0, |g| g.p_below),
                certain: *kind == PriorityKind::Imperatif
                    || found.is_some_and(|g| is_certain(&g, f)),
                weight,
                score: found.map_or(0.0, |g| g.priority),
                ties: Vec::new(),
            }
        })
        .collect();
    all.sort_by(|a, b| {
        let first = (b.kind == PriorityKind::Imperatif).cmp(&(a.kind == PriorityKind::Imperatif));
        let score = b.score.total_cmp(&a.score);
        first.then(score).then(a.critere.cmp(&b.critere))
    });
    let places: Vec<(usize, PriorityKind, f64)> =
        all.iter().map(|p| (p.critere, p.kind, p.score)).collect();
    all.truncate(FORWARD);
    for own in &mut all {
        let same = places.iter().filter(|(critere, kind, score)| {
            let is_other = *critere != own.critere && *kind == own.kind;
            is_other && (score - own.score).abs() < SAME
        });
        own.ties = same.map(|p| p.0).collect();
    }
    all
}
