//! A whole delivery decided at once: what one file hides, another must not give back.

use std::collections::BTreeSet;

use rayon::prelude::*;

use super::activity_decisions::printed_activities;
use super::answer_decisions::AnswerDecisions;
use super::campaign_figures::CampaignFigures;
use super::levels::{EarlierSite, HiddenLevels, SiteView, hide_levels};
use crate::vocabulary::config::Thresholds;

/// Decisions of one clearance.
pub(crate) struct Decisions {
    pub(crate) thresholds: Thresholds,
    pub(crate) answers: AnswerDecisions,
    /// Activity indicators printed, in the order of the structures.
    pub(crate) activities: Vec<BTreeSet<&'static str>>,
    /// Levels, in the order of the structures.
    pub(crate) levels: Vec<HiddenLevels>,
}

/// Thresholds of those who read a delivery.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Readers {
    /// Of the audience.
    pub(crate) thresholds: Thresholds,
    /// Of those who read this delivery beside their own: what they are not shown there stays
    /// hidden here.
    pub(crate) also: Option<Thresholds>,
}

/// Both readers' decisions on one campaign.
struct ReadersDecisions {
    also: Option<Decisions>,
    audience: Decisions,
}

/// The campaign before, and what was decided on it.
#[derive(Clone, Copy)]
struct Earlier<'a> {
    figures: &'a CampaignFigures<'a>,
    decisions: &'a Decisions,
}

/// Decides on a campaign, and first on the one before as it was delivered by itself.
pub(crate) fn decide(
    figures: &CampaignFigures,
    readers: &Readers,
    before: Option<&CampaignFigures>,
) -> Decisions {
    let delivered = before.map(|figures| both(figures, readers, None, None));
    let earlier = before.zip(delivered.as_ref());
    let audience = earlier.map(|(figures, both)| Earlier {
        figures,
        decisions: &both.audience,
    });
    let also = earlier.and_then(|(figures, both)| {
        Some(Earlier {
            figures,
            decisions: both.also.as_ref()?,
        })
    });
    both(figures, readers, audience, also).audience
}

fn both(
    figures: &CampaignFigures,
    readers: &Readers,
    audience_before: Option<Earlier>,
    also_before: Option<Earlier>,
) -> ReadersDecisions {
    let also = readers
        .also
        .map(|thresholds| Decisions::of(figures, thresholds, None, also_before));
    let thresholds = readers.thresholds;
    ReadersDecisions {
        audience: Decisions::of(figures, thresholds, also.as_ref(), audience_before),
        also,
    }
}

impl Decisions {
    /// Decides on this campaign, knowing what was delivered of the one before. `base` holds what
    /// other readers are not shown.
    fn of(
        figures: &CampaignFigures,
        thresholds: Thresholds,
        base: Option<&Self>,
        before: Option<Earlier>,
    ) -> Self {
        let answers = AnswerDecisions::of(figures, &thresholds, base.map(|b| &b.answers));
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
        };
        decisions.levels = sites
            .into_par_iter()
            .map(|site| {
                let now = decisions.view(figures, site);
                let then = before.and_then(|earlier| earlier.site(now.code));
                hide_levels(&now, then.as_ref(), base.map(|b| &b.levels[site]))
            })
            .collect();
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
            activities: &self.activities[site],
        }
    }
}

impl<'a> Earlier<'a> {
    /// A site in the campaign before, by its code.
    fn site(self, code: &str) -> Option<EarlierSite<'a>> {
        let site = self.figures.position(code)?;
        Some(EarlierSite {
            view: self.decisions.view(self.figures, site),
            hidden: &self.decisions.levels[site],
        })
    }
}
