//! A total and its parts while some of them are masked: what remains of it is kept up to date, never
//! summed anew.

use std::collections::BTreeSet;

use super::answer_group::{AnswerGroup, GroupState};
use super::question_groups::{GroupAnswers, QuestionGroups};
use super::question_plan::QuestionPlan;
use super::remainder::Remainder;
use crate::disclosure::cleared::Mask;

/// A part of a total that is shown, the smallest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct ShownPart {
    answers: usize,
    group: AnswerGroup,
}

/// What remains of a total, and its shown parts.
pub(crate) struct TotalParts {
    pub(crate) remainder: Remainder,
    shown: BTreeSet<ShownPart>,
}

impl TotalParts {
    /// A total as a plan has it.
    pub(crate) fn of(question: &QuestionGroups, plan: &QuestionPlan, total: AnswerGroup) -> Self {
        let mut parts = Self {
            remainder: Remainder::default(),
            shown: BTreeSet::new(),
        };
        for group in question.parts(plan, total) {
            parts.add(question, plan, group);
        }
        parts
    }

    /// Shown parts, the smallest first.
    pub(crate) fn shown(&self) -> impl Iterator<Item = AnswerGroup> + '_ {
        self.shown.iter().map(|part| part.group)
    }

    /// What would remain if all of a shown part were masked.
    pub(crate) fn with_hidden(
        &self,
        question: &QuestionGroups,
        plan: &QuestionPlan,
        group: AnswerGroup,
    ) -> Remainder {
        let GroupAnswers { answers, sites } = question.group(group);
        let state = plan.state(group);
        self.remainder.with_hidden(state, &answers, sites)
    }

    /// Masks a shown part. Of a sector, the sites remain as they are: those that are shown can be
    /// taken away from the total themselves.
    pub(crate) fn mask(
        &mut self,
        question: &QuestionGroups,
        plan: &mut QuestionPlan,
        group: AnswerGroup,
    ) {
        let GroupAnswers { answers, .. } = question.group(group);
        self.remainder.take_back(plan.state(group), &answers);
        self.shown.remove(&ShownPart {
            answers: answers.total(),
            group,
        });
        *plan.state_mut(group) = GroupState::Masked(Mask::Derivable);
        if let AnswerGroup::Sector(sector) = group {
            for site in question.sites_in(sector) {
                self.add(question, plan, site);
            }
        } else {
            self.add(question, plan, group);
        }
    }

    fn add(&mut self, question: &QuestionGroups, plan: &QuestionPlan, group: AnswerGroup) {
        let GroupAnswers { answers, sites } = question.group(group);
        let state = plan.state(group);
        self.remainder.add(state, &answers, sites);
        if state.is_shown() {
            self.shown.insert(ShownPart {
                answers: answers.total(),
                group,
            });
        }
    }
}
