//! Levels that would tell, beside totals of answers, what few people of another site said. A critère that rests on one
//! questionnaire is the mean of that questionnaire: where it is printed of a site, what this site answered can be taken
//! away from the total as if it had been shown, but for the rounding of its level.

use std::collections::BTreeSet;

use super::answer_decisions::{AnswerDecisions, KeptBack, TotalRemainder};
use super::campaign_figures::CampaignFigures;
use super::printed_level::printed_level;
use super::remainder::UNDECIDED;
use crate::vocabulary::config::Thresholds;
use crate::vocabulary::referentiel::SourceCode;

/// What is to be kept back so that at least three sites stay open in each total, or enough rounding.
pub(super) fn kept_back(
    figures: &CampaignFigures,
    thresholds: &Thresholds,
    answers: &AnswerDecisions,
) -> BTreeSet<KeptBack> {
    let r = figures.referentiel;
    let all = answers.remainders();
    let mut kept = BTreeSet::new();
    for (critere, told) in r.criteres.iter().enumerate() {
        for source in SourceCode::ALL.into_iter().filter(|s| s.is_questionnaire()) {
            let own = |e: usize| told.elements.contains(&e) && r.elements[e].source == source;
            let remainders = all.iter().filter(|rest| own(rest.element));
            LevelsBeside {
                figures,
                thresholds,
                answers,
                critere,
                source,
                remainders: remainders.collect(),
            }
            .keep_back(&mut kept);
        }
    }
    kept
}

/// Levels of a critère, and what remains of the totals of the questions of a source to it.
struct LevelsBeside<'a> {
    figures: &'a CampaignFigures<'a>,
    thresholds: &'a Thresholds,
    answers: &'a AnswerDecisions,
    critere: usize,
    source: SourceCode,
    remainders: Vec<&'a TotalRemainder>,
}

/// What remains of a total: sites whose level tells what they answered, and the others, fewer than stay undecided.
struct ClosedRemainder {
    element: usize,
    pinned: Vec<usize>,
    open: Vec<usize>,
}

impl LevelsBeside<'_> {
    fn keep_back(&self, kept: &mut BTreeSet<KeptBack>) {
        loop {
            let closed = self.closed(kept);
            let few = closed.iter().flat_map(|rest| &rest.open).copied();
            let told = few.filter(|site| self.is_few(*site) && self.is_told(*site, &closed));
            let mut smallest = told.filter_map(|site| {
                let beside = closed.iter().filter(|rest| rest.open.contains(&site));
                let pinned = beside.flat_map(|rest| rest.pinned.iter().copied());
                pinned.min_by_key(|pinned| (self.respondents(*pinned), *pinned))
            });
            let Some(next) = smallest.next() else { return };
            kept.insert((next, self.critere, self.source));
        }
    }

    /// Remainders in which too few sites are open.
    fn closed(&self, kept: &BTreeSet<KeptBack>) -> Vec<ClosedRemainder> {
        let of = |rest: &&TotalRemainder| {
            let answered = |site: &usize| {
                let answers = self.answers.site_answers(rest.element, *site);
                answers.total() > 0
            };
            let sites = rest.sites.iter().copied().filter(answered);
            let (pinned, open): (Vec<usize>, Vec<usize>) =
                sites.partition(|site| self.is_pinned(*site, kept));
            let is_closed = open.len() < UNDECIDED && !pinned.is_empty();
            is_closed.then_some(ClosedRemainder {
                element: rest.element,
                pinned,
                open,
            })
        };
        self.remainders.iter().filter_map(of).collect()
    }

    /// Whether all that a site answered is in totals that tell it.
    fn is_told(&self, site: usize, closed: &[ClosedRemainder]) -> bool {
        let r = self.figures.referentiel;
        let questions = r.criteres[self.critere].elements.iter().copied();
        let mut asked = questions.filter(|e| {
            r.elements[*e].source == self.source && self.answers.site_answers(*e, site).total() > 0
        });
        asked.all(|element| {
            let mut own = closed.iter().filter(|rest| rest.element == element);
            own.any(|rest| rest.open.contains(&site) && self.is_narrow(site, rest))
        })
    }

    /// Whether the rounding of the levels taken away leaves less than the margin to a site.
    fn is_narrow(&self, site: usize, rest: &ClosedRemainder) -> bool {
        let target = self.figures.referentiel.criteres[self.critere].cible;
        let rounding = rest.pinned.iter().map(|pinned| {
            let level = self.figures.table(*pinned).level(self.critere);
            let width = level.map_or(0.0, |level| printed_level(level, target).range().width());
            width * self.respondents(*pinned) as f64
        });
        let width = rounding.sum::<f64>() / self.respondents(site).max(1) as f64;
        width < self.thresholds.marge_niveau
    }

    /// Whether the level printed of a site tells what its questionnaire comes to.
    fn is_pinned(&self, site: usize, kept: &BTreeSet<KeptBack>) -> bool {
        let table = self.figures.table(site);
        let mut used = table.used(self.critere).iter().map(|u| u.source);
        table.level(self.critere).is_some()
            && used.clone().any(|source| source == self.source)
            && used.all(|source| source == self.source || source == SourceCode::Don)
            && !self.is_few(site)
            && !kept.contains(&(site, self.critere, self.source))
    }

    fn is_few(&self, site: usize) -> bool {
        let least = self.thresholds.per_site(self.source);
        least == 0 || self.respondents(site) < least
    }

    fn respondents(&self, site: usize) -> usize {
        self.figures
            .table(site)
            .respondents(self.critere, self.source)
    }
}
