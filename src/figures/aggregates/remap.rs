//! Positions of another territory's référentiel in ours: a critère is the same in both iff its
//! canonical hash is, and then so are its éléments.

use super::Partials;
use crate::vocabulary::referentiel::Referentiel;

/// Where positions of one référentiel stand in another.
pub(crate) struct Remap {
    elements: Vec<Option<u32>>,
    criteres: Vec<Option<u32>>,
    /// Codes of the critères that are not the same, in order.
    pub different: Vec<String>,
}

impl Remap {
    /// From theirs to ours.
    pub(crate) fn between(theirs: &Referentiel, ours: &Referentiel) -> Self {
        let mut remap = Self {
            elements: vec![None; theirs.elements.len()],
            criteres: Vec::new(),
            different: Vec::new(),
        };
        for critere in &theirs.criteres {
            let same = ours
                .critere(&critere.code)
                .filter(|c| ours.criteres[*c].hash == critere.hash);
            remap.criteres.push(same.map(|c| c as u32));
            if same.is_none() {
                remap.different.push(critere.code.clone());
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
        let families = partials.families.iter().filter_map(|row| {
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
