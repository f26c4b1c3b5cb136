//! What may be shown of one sector: answers of its sites together.

use super::clear_distribution::clear_distributions;
use super::clearing::Clearing;
use crate::disclosure::cleared::ClearedSector;
use crate::disclosure::decide::AnswerGroup;
use crate::vocabulary::Audience;

/// Sectors by name, for elected people and partners; a site without sector is in none.
pub(crate) fn clear_sectors(clearing: &Clearing) -> Vec<ClearedSector> {
    let audience = clearing.input.audience;
    if !matches!(audience, Audience::Elus | Audience::Renouvellement) {
        return Vec::new();
    }
    let figures = clearing.figures;
    let names = figures.sectors.iter().enumerate();
    names
        .map(|(position, name)| {
            let members = figures.structures.iter().filter(|s| s.secteur == *name);
            ClearedSector {
                secteur: (*name).to_owned(),
                structures: members.map(|s| s.code.clone()).collect(),
                distributions: clear_distributions(clearing, AnswerGroup::Sector(position)),
            }
        })
        .collect()
}
