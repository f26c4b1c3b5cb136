//! Centres side by side, ordered by code: each one's own value, the value that noise leaves
//! credible, and which centres it can be told apart from. Not a ranking, and no verdict.

use crate::stats::interval::Interval;
use std::collections::{BTreeMap, HashMap};

use super::gallery::Gallery;
use super::peers::{Peers, peers};
use super::{Comparisons, Line, LineReason, Standing, weighted_composite};
use crate::base::error::Result;
use crate::figures::{Figure, HeldLevels, Level};
use crate::stats::proportion::ShareCount;
use crate::stats::ranks::{Flag, RankInterval, funnel, rank_intervals};
use crate::stats::shrinkage::{Centre, ShrunkenShares, rankability, shrink, shrink_shares};
use crate::vocabulary::referentiel::SourceCode;

/// Centres needed before any of them is compared with the others (`docs/statistics.md` §6.1).
const LEAST: usize = 5;
/// Under the first of these shares of true differences, ranks say nothing; under the second, only
/// three groups are told (§6.2).
const RANKABLE: (f64, f64) = (0.5, 0.7);

/// Centres that are named one by one where others are told apart from them; beyond, they are counted.
const NAMED: usize = 300;

/// One line per structure × axe, critère and question. `value1` is the structure's value, `value2`
/// the value shrunken towards the mean (none when the noise is unknown), `delta` the distance of
/// the value to the mean of the structures, with its interval.
///
/// # Errors
///
/// A composite with an unknown axe.
pub fn side_by_side(gallery: &Gallery) -> Result<Comparisons> {
    let r = gallery.referentiel;
    // What the organiser decides tells nothing of one centre beside another.
    let is_theirs = |f: &Figure| {
        let element = r.element(&f.code);
        f.level != Level::Enquete
            || element.is_none_or(|e| !r.criteres[r.elements[e].critere].organiser)
    };
    let kept = |f: &&Figure| {
        HeldLevels::SIDE_BY_SIDE.keeps(f.level)
            && gallery
                .only
                .is_none_or(|code| f.code.eq_ignore_ascii_case(code))
            && is_theirs(f)
    };
    let figures: Vec<&Figure> = gallery.indicators.figures().iter().filter(kept).collect();
    let mut groups: BTreeMap<(Level, &str, Option<SourceCode>), Vec<usize>> = BTreeMap::new();
    for (place, figure) in figures.iter().enumerate() {
        let key = (figure.level, figure.code.as_str(), figure.source);
        groups.entry(key).or_default().push(place);
    }
    let near = peers(gallery.structures);
    // Held once, each where its figure stands: of a vast territory they are a million.
    let mut said: Vec<Option<Line>> = figures.iter().map(|_| None).collect();
    for ((level, ..), places) in groups {
        let group: Vec<&Figure> = places.iter().map(|place| figures[*place]).collect();
        let lines = match level {
            Level::Enquete => shares(gallery, &group),
            _ => levels(gallery, &group, &near),
        };
        for (place, line) in places.into_iter().zip(lines) {
            said[place] = Some(line);
        }
    }
    let mut lines: Vec<Line> = said.into_iter().flatten().collect();
    if let Some(weights) = gallery.composite {
        lines.extend(weighted_composite::lines(gallery, weights)?);
    }
    let mut panel: Vec<String> = figures.iter().map(|f| f.structure.to_string()).collect();
    panel.dedup();
    Ok(Comparisons {
        lines,
        panel,
        ..Comparisons::default()
    })
}

fn line(gallery: &Gallery, figure: &Figure) -> Line {
    let version = &gallery.indicators.version;
    let code = &figure.code;
    let mut line = Line::new(figure.level, code, &figure.structure, (version, version));
    line.source = figure.source;
    line.value1 = figure.value;
    if figure.value.is_none() {
        line.say(LineReason::NoValue(figure.status));
    }
    line
}

/// Levels: shrinkage and rank intervals from the error of observers, visits and respondents.
fn levels(gallery: &Gallery, group: &[&Figure], near: &Peers) -> Vec<Line> {
    let mut lines: Vec<Line> = group.iter().map(|f| line(gallery, f)).collect();
    let valued: Vec<(usize, f64)> = (0..group.len())
        .filter_map(|i| Some((i, group[i].value?)))
        .collect();
    let mean = valued.iter().map(|v| v.1).sum::<f64>() / valued.len() as f64;
    for (i, value) in &valued {
        lines[*i].delta = Some(value - mean);
    }
    let spread = &gallery.indicators.spread;
    let known: Vec<KnownCentre> = valued
        .iter()
        .filter_map(|(i, value)| {
            let noise = &group[*i].noise;
            let se = spread.error_beside(noise)?;
            (se > 0.0).then_some(KnownCentre {
                line: *i,
                centre: Centre { value: *value, se },
                one_mark: noise.is_one_mark(),
            })
        })
        .collect();
    if known.len() < LEAST {
        for (i, _) in valued {
            lines[i].say(LineReason::UnknownMargins);
        }
        return lines;
    }
    place(&mut lines, &known, mean);
    let values: HashMap<&str, f64> = valued
        .iter()
        .map(|(i, value)| (group[*i].structure.as_str(), *value))
        .collect();
    for (i, value) in &valued {
        beside_peers(&mut lines[*i], *value, near, &values);
    }
    lines
}

/// A centre whose error is known.
struct KnownCentre {
    /// Position of its line.
    line: usize,
    centre: Centre,
    /// One note of one person makes its value: it is set apart from nobody.
    one_mark: bool,
}

/// Shrunken values and rank intervals of the centres whose error is known.
fn place(lines: &mut [Line], known: &[KnownCentre], mean: f64) {
    let centres: Vec<Centre> = known.iter().map(|k| k.centre).collect();
    let (Ok(shrunken), Ok(ranks)) = (shrink(&centres), rank_intervals(&centres, 0.95)) else {
        return;
    };
    let rankable = rankability(&centres).map_or(0.0, |r| r.of_median);
    let codes = known.iter().map(|k| lines[k.line].structure.to_string());
    let codes: Vec<String> = codes.collect();
    let are_named = centres.len() <= NAMED;
    for (k, own) in known.iter().enumerate() {
        let Centre { value, se } = own.centre;
        let line = &mut lines[own.line];
        line.value2 = Some(shrunken.estimates[k]);
        let half = ranks.critical * se;
        line.interval = Some(Interval::around(value - mean, half));
        if shrunken.tau2 <= 0.0 {
            line.say(LineReason::NoDifference);
            continue;
        }
        line.say(LineReason::Reliability(shrunken.reliability[k]));
        if own.one_mark {
            line.say(LineReason::OneMark);
            continue;
        }
        line.say(if are_named {
            apart(&codes, known, ranks.critical, k)
        } else {
            apart_in_number(ranks.intervals[k], centres.len())
        });
        let standing = line.interval.and_then(|i| standing(i, rankable));
        line.reasons.extend(standing.map(LineReason::Standing));
        if rankable >= RANKABLE.1 {
            let RankInterval { best, worst } = ranks.intervals[k];
            line.say(LineReason::PossibleRanks {
                best,
                worst,
                centres: centres.len(),
            });
        }
    }
}

/// From which centres this one can be told apart, by code, and how many it cannot.
fn apart(codes: &[String], known: &[KnownCentre], critical: f64, k: usize) -> LineReason {
    let surely = |a: &Centre, b: &Centre| a.value - b.value > critical * a.se.hypot(b.se);
    let own = &known[k].centre;
    let (mut below, mut above) = (Vec::new(), Vec::new());
    for (code, other) in codes.iter().zip(known).filter(|(_, o)| !o.one_mark) {
        if surely(own, &other.centre) {
            below.push(code.clone());
        } else if surely(&other.centre, own) {
            above.push(code.clone());
        }
    }
    LineReason::Apart {
        alike: known.len() - 1 - below.len() - above.len(),
        below,
        above,
    }
}

/// The same beyond a few hundred centres, where names would say nothing: how many.
fn apart_in_number(interval: RankInterval, centres: usize) -> LineReason {
    let (below, above) = (centres - interval.worst, interval.best - 1);
    LineReason::ApartInNumber {
        below,
        above,
        alike: centres - 1 - below - above,
    }
}

/// Three groups around the mean, where differences are partly true.
fn standing(interval: Interval, rankable: f64) -> Option<Standing> {
    let Interval { low, high } = interval;
    let standing = match () {
        () if low > 0.0 => Standing::Above,
        () if high < 0.0 => Standing::Below,
        () => Standing::Near,
    };
    (rankable >= RANKABLE.0).then_some(standing)
}

/// The mean of the nearest centres of the same type: like with like.
fn beside_peers(line: &mut Line, value: f64, near: &Peers, values: &HashMap<&str, f64>) {
    let Some(codes) = near.get(line.structure.as_str()) else {
        return;
    };
    let own: Vec<(&str, f64)> = codes
        .iter()
        .filter_map(|code| Some((code.as_str(), *values.get(code.as_str())?)))
        .collect();
    if own.len() >= 2 {
        let mean = own.iter().map(|o| o.1).sum::<f64>() / own.len() as f64;
        line.say(LineReason::BesidePeers {
            gap: value - mean,
            peers: own.iter().map(|o| o.0.to_owned()).collect(),
        });
    }
}

/// Favourable shares: shrinkage with the pooled share, and a funnel that comments on alerts only.
fn shares(gallery: &Gallery, group: &[&Figure]) -> Vec<Line> {
    let mut lines: Vec<Line> = group.iter().map(|f| line(gallery, f)).collect();
    let least = gallery.referentiel.rules.effectif_min;
    let known: Vec<(usize, ShareCount)> = (0..group.len())
        .filter(|i| group[*i].n >= least)
        .filter_map(|i| {
            let favourable = group[i].value? * group[i].n as f64;
            let count = ShareCount {
                favourable: favourable.round() as usize,
                answers: group[i].n,
            };
            Some((i, count))
        })
        .collect();
    let counts: Vec<ShareCount> = known.iter().map(|k| k.1).collect();
    let shrunken = shrink_shares(&counts).ok().filter(|_| known.len() >= LEAST);
    let Some(ShrunkenShares { pooled, shares }) = shrunken else {
        for line in lines.iter_mut().filter(|l| l.value1.is_some()) {
            line.say(LineReason::NotComparedShares);
        }
        return lines;
    };
    let large = counts.iter().filter(|c| c.answers >= 10).count() * 2 >= counts.len();
    let funnel = funnel(&counts, None).ok().filter(|_| large);
    for (k, (i, _)) in known.iter().enumerate() {
        let line = &mut lines[*i];
        line.value2 = Some(shares.estimates[k]);
        line.delta = line.value1.map(|v| v - pooled);
        if shares.tau2 <= 0.0 {
            line.say(LineReason::NoDifference);
        } else {
            line.say(LineReason::Reliability(shares.reliability[k]));
        }
        let Some(funnel) = &funnel else {
            line.say(LineReason::NoFunnel);
            continue;
        };
        if funnel.dispersion.is_over {
            line.say(LineReason::Overdispersed(funnel.dispersion.phi));
        }
        line.say(match funnel.flags[k] {
            Flag::Alert => LineReason::OutsideFunnel,
            Flag::Watch | Flag::Ok => LineReason::InsideFunnel,
        });
    }
    lines
}
