//! What may be shown of one sector.

use std::collections::BTreeMap;

use super::cleared_distribution::ClearedDistribution;
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
