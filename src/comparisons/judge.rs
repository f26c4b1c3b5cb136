//! From changes to verdicts: how large the noise is, for all the lines of a table together.
//! A table is what is read at one glance: the levels of one structure, or its questionnaires.

use std::collections::BTreeMap;

use super::Line;
use crate::indicators::{Noise, Spread};
use crate::referentiel::Rules;
use crate::stats::average::t_interval;
use crate::stats::change::{
    Verdict, share_verdict, smallest_detectable_change, verdict, z_for_lines,
};
use crate::stats::proportion::{DifferenceMethod, difference};

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
        before: (usize, usize),
        after: (usize, usize),
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
    pub fn settled(line: Line) -> Self {
        Self {
            line,
            ground: Ground::Settled,
        }
    }

    pub fn is_judged(&self) -> bool {
        !matches!(self.ground, Ground::Settled)
    }

    /// Structure and kind: the table it belongs to.
    fn table(&self) -> Option<(String, bool)> {
        let shares = match self.ground {
            Ground::Settled => return None,
            Ground::Levels { .. } => false,
            Ground::Shares { .. } | Ground::Changes(_) => true,
        };
        Some((self.line.structure.clone(), shares))
    }
}

/// Gives every judged line its interval and its verdict.
pub(super) fn judge(drafts: &mut [Draft], spread: &Spread, rules: &Rules) {
    let mut sizes: BTreeMap<(String, bool), usize> = BTreeMap::new();
    for table in drafts.iter().filter_map(Draft::table) {
        *sizes.entry(table).or_default() += 1;
    }
    for draft in drafts {
        let Some(lines) = draft.table().map(|t| sizes[&t]) else {
            continue;
        };
        match &draft.ground {
            Ground::Settled => {}
            Ground::Levels { noise, identical } => {
                levels(&mut draft.line, noise, *identical, (spread, lines), rules);
            }
            Ground::Shares { before, after } => {
                shares(&mut draft.line, *before, *after, lines, rules);
            }
            Ground::Changes(changes) => mean_share(&mut draft.line, changes, lines, rules),
        }
    }
}

/// Rule 8.
fn levels(
    line: &mut Line,
    noise: &(Noise, Noise),
    identical: bool,
    (spread, lines): (&Spread, usize),
    rules: &Rules,
) {
    let Some(delta) = line.delta else { return };
    if noise.0.lone || noise.1.lone {
        return line.say("une seule réponse à un questionnaire : pas de verdict");
    }
    let (first, second) = (
        spread.standard_error(&noise.0),
        spread.standard_error(&noise.1),
    );
    let sdc = smallest_detectable_change(first, second, z_for_lines(lines));
    line.interval = sdc.map(|s| (delta - s, delta + s));
    line.verdict = Some(verdict(delta, rules.mic, sdc, identical));
    if sdc.is_none() && !identical {
        line.say("marge non estimée");
    }
}

/// Level of confidence of one line, so that all lines of the table hold together at 95 %.
fn confidence(lines: usize) -> f64 {
    1.0 - 0.05 / lines.max(1) as f64
}

/// Independent respondents: Newcombe's interval (statistics.md 5.5).
fn shares(
    line: &mut Line,
    before: (usize, usize),
    after: (usize, usize),
    lines: usize,
    rules: &Rules,
) {
    if before.1.min(after.1) < rules.effectif_min {
        let least = rules.effectif_min;
        return line.say(&format!("moins de {least} réponses : pas de verdict"));
    }
    let method = DifferenceMethod::Newcombe;
    if let Ok((delta, interval)) = difference(after, before, confidence(lines), method) {
        line.interval = Some(interval);
        line.verdict = Some(share_verdict(
            delta,
            interval,
            rules.mic_part,
            before == after,
        ));
    }
}

/// Structures, not respondents, are what varies (statistics.md 2.5 b).
fn mean_share(line: &mut Line, changes: &[f64], lines: usize, rules: &Rules) {
    const LEAST: usize = 5;
    if changes.len() < LEAST {
        return line.say(&format!("moins de {LEAST} accueils : pas de verdict"));
    }
    let Ok(mean) = t_interval(changes, None, confidence(lines)) else {
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
