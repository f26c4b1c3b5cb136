//! What elected people may see: sites by code for what observers and documents establish, the
//! territory alone for what people answered.

use std::collections::BTreeMap;

use super::actions::ClearedAction;
use super::ctg::ClearedCtg;
use super::distribution::{self, ClearedDistribution};
use super::site::{ClearedFigure, ClearedImperatif, ClearedSite, Evolution};
use super::words::{self, ClearedWords};
use super::{Mask, Material, Shown, advice};
use crate::indicators::{FigureStatus, Level};
use crate::referentiel::{Critere, SourceCode};

/// Sites below this number make a total from which one of them could be worked out.
const SITES_MIN: usize = 3;

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
#[derive(Debug, Clone)]
pub struct ClearedTerritory {
    /// Mean of the sites per axe, with the number of sites behind it.
    pub axes: Vec<(ClearedFigure, usize)>,
    /// Evolution per axe on the matched panel: code, label, before, after, verdict.
    pub evolution: Vec<(String, String, f64, f64, Evolution)>,
    /// Sites by code: value per axe.
    pub sites: Vec<SiteAxes>,
    /// Sites by code: impératifs.
    pub imperatifs: Vec<SiteImperatifs>,
    /// Critères below target: code, label, sites below, sites with a value.
    pub below_target: Vec<(String, String, usize, usize)>,
    /// Critères at level 2 or under: code, label, sites, sites with a value.
    pub low: Vec<(String, String, usize, usize)>,
    /// Mean of the sites per critère: code of the axe, figure, sites at their target.
    pub criteres: Vec<(String, ClearedFigure, usize)>,
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
    /// Practices worth a visit: code of the critère, label, site, what confirms it, who could learn.
    pub practices: Vec<ClearedPractice>,
    /// Agreement between observers: visits, visits scored twice, exact share, share within one.
    pub agreement: (usize, usize, Option<(f64, f64)>),
    /// Sites compared, entered, left.
    pub panel: (Vec<String>, Vec<String>, Vec<String>),
    /// How many figures were masked, by reason.
    pub masked: BTreeMap<Mask, usize>,
}

/// Clears the territory; `structures` in order of code, with their cleared sites.
pub(super) fn clear(
    material: &Material,
    structures: &[&str],
    sites: &[ClearedSite],
) -> ClearedTerritory {
    let mut masked = BTreeMap::new();
    for site in sites {
        let hidden = site.criteres.iter().filter_map(|(_, f)| match f.value {
            Some(Shown::Masked(mask)) => Some(mask),
            _ => None,
        });
        for mask in hidden {
            *masked.entry(mask).or_default() += 1;
        }
    }
    let least = material
        .thresholds
        .territoire
        .max(material.thresholds.repondants);
    let answered = |source: SourceCode| {
        let respondents = &material.indicators.collected.respondents;
        structures
            .iter()
            .filter(|s| respondents.contains_key(&((**s).to_owned(), source)))
            .count()
    };
    let distributions = [SourceCode::Fam, SourceCode::Enf, SourceCode::Eqp]
        .into_iter()
        .filter(|s| answered(*s) >= SITES_MIN)
        .map(|s| (s, distribution::clear(material, s, structures, least)))
        .filter(|(_, d)| !d.is_empty())
        .collect();
    let panel = material.evolution.map_or_else(Default::default, |e| {
        (e.panel.clone(), e.entries.clone(), e.exits.clone())
    });
    ClearedTerritory {
        axes: axes(material, sites),
        evolution: evolution(material),
        below_target: below(material, sites, |c| c.cible - 1e-9),
        low: below(material, sites, |_| LOW + 1e-9),
        criteres: criteres(material, sites),
        actions: Vec::new(),
        ctg: Vec::new(),
        words: words::clear(material, structures, false),
        participation: participation(material, structures),
        practices: practices(material, sites),
        agreement: agreement(material),
        sites: sites.iter().map(site_axes).collect(),
        imperatifs: sites
            .iter()
            .map(|s| (s.structure.clone(), s.imperatifs.clone()))
            .collect(),
        distributions,
        panel,
        masked,
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

/// Practices whose figure may be shown, with the sites that could learn from them.
fn practices(material: &Material, sites: &[ClearedSite]) -> Vec<ClearedPractice> {
    let shown = |structure: &str, code: &str| {
        let site = sites.iter().find(|s| s.structure == structure);
        site.is_some_and(|s| s.practices.iter().any(|c| c == code))
    };
    advice::practices(material, shown)
        .map(|p| {
            let critere = &material.referentiel.criteres[p.critere];
            ClearedPractice {
                code: critere.code.clone(),
                label: critere.label.clone(),
                structure: p.structure.clone(),
                confirmed_by: p.confirmed_by,
                learners: p.learners.iter().take(LEARNERS).cloned().collect(),
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

/// Mean of the sites, each counting once.
fn axes(material: &Material, sites: &[ClearedSite]) -> Vec<(ClearedFigure, usize)> {
    let previous = |code: &str| {
        let line = material.evolution?.get("", Level::Axe, code)?;
        line.value1
    };
    material
        .referentiel
        .axes
        .iter()
        .map(|axe| {
            let values: Vec<f64> = sites
                .iter()
                .flat_map(|s| &s.axes)
                .filter(|f| f.code == axe.code)
                .filter_map(|f| f.value.as_ref().and_then(Shown::value))
                .collect();
            let n = values.len();
            let mean = (n > 0).then(|| Shown::Value(values.iter().sum::<f64>() / n as f64));
            let figure = ClearedFigure {
                code: axe.code.clone(),
                label: axe.label.clone(),
                value: mean,
                previous: previous(&axe.code),
                target: axe.cible,
                status: if n > 0 {
                    FigureStatus::Ok
                } else {
                    FigureStatus::NonPubliable
                },
                fragile: false,
                n: (n, sites.len()),
                evolution: None,
            };
            (figure, n)
        })
        .collect()
}

fn evolution(material: &Material) -> Vec<(String, String, f64, f64, Evolution)> {
    let Some(comparisons) = material.evolution else {
        return Vec::new();
    };
    let axes = material.referentiel.axes.iter();
    axes.filter_map(|axe| {
        let line = comparisons.get("", Level::Axe, &axe.code)?;
        let said = Evolution {
            delta: line.delta,
            verdict: line.verdict,
            a_verifier: line.a_verifier,
            raison: line.raison.clone(),
        };
        Some((
            axe.code.clone(),
            axe.label.clone(),
            line.value1?,
            line.value2?,
            said,
        ))
    })
    .collect()
}

/// « En démarrage » or less.
const LOW: f64 = 2.0;

/// Values of a critère that this audience may see, one per site that has one.
fn shown(sites: &[ClearedSite], code: &str) -> Vec<f64> {
    let figures = sites.iter().flat_map(|s| &s.criteres);
    figures
        .filter(|(_, f)| f.code == code)
        .filter_map(|(_, f)| f.value.as_ref().and_then(Shown::value))
        .collect()
}

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
            let values = shown(sites, &c.code);
            let below = values.iter().filter(|v| **v < bar(c)).count();
            (below > 0).then(|| (c.code.clone(), c.label.clone(), below, values.len()))
        })
        .collect();
    counts.sort_by(|a, b| b.2.cmp(&a.2).then_with(|| a.0.cmp(&b.0)));
    counts
}

/// Mean of the sites per critère, from what may be seen of each; the evolution is that of the
/// matched panel.
fn criteres(material: &Material, sites: &[ClearedSite]) -> Vec<(String, ClearedFigure, usize)> {
    let r = material.referentiel;
    (r.criteres.iter())
        .map(|c| {
            let values = shown(sites, &c.code);
            let n = values.len();
            let line = material
                .evolution
                .and_then(|e| e.get("", Level::Critere, &c.code));
            let figure = ClearedFigure {
                code: c.code.clone(),
                label: c.label.clone(),
                value: (n > 0).then(|| Shown::Value(values.iter().sum::<f64>() / n as f64)),
                previous: line.and_then(|l| l.value1),
                target: c.cible,
                status: if n > 0 {
                    FigureStatus::Ok
                } else {
                    FigureStatus::NonPubliable
                },
                fragile: false,
                n: (n, sites.len()),
                evolution: line.map(super::site::evolution),
            };
            let reached = values.iter().filter(|v| **v >= c.cible - 1e-9).count();
            (r.axes[c.axe].code.clone(), figure, reached)
        })
        .collect()
}

/// The participation figures of the CTG (I11, I12) and the families' response rate (I16), summed
/// over the sites that know both counts.
fn participation(material: &Material, structures: &[&str]) -> BTreeMap<String, (usize, usize)> {
    let mut sums: BTreeMap<String, (usize, usize)> = BTreeMap::new();
    for code in ["I11", "I12a", "I12b", "I16"] {
        for structure in structures {
            let figure = material.indicators.get(structure, Level::Activite, code);
            if let Some(f) = figure.filter(|f| f.value.is_some() && f.expected > 0) {
                let sum = sums.entry(code.to_owned()).or_default();
                sum.0 += f.n;
                sum.1 += f.expected;
            }
        }
    }
    sums
}
