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
    /// Weight given by what families hold to; 1 when nothing is known.
    pub weight: f64,
    /// weight × gap over the range of the scale × `p_below`.
    pub score: f64,
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
}

/// What to put forward for one structure.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Advice {
    /// At most three, the surest first.
    pub strengths: Vec<Strength>,
    /// At most three, impératifs first.
    pub priorities: Vec<Priority>,
}

/// Advice for a structure.
pub(super) fn of(ground: &PriorityGround, structure: &str) -> Advice {
    let figures = ground.indicators.of(structure).iter();
    let valued: Vec<(usize, &Figure, f64)> = figures
        .filter(|f| f.level == Level::Critere)
        .filter_map(|f| Some((ground.referentiel.critere(&f.code)?, f, f.value?)))
        .collect();
    Advice {
        strengths: strengths(ground, &valued),
        priorities: priorities(ground, structure, &valued),
    }
}

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

fn is_certain(gap: &TargetGap) -> bool {
    matches!(gap.status, TargetStatus::Met | TargetStatus::Missed)
}

/// An impératif has its own place among what is met, and is no point to lean on.
fn strengths(ground: &PriorityGround, valued: &[(usize, &Figure, f64)]) -> Vec<Strength> {
    let mut all: Vec<Strength> = valued
        .iter()
        .filter(|(c, f, _)| !ground.referentiel.criteres[*c].imperatif && !f.fragile)
        .filter(|(_, f, _)| f.status == FigureStatus::Ok)
        .filter_map(|(c, f, value)| {
            let found = gap(ground, *c, f, *value, 1.0);
            let above = value - ground.referentiel.criteres[*c].cible;
            (above >= -1e-9).then(|| Strength {
                critere: *c,
                above,
                certain: is_certain(&found) && above > 1e-9,
            })
        })
        .collect();
    all.sort_by(|a, b| {
        let surest = b.certain.cmp(&a.certain);
        let highest = b.above.total_cmp(&a.above);
        surest.then(highest).then(a.critere.cmp(&b.critere))
    });
    all.truncate(FORWARD);
    all
}

fn priorities(
    ground: &PriorityGround,
    structure: &str,
    valued: &[(usize, &Figure, f64)],
) -> Vec<Priority> {
    let r = ground.referentiel;
    let missed = |code: &str| {
        let must = ground.indicators.get(structure, Level::Imperatif, code);
        must.is_some_and(|f| f.status == FigureStatus::NonAtteint)
    };
    let mut all: Vec<Priority> = valued
        .iter()
        .filter_map(|(c, f, value)| {
            let critere = &r.criteres[*c];
            let rho = ground.importance.get(c).copied().unwrap_or(0.0);
            let weight = critere.weight * (1.0 + rho.max(0.0));
            let found = gap(ground, *c, f, *value, weight);
            let kind = match (critere.imperatif, missed(&critere.code)) {
                (true, true) => PriorityKind::Imperatif,
                // Its rules are met: what is left is its level.
                (_, false) if found.gap > 1e-9 => PriorityKind::Gap,
                _ => return None,
            };
            Some(Priority {
                critere: *c,
                kind,
                gap: found.gap,
                p_below: found.p_below,
                certain: kind == PriorityKind::Imperatif || found.status == TargetStatus::Missed,
                weight,
                score: found.priority,
            })
        })
        .collect();
    all.sort_by(|a, b| {
        let first = (b.kind == PriorityKind::Imperatif).cmp(&(a.kind == PriorityKind::Imperatif));
        let score = b.score.total_cmp(&a.score);
        first.then(score).then(a.critere.cmp(&b.critere))
    });
    all.truncate(FORWARD);
    all
}
