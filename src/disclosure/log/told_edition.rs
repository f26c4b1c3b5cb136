//! One edition told to several audiences. Who reads a delivery beside their own compares both with what earlier
//! editions said: what élus are told once more is settled after what teams are, whoever is served, and in which order.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::delivery_log::{DeliveryLog, Repeats};
use super::delivery_record::KeptCampaign;
use crate::disclosure::cleared::ClearedDelivery;
use crate::vocabulary::Audience;

/// What audiences whose readers read others' deliveries are told of an edition.
#[derive(Debug, Default)]
pub struct ToldEdition {
    told: BTreeMap<Audience, Arc<KeptCampaign>>,
}

impl ToldEdition {
    /// Puts back in a delivery what earlier editions printed where too few answers have changed since, once it is known
    /// what those who read it beside their own are told of the same edition: `clear` makes their deliveries of all
    /// structures, which nobody needs to be served. `is_whole`: whether this delivery is of all structures.
    pub fn apply(
        &mut self,
        log: &DeliveryLog,
        delivery: &mut ClearedDelivery,
        is_whole: bool,
        clear: &dyn Fn(Audience) -> ClearedDelivery,
    ) -> Repeats {
        if !log.has_earlier(delivery) {
            return Repeats::default();
        }
        let mut others = Vec::new();
        for audience in delivery.audience.also_read_by() {
            others.push(self.told_to(*audience, log, clear));
        }
        let repeats = log.apply_after(delivery, &others);
        if is_whole && is_read_beside(delivery.audience) {
            let kept = log.kept_after(delivery, &repeats, &others);
            self.told.insert(delivery.audience, Arc::new(kept));
        }
        repeats
    }

    fn told_to(
        &mut self,
        audience: Audience,
        log: &DeliveryLog,
        clear: &dyn Fn(Audience) -> ClearedDelivery,
    ) -> Arc<KeptCampaign> {
        if let Some(known) = self.told.get(&audience) {
            return Arc::clone(known);
        }
        let mut delivery = clear(audience);
        let _ = self.apply(log, &mut delivery, true, clear);
        let told = self.told.entry(audience).or_default();
        Arc::clone(told)
    }
}

/// Whether some who read this delivery read another's too.
fn is_read_beside(audience: Audience) -> bool {
    let mut all = Audience::ALL.into_iter();
    all.any(|other| other.also_read_by().contains(&audience))
}
