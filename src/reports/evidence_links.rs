//! Whether a page tells what a critère rests on, and where on it.

use crate::disclosure::{ClearedDistribution, ClearedFigure, ClearedSite};
use crate::vocabulary::referentiel::Referentiel;

/// The anchor of what a critère rests on.
pub(super) fn anchor(code: &str) -> String {
    format!("preuve-{code}")
}

/// Whether anything of what a critère rests on may be told.
pub(super) fn is_told(site: &ClearedSite, f: &ClearedFigure, r: &Referentiel) -> bool {
    site.ratings.iter().any(|rating| rating.critere == f.code)
        || questions(site, &f.code, r).next().is_some()
}

/// Questions whose answers enter a critère.
pub(super) fn questions<'a>(
    site: &'a ClearedSite,
    code: &'a str,
    r: &'a Referentiel,
) -> impl Iterator<Item = &'a ClearedDistribution> {
    site.distributions.values().flatten().filter(move |q| {
        let critere = r.element(&q.code).map(|e| r.elements[e].critere);
        critere.is_some_and(|c| r.criteres[c].code == code)
    })
}
