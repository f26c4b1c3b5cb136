//! A whole delivery decided at once: what one file hides, another must not give back.

use std::collections::BTreeSet;

use rayon::prelude::*;

use super::activity_decisions::printed_activities;
use super::answer_decisions::AnswerDecisions;
use super::campaign_figures::CampaignFigures;
use super::levels::{EarlierSite, HiddenLevels, SiteView, hide_levels};
use super::reading::Reading;
use crate::vocabulary::Audience;
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

/// Who reads a delivery, and from how many answers on.
#[derive(Debug, Clone, Copy)]
pub struct OtherReader {
    /// Whose own delivery it is.
    pub audience: Audience,
    /// What they are shown there.
    pub thresholds: Thresholds,
}

/// Those who read a delivery.
#[derive(Debug, Clone)]
pub(crate) struct Readers {
    /// The audience.
    pub(crate) own: OtherReader,
    /// Those who read this delivery beside their own: what they are not shown there stays hidden
    /// here.
    pub(crate) also: Vec<OtherReader>,
}

/// A campaign as one of the readers gets it.
pub(crate) struct ReaderDecisions<'a> {
    pub(crate) figures: CampaignFigures<'a>,
    pub(crate) decisions: Decisions,
}

impl ReaderDecisions<'_> {
    /// A site by its code, to who reads a later campaign.
    pub(crate) fn site(&self, code: &str) -> Option<EarlierSite<'_>> {
        let earlier = Earlier {
            figures: &self.figures,
            decisions: &self.decisions,
        };
        earlier.site(code)
    }
}

/// The campaign before, and what was decided on it.
#[derive(Clone, Copy)]
struct Earlier<'a> {
    figures: &'a CampaignFigures<'a>,
    decisions: &'a Decisions,
}

/// What one reader's decisions follow.
struct Ground<'a> {
    thresholds: Thresholds,
    /// Thresholds of the teams among the readers.
    team: Option<Thresholds>,
    /// What other readers are not shown.
    base: Option<&'a Decisions>,
    before: Option<Earlier<'a>>,
}

/// Decides on a campaign, and first on the one before as it was delivered by itself.
pub(crate) fn decide(
    figures: &CampaignFigures,
    readers: &Readers,
    before: Option<&CampaignFigures>,
) -> Decisions {
    let delivered = before.map_or_else(Vec::new, |figures| of_readers(figures, readers, &[]));
    let mut all = of_readers(figures, readers, &delivered);
    let own = all.pop().map(|own| own.decisions);
    own.unwrap_or_else(|| unreachable!("the audience is among its readers"))
}

/// What each reader gets, the audience last; each hides what those before it are not shown.
pub(crate) fn of_readers<'a>(
    figures: &CampaignFigures<'a>,
    readers: &Readers,
    before: &[ReaderDecisions],
) -> Vec<ReaderDecisions<'a>> {
    let mut all: Vec<ReaderDecisions> = Vec::new();
    let is_team = |reader: &&OtherReader| reader.audience == Audience::Equipe;
    let team = readers.also.iter().find(is_team);
    for (rank, reader) in readers.also.iter().chain([&readers.own]).enumerate() {
        let figures = figures.read_by(reader.audience);
        let earlier = before.get(rank);
        let ground = Ground {
            thresholds: reader.thresholds,
            team: team.map(|team| team.thresholds),
            base: all.last().map(|last| &last.decisions),
            before: earlier.map(|earlier| Earlier {
                figures: &earlier.figures,
                decisions: &earlier.decisions,
            }),
        };
        let decisions = Decisions::of(&figures, &ground);
        all.push(ReaderDecisions { figures, decisions });
    }
    all
}

impl Decisions {
    /// Decides on this campaign, knowing what was delivered of the one before.
    fn of(figures: &CampaignFigures, ground: &Ground) -> Self {
        let Ground {
            thresholds, base, ..
        } = *ground;
        let earlier = base.map(|b| &b.answers);
        let answers = AnswerDecisions::of(figures, &thresholds, ground.team.as_ref(), earlier);
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
                let then = ground.before.and_then(|earlier| earlier.site(now.code));
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
            reading: Reading::Anyone,
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
