//! Derived importance: how closely what families say of one critère follows what they say of all
//! the rest (statistics.md 7.1). « Lié à la satisfaction », never « cause » ; a safety that nobody
//! doubts varies little and looks unimportant: impératifs do not depend on it.

use std::collections::BTreeMap;

use crate::base::error::Result;
use crate::figures::reliability::read;
use crate::intake::observations::Observations;
use crate::stats::importance::spearman;
use crate::vocabulary::referentiel::{Referentiel, SourceCode};

/// Families needed before anything is derived.
pub const LEAST: usize = 50;

/// Position of the critère → Spearman's ρ between a family's mean on it and its mean on all other
/// questions; empty when too few families answered.
pub type Importance = BTreeMap<usize, f64>;

/// Derives importance from the families' questionnaire of a campaign.
///
/// # Errors
///
/// A store that cannot be read.
pub fn importance(observations: &Observations, referentiel: &Referentiel) -> Result<Importance> {
    let answers = read(observations, referentiel, SourceCode::Fam)?;
    let mut families: BTreeMap<(&str, &str), Vec<(usize, f64)>> = BTreeMap::new();
    for answer in &answers {
        if let Some(level) = answer.level {
            let critere = referentiel.elements[answer.element].critere;
            let family = families
                .entry((&answer.structure, &answer.who))
                .or_default();
            family.push((critere, level));
        }
    }
    let mean = |values: &[f64]| {
        (!values.is_empty()).then(|| values.iter().sum::<f64>() / values.len() as f64)
    };
    let mut found = Importance::new();
    for critere in 0..referentiel.criteres.len() {
        let pairs: Vec<(f64, f64)> = families
            .values()
            .filter_map(|family| {
                let part = |own: bool| -> Vec<f64> {
                    let kept = family.iter().filter(|(c, _)| (*c == critere) == own);
                    kept.map(|(_, level)| *level).collect()
                };
                Some((mean(&part(true))?, mean(&part(false))?))
            })
            .collect();
        if pairs.len() >= LEAST
            && let Ok(rho) = spearman(&pairs)
        {
            found.insert(critere, rho);
        }
    }
    Ok(found)
}
