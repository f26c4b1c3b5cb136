//! The questionnaires of a structure added up, whatever file or tool they came by.

use std::collections::BTreeMap;

use super::aggregates::{
    CritereRespondents, ElementTally, ModalityCount, Partials, Tally, UnitRespondents,
};
use crate::base::error::Result;
use crate::vocabulary::referentiel::StructureType;

/// A questionnaire of a structure: where its partials go.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Carrier {
    pub(super) import: usize,
    pub(super) unit: u32,
}

/// Partials of one questionnaire of a structure, whatever file they came by.
#[derive(Debug, Default)]
pub(super) struct Questionnaire {
    pub(super) tallies: BTreeMap<u32, Tally>,
    modalities: BTreeMap<ModalityPlace, u32>,
    criteres: BTreeMap<CriterePlace, u32>,
    respondents: u32,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct ModalityPlace {
    element: u32,
    modality: u32,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct CriterePlace {
    critere: u32,
    types: u8,
}

impl Questionnaire {
    /// Respondents with a scored answer to a critère, of éléments that apply to a type of structure.
    pub(super) fn respondents_of(&self, critere: u32, kind: Option<StructureType>) -> usize {
        let own = self.criteres.iter().filter(|(p, _)| p.critere == critere);
        let bit = kind.map(|kind| 1_u8 << kind as u8);
        let apply = own.filter(|(p, _)| bit.is_none_or(|bit| p.types & bit != 0));
        apply.map(|(_, n)| *n as usize).sum()
    }

    /// Where nobody gave a level, how many did not know is nobody's figure.
    pub(super) fn silence_the_unsure(&mut self) {
        for tally in self.tallies.values_mut().filter(|t| t.scored == 0) {
            (tally.nc, tally.nsp) = (0, 0);
        }
    }

    /// Leaves the number of answers alone; gives what they said.
    pub(super) fn mask(&mut self, element: u32) -> Option<Tally> {
        let tally = self.tallies.get_mut(&element)?;
        let said = *tally;
        *tally = Tally {
            scored: said.scored,
            all: said.scored,
            ..Tally::default()
        };
        self.modalities.retain(|place, _| place.element != element);
        Some(said)
    }

    pub(super) fn put(self, unit: u32, kept: &mut Partials) {
        let tallies = self.tallies.into_iter();
        kept.elements
            .extend(tallies.map(|(element, tally)| ElementTally {
                unit,
                element,
                tally,
            }));
        let modalities = self.modalities.into_iter();
        kept.modalities
            .extend(modalities.map(|(place, count)| ModalityCount {
                unit,
                element: place.element,
                modality: place.modality,
                count,
            }));
        let criteres = self.criteres.into_iter();
        kept.criteres
            .extend(criteres.map(|(place, respondents)| CritereRespondents {
                unit,
                critere: place.critere,
                types: place.types,
                respondents,
            }));
        kept.respondents.push(UnitRespondents {
            unit,
            respondents: self.respondents,
        });
    }
}

/// Adds partials of the units that a questionnaire takes in.
///
/// # Errors
///
/// Counts that no whole number holds.
pub(super) fn add_questionnaires(
    all: &mut BTreeMap<Carrier, Questionnaire>,
    partials: &Partials,
    carrier: &dyn Fn(u32) -> Option<Carrier>,
) -> Result<()> {
    for row in &partials.elements {
        if let Some(place) = carrier(row.unit) {
            let tallies = &mut all.entry(place).or_default().tallies;
            tallies.entry(row.element).or_default().add(&row.tally)?;
        }
    }
    for row in &partials.modalities {
        if let Some(place) = carrier(row.unit) {
            let modality = ModalityPlace {
                element: row.element,
                modality: row.modality,
            };
            let counts = &mut all.entry(place).or_default().modalities;
            *counts.entry(modality).or_default() += row.count;
        }
    }
    for row in &partials.criteres {
        if let Some(place) = carrier(row.unit) {
            let critere = CriterePlace {
                critere: row.critere,
                types: row.types,
            };
            let counts = &mut all.entry(place).or_default().criteres;
            *counts.entry(critere).or_default() += row.respondents;
        }
    }
    for row in &partials.respondents {
        if let Some(place) = carrier(row.unit) {
            all.entry(place).or_default().respondents += row.respondents;
        }
    }
    Ok(())
}
