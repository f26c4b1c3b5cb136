//! Positions of another territory's référentiel in ours: a critère is the same in both iff its
//! canonical hash is, and then so are its éléments.

use super::Partials;
use crate::vocabulary::referentiel::{Critere, Referentiel, SourceCode};

/// Where positions of one référentiel stand in another.
pub(crate) struct Remap {
    elements: Vec<Option<u32>>,
    criteres: Vec<Option<u32>>,
    /// Codes of the critères that are not the same, in order.
    pub different: Vec<String>,
    /// Whether what families said of a critère and of all the rest may be added: not once the rest holds
    /// a critère that is not the same, which cannot be taken out of a sum.
    pub adds_families: bool,
}

impl Remap {
    /// From theirs to ours.
    pub(crate) fn between(theirs: &Referentiel, ours: &Referentiel) -> Self {
        let mut remap = Self {
            elements: vec![None; theirs.elements.len()],
            criteres: Vec::new(),
            different: Vec::new(),
            adds_families: true,
        };
        for critere in &theirs.criteres {
            let same = ours
                .critere(&critere.code)
                .filter(|c| ours.criteres[*c].hash == critere.hash);
            remap.criteres.push(same.map(|c| c as u32));
            if same.is_none() {
                remap.different.push(critere.code.clone());
                remap.adds_families &= !do_families_speak(theirs, critere);
                continue;
            }
            for element in &critere.elements {
                let position = ours.element(&theirs.elements[*element].code);
                remap.elements[*element] = position.map(|p| p as u32);
            }
        }
        remap
    }

    /// The same partials under our positions; what is not the same is left out.
    pub(crate) fn of(&self, partials: &Partials) -> Partials {
        let at = |positions: &[Option<u32>], position: u32| {
            positions.get(position as usize).copied().flatten()
        };
        let elements = partials.elements.iter().filter_map(|row| {
            let element = at(&self.elements, row.element)?;
            Some(super::ElementTally { element, ..*row })
        });
        let modalities = partials.modalities.iter().filter_map(|row| {
            let element = at(&self.elements, row.element)?;
            Some(super::ModalityCount { element, ..*row })
        });
        let criteres = partials.criteres.iter().filter_map(|row| {
            let critere = at(&self.criteres, row.critere)?;
            Some(super::CritereRespondents { critere, ..*row })
        });
        let families = partials.families.iter().filter(|_| self.adds_families);
        let families = families.filter_map(|row| {
            let critere = at(&self.criteres, row.critere)?;
            Some(super::FamilyPairs { critere, ..*row })
        });
        let masked = partials.masked.iter().filter_map(|row| {
            let element = at(&self.elements, row.element)?;
            Some(super::MaskedCell { element, ..*row })
        });
        Partials {
            masked: masked.collect(),
            elements: elements.collect(),
            modalities: modalities.collect(),
            criteres: criteres.collect(),
            respondents: partials.respondents.clone(),
            grids: partials.grids.clone(),
            families: families.collect(),
        }
    }
}

/// Whether families give levels to a critère.
fn do_families_speak(referentiel: &Referentiel, critere: &Critere) -> bool {
    let elements = critere.elements.iter().map(|e| &referentiel.elements[*e]);
    let mut of_families = elements.filter(|e| e.source == SourceCode::Fam);
    of_families.any(|e| referentiel.scales[e.scale].converted)
}
