//! Themes of interviews: how many say it (`docs/statistics.md` §8.1).

use super::interval::Interval;
use std::collections::{BTreeMap, BTreeSet};

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
    pub interval: Interval,
}

/// Counts per theme, presence first (§8.1).
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
                interval: wilson(present, n, conf).unwrap_or(Interval {
                    low: 0.0,
                    high: 1.0,
                }),
            };
            (theme.clone(), counted)
        })
        .collect()
}
