//! One source of one critère: its mean, and the éléments in it.

use std::sync::Arc;

use super::hidden_levels::{HiddenLevels, ProtectedMean};
use super::hidden_mean::{FewMeans, HiddenMean, RequiredWidth};
use super::near_unanimity::NearUnanimity;
use super::site_view::SiteView;
use crate::base::text::rounded;
use crate::disclosure::cleared::Mask;
use crate::disclosure::decide::answer_decisions::{PRINTED_SOURCES, modality_levels};
use crate::disclosure::decide::answer_group::{AnswerGroup, GroupState};
use crate::disclosure::decide::answer_sums::dominant_answer;
use crate::disclosure::decide::perception_gaps::are_gaps_read_by;
use crate::disclosure::decide::printed_level::LevelRange;
use crate::disclosure::decide::reading::{Reading, are_tried, own_answer};
use crate::stats::feasible::System;
use crate::vocabulary::Audience;
use crate::vocabulary::referentiel::{Critere, Element, SourceCode};

/// One source of one critère.
pub(crate) struct SourceEquations<'a> {
    pub(crate) view: &'a SiteView<'a>,
    pub(crate) hidden: &'a HiddenLevels,
    pub(crate) critere: &'a Critere,
    /// Position of the critère.
    pub(crate) position: usize,
    pub(crate) source: SourceCode,
}

/// The mean of a source, or of an élément.
pub(crate) struct OpenMean {
    pub(crate) unknown: usize,
    /// Levels that its questions leave possible, by themselves.
    pub(crate) open: f64,
    /// Between which they lie.
    pub(crate) range: LevelRange,
}

impl OpenMean {
    /// A mean of which this is known.
    fn within(system: &mut System, range: LevelRange) -> Self {
        Self {
            unknown: system.unknown(range.low, range.high),
            open: range.width(),
            range,
        }
    }
}

/// Whether who reads knows what observers and the direction rated: the team by its report, and so a member of the
/// site who reads what others are told.
fn are_ratings_read_by(view: &SiteView) -> bool {
    let is_member = matches!(view.reading, Reading::Lowest | Reading::Highest);
    is_member || view.figures.audience == Audience::Equipe
}

/// An élément of a mean.
struct ElementMean {
    unknown: usize,
    weight: f64,
    /// Levels that are open of it, by itself.
    open: f64,
    /// Between which they lie.
    range: LevelRange,
}

/// Width of a mean of parts as they stand; of all levels when there are none.
fn left_open(parts: &[ElementMean]) -> f64 {
    let weight: f64 = parts.iter().map(|p| p.weight).sum();
    let widths = parts.iter().map(|part| part.weight * part.open);
    if parts.is_empty() {
        LevelRange::ALL.width()
    } else {
        widths.sum::<f64>() / weight
    }
}

/// Levels between which a mean of parts lies, as they stand; all of them when there are none.
fn left_range(parts: &[ElementMean]) -> LevelRange {
    let weight: f64 = parts.iter().map(|p| p.weight).sum();
    let of = |bound: fn(&LevelRange) -> f64| {
        let bounds = parts.iter().map(|p| p.weight * bound(&p.range));
        bounds.sum::<f64>() / weight
    };
    if parts.is_empty() {
        return LevelRange::ALL;
    }
    LevelRange {
        low: of(|r| r.low),
        high: of(|r| r.high),
    }
}

/// A scored élément.
#[derive(Clone, Copy)]
struct ScoredElement<'a> {
    position: usize,
    element: &'a Element,
    n: usize,
    value: f64,
}

/// What near unanimity says of a mean, and what must remain of it.
struct Blurred {
    range: LevelRange,
    remains: RequiredWidth,
    /// Those possible, where they are few.
    means: Vec<f64>,
}

impl<'a> SourceEquations<'a> {
    /// Adds the unknown of the source's mean, with everything printed of it learnt; gives it.
    pub(crate) fn add_to(&self, system: &mut System, means: &mut Vec<HiddenMean>) -> OpenMean {
        let unknown = system.unknown(LevelRange::ALL.low, LevelRange::ALL.high);
        let mut parts = Vec::new();
        for &position in &self.critere.elements {
            if let Some(scored) = self.scored(position) {
                parts.push(self.element(system, means, scored));
            }
        }
        let (open, range) = (left_open(&parts), left_range(&parts));
        if self.view.is_few(self.source, self.position) {
            let remains = self.at_most(open);
            means.push(self.hidden_mean(unknown, &self.critere.code, remains));
        }
        if !parts.is_empty() {
            let parts: Vec<(usize, f64)> = parts.iter().map(|p| (p.unknown, p.weight)).collect();
            system.mean(unknown, &parts);
        }
        self.learn_gap(system, unknown);
        OpenMean {
            unknown,
            open,
            range,
        }
    }

    /// The margin, or what totals leave open where that is less: levels must take nothing from it,
    /// and no mask of a level would give it back.
    fn at_most(&self, open: f64) -> RequiredWidth {
        RequiredWidth::AtLeast(self.view.margin().min(open))
    }

    /// A mean of this source, of its critère or of an élément.
    fn hidden_mean(&self, unknown: usize, code: &str, remains: RequiredWidth) -> HiddenMean {
        HiddenMean {
            unknown,
            critere: self.critere.code.clone(),
            mean: ProtectedMean {
                code: code.to_owned(),
                source: Some(self.source),
            },
            remains,
        }
    }

    /// An élément of this source that has a score.
    fn scored(&self, position: usize) -> Option<ScoredElement<'a>> {
        let element = &self.view.figures.referentiel.elements[position];
        if element.source != self.source {
            return None;
        }
        let scores = self.view.figures.indicators.scores(self.view.code)?;
        let scored = scores.element_at(position)?;
        Some(ScoredElement {
            position,
            element,
            n: scored.n,
            value: scored.value?,
        })
    }

    /// An élément: what this audience knows of it otherwise.
    fn element(
        &self,
        system: &mut System,
        means: &mut Vec<HiddenMean>,
        scored: ScoredElement,
    ) -> ElementMean {
        let known = if self.source.is_questionnaire() {
            self.question(system, means, scored)
        } else {
            self.rating(system, scored)
        };
        ElementMean {
            unknown: known.unknown,
            weight: scored.element.weight,
            open: known.open,
            range: known.range,
        }
    }

    /// The page of impératifs says which éléments are below the top level; a team reads what was rated of the others.
    fn rating(&self, system: &mut System, scored: ScoredElement) -> OpenMean {
        let outside = self.hidden.mask_of(&self.critere.code) == Some(Mask::Outside);
        let element = scored.element;
        let counts = self.critere.imperatif || element.origin.article().is_some();
        let is_told = counts && element.must && !outside;
        let measured = scored.element.don.as_ref();
        let is_printed = measured.is_some_and(|don| self.view.prints(&don.measure));
        if is_printed || (is_told && scored.value >= 4.0 - 1e-9) {
            OpenMean::within(system, LevelRange::just(scored.value))
        } else if !self.critere.imperatif && are_ratings_read_by(self.view) {
            // Printed to the tenth; taken as known whole.
            OpenMean::within(system, LevelRange::just(scored.value))
        } else {
            OpenMean::within(system, LevelRange::ALL)
        }
    }

    /// A question: its distribution may be printed, or be too rare, or lean to one answer.
    fn question(
        &self,
        system: &mut System,
        means: &mut Vec<HiddenMean>,
        scored: ScoredElement,
    ) -> OpenMean {
        let least = self.view.thresholds.per_site(self.source);
        let few = least == 0 || scored.n < least;
        let group = AnswerGroup::Site(self.view.site);
        let state = self.view.answers.state(scored.position, group);
        let code = &scored.element.code;
        if few || state.mask().is_some() {
            return self.few_answers(system, means, scored);
        }
        match state {
            GroupState::Blurred => {
                let Blurred {
                    range,
                    remains,
                    means: possible,
                } = self.blurred(scored);
                let known = OpenMean::within(system, range);
                if !possible.is_empty() {
                    system.among(known.unknown, possible.into());
                }
                means.push(self.hidden_mean(known.unknown, code, remains));
                known
            }
            GroupState::Exact if PRINTED_SOURCES.contains(&self.source) => {
                OpenMean::within(system, LevelRange::just(scored.value))
            }
            _ => self.unprinted(system, scored),
        }
    }

    /// A question of enough answers, which weighs in levels and is printed nowhere: who gave one of them
    /// knows that it is there.
    fn unprinted(&self, system: &mut System, scored: ScoredElement) -> OpenMean {
        let SiteView {
            answers,
            site,
            reading,
            ..
        } = *self.view;
        let range = answers.range(scored.position, site, reading);
        let known = OpenMean::within(system, range.unwrap_or(LevelRange::ALL));
        if let Some(means) = answers.possible_means(scored.position, site, reading) {
            system.among(known.unknown, means);
        }
        known
    }

    /// A question of which nothing is printed here, whatever totals say. Where they are read beside what
    /// is printed of the site, what they take away counts too.
    fn few_answers(
        &self,
        system: &mut System,
        means: &mut Vec<HiddenMean>,
        scored: ScoredElement,
    ) -> OpenMean {
        let SiteView {
            answers,
            site,
            reading,
            ..
        } = *self.view;
        let range = self.totals(scored.position).unwrap_or(LevelRange::ALL);
        let alone = answers.range(scored.position, site, reading);
        let alone = alone.unwrap_or(LevelRange::ALL);
        let unknown = system.unknown(range.low, range.high);
        let possible = answers.possible_means(scored.position, site, reading);
        if let Some(means) = &possible {
            system.among(unknown, Arc::clone(means));
        }
        let width = self.view.margin().min(alone.width());
        let remains = match possible.filter(|_| are_tried(scored.n)) {
            None => RequiredWidth::AtLeast(width),
            Some(means) => {
                let span = FewMeans::span(&means, alone.low, alone.high);
                RequiredWidth::Among(FewMeans {
                    width,
                    means,
                    apart: span.min(self.view.thresholds.marge_niveau / 2.0),
                })
            }
        };
        means.push(self.hidden_mean(unknown, &scored.element.code, remains));
        OpenMean {
            unknown,
            open: alone.width(),
            range: alone,
        }
    }

    /// What totals leave possible of a question.
    fn totals(&self, position: usize) -> Option<LevelRange> {
        let SiteView { site, reading, .. } = *self.view;
        self.view.totals().range(position, site, reading)
    }

    /// What « 90 % ou plus » says of a mean, to somebody whose own answer may be one of them. It must not
    /// follow that all answered alike, nor all but one, who would know it.
    fn blurred(&self, scored: ScoredElement) -> Blurred {
        let group = AnswerGroup::Site(self.view.site);
        let answers = self.view.answers.answers(scored.position, group);
        let levels = modality_levels(self.view.figures.referentiel, scored.element);
        let common = dominant_answer(&answers).filter(|common| *common < levels.len());
        let Some(common) = common else {
            return Blurred {
                range: LevelRange::just(scored.value),
                remains: RequiredWidth::AtLeast(0.0),
                means: Vec::new(),
            };
        };
        let own = own_answer(&answers, self.view.reading);
        let unanimity = NearUnanimity {
            levels: &levels,
            common,
            n: answers.total(),
            own,
        };
        let mut range = unanimity.range();
        if let Some(totals) = self
            .totals(scored.position)
            .filter(|_| self.view.beside.is_some())
        {
            range.low = range.low.max(totals.low);
            range.high = range.high.min(totals.high);
        }
        let width = unanimity.two_answers().min(range.width());
        Blurred {
            range,
            means: unanimity.few_means(),
            remains: RequiredWidth::Meeting {
                width: width.max(0.0),
                range: unanimity.with_two_others(),
            },
        }
    }

    /// Perception gaps print the scores of observation and self-assessment side by side.
    fn learn_gap(&self, system: &mut System, unknown: usize) {
        // What leaves the tool is not discussed on paper.
        let outside = self.hidden.mask_of(&self.critere.code) == Some(Mask::Outside);
        if outside || !are_gaps_read_by(self.view.figures.audience) {
            return;
        }
        let own = match self.source {
            SourceCode::Aut => self.score(SourceCode::Obs).and(self.score(SourceCode::Aut)),
            SourceCode::Obs => self.score(SourceCode::Aut).and(self.score(SourceCode::Obs)),
            _ => None,
        };
        if let Some(own) = own {
            let said = rounded(own, 1);
            system.learn(unknown, said - 0.05, said + 0.05);
        }
    }

    fn score(&self, source: SourceCode) -> Option<f64> {
        self.view.source(&self.critere.code, source)
    }
}
