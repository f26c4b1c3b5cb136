//! From changes to verdicts: how large the noise is, for all the lines read together.
//!
//! What is read together is one structure: its axes and critères share a risk of 5 % that any of
//! them claims a change that is not there. Axes, on which decisions rest, take four fifths of it:
//! shared equally, 40 critères would leave 8 axes too little to see a centre that improves
//! (`examples/fausses_alertes.rs` counts both). Its questionnaires are read apart.

use crate::stats::interval::Interval;
use std::collections::HashMap;

use super::{Line, LineReason};
use crate::figures::{Level, Noise, Spread};
use crate::stats::average::t_interval;
use crate::stats::change::{
    Verdict, share_verdict, smallest_detectable_change, verdict, z_for_lines,
};
use crate::stats::proportion::{ShareCount, difference};
use crate::vocabulary::referentiel::Rules;

/// What a line's margin rests on.
pub(super) enum Ground {
    /// Nothing to judge, or judged already.
    Settled,
    /// Levels: the noise of both values; whether the answers are the same.
    Levels {
        noise: (Noise, Noise),
        identical: bool,
    },
    /// Favourable answers out of answers, before and after.
    Shares {
        before: ShareCount,
        after: ShareCount,
    },
    /// Changes of a favourable share, one per structure.
    Changes(Vec<f64>),
}

/// A line before its verdict: the margin depends on how many lines its table has.
pub(super) struct Draft {
    pub line: Line,
    pub ground: Ground,
}

impl Draft {
    pub(super) fn settled(line: Line) -> Self {
        Self {
            line,
            ground: Ground::Settled,
        }
    }

    /// Not the same thing on both sides.
    pub(super) fn broken(mut line: Line) -> Self {
        line.verdict = Some(Verdict::NonComparable);
        line.say(LineReason::VersionBreak);
        Self::settled(line)
    }

    pub(super) fn is_judged(&self) -> bool {
        !matches!(self.ground, Ground::Settled)
    }

    /// The table it belongs to: a structure's axes, its critères, its questionnaires.
    fn table(&self) -> (&str, Level) {
        (&self.line.structure, self.line.level)
    }
}

/// How many lines share a risk of how much.
#[derive(Clone, Copy)]
struct Family {
    risk: f64,
    lines: usize,
}

/// Risk of any false claim on a structure.
const RISK: f64 = 0.05;
/// What axes take of it, when critères are judged too.
const AXES: f64 = 0.8;

/// The family of each line that is judged.
fn families(drafts: &[Draft]) -> Vec<Option<Family>> {
    let mut sizes: HashMap<(&str, Level), usize> = HashMap::new();
    for draft in drafts.iter().filter(|d| d.is_judged()) {
        *sizes.entry(draft.table()).or_default() += 1;
    }
    let family = |draft: &Draft| {
        let (structure, level) = draft.table();
        let both = [Level::Axe, Level::Critere]
            .iter()
            .all(|l| sizes.contains_key(&(structure, *l)));
        let share = match level {
            Level::Axe if both => AXES,
            Level::Critere if both => 1.0 - AXES,
            _ => 1.0,
        };
        Family {
            risk: RISK * share,
            lines: sizes[&(structure, level)],
        }
    };
    let families = drafts.iter().map(|d| d.is_judged().then(|| family(d)));
    families.collect()
}

/// Gives every judged line its interval and its verdict.
pub(super) fn judge(drafts: &mut [Draft], spread: &Spread, rules: &Rules) {
    let families = families(drafts);
    for (draft, family) in drafts.iter_mut().zip(families) {
        let Some(family) = family else {
            continue;
        };
        match &draft.ground {
            Ground::Settled => {}
            Ground::Levels { noise, identical } => {
                levels(&mut draft.line, noise, *identical, spread, family, rules);
            }
            Ground::Shares { before, after } => {
                shares(&mut draft.line, *before, *after, family, rules);
            }
            Ground::Changes(changes) => mean_share(&mut draft.line, changes, family, rules),
        }
    }
}

/// Rule 8.
fn levels(
    line: &mut Line,
    noise: &(Noise, Noise),
    identical: bool,
    spread: &Spread,
    family: Family,
    rules: &Rules,
) {
    let Some(delta) = line.delta else { return };
    if noise.0.lone || noise.1.lone {
        return line.say(LineReason::LoneAnswer);
    }
    let (first, second) = (
        spread.standard_error(&noise.0),
        spread.standard_error(&noise.1),
    );
    let sdc = smallest_detectable_change(first, second, z_for_lines(family.risk, family.lines));
    line.se = first.zip(second).map(|(a, b)| a.hypot(b));
    line.interval = sdc.map(|s| Interval::around(delta, s));
    line.verdict = Some(verdict(delta, rules.mic, sdc, identical));
    if sdc.is_none() && !identical {
        line.say(LineReason::UnknownMargin);
    }
}

impl Family {
    /// Level of confidence of one line, so that all lines of the table hold together.
    fn confidence(self) -> f64 {
        1.0 - self.risk / self.lines as f64
    }
}

/// Independent respondents: Newcombe's interval (`docs/statistics.md` §5.5).
fn shares(line: &mut Line, before: ShareCount, after: ShareCount, family: Family, rules: &Rules) {
    let fewest = before.answers.min(after.answers);
    if fewest < 2 {
        return line.say(LineReason::LoneAnswer);
    }
    if fewest < rules.effectif_min {
        return line.say(LineReason::FewAnswers {
            least: rules.effectif_min,
        });
    }
    if let Ok(change) = difference(after, before, family.confidence()) {
        line.interval = Some(change.interval);
        line.verdict = Some(share_verdict(
            change.difference,
            change.interval,
            rules.mic_part,
            before == after,
        ));
    }
}

/// Structures, not respondents, are what varies (`docs/statistics.md` §2.5 b).
fn mean_share(line: &mut Line, changes: &[f64], family: Family, rules: &Rules) {
    const LEAST: usize = 5;
    if changes.len() < LEAST {
        return line.say(LineReason::FewCentres { least: LEAST });
    }
    let Ok(mean) = t_interval(changes, family.confidence()) else {
        return;
    };
    line.interval = mean.interval;
    let identical = changes.iter().all(|c| *c == 0.0);
    let verdict = |i| share_verdict(mean.mean, i, rules.mic_part, identical);
    line.verdict = mean.interval.map(verdict);
}

/// A level that rises is a rise; nothing is uncertain about a status.
pub(super) fn status_verdict(delta: f64) -> Verdict {
    match delta {
        d if d > 0.0 => Verdict::Progresse,
        d if d < 0.0 => Verdict::Recule,
        _ => Verdict::Stable,
    }
}
