//! What may be shown of one sector: answers of its sites together.

use std::collections::BTreeMap;

use super::Audience;
use super::delivery::Masks;
use super::distribution::{self, ClearedDistribution};
use super::ground::Ground;
use super::tree::Node;
use crate::vocabulary::referentiel::SourceCode;

/// A sector, cleared.
#[derive(Debug, Clone, PartialEq)]
pub struct ClearedSector {
    /// Its name in the registry.
    pub secteur: String,
    /// Codes of its sites, in order.
    pub structures: Vec<String>,
    /// Answers of its families, children and staff.
    pub distributions: BTreeMap<SourceCode, Vec<ClearedDistribution>>,
}

/// Sectors by name, for elected people and partners; a site without sector is in none.
pub(super) fn clear(ground: &Ground, masks: &Masks) -> Vec<ClearedSector> {
    let audience = ground.material.audience;
    if !matches!(audience, Audience::Elus | Audience::Renouvellement) {
        return Vec::new();
    }
    let names = ground.sectors.iter().enumerate();
    let sector = |(position, name): (usize, &&str)| {
        let inside = ground.structures.iter().filter(|s| s.secteur == *name);
        ClearedSector {
            secteur: (*name).to_owned(),
            structures: inside.map(|s| s.code.clone()).collect(),
            distributions: distribution::all(ground, &masks.answers, Node::Sector(position)),
        }
    };
    names.map(sector).collect()
}
