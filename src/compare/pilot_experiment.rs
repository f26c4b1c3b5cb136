//! One centre's experiment against the rest: what can be said from so few treated centres, and
//! what cannot (`docs/statistics.md` §5.11).

use super::{Comparisons, ExperimentReading, Line, LineReason};
use crate::figures::Level;
use crate::stats::change::Verdict;
use crate::stats::multiplicity::{Correction, adjust};
use crate::stats::pilot::{PilotEffect, pilot};

/// The experiment seen on one critère or axe: every centre's change.
pub struct Experiment<'a> {
    /// Changes of the pilots, by code.
    pub pilots: Vec<SiteChange<'a>>,
    /// Changes of the others.
    pub others: Vec<SiteChange<'a>>,
    /// Difference in differences, in levels, with its permutation p; none when a side is empty.
    pub effect: Option<PilotEffect>,
    /// Whether p was found on changes divided by their standard errors.
    pub standardised: bool,
}

/// What one centre's level did.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct SiteChange<'a> {
    /// Structure code.
    pub structure: &'a str,
    /// Change, in levels.
    pub change: f64,
    /// Its standard error.
    pub se: Option<f64>,
}

/// Errors that differ by more than this make centres unequal: the noisiest would pass for the one
/// that moved most.
const UNEQUAL: f64 = 1.5;

/// Gathers the changes of a critère or an axe.
pub fn experiment<'a>(
    compared: &'a Comparisons,
    level: Level,
    code: &str,
    pilots: &[String],
) -> Experiment<'a> {
    let lines = compared.lines.iter();
    let changes = lines.filter(|l| l.level == level && l.code == code && !l.structure.is_empty());
    let changes = changes.filter_map(|l| {
        Some(SiteChange {
            structure: &l.structure,
            change: l.delta?,
            se: l.se,
        })
    });
    let (own, others): (Vec<SiteChange>, Vec<SiteChange>) =
        changes.partition(|c| pilots.iter().any(|p| p == c.structure));
    let raw = |side: &[SiteChange]| side.iter().map(|c| c.change).collect::<Vec<f64>>();
    let mut effect = pilot(&raw(&own), &raw(&others)).ok();
    let scaled = scale(&own, &others);
    if let (Some(effect), Some((a, b))) = (&mut effect, &scaled)
        && let Ok(fair) = pilot(a, b)
    {
        (effect.p, effect.p_greater) = (fair.p, fair.p_greater);
    }
    Experiment {
        standardised: scaled.is_some() && effect.is_some(),
        pilots: own,
        others,
        effect,
    }
}

/// Changes divided by their errors, where all are known and they are unequal: relabelling assumes
/// that noise is alike everywhere (5.11).
fn scale(own: &[SiteChange], others: &[SiteChange]) -> Option<(Vec<f64>, Vec<f64>)> {
    let all = || own.iter().chain(others);
    let errors: Vec<f64> = all().filter_map(|c| c.se).filter(|se| *se > 0.0).collect();
    let low = errors.iter().copied().fold(f64::INFINITY, f64::min);
    let high = errors.iter().copied().fold(0.0, f64::max);
    let unequal = errors.len() == all().count() && high > UNEQUAL * low;
    let divided =
        |side: &[SiteChange]| side.iter().filter_map(|c| Some(c.change / c.se?)).collect();
    unequal.then(|| (divided(own), divided(others)))
}

/// Difference between the change of the pilots and that of the others, for each critère and axe.
/// `value1` is the mean change of the pilots, `value2` that of the others, `delta` the difference.
pub fn against_the_rest(compared: &Comparisons, pilots: &[String]) -> Comparisons {
    let own = |l: &&Line| pilots.iter().any(|code| l.structure == *code);
    let mut lines: Vec<(Line, Experiment)> = Vec::new();
    for line in compared.lines.iter().filter(own) {
        let known = lines
            .iter()
            .any(|(l, _)| (l.level, &l.code) == (line.level, &line.code));
        if known || !matches!(line.level, Level::Critere | Level::Axe) {
            continue;
        }
        lines.push(contrast(compared, line, pilots));
    }
    let p: Vec<Option<f64>> = lines
        .iter()
        .map(|(_, e)| e.effect.as_ref().map(|e| e.p))
        .collect();
    let corrected = adjust(&p, Correction::Holm);
    for ((line, experiment), p) in lines.iter_mut().zip(corrected) {
        conclude(line, experiment, p);
    }
    Comparisons {
        lines: lines.into_iter().map(|(l, _)| l).collect(),
        panel: compared.panel.clone(),
        ..Comparisons::default()
    }
}

fn contrast<'a>(
    compared: &'a Comparisons,
    like: &Line,
    pilots: &[String],
) -> (Line, Experiment<'a>) {
    let found = experiment(compared, like.level, &like.code, pilots);
    let versions = (&like.version1, &like.version2);
    let mut line = Line::new(like.level, &like.code, pilots.join("+").as_str(), versions);
    let mean = |v: &[SiteChange]| {
        (!v.is_empty()).then(|| v.iter().map(|c| c.change).sum::<f64>() / v.len() as f64)
    };
    (line.value1, line.value2) = (mean(&found.pilots), mean(&found.others));
    line.delta = found.effect.as_ref().map(|e| e.did);
    (line, found)
}

/// What so few centres allow to say: never more than their number of relabellings.
fn conclude(line: &mut Line, experiment: &Experiment, corrected: Option<f64>) {
    let Some(effect) = &experiment.effect else {
        return line.say(LineReason::NoEffect);
    };
    let mut changes = experiment
        .pilots
        .iter()
        .chain(&experiment.others)
        .map(|c| c.change);
    let first = changes.next().unwrap_or(0.0);
    if changes.all(|c| (c - first).abs() < 1e-9) {
        line.verdict = Some(Verdict::Indetermine);
        return line.say(LineReason::SameChangeEverywhere);
    }
    line.say(LineReason::PilotRank {
        rank: effect.rank,
        centres: effect.pilots + effect.others,
        p: effect.p,
        attainable: effect.attainable,
    });
    if experiment.standardised {
        line.say(LineReason::StandardisedChanges);
    }
    let proven = corrected.is_some_and(|p| p <= 0.05);
    line.verdict = Some(match (proven, effect.did > 0.0) {
        (true, true) => Verdict::Progresse,
        (true, false) => Verdict::Recule,
        _ => Verdict::Indetermine,
    });
    line.say(LineReason::Experiment(conclusion(effect, proven)));
}

/// What may be said of the experiment.
fn conclusion(effect: &PilotEffect, proven: bool) -> ExperimentReading {
    if effect.attainable > 0.05 {
        ExperimentReading::Unprovable
    } else if proven {
        ExperimentReading::Proven
    } else {
        ExperimentReading::Unproven
    }
}
