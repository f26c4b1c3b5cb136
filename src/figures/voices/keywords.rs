//! Words that come back in open answers, grouped by stem, each with answers where it stands: a
//! word alone is never an opinion (`docs/statistics.md` §8.2).

use std::collections::{BTreeMap, BTreeSet};

use crate::stats::words::{STOP_WORDS, stem, tokens};

/// A word and where it comes.
#[derive(Debug, Clone, PartialEq)]
pub struct Keyword {
    /// Most frequent form.
    pub word: String,
    /// Answers that use it.
    pub answers: usize,
    /// Positions of those answers.
    pub places: Vec<usize>,
}

/// Words that no answer is about: politeness, and whom all of them are about.
const NO_SUBJECT: [&str; 16] = [
    "plaît",
    "plait",
    "merci",
    "bonjour",
    "cordialement",
    "madame",
    "monsieur",
    "fils",
    "fille",
    "filles",
    "garçon",
    "enfant",
    "enfants",
    "loulou",
    "bonne",
    "continuation",
];

/// Shortest word looked at.
const SHORTEST: usize = 4;

/// Words written in lower case somewhere, or as an acronym: the others may be names.
fn common_words(answers: &[&str]) -> BTreeSet<String> {
    let words = answers
        .iter()
        .flat_map(|a| a.split(|c: char| !c.is_alphabetic()));
    let lower = |w: &&str| w.chars().next().is_some_and(char::is_lowercase);
    let acronym = |w: &&str| w.chars().count() <= 5 && w.chars().all(char::is_uppercase);
    let kept = words.filter(|w| lower(w) || acronym(w));
    kept.map(str::to_lowercase).collect()
}

/// Words used in at least `least` answers, the most shared first. A word that is always written
/// with a capital is held to be somebody's name, and left out.
pub fn keywords(answers: &[&str], least: usize) -> Vec<Keyword> {
    let common = common_words(answers);
    let mut stems: BTreeMap<String, (BTreeSet<usize>, BTreeMap<String, usize>)> = BTreeMap::new();
    for (i, answer) in answers.iter().enumerate() {
        let words = tokens(answer, STOP_WORDS, SHORTEST).into_iter();
        let is_subject = |word: &String| !NO_SUBJECT.contains(&word.as_str());
        for word in words.filter(|w| common.contains(w) && is_subject(w)) {
            let found = stems.entry(stem(&word)).or_default();
            found.0.insert(i);
            *found.1.entry(word).or_default() += 1;
        }
    }
    let mut all: Vec<Keyword> = stems
        .into_values()
        .filter(|(places, _)| places.len() >= least)
        .filter_map(|(places, forms)| {
            // The most frequent form; the first by letters when several are.
            let most = forms.values().copied().max()?;
            let word = forms.into_iter().find(|(_, n)| *n == most)?.0;
            Some(Keyword {
                word,
                answers: places.len(),
                places: places.into_iter().collect(),
            })
        })
        .collect();
    all.sort_by(|a, b| b.answers.cmp(&a.answers).then(a.word.cmp(&b.word)));
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Ten families thank Sandrine: her name is no keyword.
    #[test]
    fn a_name_is_no_keyword() {
        let answers = [
            "Merci à Sandrine et au PEDT",
            "Sandrine écoute, le PEDT aussi",
        ];
        let found = keywords(&answers, 2);
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].word, "pedt");
    }

    /// « s’il vous plaît » is about nothing.
    #[test]
    fn politeness_is_no_keyword() {
        let answers = [
            "Plus de sorties, s’il vous plaît",
            "Des sorties avec mon fils, merci, s’il vous plaît",
        ];
        let found: Vec<String> = keywords(&answers, 2).into_iter().map(|k| k.word).collect();
        assert_eq!(found, ["sorties"]);
    }

    /// « sortie » and « sorties » share a stem; « plus de » says nothing.
    #[test]
    fn forms_of_a_word_count_together() {
        let answers = [
            "Plus de sorties dehors",
            "Une sortie par mois",
            "Des sorties, des sorties !",
            "Merci",
        ];
        let found = keywords(&answers, 2);
        assert_eq!(found.len(), 1);
        assert_eq!((found[0].word.as_str(), found[0].answers), ("sorties", 3));
        assert_eq!(found[0].places, [0, 1, 2]);
    }
}
