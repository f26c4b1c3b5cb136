//! The wordings that share the most with a heading, letter for letter or word for word: what is shown to
//! a person who says what a column of her own asks.

use std::collections::{BTreeMap, BTreeSet};

use super::{LONGEST, Labels, Proximity, parts};
use crate::base::text::plain_words;

/// Words of a heading that are looked at.
const WORDS: usize = 60;
/// Letters of a word that are compared.
const STEM: usize = 6;
/// Share of their words, and likeness of their letters, under which two wordings are of different things: a sentence
/// that begins by « Mon enfant » is near any other letter for letter, and a far-fetched proposal gets ticked.
const LEAST_SHARED: f64 = 0.3;
const LEAST_LETTERS: f64 = 0.6;
/// Words that two wordings share at least: « enfant » or « sécurité » alone stands in wordings of anything.
const LEAST_WORDS: usize = 2;

/// A wording, and how near it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::intake::sources) struct NearWording {
    /// Position of its élément.
    pub(in crate::intake::sources) element: usize,
    pub(in crate::intake::sources) proximity: Proximity,
}

/// The wordings of a source by their words, the rare ones weighing most.
pub(in crate::intake::sources) struct WordedLabels<'a> {
    labels: Vec<(&'a str, usize, BTreeSet<String>)>,
    weights: BTreeMap<String, f64>,
}

impl Labels<'_> {
    /// Codes of the éléments of some wordings.
    pub(in crate::intake::sources) fn codes(&self, near: &[NearWording]) -> Vec<String> {
        let code = |n: &NearWording| self.referentiel.elements[n.element].code.clone();
        near.iter().map(code).collect()
    }

    /// Its wordings by their words.
    pub(in crate::intake::sources) fn by_words(&self) -> WordedLabels<'_> {
        let single = self.words.iter().filter(|(_, all)| all.len() == 1);
        let labels: Vec<(&str, usize, BTreeSet<String>)> = single
            .map(|(words, all)| (*words, all[0], stems(words)))
            .collect();
        let mut counts: BTreeMap<String, usize> = BTreeMap::new();
        for word in labels.iter().flat_map(|(_, _, stems)| stems) {
            *counts.entry(word.clone()).or_default() += 1;
        }
        let all = labels.len() as f64;
        let weight = |n: usize| (1.0 + all / n as f64).ln();
        WordedLabels {
            weights: counts.into_iter().map(|(w, n)| (w, weight(n))).collect(),
            labels,
        }
    }
}

impl WordedLabels<'_> {
    /// The nearest ones to a heading, the nearest first; those that share too little are left out.
    pub(in crate::intake::sources) fn nearest(&self, heading: &str, n: usize) -> Vec<NearWording> {
        let mut best: BTreeMap<usize, Proximity> = BTreeMap::new();
        for part in parts(heading)
            .map(plain_words)
            .filter(|p| p.len() <= LONGEST)
        {
            let own = stems(&part);
            for (words, element, stems) in &self.labels {
                let shared = self.shared(&own, stems);
                if shared == 0.0 {
                    continue;
                }
                let letters = strsim::normalized_levenshtein(&part, words);
                let is_of_one_word = own.intersection(stems).count() < LEAST_WORDS;
                if (shared < LEAST_SHARED || is_of_one_word) && letters < LEAST_LETTERS {
                    continue;
                }
                let proximity = Proximity(shared.max(letters));
                let known = best.entry(*element).or_insert(proximity);
                *known = (*known).max(proximity);
            }
        }
        let mut all: Vec<NearWording> = (best.into_iter())
            .map(|(element, proximity)| NearWording { element, proximity })
            .collect();
        all.sort_by_key(|near| (std::cmp::Reverse(near.proximity), near.element));
        all.truncate(n);
        all
    }

    /// Weight of the words that two wordings share, in that of both (cosine), 0..1.
    fn shared(&self, a: &BTreeSet<String>, b: &BTreeSet<String>) -> f64 {
        let rare = (1.0 + self.labels.len() as f64).ln();
        let weight = |word: &String| self.weights.get(word).copied().unwrap_or(rare).powi(2);
        let total = |words: &BTreeSet<String>| words.iter().map(weight).sum::<f64>();
        let both: f64 = a.intersection(b).map(weight).sum();
        let scale = (total(a) * total(b)).sqrt();
        if scale == 0.0 { 0.0 } else { both / scale }
    }
}

/// Beginnings of the words that say something: in French, endings carry the number, the gender and the
/// person.
fn stems(plain: &str) -> BTreeSet<String> {
    let words = plain.split(' ').filter(|word| word.chars().count() >= 3);
    let beginning = |word: &str| word.chars().take(STEM).collect();
    words.take(WORDS).map(beginning).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::vocabulary::referentiel::{SourceCode, embedded_v1, parse};

    #[test]
    fn a_question_in_other_words_has_its_element_among_the_nearest() {
        let r = parse("v1", embedded_v1()).expect("the référentiel");
        let labels = Labels::new(&r, Some(SourceCode::Fam));
        let worded = labels.by_words();
        for element in r.elements.iter().filter(|e| e.source == SourceCode::Fam) {
            let asked = format!("D’après vous, {} ?", element.label.to_lowercase());
            let near = worded.nearest(&asked, 3);
            let codes: Vec<&str> = near
                .iter()
                .map(|n| r.elements[n.element].code.as_str())
                .collect();
            assert!(codes.contains(&element.code.as_str()), "{asked}: {codes:?}");
            assert!(near.windows(2).all(|w| w[0].proximity >= w[1].proximity));
        }
        for elsewhere in [
            "xyz",
            "Commune de résidence",
            "Mon enfant vient le mercredi",
        ] {
            assert!(worded.nearest(elsewhere, 3).is_empty(), "{elsewhere}");
        }
        let labels = Labels::new(&r, Some(SourceCode::Obs));
        let worded = labels.by_words();
        for far in ["L’enfant peut choisir", "Sécurité", "L’adulte"] {
            let shown = labels.codes(&worded.nearest(far, 3));
            let shares = |code: &String| {
                let words = &r.elements[r.element(code).expect("one")].words;
                let own = stems(&plain_words(far));
                own.intersection(&stems(words)).count() >= LEAST_WORDS
            };
            assert!(shown.iter().all(shares), "{far}: {shown:?}");
        }
    }
}
