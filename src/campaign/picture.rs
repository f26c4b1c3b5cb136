//! Everything known of a campaign, in stages: its figures, what changed since the campaign
//! before, what comes first, what people say, whether observers agree, what could be done, and the
//! indicators of the convention.

use super::open_observatory::{OpenObservatory, not_added, side};
use crate::base::diagnostics::Diagnostic;
use crate::base::error::Result;
use crate::compare::{Comparisons, compare};
use crate::decide::ctg::{CtgMoment, ctg};
use crate::decide::plans::{self, Action, propose};
use crate::decide::priorities::{Priorities, PriorityGround, importance_of, priorities};
use crate::disclosure::{
    Audit, ClearanceInput, ClearedAggregates, ClearedBooklet, ClearedDelivery, DeliveryLog,
    EarlierCampaign, OtherReader, Repeats, StoppedWords, audit, clear_aggregates, clear_booklet,
    clear_delivery, count_stopped,
};
use crate::figures::Indicators;
use crate::figures::reliability::{Observers, observers};
use crate::figures::voices::{self, Voices};
use crate::vocabulary::Audience;
use crate::vocabulary::config::{Campaign, Structure};
use crate::vocabulary::referentiel::Referentiel;

/// The campaign before.
pub(crate) struct Before<'a> {
    /// Which one.
    pub campaign: &'a Campaign,
    /// Its référentiel.
    pub referentiel: &'a Referentiel,
    /// Structures active in it.
    pub structures: Vec<&'a Structure>,
    /// Its figures.
    pub indicators: Indicators,
    /// Evolution since then.
    pub compared: Comparisons,
}

/// A campaign as reports and explanations see it.
pub(crate) struct Picture<'a> {
    /// The campaign.
    pub campaign: &'a Campaign,
    /// Its référentiel.
    pub referentiel: &'a Referentiel,
    /// Structures active in it.
    pub structures: Vec<&'a Structure>,
    /// Its figures.
    pub indicators: Indicators,
    /// The campaign before, if any.
    pub before: Option<Before<'a>>,
    /// What comes first, and who could help.
    pub priorities: Priorities,
    /// What people say in their own words.
    pub voices: Voices,
    /// Whether observers agree.
    pub observers: Observers,
    /// What its findings propose to do.
    pub proposals: Vec<Action>,
    /// Indicators of the convention, every campaign up to this one.
    pub ctg: Vec<CtgMoment>,
    /// What could not be added of the aggregates computed from.
    pub not_added: Option<Diagnostic>,
}

/// What of a campaign's aggregates may leave the territory.
pub(crate) struct ReleaseView {
    /// Counts cleared.
    pub cleared: ClearedAggregates,
    /// What of it repeats an earlier edition.
    pub repeats: Repeats,
}

/// What one audience may read of a campaign.
pub(crate) struct AudienceView {
    /// Figures and words cleared.
    pub cleared: ClearedDelivery,
    /// What of it repeats an earlier edition.
    pub repeats: Repeats,
}

impl<'a> Picture<'a> {
    /// Computes every stage once, in order.
    ///
    /// # Errors
    ///
    /// A store that cannot be read.
    pub(crate) fn of(opened: &'a OpenObservatory, campaign: &'a Campaign) -> Result<Self> {
        let scope = opened.scope(campaign);
        let referentiel = scope.referentiel;
        let fold = opened.fold(campaign)?;
        let indicators = fold.computation(&scope)?.indicators().value;
        let before = Before::of(opened, campaign, &indicators)?;
        let priorities = priorities(&PriorityGround {
            indicators: &indicators,
            previous: before.as_ref().map(|b| &b.indicators),
            referentiel,
            structures: &scope.structures,
            importance: importance_of(&fold.families()?, referentiel),
        });
        let proposals = propose(&plans::ProposalGround {
            campaign,
            next: opened.after(campaign),
            referentiel,
            indicators: &indicators,
            priorities: &priorities,
            delays: opened.observatory.settings.plan,
        });
        Ok(Self {
            campaign,
            referentiel,
            voices: voices::read(&opened.words(campaign)?)?,
            observers: observers(&fold.observed()?, referentiel),
            ctg: convention(opened, campaign, &indicators, before.as_ref())?,
            not_added: not_added(&fold),
            structures: scope.structures,
            indicators,
            before,
            priorities,
            proposals,
        })
    }

    /// What a clearance for an audience decides on, on the day of the edition.
    fn clearance_input<'b>(
        &'b self,
        opened: &'b OpenObservatory,
        audience: Audience,
        day: &'b str,
    ) -> ClearanceInput<'b> {
        let audiences = &opened.observatory.settings.audiences;
        ClearanceInput {
            indicators: &self.indicators,
            before: self.before.as_ref().map(|b| EarlierCampaign {
                indicators: &b.indicators,
                referentiel: b.referentiel,
                structures: &b.structures,
                evolution: &b.compared,
            }),
            priorities: &self.priorities,
            voices: &self.voices,
            observers: &self.observers,
            actions: &opened.plans.actions,
            proposals: &self.proposals,
            ctg: &self.ctg,
            day,
            referentiel: self.referentiel,
            thresholds: audiences[audience.as_str()],
            also: (audience.also_read_by().iter())
                .map(|other| OtherReader {
                    audience: *other,
                    thresholds: audiences[other.as_str()],
                })
                .collect(),
            audience,
        }
    }

    /// Practices that all teams may read of; `cleared` is what they may see of the figures.
    pub(crate) fn booklet(
        &self,
        opened: &OpenObservatory,
        day: &str,
        cleared: &ClearedDelivery,
    ) -> ClearedBooklet {
        let input = self.clearance_input(opened, cleared.audience, day);
        clear_booklet(&input, &self.structures, cleared)
    }

    /// Whether what an audience will read gives back what is hidden from it.
    pub(crate) fn audit(&self, opened: &OpenObservatory, audience: Audience, day: &str) -> Audit {
        audit(
            &self.clearance_input(opened, audience, day),
            &self.structures,
        )
    }

    /// What people wrote and no audience may be given, by reason.
    pub(crate) fn stopped_words(
        &self,
        opened: &OpenObservatory,
        audience: Audience,
        day: &str,
    ) -> Vec<StoppedWords> {
        let input = self.clearance_input(opened, audience, day);
        count_stopped(&input, &self.structures)
    }

    /// Everything an audience may read on a day, whatever part of it is asked for; what differs by too
    /// few answers from an earlier edition repeats it.
    pub(crate) fn clear(
        &self,
        opened: &OpenObservatory,
        audience: Audience,
        day: &str,
        log: &DeliveryLog,
    ) -> AudienceView {
        let input = self.clearance_input(opened, audience, day);
        let mut cleared = clear_delivery(&input, &self.structures);
        let repeats = log.apply(&mut cleared);
        AudienceView { cleared, repeats }
    }

    /// What of the aggregates may be handed to the département on a day.
    pub(crate) fn release(
        &self,
        opened: &OpenObservatory,
        day: &str,
        log: &DeliveryLog,
    ) -> ReleaseView {
        let input = self.clearance_input(opened, Audience::Departement, day);
        let mut cleared = clear_aggregates(&input, &self.structures);
        let mut repeated = cleared.delivery.clone();
        let repeats = log.apply(&mut repeated);
        let replaced = |structure: &str, question: &str| repeats.replaces(structure, question);
        cleared.repeat(repeated, replaced, self.referentiel);
        ReleaseView { cleared, repeats }
    }
}

impl<'a> Before<'a> {
    /// The campaign before one, if any, and what changed since.
    fn of(
        opened: &'a OpenObservatory,
        campaign: &Campaign,
        indicators: &Indicators,
    ) -> Result<Option<Self>> {
        let Some(previous) = opened.before(campaign).pop() else {
            return Ok(None);
        };
        let figures = opened.indicators(previous)?.value;
        let compared = compare(
            side(opened, previous, &figures),
            side(opened, campaign, indicators),
        );
        Ok(Some(Self {
            campaign: previous,
            referentiel: opened.observatory.referentiel(previous),
            structures: opened.scope(previous).structures,
            indicators: figures,
            compared: compared.value,
        }))
    }
}

/// Indicators of the convention, every campaign up to this one, in order; the two at hand are not
/// computed again.
fn convention(
    opened: &OpenObservatory,
    campaign: &Campaign,
    indicators: &Indicators,
    before: Option<&Before>,
) -> Result<Vec<CtgMoment>> {
    let mut moments = Vec::new();
    for earlier in opened.before(campaign) {
        if before.is_none_or(|b| b.campaign.id != earlier.id) {
            moments.extend(ctg([&opened.indicators(earlier)?.value]));
        }
    }
    moments.extend(ctg(before.map(|b| &b.indicators)));
    moments.extend(ctg([indicators]));
    Ok(moments)
}
