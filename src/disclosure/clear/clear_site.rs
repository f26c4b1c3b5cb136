//! What may be shown of one site.

use std::collections::BTreeMap;

use super::clear_action::clear_actions;
use super::clear_activity::clear_activity;
use super::clear_advice::clear_advice;
use super::clear_distribution::clear_distributions;
use super::clear_figure::{FigureWords, clear_figure, is_printed};
use super::clear_identity::clear_identity;
use super::clear_imperatif::{
    clear_corrections, clear_gaps, clear_imperatif, clear_rules, previous_imperatifs,
};
use super::clear_outside::clear_outside;
use super::clear_rating::clear_ratings;
use super::clear_words::clear_words;
use super::clearing::Clearing;
use super::list_masked::masked_of_site;
use crate::base::day::Day;
use crate::decide::plans::Action;
use crate::disclosure::cleared::{
    ClearedAction, ClearedFigure, ClearedSite, ClearedWords, Mask, Received, Respondents,
};
use crate::disclosure::decide::{AnswerGroup, GroupState, are_gaps_read_by};
use crate::figures::Level;
use crate::vocabulary::Audience;
use crate::vocabulary::referentiel::SourceCode;

/// Clears one site, by position among the structures.
pub(crate) fn clear_site(clearing: &Clearing, site: usize) -> ClearedSite {
    let (input, material) = (clearing.input, clearing.material);
    let structure = clearing.figures.structures[site].code.as_str();
    let criteres = criteres(clearing, site, structure);
    let advice = clear_advice(input, structure, &criteres);
    let is_team = input.audience == Audience::Equipe;
    let returns = returns(clearing, site);
    let mut cleared = ClearedSite {
        repeats: false,
        structure: structure.to_owned(),
        organiser: organiser(clearing, structure),
        imperatifs: clearing
            .figures
            .figures(structure, Level::Imperatif)
            .filter_map(|f| clear_imperatif(input.referentiel, input.indicators, f))
            .collect(),
        rules: clear_rules(input.referentiel, input.indicators, structure),
        corrections: clear_corrections(input.referentiel, input.indicators, structure),
        previous_imperatifs: previous_imperatifs(clearing, structure),
        axes: axes(clearing, site, structure),
        strengths: advice.strengths,
        priorities: advice.priorities,
        practices: practices(clearing, structure, &criteres),
        ratings: clear_ratings(clearing, structure),
        gaps: if are_gaps_read_by(input.audience) {
            clear_gaps(input, structure)
        } else {
            Vec::new()
        },
        distributions: clear_distributions(clearing, AnswerGroup::Site(site)),
        outside: clear_outside(clearing, AnswerGroup::Site(site)),
        words: if is_team {
            clear_words(clearing, &[structure], true)
        } else {
            ClearedWords::default()
        },
        actions: plan(clearing, material.actions.get(structure), &criteres),
        proposals: if is_team {
            plan(clearing, material.proposals.get(structure), &criteres)
        } else {
            Vec::new()
        },
        identity: clear_identity(clearing, site),
        activities: clearing
            .figures
            .figures(structure, Level::Activite)
            .filter_map(|f| clear_activity(clearing, site, f))
            .collect(),
        received: received(clearing, structure, &returns),
        returns,
        criteres,
        masked: BTreeMap::new(),
    };
    for cell in masked_of_site(clearing, site, &cleared) {
        *cleared.masked.entry(cell.mask).or_default() += 1;
    }
    cleared
}

fn criteres(clearing: &Clearing, site: usize, structure: &str) -> Vec<ClearedFigure> {
    let r = clearing.figures.referentiel;
    let hidden = &clearing.decisions.levels[site].hidden;
    let figures = clearing.figures.figures(structure, Level::Critere);
    figures
        .filter_map(|figure| {
            let critere = &r.criteres[r.critere(&figure.code)?];
            let words = FigureWords {
                label: &critere.label,
                axe: &r.axes[critere.axe].code,
                target: critere.cible,
            };
            Some(clear_figure(clearing, hidden, figure, words))
        })
        .collect()
}

fn axes(clearing: &Clearing, site: usize, structure: &str) -> Vec<ClearedFigure> {
    let hidden = &clearing.decisions.levels[site].hidden;
    let figures = clearing.figures.figures(structure, Level::Axe);
    figures
        .filter_map(|figure| {
            let axes = &clearing.figures.referentiel.axes;
            let axe = axes.iter().find(|a| a.code == figure.code)?;
            let words = FigureWords {
                label: &axe.label,
                axe: &axe.code,
                target: axe.cible,
            };
            Some(clear_figure(clearing, hidden, figure, words))
        })
        .collect()
}

/// Codes of the critères that the organiser decides and of which something was asked at the site.
fn organiser(clearing: &Clearing, structure: &str) -> Vec<String> {
    let r = clearing.figures.referentiel;
    let scores = clearing.figures.indicators.scores(structure);
    let is_asked = |element: &usize| {
        let element = &r.elements[*element];
        scores.is_some_and(|s| s.element(&element.code, element.source).is_some())
    };
    let organisers = r.criteres.iter().filter(|c| c.organiser);
    let asked = organisers.filter(|c| c.elements.iter().any(is_asked));
    asked.map(|c| c.code.clone()).collect()
}

/// Codes of the critères where the site's practice is worth a visit.
fn practices(clearing: &Clearing, structure: &str, criteres: &[ClearedFigure]) -> Vec<String> {
    let own = clearing.material.practices.get(structure).iter();
    let codes = own.map(|p| &clearing.input.referentiel.criteres[p.critere].code);
    let shown = codes.filter(|code| is_printed(criteres, code));
    shown.cloned().collect()
}

/// Actions of the site.
fn plan(clearing: &Clearing, own: &[&Action], criteres: &[ClearedFigure]) -> Vec<ClearedAction> {
    clear_actions(
        clearing.input,
        clearing.screen,
        own.iter().copied(),
        criteres,
    )
}

fn returns(clearing: &Clearing, site: usize) -> BTreeMap<SourceCode, Respondents> {
    let decisions = clearing.decisions;
    let group = AnswerGroup::Site(site);
    let sources = SourceCode::ALL.into_iter().filter(|s| s.is_questionnaire());
    sources
        .filter_map(|source| {
            let told = match decisions.answers.return_state(source, group) {
                GroupState::Empty => return None,
                GroupState::Masked(Mask::TooFew) => {
                    Respondents::Under(decisions.thresholds.per_site(source))
                }
                GroupState::Masked(_) => Respondents::Untold,
                _ => Respondents::of(decisions.answers.respondents(source, group)),
            };
            Some((source, told))
        })
        .collect()
}

fn received(
    clearing: &Clearing,
    structure: &str,
    returns: &BTreeMap<SourceCode, Respondents>,
) -> Vec<Received> {
    let collected = &clearing.figures.indicators.collected;
    SourceCode::ALL
        .into_iter()
        .filter_map(|source| {
            let grids = collected.grids(structure, source);
            let count = match source {
                SourceCode::Don => collected
                    .lines(structure)
                    .filter(|line| line.id().starts_with("seance"))
                    .count(),
                _ if source.is_questionnaire() => returns.get(&source)?.least(),
                _ if grids.is_empty() => return None,
                _ => grids.len(),
            };
            let mut days: Vec<Day> = grids.iter().filter_map(|grid| grid.date).collect();
            days.sort();
            days.dedup();
            Some(Received {
                source,
                count,
                days,
            })
        })
        .collect()
}
