//! `[[experimentations]]` of `observatoire.toml`: what an experiment expects of its pilots, written before its effects
//! are read.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::registry::Registry;
use crate::base::error::{Error, Result};
use crate::base::text::suggest;
use crate::vocabulary::referentiel::Referentiel;

/// An experiment: some accueils do otherwise, and some critères are expected to move there.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ExperimentSettings {
    /// `EXP1`.
    pub code: String,
    /// « Ensemble pour grandir ! ».
    pub intitule: String,
    /// Codes of the accueils that carry it.
    pub pilotes: Vec<String>,
    /// Codes of the critères that are expected to move.
    pub attendus: Vec<String>,
}

impl ExperimentSettings {
    /// Each has a code of its own, pilots, and something expected of them.
    pub(super) fn check_all(name: &str, all: &[Self]) -> Result<()> {
        for (i, experiment) in all.iter().enumerate() {
            let code = &experiment.code;
            let wrong = if code.trim().is_empty() {
                "un code manque"
            } else if all[..i].iter().any(|e| e.code == *code) {
                "elle est décrite deux fois"
            } else if experiment.pilotes.is_empty() {
                "aucun accueil pilote n’est cité (pilotes)"
            } else if experiment.attendus.is_empty() {
                "aucun critère attendu n’est cité (attendus)"
            } else {
                continue;
            };
            return Err(Error::Config(format!(
                "{name} : expérimentation « {code} » : {wrong}."
            )));
        }
        Ok(())
    }

    /// Its pilots are in the registry, and what it expects in a référentiel at least.
    pub(super) fn check_codes(
        &self,
        name: &str,
        registry: &Registry,
        referentiels: &BTreeMap<String, Arc<Referentiel>>,
    ) -> Result<()> {
        let refused = |kind: &str, code: &str, known: Vec<&str>| {
            let near = suggest(code, known).clause();
            Error::Config(format!(
                "{name} : expérimentation « {} » : {kind} « {code} » n’existe pas{near}.",
                self.code
            ))
        };
        for pilot in &self.pilotes {
            if registry.get(pilot).is_none() {
                let known = registry.all().iter().map(|s| s.code.as_str());
                return Err(refused("l’accueil", pilot, known.collect()));
            }
        }
        for critere in &self.attendus {
            let known = referentiels
                .values()
                .flat_map(|r| r.criteres.iter().map(|c| c.code.as_str()));
            if !known.clone().any(|code| code == critere) {
                return Err(refused("le critère", critere, known.collect()));
            }
        }
        Ok(())
    }
}
