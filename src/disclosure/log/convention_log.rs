//! Documents of the convention in the log: what they printed of persons, and is printed again.

use std::collections::BTreeMap;

use super::delivery_log::{DeliveryLog, not_begun};
use super::delivery_record::{Delivered, DeliveryRecord, FORMAT};
use crate::base::day::Day;
use crate::base::error::Result;
use crate::disclosure::convention::{CtgAudience, CtgIndicator, KeptConvention};

/// What stands for a campaign in a delivery of the convention.
const CONVENTION: &str = "CTG";

impl DeliveryLog {
    /// Puts back what documents of the convention printed of persons, where too few of them differ; hides what, with all
    /// of it, would say who came.
    pub(crate) fn repeat_convention(&self, indicators: &mut [CtgIndicator], audience: CtgAudience) {
        KeptConvention::repeat(&self.convention, indicators, audience);
    }

    /// Remembers a document of the convention that is about to be put in place. Call [`DeliveryLog::save`] afterwards.
    ///
    /// # Errors
    ///
    /// The log was not opened for a delivery.
    pub(crate) fn record_convention(
        &mut self,
        document: &str,
        audience: CtgAudience,
        indicators: &[CtgIndicator],
        date: Day,
    ) -> Result<()> {
        if !audience.is_logged() {
            return Ok(());
        }
        let key = self.key.clone().ok_or_else(not_begun)?;
        let hidden = indicators.iter().filter(|i| i.is_hidden());
        let record: DeliveryRecord = DeliveryRecord {
            format: FORMAT,
            rang: self.next_rank(),
            precedentes: self.names_so_far(),
            cle: key.own_seal(),
            livraisons: vec![Delivered {
                date: date.to_string(),
                public: audience.as_str().to_owned(),
                campagne: CONVENTION.to_owned(),
                structures: Vec::new(),
                masques: hidden.count(),
                repris: indicators.iter().filter(|i| i.repeats).count(),
            }],
            campagnes: BTreeMap::new(),
            convention: Some(KeptConvention::of(document, indicators)),
        };
        self.keep(&record)
    }
}
