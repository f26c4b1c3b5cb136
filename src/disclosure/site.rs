//! What may be shown of one site.

use std::collections::BTreeMap;

use super::actions::ClearedAction;
use super::advice::{self, ClearedAdvice};
use super::distribution::{self, ClearedDistribution};
use super::words::{self, ClearedWords};
use super::{Audience, Mask, Material, Shown, is_outside};
use crate::comparisons::Line;
use crate::indicators::{ACTIVITIES, Figure, FigureStatus, Indicators, Level};
use crate::referentiel::SourceCode;
use crate::stats::change::Verdict;

/// A critère or axe, cleared.
#[derive(Debug, Clone, PartialEq)]
pub struct ClearedFigure {
    /// Code.
    pub code: String,
    /// Label.
    pub label: String,
    /// Level 1..4; none when there is none (see `status`).
    pub value: Option<Shown<f64>>,
    /// Value of the campaign before, when it compares.
    pub previous: Option<f64>,
    /// Target.
    pub target: f64,
    /// Status of the figure.
    pub status: FigureStatus,
    /// Little data behind it.
    pub fragile: bool,
    /// What it rests on, out of how many.
    pub n: (usize, usize),
    /// Evolution from the campaign before.
    pub evolution: Option<Evolution>,
}

/// What may be said of a change.
#[derive(Debug, Clone, PartialEq)]
pub struct Evolution {
    /// Change in levels.
    pub delta: Option<f64>,
    /// Verdict, none where none may be given.
    pub verdict: Option<Verdict>,
    /// To be confirmed.
    pub a_verifier: bool,
    /// Why, in a few words.
    pub raison: String,
}

/// An impératif, cleared.
#[derive(Debug, Clone, PartialEq)]
pub struct ClearedImperatif {
    /// Code.
    pub code: String,
    /// Label.
    pub label: String,
    /// Met, not met, not evaluated; masked when the finding leaves the tool.
    pub status: Shown<FigureStatus>,
    /// Labels of what is missing when it is not evaluated.
    pub missing: Vec<String>,
    /// Labels of what is below the top level when it is not met.
    pub below: Vec<String>,
}

/// A gap between how the team and an observer see a critère.
#[derive(Debug, Clone, PartialEq)]
pub struct ClearedGap {
    /// Code of the critère.
    pub code: String,
    /// Label of the critère.
    pub label: String,
    /// Self-assessment.
    pub aut: f64,
    /// Observation.
    pub obs: f64,
}

/// An activity indicator, cleared.
#[derive(Debug, Clone, PartialEq)]
pub struct ClearedActivity {
    /// Code.
    pub code: String,
    /// Label.
    pub label: String,
    /// Unit: « % », « rapport », « h »…
    pub unit: String,
    /// How it is computed.
    pub formula: String,
    /// Value; none when it cannot be computed.
    pub value: Option<Shown<f64>>,
    /// The two readings of the mixed-age rule differ.
    pub limite: bool,
}

/// Everything of one site that its readers may see.
#[derive(Debug, Clone)]
pub struct ClearedSite {
    /// Structure code.
    pub structure: String,
    /// Impératifs applicable, in order.
    pub imperatifs: Vec<ClearedImperatif>,
    /// The same at the campaign before, those that it evaluated.
    pub previous_imperatifs: Vec<ClearedImperatif>,
    /// Axes in order.
    pub axes: Vec<ClearedFigure>,
    /// Critères in order, with the code of their axe.
    pub criteres: Vec<(String, ClearedFigure)>,
    /// Points to lean on, at most three.
    pub strengths: Vec<ClearedAdvice>,
    /// Points to work on, at most three, impératifs first.
    pub priorities: Vec<ClearedAdvice>,
    /// Codes of the critères where this site's practice is worth a visit.
    pub practices: Vec<String>,
    /// Perception gaps, widest first.
    pub gaps: Vec<ClearedGap>,
    /// Distributions by source: families, children, staff.
    pub distributions: BTreeMap<SourceCode, Vec<ClearedDistribution>>,
    /// Keywords of families, themes of interviews, remarks of the team.
    pub words: ClearedWords,
    /// Actions of its plan, the most pressing first.
    pub actions: Vec<ClearedAction>,
    /// What the findings propose, when there is no plan yet.
    pub proposals: Vec<ClearedAction>,
    /// Activity indicators.
    pub activities: Vec<ClearedActivity>,
    /// Grids and responses received, by source: (grids or respondents, dates).
    pub received: Vec<(SourceCode, usize, Vec<String>)>,
    /// How many figures were masked, by reason.
    pub masked: BTreeMap<Mask, usize>,
}

/// Clears one site.
pub(super) fn clear(material: &Material, structure: &str) -> ClearedSite {
    let r = material.referentiel;
    let figures = |level: Level| {
        let all = material.indicators.figures().iter();
        all.filter(move |f| f.structure == structure && f.level == level)
    };
    let criteres: Vec<(String, ClearedFigure)> = figures(Level::Critere)
        .filter_map(|f| {
            let c = &r.criteres[r.critere(&f.code)?];
            Some((
                r.axes[c.axe].code.clone(),
                figure(material, f, &c.label, c.cible),
            ))
        })
        .collect();
    let axes = figures(Level::Axe)
        .filter_map(|f| {
            let axe = r.axes.iter().find(|a| a.code == f.code)?;
            Some(figure(material, f, &axe.label, axe.cible))
        })
        .collect();
    let thresholds = material.thresholds;
    let distributions = [
        (SourceCode::Fam, thresholds.repondants),
        (SourceCode::Enf, thresholds.repondants),
        (SourceCode::Eqp, thresholds.equipe),
    ]
    .map(|(s, least)| (s, distribution::clear(material, s, &[structure], least)));
    let (strengths, priorities) = advice::forward(material, structure, &criteres);
    let shown = |site: &str, code: &str| {
        let own = criteres.iter().find(|(_, f)| f.code == code);
        site == structure && own.is_some_and(|(_, f)| matches!(f.value, Some(Shown::Value(_))))
    };
    let practices = advice::practices(material, shown)
        .map(|p| r.criteres[p.critere].code.clone())
        .collect();
    let mut site = ClearedSite {
        strengths,
        priorities,
        practices,
        structure: structure.to_owned(),
        imperatifs: figures(Level::Imperatif)
            .filter_map(|f| imperatif(material, material.indicators, f))
            .collect(),
        previous_imperatifs: previous_imperatifs(material, structure),
        actions: Vec::new(),
        proposals: Vec::new(),
        axes,
        criteres,
        gaps: gaps(material, structure),
        distributions: distributions
            .into_iter()
            .filter(|(_, d)| !d.is_empty())
            .collect(),
        words: words::clear(
            material,
            &[structure],
            material.audience == Audience::Equipe,
        ),
        activities: figures(Level::Activite).filter_map(activity).collect(),
        received: received(material, structure),
        masked: BTreeMap::new(),
    };
    site.masked = count_masked(&site);
    site
}

/// A critère rests on too few people for this audience when every source that carries it is a
/// questionnaire under the audience's threshold: its value would be that questionnaire's mean.
fn rests_on_few(material: &Material, f: &Figure) -> bool {
    let r = material.referentiel;
    let Some(position) = r.critere(&f.code) else {
        return false;
    };
    let weights = &r.criteres[position].source_weights;
    let used: Vec<SourceCode> = SourceCode::ALL
        .into_iter()
        .filter(|s| weights[*s as usize] > 0.0)
        .filter(|s| {
            let found =
                material
                    .indicators
                    .get_source(&f.structure, Level::Source, &f.code, Some(*s));
            found.is_some_and(|x| x.value.is_some())
        })
        .collect();
    let few = |s: &SourceCode| {
        let key = (f.structure.clone(), *s, position);
        let n = material
            .indicators
            .collected
            .critere_respondents
            .get(&key)
            .copied()
            .unwrap_or(0);
        let least = material.thresholds.per_site(*s);
        s.is_questionnaire() && (least == 0 || n < least)
    };
    !used.is_empty() && used.iter().all(few)
}

fn figure(material: &Material, f: &Figure, label: &str, target: f64) -> ClearedFigure {
    let outside = is_outside(&f.code, f.value);
    let few = f.level == Level::Critere && rests_on_few(material, f);
    let value = f.value.map(|v| match (outside, few) {
        (true, _) => Shown::Masked(Mask::Outside),
        (_, true) => Shown::Masked(Mask::TooFew),
        _ => Shown::Value(v),
    });
    let line = material
        .evolution
        .and_then(|e| e.get(&f.structure, f.level, &f.code));
    let hidden = outside || few || line.is_some_and(|l| is_outside(&l.code, l.value1));
    ClearedFigure {
        code: f.code.clone(),
        label: label.to_owned(),
        value,
        previous: if hidden {
            None
        } else {
            previous(material, f, line)
        },
        target,
        status: f.status,
        fragile: f.fragile,
        n: (f.n, f.expected),
        evolution: if hidden { None } else { line.map(evolution) },
    }
}

/// The campaign before, on the same footing: for an axe, the value that the comparison used.
fn previous(material: &Material, f: &Figure, line: Option<&Line>) -> Option<f64> {
    if line.is_some_and(|l| l.verdict == Some(Verdict::NonComparable)) {
        return None;
    }
    if let Some(common) = line.filter(|l| l.level == Level::Axe && l.delta.is_some()) {
        return common.value1;
    }
    let earlier = material.previous?.get(&f.structure, f.level, &f.code)?;
    earlier.value
}

pub(super) fn evolution(line: &Line) -> Evolution {
    Evolution {
        delta: line.delta,
        verdict: line.verdict,
        a_verifier: line.a_verifier,
        raison: line.raison.clone(),
    }
}

/// Statuses of the campaign before, for critères that are the same in both.
fn previous_imperatifs(material: &Material, structure: &str) -> Vec<ClearedImperatif> {
    let Some(previous) = material.previous else {
        return Vec::new();
    };
    let broken = |code: &str| {
        let line = material
            .evolution
            .and_then(|e| e.get(structure, Level::Critere, code));
        line.is_some_and(|l| l.verdict == Some(Verdict::NonComparable))
    };
    (previous.figures().iter())
        .filter(|f| f.structure == structure && f.level == Level::Imperatif && !broken(&f.code))
        .filter_map(|f| imperatif(material, previous, f))
        .collect()
}

fn imperatif(material: &Material, indicators: &Indicators, f: &Figure) -> Option<ClearedImperatif> {
    let r = material.referentiel;
    let critere = &r.criteres[r.critere(&f.code)?];
    let level = indicators
        .get(&f.structure, Level::Critere, &f.code)
        .and_then(|c| c.value);
    let outside = is_outside(&f.code, level);
    let (mut missing, mut below) = (Vec::new(), Vec::new());
    for &e in &critere.elements {
        let element = &r.elements[e];
        let counted = element.source.counts_for_imperatif();
        let found = indicators.get_source(
            &f.structure,
            Level::Element,
            &element.code,
            Some(element.source),
        );
        match found {
            Some(x) if counted && x.value.is_none() => missing.push(element.label.clone()),
            Some(x) if counted && x.value.is_some_and(|v| v < 4.0 - 1e-9) => {
                below.push(element.label.clone());
            }
            _ => {}
        }
    }
    if outside {
        (missing, below) = (Vec::new(), Vec::new());
    }
    Some(ClearedImperatif {
        code: f.code.clone(),
        label: critere.label.clone(),
        status: if outside {
            Shown::Masked(Mask::Outside)
        } else {
            Shown::Value(f.status)
        },
        missing,
        below,
    })
}

/// Rule 7, only where both exist; a serious finding is not discussed on paper.
fn gaps(material: &Material, structure: &str) -> Vec<ClearedGap> {
    let r = material.referentiel;
    let score = |code: &str, source| {
        material
            .indicators
            .get_source(structure, Level::Source, code, Some(source))?
            .value
    };
    let mut gaps: Vec<ClearedGap> = r
        .criteres
        .iter()
        .filter_map(|c| {
            let (aut, obs) = (
                score(&c.code, SourceCode::Aut)?,
                score(&c.code, SourceCode::Obs)?,
            );
            let hidden = is_outside(&c.code, Some(obs)) || is_outside(&c.code, Some(aut));
            (!hidden).then(|| ClearedGap {
                code: c.code.clone(),
                label: c.label.clone(),
                aut,
                obs,
            })
        })
        .collect();
    gaps.sort_by(|a, b| {
        (b.aut - b.obs)
            .abs()
            .total_cmp(&(a.aut - a.obs).abs())
            .then_with(|| a.code.cmp(&b.code))
    });
    gaps
}

fn activity(f: &Figure) -> Option<ClearedActivity> {
    let (code, label, unit, formula) = ACTIVITIES.iter().find(|a| a.0 == f.code)?;
    // Counts of children with health needs and of accidents: rare events hide under five.
    let rare = ["I13a", "I13b", "I18"].contains(code);
    let value = f.value.map(|v| match v {
        v if rare && v > 0.0 && v < 5.0 => Shown::Masked(Mask::Rare),
        // Hours of fewer than five children tell as much as their number.
        _ if *code == "I13b" => Shown::Masked(Mask::NotForAudience),
        v => Shown::Value(v),
    });
    Some(ClearedActivity {
        code: (*code).to_owned(),
        label: (*label).to_owned(),
        unit: (*unit).to_owned(),
        formula: (*formula).to_owned(),
        value,
        limite: f.limite,
    })
}

fn received(material: &Material, structure: &str) -> Vec<(SourceCode, usize, Vec<String>)> {
    let collected = &material.indicators.collected;
    SourceCode::ALL
        .into_iter()
        .filter_map(|source| {
            let key = (structure.to_owned(), source);
            let grids = collected.grids.get(&key);
            let n = match source {
                SourceCode::Don => collected
                    .lines
                    .get(structure)?
                    .keys()
                    .filter(|k| k.starts_with("seance"))
                    .count(),
                _ if source.is_questionnaire() => *collected.respondents.get(&key)?,
                _ => grids?.len(),
            };
            let mut dates: Vec<String> = grids
                .into_iter()
                .flatten()
                .map(|g| g.2.clone())
                .filter(|d| !d.is_empty())
                .collect();
            dates.sort();
            dates.dedup();
            Some((source, n, dates))
        })
        .collect()
}

fn count_masked(site: &ClearedSite) -> BTreeMap<Mask, usize> {
    let mut counts = BTreeMap::new();
    let mut add = |mask: Option<Mask>| {
        if let Some(mask) = mask {
            *counts.entry(mask).or_default() += 1;
        }
    };
    let of = |shown: Option<&Shown<f64>>| match shown {
        Some(Shown::Masked(mask)) => Some(*mask),
        _ => None,
    };
    site.axes.iter().for_each(|f| add(of(f.value.as_ref())));
    site.criteres
        .iter()
        .for_each(|(_, f)| add(of(f.value.as_ref())));
    site.activities
        .iter()
        .for_each(|a| add(of(a.value.as_ref())));
    site.distributions
        .values()
        .flatten()
        .for_each(|d| add(d.shares.as_ref().err().copied()));
    counts
}
