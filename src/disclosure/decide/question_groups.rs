//! The groups of a question: each site's answers, those of its sector and of the whole, and what each
//! total is made of.

use super::answer_group::{AnswerGroup, SiteAnswers};
use super::answer_sums::sum_of;
use super::question_plan::QuestionPlan;
use crate::figures::Distribution;

/// Each site's sector and answers, and their sums.
pub(crate) struct QuestionGroups<'a> {
    pub(crate) sites: &'a [SiteAnswers],
    /// Sites of each sector.
    pub(crate) sectors: Vec<Vec<usize>>,
    pub(crate) sums: GroupSums,
}

/// Answers of some sites together.
#[derive(Debug, Clone)]
pub(crate) struct GroupAnswers {
    pub(crate) answers: Distribution,
    /// How many sites gave some.
    pub(crate) sites: usize,
}

/// Sums of the answers to a question.
#[derive(Debug, Clone)]
pub(crate) struct GroupSums {
    /// In the order of the sectors.
    pub(crate) sectors: Vec<GroupAnswers>,
    /// Of the whole.
    pub(crate) territory: GroupAnswers,
}

impl GroupAnswers {
    pub(crate) fn of<'s>(sites: impl Iterator<Item = &'s SiteAnswers> + Clone) -> Self {
        let answered = sites.clone().filter(|s| s.answers.total() > 0);
        Self {
            sites: answered.count(),
            answers: sum_of(sites.map(|s| &s.answers)),
        }
    }
}

impl<'a> QuestionGroups<'a> {
    /// Groups of sites, each in one of so many sectors or in none.
    pub(crate) fn new(sites: &'a [SiteAnswers], sectors: usize) -> Self {
        let mut members = vec![Vec::new(); sectors];
        for (position, site) in sites.iter().enumerate() {
            if let Some(sector) = site.sector {
                members[sector].push(position);
            }
        }
        let together = |members: &Vec<usize>| GroupAnswers::of(members.iter().map(|s| &sites[*s]));
        Self {
            sites,
            sums: GroupSums {
                sectors: members.iter().map(together).collect(),
                territory: GroupAnswers::of(sites.iter()),
            },
            sectors: members,
        }
    }

    /// Answers of a group, and how many sites gave them.
    pub(crate) fn group(&self, group: AnswerGroup) -> GroupAnswers {
        match group {
            AnswerGroup::Site(site) => GroupAnswers::of(std::iter::once(&self.sites[site])),
            AnswerGroup::Sector(sector) => self.sums.sectors[sector].clone(),
            AnswerGroup::Territory => self.sums.territory.clone(),
        }
    }

    /// Sites of a sector.
    pub(crate) fn sites_in(&self, sector: usize) -> impl Iterator<Item = AnswerGroup> + '_ {
        self.sectors[sector].iter().copied().map(AnswerGroup::Site)
    }

    /// Parts that a total is made of, as far as they are shown: sectors shown as such, else the
    /// sites in them.
    pub(crate) fn parts(&self, plan: &QuestionPlan, total: AnswerGroup) -> Vec<AnswerGroup> {
        if let AnswerGroup::Sector(sector) = total {
            return self.sites_in(sector).collect();
        }
        let mut parts: Vec<AnswerGroup> = Vec::new();
        for sector in 0..self.sectors.len() {
            if plan.sectors[sector].is_shown() {
                parts.push(AnswerGroup::Sector(sector));
            } else {
                parts.extend(self.sites_in(sector));
            }
        }
        let alone = (0..self.sites.len()).filter(|s| self.sites[*s].sector.is_none());
        parts.extend(alone.map(AnswerGroup::Site));
        parts
    }
}
