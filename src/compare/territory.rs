//! The territory on the matched panel: the mean of the centres that can be compared, how many rise
//! and fall, and whether chance alone could do it.

use std::collections::HashMap;

use super::draft::{Draft, Ground, share_error};
use super::pair::Pair;
use super::{Line, LineReason};
use crate::figures::{Level, Noise};
use crate::stats::paired::signs;
use crate::stats::sign_flip::sign_flip;
use crate::vocabulary::referentiel::SourceCode;

/// Kind of figure, its code, its source.
type Key<'a> = (Level, &'a str, Option<SourceCode>);

/// One line per critère, axe and question that some structure has on both sides.
pub(super) fn means(drafts: &[Draft], pair: Pair) -> Vec<Draft> {
    let mut places: HashMap<Key, usize> = HashMap::new();
    let mut groups: Vec<(Key, Vec<&Draft>)> = Vec::new();
    for draft in drafts.iter().filter(|d| d.is_judged()) {
        let line = &draft.line;
        let key = (line.level, line.code.as_str(), line.source);
        let place = *places.entry(key).or_insert(groups.len());
        if place == groups.len() {
            groups.push((key, Vec::new()));
        }
        groups[place].1.push(draft);
    }
    let least = pair.after.referentiel.rules.effectif_min;
    let mean = |((level, code, source), used): (Key, Vec<&Draft>)| {
        let mut line = Line::new(level, code, "", pair.versions());
        line.source = source;
        match level {
            Level::Enquete => shares(line, &used, least),
            _ => Some(levels(line, &used)),
        }
    };
    groups.into_iter().filter_map(mean).collect()
}

fn mean(values: impl Iterator<Item = Option<f64>>) -> f64 {
    let values: Vec<f64> = values.flatten().collect();
    values.iter().sum::<f64>() / values.len() as f64
}

fn levels(mut line: Line, used: &[&Draft]) -> Draft {
    line.set(
        mean(used.iter().map(|d| d.line.value1)),
        mean(used.iter().map(|d| d.line.value2)),
    );
    let mut noises = (Vec::new(), Vec::new());
    let mut same = true;
    for draft in used {
        if let Ground::Levels { noise, identical } = &draft.ground {
            noises.0.push(noise.0);
            noises.1.push(noise.1);
            same &= identical;
        }
    }
    say_panel(&mut line, used);
    let ground = Ground::Levels {
        noise: (Noise::of_centres(&noises.0), Noise::of_centres(&noises.1)),
        identical: same,
    };
    Draft { line, ground }
}

/// Centres with enough answers in both campaigns, each weighing the same.
fn shares(mut line: Line, used: &[&Draft], least: usize) -> Option<Draft> {
    let enough = |d: &&&Draft| match &d.ground {
        Ground::Shares { before, after, .. } => before.answers.min(after.answers) >= least,
        _ => false,
    };
    let kept: Vec<&Draft> = used.iter().filter(enough).copied().collect();
    if kept.is_empty() {
        return None;
    }
    line.set(
        mean(kept.iter().map(|d| d.line.value1)),
        mean(kept.iter().map(|d| d.line.value2)),
    );
    say_panel(&mut line, &kept);
    let changes: Vec<f64> = kept.iter().filter_map(|d| d.line.delta).collect();
    let squares = kept.iter().filter_map(|d| match &d.ground {
        Ground::Shares { before, after, .. } => {
            Some(share_error(*before).powi(2) + share_error(*after).powi(2))
        }
        _ => None,
    });
    let error = squares.sum::<f64>().sqrt() / kept.len() as f64;
    Some(Draft {
        line,
        ground: Ground::Changes { changes, error },
    })
}

/// How many centres rise and fall, and the p of so many moves (`docs/statistics.md` §5.2 and §5.3).
fn say_panel(line: &mut Line, used: &[&Draft]) {
    let changes: Vec<f64> = used.iter().filter_map(|d| d.line.delta).collect();
    let moved = signs(&changes);
    line.say(LineReason::Panel {
        centres: used.len(),
        rising: moved.plus,
        falling: moved.minus,
        still: moved.zeros,
    });
    if moved.plus + moved.minus == 0 {
        return;
    }
    match sign_flip(&changes) {
        Ok(test) if test.attainable <= 0.05 => {
            line.say(LineReason::Chance { p: test.p });
        }
        _ => line.say(LineReason::TooFewForTest),
    }
}
