//! A campaign computed some structures at a time: what compares ten thousand of them holds all the figures of a few
//! hundred, twice; of the others those alone that are looked at again.

use std::sync::Arc;

use rayon::prelude::*;

use super::compute::{Computation, SiteFigures};
use super::held_levels::{HeldFigures, HeldLevels};
use super::indicators::Indicators;
use crate::vocabulary::config::Structure;

/// A campaign whose structures are handed over part by part.
pub(crate) struct PartedCampaign<'a> {
    computation: Computation<'a>,
    /// What the campaign is, how answers spread, what the organiser was answered; of structures handed over, the
    /// figures that are held.
    whole: Indicators,
    held: HeldFigures<'a>,
    is_begun: bool,
}

impl<'a> PartedCampaign<'a> {
    /// Of a campaign ready to be computed.
    pub(crate) fn new(computation: Computation<'a>, held: HeldFigures<'a>) -> Self {
        let mut whole = computation.without_figures();
        whole.spread = computation.spread();
        whole.collected = Arc::clone(&computation.collected);
        Self {
            computation,
            whole,
            held,
            is_begun: false,
        }
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
            let answers = std::mem::take(&mut site.organiser);
            self.whole
                .push_some(&site.code, &figures, answers, self.held);
            part.push(&site.code, figures, Vec::new(), HeldLevels::ALL.into());
        }
        if !self.is_begun {
            self.whole.expect_structures(self.structures().len());
            self.is_begun = true;
        }
        part
    }

    /// The campaign, with what is held of the structures handed over so far.
    pub(crate) fn whole(&self) -> &Indicators {
        &self.whole
    }

    /// The same once all were: what the organiser decides is known.
    pub(crate) fn settled(&mut self) -> &Indicators {
        self.whole
            .settle_organiser(self.computation.scope.referentiel);
        &self.whole
    }

    /// What is held of a campaign that is compared with none.
    pub(crate) fn alone(self) -> Indicators {
        self.computation.indicators_of(self.held).value
    }

    /// What is held, once all structures were handed over.
    pub(crate) fn into_whole(mut self) -> Indicators {
        self.settled();
        self.whole
    }
}
