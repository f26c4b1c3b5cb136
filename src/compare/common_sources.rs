//! What both campaigns say of a critère through the same sources: a change of level is sought there alone.
//! A source that came or went is no change, nor is a self-assessment beside an observation; activity data
//! that changed are said, and judged by nobody.

use std::collections::BTreeSet;

use super::draft::{Draft, Ground};
use super::{Line, LineReason};
use crate::figures::{Figure, HeldScore, Noise, UsedSource, used_sources};
use crate::stats::change::Verdict;
use crate::vocabulary::referentiel::{Critere, Rules, SourceCode};

/// Finds what a source says.
pub(super) type FigureOf<'f, 'a> = &'f dyn Fn(SourceCode) -> Option<&'a Figure>;

/// Both campaigns of one critère at one place: figures by source, and whether those behind a source are the
/// same.
pub(super) struct BothSources<'a> {
    pub critere: &'a Critere,
    pub rules: &'a Rules,
    pub before: FigureOf<'a, 'a>,
    pub after: FigureOf<'a, 'a>,
    pub identical: &'a dyn Fn(SourceCode) -> bool,
}

/// What can be compared.
pub(super) struct CommonSources {
    /// Mean of the sources compared, then; none when there are none.
    pub levels: Option<(f64, f64)>,
    pub noise: (Noise, Noise),
    /// They were given the same ratings.
    pub identical: bool,
    /// Those compared.
    pub compared: Vec<SourceCode>,
    /// The same, when they are not all that either campaign has.
    pub narrowed: Vec<SourceCode>,
    /// Only activity data are in both.
    pub is_data_alone: bool,
    /// Sources that came, went, or whose data changed.
    pub said: Vec<LineReason>,
}

/// A line of levels from the sources that both campaigns have.
pub(super) fn compared(mut line: Line, common: CommonSources) -> Draft {
    let rated = common.rated();
    line.reasons.extend(common.said);
    let Some((before, after)) = rated else {
        // Nothing in common, or data that changed: that is no change of what people rated.
        line.delta = None;
        if common.levels.is_none() && !common.is_data_alone {
            line.verdict = Some(Verdict::NonComparable);
        }
        return Draft::settled(line);
    };
    line.set(before, after);
    if !common.narrowed.is_empty() {
        line.say(LineReason::OnSources(common.narrowed.clone()));
        line.sources = common.narrowed;
    }
    if common.is_data_alone {
        return Draft::settled(line);
    }
    let ground = Ground::Levels {
        noise: common.noise,
        identical: common.identical,
    };
    Draft { line, ground }
}

impl CommonSources {
    /// Both levels, where they say something of what people rated, or of data that stayed.
    pub(super) fn rated(&self) -> Option<(f64, f64)> {
        let is_gone = self.is_data_alone && !self.is_same_data();
        self.levels.filter(|_| !is_gone)
    }

    /// It rests on activity data alone, which are the same.
    pub(super) fn is_same_data(&self) -> bool {
        self.is_data_alone && !self.compared.is_empty()
    }
}

impl BothSources<'_> {
    /// The sources that both campaigns have.
    pub(super) fn common(&self) -> CommonSources {
        let [before, after] = [self.before, self.after]
            .map(|figure| used_sources(self.critere, self.rules, |s| figure(s).map(HeldScore::of)));
        let names = |used: &[UsedSource]| -> BTreeSet<SourceCode> {
            used.iter().map(|u| u.source).collect()
        };
        let (first, second) = (names(&before), names(&after));
        let mut said: Vec<LineReason> = Vec::new();
        said.extend(
            second
                .difference(&first)
                .copied()
                .map(LineReason::SourceAppeared),
        );
        said.extend(
            first
                .difference(&second)
                .copied()
                .map(LineReason::SourceGone),
        );
        let both: Vec<UsedSource> = (after.iter().copied())
            .filter(|u| first.contains(&u.source))
            .collect();
        let is_data = |u: &&UsedSource| u.source == SourceCode::Don;
        let has_moved = both
            .iter()
            .any(|u| is_data(&u) && !(self.identical)(u.source));
        if has_moved {
            said.push(LineReason::DataChanged);
        }
        let is_data_alone = !both.is_empty() && both.iter().all(|u| is_data(&u));
        if is_data_alone && !has_moved {
            said.push(LineReason::SameData);
        }
        let compared: Vec<UsedSource> = (both.iter().copied())
            .filter(|u| !(has_moved && is_data(&u)))
            .collect();
        let is_whole = compared.len() == first.len() && compared.len() == second.len();
        let names: Vec<SourceCode> = compared.iter().map(|u| u.source).collect();
        let identical = !is_data_alone && compared.iter().all(|u| (self.identical)(u.source));
        CommonSources {
            levels: self.means(&compared),
            noise: (
                Noise::mean(terms(&compared, self.before, |f| f.noise)),
                Noise::mean(terms(&compared, self.after, |f| f.noise)),
            ),
            identical: identical && !compared.is_empty(),
            narrowed: if is_whole { Vec::new() } else { names.clone() },
            compared: names,
            is_data_alone,
            said,
        }
    }

    fn means(&self, compared: &[UsedSource]) -> Option<(f64, f64)> {
        let total: f64 = compared.iter().map(|u| u.weight).sum();
        let mean = |figure| {
            let values = terms(compared, figure, |f| f.value.unwrap_or(0.0));
            let sum: f64 = values.map(|(weight, value)| weight * value).sum();
            sum / total
        };
        (total > 0.0).then(|| (mean(self.before), mean(self.after)))
    }
}

/// Something of each source's figure, with its weight.
fn terms<'c, 'a, T>(
    compared: &'c [UsedSource],
    figure: FigureOf<'c, 'a>,
    pick: impl Fn(&Figure) -> T + 'c,
) -> impl Iterator<Item = (f64, T)> + 'c {
    compared
        .iter()
        .filter_map(move |u| Some((u.weight, pick(figure(u.source)?))))
}
