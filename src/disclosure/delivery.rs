//! A whole delivery cleared at once: what one file hides, another must not give back.

use super::masking::Masking;
use super::sector::{self, ClearedSector};
use super::site::{self, ClearedSite};
use super::territory::{self, ClearedTerritory};
use super::{Audience, Material};
use crate::config::Structure;

/// Everything that one audience may read of one campaign.
#[derive(Debug, Clone)]
pub struct ClearedDelivery {
    /// Who reads.
    pub audience: Audience,
    /// Campaign id.
    pub campagne: String,
    /// Every site, in order of code.
    pub sites: Vec<ClearedSite>,
    /// Every sector by name, for readers of the whole territory.
    pub sectors: Vec<ClearedSector>,
    /// The territory; empty of figures for a team, which reads its own site alone.
    pub territory: ClearedTerritory,
    /// What was masked, and why.
    pub masked: Masking,
}

impl ClearedDelivery {
    /// A site by its code.
    pub fn site(&self, code: &str) -> Option<&ClearedSite> {
        self.sites.iter().find(|s| s.structure == code)
    }
}

/// Clears a delivery. `structures` are all those active in the campaign, in order of code, even
/// when only some of them will be printed: a filtered delivery shows a part of the whole one and
/// nothing else.
pub fn clear_delivery(material: &Material, structures: &[&Structure]) -> ClearedDelivery {
    let codes: Vec<&str> = structures.iter().map(|s| s.code.as_str()).collect();
    let sites: Vec<ClearedSite> = codes.iter().map(|s| site::clear(material, s)).collect();
    let territory = territory::clear(material, &codes, &sites);
    ClearedDelivery {
        audience: material.audience,
        campagne: material.indicators.campagne.clone(),
        sectors: sector::clear(material, structures),
        sites,
        territory,
        masked: Masking::default(),
    }
}
