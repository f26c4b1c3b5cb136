//! What may be shown of one sector: answers of its sites together.

use std::collections::BTreeMap;

use super::Material;
use super::distribution::{self, ClearedDistribution};
use crate::config::Structure;
use crate::referentiel::SourceCode;

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

/// Sectors by name; a site without sector is in none.
pub(super) fn clear(material: &Material, structures: &[&Structure]) -> Vec<ClearedSector> {
    if !material.audience.reads_all_sites() {
        return Vec::new();
    }
    let mut sectors: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for s in structures.iter().filter(|s| !s.secteur.is_empty()) {
        sectors.entry(&s.secteur).or_default().push(&s.code);
    }
    let least = material.thresholds.territoire;
    sectors
        .into_iter()
        .map(|(name, codes)| ClearedSector {
            secteur: name.to_owned(),
            distributions: [SourceCode::Fam, SourceCode::Enf, SourceCode::Eqp]
                .into_iter()
                .map(|s| (s, distribution::clear(material, s, &codes, least)))
                .filter(|(_, d)| !d.is_empty())
                .collect(),
            structures: codes.into_iter().map(str::to_owned).collect(),
        })
        .collect()
}
