//! What the organiser decides, to those who read all sites: it is told where each total that it is made of
//! is told to the unit, so that it gives nothing that they do not give by themselves.

use super::clear_distribution::words_of;
use super::clear_figure::clear_change;
use super::clearing::Clearing;
use crate::compare::Comparisons;
use crate::disclosure::cleared::{ClearedFigure, ClearedOrganiser, Mask, OrganiserElement, Shown};
use crate::disclosure::decide::{
    AnswerGroup, CampaignFigures, Decisions, GroupState, modality_levels, printed_level,
};
use crate::figures::{Distribution, Figure, Level};
use crate::stats::change::Verdict;
use crate::vocabulary::referentiel::{Critere, Element, SourceCode};

/// A campaign as its readers get it.
#[derive(Clone, Copy)]
struct OrganiserView<'a> {
    figures: &'a CampaignFigures<'a>,
    decisions: &'a Decisions,
}

/// Every critère that the organiser decides and that was asked.
pub(crate) fn clear_organiser(clearing: &Clearing) -> Vec<ClearedOrganiser> {
    let now = OrganiserView {
        figures: clearing.figures,
        decisions: clearing.decisions,
    };
    let r = now.figures.referentiel;
    let own = r.criteres.iter().filter(|critere| critere.organiser);
    own.filter_map(|critere| of_critere(clearing, now, critere))
        .collect()
}

fn of_critere(
    clearing: &Clearing,
    now: OrganiserView,
    critere: &Critere,
) -> Option<ClearedOrganiser> {
    let figure = now.figure(Level::Critere, &critere.code, None)?;
    let r = now.figures.referentiel;
    let evolution = figure.value.and_then(|_| told_change(clearing, critere));
    let level = |value| printed_level(value, critere.cible).value;
    let mut cleared = ClearedOrganiser {
        figure: ClearedFigure {
            code: critere.code.clone(),
            label: critere.label.clone(),
            axe: r.axes[critere.axe].code.clone(),
            value: figure.value.map(|value| Shown::Value(level(value))),
            previous: (evolution.filter(|line| line.sources.is_empty()))
                .and_then(|line| line.value1)
                .map(level),
            target: critere.cible,
            status: figure.status,
            fragile: figure.fragile,
            evolution: evolution.map(clear_change),
        },
        elements: now
            .elements(critere)
            .map(|(element, value)| OrganiserElement {
                code: element.code.clone(),
                label: words_of(clearing, element, AnswerGroup::Territory)
                    .0
                    .to_string(),
                source: element.source,
                negative: element.negative,
                value,
            })
            .collect(),
        questions: now
            .questions(critere)
            .map(|e| r.elements[e].code.clone())
            .collect(),
    };
    if let Err(mask) = now.is_held(critere) {
        cleared.withhold(mask);
    }
    Some(cleared)
}

/// Its change, where both values are told and the same structures stand behind them: a panel that leaves
/// some out would tell what those answered.
fn told_change<'a>(
    clearing: &Clearing<'a>,
    critere: &'a Critere,
) -> Option<&'a crate::compare::Line> {
    let (figures, decisions) = clearing.earlier?;
    let earlier = OrganiserView { figures, decisions };
    let same_panel = |e: &Comparisons| e.entries.is_empty() && e.exits.is_empty();
    let line = clearing.figures.line("", Level::Critere, &critere.code)?;
    let is_said = clearing.input.evolution().is_some_and(same_panel)
        && line.verdict != Some(Verdict::NonComparable)
        && line.delta.is_some();
    let then = figures.referentiel;
    let before = then.critere(&critere.code).map(|c| &then.criteres[c])?;
    (is_said && earlier.is_held(before).is_ok()).then_some(line)
}

impl<'a> OrganiserView<'a> {
    fn figure(&self, level: Level, code: &str, source: Option<SourceCode>) -> Option<&'a Figure> {
        self.figures
            .indicators
            .organiser_figure(level, code, source)
    }

    /// Sources of weight that have a value.
    fn sources(&self, critere: &'a Critere) -> impl Iterator<Item = SourceCode> {
        let view = *self;
        SourceCode::ALL.into_iter().filter(move |source| {
            let score = view.figure(Level::Source, &critere.code, Some(*source));
            let weight = critere.source_weights[*source as usize];
            weight > 0.0 && score.is_some_and(|f| f.value.is_some())
        })
    }

    /// Positions of the questions of questionnaires that enter the value.
    fn questions(&self, critere: &'a Critere) -> impl Iterator<Item = usize> {
        let r = self.figures.referentiel;
        let view = *self;
        let sources = self.sources(critere).filter(|s| s.is_questionnaire());
        sources.flat_map(move |source| {
            let own = critere.elements.iter().copied();
            own.filter(move |&e| {
                let element = &r.elements[e];
                let found = view.figure(Level::Element, &element.code, Some(source));
                element.source == source && found.is_some_and(|f| f.value.is_some())
            })
        })
    }

    /// Whether a reader holds, to the unit, every total of answers that the value is made of.
    fn is_held(&self, critere: &'a Critere) -> Result<(), Mask> {
        let r = self.figures.referentiel;
        for position in self.questions(critere) {
            let answers = &self.decisions.answers;
            match answers.state(position, AnswerGroup::Territory) {
                GroupState::Exact => {}
                GroupState::Masked(mask) => return Err(mask),
                GroupState::Blurred => return Err(Mask::Derivable),
                GroupState::Empty => return Err(Mask::NotForAudience),
            }
            let element = &r.elements[position];
            let told = answers.answers(position, AnswerGroup::Territory);
            let mean = mean_of(&modality_levels(r, element), &told);
            let figure = self.figure(Level::Element, &element.code, Some(element.source));
            let value = figure.and_then(|f| f.value);
            let is_the_same = matches!((mean, value), (Some(a), Some(b)) if (a - b).abs() < 1e-9);
            if !is_the_same {
                return Err(Mask::Derivable);
            }
        }
        Ok(())
    }

    /// The éléments of the sources that enter, with their printed levels.
    fn elements(&self, critere: &'a Critere) -> impl Iterator<Item = (&'a Element, Option<f64>)> {
        let r = self.figures.referentiel;
        let view = *self;
        self.sources(critere).flat_map(move |source| {
            let own = critere.elements.iter().map(|&e| &r.elements[e]);
            own.filter(move |e| e.source == source)
                .filter_map(move |element| {
                    let figure = view.figure(Level::Element, &element.code, Some(source))?;
                    let value = figure.value.map(|v| printed_level(v, critere.cible).value);
                    Some((element, value))
                })
        })
    }
}

/// Mean level of a distribution; none of nobody, or where answers are no levels.
fn mean_of(levels: &[f64], answers: &Distribution) -> Option<f64> {
    let n: usize = answers.counts.iter().sum();
    let sum: f64 = (levels.iter().zip(&answers.counts))
        .map(|(level, count)| level * *count as f64)
        .sum();
    (n > 0 && levels.len() == answers.counts.len()).then(|| sum / n as f64)
}
