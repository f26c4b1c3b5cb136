//! An experiment as a bilan announces it: what was tried, when, since when what is expected is written. Nothing of its
//! results, nothing of its pilots.

use super::ctg_audience::CtgAudience;
use super::ctg_material::CtgMaterial;
use crate::base::day::Day;

/// An experiment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CtgTried {
    /// `EXP1`.
    pub code: String,
    /// Code of its fiche.
    pub fiche: String,
    /// What it is called.
    pub title: String,
    /// First day.
    pub from: Day,
    /// Last day.
    pub to: Day,
    /// Day that what is expected was written.
    pub fixed_on: Option<Day>,
    /// How many accueils carry it.
    pub pilots: usize,
    /// Steps that were planned.
    pub steps: Vec<String>,
}

impl CtgMaterial<'_> {
    /// Experiments begun by the day of the state.
    pub(crate) fn tried(&self, audience: CtgAudience) -> Vec<CtgTried> {
        let begun = self.convention.experiments.iter();
        let begun = begun.filter(|e| e.from <= self.day);
        let tried = begun.map(|e| CtgTried {
            code: e.code.clone(),
            fiche: e.fiche.clone(),
            title: e.title.clone(),
            from: e.from,
            to: e.to,
            fixed_on: e.fixed_on,
            pilots: e.pilots.len(),
            steps: {
                let read = e.steps.iter().filter_map(|s| self.texts.title(s, audience));
                read.collect()
            },
        });
        tried.collect()
    }
}
