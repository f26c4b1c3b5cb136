//! A whole delivery cleared at once: what one file hides, another must not give back.

use rayon::prelude::*;

use super::answers::Answers;
use super::ground::Ground;
use super::ledger::Ledger;
use super::levels::{self, Veil};
use super::masking::{self, Masking};
use super::sector::{self, ClearedSector};
use super::site::{self, ClearedSite};
use super::territory::{self, ClearedTerritory};
use super::{Audience, Material, activity};
use crate::config::{Structure, Thresholds};

/// Everything that one audience may read of one campaign.
#[derive(Debug, Clone)]
pub struct ClearedDelivery {
    /// Who reads.
    pub audience: Audience,
    /// Campaign id.
    pub campagne: String,
    /// Every site, in order of code.
    pub sites: Vec<ClearedSite>,
    /// Every sector by name, for elected people and partners.
    pub sectors: Vec<ClearedSector>,
    /// The territory; empty of figures for a team, which reads its own site alone.
    pub territory: ClearedTerritory,
    /// What was masked, and why.
    pub masked: Masking,
    /// What it rests on, for the log of deliveries alone.
    pub(super) ledger: Ledger,
}

impl ClearedDelivery {
    /// A site by its code.
    pub fn site(&self, code: &str) -> Option<&ClearedSite> {
        self.sites.iter().find(|s| s.structure == code)
    }
}

/// Decisions of one clearance.
pub(super) struct Masks {
    pub thresholds: Thresholds,
    pub answers: Answers,
    /// Levels, in the order of the structures.
    pub veils: Vec<Veil>,
}

impl Masks {
    fn of(ground: &Ground, thresholds: Thresholds, base: Option<&Self>) -> Self {
        let answers = Answers::of(ground, &thresholds, base.map(|b| &b.answers));
        let veils = (0..ground.structures.len())
            .into_par_iter()
            .map(|site| {
                let codes = activity::printed_codes(ground, (&thresholds, &answers), site);
                let earlier = base.map(|b| &b.veils[site]);
                levels::of(ground, &thresholds, &answers, (site, &codes), earlier)
            })
            .collect();
        Self {
            thresholds,
            answers,
            veils,
        }
    }
}

/// Clears a delivery. `structures` are all those active in the campaign, in order of code, even
/// when only some of them will be printed: a filtered delivery shows a part of the whole one and
/// nothing else.
pub fn clear_delivery(material: &Material, structures: &[&Structure]) -> ClearedDelivery {
    let ground = Ground::new(material, structures);
    let base = material.also.map(|t| Masks::of(&ground, t, None));
    let masks = Masks::of(&ground, material.thresholds, base.as_ref());
    let sites: Vec<ClearedSite> = (0..structures.len())
        .into_par_iter()
        .map(|site| site::clear(&ground, &masks, site))
        .collect();
    let sectors = sector::clear(&ground, &masks);
    let mut territory = ClearedTerritory::default();
    if material.audience.reads_all_sites() {
        territory = territory::clear(&ground, &masks, &sites);
    }
    let masked = masking::of_delivery(&ground, &masks, (&sites, &sectors, &territory));
    territory.masked = masked.by_reason();
    ClearedDelivery {
        audience: material.audience,
        campagne: material.indicators.campagne.clone(),
        sites,
        sectors,
        territory,
        masked,
        ledger: Ledger::of(&ground, &masks),
    }
}
