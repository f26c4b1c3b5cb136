//! French words of free answers: tokens and stems (`docs/statistics.md` §8.2).
//! A word alone is never an opinion: « pas assez long » loses its negation.

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
