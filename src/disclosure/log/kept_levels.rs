//! What the log keeps of the levels of a site: what was printed, how many answered, and a
//! fingerprint of their answers under the log's key.
//!
//! Only figures that rest on a questionnaire are ever repeated: what observers, documents and data
//! establish tells nobody's answer, and a rule that was corrected must show.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::log_key::LogKey;
use crate::base::text::hex;
use crate::disclosure::cleared::{
    ClearedFigure, Evolution, ExactAnswers, LevelAnswers, LevelSum, Mask, Shown,
};
use crate::stats::change::Verdict;
use crate::vocabulary::referentiel::SourceCode;

/// Levels of a site as one delivery printed them.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct KeptSite {
    /// Respondents by questionnaire.
    repondants: BTreeMap<SourceCode, usize>,
    /// Fingerprint of their answers.
    empreintes: BTreeMap<SourceCode, String>,
    /// Critères and axes by code.
    pub(crate) chiffres: BTreeMap<String, KeptFigure>,
}

/// A level and its change, as they were printed.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
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

    /// Prints again what was printed; what is masked today stays masked.
    pub(crate) fn put_back(&self, f: &mut ClearedFigure) -> bool {
        let before = f.clone();
        if matches!(f.value, Some(Shown::Value(_))) {
            f.value = Some(
                self.valeur
                    .map_or(Shown::Masked(Mask::Derivable), Shown::Value),
            );
        }
        if f.previous.is_some() {
            f.previous = self.avant;
        }
        if f.evolution.is_some() {
            f.evolution = self.verdict.as_ref().map(|word| Evolution {
                delta: self.ecart,
                verdict: verdict(word),
                a_verifier: self.a_verifier,
                raison: self.raison.clone(),
            });
        }
        *f != before
    }

    /// What either of two readers was told of the same figure.
    fn or(&self, other: &Self) -> Self {
        let (more, less) = if self.verdict.is_some() {
            (self, other)
        } else {
            (other, self)
        };
        Self {
            valeur: more.valeur.or(less.valeur),
            avant: more.avant.or(less.avant),
            ..more.clone()
        }
    }
}

fn verdict(word: &str) -> Option<Verdict> {
    word.parse().ok()
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

    /// Puts fingerprints of the former log under a key.
    pub(crate) fn sealed(mut self, key: &LogKey) -> Self {
        for fingerprint in self.empreintes.values_mut() {
            *fingerprint = key.seal(fingerprint);
        }
        self
    }
}

/// Fingerprint of the answers to each questionnaire, under a key if there is one.
fn fingerprints(answers: &LevelAnswers, key: Option<&LogKey>) -> BTreeMap<SourceCode, String> {
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

/// Answers behind the levels of a site as they once stood, and what each audience was told of them.
#[derive(Debug, Clone)]
pub(crate) struct PrintedLevels {
    respondents: BTreeMap<SourceCode, usize>,
    fingerprints: BTreeMap<SourceCode, String>,
    /// By audience, then by code of figure.
    told: BTreeMap<String, BTreeMap<String, KeptFigure>>,
}

/// Adds what a delivery printed of a site to what earlier ones did.
pub(crate) fn add_levels(history: &mut Vec<PrintedLevels>, kept: &KeptSite, audiences: &[String]) {
    let is_same = |last: &PrintedLevels| last.fingerprints == kept.empreintes;
    let known = history.iter().rposition(is_same);
    let position = known.unwrap_or(history.len());
    if known.is_none() {
        history.push(PrintedLevels {
            respondents: kept.repondants.clone(),
            fingerprints: kept.empreintes.clone(),
            told: BTreeMap::new(),
        });
    }
    for audience in audiences {
        let told = history[position].told.entry(audience.clone()).or_default();
        *told = kept.chiffres.clone();
    }
}

impl PrintedLevels {
    /// Whether some questionnaire of the site changed by fewer respondents than the threshold.
    fn moved_little(&self, answers: &LevelAnswers, least: usize, key: Option<&LogKey>) -> bool {
        let fresh = fingerprints(answers, key);
        SourceCode::ALL.into_iter().any(|s| {
            let before = self.respondents.get(&s).copied().unwrap_or(0);
            let now = answers.respondents.get(&s).copied().unwrap_or(0);
            let few = before.abs_diff(now) < least.max(1);
            few && self.fingerprints.get(&s) != fresh.get(&s)
        })
    }

    /// Whether answers that are shown nowhere came to a level of these questionnaires, or left it, since it was printed:
    /// the difference would be theirs.
    pub(crate) fn tells_hidden(
        &self,
        sources: &BTreeSet<SourceCode>,
        answers: &LevelAnswers,
        exact: &ExactAnswers,
    ) -> bool {
        let comes_or_goes = |source: &SourceCode| {
            let before = self.respondents.get(source).copied().unwrap_or(0);
            let now = answers.respondents.get(source).copied().unwrap_or(0);
            let least = exact.per_site.get(source).copied().unwrap_or(0);
            let is_hidden = least == 0 || before.max(now) < least;
            is_hidden && (before == 0) != (now == 0)
        };
        sources.iter().any(comes_or_goes)
    }

    /// Whether anyone answered one of these questionnaires, then or now.
    pub(crate) fn rests_on(&self, sources: &BTreeSet<SourceCode>, answers: &LevelAnswers) -> bool {
        let asked = |s: &SourceCode| {
            self.respondents.contains_key(s) || answers.respondents.contains_key(s)
        };
        sources.iter().any(asked)
    }

    /// What an audience was told of a figure; what others were, where it was told nothing of the
    /// site then and each questionnaire stood on the same side of its threshold as now.
    pub(crate) fn told(
        &self,
        audience: &str,
        code: &str,
        answers: &LevelAnswers,
        exact: &ExactAnswers,
    ) -> KeptFigure {
        if let Some(own) = self.told.get(audience) {
            return own.get(code).cloned().unwrap_or_default();
        }
        let crossed = exact.per_site.iter().any(|(source, least)| {
            let before = self.respondents.get(source).copied().unwrap_or(0);
            let now = answers.respondents.get(source).copied().unwrap_or(0);
            (before >= *least) != (now >= *least)
        });
        if crossed {
            return KeptFigure::default();
        }
        let others = self.told.values().filter_map(|told| told.get(code));
        others.fold(KeptFigure::default(), |all, other| all.or(other))
    }
}

/// The latest of the earlier answers of a site from which too few differ; none where all may be
/// printed anew.
pub(crate) fn nearly_the_same<'a>(
    history: &'a [PrintedLevels],
    answers: &LevelAnswers,
    least: usize,
    key: Option<&LogKey>,
) -> Option<&'a PrintedLevels> {
    let mut latest_first = history.iter().rev();
    latest_first.find(|printed| printed.moved_little(answers, least, key))
}
