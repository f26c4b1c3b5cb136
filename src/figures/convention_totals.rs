//! What the convention asks of the whole territory (O1–O3): the counts of its accueils added up, so that a small
//! accueil weighs what it is.

use super::figure::{Figure, FigureStatus};
use super::figure_level::Level;
use super::figure_slots::Slots;
use super::indicators::Indicators;
use crate::base::text::SharedText;
use crate::vocabulary::referentiel::ActivityCode;

/// One figure each, of all the structures of a campaign: no structure's, and so not among the others.
pub fn convention(indicators: &Indicators) -> Vec<Figure> {
    let mut totals = ConventionTotals::default();
    totals.add(indicators.figures());
    totals.figures(indicators.slots())
}

/// Counts added up, accueil after accueil.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct ConventionTotals {
    /// Numerator and denominator, in the order of [`ActivityCode::OF_CONVENTION`].
    counts: [(usize, usize); ActivityCode::OF_CONVENTION.len()],
}

impl ConventionTotals {
    /// Adds what figures say; those without a value count for nothing.
    pub(crate) fn add(&mut self, figures: &[Figure]) {
        let own = figures.iter().filter(|f| f.level == Level::Activite);
        for figure in own.filter(|f| f.value.is_some()) {
            let all = ActivityCode::OF_CONVENTION.iter().zip(&mut self.counts);
            for (_, (n, of)) in all.filter(|(code, _)| figure.code == *code.as_str()) {
                *n += figure.n;
                *of += figure.expected;
            }
        }
    }

    /// One figure each, of no structure.
    pub(super) fn figures(&self, slots: &Slots) -> Vec<Figure> {
        let territory = SharedText::from("");
        let all = ActivityCode::OF_CONVENTION.iter().zip(self.counts);
        all.filter_map(|(code, (n, of))| {
            let position = ActivityCode::all().position(|known| known == *code)?;
            let status = if of > 0 {
                FigureStatus::Ok
            } else {
                FigureStatus::NonCalculable
            };
            let slot = slots.plain(Level::Activite, position);
            let mut figure = Figure::new(&territory, Level::Activite, slot, status);
            figure.value = (of > 0).then(|| n as f64 / of as f64);
            (figure.n, figure.expected) = (n, of);
            Some(figure)
        })
        .collect()
    }
}
