//! What a delivery rests on, to the unit, for the log of deliveries alone.

use std::collections::{BTreeMap, BTreeSet};

use super::clear_outside::reads_outside;
use super::clearing::Clearing;
use crate::disclosure::cleared::{
    AskedQuestion, ExactAnswers, FigurePlace, LevelAnswers, LevelSum,
};
use crate::disclosure::decide::{AnswerGroup, GroupState};
use crate::vocabulary::referentiel::SourceCode;

/// Everything exact of a delivery.
pub(crate) fn gather_exact(clearing: &Clearing) -> ExactAnswers {
    let t = &clearing.decisions.thresholds;
    let mut exact = ExactAnswers {
        least: t.repondants.max(t.equipe).max(t.territoire),
        per_site: questionnaires()
            .map(|source| (source, t.per_site(source)))
            .collect(),
        carried_by: carried_by(clearing),
        grounds: clearing.input.grounds.to_owned(),
        ..ExactAnswers::default()
    };
    for (position, structure) in clearing.figures.structures.iter().enumerate() {
        let code = &structure.code;
        let place = FigurePlace::Site(code.as_str().into());
        let group = AnswerGroup::Site(position);
        exact.asked.extend(asked(clearing, &place, group));
        exact.asked.extend(outside(clearing, &place, group));
        exact
            .levels
            .insert(code.clone(), level_answers(clearing, code));
        if !structure.secteur.is_empty() {
            let sector = FigurePlace::Sector(structure.secteur.clone());
            exact.sectors.insert(code.clone(), sector);
        }
    }
    if !clearing.input.audience.reads_all_sites() {
        return exact;
    }
    for (position, name) in clearing.figures.sectors.iter().enumerate() {
        let place = FigurePlace::Sector((*name).to_owned());
        let group = AnswerGroup::Sector(position);
        exact.asked.extend(asked(clearing, &place, group));
    }
    let territory = FigurePlace::Territory;
    let whole = AnswerGroup::Territory;
    exact.asked.extend(asked(clearing, &territory, whole));
    exact.asked.extend(outside(clearing, &territory, whole));
    exact
}

fn questionnaires() -> impl Iterator<Item = SourceCode> {
    SourceCode::ALL.into_iter().filter(|s| s.is_questionnaire())
}

/// Questionnaires that weigh in each critère, and in the axe above it.
fn carried_by(clearing: &Clearing) -> BTreeMap<String, BTreeSet<SourceCode>> {
    let r = clearing.figures.referentiel;
    let mut carried: BTreeMap<String, BTreeSet<SourceCode>> = BTreeMap::new();
    for critere in &r.criteres {
        let weighs = |source: &SourceCode| critere.source_weights[*source as usize] > 0.0;
        let sources: BTreeSet<SourceCode> = questionnaires().filter(weighs).collect();
        // What the organiser decides is in no axe, and repeats with the totals that it is made of.
        if critere.organiser {
            continue;
        }
        for code in [&critere.code, &r.axes[critere.axe].code] {
            let all = carried.entry(code.clone()).or_default();
            all.extend(sources.iter().copied());
        }
    }
    carried
}

/// The questions that were asked at a place.
fn asked(clearing: &Clearing, place: &FigurePlace, group: AnswerGroup) -> Vec<AskedQuestion> {
    let elements = 0..clearing.figures.referentiel.elements.len();
    let asked = elements.filter_map(|position| question(clearing, place, group, position));
    asked.collect()
}

/// Those outside the référentiel, where this audience reads them.
fn outside(clearing: &Clearing, place: &FigurePlace, group: AnswerGroup) -> Vec<AskedQuestion> {
    if !reads_outside(clearing.input.audience) {
        return Vec::new();
    }
    let ranks = 0..clearing.figures.outside.len();
    let positions = ranks.map(|rank| clearing.figures.outside_position(rank));
    let asked = positions.filter_map(|position| question(clearing, place, group, position));
    asked.collect()
}

/// A question at a place, by its position; none where nobody was asked.
fn question(
    clearing: &Clearing,
    place: &FigurePlace,
    group: AnswerGroup,
    position: usize,
) -> Option<AskedQuestion> {
    let thresholds = &clearing.decisions.thresholds;
    let answers = &clearing.decisions.answers;
    let (_, source) = clearing.figures.asked(position)?;
    let state = answers.state(position, group);
    let least = match group {
        AnswerGroup::Site(_) => thresholds.per_site(source),
        _ => thresholds.territoire,
    };
    (state != GroupState::Empty).then(|| AskedQuestion {
        place: place.clone(),
        code: clearing.material.codes[position].clone(),
        // A figure never shown at this place still has neighbours to protect.
        least: least.max(thresholds.territoire),
        shown_from: least,
        answers: answers.answers(position, group),
        shown: state.mask().is_none(),
    })
}

fn level_answers(clearing: &Clearing, structure: &str) -> LevelAnswers {
    let collected = &clearing.figures.indicators.collected;
    let mut answers = LevelAnswers::default();
    for source in questionnaires() {
        let n = collected.respondents(structure, source);
        if n > 0 {
            answers.respondents.insert(source, n);
        }
    }
    for (position, element) in clearing.figures.referentiel.elements.iter().enumerate() {
        if !element.source.is_questionnaire() {
            continue;
        }
        let tallies = collected.visits(structure, position).map(|v| v.observers);
        let sum = tallies.fold(LevelSum::default(), |sum, tally| LevelSum {
            sum: sum.sum + tally.sum,
            count: sum.count + tally.levels as usize,
        });
        if sum.count > 0 {
            answers.sums.entry(element.source).or_default().push(sum);
        }
    }
    answers
}
