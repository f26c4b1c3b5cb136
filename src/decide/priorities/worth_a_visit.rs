//! Practices worth a visit: centres above the others by more than noise, above the target, and
//! confirmed by another campaign or another source (`docs/statistics.md` §7.4).

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;

use super::advice::Advice;
use super::priority_ground::PriorityGround;
use crate::compare::{Peers, peers};
use crate::figures::{Figure, Indicators, Level, neighbourhoods};
use crate::stats::shrinkage::{Centre, Standout, standouts};
use crate::vocabulary::config::Structure;
use crate::vocabulary::referentiel::SourceCode;

/// Centres needed before any of them stands out.
const LEAST: usize = 6;
/// False discovery rate of the practices that are said to stand out.
pub(crate) const FALSE_DISCOVERIES: f64 = 0.1;

/// What confirms that a centre is above the others.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Confirmation {
    /// It was above its target in the campaign before.
    EarlierCampaign,
    /// Two sources at least are above it.
    SeveralSources,
}

/// A practice worth a visit.
#[derive(Debug, Clone, PartialEq)]
pub struct Practice {
    /// Position of the critère.
    pub critere: usize,
    /// Structure where it is seen.
    pub structure: String,
    /// Its level.
    pub value: f64,
    /// Score against the other centres, and its p corrected for their number.
    pub z: f64,
    /// Corrected p.
    pub adjusted: f64,
    /// What confirms it: the campaign before, or several sources.
    pub confirmed_by: Confirmation,
    /// Structures that have it among their priorities, peers first.
    pub learners: Vec<String>,
}

/// Centres that are set beside each other.
struct Neighbourhood<'a> {
    structures: Vec<&'a Structure>,
    /// The nearest of each among them.
    peers: Peers,
}

/// Every practice, in the order of the référentiel, then of structures. An empty list is a legitimate
/// answer.
pub(super) fn practices(
    ground: &PriorityGround,
    sites: &BTreeMap<String, Advice>,
) -> Vec<Practice> {
    let near = neighbourhoods(ground.structures).into_par_iter();
    let near = near.map(|structures| Neighbourhood {
        peers: peers(&structures),
        structures,
    });
    let near: Vec<Neighbourhood> = near.collect();
    let criteres = 0..ground.referentiel.criteres.len();
    criteres
        .filter(|c| !ground.referentiel.criteres[*c].imperatif)
        .flat_map(|critere| {
            let near = near.par_iter();
            let found = near.flat_map_iter(|near| of_critere(ground, critere, sites, near));
            let mut found: Vec<Practice> = found.collect();
            found.sort_by(|a, b| a.structure.cmp(&b.structure));
            found
        })
        .collect()
}

fn of_critere(
    ground: &PriorityGround,
    critere: usize,
    sites: &BTreeMap<String, Advice>,
    near: &Neighbourhood,
) -> Vec<Practice> {
    let code = &ground.referentiel.criteres[critere].code;
    let spread = &ground.indicators.spread;
    let known: Vec<(&Figure, Centre)> = near
        .structures
        .iter()
        .filter_map(|s| {
            let figure = ground.indicators.get(&s.code, Level::Critere, code)?;
            let se = spread.error_beside(&figure.noise)?;
            let value = figure.value?;
            (se > 0.0).then_some((figure, Centre { value, se }))
        })
        .collect();
    if known.len() < LEAST {
        return Vec::new();
    }
    let centres: Vec<Centre> = known.iter().map(|k| k.1).collect();
    let Ok(scores) = standouts(&centres, FALSE_DISCOVERIES) else {
        return Vec::new();
    };
    let candidates = known.iter().zip(&scores);
    candidates
        .filter(|(_, score)| score.stands_out)
        .filter_map(|((figure, _), score)| practice(ground, critere, figure, score, sites, near))
        .collect()
}

fn practice(
    ground: &PriorityGround,
    critere: usize,
    figure: &Figure,
    score: &Standout,
    sites: &BTreeMap<String, Advice>,
    near: &Neighbourhood,
) -> Option<Practice> {
    let value = figure.value?;
    let target = ground.referentiel.criteres[critere].cible;
    if value <= target + 1e-9 || figure.fragile || figure.noise.is_one_mark() {
        return None;
    }
    let confirmed_by = confirmation(ground, figure, target)?;
    let codes = near.structures.iter().map(|s| &s.code);
    let wants = |code: &&String| {
        sites.get(*code).is_some_and(|a| {
            let wanted = a.priorities.iter().any(|p| p.critere == critere);
            wanted && *code != &figure.structure
        })
    };
    let own: BTreeSet<&String> = near
        .peers
        .get(figure.structure.as_str())
        .into_iter()
        .flatten()
        .collect();
    let mut learners: Vec<String> = codes.filter(wants).cloned().collect();
    learners.sort_by_key(|code| (!own.contains(code), code.clone()));
    Some(Practice {
        critere,
        structure: figure.structure.to_string(),
        value,
        z: score.z,
        adjusted: score.adjusted,
        confirmed_by,
        learners,
    })
}

/// The position holds in the campaign before, or in two sources at least.
fn confirmation(ground: &PriorityGround, figure: &Figure, target: f64) -> Option<Confirmation> {
    let above = |indicators: &Indicators| {
        let found = indicators.get(&figure.structure, Level::Critere, &figure.code);
        found
            .and_then(|f| f.value)
            .is_some_and(|v| v > target + 1e-9)
    };
    if ground.previous.is_some_and(above) {
        return Some(Confirmation::EarlierCampaign);
    }
    let scores = ground.indicators.scores(&figure.structure)?;
    let sources = SourceCode::ALL.into_iter().filter(|s| {
        let score = scores.source(&figure.code, *s).and_then(|s| s.value);
        score.is_some_and(|v| v > target + 1e-9)
    });
    (sources.count() >= 2).then_some(Confirmation::SeveralSources)
}
