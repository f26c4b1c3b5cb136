//! Three campaigns and more: the change from the first to the last, and the slope in between.

use super::evolution::compare;
use super::pair::{Pair, Side};
use super::{CommonTrend, Comparisons, LevelTrend, LineReason, Way, organiser_lines};
use crate::base::diagnostics::{Checked, Code, Diagnostic, Location};
use crate::base::text::count;
use crate::figures::Level;
use crate::stats::trend::{mann_kendall, page, theil_sen};

/// A campaign and its place in time.
#[derive(Clone, Copy)]
pub struct Moment<'a> {
    /// The campaign.
    pub side: Side<'a>,
    /// Middle of the campaign, in years.
    pub year: f64,
}

/// Compares the last of several campaigns with the first, and says how each level moved on the
/// way: Theil-Sen slope per year, Mann-Kendall from five campaigns on, Page over the centres
/// present at all of them (`docs/statistics.md` §5.9 and §5.10).
///
/// # Panics
///
/// Fewer than two campaigns.
pub fn follow(moments: &[Moment]) -> Checked<Comparisons> {
    let (first, last) = (moments[0], moments[moments.len() - 1]);
    let mut checked = compare(first.side, last.side);
    if moments.len() < 3 {
        return checked;
    }
    let mut series: Vec<(Level, String, Vec<f64>)> = Vec::new();
    let mut incomplete = 0;
    for line in &mut checked.value.lines {
        let leveled = matches!(line.level, Level::Critere | Level::Axe);
        if !leveled || line.delta.is_none() || line.structure.is_empty() {
            continue;
        }
        match values(&line.structure, line.level, &line.code, moments) {
            Some(values) => {
                line.say(LineReason::Trend(slope(moments, &values)));
                series.push((line.level, line.code.clone(), values));
            }
            None => incomplete += 1,
        }
    }
    let sides: Vec<Side> = moments.iter().map(|m| m.side).collect();
    let ends = Pair {
        before: first.side,
        after: last.side,
    };
    for line in checked
        .value
        .lines
        .iter_mut()
        .filter(|l| l.structure.is_empty())
    {
        if organiser_lines::is_organisers(ends, &line.code) && line.level == Level::Critere {
            let values = line
                .delta
                .and_then(|_| organiser_lines::values(&sides, &line.code));
            (line.reasons).extend(values.map(|v| LineReason::Trend(slope(moments, &v))));
            continue;
        }
        let rows: Vec<Vec<f64>> = series
            .iter()
            .filter(|(level, code, _)| (*level, code) == (line.level, &line.code))
            .map(|s| s.2.clone())
            .collect();
        line.say(LineReason::CommonTrend(common_trend(&rows)));
    }
    if incomplete > 0 {
        let message = format!(
            "{} sans valeur à toutes les campagnes, ou dont le critère a changé : pas de tendance.",
            count(incomplete, "ligne", "lignes")
        );
        let note = Diagnostic::new(Code::PanelChange, Location::none(), message);
        checked.diagnostics.push(note);
    }
    checked
}

/// The values of a line at every campaign; an axe on the critères valued at all of them. None when
/// one is missing, or when the critère has changed.
pub fn values(structure: &str, level: Level, code: &str, moments: &[Moment]) -> Option<Vec<f64>> {
    let last = moments.last()?.side;
    let r = last.referentiel;
    let followed = |code: &str| -> Option<Vec<f64>> {
        let value = |m: &Moment| {
            let pair = Pair {
                before: m.side,
                after: last,
            };
            let same = pair.same(code) == Some(true);
            let figure = m.side.critere(structure, code).filter(|_| same);
            figure.and_then(|f| f.value)
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
    let common: Vec<(f64, Vec<f64>)> = expected
        .iter()
        .filter_map(|c| Some((c.weight, followed(&c.code)?)))
        .collect();
    let all: f64 = expected.iter().map(|c| c.weight).sum();
    let seen: f64 = common.iter().map(|c| c.0).sum();
    let mean = |i: usize| common.iter().map(|(w, v)| w * v[i]).sum::<f64>() / seen;
    (all > 0.0 && seen / all >= r.rules.couverture_axe - 1e-9)
        .then(|| (0..moments.len()).map(mean).collect())
}

/// How a level moved over the campaigns: its slope, and from five campaigns on whether it is more
/// than chance.
pub fn slope(moments: &[Moment], values: &[f64]) -> LevelTrend {
    let years: Vec<f64> = moments.iter().map(|m| m.year).collect();
    let test = mann_kendall(values).ok().filter(|_| moments.len() >= 5);
    LevelTrend {
        per_year: theil_sen(&years, values).ok().map(|line| line.slope),
        campaigns: moments.len(),
        p: test.and_then(|t| t.p_exact.or(t.p_asymptotic)),
    }
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
