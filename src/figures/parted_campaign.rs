//! A campaign computed some structures at a time: what compares ten thousand of them holds the figures of a few
//! hundred, twice.

use std::sync::Arc;

use rayon::prelude::*;

use super::compute::{Computation, SiteFigures};
use super::indicators::Indicators;
use crate::vocabulary::config::Structure;

/// A campaign whose structures are handed over part by part, and their figures forgotten.
pub(crate) struct PartedCampaign<'a> {
    computation: Computation<'a>,
    /// All but figures: what the campaign is, how answers spread, what the organiser was answered.
    whole: Indicators,
}

impl<'a> PartedCampaign<'a> {
    /// Of a campaign ready to be computed.
    pub(crate) fn new(computation: Computation<'a>) -> Self {
        let mut whole = computation.without_figures();
        whole.spread = computation.spread();
        whole.collected = Arc::clone(&computation.collected);
        Self { computation, whole }
    }

    /// Its structures, in order of code.
    pub(crate) fn structures(&self) -> &[&'a Structure] {
        &self.computation.scope.structures
    }

    /// Figures of some of its structures, in their order. Each is to be asked once, in order of code.
    pub(crate) fn part(&mut self, structures: &[&Structure]) -> Indicators {
        let slots = self.computation.slots.clone();
        let mut part = Indicators::new(&self.whole.campagne, &self.whole.version, slots);
        part.until = self.whole.until;
        part.spread = self.whole.spread;
        part.collected = Arc::clone(&self.whole.collected);
        let computed = structures.par_iter().map(|s| self.computation.site(s));
        for mut site in computed.collect::<Vec<SiteFigures>>() {
            let figures = site.take();
            part.push(&site.code, figures, Vec::new());
            let answers = std::mem::take(&mut site.organiser);
            self.whole.push(&site.code, Vec::new(), answers);
        }
        part
    }

    /// All but figures of structures, before any is handed over.
    pub(crate) fn whole(&self) -> &Indicators {
        &self.whole
    }

    /// The same once all were: what the organiser decides is known.
    pub(crate) fn settled(&mut self) -> &Indicators {
        self.whole
            .settle_organiser(self.computation.scope.referentiel);
        &self.whole
    }
}
