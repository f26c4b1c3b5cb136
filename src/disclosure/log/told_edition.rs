//! One edition told to several audiences. Who reads a delivery beside their own compares both with what earlier
//! editions said: what élus are told once more is settled after what teams are, whoever is served, and in which order.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::delivery_log::{DeliveryLog, EditionKey};
use super::earlier_editions::EarlierEditions;
use super::kept_delivery::told_campaign;
use super::repeated_delivery::{Repeats, repeat_printed};
use super::told_campaign::ToldCampaign;
use crate::base::error::Result;
use crate::disclosure::cleared::ClearedDelivery;
use crate::vocabulary::Audience;

/// What audiences whose readers read others' deliveries are told of an edition.
#[derive(Debug, Default)]
pub struct ToldEdition {
    told: BTreeMap<Audience, Arc<ToldCampaign>>,
}

/// What a delivery to an audience must not be compared with.
#[derive(Debug)]
#[must_use = "a delivery that is compared with nothing gives late answers away"]
pub struct Compared {
    edition: EditionKey,
    audience: Audience,
    /// What those are told of it who read it beside their own.
    others: Vec<Arc<ToldCampaign>>,
}

impl ToldEdition {
    /// What a delivery to an audience must not be compared with, known before it is cleared: a vast territory has no room
    /// for two deliveries at once. `clear` makes deliveries of all structures to those who read it beside their own, which
    /// nobody needs to be served.
    ///
    /// # Errors
    ///
    /// A file of the log that is no longer what it was.
    pub fn compared(
        &mut self,
        log: &DeliveryLog,
        (edition, audience): (&EditionKey, Audience),
        clear: &dyn Fn(Audience) -> ClearedDelivery,
    ) -> Result<Compared> {
        let mut others = Vec::new();
        if log.has_earlier(edition, audience) {
            for other in audience.also_read_by() {
                others.push(self.told_to(log, (edition, *other), clear)?);
            }
        }
        Ok(Compared {
            edition: edition.clone(),
            audience,
            others,
        })
    }

    /// Puts back in a delivery what earlier editions printed where too few answers have changed since. `is_whole`: whether
    /// this delivery is of all structures.
    ///
    /// # Errors
    ///
    /// A file of the log that is no longer what it was.
    ///
    /// # Panics
    ///
    /// `compared` is of another delivery: nothing is told that was not compared.
    pub fn apply(
        &mut self,
        log: &DeliveryLog,
        delivery: &mut ClearedDelivery,
        compared: &Compared,
        is_whole: bool,
    ) -> Result<Repeats> {
        let edition = &compared.edition;
        let own = (&delivery.campagne, &delivery.exact.grounds);
        assert_eq!((&edition.campaign, &edition.grounds), own);
        assert_eq!(compared.audience, delivery.audience);
        let Some(printed) = log.printed_before(edition, compared.audience)? else {
            return Ok(Repeats::default());
        };
        let earlier = EarlierEditions {
            printed: &printed,
            others: &compared.others,
            next_moment: log.next_moment(),
        };
        let repeats = repeat_printed(delivery, earlier, log.key.as_ref());
        if is_whole && is_read_beside(delivery.audience) {
            let told = told_campaign(delivery, &repeats, earlier, log.key.as_ref());
            self.told.insert(delivery.audience, Arc::new(told));
        }
        Ok(repeats)
    }

    fn told_to(
        &mut self,
        log: &DeliveryLog,
        (edition, audience): (&EditionKey, Audience),
        clear: &dyn Fn(Audience) -> ClearedDelivery,
    ) -> Result<Arc<ToldCampaign>> {
        if let Some(known) = self.told.get(&audience) {
            return Ok(Arc::clone(known));
        }
        let compared = self.compared(log, (edition, audience), clear)?;
        let _ = self.apply(log, &mut clear(audience), &compared, true)?;
        // An audience whose delivery is not logged tells others nothing that they must repeat.
        let told = self.told.entry(audience);
        let told = told.or_insert_with(|| Arc::new(ToldCampaign::nothing_to(audience)));
        Ok(Arc::clone(told))
    }
}

/// Whether some who read this delivery read another's too.
fn is_read_beside(audience: Audience) -> bool {
    let mut all = Audience::ALL.into_iter();
    all.any(|other| other.also_read_by().contains(&audience))
}
