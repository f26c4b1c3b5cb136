//! What elected people may see: sites by code for what observers and documents establish, the
//! territory alone for what people answered.

use std::collections::{BTreeMap, HashMap};

use super::clear_advice::shown_practices;
use super::clear_ctg::clear_ctg;
use super::clear_distribution::clear_distributions;
use super::clear_figure::{clear_change, is_printed};
use super::clear_organiser::clear_organiser;
use super::clear_outside::clear_outside;
use super::clear_words::clear_words;
use super::clearing::Clearing;
use super::territory_means::{axe_means, critere_means};
use crate::compare::{Line, LineReason};
use crate::disclosure::cleared::{
    AgreementShares, AxeEvolution, ClearedAgreement, ClearedOrganiser, ClearedPanel,
    ClearedPractice, ClearedSite, ClearedTerritory, ClearedWords, SiteAxe, SiteAxes,
    SiteImperatifs,
};
use crate::disclosure::decide::{AnswerGroup, participation, printed_level, rare_totals, returned};
use crate::figures::Level;
use crate::vocabulary::Audience;

/// How many sites are named as able to learn from a practice.
const LEARNERS: usize = 4;

/// Evolution of the panel per axe.
struct PanelEvolution {
    said: Vec<AxeEvolution>,
    /// Codes of the axes of which it would give back a hidden site.
    silent: Vec<String>,
}

/// Clears the territory from its cleared sites.
pub(crate) fn clear_territory(clearing: &Clearing, sites: &[ClearedSite]) -> ClearedTerritory {
    let input = clearing.input;
    let decisions = clearing.decisions;
    let evolution = evolution(clearing);
    let participation = participation(clearing.figures, &decisions.thresholds, &decisions.answers);
    let mut territory = ClearedTerritory {
        repeats: false,
        axes: axe_means(clearing, sites, &evolution.said),
        criteres: critere_means(clearing, sites),
        organiser: organiser(clearing),
        evolution: evolution.said,
        silent: evolution.silent,
        below_target: Vec::new(),
        low: Vec::new(),
        actions: sites.iter().flat_map(|s| s.actions.clone()).collect(),
        ctg: clear_ctg(input, sites),
        words: words(clearing),
        returns: returned(clearing.figures, &decisions.thresholds, &decisions.answers),
        participation,
        rare: rare_totals(clearing.figures),
        practices: practices(clearing, sites),
        agreement: agreement(clearing),
        sites: sites.iter().map(site_axes).collect(),
        imperatifs: sites
            .iter()
            .map(|s| SiteImperatifs {
                structure: s.structure.clone(),
                imperatifs: s.imperatifs.clone(),
                rules: s.rules,
            })
            .collect(),
        distributions: clear_distributions(clearing, AnswerGroup::Territory),
        outside: match input.audience {
            // A team is told its own answers alone.
            Audience::Elus => clear_outside(clearing, AnswerGroup::Territory),
            _ => Vec::new(),
        },
        panel: panel(clearing),
        masked: BTreeMap::new(),
    };
    territory.recount(sites);
    territory
}

fn words(clearing: &Clearing) -> ClearedWords {
    if clearing.input.audience == Audience::Pratiques {
        return ClearedWords::default();
    }
    let structures = clearing.figures.structures.iter();
    let structures: Vec<&str> = structures.map(|s| s.code.as_str()).collect();
    clear_words(clearing, &structures, false)
}

/// None for families, who are given no level, nor in the booklet of practices.
fn organiser(clearing: &Clearing) -> Vec<ClearedOrganiser> {
    match clearing.input.audience {
        Audience::Elus | Audience::Renouvellement => clear_organiser(clearing),
        _ => Vec::new(),
    }
}

fn panel(clearing: &Clearing) -> ClearedPanel {
    let evolution = clearing.input.evolution();
    evolution.map_or_else(ClearedPanel::default, |e| ClearedPanel {
        compared: e.panel.clone(),
        entered: e.entries.clone(),
        left: e.exits.clone(),
    })
}

fn site_axes(site: &ClearedSite) -> SiteAxes {
    let axes = site.axes.iter();
    SiteAxes {
        structure: site.structure.clone(),
        axes: axes
            .map(|axe| SiteAxe {
                code: axe.code.clone(),
                value: axe.value,
                status: axe.status,
            })
            .collect(),
    }
}

/// Practices whose figure may be shown, with the sites that could learn from them: those where it
/// is shown too.
fn practices(clearing: &Clearing, sites: &[ClearedSite]) -> Vec<ClearedPractice> {
    let sites: HashMap<&str, &ClearedSite> =
        sites.iter().map(|s| (s.structure.as_str(), s)).collect();
    let practices = shown_practices(clearing.input, |structure, code| {
        let site = sites.get(structure);
        site.is_some_and(|s| s.practices.iter().any(|c| c == code))
    });
    practices
        .map(|p| {
            let critere = &clearing.input.referentiel.criteres[p.critere];
            let learners = p.learners.iter().filter(|learner| {
                let site = sites.get(learner.as_str());
                site.is_some_and(|s| is_printed(&s.criteres, &critere.code))
            });
            ClearedPractice {
                code: critere.code.clone(),
                label: critere.label.to_string(),
                structure: p.structure.clone(),
                confirmed_by: crate::wording::practice_words::confirmation(p.confirmed_by),
                learners: learners.take(LEARNERS).cloned().collect(),
            }
        })
        .collect()
}

/// Agreement over all observers: no observer's own figure leaves `fidelite`.
fn agreement(clearing: &Clearing) -> ClearedAgreement {
    let observers = clearing.input.observers;
    let (visits, scored_twice) = observers.map_or((0, 0), |o| (o.visits, o.visited_by_several));
    let together = observers.and_then(|o| o.axes.last());
    ClearedAgreement {
        visits,
        scored_twice,
        shares: together.and_then(|axe| {
            Some(AgreementShares {
                exact: axe.exact.ok()?,
                within_one: axe.within_one.ok()?,
            })
        }),
    }
}

/// Accueils over which a margin is told: that of one or two would be theirs.
const MARGIN_OVER: usize = 3;

/// Half of the interval of a change: what measuring is worth, all accueils together. It holds no answer: the noise of
/// visits and of numbers of answers, not what was said.
fn margin(line: &Line) -> Option<f64> {
    let compared = line.reasons.iter().find_map(|reason| match reason {
        LineReason::Panel { centres, .. } => Some(*centres),
        _ => None,
    })?;
    let interval = line.interval.as_ref().filter(|_| compared >= MARGIN_OVER)?;
    let half = (interval.high - interval.low) / 2.0;
    half.is_finite().then(|| (half * 10.0 - 1e-9).ceil() / 10.0)
}

fn evolution(clearing: &Clearing) -> PanelEvolution {
    let (mut said, mut silent) = (Vec::new(), Vec::new());
    for axe in &clearing.figures.referentiel.axes {
        let Some(line) = clearing.figures.line("", Level::Axe, &axe.code) else {
            continue;
        };
        let (Some(before), Some(after)) = (line.value1, line.value2) else {
            continue;
        };
        if clearing.decisions.silent.contains(&axe.code) {
            silent.push(axe.code.clone());
            continue;
        }
        said.push(AxeEvolution {
            code: axe.code.clone(),
            label: axe.label.to_string(),
            before: printed_level(before, axe.cible).value,
            after: printed_level(after, axe.cible).value,
            margin: margin(line),
            change: clear_change(line),
        });
    }
    PanelEvolution { said, silent }
}
