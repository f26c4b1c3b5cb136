//! Derived importance: how closely what families say of one critère follows what they say of all
//! the rest (`docs/statistics.md` §7.1). « Lié à la satisfaction », never « cause » ; a safety that
//! nobody doubts varies little and looks unimportant: impératifs do not depend on it.

use std::collections::BTreeMap;

use crate::base::error::Result;
use crate::figures::{FamilyLevels, LEAST_FAMILIES};
use crate::intake::observations::Observations;
use crate::stats::importance::{CountedPair, spearman};
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
    Ok(importance_of(&FamilyLevels::of(observations, referentiel)?))
}

/// Derives importance from what families said.
pub(crate) fn importance_of(families: &FamilyLevels) -> Importance {
    let mut found = Importance::new();
    for (critere, means) in families.means() {
        let answered: u64 = means.iter().map(|m| m.families).sum();
        let pairs = means.iter().map(|m| CountedPair {
            x: m.own,
            y: m.rest,
            count: m.families,
        });
        let pairs: Vec<CountedPair> = pairs.collect();
        if answered >= LEAST_FAMILIES
            && let Ok(rho) = spearman(&pairs)
        {
            found.insert(critere, rho);
        }
    }
    found
}
