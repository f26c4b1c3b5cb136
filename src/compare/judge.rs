//! From changes to verdicts: how large the noise is, for all the lines read together.
//!
//! What is read together is one structure: its axes and critères share a risk of 5 % that any of
//! them claims a change that is not there. Axes, on which decisions rest, take four fifths of it:
//! shared equally, 40 critères would leave 8 axes too little to see a centre that improves
//! (`examples/fausses_alertes.rs` counts both). Its questionnaires are read apart. Words less sure than an
//! announcement come from what all lines of a level say together of how far things truly moved
//! (`stats::posterior`).

use crate::stats::interval::Interval;
use std::collections::{BTreeMap, HashMap};

use super::draft::{Draft, Ground, share_error};
use super::missing_evidence::missing_evidence;
use super::{Line, LineReason, LinesTogether};
use crate::figures::{Indicators, Level, Noise, Spread};
use crate::stats::average::t_interval;
use crate::stats::change::{
    ChangeEvidence, Verdict, smallest_detectable_change, verdict, z_for_lines,
};
use crate::stats::posterior::{MeasuredChange, TrueSpread};
use crate::stats::proportion::{ShareCount, difference};
use crate::vocabulary::referentiel::Rules;

/// How many lines share a risk of how much.
#[derive(Clone, Copy)]
pub(super) struct Family {
    pub(super) risk: f64,
    pub(super) lines: usize,
}

impl Family {
    /// Of a table of so many lines; `both` where axes and critères are judged together, and share the risk.
    pub(super) fn of(level: Level, lines: usize, both: bool) -> Self {
        let share = match level {
            Level::Axe if both => AXES,
            Level::Critere if both => 1.0 - AXES,
            _ => 1.0,
        };
        Self {
            risk: RISK * share,
            lines,
        }
    }
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
        Family::of(level, sizes[&(structure, level)], both)
    };
    let families = drafts.iter().map(|d| d.is_judged().then(|| family(d)));
    families.collect()
}

/// A change with its error, and whether it goes beyond the noise of its table.
#[derive(Clone, Copy)]
struct Measured {
    change: MeasuredChange,
    is_beyond_noise: bool,
}

/// Lines whose true changes are thought of together: those of a level, of the territory or of centres that
/// are set beside each other (what one team reads must not take the figures of a whole country).
pub(super) type Pool = (Level, Option<usize>);

pub(super) fn pool(line: &Line, indicators: &Indicators) -> Pool {
    let centre = Some(&line.structure).filter(|s| !s.is_empty());
    (line.level, centre.map(|s| indicators.neighbourhood(s)))
}

/// Gives every judged line its interval and its verdict: first the error of each, then how far things
/// truly moved over all the lines alike, then what is left to think of each of them.
pub(super) fn judge(drafts: &mut [Draft], spread: &Spread, rules: &Rules, indicators: &Indicators) {
    let families = families(drafts);
    let measured: Vec<Option<Measured>> = (drafts.iter_mut().zip(families))
        .map(|(draft, family)| draft.measure(spread, family?, rules))
        .collect();
    let spreads = true_spreads(drafts, &measured, (rules, indicators));
    for (draft, measured) in drafts.iter_mut().zip(measured) {
        let Some(measured) = measured else { continue };
        if draft.is_identical() {
            draft.line.verdict = Some(Verdict::Stable);
            draft.line.say(LineReason::SameRatings);
            continue;
        }
        draft.conclude(
            measured,
            &spreads[&pool(&draft.line, indicators)],
            spread,
            rules,
        );
    }
}

/// How far things truly moved, pool by pool; the lines of a centre are a group, which a day coloured.
fn true_spreads(
    drafts: &[Draft],
    measured: &[Option<Measured>],
    (rules, indicators): (&Rules, &Indicators),
) -> HashMap<Pool, TrueSpread> {
    let mut pools: HashMap<Pool, BTreeMap<&str, Vec<MeasuredChange>>> = HashMap::new();
    for (draft, measured) in drafts.iter().zip(measured) {
        // The same ratings say nothing of how far other things moved.
        if let Some(measured) = measured.filter(|_| !draft.is_identical()) {
            let groups = pools.entry(pool(&draft.line, indicators)).or_default();
            let group = groups.entry(&draft.line.structure).or_default();
            group.push(measured.change);
        }
    }
    let spread = |(pool, groups): (Pool, BTreeMap<&str, Vec<MeasuredChange>>)| {
        let least = rules.least(pool.0 == Level::Enquete);
        let groups: Vec<&[MeasuredChange]> = groups.values().map(Vec::as_slice).collect();
        (pool, TrueSpread::of(&groups, least))
    };
    pools.into_iter().map(spread).collect()
}

impl Draft {
    /// Its error and its interval; none where no verdict may be given.
    fn measure(&mut self, spread: &Spread, family: Family, rules: &Rules) -> Option<Measured> {
        self.line.together = Some(LinesTogether {
            lines: family.lines,
            confidence: family.confidence(),
        });
        match &self.ground {
            Ground::Settled => None,
            Ground::Levels { noise, .. } => levels(&mut self.line, noise, spread, family, rules),
            Ground::Shares { before, after, .. } => {
                shares(&mut self.line, (*before, *after), family, rules)
            }
            Ground::Changes { changes, error } => {
                mean_share(&mut self.line, changes, *error, family, rules)
            }
        }
    }

    /// The verdict of a change, and what would be enough to know where nothing is.
    fn conclude(&mut self, measured: Measured, moved: &TrueSpread, spread: &Spread, rules: &Rules) {
        let least = rules.least(self.line.level == Level::Enquete);
        let word = |measured: Measured| {
            let belief = moved.belief(measured.change, least);
            let word = verdict(ChangeEvidence {
                delta: measured.change.change,
                least,
                is_beyond_noise: measured.is_beyond_noise,
                belief,
            });
            (word, belief)
        };
        let (said, belief) = word(measured);
        self.line.verdict = Some(said);
        self.line.rise = Some(belief.rise);
        if said != Verdict::Indetermine || self.line.structure.is_empty() {
            return;
        }
        let would_tell = |error: f64| {
            let change = MeasuredChange {
                error,
                ..measured.change
            };
            let more = Measured { change, ..measured };
            word(more).0 != Verdict::Indetermine
        };
        let missing = missing_evidence(&self.ground, spread, would_tell);
        self.line.say(LineReason::WouldTell(missing));
    }
}

/// Rule 8.
fn levels(
    line: &mut Line,
    (before, after): &(Noise, Noise),
    spread: &Spread,
    family: Family,
    rules: &Rules,
) -> Option<Measured> {
    let delta = line.delta?;
    let errors = [before, after].map(|noise| spread.standard_error(noise));
    let [Some(first), Some(second)] = errors else {
        line.say(LineReason::LoneAnswer);
        return None;
    };
    let z = z_for_lines(family.risk, family.lines);
    let margin = smallest_detectable_change(first, second, z);
    let error = first.hypot(second);
    line.se = Some(error);
    line.interval = Some(Interval::around(delta, margin));
    Some(Measured {
        change: MeasuredChange {
            change: delta,
            error,
            shared: spread.day_error(before).hypot(spread.day_error(after)),
        },
        is_beyond_noise: delta.abs() >= margin.max(rules.mic) - 1e-9,
    })
}

impl Family {
    /// Level of confidence of one line, so that all lines of the table hold together.
    fn confidence(self) -> f64 {
        1.0 - self.risk / self.lines as f64
    }
}

/// Independent respondents: Newcombe's interval (`docs/statistics.md` §5.5).
fn shares(
    line: &mut Line,
    (before, after): (ShareCount, ShareCount),
    family: Family,
    rules: &Rules,
) -> Option<Measured> {
    let fewest = before.answers.min(after.answers);
    if fewest < 2 {
        line.say(LineReason::LoneAnswer);
        return None;
    }
    if fewest < rules.effectif_min {
        line.say(LineReason::FewAnswers {
            least: rules.effectif_min,
        });
        return None;
    }
    let found = difference(after, before, family.confidence()).ok()?;
    let error = share_error(before).hypot(share_error(after));
    line.interval = Some(found.interval);
    line.se = Some(error);
    Some(Measured {
        change: MeasuredChange {
            change: found.difference,
            error,
            shared: 0.0,
        },
        is_beyond_noise: found.interval.tells_a_sign(),
    })
}

/// Structures, not respondents, are what varies (`docs/statistics.md` §2.5 b); never less than respondents
/// do.
fn mean_share(
    line: &mut Line,
    changes: &[f64],
    error: f64,
    family: Family,
    rules: &Rules,
) -> Option<Measured> {
    const LEAST: usize = 5;
    if changes.len() < LEAST {
        line.say(LineReason::FewCentres { least: LEAST });
        return None;
    }
    let mean = t_interval(changes, family.confidence()).ok()?;
    line.interval = mean.interval;
    let between = t_interval(changes, 0.95).ok()?.interval;
    let half = between.map_or(0.0, |i| i.width() / 2.0);
    let is_beyond = mean.interval.is_some_and(|i| i.tells_a_sign());
    let error = (half / z_for_lines(RISK, 1)).max(error);
    line.se = Some(error);
    Some(Measured {
        change: MeasuredChange {
            change: mean.mean,
            error,
            shared: 0.0,
        },
        is_beyond_noise: is_beyond && mean.mean.abs() >= rules.mic_part - 1e-9,
    })
}

/// A level that rises is a rise; nothing is uncertain about a status.
pub(super) fn status_verdict(delta: f64) -> Verdict {
    match delta {
        d if d > 0.0 => Verdict::Progresse,
        d if d < 0.0 => Verdict::Recule,
        _ => Verdict::Stable,
    }
}
