//! What of a folder speaks of accueils, by their codes: they cannot leave the registry without it being said of others,
//! or of nobody.

use std::collections::BTreeSet;

use super::saisie::all_entries;
use crate::base::error::Result;
use crate::base::text::list;
use crate::campaign::OpenObservatory;
use crate::convention::{Registers, load_convention};
use crate::decide::plans::Plans;

/// Accueils that something speaks of.
pub(super) struct RegistryUse {
    /// « des réponses sont entrées pour ».
    what: &'static str,
    /// Their codes.
    codes: BTreeSet<String>,
}

impl RegistryUse {
    /// « des réponses sont entrées pour R06 et R07 ».
    pub(super) fn told(&self) -> String {
        let codes: Vec<&str> = self.codes.iter().map(String::as_str).collect();
        format!("{} {}", self.what, list(&codes))
    }
}

/// What speaks of some accueils; nothing when they may leave.
///
/// # Errors
///
/// A store, drafts, plans or a follow-up that cannot be read; a convention that does not hold together.
pub(super) fn uses_of(
    opened: &OpenObservatory,
    codes: &BTreeSet<String>,
) -> Result<Vec<RegistryUse>> {
    if codes.is_empty() {
        return Ok(Vec::new());
    }
    let root = &opened.observatory.root;
    let drafts = all_entries(root)?.drafts.into_iter().map(|d| d.structure);
    let plans = Plans::load(root, &opened.observatory.settings.campaigns)?;
    let actions = plans.actions.into_iter().map(|a| a.structure);
    let mut pilots = Vec::new();
    if let Some(convention) = load_convention(&opened.observatory)? {
        let experiments = convention.value.experiments.into_iter();
        pilots.extend(experiments.flat_map(|e| e.pilots));
    }
    let named = Registers::load(root, None)?.naming(codes);
    let all: [(&'static str, BTreeSet<String>); 5] = [
        ("des réponses sont entrées pour", with_answers(opened)?),
        ("des saisies sont commencées pour", drafts.collect()),
        ("le plan a des actions pour", actions.collect()),
        ("le suivi de la convention nomme", named),
        ("la convention a pour pilotes", pilots.into_iter().collect()),
    ];
    let own = all.into_iter().map(|(what, named)| RegistryUse {
        what,
        codes: named.intersection(codes).cloned().collect(),
    });
    Ok(own.filter(|u| !u.codes.is_empty()).collect())
}

/// Why an accueil cannot leave the registry; none when nothing speaks of it.
///
/// # Errors
///
/// See [`uses_of`].
pub(crate) fn why_it_stays(opened: &OpenObservatory, code: &str) -> Result<Option<String>> {
    let told = uses_of(opened, &BTreeSet::from([code.to_owned()]))?;
    let mut told: Vec<String> = told.iter().map(RegistryUse::told).collect();
    let mut experiments = opened.observatory.settings.experiments.iter();
    if experiments.any(|e| e.pilotes.iter().any(|p| p == code)) {
        told.push("une expérimentation l’a pour pilote".to_owned());
    }
    Ok((!told.is_empty()).then(|| told.join(" ; ")))
}

/// Accueils of which answers speak, in whichever campaign.
fn with_answers(opened: &OpenObservatory) -> Result<BTreeSet<String>> {
    let state = opened.store.state()?;
    let imports = state.imports.iter();
    let campaigns: BTreeSet<&str> = imports.map(|i| i.manifest.campaign.as_str()).collect();
    let mut found = BTreeSet::new();
    for campaign in campaigns {
        let live = opened.store.live(&state, campaign)?;
        let units = live.iter().flat_map(|l| &l.units);
        found.extend(units.map(|u| u.structure.to_string()));
    }
    Ok(found)
}
