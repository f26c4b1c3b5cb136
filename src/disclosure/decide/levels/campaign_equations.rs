//! One campaign of one axe at one site: its critères, their sources, the questions in them.

use std::collections::BTreeMap;

use super::hidden_levels::{HiddenLevels, ProtectedMean};
use super::hidden_mean::{HiddenMean, RequiredWidth};
use super::site_view::SiteView;
use super::source_equations::SourceEquations;
use super::used_sources::used_sources;
use crate::disclosure::cleared::Mask;
use crate::disclosure::decide::printed_level::{LevelRange, printed_level};
use crate::figures::{Level, SERIOUS_UNDER};
use crate::stats::feasible::System;
use crate::vocabulary::referentiel::SourceCode;

/// Target of an axe that is not found: the top level.
const NO_TARGET: f64 = 4.0;

/// An unknown, and its weight in a mean.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct WeightedUnknown {
    pub(crate) unknown: usize,
    pub(crate) weight: f64,
}

/// Unknowns of one campaign.
pub(crate) struct CampaignEquations {
    /// Critères with a value, by code.
    pub(crate) criteres: BTreeMap<String, WeightedUnknown>,
    /// Means of the sources that enter them, by code of the critère.
    pub(crate) sources: BTreeMap<(String, SourceCode), WeightedUnknown>,
    /// The axe, when it has a value.
    axe: Option<usize>,
    /// What must stay hidden.
    pub(crate) means: Vec<HiddenMean>,
}

impl CampaignEquations {
    /// Unknowns and equations of the axe, with everything printed of it learnt.
    pub(crate) fn build(
        view: &SiteView,
        hidden: &HiddenLevels,
        axe: &str,
        system: &mut System,
    ) -> Self {
        let mut equations = Self {
            criteres: BTreeMap::new(),
            sources: BTreeMap::new(),
            axe: None,
            means: Vec::new(),
        };
        for position in view.positions(axe) {
            equations.add_critere(view, hidden, *position, system);
        }
        let value = view.value(Level::Axe, axe);
        let target = view.axe(axe).map_or(NO_TARGET, |a| a.cible);
        if let Some(value) = value.filter(|_| !equations.criteres.is_empty()) {
            let mut range = LevelRange::ALL;
            if !hidden.values.contains_key(axe) {
                range = printed_level(value, target).range();
            }
            let whole = system.unknown(range.low, range.high);
            equations.axe = Some(whole);
            let criteres = equations.criteres.values();
            let parts: Vec<(usize, f64)> = criteres.map(|c| (c.unknown, c.weight)).collect();
            system.mean(whole, &parts);
        }
        equations
    }

    /// The axe is also the mean of what both campaigns share and of the rest: said apart, the rest
    /// would follow.
    pub(crate) fn split_axe(&self, shared: &[WeightedUnknown], mean: usize, system: &mut System) {
        let Some(axe) = self.axe else { return };
        let weight: f64 = shared.iter().map(|s| s.weight).sum();
        let rest = self
            .criteres
            .values()
            .filter(|c| !shared.iter().any(|s| s.unknown == c.unknown));
        let parts: Vec<(usize, f64)> = rest
            .map(|c| (c.unknown, c.weight))
            .chain([(mean, weight)])
            .collect();
        system.mean(axe, &parts);
    }

    fn add_critere(
        &mut self,
        view: &SiteView,
        hidden: &HiddenLevels,
        position: usize,
        system: &mut System,
    ) {
        let critere = view.critere(position);
        let Some(value) = view.level(position) else {
            return;
        };
        let unknown = system.unknown(LevelRange::ALL.low, LevelRange::ALL.high);
        let weighted = WeightedUnknown {
            unknown,
            weight: critere.weight,
        };
        self.criteres.insert(critere.code.clone(), weighted);
        if hidden.mask_of(&critere.code).is_none() {
            let said = printed_level(value, critere.cible);
            system.learn(unknown, said.low, said.high);
        }
        let mut parts = Vec::new();
        let mut open = 0.0;
        let mut told = LevelRange {
            low: 0.0,
            high: 0.0,
        };
        for used in used_sources(view, position) {
            let equations = SourceEquations {
                view,
                hidden,
                critere,
                position,
                source: used.source,
            };
            let mean = equations.add_to(system, &mut self.means);
            open += used.weight * mean.open;
            told.low += used.weight * mean.range.low;
            told.high += used.weight * mean.range.high;
            parts.push((mean.unknown, used.weight));
            let own = WeightedUnknown {
                unknown: mean.unknown,
                weight: used.weight,
            };
            let key = (critere.code.clone(), used.source);
            self.sources.insert(key, own);
        }
        if hidden.mask_of(&critere.code) == Some(Mask::Outside) {
            // What printed answers tell by themselves, no level gives away.
            let weight: f64 = parts.iter().map(|p| p.1).sum();
            let serious = LevelRange {
                low: LevelRange::ALL.low.max(told.low / weight),
                high: SERIOUS_UNDER.min(told.high / weight),
            };
            self.hide(unknown, &critere.code, RequiredWidth::Whole(serious));
        }
        if let Some(Mask::TooFew | Mask::NotForAudience) = hidden.mask_of(&critere.code) {
            let weight: f64 = parts.iter().map(|p| p.1).sum();
            let margin = view.margin().min(open / weight);
            self.hide(unknown, &critere.code, RequiredWidth::AtLeast(margin));
        }
        if !parts.is_empty() {
            system.mean(unknown, &parts);
        }
    }

    /// What a change of a critère is the change of: the critère itself, or the mean of the sources that both
    /// campaigns have; none where one of these has no mean here.
    pub(crate) fn compared(
        &self,
        code: &str,
        sources: &[SourceCode],
        system: &mut System,
    ) -> Option<usize> {
        if sources.is_empty() {
            return Some(self.criteres.get(code)?.unknown);
        }
        let own = |source: &SourceCode| {
            let known = self.sources.get(&(code.to_owned(), *source))?;
            Some((known.unknown, known.weight))
        };
        let parts = sources.iter().map(own).collect::<Option<Vec<_>>>()?;
        let mean = system.unknown(LevelRange::ALL.low, LevelRange::ALL.high);
        system.mean(mean, &parts);
        Some(mean)
    }

    fn hide(&mut self, unknown: usize, critere: &str, remains: RequiredWidth) {
        self.means.push(HiddenMean {
            unknown,
            critere: critere.to_owned(),
            mean: ProtectedMean {
                code: critere.to_owned(),
                source: None,
            },
            remains,
        });
    }
}
