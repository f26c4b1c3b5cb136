//! A whole delivery cleared at once: what one file hides, another must not give back.

use std::collections::BTreeSet;

use rayon::prelude::*;

use super::answers::Answers;
use super::ground::Ground;
use super::ledger::Ledger;
use super::levels::{self, Veil, View};
use super::masking::{self, Masking};
use super::sector::{self, ClearedSector};
use super::site::{self, ClearedSite};
use super::territory::{self, ClearedTerritory};
use super::{Audience, Material, activity};
use crate::vocabulary::config::{Structure, Thresholds};

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
    /// Activity indicators printed, in the order of the structures.
    pub activities: Vec<BTreeSet<&'static str>>,
    /// Levels, in the order of the structures.
    pub veils: Vec<Veil>,
}

impl Masks {
    /// Decides on this campaign, knowing what was delivered of the one before. `base` holds what
    /// other readers are not shown.
    fn of(
        ground: &Ground,
        thresholds: Thresholds,
        base: Option<&Self>,
        before: Option<(&Ground, &Self)>,
    ) -> Self {
        let answers = Answers::of(ground, &thresholds, base.map(|b| &b.answers));
        let sites = 0..ground.structures.len();
        let codes = |s| activity::printed_codes(ground, (&thresholds, &answers), s);
        let activities = sites.map(codes).collect();
        let mut masks = Self {
            thresholds,
            answers,
            activities,
            veils: Vec::new(),
        };
        masks.veils = (0..ground.structures.len())
            .into_par_iter()
            .map(|site| {
                let now = View::of(ground, &masks, site);
                let then = before.and_then(|(ground, masks)| {
                    let code = &now.code;
                    let site = ground.structures.iter().position(|s| s.code == *code)?;
                    Some((View::of(ground, masks, site), &masks.veils[site]))
                });
                levels::of(ground, &now, then.as_ref(), base.map(|b| &b.veils[site]))
            })
            .collect();
        masks
    }

    /// Both readers' decisions, this audience's last.
    fn both(
        ground: &Ground,
        before: Option<(&Ground, &(Option<Self>, Self))>,
    ) -> (Option<Self>, Self) {
        let material = ground.material;
        let theirs = before.and_then(|(g, (base, _))| Some((g, base.as_ref()?)));
        let base = material.also.map(|t| Self::of(ground, t, None, theirs));
        let own = before.map(|(g, (_, own))| (g, own));
        let masks = Self::of(ground, material.thresholds, base.as_ref(), own);
        (base, masks)
    }
}

/// Clears a delivery. `structures` are all those active in the campaign, in order of code, even
/// when only some of them will be printed: a filtered delivery shows a part of the whole one and
/// nothing else.
pub fn clear_delivery(material: &Material, structures: &[&Structure]) -> ClearedDelivery {
    let ground = Ground::new(material, structures);
    let earlier = material.earlier();
    let former = earlier
        .as_ref()
        .map(|(m, structures)| Ground::new(m, structures));
    let delivered = former.as_ref().map(|g| Masks::both(g, None));
    let before = former.as_ref().zip(delivered.as_ref());
    let (_, masks) = Masks::both(&ground, before);
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
