//! A whole delivery cleared at once.

use rayon::prelude::*;

use super::by_structure::SiteMaterial;
use super::clear_sector::clear_sectors;
use super::clear_site::clear_site;
use super::clear_territory::clear_territory;
use super::clear_words::screen_of;
use super::clearance_input::ClearanceInput;
use super::clearing::Clearing;
use super::gather_exact::gather_exact;
use super::list_masked::{count_masked, list_masked};
use crate::disclosure::cleared::{ClearedDelivery, ClearedSite, ClearedTerritory, Masking};
use crate::disclosure::decide::{Audit, audit_readers, decide};
use crate::vocabulary::config::Structure;

/// Clears a delivery. `structures` are all those active in the campaign, in order of code, even
/// when only some of them will be printed: a filtered delivery shows a part of the whole one and
/// nothing else. For an audience that reads no site beside another, they may be some of them: each
/// site's masking stands alone.
pub fn clear_delivery(input: &ClearanceInput, structures: &[&Structure]) -> ClearedDelivery {
    clear_with(input, structures, delivered)
}

/// The same, and the list of what is masked in it.
pub(crate) fn clear_listing(
    input: &ClearanceInput,
    structures: &[&Structure],
) -> (ClearedDelivery, Masking) {
    clear_with(input, structures, |clearing| {
        let delivery = delivered(clearing);
        let masked = list_masked(clearing, &delivery);
        (delivery, masked)
    })
}

/// Decides once on a whole campaign, and hands the decisions over.
pub(crate) fn clear_with<T>(
    input: &ClearanceInput,
    structures: &[&Structure],
    clear: impl FnOnce(&Clearing) -> T,
) -> T {
    let figures = input.figures(structures);
    let before = input.earlier_figures();
    let decided = decide(&figures, &input.readers(), before.as_ref(), input.decided);
    clear(&Clearing {
        input,
        figures: &figures,
        decisions: &decided.now,
        earlier: before.as_ref().zip(decided.before.as_deref()),
        screen: input.decided.screen_or(|| screen_of(input)),
        material: &SiteMaterial::of(input),
    })
}

/// The delivery that decisions make.
pub(crate) fn delivered(clearing: &Clearing) -> ClearedDelivery {
    let input = clearing.input;
    let sites: Vec<ClearedSite> = (0..clearing.figures.structures.len())
        .into_par_iter()
        .map(|site| clear_site(clearing, site))
        .collect();
    let sectors = clear_sectors(clearing);
    let mut territory = ClearedTerritory::default();
    if input.audience.reads_all_sites() {
        territory = clear_territory(clearing, &sites);
    }
    territory.masked = count_masked(clearing, &sites, &sectors, &territory);
    ClearedDelivery {
        audience: input.audience,
        campagne: input.indicators.campagne.clone(),
        sites,
        sectors,
        territory,
        exact: gather_exact(clearing),
    }
}

/// Audits a delivery before it is made: whether all that each of its readers gets gives back what is
/// hidden from them, every equation taken at once.
pub fn audit(input: &ClearanceInput, structures: &[&Structure]) -> Audit {
    let figures = input.figures(structures);
    let before = input.earlier_figures();
    audit_readers(&figures, &input.readers(), before.as_ref(), input.decided)
}
