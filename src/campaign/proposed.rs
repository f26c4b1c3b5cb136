//! What the figures of a campaign propose to do, without what a picture compares, says or prints.

use super::asked_words::asked_wordings;
use super::open_observatory::OpenObservatory;
use crate::base::day::Day;
use crate::base::error::Result;
use crate::decide::plans::{self, Action, propose};
use crate::decide::priorities::{Priorities, PriorityGround, importance_of, priorities};
use crate::figures::{HeldLevels, Indicators};
use crate::vocabulary::AskedWordings;
use crate::vocabulary::config::Campaign;
use crate::vocabulary::referentiel::Referentiel;

/// What a campaign proposes, and from what.
pub(crate) struct CampaignProposals<'a> {
    /// The campaign's référentiel.
    pub referentiel: &'a Referentiel,
    /// Figures of all structures: those that reports print.
    pub indicators: Indicators,
    /// What its findings propose to do.
    pub proposals: Vec<Action>,
}

impl<'a> CampaignProposals<'a> {
    /// Computes what proposals rest on, as `picture` does, and nothing else.
    ///
    /// # Errors
    ///
    /// A store that cannot be read.
    pub(crate) fn of(
        opened: &'a OpenObservatory,
        campaign: &'a Campaign,
        day: Day,
    ) -> Result<Self> {
        let scope = opened.scope(campaign);
        let fold = opened.fold(campaign)?;
        let indicators = fold.computation(&scope)?;
        let indicators = indicators.indicators_of(HeldLevels::PRINTED.into()).value;
        let before = opened.before(campaign).pop();
        let before = before
            .map(|b| opened.indicators_of(b, HeldLevels::EARLIER))
            .transpose()?;
        let priorities = priorities(&PriorityGround {
            indicators: &indicators,
            previous: before.as_ref().map(|b| &b.value),
            referentiel: scope.referentiel,
            structures: &scope.structures,
            importance: importance_of(&fold.families()?),
        });
        Ok(Self {
            proposals: proposals(
                opened,
                campaign,
                &indicators,
                &asked_wordings(opened, campaign)?,
                &priorities,
                day,
            ),
            referentiel: scope.referentiel,
            indicators,
        })
    }
}

/// What is proposed on a day from figures and what comes first.
pub(super) fn proposals(
    opened: &OpenObservatory,
    campaign: &Campaign,
    indicators: &Indicators,
    wordings: &AskedWordings,
    priorities: &Priorities,
    day: Day,
) -> Vec<Action> {
    propose(&plans::ProposalGround {
        campaign,
        next: opened.after(campaign),
        referentiel: opened.observatory.referentiel(campaign),
        indicators,
        wordings,
        priorities,
        day,
        delays: opened.observatory.settings.plan,
    })
}
