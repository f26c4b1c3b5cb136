//! Themes of interviews: how many say it, and whether more interviews would bring new ones
//! (`statistics.md` 8.1 and 8.3).

use std::collections::{BTreeMap, BTreeSet};

use super::describe::choose;
use super::proportion::wilson;

/// Themes of each interview, repeated when mentioned again.
pub type Interviews = [Vec<String>];

/// How often a theme comes.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ThemeCount {
    /// Interviews that mention it.
    pub interviews: usize,
    /// Mentions in all.
    pub mentions: usize,
    /// Share of interviews.
    pub share: f64,
    /// Wilson interval, to print only if the interviews were drawn at random.
    pub interval: (f64, f64),
}

/// Counts per theme, presence first (8.1).
pub fn count(interviews: &Interviews, conf: f64) -> BTreeMap<String, ThemeCount> {
    let n = interviews.len();
    let all: BTreeSet<&String> = interviews.iter().flatten().collect();
    all.into_iter()
        .map(|theme| {
            let present = interviews.iter().filter(|i| i.contains(theme)).count();
            let mentions = interviews.iter().flatten().filter(|t| *t == theme).count();
            let counted = ThemeCount {
                interviews: present,
                mentions,
                share: present as f64 / n as f64,
                interval: wilson(present, n, conf).unwrap_or((0.0, 1.0)),
            };
            (theme.clone(), counted)
        })
        .collect()
}

/// One sliding run of interviews.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Run {
    /// Interviews before it.
    pub after: usize,
    /// Its last interview.
    pub end: usize,
    /// New themes in it.
    pub new: usize,
    /// New themes over those of the base; none when the base has none.
    pub ratio: Option<f64>,
}

/// Saturation by Guest, Namey & Chen 2020.
#[derive(Debug, Clone, PartialEq)]
pub struct Saturation {
    /// New themes per interview.
    pub new: Vec<usize>,
    /// Themes so far.
    pub cumulative: Vec<usize>,
    /// Themes of the base.
    pub base: usize,
    /// Sliding runs.
    pub runs: Vec<Run>,
    /// Interviews after which a run brought no more than the threshold.
    pub reached: Option<usize>,
}

/// Saturation with a base of interviews, then runs sliding by one (8.3).
pub fn saturation(interviews: &Interviews, base: usize, run: usize, threshold: f64) -> Saturation {
    let mut seen: BTreeSet<&String> = BTreeSet::new();
    let (mut new, mut cumulative) = (Vec::new(), Vec::new());
    for interview in interviews {
        let before = seen.len();
        seen.extend(interview);
        new.push(seen.len() - before);
        cumulative.push(seen.len());
    }
    let of_base = base
        .checked_sub(1)
        .and_then(|i| cumulative.get(i))
        .copied()
        .unwrap_or(0);
    let last = interviews.len().saturating_sub(run);
    let runs: Vec<Run> = (base..=last)
        .map(|after| {
            let found: usize = new[after..after + run].iter().sum();
            Run {
                after,
                end: after + run,
                new: found,
                ratio: (of_base > 0).then(|| found as f64 / of_base as f64),
            }
        })
        .collect();
    let enough = |r: &&Run| r.ratio.is_some_and(|x| x <= threshold + 1e-9);
    Saturation {
        reached: runs.iter().find(enough).map(|r| r.after),
        new,
        cumulative,
        base: of_base,
        runs,
    }
}

/// Interviews per theme.
fn frequencies(interviews: &Interviews) -> Vec<usize> {
    let all: BTreeSet<&String> = interviews.iter().flatten().collect();
    let present = |t: &&String| interviews.iter().filter(|i| i.contains(t)).count();
    all.iter().map(present).collect()
}

/// Themes expected after 1, 2… interviews taken in any order.
pub fn accumulation(interviews: &Interviews) -> Vec<f64> {
    let m = interviews.len();
    let frequencies = frequencies(interviews);
    let expected = |k: usize| {
        let missed = |f: &usize| choose(m - f, k) / choose(m, k);
        frequencies.iter().map(|f| 1.0 - missed(f)).sum()
    };
    (1..=m).map(expected).collect()
}

/// Chao's estimate of all themes there are.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Chao2 {
    /// Themes seen.
    pub observed: usize,
    /// Themes seen in one interview, in two.
    pub rare: (usize, usize),
    /// Estimate.
    pub estimate: f64,
    /// Seen over estimated; none without theme.
    pub completeness: Option<f64>,
}

/// Chao2 (8.3), bias-corrected when no theme comes in exactly two interviews.
pub fn chao2(interviews: &Interviews) -> Chao2 {
    let frequencies = frequencies(interviews);
    let with = |k: usize| frequencies.iter().filter(|f| **f == k).count();
    let (q1, q2, m) = (with(1), with(2), interviews.len().max(1) as f64);
    let unseen = if q2 > 0 {
        (q1 * q1) as f64 / (2 * q2) as f64
    } else {
        (q1 * q1.saturating_sub(1)) as f64 / 2.0
    };
    let observed = frequencies.len();
    let estimate = observed as f64 + (m - 1.0) / m * unseen;
    Chao2 {
        observed,
        rare: (q1, q2),
        estimate,
        completeness: (estimate > 0.0).then(|| observed as f64 / estimate),
    }
}
