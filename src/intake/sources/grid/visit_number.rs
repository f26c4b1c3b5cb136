//! Words that number a visit: « 2e visite », « passage n° 2 », « Observation CTG – visite 2 ».

use crate::base::text::{fold, is_month};

/// Of a text that speaks of a visit and of nothing else, its number; empty when it has none.
pub(super) fn words_of_visit(folded: &str) -> Option<String> {
    const AROUND: [&str; 8] = ["n", "no", "num", "numero", "de", "la", "du", "visites"];
    // « Passage n° 2 », « Tour 2 », « Rang de la visite : 2 ».
    let folded = match folded.split_once(' ').map_or(folded, |(first, _)| first) {
        first @ ("passage" | "tour" | "rang") => &*folded.replacen(first, "visite", 1),
        _ => folded,
    };
    let words = folded.split(|c: char| !c.is_alphanumeric());
    let words: Vec<&str> = words.filter(|w| !w.is_empty()).collect();
    let is_number = |word: &&&str| word.bytes().all(|b| b.is_ascii_digit());
    let numbers: Vec<&&str> = words.iter().filter(is_number).collect();
    let others = words.iter().filter(|w| !is_number(w) && **w != "visite");
    let speaks = words.contains(&"visite") && others.copied().all(|w| AROUND.contains(&w));
    (speaks && numbers.len() < 2)
        .then(|| numbers.first().map_or(String::new(), |n| (**n).to_owned()))
}

/// « 2 », « n° 2 », « 2e visite », « 2 sur 3 », « deuxième » → 2; other words as they are.
pub(in crate::intake::sources) fn ordinal(text: &str) -> String {
    // Nothing else may stand beside: « 2 bis », « 1 (annulée) » are no numbers.
    const AROUND: [&str; 20] = [
        "visite",
        "n",
        "no",
        "num",
        "numero",
        "la",
        "de",
        "sur",
        "re",
        "ere",
        "er",
        "e",
        "eme",
        "nd",
        "nde",
        "v",
        "passage",
        "observation",
        "du",
        "matin",
    ];
    const RANKS: [&[&str]; 4] = [
        &["premiere", "premier", "une", "initiale"],
        &["deuxieme", "seconde", "second", "deux"],
        &["troisieme", "trois"],
        &["quatrieme", "quatre"],
    ];
    let folded = fold(text);
    let words: Vec<&str> = folded
        .split(|c: char| !c.is_alphanumeric())
        .filter(|w| !w.is_empty())
        .collect();
    let digits: Vec<&str> = folded
        .split(|c: char| !c.is_ascii_digit())
        .filter(|part| !part.is_empty())
        .collect();
    let is_plain = |word: &&str| -> bool {
        let letters = word.trim_matches(|c: char| c.is_ascii_digit());
        letters.is_empty()
            || AROUND.contains(&letters)
            || RANKS.iter().any(|all| all.contains(word))
    };
    if !words.iter().all(is_plain) {
        return text.trim().to_owned();
    }
    let is_share = words.contains(&"sur") || folded.contains('/');
    match digits[..] {
        [one] if one.len() <= 2 => return one.to_owned(),
        [one, all] if is_share && one.len() <= 2 && all.len() <= 2 => return one.to_owned(),
        _ => {}
    }
    let mut ranks = RANKS.iter().zip(1..);
    let rank = ranks.find(|(all, _)| words.iter().any(|w| all.contains(w)));
    match rank {
        Some((_, rank)) if digits.is_empty() => rank.to_string(),
        _ => text.trim().to_owned(),
    }
}

/// The number right after « visite » in a text that speaks of other things too, no date among them:
/// « Observation CTG – visite 2 ».
pub(super) fn visit_in(folded: &str) -> Option<String> {
    let words: Vec<&str> = folded
        .split(|c: char| !c.is_alphanumeric())
        .filter(|w| !w.is_empty())
        .collect();
    let at = words.iter().position(|w| *w == "visite")?;
    let mut after = words[at + 1..]
        .iter()
        .skip_while(|w| ["n", "no", "num", "numero"].contains(w));
    let number = after
        .next()
        .filter(|w| w.len() == 1 && w.bytes().all(|b| b.is_ascii_digit()))?;
    let is_date = words.contains(&"date")
        || after
            .next()
            .is_some_and(|w| is_month(w) || w.bytes().any(|b| b.is_ascii_digit()));
    (!is_date).then(|| (*number).to_owned())
}
