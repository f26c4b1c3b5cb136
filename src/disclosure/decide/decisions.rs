//! A whole delivery decided at once for one reader: what one file hides, another must not give back.

use std::collections::BTreeSet;
use std::sync::Arc;

use rayon::prelude::*;

use super::activity_decisions::{PrintedActivities, printed_activities};
use super::answer_decisions::AnswerDecisions;
use super::campaign_figures::CampaignFigures;
use super::levels::{DecidedLevels, EarlierSite, MemberReport, SiteView, hide_levels};
use super::levels_beside_totals::kept_back;
use super::panel_evolution::silent_axes;
use super::panel_sites::PanelSite;
use super::reading::Reading;
use crate::vocabulary::config::Thresholds;

/// Decisions of one clearance.
pub(crate) struct Decisions {
    pub(crate) thresholds: Thresholds,
    pub(crate) answers: AnswerDecisions,
    /// Activity indicators printed, in the order of the structures.
    pub(crate) activities: Vec<PrintedActivities>,
    /// Levels, in the order of the structures.
    pub(crate) levels: Vec<DecidedLevels>,
    /// Axes of which nothing is said of the panel.
    pub(crate) silent: BTreeSet<String>,
}

/// A campaign as one of the readers gets it.
pub(crate) struct ReaderDecisions<'a> {
    pub(crate) figures: CampaignFigures<'a>,
    pub(crate) decisions: Arc<Decisions>,
}

impl ReaderDecisions<'_> {
    /// A site by its code, to who reads a later campaign.
    pub(crate) fn site(&self, code: &str) -> Option<EarlierSite<'_>> {
        let site = self.figures.position(code)?;
        Some(EarlierSite {
            view: self.decisions.view(&self.figures, site),
            hidden: &self.decisions.levels[site].hidden,
        })
    }

    /// The report of a site, in both campaigns, to somebody of it who is told the totals too.
    fn report<'s>(
        &'s self,
        site: usize,
        totals: &'s AnswerDecisions,
        earlier: Option<EarlierReport<'s>>,
    ) -> MemberReport<'s> {
        let now = self.decisions.view(&self.figures, site).beside(totals);
        let then = earlier.and_then(|earlier| {
            let EarlierSite { view, hidden } = earlier.own.site(now.code)?;
            let view = view.beside(earlier.totals);
            Some(EarlierSite { view, hidden })
        });
        MemberReport {
            now,
            then,
            hidden: &self.decisions.levels[site].hidden,
        }
    }
}

/// What a report said in the campaign before, and the totals that were told beside it.
#[derive(Clone, Copy)]
struct EarlierReport<'a> {
    own: &'a ReaderDecisions<'a>,
    totals: &'a AnswerDecisions,
}

/// What one reader's decisions follow.
pub(crate) struct Ground<'a> {
    pub(crate) thresholds: Thresholds,
    /// Thresholds of the teams among the readers.
    pub(crate) team: Option<Thresholds>,
    /// What other readers get, and are not shown.
    pub(crate) base: Option<&'a ReaderDecisions<'a>>,
    pub(crate) before: Option<&'a ReaderDecisions<'a>>,
    /// What those others got of the campaign before.
    pub(crate) base_before: Option<&'a ReaderDecisions<'a>>,
}

impl Decisions {
    /// Decides on this campaign, knowing what was delivered of the one before.
    pub(crate) fn of(figures: &CampaignFigures, ground: &Ground) -> Self {
        let thresholds = ground.thresholds;
        let base = ground.base.map(|base| &base.decisions);
        let earlier = base.map(|b| &b.answers);
        let mut answers = AnswerDecisions::of(figures, &thresholds, ground.team.as_ref(), earlier);
        ground.protect_members(figures, &mut answers);
        if answers.are_together() {
            answers.keep_back(kept_back(figures, &thresholds, &answers));
        }
        let sites = 0..figures.structures.len();
        let activities = sites
            .clone()
            .map(|site| printed_activities(figures, &thresholds, &answers, site))
            .collect();
        let mut decisions = Self {
            thresholds,
            answers,
            activities,
            levels: Vec::new(),
            silent: BTreeSet::new(),
        };
        decisions.levels = sites
            .into_par_iter()
            .map(|site| {
                let now = decisions.view(figures, site);
                let then = ground.before.and_then(|before| before.site(now.code));
                hide_levels(&now, then.as_ref(), base.map(|b| &b.levels[site]))
            })
            .collect();
        decisions.silent = ground.silent_axes(figures, &decisions);
        decisions
    }

    /// A site as this audience sees it beside its levels.
    pub(crate) fn view<'a>(
        &'a self,
        figures: &'a CampaignFigures<'a>,
        site: usize,
    ) -> SiteView<'a> {
        SiteView {
            code: &figures.structures[site].code,
            figures,
            thresholds: &self.thresholds,
            answers: &self.answers,
            site,
            activities: self.activities[site],
            reading: Reading::Anyone,
            beside: None,
        }
    }
}

impl Ground<'_> {
    fn earlier_report(&self) -> Option<EarlierReport<'_>> {
        let (own, before) = (self.base_before?, self.before?);
        let totals = &before.decisions.answers;
        Some(EarlierReport { own, totals })
    }

    /// Reports of sites, which their members read beside what is decided here.
    fn reports(&self) -> Option<&ReaderDecisions<'_>> {
        self.base
            .filter(|base| !base.decisions.answers.are_together())
    }

    /// Axes of which nothing may be said of the panel: what is not told to those who read this beside
    /// their own delivery is told to nobody.
    fn silent_axes(&self, figures: &CampaignFigures, decisions: &Decisions) -> BTreeSet<String> {
        let Some(before) = self.before.filter(|_| decisions.answers.are_together()) else {
            return BTreeSet::new();
        };
        let reports = self.reports();
        if let Some(base) = self.base.filter(|_| reports.is_none()) {
            return base.decisions.silent.clone();
        }
        let sites: Vec<PanelSite> = (0..figures.structures.len())
            .map(|site| {
                let now = decisions.view(figures, site);
                PanelSite {
                    then: before.site(now.code),
                    hidden: &decisions.levels[site].hidden,
                    report: reports
                        .map(|own| own.report(site, &decisions.answers, self.earlier_report())),
                    now,
                }
            })
            .collect();
        silent_axes(figures, &sites)
    }

    /// Keeps back the totals that would tell somebody of a site, beside the report of their own team,
    /// what few people answered there.
    fn protect_members(&self, figures: &CampaignFigures, answers: &mut AnswerDecisions) {
        let Some(reports) = self.reports().filter(|_| answers.are_together()) else {
            return;
        };
        loop {
            let told: Vec<Vec<usize>> = (0..figures.structures.len())
                .into_par_iter()
                .map(|site| {
                    let report = reports.report(site, answers, self.earlier_report());
                    report.told_by_totals()
                })
                .collect();
            let mut is_less = false;
            for (site, elements) in told.iter().enumerate() {
                for element in elements {
                    is_less |= answers.withhold_above(*element, site);
                }
            }
            if !is_less {
                return;
            }
        }
    }
}
