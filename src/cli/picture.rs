//! Everything known of a campaign: its figures, what changed since the one before, what comes
//! first.

use super::session::Session;
use crate::base::error::Result;
use crate::compare::{Comparisons, Side, compare};
use crate::decide::ctg::{CtgMoment, ctg};
use crate::decide::plans::{self, Action, propose};
use crate::decide::priorities::{Ground, Priorities, importance_of, priorities};
use crate::disclosure::{
    Audience, ClearedBooklet, ClearedDelivery, DeliveryLog, Material, clear_booklet, clear_delivery,
};
use crate::figures::Indicators;
use crate::figures::reliability::{Observers, observers};
use crate::figures::voices::{self, Voices};
use crate::vocabulary::config::{Campaign, Structure};
use crate::vocabulary::referentiel::Referentiel;

/// The campaign before.
pub struct Before<'a> {
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
pub struct Picture<'a> {
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
}

impl<'a> Picture<'a> {
    /// Computes everything once.
    pub fn of(session: &'a Session, campaign: &'a Campaign) -> Result<Self> {
        let observatory = &session.observatory;
        let referentiel = observatory.referentiel(campaign);
        let scope = session.scope(campaign);
        let fold = session.fold(campaign)?;
        let indicators = fold.computation(&scope)?.indicators().value;
        let earlier = observatory
            .settings
            .campaigns
            .iter()
            .filter(|c| c.debut < campaign.debut);
        let before = match earlier.max_by_key(|c| (&c.debut, &c.id)) {
            Some(previous) => {
                let figures = session.indicators(previous)?.value;
                let side = |c, indicators| Side {
                    indicators,
                    referentiel: observatory.referentiel(c),
                };
                let compared = compare(side(previous, &figures), side(campaign, &indicators)).value;
                Some(Before {
                    campaign: previous,
                    referentiel: observatory.referentiel(previous),
                    structures: session.scope(previous).structures,
                    indicators: figures,
                    compared,
                })
            }
            None => None,
        };
        let priorities = priorities(&Ground {
            indicators: &indicators,
            previous: before.as_ref().map(|b| &b.indicators),
            referentiel,
            structures: &scope.structures,
            importance: importance_of(&fold.families()?, referentiel),
        });
        let observed = fold.observed()?;
        let later = observatory.settings.campaigns.iter();
        let later = later.filter(|c| c.debut > campaign.debut);
        let proposals = propose(&plans::Ground {
            campaign,
            next: later.min_by_key(|c| (&c.debut, &c.id)),
            referentiel,
            indicators: &indicators,
            priorities: &priorities,
            delays: observatory.settings.plan,
        });
        let ctg = Self::ctg(session, campaign, &indicators, before.as_ref())?;
        Ok(Self {
            campaign,
            referentiel,
            proposals,
            ctg,
            structures: scope.structures,
            voices: voices::read(&session.store.words(&campaign.id)?)?,
            observers: observers(&observed, referentiel),
            indicators,
            before,
            priorities,
        })
    }

    /// Every campaign up to this one, in order; the two at hand are not computed again.
    fn ctg(
        session: &Session,
        campaign: &Campaign,
        indicators: &Indicators,
        before: Option<&Before>,
    ) -> Result<Vec<CtgMoment>> {
        let all = session.observatory.settings.campaigns.iter();
        let mut earlier: Vec<&Campaign> = all
            .filter(|c| c.debut < campaign.debut && before.is_none_or(|b| b.campaign.id != c.id))
            .collect();
        earlier.sort_by_key(|c| (&c.debut, &c.id));
        let mut moments = Vec::new();
        for one in earlier {
            moments.extend(ctg([&session.indicators(one)?.value]));
        }
        moments.extend(ctg(before.map(|b| &b.indicators)));
        moments.extend(ctg([indicators]));
        Ok(moments)
    }

    /// What a clearance for an audience decides on, on the day of the edition.
    pub fn material<'b>(
        &'b self,
        session: &'b Session,
        audience: Audience,
        day: &'b str,
    ) -> Material<'b> {
        let audiences = &session.observatory.settings.audiences;
        Material {
            indicators: &self.indicators,
            previous: self.before.as_ref().map(|b| &b.indicators),
            before: self
                .before
                .as_ref()
                .map(|b| (b.referentiel, b.structures.as_slice())),
            evolution: self.before.as_ref().map(|b| &b.compared),
            priorities: &self.priorities,
            voices: &self.voices,
            observers: &self.observers,
            actions: &session.plans.actions,
            proposals: &self.proposals,
            ctg: &self.ctg,
            day,
            referentiel: self.referentiel,
            thresholds: audiences[audience.as_str()],
            also: audience.also_read_by().map(|a| audiences[a.as_str()]),
            audience,
        }
    }

    /// Practices that all teams may read of; `cleared` is what they may see of the figures.
    pub fn booklet(
        &self,
        session: &Session,
        day: &str,
        cleared: &ClearedDelivery,
    ) -> ClearedBooklet {
        let material = self.material(session, cleared.audience, day);
        clear_booklet(&material, &self.structures, cleared)
    }

    /// Everything an audience may read, whatever part of it is asked for; what differs by too few
    /// answers from an earlier edition repeats it.
    pub fn clear(
        &self,
        session: &Session,
        (audience, day): (Audience, &str),
        log: &mut DeliveryLog,
    ) -> (ClearedDelivery, usize) {
        let material = self.material(session, audience, day);
        let mut cleared = clear_delivery(&material, &self.structures);
        let repeated = log.apply(&mut cleared);
        (cleared, repeated)
    }
}
