//! What may be shown of one question, group by group.

use std::sync::Arc;

use super::answer_group::{AnswerGroup, GroupState};
use super::left_answers::LeftAnswers;
use super::printed_level::LevelRange;

/// Sites that a masked group protects.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct GroupProtection {
    pub(crate) group: AnswerGroup,
    pub(crate) sites: Vec<usize>,
}

/// States of one question.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct QuestionPlan {
    /// In the order of the sites.
    pub(crate) sites: Vec<GroupState>,
    /// In the order of the sectors.
    pub(crate) sectors: Vec<GroupState>,
    /// Of the whole.
    pub(crate) territory: GroupState,
    /// Whether totals are read beside sites.
    pub(crate) together: bool,
    /// Groups masked for the sake of others.
    pub(crate) protects: Vec<GroupProtection>,
    /// Levels that subtraction leaves possible at each site.
    pub(crate) ranges: Vec<Option<LevelRange>>,
    /// What is known of the answers among which each hidden site's are.
    pub(crate) left: Vec<Option<Arc<LeftAnswers>>>,
}

impl QuestionPlan {
    /// State of a group.
    pub(crate) fn state(&self, group: AnswerGroup) -> GroupState {
        match group {
            AnswerGroup::Site(i) => self.sites[i],
            AnswerGroup::Sector(i) => self.sectors[i],
            AnswerGroup::Territory => self.territory,
        }
    }

    pub(crate) fn state_mut(&mut self, group: AnswerGroup) -> &mut GroupState {
        match group {
            AnswerGroup::Site(i) => &mut self.sites[i],
            AnswerGroup::Sector(i) => &mut self.sectors[i],
            AnswerGroup::Territory => &mut self.territory,
        }
    }

    /// Sites that a masked group protects.
    pub(crate) fn protected_by(&self, group: AnswerGroup) -> &[usize] {
        let protection = self.protects.iter().find(|p| p.group == group);
        protection.map_or(&[], |p| &p.sites)
    }

    /// What is masked there stays masked here.
    pub(crate) fn keep_masked(&mut self, base: &Self) {
        keep(self.sites.iter_mut().zip(&base.sites));
        if base.together {
            keep(self.sectors.iter_mut().zip(&base.sectors));
            keep([(&mut self.territory, &base.territory)]);
        }
        self.protects.clone_from(&base.protects);
    }
}

fn keep<'a>(states: impl IntoIterator<Item = (&'a mut GroupState, &'a GroupState)>) {
    for (state, earlier) in states {
        if state.is_shown() && earlier.mask().is_some() {
            *state = *earlier;
        }
    }
}
