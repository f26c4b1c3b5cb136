//! One question over sites, sectors and the territory. The rule: whatever subtraction gives back
//! must itself be a group that could be shown.
//!
//! Totals and their parts form a tree, so all that subtraction can isolate is, under each total
//! shown, what remains of it once its shown parts are taken away. That remainder is taken as known
//! to the unit, whatever percents were rounded: protection owes nothing to rounding. It must be
//! empty, or come from at least three sites and enough people, and not lean to one answer so much
//! that everyone's is known (Insee, *Manuel de protection des données tabulées*: three units,
//! 85 % dominance; `docs/statistics.md` §9.1 and §9.2: « refuse a subgroup whose complement is
//! below k »).

use std::sync::Arc;

use super::answer_group::{AnswerGroup, GroupRules, GroupState, SiteAnswers};
use super::answer_sums::dominant_answer;
use super::left_answers::LeftAnswers;
use super::printed_level::LevelRange;
use super::question_groups::{GroupAnswers, GroupSums, QuestionGroups};
use super::question_plan::{GroupProtection, QuestionPlan};
use super::total_parts::TotalParts;
use crate::disclosure::cleared::Mask;
use crate::figures::Distribution;

/// Sites that must answer for a total to be shown (Insee: three units).
const SITES_MIN: usize = 3;

/// One question: each site's sector and answers, and what may be shown of them.
pub(crate) struct GroupedQuestion<'a> {
    groups: QuestionGroups<'a>,
    rules: GroupRules,
}

impl<'a> GroupedQuestion<'a> {
    /// A question asked at sites, each in one of so many sectors or in none.
    pub(crate) fn new(sites: &'a [SiteAnswers], sectors: usize, rules: GroupRules) -> Self {
        Self {
            groups: QuestionGroups::new(sites, sectors),
            rules,
        }
    }

    /// Decides on every group. `base` holds what other readers of this delivery are already not
    /// shown: it stays masked.
    pub(crate) fn plan(&self, base: Option<&QuestionPlan>) -> QuestionPlan {
        let mut plan = self.by_size();
        if let Some(base) = base {
            plan.keep_masked(base);
        }
        if self.rules.together {
            self.make_all_safe(&mut plan);
        } else {
            plan.sectors.fill(GroupState::Masked(Mask::NotForAudience));
            plan.territory = GroupState::Masked(Mask::NotForAudience);
        }
        plan
    }

    /// Masks a total more, and what would then be given back.
    pub(crate) fn withhold(&self, plan: &mut QuestionPlan, protection: GroupProtection) {
        *plan.state_mut(protection.group) = GroupState::Masked(Mask::Derivable);
        plan.protects.push(protection);
        self.make_all_safe(plan);
    }

    fn make_all_safe(&self, plan: &mut QuestionPlan) {
        // What a sector masks leaves the other sectors as they are, and what the territory masks
        // lies in sectors that are not shown: none has to be looked at again.
        for total in self.totals() {
            self.make_safe(plan, total);
        }
        plan.left = self.left(plan);
        plan.ranges = self.ranges(plan);
    }

    /// The sums, once all is decided.
    pub(crate) fn into_sums(self) -> GroupSums {
        self.groups.sums
    }

    /// Sectors, then the territory.
    fn totals(&self) -> impl Iterator<Item = AnswerGroup> + use<> {
        let sectors = (0..self.groups.sectors.len()).map(AnswerGroup::Sector);
        sectors.chain([AnswerGroup::Territory])
    }

    /// What each group's own answers allow.
    fn by_size(&self) -> QuestionPlan {
        let rules = &self.rules;
        let sites = self.groups.sites.iter();
        let sectors = self.groups.sums.sectors.iter();
        QuestionPlan {
            sites: sites
                .map(|site| self.state_by_size(&site.answers, rules.site))
                .collect(),
            sectors: sectors
                .map(|sector| self.total_by_size(sector, rules.sector))
                .collect(),
            territory: self.total_by_size(&self.groups.sums.territory, rules.territory),
            together: rules.together,
            protects: Vec::new(),
            ranges: vec![None; self.groups.sites.len()],
            left: vec![None; self.groups.sites.len()],
        }
    }

    fn state_by_size(&self, answers: &Distribution, least: usize) -> GroupState {
        if answers.total() + answers.nsp == 0 {
            GroupState::Empty
        } else if least == 0 {
            GroupState::Masked(Mask::NotForAudience)
        } else if answers.total() < least {
            GroupState::Masked(Mask::TooFew)
        } else if self.rules.opinions && dominant_answer(answers).is_some() {
            GroupState::Blurred
        } else {
            GroupState::Exact
        }
    }

    /// The same for a total, which few sites do not make.
    fn total_by_size(&self, total: &GroupAnswers, least: usize) -> GroupState {
        let state = self.state_by_size(&total.answers, least);
        if state.is_shown() && total.sites < SITES_MIN {
            GroupState::Masked(Mask::TooFew)
        } else {
            state
        }
    }

    /// Masks parts of a total, one after the other, until it gives nothing back: the smallest part
    /// whose masking is enough, else the smallest part, else the total itself.
    fn make_safe(&self, plan: &mut QuestionPlan, total: AnswerGroup) {
        let state = plan.state(total);
        if !state.is_shown() {
            return;
        }
        let mut parts = TotalParts::of(&self.groups, plan, total);
        while !parts.remainder.is_safe(&self.rules, total, state) {
            let enough = |group: &AnswerGroup| {
                let remainder = parts.with_hidden(&self.groups, plan, *group);
                remainder.is_safe(&self.rules, total, state)
            };
            let group = parts.shown().find(enough).or(parts.shown().next());
            plan.protects.push(GroupProtection {
                group: group.unwrap_or(total),
                sites: self.hidden_sites(plan, total),
            });
            let Some(group) = group else {
                *plan.state_mut(total) = GroupState::Masked(Mask::Derivable);
                return;
            };
            parts.mask(&self.groups, plan, group);
        }
    }

    fn hidden_sites(&self, plan: &QuestionPlan, total: AnswerGroup) -> Vec<usize> {
        let is_hidden =
            |s: &usize| matches!(plan.sites[*s], GroupState::Masked(_) | GroupState::Blurred);
        if let AnswerGroup::Sector(sector) = total {
            let members = self.groups.sectors[sector].iter().copied();
            return members.filter(is_hidden).collect();
        }
        (0..self.groups.sites.len()).filter(is_hidden).collect()
    }

    /// For each hidden site, the answers that remain of the total above it once shown parts are taken
    /// away, or what is said of the one that nearly all gave.
    fn left(&self, plan: &QuestionPlan) -> Vec<Option<Arc<LeftAnswers>>> {
        let under = |total: AnswerGroup| {
            let left = match plan.state(total) {
                GroupState::Exact => {
                    let parts = TotalParts::of(&self.groups, plan, total);
                    Some(LeftAnswers::Known(parts.remainder.hidden().clone()))
                }
                GroupState::Blurred => LeftAnswers::nearly_all(&self.groups.group(total).answers),
                GroupState::Empty | GroupState::Masked(_) => None,
            };
            left.map(Arc::new)
        };
        let whole = under(AnswerGroup::Territory);
        let sectors = plan.sectors.iter().enumerate();
        let above: Vec<Option<Arc<LeftAnswers>>> = sectors
            .map(|(sector, state)| {
                if state.is_shown() {
                    under(AnswerGroup::Sector(sector))
                } else {
                    whole.clone()
                }
            })
            .collect();
        let sites = self.groups.sites.iter().zip(&plan.sites);
        sites
            .map(|(site, state)| {
                state.mask()?;
                site.sector.map_or(&whole, |sector| &above[sector]).clone()
            })
            .collect()
    }

    /// At each hidden site, the means that so many answers may have among those.
    fn ranges(&self, plan: &QuestionPlan) -> Vec<Option<LevelRange>> {
        let sites = self.groups.sites.iter().zip(&plan.left);
        sites
            .map(|(site, left)| {
                let n = site.answers.total();
                left.as_ref()?.mean_span(&self.rules.levels, n)
            })
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Up to nine sites in three sectors or in none, few answers each.
    fn sites() -> impl Strategy<Value = Vec<SiteAnswers>> {
        let counts = prop::collection::vec(prop_oneof![2 => Just(0_usize), 3 => 0..12_usize], 4);
        let site =
            (prop::option::of(0..3_usize), counts, 0..2_usize).prop_map(|(sector, counts, nsp)| {
                SiteAnswers {
                    sector,
                    answers: Distribution { counts, nsp },
                }
            });
        prop::collection::vec(site, 1..10)
    }

    fn rules() -> impl Strategy<Value = GroupRules> {
        (
            1..8_usize,
            1..6_usize,
            1..20_usize,
            0..6_usize,
            any::<bool>(),
        )
            .prop_map(|(site, sector, territory, team, opinions)| GroupRules {
                site,
                sector,
                territory,
                levels: if opinions {
                    vec![1.0, 2.0, 3.0, 4.0]
                } else {
                    Vec::new()
                },
                margin: 1.0,
                team,
                opinions,
                together: true,
            })
    }

    /// Whether a total in this plan gives nothing back, all its parts summed anew.
    fn is_safe(question: &GroupedQuestion, plan: &QuestionPlan, total: AnswerGroup) -> bool {
        let state = plan.state(total);
        let parts = TotalParts::of(&question.groups, plan, total);
        !state.is_shown() || parts.remainder.is_safe(&question.rules, total, state)
    }

    proptest! {
        /// What is published gives nothing back; each group was masked when some total did give
        /// something back, is a part of it (or itself, once nothing of it is shown), and the rest
        /// stays as its own size allows.
        #[test]
        fn nothing_is_given_back_and_nothing_is_masked_for_nothing(
            sites in sites(), rules in rules(),
        ) {
            let question = GroupedQuestion::new(&sites, 3, rules);
            let decided = question.plan(None);
            for total in question.totals() {
                prop_assert!(is_safe(&question, &decided, total), "{total:?} {decided:?}");
            }
            let mut plan = question.by_size();
            for protection in &decided.protects {
                let group = protection.group;
                let mut totals = question.totals();
                let total = totals.find(|total| !is_safe(&question, &plan, *total));
                let total = total.expect("masked for nothing");
                let parts = question.groups.parts(&plan, total);
                prop_assert!(plan.state(group).is_shown());
                let shown = parts.iter().filter(|part| plan.state(**part).is_shown());
                let is_enough = |group: AnswerGroup| {
                    let parts = TotalParts::of(&question.groups, &plan, total);
                    let remainder = parts.with_hidden(&question.groups, &plan, group);
                    remainder.is_safe(&question.rules, total, plan.state(total))
                };
                let size = |group: AnswerGroup| question.groups.group(group).answers.total();
                for other in shown {
                    prop_assert!(group != total, "{other:?} is still shown");
                    prop_assert!(parts.contains(&group));
                    let is_smaller = size(*other) < size(group);
                    if is_enough(group) {
                        prop_assert!(!is_smaller || !is_enough(*other), "{other:?} was enough");
                    } else {
                        prop_assert!(!is_smaller && !is_enough(*other), "{other:?} comes first");
                    }
                }
                *plan.state_mut(group) = GroupState::Masked(Mask::Derivable);
            }
            prop_assert_eq!(&plan.sites, &decided.sites);
            prop_assert_eq!(&plan.sectors, &decided.sectors);
            prop_assert_eq!(plan.territory, decided.territory);
        }
    }
}
