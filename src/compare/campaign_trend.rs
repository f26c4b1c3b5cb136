//! Three campaigns and more: the change from the first to the last, each level followed on the way.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::evolution::Gathered;
use super::judge::{Pool, pool};
use super::pair::{Pair, Side};
use super::series_point::SeriesPoint;
use super::{CommonTrend, Comparisons, LevelTrend, Line, LineReason, Way, organiser_lines};
use crate::base::diagnostics::{Checked, Code, Diagnostic, Location};
use crate::base::text::{SharedText, count};
use crate::figures::{HeldFigures, HeldLevels, Level, Noise, Spread};
use crate::stats::level_filter::{MeasuredLevel, follow_level};
use crate::stats::posterior::{MeasuredChange, TrueSpread};
use crate::stats::trend::{mann_kendall, page, theil_sen};

/// A campaign and its place in time.
#[derive(Clone, Copy)]
pub struct Moment<'a> {
    /// The campaign.
    pub side: Side<'a>,
    /// Middle of the campaign, in years.
    pub year: f64,
}

/// The levels of a line at every campaign.
struct Series {
    /// Position of the line.
    line: usize,
    points: Vec<SeriesPoint>,
}

/// Compares the last of several campaigns with the first, and says how each level moved on the
/// way: followed with its interval; Theil-Sen's slope and Mann-Kendall's p from five campaigns on; Page over the
/// centres present at all of them (`docs/statistics.md` §5.9 and §5.10).
///
/// # Panics
///
/// Fewer than two campaigns.
pub fn follow(moments: &[Moment]) -> Checked<Comparisons> {
    let mut following = Following::of(moments, HeldLevels::ALL.into());
    following.add(moments);
    following.settle(moments)
}

/// Campaigns being followed, structures being handed over some at a time: their figures are needed no more
/// once they are added.
pub(crate) struct Following<'a> {
    gathered: Gathered<'a>,
    series: Vec<Series>,
    /// Lines without a value at every campaign.
    incomplete: usize,
    /// Structures that have figures at every campaign.
    panel: BTreeSet<String>,
}

impl<'a> Following<'a> {
    /// Of campaigns, no structure of which is followed yet; lines of some levels alone are wanted.
    ///
    /// # Panics
    ///
    /// Fewer than two campaigns.
    pub(crate) fn of(moments: &[Moment], held: HeldFigures<'a>) -> Self {
        Self {
            gathered: Gathered::new(ends(moments), held),
            series: Vec::new(),
            incomplete: 0,
            panel: BTreeSet::new(),
        }
    }

    /// Adds some structures, with all the figures that the campaigns have of them; parts come in order of code.
    pub(crate) fn add(&mut self, part: &[Moment]) {
        let known = self.gathered.drafts.len();
        self.gathered.add(ends(part));
        if part.len() < 3 {
            return;
        }
        let mut present = part.iter().map(|m| m.side.structures());
        let first = present.next().unwrap_or_default();
        let panel = present.fold(first, |all, here| {
            all.intersection(&here).copied().collect()
        });
        self.panel.extend(panel.into_iter().map(str::to_owned));
        for (rank, draft) in self.gathered.drafts[known..].iter().enumerate() {
            let line = &draft.line;
            let leveled = matches!(line.level, Level::Critere | Level::Axe);
            if !leveled || line.delta.is_none() {
                continue;
            }
            match values(&line.structure, line.level, &line.code, part) {
                Some(points) => self.series.push(Series {
                    line: known + rank,
                    points,
                }),
                None => self.incomplete += 1,
            }
        }
    }

    /// Gives verdicts and trends, all lines being read together. `whole` needs the figures of no structure.
    pub(crate) fn settle(self, whole: &[Moment]) -> Checked<Comparisons> {
        let held = self.gathered.held;
        let mut checked = self.settled(whole);
        let lines = &mut checked.value.lines;
        lines.retain(|line| held.keeps_line(line.level, &line.structure, &line.code));
        lines.shrink_to_fit();
        for line in lines {
            line.reasons.shrink_to_fit();
        }
        checked
    }

    fn settled(self, whole: &[Moment]) -> Checked<Comparisons> {
        let mut checked = self.gathered.settle(ends(whole));
        if whole.len() < 3 {
            return checked;
        }
        let last = whole[whole.len() - 1].side.indicators;
        let lines = &mut checked.value.lines;
        let followed = Followed::of(whole, lines, &self.series);
        for own in &self.series {
            let line = &mut lines[own.line];
            let drift = followed.drift(&pool(line, last));
            let trend = followed.trend(&own.points, drift);
            line.say(LineReason::Trend(Box::new(trend)));
        }
        let panel = self.panel.iter().map(String::as_str).collect();
        of_territory((whole, &panel), lines, &self.series, &followed);
        if self.incomplete > 0 {
            let message = format!(
                "{} sans valeur à toutes les campagnes, ou dont le critère a changé : pas de tendance.",
                count(self.incomplete, "ligne", "lignes")
            );
            let note = Diagnostic::new(Code::PanelChange, Location::none(), message);
            checked.diagnostics.push(note);
        }
        checked
    }
}

/// The first of several campaigns, and the last.
fn ends<'a>(moments: &[Moment<'a>]) -> Pair<'a> {
    Pair {
        before: moments[0].side,
        after: moments[moments.len() - 1].side,
    }
}

/// The lines of the territory: what the organiser decides is followed, the rest moves as centres together do.
fn of_territory(
    (moments, panel): (&[Moment], &BTreeSet<&str>),
    lines: &mut [Line],
    series: &[Series],
    followed: &Followed,
) {
    let ends = ends(moments);
    let sides: Vec<Side> = moments.iter().map(|m| m.side).collect();
    let mut rows: HashMap<(Level, SharedText), Vec<Vec<f64>>> = HashMap::new();
    for own in series {
        let line = &lines[own.line];
        let values = own.points.iter().map(|p| p.value).collect();
        let all = rows.entry((line.level, line.code.clone())).or_default();
        all.push(values);
    }
    for line in lines.iter_mut().filter(|l| l.structure.is_empty()) {
        if organiser_lines::is_organisers(ends, &line.code) && line.level == Level::Critere {
            let points = line
                .delta
                .and_then(|_| organiser_lines::values(&sides, panel, &line.code));
            let drift = followed.drift(&pool(line, ends.after.indicators));
            let trend = points.map(|points| followed.trend(&points, drift));
            let trend = trend.map(|trend| LineReason::Trend(Box::new(trend)));
            line.reasons.extend(trend);
            continue;
        }
        let own = rows.get(&(line.level, line.code.clone()));
        let own = own.map_or(&[][..], Vec::as_slice);
        line.say(LineReason::CommonTrend(common_trend(own)));
    }
}

/// What levels are followed with.
struct Followed {
    years: Vec<f64>,
    /// Errors of all campaigns together.
    spread: Spread,
    /// How far levels truly move from a campaign to the next, by pool.
    drifts: HashMap<Pool, f64>,
    /// Where no pool tells.
    usual: f64,
}

impl Followed {
    fn of(moments: &[Moment], lines: &[Line], series: &[Series]) -> Self {
        let last = moments[moments.len() - 1].side;
        let spreads = moments.iter().map(|m| m.side.indicators.spread);
        let spread = spreads.reduce(Spread::pooled).unwrap_or_default();
        let spread = Spread {
            declared: last.referentiel.rules.declared,
            ..spread
        };
        let scale = last.referentiel.rules.mic;
        let mut pools: HashMap<Pool, BTreeMap<&str, Vec<MeasuredChange>>> = HashMap::new();
        for own in series {
            let line = &lines[own.line];
            let groups = pools.entry(pool(line, last.indicators)).or_default();
            let steps = own.points.windows(2).filter_map(|step| {
                let error = spread.change_error(&step[0].noise, &step[1].noise)?;
                let days = step.iter().map(|p| spread.day_error(&p.noise));
                Some(MeasuredChange {
                    change: step[1].value - step[0].value,
                    error,
                    shared: days.fold(0.0, f64::hypot),
                })
            });
            groups.entry(&line.structure).or_default().extend(steps);
        }
        let drift = |groups: BTreeMap<&str, Vec<MeasuredChange>>| {
            let groups: Vec<&[MeasuredChange]> = groups.values().map(Vec::as_slice).collect();
            TrueSpread::of(&groups, scale).mean()
        };
        Self {
            years: moments.iter().map(|m| m.year).collect(),
            spread,
            drifts: pools
                .into_iter()
                .map(|(pool, all)| (pool, drift(all)))
                .collect(),
            usual: TrueSpread::of(&[], scale).mean(),
        }
    }

    fn drift(&self, pool: &Pool) -> f64 {
        self.drifts.get(pool).copied().unwrap_or(self.usual)
    }

    fn trend(&self, points: &[SeriesPoint], drift: f64) -> LevelTrend {
        let seen = points.iter().map(|p| {
            Some(MeasuredLevel {
                value: p.value,
                error: self.spread.standard_error(&p.noise)?,
            })
        });
        let seen: Option<Vec<MeasuredLevel>> = seen.collect();
        let values: Vec<f64> = points.iter().map(|p| p.value).collect();
        let long = points.len() >= LONG;
        let test = mann_kendall(&values).ok().filter(|_| long);
        let slope = theil_sen(&self.years, &values).ok().filter(|_| long);
        LevelTrend {
            followed: seen.and_then(|seen| follow_level(&seen, drift).ok()),
            per_year: slope.map(|line| line.slope),
            campaigns: points.len(),
            p: test.and_then(|t| t.p_exact.or(t.p_asymptotic)),
        }
    }
}

/// Campaigns from which a slope has a test: three or four can never be significant.
pub(crate) const LONG: usize = 5;

/// The levels of a line at every campaign; an axe on the critères valued at all of them. None when
/// one is missing, or when the critère has changed.
pub fn values(
    structure: &str,
    level: Level,
    code: &str,
    moments: &[Moment],
) -> Option<Vec<SeriesPoint>> {
    let last = moments.last()?.side;
    let r = last.referentiel;
    let followed = |code: &str| -> Option<Vec<SeriesPoint>> {
        let value = |m: &Moment| {
            let pair = Pair {
                before: m.side,
                after: last,
            };
            let same = pair.same(code) == Some(true);
            let figure = m.side.critere(structure, code).filter(|_| same)?;
            Some(SeriesPoint {
                value: figure.value?,
                noise: figure.noise,
            })
        };
        moments.iter().map(value).collect()
    };
    if level == Level::Critere {
        return followed(code);
    }
    let ends = Pair {
        before: moments.first()?.side,
        after: last,
    };
    let expected = ends.expected(structure, code);
    let common: Vec<(f64, Vec<SeriesPoint>)> = expected
        .iter()
        .filter_map(|c| Some((c.weight, followed(&c.code)?)))
        .collect();
    let all: f64 = expected.iter().map(|c| c.weight).sum();
    let seen: f64 = common.iter().map(|c| c.0).sum();
    let mean = |i: usize| SeriesPoint {
        value: common.iter().map(|(w, v)| w * v[i].value).sum::<f64>() / seen,
        noise: Noise::mean(common.iter().map(|(w, v)| (*w, v[i].noise))),
    };
    (all > 0.0 && seen / all >= r.rules.couverture_axe - 1e-9)
        .then(|| (0..moments.len()).map(mean).collect())
}

/// Page's test both ways: a common fall is looked for as much as a common rise.
fn common_trend(rows: &[Vec<f64>]) -> CommonTrend {
    let centres = rows.len();
    if centres < 3 {
        return CommonTrend::TooFew { centres };
    }
    let turned: Vec<Vec<f64>> = rows
        .iter()
        .map(|r| r.iter().rev().copied().collect())
        .collect();
    let p = |rows: &[Vec<f64>]| page(rows).map(|t| t.p_exact.unwrap_or(t.with_ties.p));
    let (up, down) = match (p(rows), p(&turned)) {
        (Ok(up), Ok(down)) => (up, down),
        (Err(reason), _) | (_, Err(reason)) => return CommonTrend::Unknown(reason),
    };
    let both = (2.0 * up.min(down)).min(1.0);
    let way = if up < down { Way::Up } else { Way::Down };
    CommonTrend::Tested {
        centres,
        p: both,
        way: (both <= 0.05).then_some(way),
    }
}
