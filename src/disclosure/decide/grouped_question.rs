//! One question over sites, sectors and the territory. The rule: whatever subtraction gives back
//! must itself be a group that could be shown.
//!
//! Totals and their parts form a tree, so all that subtraction can isolate is, under each total
//! shown, what remains of it once its shown parts are taken away. That remainder is taken as known
//! to the unit, whatever percents were rounded: protection owes nothing to rounding. It must be
//! empty, or come from at least two sites and enough people, and not lean to one answer so much
//! that everyone's is known (Insee, *Manuel de protection des données tabulées*: three units,
//! 85 % dominance; `docs/statistics.md` §9.1 and §9.2: « refuse a subgroup whose complement is
//! below k »).

use super::answer_group::{AnswerGroup, GroupRules, GroupState, SiteAnswers};
use super::answer_sums::{dominant_answer, sum_of};
use super::printed_level::LevelRange;
use super::question_plan::{GroupProtection, QuestionPlan};
use super::remainder::{Remainder, mean_span};
use crate::disclosure::cleared::Mask;
use crate::figures::Distribution;

/// Sites that must answer for a total to be shown (Insee: three units).
const SITES_MIN: usize = 3;

/// One question: each site's sector and answers.
pub(crate) struct GroupedQuestion<'a> {
    sites: &'a [SiteAnswers],
    /// Sites of each sector.
    sectors: Vec<Vec<usize>>,
    rules: GroupRules,
}

/// A part of a total that is shown, the smallest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct ShownPart {
    answers: usize,
    group: AnswerGroup,
}

impl<'a> GroupedQuestion<'a> {
    /// A question asked at sites, each in one of so many sectors or in none.
    pub(crate) fn new(sites: &'a [SiteAnswers], sectors: usize, rules: GroupRules) -> Self {
        let mut members = vec![Vec::new(); sectors];
        for (position, site) in sites.iter().enumerate() {
            if let Some(sector) = site.sector {
                members[sector].push(position);
            }
        }
        Self {
            sites,
            sectors: members,
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
            while let Some(protection) = self.next_unsafe(&plan) {
                *plan.state_mut(protection.group) = GroupState::Masked(Mask::Derivable);
                plan.protects.push(protection);
            }
            plan.ranges = (0..self.sites.len())
                .map(|site| self.range_of(&plan, site))
                .collect();
        } else {
            plan.sectors.fill(GroupState::Masked(Mask::NotForAudience));
            plan.territory = GroupState::Masked(Mask::NotForAudience);
        }
        plan
    }

    /// What each group's own answers allow.
    fn by_size(&self) -> QuestionPlan {
        let sites = self.sites.iter();
        QuestionPlan {
            sites: sites
                .map(|site| self.state_by_size(&site.answers, self.rules.site))
                .collect(),
            sectors: (0..self.sectors.len())
                .map(|s| self.total_by_size(AnswerGroup::Sector(s), self.rules.sector))
                .collect(),
            territory: self.total_by_size(AnswerGroup::Territory, self.rules.territory),
            together: self.rules.together,
            protects: Vec::new(),
            ranges: vec![None; self.sites.len()],
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
    fn total_by_size(&self, total: AnswerGroup, least: usize) -> GroupState {
        let members = self.members(total);
        let state = self.state_by_size(&self.answers(&members), least);
        if state.is_shown() && self.answered(&members) < SITES_MIN {
            GroupState::Masked(Mask::TooFew)
        } else {
            state
        }
    }

    fn members(&self, group: AnswerGroup) -> Vec<usize> {
        match group {
            AnswerGroup::Site(site) => vec![site],
            AnswerGroup::Sector(sector) => self.sectors[sector].clone(),
            AnswerGroup::Territory => (0..self.sites.len()).collect(),
        }
    }

    /// Answers of some sites together.
    fn answers(&self, members: &[usize]) -> Distribution {
        sum_of(members.iter().map(|s| &self.sites[*s].answers))
    }

    /// How many of some sites answered.
    fn answered(&self, members: &[usize]) -> usize {
        let answered = members
            .iter()
            .filter(|s| self.sites[**s].answers.total() > 0);
        answered.count()
    }

    /// Parts that a total is made of, as far as they are shown: sectors shown as such, else the
    /// sites in them.
    fn parts(&self, plan: &QuestionPlan, total: AnswerGroup) -> Vec<AnswerGroup> {
        if total != AnswerGroup::Territory {
            let members = self.members(total).into_iter();
            return members.map(AnswerGroup::Site).collect();
        }
        let mut parts: Vec<AnswerGroup> = Vec::new();
        for sector in 0..self.sectors.len() {
            if plan.sectors[sector].is_shown() {
                parts.push(AnswerGroup::Sector(sector));
            } else {
                parts.extend(self.sectors[sector].iter().copied().map(AnswerGroup::Site));
            }
        }
        let alone = (0..self.sites.len()).filter(|s| self.sites[*s].sector.is_none());
        parts.extend(alone.map(AnswerGroup::Site));
        parts
    }

    /// The first total that gives something back, and the group to mask for it: the smallest part
    /// whose masking is enough, else the smallest part, else the total itself.
    fn next_unsafe(&self, plan: &QuestionPlan) -> Option<GroupProtection> {
        let sectors = (0..self.sectors.len()).map(AnswerGroup::Sector);
        for total in sectors.chain([AnswerGroup::Territory]) {
            let state = plan.state(total);
            if !state.is_shown() {
                continue;
            }
            let remainder = self.remainder(plan, total);
            if remainder.is_safe(&self.rules, total, state) {
                continue;
            }
            let parts = self.parts(plan, total).into_iter();
            let mut shown: Vec<ShownPart> = parts
                .filter(|group| plan.state(*group).is_shown())
                .map(|group| ShownPart {
                    answers: self.answers(&self.members(group)).total(),
                    group,
                })
                .collect();
            shown.sort_unstable();
            let enough = shown.iter().find(|part| {
                let members = self.members(part.group);
                let answers = self.answers(&members);
                remainder
                    .with_hidden(plan.state(part.group), &answers, self.answered(&members))
                    .is_safe(&self.rules, total, state)
            });
            return Some(GroupProtection {
                group: enough.or(shown.first()).map_or(total, |part| part.group),
                sites: self.hidden_sites(plan, total),
            });
        }
        None
    }

    fn hidden_sites(&self, plan: &QuestionPlan, total: AnswerGroup) -> Vec<usize> {
        let members = self.members(total).into_iter();
        members
            .filter(|s| matches!(plan.sites[*s], GroupState::Masked(_) | GroupState::Blurred))
            .collect()
    }

    fn remainder(&self, plan: &QuestionPlan, total: AnswerGroup) -> Remainder {
        let mut remainder = Remainder::default();
        for part in self.parts(plan, total) {
            let members = self.members(part);
            remainder.add(
                plan.state(part),
                &self.answers(&members),
                self.answered(&members),
            );
        }
        remainder
    }

    /// Means that so many answers as a hidden site has may have among those that remain once shown
    /// parts are taken away from the total above it.
    fn range_of(&self, plan: &QuestionPlan, site: usize) -> Option<LevelRange> {
        plan.sites[site].mask()?;
        let sector = self.sites[site].sector.map(AnswerGroup::Sector);
        let above = sector
            .filter(|s| plan.state(*s).is_shown())
            .unwrap_or(AnswerGroup::Territory);
        if plan.state(above) != GroupState::Exact {
            return None;
        }
        let parts = self.parts(plan, above).into_iter();
        let hidden = parts.filter(|p| plan.state(*p).mask().is_some());
        let members: Vec<usize> = hidden.flat_map(|p| self.members(p)).collect();
        let n = self.sites[site].answers.total();
        mean_span(&self.rules.levels, &self.answers(&members), n)
    }
}
