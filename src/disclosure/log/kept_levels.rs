//! What a file of the log keeps of the levels of a site: what was printed, how many answered, and a
//! fingerprint of their answers under the log's key.
//!
//! Only figures that rest on a questionnaire are ever repeated: what observers, documents and data
//! establish tells nobody's answer, and a rule that was corrected must show.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::log_key::LogKey;
use super::printed_levels::{LevelCodes, ToldLevels};
use super::told_level::ToldLevel;
use crate::base::text::hex;
use crate::disclosure::cleared::{ClearedFigure, Evolution, LevelAnswers, LevelSum, Shown};
use crate::vocabulary::referentiel::SourceCode;

/// Levels of a site as one delivery printed them.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct KeptSite {
    /// Respondents by questionnaire.
    repondants: BTreeMap<SourceCode, usize>,
    /// Fingerprint of their answers.
    empreintes: BTreeMap<SourceCode, String>,
    /// Critères and axes by code.
    chiffres: BTreeMap<String, KeptFigure>,
}

/// A level and its change, as they were printed.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct KeptFigure {
    valeur: Option<f64>,
    avant: Option<f64>,
    ecart: Option<f64>,
    verdict: Option<String>,
    a_verifier: bool,
    raison: String,
}

impl KeptFigure {
    pub(crate) fn of(f: &ClearedFigure) -> Self {
        let e = f.evolution.as_ref();
        Self {
            valeur: f.value.as_ref().and_then(Shown::value),
            avant: f.previous,
            ecart: e.and_then(|e| e.delta),
            verdict: e
                .and_then(|e| e.verdict)
                .map(|v| <&str>::from(v).to_owned()),
            a_verifier: e.is_some_and(|e| e.a_verifier),
            raison: e.map(|e| e.raison.clone()).unwrap_or_default(),
        }
    }

    /// What the delivery told.
    pub(crate) fn told(self) -> ToldLevel {
        let change = self.verdict.map(|word| Evolution {
            delta: self.ecart,
            verdict: word.parse().ok(),
            a_verifier: self.a_verifier,
            raison: self.raison,
        });
        ToldLevel {
            value: self.valeur,
            previous: self.avant,
            change: change.map(Arc::new),
        }
    }
}

impl KeptSite {
    pub(crate) fn of<'a>(
        answers: &LevelAnswers,
        levels: impl Iterator<Item = &'a ClearedFigure>,
        key: &LogKey,
    ) -> Self {
        Self {
            repondants: answers.respondents.clone(),
            empreintes: fingerprints(answers, Some(key)),
            chiffres: levels
                .map(|f| (f.code.clone(), KeptFigure::of(f)))
                .collect(),
        }
    }

    /// What the delivery told.
    pub(crate) fn told(self, codes: &mut LevelCodes) -> ToldLevels {
        let figures = self.chiffres.into_iter();
        ToldLevels {
            respondents: self.repondants,
            fingerprints: self.empreintes,
            figures: codes.figures(figures.map(|(code, figure)| (code, figure.told()))),
        }
    }

    /// Puts fingerprints of the former log under a key.
    pub(crate) fn sealed(mut self, key: &LogKey) -> Self {
        for fingerprint in self.empreintes.values_mut() {
            *fingerprint = key.seal(fingerprint);
        }
        self
    }
}

/// Fingerprint of the answers to each questionnaire, under a key if there is one.
pub(crate) fn fingerprints(
    answers: &LevelAnswers,
    key: Option<&LogKey>,
) -> BTreeMap<SourceCode, String> {
    let sealed = |text: String| match key {
        Some(key) => key.seal(&text),
        None => text,
    };
    let sums = answers.sums.iter();
    sums.map(|(source, sums)| (*source, sealed(fingerprint(sums))))
        .collect()
}

fn fingerprint(sums: &[LevelSum]) -> String {
    let text: Vec<String> = sums
        .iter()
        .map(|s| format!("{}/{}", s.sum, s.count))
        .collect();
    hex(&Sha256::digest(text.join(" "))[..8])
}
