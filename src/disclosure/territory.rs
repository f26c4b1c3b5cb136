//! What elected people may see: sites by code for what observers and documents establish, the
//! territory alone for what people answered.

use std::collections::BTreeMap;

use super::actions::ClearedAction;
use super::activity;
use super::ctg::{self, ClearedCtg};
use super::delivery::Masks;
use super::distribution::{self, ClearedDistribution};
use super::figure::{self, ClearedFigure, Evolution};
use super::ground::Ground;
use super::imperatif::ClearedImperatif;
use super::site::ClearedSite;
use super::tree::Node;
use super::words::{self, ClearedWords};
use super::{Audience, Mask, Material, Shown, advice, printed};
use crate::figures::{FigureStatus, Level};
use crate::stats::feasible::System;
use crate::vocabulary::referentiel::{Critere, SourceCode};

/// Evolution of an axe: code, label, before, after, what may be said of it.
pub type AxeEvolution = (String, String, f64, f64, Evolution);
/// One site's axes.
pub type SiteAxes = (String, Vec<(String, Option<Shown<f64>>)>);
/// One site's impératifs.
pub type SiteImperatifs = (String, Vec<ClearedImperatif>);

/// How many sites are named as able to learn from a practice.
const LEARNERS: usize = 4;

/// A practice worth a visit.
#[derive(Debug, Clone, PartialEq)]
pub struct ClearedPractice {
    /// Code of the critère.
    pub code: String,
    /// Its label.
    pub label: String,
    /// Site where it is seen.
    pub structure: String,
    /// What confirms it.
    pub confirmed_by: &'static str,
    /// Sites that have it among their priorities.
    pub learners: Vec<String>,
}

/// The territory, cleared.
#[derive(Debug, Clone, Default)]
pub struct ClearedTerritory {
    /// Mean of the sites per axe, with the number of sites behind it.
    pub axes: Vec<(ClearedFigure, usize)>,
    /// Mean of the sites per critère, with the code of its axe and the number of sites behind it.
    pub criteres: Vec<(String, ClearedFigure, usize)>,
    /// Evolution per axe on the matched panel: code, label, before, after, verdict.
    pub evolution: Vec<AxeEvolution>,
    /// Sites by code: value per axe.
    pub sites: Vec<SiteAxes>,
    /// Sites by code: impératifs.
    pub imperatifs: Vec<SiteImperatifs>,
    /// Critères below target: code, label, sites below, sites with a value.
    pub below_target: Vec<(String, String, usize, usize)>,
    /// Critères at level 2 or under: code, label, sites, sites with a value.
    pub low: Vec<(String, String, usize, usize)>,
    /// Actions of all plans, by site.
    pub actions: Vec<ClearedAction>,
    /// Indicators of the convention territoriale globale.
    pub ctg: Vec<ClearedCtg>,
    /// Families' answers, territory.
    pub distributions: BTreeMap<SourceCode, Vec<ClearedDistribution>>,
    /// Keywords of families and themes of interviews.
    pub words: ClearedWords,
    /// Participation: code → (numerator, denominator) over the sites that know both.
    pub participation: BTreeMap<String, (usize, usize)>,
    /// Children with health needs and accidents over the territory: their total, or « < 5 ».
    pub rare: BTreeMap<String, Shown<f64>>,
    /// Axes whose evolution is not said, since it would give back a site's.
    pub(super) silent: Vec<String>,
    /// Practices worth a visit: code of the critère, label, site, what confirms it, who could learn.
    pub practices: Vec<ClearedPractice>,
    /// Agreement between observers: visits, visits scored twice, exact share, share within one.
    pub agreement: (usize, usize, Option<(f64, f64)>),
    /// Sites compared, entered, left.
    pub panel: (Vec<String>, Vec<String>, Vec<String>),
    /// How many figures were masked, by reason.
    pub masked: BTreeMap<Mask, usize>,
}

/// Clears the territory from its cleared sites.
pub(super) fn clear(ground: &Ground, masks: &Masks, sites: &[ClearedSite]) -> ClearedTerritory {
    let material = ground.material;
    let structures: Vec<&str> = ground.structures.iter().map(|s| s.code.as_str()).collect();
    let panel = material.evolution.map_or_else(Default::default, |e| {
        (e.panel.clone(), e.entries.clone(), e.exits.clone())
    });
    let (evolution, silent) = evolution(ground, masks);
    let participation = activity::participation(ground, &masks.thresholds, &masks.answers);
    ClearedTerritory {
        axes: axes(ground, sites, &evolution),
        criteres: criteres(ground, sites),
        evolution,
        silent,
        below_target: below(material, sites, |c| c.cible - 1e-9),
        low: below(material, sites, |_| LOW + 1e-9),
        actions: sites.iter().flat_map(|s| s.actions.clone()).collect(),
        ctg: ctg::clear(material, sites, &participation),
        words: match material.audience {
            Audience::Pratiques => ClearedWords::default(),
            _ => words::clear(material, &ground.screen, &structures, false),
        },
        participation,
        rare: activity::rare(ground),
        practices: practices(material, sites),
        agreement: agreement(material),
        sites: sites.iter().map(site_axes).collect(),
        imperatifs: sites
            .iter()
            .map(|s| (s.structure.clone(), s.imperatifs.clone()))
            .collect(),
        distributions: distribution::all(ground, &masks.answers, Node::Territory),
        panel,
        masked: BTreeMap::new(),
    }
}

fn site_axes(site: &ClearedSite) -> SiteAxes {
    (
        site.structure.clone(),
        site.axes
            .iter()
            .map(|a| (a.code.clone(), a.value))
            .collect(),
    )
}

/// Practices whose figure may be shown, with the sites that could learn from them: those where it
/// is shown too.
fn practices(material: &Material, sites: &[ClearedSite]) -> Vec<ClearedPractice> {
    let site = |structure: &str| sites.iter().find(|s| s.structure == structure);
    let shown = |structure: &str, code: &str| {
        site(structure).is_some_and(|s| s.practices.iter().any(|c| c == code))
    };
    let tells = |structure: &str, code: &str| {
        let own = site(structure).map(|s| s.criteres.iter());
        own.into_iter()
            .flatten()
            .any(|(_, f)| f.code == code && matches!(f.value, Some(Shown::Value(_))))
    };
    advice::practices(material, shown)
        .map(|p| {
            let critere = &material.referentiel.criteres[p.critere];
            let learners = p.learners.iter().filter(|s| tells(s, &critere.code));
            ClearedPractice {
                code: critere.code.clone(),
                label: critere.label.clone(),
                structure: p.structure.clone(),
                confirmed_by: crate::wording::practice_words::confirmation(p.confirmed_by),
                learners: learners.take(LEARNERS).cloned().collect(),
            }
        })
        .collect()
}

/// Agreement over all observers: no observer's own figure leaves `fidelite`.
fn agreement(material: &Material) -> (usize, usize, Option<(f64, f64)>) {
    let found = material.observers;
    let all = found.axes.last();
    let shares = all.and_then(|a| Some((a.exact.ok()?, a.within_one.ok()?)));
    (found.visits.0, found.visits.1, shares)
}

/// Mean of the sites whose own figure is shown, each counting once.
fn mean(
    ground: &Ground,
    level: Level,
    (code, label, target): (&str, &str, f64),
    shown: &[&str],
) -> (ClearedFigure, usize) {
    let values: Vec<f64> = shown
        .iter()
        .filter_map(|s| ground.figure(s, level, code)?.value)
        .collect();
    let n = values.len();
    let mean = values.iter().sum::<f64>() / n.max(1) as f64;
    let figure = ClearedFigure {
        code: code.to_owned(),
        label: label.to_owned(),
        value: (n > 0).then(|| Shown::Value(printed::level(mean, target).value)),
        previous: None,
        target,
        status: if n > 0 {
            FigureStatus::Ok
        } else {
            FigureStatus::NonPubliable
        },
        fragile: false,
        n: (n, ground.structures.len()),
        evolution: None,
    };
    (figure, n)
}

fn axes(
    ground: &Ground,
    sites: &[ClearedSite],
    evolution: &[AxeEvolution],
) -> Vec<(ClearedFigure, usize)> {
    let axes = ground.material.referentiel.axes.iter();
    axes.map(|axe| {
        let shows = |s: &&ClearedSite| {
            let own = s.axes.iter().find(|f| f.code == axe.code);
            own.is_some_and(|f| matches!(f.value, Some(Shown::Value(_))))
        };
        let shown: Vec<&str> = sites
            .iter()
            .filter(shows)
            .map(|s| s.structure.as_str())
            .collect();
        let what = (axe.code.as_str(), axe.label.as_str(), axe.cible);
        let (mut figure, n) = mean(ground, Level::Axe, what, &shown);
        figure.previous = evolution.iter().find(|e| e.0 == axe.code).map(|e| e.2);
        (figure, n)
    })
    .collect()
}

fn criteres(ground: &Ground, sites: &[ClearedSite]) -> Vec<(String, ClearedFigure, usize)> {
    let r = ground.material.referentiel;
    let criteres = r.criteres.iter();
    criteres
        .filter_map(|critere| {
            let shows = |s: &&ClearedSite| {
                let own = s.criteres.iter().find(|(_, f)| f.code == critere.code);
                own.is_some_and(|(_, f)| matches!(f.value, Some(Shown::Value(_))))
            };
            let shown: Vec<&str> = sites
                .iter()
                .filter(shows)
                .map(|s| s.structure.as_str())
                .collect();
            let what = (critere.code.as_str(), critere.label.as_str(), critere.cible);
            let (figure, n) = mean(ground, Level::Critere, what, &shown);
            (n > 0).then(|| (r.axes[critere.axe].code.clone(), figure, n))
        })
        .collect()
}

/// Evolution of the panel per axe, and the axes of which it would give back a hidden site.
fn evolution(ground: &Ground, masks: &Masks) -> (Vec<AxeEvolution>, Vec<String>) {
    let (mut said, mut silent) = (Vec::new(), Vec::new());
    for axe in &ground.material.referentiel.axes {
        let Some(line) = ground.line("", Level::Axe, &axe.code) else {
            continue;
        };
        let (Some(before), Some(after)) = (line.value1, line.value2) else {
            continue;
        };
        if !hides_enough(ground, masks, &axe.code, axe.cible) {
            silent.push(axe.code.clone());
            continue;
        }
        said.push((
            axe.code.clone(),
            axe.label.clone(),
            printed::level(before, axe.cible).value,
            printed::level(after, axe.cible).value,
            figure::evolution(line),
        ));
    }
    (said, silent)
}

/// Whether the means of the panel leave room to each site whose own axe is hidden, all the others
/// being known.
fn hides_enough(ground: &Ground, masks: &Masks, code: &str, target: f64) -> bool {
    let sites = ground.structures.iter().enumerate();
    let lines: Vec<_> = sites
        .filter_map(|(i, s)| Some((i, ground.line(&s.code, Level::Axe, code)?)))
        .filter(|(_, line)| line.delta.is_some())
        .collect();
    let hidden: Vec<bool> = lines
        .iter()
        .map(|(i, _)| masks.veils[*i].hides_change(code))
        .collect();
    if !hidden.contains(&true) {
        return true;
    }
    let sides: [fn(&crate::compare::Line) -> Option<f64>; 2] = [|l| l.value1, |l| l.value2];
    sides.iter().all(|side| {
        let values: Vec<f64> = lines.iter().filter_map(|(_, l)| side(l)).collect();
        let said = printed::level(values.iter().sum::<f64>() / values.len() as f64, target);
        let mut system = System::default();
        let mean = system.unknown(said.low, said.high);
        let parts: Vec<(usize, f64)> = values
            .iter()
            .zip(&hidden)
            .map(|(v, masked)| if *masked { (1.0, 4.0) } else { (*v, *v) })
            .map(|(low, high)| (system.unknown(low, high), 1.0))
            .collect();
        system.mean(mean, &parts);
        system.tighten();
        parts
            .iter()
            .zip(&hidden)
            .filter(|(_, h)| **h)
            .all(|((part, _), _)| {
                let (low, high) = system.bounds(*part);
                high - low >= masks.thresholds.marge_niveau - 1e-6
            })
    })
}

/// « En démarrage » or less.
const LOW: f64 = 2.0;

/// Critères by number of sites under a bar, the most frequent first.
fn below(
    material: &Material,
    sites: &[ClearedSite],
    bar: impl Fn(&Critere) -> f64,
) -> Vec<(String, String, usize, usize)> {
    let mut counts: Vec<(String, String, usize, usize)> = material
        .referentiel
        .criteres
        .iter()
        .filter_map(|c| {
            let values: Vec<f64> = sites
                .iter()
                .flat_map(|s| &s.criteres)
                .filter(|(_, f)| f.code == c.code)
                .filter_map(|(_, f)| f.value.as_ref().and_then(Shown::value))
                .collect();
            let below = values.iter().filter(|v| **v < bar(c)).count();
            (below > 0).then(|| (c.code.clone(), c.label.clone(), below, values.len()))
        })
        .collect();
    counts.sort_by(|a, b| b.2.cmp(&a.2).then_with(|| a.0.cmp(&b.0)));
    counts
}
