//! Everything known of a campaign: its figures, what changed since the one before, what comes
//! first.

use super::session::Session;
use crate::comparisons::{Comparisons, Side, compare};
use crate::config::{Campaign, Structure};
use crate::disclosure::{Audience, ClearedDelivery, DeliveryLog, Material, clear_delivery};
use crate::error::Result;
use crate::indicators::{Indicators, compute};
use crate::observations::Observations;
use crate::priorities::{Ground, Priorities, importance, priorities};
use crate::referentiel::{Referentiel, SourceCode};
use crate::reliability::{Observers, observers, read};
use crate::voices::{self, Voices};

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
    /// Its answers.
    pub observations: Observations,
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
}

impl<'a> Picture<'a> {
    /// Computes everything once.
    pub fn of(session: &'a Session, campaign: &'a Campaign) -> Result<Self> {
        let observatory = &session.observatory;
        let referentiel = observatory.referentiel(campaign);
        let scope = session.scope(campaign);
        let observations = session.store.load(Some(&campaign.id))?;
        let indicators = compute(&observations, &scope)?.value;
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
            importance: importance(&observations, referentiel)?,
        });
        let observed = read(&observations, referentiel, SourceCode::Obs)?;
        Ok(Self {
            campaign,
            referentiel,
            structures: scope.structures,
            voices: voices::read(&observations)?,
            observers: observers(&observed, referentiel),
            observations,
            indicators,
            before,
            priorities,
        })
    }

    /// What a clearance for an audience decides on.
    pub fn material(&self, session: &Session, audience: Audience) -> Material<'_> {
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
            referentiel: self.referentiel,
            thresholds: audiences[audience.as_str()],
            also: audience.also_read_by().map(|a| audiences[a.as_str()]),
            audience,
        }
    }

    /// Everything an audience may read, whatever part of it is asked for; what differs by too few
    /// answers from an earlier edition repeats it.
    pub fn clear(
        &self,
        session: &Session,
        audience: Audience,
        log: &mut DeliveryLog,
    ) -> (ClearedDelivery, usize) {
        let mut cleared = clear_delivery(&self.material(session, audience), &self.structures);
        let repeated = log.apply(&mut cleared);
        (cleared, repeated)
    }
}
