//! What remains of a total once its shown parts are taken away, and whether that may be known.

use std::sync::Arc;

use super::answer_group::{AnswerGroup, GroupRules, GroupState};
use super::answer_sums::{UNTOLD, dominant_answer, other_answers, sum_of, without};
use super::left_answers::{LeftAnswers, mean_span};
use super::printed_level::LevelRange;
use super::reading::{range_elsewhere, range_to_who_gave};
use crate::figures::Distribution;

/// Sites among which what was subtracted stays undecided (Insee: three units).
pub(crate) const UNDECIDED: usize = 3;
/// The same for the team of one of them, who subtracts its own as well.
const UNDECIDED_FOR_TEAM: usize = 2;
/// Share of a group from which one site of it is all but the group (Insee: 85 % dominance).
const DOMINANT: f64 = 0.85;

/// What remains of a total once its shown parts are taken away.
#[derive(Debug, Clone, Default)]
pub(crate) struct Remainder {
    /// Answers of what is masked, and how many sites gave some.
    hidden: Distribution,
    sites: usize,
    /// The same site by site, the last masked apart: what each team can take away again.
    parts: Arc<Vec<Distribution>>,
    last: Option<Distribution>,
    /// The same with what is blurred.
    unclear: Distribution,
    /// Answers of what is shown exactly.
    exact: usize,
}

impl Remainder {
    /// Adds a part of the total, which `sites` sites answered.
    pub(crate) fn add(&mut self, state: GroupState, answers: &Distribution, sites: usize) {
        match state {
            GroupState::Masked(_) => {
                self.hide(answers, sites);
                Arc::make_mut(&mut self.parts).push(answers.clone());
            }
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
        tried.last = Some(answers.clone());
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
        let is_safe = enough
            && !self.is_dominated()
            && if state == GroupState::Exact {
                are_means_open(rules, &self.hidden, self.parts())
                    && are_open_to_members(rules, &self.hidden, self.parts())
            } else {
                are_means_open_beside(rules, self.unclear.total(), self.parts())
            }
            && self.is_safe_for_teams(rules, state);
        may_be_told
            && (nobody || is_safe)
            && (state == GroupState::Exact || self.leaves_others(rules))
    }

    /// Whether « 90 % ou plus » of a total leaves room for enough other answers to who takes away
    /// theirs, or those of their team: two more than that, for what is said of a part in such words to
    /// tell no more, and half the margin for the mean of a small one.
    fn leaves_others(&self, rules: &GroupRules) -> bool {
        let Some(common) = dominant_answer(&self.unclear) else {
            return true;
        };
        let whole = other_answers(self.unclear.total());
        let is_blurred = self.unclear.total() > self.hidden.total();
        let other = |part: &Distribution| part.total() - part.counts.get(common).unwrap_or(&0);
        let is_read = |part: &Distribution| {
            rules.team > 0 && part.total() >= rules.team && !leans(rules, part)
        };
        let leaves = |left: usize, taking: Option<&Distribution>| {
            let others = self
                .parts()
                .filter(|part| !taking.is_some_and(|t| std::ptr::eq(*part, t)));
            (!is_blurred || left >= UNTOLD)
                && are_means_open_to(rules, left, others, rules.margin / 2.0)
        };
        // Whether somebody did answer otherwise must not be read from what is printed.
        let mut teams = self.parts().filter(|part| is_read(part));
        !rules.opinions
            || (leaves(whole.saturating_sub(1), None)
                && teams.all(|team| leaves(whole.saturating_sub(other(team)), Some(team))))
    }

    fn parts(&self) -> impl Iterator<Item = &Distribution> {
        self.parts.iter().chain(&self.last)
    }

    /// Whether one site is all but the whole.
    fn is_dominated(&self) -> bool {
        let largest = self.parts().map(Distribution::total).max().unwrap_or(0);
        is_dominant(largest, self.hidden.total())
    }

    /// Whether no team that reads its own answers gets those of too few others by taking them away.
    fn is_safe_for_teams(&self, rules: &GroupRules, state: GroupState) -> bool {
        let least = rules.team;
        let mut read = self
            .parts()
            .filter(|part| least > 0 && part.total() >= least);
        read.all(|part| {
            let rest = without(&self.hidden, part);
            let others = || self.parts().filter(|other| !std::ptr::eq(*other, part));
            let may_be_told = state != GroupState::Exact
                || (are_mixed(rules, &rest)
                    && !leans(rules, &without(&self.unclear, part))
                    && are_means_open(rules, &rest, others()));
            self.sites > UNDECIDED_FOR_TEAM && rest.total() >= least && may_be_told
        })
    }
}

/// Whether the mean of each part too small to be shown stays open by half the margin, to who knows how
/// many answered there.
fn are_means_open<'a>(
    rules: &GroupRules,
    whole: &Distribution,
    parts: impl Iterator<Item = &'a Distribution>,
) -> bool {
    small(rules, parts).all(|part| {
        mean_span(&rules.levels, whole, part.total())
            .is_none_or(|span| span.high - span.low >= rules.margin / 2.0 - 1e-9)
    })
}

/// Whether it does to who gave one of the answers, there or in another part.
fn are_open_to_members<'a>(
    rules: &GroupRules,
    whole: &Distribution,
    parts: impl Iterator<Item = &'a Distribution>,
) -> bool {
    let left = LeftAnswers::Known(whole.clone());
    let is_open = |range: Option<LevelRange>| {
        range.is_none_or(|range| range.high - range.low >= rules.margin / 2.0 - 1e-9)
    };
    small(rules, parts).all(|part| {
        let n = part.total();
        let given = (0..part.counts.len()).filter(|answer| part.counts[*answer] > 0);
        let is_hidden = n > 1 && (rules.team == 0 || n < rules.team);
        let mut members = given.filter(|_| is_hidden);
        is_open(range_elsewhere(&rules.levels, &left, part))
            && members.all(|own| is_open(range_to_who_gave(&rules.levels, Some(&left), n, own)))
    })
}

/// Parts that are hidden on their own account.
fn small<'a>(
    rules: &GroupRules,
    parts: impl Iterator<Item = &'a Distribution>,
) -> impl Iterator<Item = &'a Distribution> {
    let least = rules.site;
    parts.filter(move |part| part.total() > 0 && (least == 0 || part.total() < least))
}

/// Whether it stays open by the whole margin where nothing is told of the whole but that nearly all
/// answered alike: what bounds a part is then printed, and no one need count who answered.
fn are_means_open_beside<'a>(
    rules: &GroupRules,
    whole: usize,
    parts: impl Iterator<Item = &'a Distribution>,
) -> bool {
    are_means_open_to(rules, other_answers(whole), parts, rules.margin)
}

/// The same where so many may be others than the one that nearly all gave, by so much.
fn are_means_open_to<'a>(
    rules: &GroupRules,
    others: usize,
    parts: impl Iterator<Item = &'a Distribution>,
    margin: f64,
) -> bool {
    let (Some(low), Some(high)) = (rules.levels.first(), rules.levels.last()) else {
        return true;
    };
    small(rules, parts).all(|part| {
        let n = part.total();
        let width = others.min(n) as f64 / n as f64 * (high - low);
        width >= margin - 1e-9
    })
}

/// Whether a part is all but the whole.
pub(crate) fn is_dominant(largest: usize, whole: usize) -> bool {
    largest as f64 > DOMINANT * whole as f64
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
fn level_span(levels: &[f64], answers: &Distribution) -> Option<LevelRange> {
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::disclosure::cleared::Mask;

    const TOTAL: AnswerGroup = AnswerGroup::Territory;

    fn rules(team: usize) -> GroupRules {
        GroupRules {
            site: 10,
            sector: 5,
            territory: 10,
            levels: vec![1.0, 2.0, 3.0, 4.0],
            margin: 1.0,
            team,
            opinions: true,
            together: true,
        }
    }

    fn is_safe(team: usize, sites: &[[usize; 4]]) -> bool {
        let mut remainder = Remainder::default();
        for counts in sites {
            let answers = Distribution {
                counts: counts.to_vec(),
                nsp: 0,
            };
            remainder.add(GroupState::Masked(Mask::TooFew), &answers, 1);
        }
        remainder.is_safe(&rules(team), TOTAL, GroupState::Exact)
    }

    #[test]
    fn what_remains_comes_from_three_sites_and_none_is_nearly_all_of_it() {
        assert!(!is_safe(0, &[[1, 2, 2, 1], [2, 1, 1, 2]]));
        assert!(is_safe(0, &[[1, 2, 2, 1], [2, 1, 1, 2], [1, 1, 1, 0]]));
        assert!(!is_safe(0, &[[9, 9, 9, 9], [1, 1, 0, 0], [0, 1, 1, 1]]));
    }

    /// Four families of a small site, beside seven that their own team is shown.
    #[test]
    fn a_team_takes_away_its_own_answers() {
        let sites = [[2, 2, 2, 1], [0, 2, 1, 1], [0, 0, 1, 1]];
        assert!(is_safe(0, &sites));
        assert!(is_safe(5, &sites));
        assert!(!is_safe(5, &[[2, 2, 2, 1], [0, 3, 0, 0], [0, 0, 0, 1]]));
        assert!(!is_safe(5, &[[2, 2, 2, 2], [0, 4, 0, 0], [0, 1, 0, 0]]));
    }

    /// Who knows that ten answered there knows their mean within 0,3.
    #[test]
    fn a_mean_stays_open_to_who_knows_how_many_answered() {
        let answers = Distribution {
            counts: vec![17, 3, 0, 0],
            nsp: 0,
        };
        let span = mean_span(&rules(0).levels, &answers, 10).expect("answers");
        assert!((span.low - 1.0).abs() < 1e-9 && (span.high - 1.3).abs() < 1e-9);
        assert!(!is_safe(0, &[[7, 2, 0, 0], [5, 0, 0, 0], [5, 1, 0, 0]]));
    }
}
