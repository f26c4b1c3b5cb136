//! Headings that carry the wording of an élément instead of its code: the same words, or nearly.

use std::collections::BTreeMap;

use super::header::Title;
use crate::referentiel::{Referentiel, SourceCode};
use crate::text::plain_words;

/// Under this proximity two wordings are not the same question.
const NEAR: f64 = 0.75;
/// Headings shorter than this say too little to be compared.
const SHORTEST: usize = 14;

/// Proximity of two wordings, 0..1, ordered.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Score(pub f64);

impl Eq for Score {}

impl PartialOrd for Score {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Score {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.0.total_cmp(&other.0)
    }
}

/// Wordings of the éléments that a file may hold.
pub(super) struct Labels<'a> {
    referentiel: &'a Referentiel,
    source: Option<SourceCode>,
    /// Folded wording → positions.
    words: BTreeMap<&'a str, Vec<usize>>,
}

impl<'a> Labels<'a> {
    /// Wordings of one source, or of all when nothing says which.
    pub(super) fn new(referentiel: &'a Referentiel, source: Option<SourceCode>) -> Self {
        let mut words: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        for (i, element) in referentiel.elements.iter().enumerate() {
            let fits = source.is_none_or(|s| s == element.source);
            if fits && element.don.is_none() {
                words.entry(&element.words).or_default().push(i);
            }
        }
        Self {
            referentiel,
            source,
            words,
        }
    }

    /// Narrowed to the source that most headings speak from, when none was known.
    pub(super) fn settled(self, titles: &[Title]) -> Self {
        if self.source.is_some() {
            return self;
        }
        let mut counts: BTreeMap<SourceCode, usize> = BTreeMap::new();
        for text in titles.iter().flat_map(Title::texts) {
            for part in parts(text) {
                for e in self
                    .words
                    .get(plain_words(part).as_str())
                    .into_iter()
                    .flatten()
                {
                    *counts
                        .entry(self.referentiel.elements[*e].source)
                        .or_default() += 1;
                }
            }
        }
        match counts.into_iter().max_by_key(|c| c.1) {
            Some((source, _)) => Self::new(self.referentiel, Some(source)),
            None => self,
        }
    }

    /// The élément whose wording this is; none when two éléments share it.
    pub(super) fn exact(&self, heading: &str) -> Option<usize> {
        parts(heading).find_map(|part| {
            match self.words.get(plain_words(part).as_str())?.as_slice() {
                [only] => Some(*only),
                _ => None,
            }
        })
    }

    /// The élément whose wording is nearest, and how near.
    pub(super) fn near(&self, heading: &str) -> Option<(usize, Score)> {
        let candidates = parts(heading)
            .map(plain_words)
            .filter(|p| p.chars().count() >= SHORTEST);
        let scored = candidates.flat_map(|part| {
            let length = part.len() as f64;
            // Wordings of very different lengths cannot be near: not worth comparing.
            let close = move |words: &str| {
                let other = words.len() as f64;
                length.min(other) >= (NEAR - 0.05) * length.max(other)
            };
            let score = move |words: &str| strsim::normalized_levenshtein(&part, words);
            self.words
                .iter()
                .filter(move |(words, all)| all.len() == 1 && close(words))
                .map(move |(words, all)| (all[0], Score(score(words))))
        });
        scored
            .filter(|(_, score)| score.0 >= NEAR)
            .max_by_key(|(_, score)| *score)
    }
}

/// A heading, and what it holds when a grid's question stands before the line:
/// « Question [ligne] », « Question: ligne », « Question - ligne », « groupe/ligne ».
fn parts(heading: &str) -> impl Iterator<Item = &str> {
    let bracket = heading
        .rsplit_once('[')
        .and_then(|(_, rest)| rest.rsplit_once(']'))
        .map(|(inside, _)| inside);
    let after = |mark: &'static str| heading.rsplit_once(mark).map(|(_, rest)| rest);
    let all = [
        Some(heading),
        bracket,
        after(": "),
        after(" - "),
        after("/"),
    ];
    all.into_iter().flatten()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::referentiel::{embedded_v1, parse};

    #[test]
    fn the_same_words_are_certain_and_near_ones_are_scored() {
        let r = parse("v1", embedded_v1()).expect("the référentiel");
        let labels = Labels::new(&r, Some(SourceCode::Fam));
        let code = |e: usize| r.elements[e].code.clone();
        let e = r.element("LIE-1-FAM-1").expect("an élément");
        let label = &r.elements[e].label;
        assert_eq!(labels.exact(label), Some(e));
        assert_eq!(
            labels.exact(&format!("Dites-nous [{}]", label.to_uppercase())),
            Some(e)
        );
        let changed = label.replace("mon enfant", "notre enfant");
        assert_eq!(labels.exact(&changed), None);
        let (found, score) = labels.near(&changed).expect("near");
        assert_eq!(code(found), "LIE-1-FAM-1");
        assert!(score.0 < 1.0);
        assert!(labels.near("Tranche d’âge de l’enfant").is_none());
    }
}
