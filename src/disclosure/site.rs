//! What may be shown of one site.

use std::collections::BTreeMap;

use super::actions::{self, ClearedAction};
use super::activity::{self, ClearedActivity};
use super::advice::{self, ClearedAdvice};
use super::delivery::Masks;
use super::distribution::{self, ClearedDistribution, Respondents};
use super::figure::{self, ClearedFigure};
use super::ground::Ground;
use super::imperatif::{self, ClearedGap, ClearedImperatif};
use super::tree::{Node, State};
use super::words::{self, ClearedWords};
use super::{Audience, Mask, Shown};
use crate::decide::plans::Action;
use crate::figures::Level;
use crate::vocabulary::referentiel::SourceCode;

/// Who reads perception gaps: the team alone, to discuss them.
pub(super) const SHOWN_GAPS: Audience = Audience::Equipe;

/// Everything of one site that its readers may see.
#[derive(Debug, Clone)]
pub struct ClearedSite {
    /// Structure code.
    pub structure: String,
    /// Impératifs applicable, in order.
    pub imperatifs: Vec<ClearedImperatif>,
    /// The same at the campaign before, for critères that have not changed since.
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
    /// Perception gaps, widest first; empty for anyone but the team.
    pub gaps: Vec<ClearedGap>,
    /// Distributions by source: families, children, staff.
    pub distributions: BTreeMap<SourceCode, Vec<ClearedDistribution>>,
    /// Keywords of families, themes of interviews, remarks of the team; empty for anyone else.
    pub words: ClearedWords,
    /// Actions of its plan, the most pressing first.
    pub actions: Vec<ClearedAction>,
    /// What the findings propose, while there is no plan yet.
    pub proposals: Vec<ClearedAction>,
    /// Activity indicators.
    pub activities: Vec<ClearedActivity>,
    /// Grids and sessions received, by source, and their dates; for a questionnaire, the low end
    /// of the band of its respondents (see `returns`).
    pub received: Vec<(SourceCode, usize, Vec<String>)>,
    /// Respondents by questionnaire.
    pub returns: BTreeMap<SourceCode, Respondents>,
    /// How many figures were masked, by reason.
    pub masked: BTreeMap<Mask, usize>,
}

/// Clears one site, by position among the structures.
pub(super) fn clear(ground: &Ground, masks: &Masks, site: usize) -> ClearedSite {
    let material = ground.material;
    let r = material.referentiel;
    let structure = ground.structures[site].code.as_str();
    let veil = &masks.veils[site];
    let criteres: Vec<(String, ClearedFigure)> = ground
        .figures(structure, Level::Critere)
        .filter_map(|f| {
            let c = &r.criteres[r.critere(&f.code)?];
            let cleared = figure::clear(ground, veil, f, (&c.label, c.cible));
            Some((r.axes[c.axe].code.clone(), cleared))
        })
        .collect();
    let axes = ground
        .figures(structure, Level::Axe)
        .filter_map(|f| {
            let axe = r.axes.iter().find(|a| a.code == f.code)?;
            Some(figure::clear(ground, veil, f, (&axe.label, axe.cible)))
        })
        .collect();
    let (strengths, priorities) = advice::forward(material, structure, &criteres);
    let shown = |site: &str, code: &str| {
        let own = criteres.iter().find(|(_, f)| f.code == code);
        site == structure && own.is_some_and(|(_, f)| matches!(f.value, Some(Shown::Value(_))))
    };
    let practices = advice::practices(material, shown)
        .map(|p| r.criteres[p.critere].code.clone())
        .collect();
    let team = material.audience == Audience::Equipe;
    let plan = |all: &[Action], criteres: &[(String, ClearedFigure)]| {
        let own = all.iter().filter(|a| a.structure == structure);
        actions::clear(material, &ground.screen, own, criteres)
    };
    let returns = returns(masks, site);
    let mut cleared = ClearedSite {
        strengths,
        priorities,
        practices,
        structure: structure.to_owned(),
        imperatifs: ground
            .figures(structure, Level::Imperatif)
            .filter_map(|f| imperatif::imperatif(r, material.indicators, f))
            .collect(),
        previous_imperatifs: imperatif::previous(ground, structure),
        actions: plan(material.actions, &criteres),
        proposals: if team {
            plan(material.proposals, &criteres)
        } else {
            Vec::new()
        },
        axes,
        gaps: if material.audience == SHOWN_GAPS {
            imperatif::gaps(material, structure)
        } else {
            Vec::new()
        },
        distributions: distribution::all(ground, &masks.answers, Node::Site(site)),
        words: if team {
            words::clear(material, &ground.screen, &[structure], true)
        } else {
            ClearedWords::default()
        },
        activities: ground
            .figures(structure, Level::Activite)
            .filter_map(|f| activity::clear(ground, (&masks.thresholds, &masks.answers), site, f))
            .collect(),
        received: received(ground, structure, &returns),
        returns,
        criteres,
        masked: BTreeMap::new(),
    };
    cleared.masked = super::masking::of_site(ground, masks, site, &cleared)
        .iter()
        .fold(BTreeMap::new(), |mut counts, cell| {
            *counts.entry(cell.mask).or_default() += 1;
            counts
        });
    cleared
}

fn returns(masks: &Masks, site: usize) -> BTreeMap<SourceCode, Respondents> {
    let sources = SourceCode::ALL.into_iter().filter(|s| s.is_questionnaire());
    sources
        .filter_map(|source| {
            let told = match masks.answers.returns(source, Node::Site(site)) {
                (State::Empty, _) => return None,
                (State::Masked(Mask::TooFew), _) => {
                    Respondents::Under(masks.thresholds.per_site(source))
                }
                (State::Masked(_), _) => Respondents::Untold,
                (_, n) => Respondents::of(n),
            };
            Some((source, told))
        })
        .collect()
}

fn received(
    ground: &Ground,
    structure: &str,
    returns: &BTreeMap<SourceCode, Respondents>,
) -> Vec<(SourceCode, usize, Vec<String>)> {
    let collected = &ground.material.indicators.collected;
    SourceCode::ALL
        .into_iter()
        .filter_map(|source| {
            let grids = collected.grids(structure, source);
            let n = match source {
                SourceCode::Don => collected
                    .lines(structure)
                    .filter(|line| line.id().starts_with("seance"))
                    .count(),
                _ if source.is_questionnaire() => returns.get(&source)?.least(),
                _ if grids.is_empty() => return None,
                _ => grids.len(),
            };
            let mut dates: Vec<String> = grids
                .iter()
                .map(|grid| grid.date.clone())
                .filter(|d| !d.is_empty())
                .collect();
            dates.sort();
            dates.dedup();
            Some((source, n, dates))
        })
        .collect()
}
