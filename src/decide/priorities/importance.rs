//! Derived importance: how closely what families say of one critère follows what they say of all
//! the rest (`docs/statistics.md` §7.1). « Lié à la satisfaction », never « cause » ; a safety that
//! nobody doubts varies little and looks unimportant: impératifs do not depend on it.

use std::collections::BTreeMap;

use crate::base::error::Result;
use crate::figures::{FamilyLevels, LEAST_FAMILIES};
use crate::intake::observations::Observations;
use crate::stats::importance::spearman;
use crate::vocabulary::referentiel::Referentiel;

/// Position of the critère → Spearman's ρ between a family's mean on it and its mean on all other
/// questions; empty when too few families answered.
pub type Importance = BTreeMap<usize, f64>;

/// Derives importance from the families' questionnaire of a campaign.
///
/// # Errors
///
/// A store that cannot be read.
pub fn importance(observations: &Observations, referentiel: &Referentiel) -> Result<Importance> {
    let families = FamilyLevels::of(observations, referentiel)?;
    Ok(importance_of(&families, referentiel))
}

/// Derives importance from what families said.
pub(crate) fn importance_of(families: &FamilyLevels, referentiel: &Referentiel) -> Importance {
    let mut found = Importance::new();
    for critere in 0..referentiel.criteres.len() {
        let means = families.means(critere);
        let pairs: Vec<(f64, f64)> = means.iter().map(|m| (m.own, m.rest)).collect();
        if pairs.len() >= LEAST_FAMILIES
            && let Ok(rho) = spearman(&pairs)
        {
            found.insert(critere, rho);
        }
    }
    found
}
