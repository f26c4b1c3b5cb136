//! Éléments by their position in the référentiel that an import was read with: what `element` means
//! in its tables.

use std::collections::HashMap;

use crate::vocabulary::referentiel::Referentiel;

/// Codes of éléments, by position.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct ElementCodes {
    codes: Vec<String>,
    positions: HashMap<String, u32>,
}

impl ElementCodes {
    /// Those of a référentiel, in its order.
    pub(crate) fn of(referentiel: &Referentiel) -> Self {
        referentiel
            .elements
            .iter()
            .map(|e| e.code.clone())
            .collect()
    }

    /// Code at a position.
    pub(crate) fn code(&self, position: u32) -> Option<&str> {
        self.codes.get(position as usize).map(String::as_str)
    }

    /// Position of a code, as the référentiel writes it.
    pub(crate) fn position(&self, code: &str) -> Option<u32> {
        self.positions.get(code).copied()
    }

    /// All of them, in order.
    pub(crate) fn all(&self) -> &[String] {
        &self.codes
    }

    /// Where each élément stands in another référentiel, by its code; none where it is no more.
    pub(crate) fn positions_in(&self, referentiel: &Referentiel) -> Vec<Option<usize>> {
        self.codes
            .iter()
            .map(|code| referentiel.element(code))
            .collect()
    }
}

impl FromIterator<String> for ElementCodes {
    /// A code met again keeps its first position.
    fn from_iter<I: IntoIterator<Item = String>>(codes: I) -> Self {
        let mut all = Self::default();
        for code in codes {
            if !all.positions.contains_key(&code) {
                all.positions.insert(code.clone(), all.codes.len() as u32);
                all.codes.push(code);
            }
        }
        all
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::vocabulary::referentiel::{embedded_v1, parse};

    #[test]
    fn positions_are_those_of_the_referentiel_or_are_found_by_code() {
        let v1 = parse("v1", embedded_v1()).expect("the référentiel");
        let codes = ElementCodes::of(&v1);
        assert_eq!(codes.all().len(), v1.elements.len());
        for (position, element) in v1.elements.iter().enumerate() {
            assert_eq!(codes.position(&element.code), Some(position as u32));
            assert_eq!(codes.code(position as u32), Some(element.code.as_str()));
        }
        let second = v1.elements[1].code.clone();
        let other: ElementCodes = [second, "REL-99-OBS-9".to_owned()].into_iter().collect();
        assert_eq!(other.positions_in(&v1), [Some(1), None]);
    }
}
