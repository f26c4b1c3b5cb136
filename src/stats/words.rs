//! French words of free answers: tokens, stems, what is typical of a group (`statistics.md` 8.2).
//! A word alone is never an opinion: « pas assez long » loses its negation.

use std::collections::{BTreeMap, BTreeSet};

use rust_stemmers::{Algorithm, Stemmer};
use unicode_normalization::UnicodeNormalization;

/// Elided forms, without their apostrophe.
const ELIDED: [&str; 15] = [
    "l", "d", "j", "qu", "n", "s", "c", "m", "t", "jusqu", "lorsqu", "puisqu", "quoiqu", "quelqu",
    "presqu",
];

/// Words that say nothing by themselves.
pub const STOP_WORDS: &[&str] = &[
    "a", "ai", "aie", "aient", "ait", "alors", "as", "au", "aucun", "aujourd", "aussi", "autre",
    "aux", "avait", "avant", "avec", "avoir", "avons", "bien", "car", "ce", "cela", "ces", "cet",
    "cette", "ceux", "chaque", "chez", "ci", "comme", "comment", "dans", "de", "des", "donc", "du",
    "elle", "elles", "en", "encore", "entre", "est", "et", "étaient", "était", "été", "être", "eu",
    "fait", "faire", "faut", "font", "hors", "hui", "ici", "il", "ils", "je", "la", "là", "le",
    "les", "leur", "leurs", "lors", "lui", "ma", "mais", "me", "même", "mes", "moi", "mon", "ne",
    "ni", "nos", "notre", "nous", "on", "ont", "ou", "où", "par", "parce", "pas", "peu", "peut",
    "plus", "pour", "pourquoi", "qu", "quand", "que", "quel", "quelle", "quelles", "quels", "qui",
    "sa", "sans", "se", "sera", "ses", "si", "son", "sont", "sous", "soyez", "suis", "sur", "ta",
    "te", "tes", "toi", "ton", "tous", "tout", "toute", "toutes", "très", "trop", "tu", "un",
    "une", "vos", "votre", "vous", "y", "à", "ça",
];

/// Words of a text: lower case, elided forms and stop words removed, hyphens split, accents kept.
pub fn tokens(text: &str, stop: &[&str], least: usize) -> Vec<String> {
    let text: String = text
        .nfc()
        .collect::<String>()
        .to_lowercase()
        .replace('’', "'");
    let mut words = Vec::new();
    for piece in text.split(|c: char| !c.is_alphabetic() && c != '\'') {
        let parts: Vec<&str> = piece.split('\'').collect();
        for (i, part) in parts.iter().enumerate() {
            let elided = i + 1 < parts.len() && ELIDED.contains(part);
            if !elided && part.chars().count() >= least && !stop.contains(part) {
                words.push((*part).to_owned());
            }
        }
    }
    words
}

/// Snowball stem of a French word; accents are kept until after stemming.
pub fn stem(word: &str) -> String {
    Stemmer::create(Algorithm::French)
        .stem(&word.to_lowercase())
        .into_owned()
}

/// Log-likelihood keyness of a word between two groups.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Keyness {
    /// 2ΣO·ln(O/E).
    pub g2: f64,
    /// Whether the first group uses it more.
    pub more_in_first: bool,
}

/// Keyness of a word seen `a` times among `total_a` words and `b` among `total_b`; four cells, or
/// the two of the word alone (Rayson & Garside 2000).
pub fn keyness((a, total_a): (f64, f64), (b, total_b): (f64, f64), four: bool) -> Keyness {
    let share = (a + b) / (total_a + total_b);
    let term = |seen: f64, expected: f64| {
        if seen > 0.0 && expected > 0.0 {
            seen * (seen / expected).ln()
        } else {
            0.0
        }
    };
    let word = term(a, total_a * share) + term(b, total_b * share);
    let rest =
        term(total_a - a, total_a * (1.0 - share)) + term(total_b - b, total_b * (1.0 - share));
    Keyness {
        g2: 2.0 * if four { word + rest } else { word },
        more_in_first: a * total_b > b * total_a,
    }
}

/// Vocabulary, and each document's weights: idf = ln((1 + N)/(1 + df)) + 1, unit length.
pub fn tf_idf(documents: &[Vec<String>]) -> (Vec<String>, Vec<Vec<f64>>) {
    let vocabulary: BTreeSet<&String> = documents.iter().flatten().collect();
    let n = documents.len() as f64;
    let idf: BTreeMap<&String, f64> = vocabulary
        .iter()
        .map(|w| {
            let df = documents.iter().filter(|d| d.contains(w)).count() as f64;
            (*w, ((1.0 + n) / (1.0 + df)).ln() + 1.0)
        })
        .collect();
    let row = |document: &Vec<String>| {
        let raw: Vec<f64> = idf
            .iter()
            .map(|(w, idf)| document.iter().filter(|d| d == w).count() as f64 * idf)
            .collect();
        let norm = raw.iter().map(|x| x * x).sum::<f64>().sqrt();
        let scale = if norm > 0.0 { norm } else { 1.0 };
        raw.iter().map(|x| x / scale).collect()
    };
    let rows = documents.iter().map(row).collect();
    (vocabulary.into_iter().cloned().collect(), rows)
}
