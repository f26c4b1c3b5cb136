//! What was masked, where and why: counted in every report, listed before anything is written.

use std::collections::BTreeMap;

use super::figure_place::FigurePlace;
use super::mask::Mask;
use crate::base::text::{SharedText, count, list};
use crate::vocabulary::referentiel::SourceCode;

/// One figure that the audience does not get.
#[derive(Debug, Clone, PartialEq)]
pub struct MaskedCell {
    /// Whose figure.
    pub place: FigurePlace,
    /// Code of the critère, axe, question or activity indicator.
    pub code: SharedText,
    /// Its label.
    pub label: SharedText,
    /// Who answered, when it is about one source.
    pub source: Option<SourceCode>,
    /// Why.
    pub mask: Mask,
    /// What it protects, in words; empty for a figure masked on its own account.
    pub protects: String,
}

/// Everything masked in a delivery, cell by cell.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Masking {
    /// By place, then in the order of the référentiel.
    pub cells: Vec<MaskedCell>,
}

impl Masking {
    /// How many, by reason.
    pub fn by_reason(&self) -> BTreeMap<Mask, usize> {
        let mut counts = BTreeMap::new();
        for cell in &self.cells {
            *counts.entry(cell.mask).or_default() += 1;
        }
        counts
    }

    /// « 12 chiffres sont masqués pour protéger les personnes : 9 (effectif trop faible) et 3 (pour
    /// qu’on ne puisse pas en déduire un autre). »; none when nothing is.
    pub fn summary(&self) -> Option<String> {
        summary(&self.by_reason())
    }
}

/// The sentence of [`Masking::summary`] from counts by reason.
pub fn summary(counts: &BTreeMap<Mask, usize>) -> Option<String> {
    let total: usize = counts.values().sum();
    if total == 0 {
        return None;
    }
    let parts: Vec<String> = counts
        .iter()
        .map(|(mask, n)| format!("{n} ({})", mask.reason()))
        .collect();
    let said = count(total, "chiffre est masqué", "chiffres sont masqués");
    Some(format!(
        "{said} pour protéger les personnes : {}.",
        list(&parts)
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_summary_agrees_in_number() {
        assert_eq!(summary(&BTreeMap::new()), None);
        let one = BTreeMap::from([(Mask::Rare, 1)]);
        assert_eq!(
            summary(&one).expect("a sentence"),
            "1\u{a0}chiffre est masqué pour protéger les personnes : 1 (moins de cinq cas)."
        );
        let many = BTreeMap::from([(Mask::TooFew, 2), (Mask::Derivable, 1)]);
        assert_eq!(
            summary(&many).expect("a sentence"),
            "3\u{a0}chiffres sont masqués pour protéger les personnes : 2 (effectif trop faible) et 1 (permettrait d’en retrouver un autre)."
        );
    }
}
