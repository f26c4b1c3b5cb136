//! What the log keeps of a delivery: printed values, and the answers of what was shown (never those
//! of what was hidden).

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::super::delivery::ClearedDelivery;
use super::super::distribution::{Respondents, Shares};
use super::super::figure::{ClearedFigure, Evolution};
use super::super::ledger::Behind;
use super::super::{Mask, Shown};
use crate::base::text::hex;
use crate::figures::Distribution;
use crate::stats::change::Verdict;
use crate::vocabulary::referentiel::SourceCode;

/// A question at a place.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct KeptAnswers {
    /// Answers behind it.
    pub n: usize,
    /// Counts and « ne sait pas », of what was shown alone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    comptes: Option<(Vec<usize>, usize)>,
    /// Why nothing was printed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    masque: Option<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    parts: Vec<f64>,
    #[serde(default)]
    nsp: f64,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    unanime: Option<usize>,
    #[serde(default)]
    au_moins: f64,
}

impl KeptAnswers {
    pub fn of(answers: &Distribution, shares: &Result<Shares, Mask>) -> Self {
        let empty = Self {
            n: answers.total(),
            comptes: None,
            masque: None,
            parts: Vec::new(),
            nsp: 0.0,
            unanime: None,
            au_moins: 0.0,
        };
        match shares {
            Err(mask) => Self {
                masque: Some(mask.as_str().to_owned()),
                ..empty
            },
            Ok(shares) => Self {
                comptes: Some((answers.counts.clone(), answers.nsp)),
                parts: shares.parts.clone(),
                nsp: shares.nsp,
                unanime: shares.unanimous,
                au_moins: shares.at_least,
                ..empty
            },
        }
    }

    /// Answers of what was shown.
    pub fn answers(&self) -> Option<Distribution> {
        let (counts, nsp) = self.comptes.clone()?;
        Some(Distribution { counts, nsp })
    }

    /// Whether shares were printed.
    pub fn is_shown(&self) -> bool {
        self.masque.is_none()
    }

    /// What was printed.
    pub fn shares(&self) -> Result<Shares, Mask> {
        if let Some(mask) = &self.masque {
            return Err(Mask::parse(mask));
        }
        let respondents = Respondents::of(self.n);
        Ok(Shares {
            parts: self.parts.clone(),
            n: respondents.least(),
            respondents,
            nsp: self.nsp,
            unanimous: self.unanime,
            at_least: self.au_moins,
        })
    }
}

/// Levels of a site.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct KeptSite {
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

fn fingerprints(behind: &Behind) -> BTreeMap<SourceCode, String> {
    let print = |pairs: &Vec<(i64, usize)>| {
        let text: Vec<String> = pairs.iter().map(|(s, n)| format!("{s}/{n}")).collect();
        hex(&Sha256::digest(text.join(" "))[..8])
    };
    behind.pairs.iter().map(|(s, p)| (*s, print(p))).collect()
}

/// Whether some questionnaire of the site changed by fewer respondents than the threshold.
fn moved_little(kept: &KeptSite, behind: &Behind, least: usize) -> bool {
    let fresh = fingerprints(behind);
    SourceCode::ALL.into_iter().any(|s| {
        let n = |of: &BTreeMap<SourceCode, usize>| of.get(&s).copied().unwrap_or(0);
        let few = n(&kept.repondants).abs_diff(n(&behind.respondents)) < least.max(1);
        few && kept.empreintes.get(&s) != fresh.get(&s)
    })
}

/// Puts back the levels of the sites where too few answers changed; how many figures it changes.
pub(super) fn restore(delivery: &mut ClearedDelivery, kept: &BTreeMap<String, KeptSite>) -> usize {
    let mut count = 0;
    let mut any = false;
    let least = delivery.ledger.least;
    for site in &mut delivery.sites {
        let behind = delivery.ledger.behind.get(&site.structure);
        let (Some(old), Some(behind)) = (kept.get(&site.structure), behind) else {
            continue;
        };
        if !moved_little(old, behind, least) {
            continue;
        }
        any = true;
        let levels = site
            .criteres
            .iter_mut()
            .map(|(_, f)| f)
            .chain(&mut site.axes);
        for figure in levels {
            let earlier = old.chiffres.get(&figure.code).cloned().unwrap_or_default();
            count += usize::from(earlier.put_back(figure));
        }
        let axes: Vec<_> = site
            .axes
            .iter()
            .map(|f| (f.code.clone(), f.value))
            .collect();
        let row = delivery
            .territory
            .sites
            .iter_mut()
            .find(|s| s.0 == site.structure);
        if let Some(row) = row {
            row.1 = axes;
        }
    }
    if let Some(old) = kept.get(TERRITORY).filter(|_| any) {
        for (figure, _) in &mut delivery.territory.axes {
            let earlier = old.chiffres.get(&figure.code).cloned().unwrap_or_default();
            count += usize::from(earlier.put_back(figure));
        }
    }
    count
}

/// Key of the means of the territory, which no structure can bear.
const TERRITORY: &str = "";

/// Keeps the levels printed, except those that repeat what is kept already.
pub(super) fn remember(delivery: &ClearedDelivery, kept: &mut BTreeMap<String, KeptSite>) {
    let mut repeats = false;
    for site in &delivery.sites {
        let Some(behind) = delivery.ledger.behind.get(&site.structure) else {
            continue;
        };
        let old = kept.get(&site.structure);
        if old.is_some_and(|old| moved_little(old, behind, delivery.ledger.least)) {
            repeats = true;
            continue;
        }
        let levels = site.criteres.iter().map(|(_, f)| f).chain(&site.axes);
        let fresh = KeptSite {
            repondants: behind.respondents.clone(),
            empreintes: fingerprints(behind),
            chiffres: levels
                .map(|f| (f.code.clone(), KeptFigure::of(f)))
                .collect(),
        };
        kept.insert(site.structure.clone(), fresh);
    }
    if !repeats {
        let means = delivery.territory.axes.iter();
        let chiffres = means
            .map(|(f, _)| (f.code.clone(), KeptFigure::of(f)))
            .collect();
        let whole = KeptSite {
            chiffres,
            ..KeptSite::default()
        };
        kept.insert(TERRITORY.to_owned(), whole);
    }
}
