//! How much of a delivery is published, and what hiding costs.

use std::collections::BTreeMap;

use observatoire::disclosure::{ClearedDelivery, Mask, Shown};

/// Figures of questionnaires, critères and axes that may be printed.
#[derive(Default)]
pub struct Published {
    /// Those that are, « 90 % ou plus » among them.
    pub shown: usize,
    pub blurred: usize,
    /// Those that thresholds alone would let be printed, and that protect others.
    pub for_others: usize,
    pub all: usize,
}

impl Published {
    pub fn add(&mut self, delivery: &ClearedDelivery) {
        let sites = delivery.sites.iter();
        let answers = sites
            .clone()
            .map(|s| &s.distributions)
            .chain(delivery.sectors.iter().map(|s| &s.distributions))
            .chain([&delivery.territory.distributions]);
        for question in answers.flat_map(BTreeMap::values).flatten() {
            self.blurred += usize::from(matches!(&question.shares, Ok(s) if s.unanimous.is_some()));
            self.count(question.shares.as_ref().err().copied());
        }
        for figure in sites.flat_map(|s| s.criteres.iter().chain(&s.axes)) {
            match figure.value {
                Some(Shown::Masked(mask)) => self.count(Some(mask)),
                Some(Shown::Value(_)) => self.count(None),
                None => {}
            }
        }
    }

    fn count(&mut self, mask: Option<Mask>) {
        self.all += 1;
        self.shown += usize::from(mask.is_none());
        self.for_others += usize::from(mask == Some(Mask::Derivable));
    }
}
