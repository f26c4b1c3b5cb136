//! The axes of the Plan mercredi as the page of the territory counts them, accueil by accueil, then critère by critère.

use std::fmt::Write;

use crate::base::text::{count, list};
use crate::disclosure::{CharterCount, CharterStand, ClearedDelivery};
use crate::vocabulary::config::Structure;
use crate::vocabulary::referentiel::Referentiel;

/// Every count of the page, with the accueils at the target of each critère.
pub(super) fn charter_counts(
    delivery: &ClearedDelivery,
    structures: &[&Structure],
    r: &Referentiel,
) -> String {
    let organiser = &delivery.territory.organiser;
    let sites = delivery.sites.iter().filter_map(|site| {
        let mut all = structures.iter();
        let structure = all.find(|s| s.code == site.structure)?;
        structure
            .is_of_plan_mercredi()
            .then_some((site, structure.kind))
    });
    let sites: Vec<_> = sites.collect();
    let mut text = format!(
        "{} du Plan mercredi. Critères à leur objectif, sur ceux dont le niveau est montré :\n",
        count(sites.len(), "accueil", "accueils")
    );
    for (axe, rank) in r.charter.iter().zip(1..) {
        let mut total = CharterCount::default();
        let _ = writeln!(text, "  Axe {rank}, {}", axe.label);
        for (site, kind) in &sites {
            let own = CharterCount::of_axe(axe, site, organiser, (r, *kind));
            total.reached += own.reached;
            total.known += own.known;
            let _ = writeln!(
                text,
                "    {} : {} sur {}",
                site.structure, own.reached, own.known
            );
        }
        let _ = writeln!(text, "    ensemble : {} sur {}", total.reached, total.known);
        for critere in &axe.criteres {
            let at = |own: &&(_, _)| CharterStand::at(*critere, own.0, organiser, (r, own.1));
            let counted = CharterCount::of(sites.iter().map(|own| at(&own)));
            let reached = sites.iter().filter(|own| at(own) == CharterStand::Reached);
            let named: Vec<String> = reached.map(|(site, _)| site.structure.clone()).collect();
            let said = if named.is_empty() {
                "aucun".to_owned()
            } else {
                list(&named)
            };
            let _ = writeln!(
                text,
                "    {} : {} sur {} ({said})",
                r.criteres[*critere].code, counted.reached, counted.known
            );
        }
    }
    text
}
