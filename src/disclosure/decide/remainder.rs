//! What remains of a total once its shown parts are taken away, and whether that may be known.

use super::answer_group::{AnswerGroup, GroupRules, GroupState};
use super::answer_sums::{dominant_answer, sum_of, without};
use super::printed_level::LevelRange;
use crate::figures::Distribution;

/// Sites among which what was subtracted stays undecided.
const UNDECIDED: usize = 2;

/// What remains of a total once its shown parts are taken away.
#[derive(Debug, Clone, Default)]
pub(crate) struct Remainder {
    /// Answers of what is masked, and how many sites gave some.
    hidden: Distribution,
    sites: usize,
    /// The same with what is blurred.
    unclear: Distribution,
    /// Answers of what is shown exactly.
    exact: usize,
}

impl Remainder {
    /// Adds a part of the total, which `sites` sites answered.
    pub(crate) fn add(&mut self, state: GroupState, answers: &Distribution, sites: usize) {
        match state {
            GroupState::Masked(_) => self.hide(answers, sites),
            GroupState::Blurred => self.unclear = sum_of([&self.unclear, answers]),
            _ => self.exact += answers.total(),
        }
    }

    /// The same once a part that was shown is masked too.
    pub(crate) fn with_hidden(
        &self,
        state: GroupState,
        answers: &Distribution,
        sites: usize,
    ) -> Self {
        let mut tried = self.clone();
        tried.take_back(state, answers);
        tried.hide(answers, sites);
        tried
    }

    /// The same before a part that is shown was added.
    pub(crate) fn take_back(&mut self, state: GroupState, answers: &Distribution) {
        match state {
            GroupState::Exact => self.exact -= answers.total(),
            _ => self.unclear = without(&self.unclear, answers),
        }
    }

    /// Answers of what is masked.
    pub(crate) fn hidden(&self) -> &Distribution {
        &self.hidden
    }

    fn hide(&mut self, answers: &Distribution, sites: usize) {
        self.hidden = sum_of([&self.hidden, answers]);
        self.unclear = sum_of([&self.unclear, answers]);
        self.sites += sites;
    }

    /// Whether nothing but showable groups can be had from a total in this state by subtraction.
    pub(crate) fn is_safe(
        &self,
        rules: &GroupRules,
        total: AnswerGroup,
        state: GroupState,
    ) -> bool {
        let may_be_told = if state == GroupState::Exact {
            are_mixed(rules, &self.hidden) && !leans(rules, &self.unclear)
        } else {
            // « 90 % ou plus » of a total, less a part that is more divided, would say more of
            // what remains.
            self.unclear.total() == 0 || self.exact == 0
        };
        let hidden = self.hidden.total();
        let nobody = hidden + self.hidden.nsp == 0;
        let enough = self.sites >= UNDECIDED && hidden >= rules.least_under(total);
        may_be_told && (nobody || enough)
    }
}

fn leans(rules: &GroupRules, answers: &Distribution) -> bool {
    rules.opinions && dominant_answer(answers).is_some()
}

/// Whether these answers may be known to the unit: not nearly all alike, and far enough apart for
/// the mean of a part of them to stay unknown.
fn are_mixed(rules: &GroupRules, answers: &Distribution) -> bool {
    let is_wide = level_span(&rules.levels, answers)
        .is_none_or(|span| span.high - span.low >= rules.margin - 1e-9);
    !leans(rules, answers) && (rules.levels.is_empty() || is_wide)
}

/// Lowest and highest level answered; none when nobody answered, or answers are no levels.
pub(crate) fn level_span(levels: &[f64], answers: &Distribution) -> Option<LevelRange> {
    let mut answered = answers
        .counts
        .iter()
        .zip(levels)
        .filter(|(count, _)| **count > 0)
        .map(|(_, level)| *level);
    let low = answered.next()?;
    Some(LevelRange {
        low,
        high: answered.next_back().unwrap_or(low),
    })
}
