//! What the log keeps of the levels of a site: what was printed, how many answered, and a
//! fingerprint of their answers.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::base::text::hex;
use crate::disclosure::cleared::{
    ClearedDelivery, ClearedFigure, Evolution, LevelAnswers, LevelSum, Mask, Shown, SiteAxe,
};
use crate::stats::change::Verdict;
use crate::vocabulary::referentiel::SourceCode;

/// Levels of a site.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct KeptSite {
    /// Respondents by questionnaire.
    repondants: BTreeMap<SourceCode, usize>,
    /// Fingerprint of their answers.
    empreintes: BTreeMap<SourceCode, String>,
    /// Critères and axes by code.
    chiffres: BTreeMap<String, KeptFigure>,
}

#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct KeptFigure {
    valeur: Option<f64>,
    avant: Option<f64>,
    ecart: Option<f64>,
    verdict: Option<String>,
    a_verifier: bool,
    raison: String,
}

impl KeptFigure {
    fn of(f: &ClearedFigure) -> Self {
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
    fn put_back(&self, f: &mut ClearedFigure) -> bool {
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
}

fn verdict(word: &str) -> Option<Verdict> {
    word.parse().ok()
}

fn fingerprints(answers: &LevelAnswers) -> BTreeMap<SourceCode, String> {
    let sums = answers.sums.iter();
    sums.map(|(source, sums)| (*source, fingerprint(sums)))
        .collect()
}

fn fingerprint(sums: &[LevelSum]) -> String {
    let text: Vec<String> = sums
        .iter()
        .map(|s| format!("{}/{}", s.sum, s.count))
        .collect();
    hex(&Sha256::digest(text.join(" "))[..8])
}

/// Whether some questionnaire of the site changed by fewer respondents than the threshold.
fn moved_little(kept: &KeptSite, answers: &LevelAnswers, least: usize) -> bool {
    let fresh = fingerprints(answers);
    SourceCode::ALL.into_iter().any(|s| {
        let before = kept.repondants.get(&s).copied().unwrap_or(0);
        let now = answers.respondents.get(&s).copied().unwrap_or(0);
        let few = before.abs_diff(now) < least.max(1);
        few && kept.empreintes.get(&s) != fresh.get(&s)
    })
}

/// Puts back the levels of the sites where too few answers changed; how many figures it changes.
pub(crate) fn restore(delivery: &mut ClearedDelivery, kept: &BTreeMap<String, KeptSite>) -> usize {
    let mut count = 0;
    let mut any = false;
    let least = delivery.exact.least;
    for site in &mut delivery.sites {
        let answers = delivery.exact.levels.get(&site.structure);
        let (Some(old), Some(answers)) = (kept.get(&site.structure), answers) else {
            continue;
        };
        if !moved_little(old, answers, least) {
            continue;
        }
        any = true;
        let levels = site.criteres.iter_mut().chain(&mut site.axes);
        for figure in levels {
            let earlier = old.chiffres.get(&figure.code).cloned().unwrap_or_default();
            count += usize::from(earlier.put_back(figure));
        }
        let axes: Vec<_> = site
            .axes
            .iter()
            .map(|f| SiteAxe {
                code: f.code.clone(),
                value: f.value,
            })
            .collect();
        let row = delivery
            .territory
            .sites
            .iter_mut()
            .find(|s| s.structure == site.structure);
        if let Some(row) = row {
            row.axes = axes;
        }
    }
    if let Some(old) = kept.get(TERRITORY).filter(|_| any) {
        for mean in &mut delivery.territory.axes {
            let figure = &mut mean.figure;
            let earlier = old.chiffres.get(&figure.code).cloned().unwrap_or_default();
            count += usize::from(earlier.put_back(figure));
        }
    }
    count
}

/// Key of the means of the territory, which no structure can bear.
const TERRITORY: &str = "";

/// Keeps the levels printed, except those that repeat what is kept already.
pub(crate) fn remember(delivery: &ClearedDelivery, kept: &mut BTreeMap<String, KeptSite>) {
    let mut repeats = false;
    for site in &delivery.sites {
        let Some(answers) = delivery.exact.levels.get(&site.structure) else {
            continue;
        };
        let old = kept.get(&site.structure);
        if old.is_some_and(|old| moved_little(old, answers, delivery.exact.least)) {
            repeats = true;
            continue;
        }
        let levels = site.criteres.iter().chain(&site.axes);
        let fresh = KeptSite {
            repondants: answers.respondents.clone(),
            empreintes: fingerprints(answers),
            chiffres: levels
                .map(|f| (f.code.clone(), KeptFigure::of(f)))
                .collect(),
        };
        kept.insert(site.structure.clone(), fresh);
    }
    if !repeats {
        let means = delivery.territory.axes.iter();
        let chiffres = means
            .map(|m| (m.figure.code.clone(), KeptFigure::of(&m.figure)))
            .collect();
        let whole = KeptSite {
            chiffres,
            ..KeptSite::default()
        };
        kept.insert(TERRITORY.to_owned(), whole);
    }
}
