//! What was masked, where and why: counted in every report, listed before anything is written.

use std::collections::BTreeMap;

use super::activity;
use super::delivery::Masks;
use super::distribution::ClearedDistribution;
use super::figure::ClearedFigure;
use super::ground::Ground;
use super::sector::ClearedSector;
use super::site::ClearedSite;
use super::territory::ClearedTerritory;
use super::tree::Node;
use super::{Mask, Shown};
use crate::base::text::{count, list};
use crate::vocabulary::referentiel::SourceCode;

/// Whose figure.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Place {
    /// One site, by code.
    Site(String),
    /// One sector, by name.
    Sector(String),
    /// The whole territory.
    Territory,
}

impl Place {
    /// What a person reads.
    pub fn words(&self) -> String {
        match self {
            Self::Site(code) => code.clone(),
            Self::Sector(name) => format!("secteur {name}"),
            Self::Territory => "territoire".to_owned(),
        }
    }
}

/// One figure that the audience does not get.
#[derive(Debug, Clone, PartialEq)]
pub struct MaskedCell {
    /// Whose figure.
    pub place: Place,
    /// Code of the critère, axe, question or activity indicator.
    pub code: String,
    /// Its label.
    pub label: String,
    /// Who answered, when it is about one source.
    pub source: Option<SourceCode>,
    /// Why.
    pub mask: Mask,
    /// What it protects, in words; empty for a figure masked on its own account.
    pub protects: String,
}

/// Everything masked in a delivery.
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

/// What is masked of a site.
pub(super) fn of_site(
    ground: &Ground,
    masks: &Masks,
    site: usize,
    cleared: &ClearedSite,
) -> Vec<MaskedCell> {
    let place = Place::Site(cleared.structure.clone());
    let veil = &masks.veils[site];
    let levels = cleared.criteres.iter().map(|(_, f)| f).chain(&cleared.axes);
    let mut cells: Vec<MaskedCell> = Vec::new();
    for f in levels {
        if let Some(Shown::Masked(mask)) = f.value {
            let protects = veil.values.get(&f.code).map(|v| v.1.clone());
            cells.push(level_cell(&place, f, mask, &protects.unwrap_or_default()));
        } else if let Some(protects) = veil.changes.get(&f.code) {
            let mut cell = level_cell(&place, f, Mask::Derivable, protects);
            cell.label = format!("{} : évolution", f.label);
            cells.push(cell);
        }
    }
    for a in &cleared.activities {
        if let Some(Shown::Masked(mask)) = a.value {
            let counted = activity::counts(&a.code).filter(|_| mask == Mask::Derivable);
            let sites = counted.map_or(&[][..], |source| {
                masks.answers.return_protects(source, Node::Site(site))
            });
            cells.push(MaskedCell {
                place: place.clone(),
                code: a.code.clone(),
                label: a.label.clone(),
                source: None,
                mask,
                protects: codes(ground, sites),
            });
        }
    }
    let questions = cleared.distributions.values().flatten();
    cells.extend(answers(
        ground,
        masks,
        (&place, Node::Site(site)),
        questions,
    ));
    cells
}

fn codes(ground: &Ground, sites: &[usize]) -> String {
    let codes: Vec<&str> = sites
        .iter()
        .map(|s| ground.structures[*s].code.as_str())
        .collect();
    list(&codes)
}

fn level_cell(place: &Place, f: &ClearedFigure, mask: Mask, protects: &str) -> MaskedCell {
    MaskedCell {
        place: place.clone(),
        code: f.code.clone(),
        label: f.label.clone(),
        source: None,
        mask,
        protects: protects.to_owned(),
    }
}

fn answers<'a>(
    ground: &Ground,
    masks: &Masks,
    (place, node): (&Place, Node),
    questions: impl Iterator<Item = &'a ClearedDistribution>,
) -> Vec<MaskedCell> {
    let masked = questions.filter_map(|q| Some((q, q.shares.as_ref().err()?)));
    masked
        .map(|(q, mask)| {
            let element = ground.material.referentiel.element(&q.code);
            let sites = element.map_or(&[][..], |e| masks.answers.protects(e, node));
            MaskedCell {
                place: place.clone(),
                code: q.code.clone(),
                label: q.label.clone(),
                source: Some(q.source),
                mask: *mask,
                protects: codes(ground, sites),
            }
        })
        .collect()
}

/// What is masked of a whole delivery.
pub(super) fn of_delivery(
    ground: &Ground,
    masks: &Masks,
    (sites, sectors, territory): (&[ClearedSite], &[ClearedSector], &ClearedTerritory),
) -> Masking {
    let mut cells = Vec::new();
    for (position, site) in sites.iter().enumerate() {
        cells.extend(of_site(ground, masks, position, site));
    }
    for (position, sector) in sectors.iter().enumerate() {
        let place = Place::Sector(sector.secteur.clone());
        let questions = sector.distributions.values().flatten();
        cells.extend(answers(
            ground,
            masks,
            (&place, Node::Sector(position)),
            questions,
        ));
    }
    let questions = territory.distributions.values().flatten();
    let whole = (&Place::Territory, Node::Territory);
    cells.extend(answers(ground, masks, whole, questions));
    let r = ground.material.referentiel;
    let silent = r.axes.iter().filter(|a| territory.silent.contains(&a.code));
    cells.extend(silent.map(|axe| MaskedCell {
        place: Place::Territory,
        code: axe.code.clone(),
        label: format!("{} : évolution", axe.label),
        source: None,
        mask: Mask::Derivable,
        protects: String::new(),
    }));
    Masking { cells }
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
