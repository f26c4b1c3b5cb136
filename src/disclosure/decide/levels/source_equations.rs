//! One source of one critère: its mean, and the éléments in it.

use super::hidden_levels::{HiddenLevels, ProtectedMean};
use super::hidden_mean::{FewMeans, HiddenMean, RequiredWidth};
use super::site_view::SiteView;
use crate::base::text::rounded;
use crate::disclosure::cleared::Mask;
use crate::disclosure::decide::answer_decisions::{PRINTED_SOURCES, modality_levels};
use crate::disclosure::decide::answer_group::{AnswerGroup, GroupState};
use crate::disclosure::decide::answer_sums::{dominant_answer, near_unanimity};
use crate::disclosure::decide::perception_gaps::are_gaps_read_by;
use crate::disclosure::decide::printed_level::LevelRange;
use crate::figures::{Figure, Level};
use crate::stats::feasible::System;
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

/// The mean of a source.
pub(crate) struct OpenMean {
    pub(crate) unknown: usize,
    /// Levels that its questions leave possible, by themselves.
    pub(crate) open: f64,
}

/// Width of a mean of parts as they stand; of all levels when there are none.
fn left_open(system: &System, parts: &[(usize, f64)]) -> f64 {
    let weight: f64 = parts.iter().map(|p| p.1).sum();
    let widths = parts.iter().map(|(part, weight)| {
        let (low, high) = system.bounds(*part);
        weight * (high - low)
    });
    if parts.is_empty() {
        LevelRange::ALL.high - LevelRange::ALL.low
    } else {
        widths.sum::<f64>() / weight
    }
}

/// A scored élément.
#[derive(Clone, Copy)]
struct ScoredElement<'a> {
    position: usize,
    element: &'a Element,
    figure: &'a Figure,
    value: f64,
}

/// What near unanimity says of a mean, and what must remain of it: what two answers change, one of
/// which may be the reader's.
struct Blurred {
    range: LevelRange,
    remains: f64,
}

impl<'a> SourceEquations<'a> {
    /// Adds the unknown of the source's mean, with everything printed of it learnt; gives it.
    pub(crate) fn add_to(&self, system: &mut System, means: &mut Vec<HiddenMean>) -> OpenMean {
        let unknown = system.unknown(LevelRange::ALL.low, LevelRange::ALL.high);
        let mut parts = Vec::new();
        for &position in &self.critere.elements {
            if let Some(scored) = self.scored(position) {
                let part = self.element(system, means, scored);
                parts.push((part, scored.element.weight));
            }
        }
        let open = left_open(system, &parts);
        if self.view.is_few(self.source, self.position) {
            let remains = self.at_most(open);
            means.push(self.hidden_mean(unknown, &self.critere.code, remains));
        }
        if !parts.is_empty() {
            system.mean(unknown, &parts);
        }
        self.learn_gap(system, unknown);
        OpenMean { unknown, open }
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
        let figure = self.view.figures.indicators.get_source(
            self.view.code,
            Level::Element,
            &element.code,
            Some(element.source),
        )?;
        Some(ScoredElement {
            position,
            element,
            figure,
            value: figure.value?,
        })
    }

    /// An élément: what this audience knows of it otherwise.
    fn element(
        &self,
        system: &mut System,
        means: &mut Vec<HiddenMean>,
        scored: ScoredElement,
    ) -> usize {
        if self.source.is_questionnaire() {
            return self.question(system, means, scored);
        }
        // The page of impératifs says which éléments are below the top level.
        let outside = self.hidden.mask_of(&self.critere.code) == Some(Mask::Outside);
        let is_told = self.critere.imperatif && self.source.counts_for_imperatif() && !outside;
        let measured = scored.element.don.as_ref();
        let is_printed = measured.is_some_and(|don| self.view.prints(&don.measure));
        if is_printed || (is_told && scored.value >= 4.0 - 1e-9) {
            system.unknown(scored.value, scored.value)
        } else {
            system.unknown(LevelRange::ALL.low, LevelRange::ALL.high)
        }
    }

    /// A question: its distribution may be printed, or be too rare, or lean to one answer.
    fn question(
        &self,
        system: &mut System,
        means: &mut Vec<HiddenMean>,
        scored: ScoredElement,
    ) -> usize {
        let least = self.view.thresholds.per_site(self.source);
        let few = least == 0 || scored.figure.n < least;
        let group = AnswerGroup::Site(self.view.site);
        let state = self.view.answers.state(scored.position, group);
        let code = &scored.element.code;
        if few || state.mask().is_some() {
            let SiteView {
                answers,
                site,
                reading,
                ..
            } = *self.view;
            let totals = answers.range(scored.position, site, reading);
            let range = totals.unwrap_or(LevelRange::ALL);
            let unknown = system.unknown(range.low, range.high);
            let width = self.view.margin().min(range.high - range.low);
            let few = answers.few_means(scored.position, site, reading);
            let span = FewMeans::span(&few, range.low, range.high);
            let remains = if few.is_empty() {
                RequiredWidth::AtLeast(width)
            } else {
                RequiredWidth::Among(FewMeans {
                    width,
                    means: few,
                    apart: span.min(self.view.thresholds.marge_niveau / 2.0),
                })
            };
            means.push(self.hidden_mean(unknown, code, remains));
            return unknown;
        }
        match state {
            GroupState::Blurred => {
                let Blurred { range, remains } = self.blurred(scored);
                let unknown = system.unknown(range.low, range.high);
                let remains = RequiredWidth::AtLeast(remains.min(range.high - range.low));
                means.push(self.hidden_mean(unknown, code, remains));
                unknown
            }
            GroupState::Exact if PRINTED_SOURCES.contains(&self.source) => {
                system.unknown(scored.value, scored.value)
            }
            _ => system.unknown(LevelRange::ALL.low, LevelRange::ALL.high),
        }
    }

    /// What « 90 % ou plus » says of a mean.
    fn blurred(&self, scored: ScoredElement) -> Blurred {
        let group = AnswerGroup::Site(self.view.site);
        let answers = self.view.answers.answers(scored.position, group);
        let levels = modality_levels(self.view.figures.referentiel, scored.element);
        let n = answers.total();
        let Some(level) = dominant_answer(&answers).and_then(|m| levels.get(m)) else {
            let range = LevelRange {
                low: scored.value,
                high: scored.value,
            };
            return Blurred {
                range,
                remains: 0.0,
            };
        };
        let share = near_unanimity(n);
        let rest = 1.0 - share;
        let gaps = levels.iter().map(|l| (l - level).abs());
        let least_gap = gaps.filter(|g| *g > 1e-9).fold(f64::INFINITY, f64::min);
        Blurred {
            range: LevelRange {
                low: share * level + rest * levels.first().unwrap_or(&LevelRange::ALL.low),
                high: share * level + rest * levels.last().unwrap_or(&LevelRange::ALL.high),
            },
            remains: 2.0 * least_gap / n as f64,
        }
    }

    /// Perception gaps print the scores of observation and self-assessment side by side.
    fn learn_gap(&self, system: &mut System, unknown: usize) {
        if !are_gaps_read_by(self.view.figures.audience) {
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
        self.view.source(&self.critere.code, source)?.value
    }
}
