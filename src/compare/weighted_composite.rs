//! A composite of axes that someone asks for, and how much of it hangs on the choice of weights
//! (`docs/statistics.md` §6.4; OECD/JRC Handbook 2008). Never shown without that.

use std::collections::BTreeMap;

use rand::{Rng, SeedableRng};
use rand_chacha::ChaCha8Rng;

use super::gallery::Gallery;
use super::{CompositePlace, LeftOut, Line, LineReason};
use crate::base::error::{Error, Result};
use crate::base::text::suggest;
use crate::figures::{Level, Noise};
use crate::stats::composite::{Robustness, Scenario, robustness};
use crate::stats::describe::quantile7;
use crate::stats::score::MeanKind;

/// Draws of weights around those asked for.
pub(crate) const WEIGHT_DRAWS: usize = 2000;
/// Each weight moves by up to a quarter; `expliquer` says so in words.
const STRETCH: f64 = 0.25;
/// The draws are the same every time.
const SEED: u64 = 20_080_901;

/// A structure that has all the axes asked for.
struct Scored<'a> {
    code: &'a str,
    axes: Vec<f64>,
    /// Standard error of the composite, in levels.
    se: Option<f64>,
}

impl<'a> Scored<'a> {
    fn of(gallery: &Gallery, code: &'a str, weights: &BTreeMap<String, f64>) -> Option<Self> {
        let figures = weights.iter().map(|(axe, weight)| {
            let figure = gallery.indicators.get(code, Level::Axe, axe)?;
            Some((*weight, figure, figure.value?))
        });
        let figures: Vec<_> = figures.collect::<Option<_>>()?;
        let noise = Noise::mean(figures.iter().map(|(w, f, _)| (*w, f.noise)));
        Some(Self {
            code,
            axes: figures.iter().map(|f| f.2).collect(),
            se: gallery.indicators.spread.error_beside(&noise),
        })
    }
}

/// One line per structure with all the axes asked for: the composite, and where other choices of
/// weights would place it.
pub(super) fn lines(gallery: &Gallery, weights: &BTreeMap<String, f64>) -> Result<Vec<Line>> {
    let known: Vec<&str> = gallery
        .referentiel
        .axes
        .iter()
        .map(|a| a.code.as_str())
        .collect();
    for code in weights.keys() {
        if !known.contains(&code.as_str()) {
            let hint = suggest(code, known.iter().copied()).listed_or(&known);
            let message = format!("« {code} » n’est pas un axe du référentiel (voir : {hint}).");
            return Err(Error::Usage(message));
        }
    }
    let mut scored: Vec<Scored> = Vec::new();
    let mut missing: Vec<String> = Vec::new();
    for structure in gallery.structures {
        match Scored::of(gallery, &structure.code, weights) {
            Some(found) => scored.push(found),
            None => missing.push(structure.code.clone()),
        }
    }
    let centres: Vec<Vec<f64>> = scored.iter().map(|s| s.axes.clone()).collect();
    let asked: Vec<f64> = weights.values().copied().collect();
    let moved = robustness(&centres, &scenarios(&asked))
        .map_err(|reason| Error::Usage(format!("composite non calculable : {}", reason.label())))?;
    let mut lines: Vec<Line> = scored
        .iter()
        .enumerate()
        .map(|(i, s)| composite(gallery, s.code, &moved, &scored, i))
        .collect();
    if let Some(first) = lines.first_mut() {
        let shift = moved.shifts[1..].iter().sum::<f64>() / (moved.shifts.len() - 1) as f64;
        first.say(LineReason::WeightShift { places: shift });
        if !missing.is_empty() {
            first.say(LineReason::Without(missing));
        }
    }
    Ok(lines)
}

/// The reference first, then weights a quarter away, both means, each axe left out.
fn scenarios(asked: &[f64]) -> Vec<Scenario> {
    let scenario = |weights: Vec<f64>, kind| Scenario { weights, kind };
    let mut all = vec![
        scenario(asked.to_vec(), MeanKind::Arithmetic),
        scenario(asked.to_vec(), MeanKind::Geometric),
    ];
    if asked.len() > 1 {
        for out in 0..asked.len() {
            let mut weights = asked.to_vec();
            weights[out] = 0.0;
            all.push(scenario(weights, MeanKind::Arithmetic));
        }
    }
    let mut random = ChaCha8Rng::seed_from_u64(SEED);
    for draw in 0..WEIGHT_DRAWS {
        let mut unit = || f64::from(random.next_u32()) / f64::from(u32::MAX);
        let weights = asked
            .iter()
            .map(|w| w * (1.0 + STRETCH * (2.0 * unit() - 1.0)))
            .collect();
        let kind = if draw % 2 == 0 {
            MeanKind::Arithmetic
        } else {
            MeanKind::Geometric
        };
        all.push(scenario(weights, kind));
    }
    all
}

fn composite(
    gallery: &Gallery,
    code: &str,
    moved: &Robustness,
    scored: &[Scored],
    i: usize,
) -> Line {
    let version = &gallery.indicators.version;
    let mut line = Line::new(Level::Axe, "COMPOSITE", code, (version, version));
    line.value1 = Some(moved.scores[0][i]);
    line.say(LineReason::CompositePlace(place(
        moved,
        i,
        scored[i].axes.len(),
    )));
    // The nearest centre is the one a reader would be tempted to rank against.
    let own = moved.scores[0][i];
    let rival = (0..scored.len()).filter(|j| *j != i).min_by(|a, b| {
        let gap = |j: usize| (moved.scores[0][j] - own).abs();
        gap(*a).total_cmp(&gap(*b))
    });
    if let Some(rival) = rival {
        let ahead = moved.scores.iter().filter(|s| s[i] > s[rival]).count();
        let errors = scored[i].se.zip(scored[rival].se);
        let apart = (own - moved.scores[0][rival]).abs();
        let alike = errors.is_some_and(|(a, b)| apart < 1.96 * a.hypot(b));
        line.say(LineReason::Ahead {
            rival: scored[rival].code.to_owned(),
            share: ahead as f64 / moved.scores.len() as f64,
            alike,
        });
    }
    line.say(LineReason::CompositeMargin(
        scored[i].se.map(|se| 1.96 * se),
    ));
    line
}

/// Where the choice of weights places a centre among those scored, and where each axe left out
/// would.
fn place(moved: &Robustness, centre: usize, axes: usize) -> CompositePlace {
    // The reference and its geometric twin come first, then one scenario per axe left out.
    let without = 2..if axes > 1 { 2 + axes } else { 2 };
    let ranks = moved.ranks.iter().map(|ranks| ranks[centre] as f64);
    let (mut left_out, mut drawn) = (Vec::new(), Vec::new());
    for (scenario, rank) in ranks.enumerate() {
        if without.contains(&scenario) {
            left_out.push(rank);
        } else {
            drawn.push(rank);
        }
    }
    let at = |p: f64| quantile7(&drawn, p).unwrap_or(0.0).round();
    CompositePlace {
        best: at(0.05),
        usual: at(0.5),
        worst: at(0.95),
        centres: moved.ranks[0].len(),
        left_out: (!left_out.is_empty()).then(|| LeftOut {
            best: left_out.iter().copied().fold(f64::INFINITY, f64::min),
            worst: left_out.iter().copied().fold(0.0, f64::max),
        }),
    }
}
