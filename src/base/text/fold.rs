//! Matching names and headings: case, accents, hyphens, apostrophes and « St/Saint » aside.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// The form under which two writings of a name are the same: « ALSH St-Éloi » → « alsh saint eloi ».
pub fn fold(text: &str) -> String {
    // Codes and numbers are already folded.
    if text
        .bytes()
        .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit())
        && text != "st"
        && text != "ste"
    {
        return text.to_owned();
    }
    let mut plain = String::with_capacity(text.len());
    for c in text.nfd().filter(|c| !is_combining_mark(*c)) {
        match c {
            'œ' | 'Œ' => plain.push_str("oe"),
            'æ' | 'Æ' => plain.push_str("ae"),
            '-' | '‐' | '‑' | '–' | '—' | '_' | '\'' | '’' | 'ʼ' => plain.push(' '),
            c if c.is_whitespace() => plain.push(' '),
            c => plain.extend(c.to_lowercase()),
        }
    }
    let words = plain.split_whitespace().map(|word| match word {
        "st" | "st." => "saint",
        "ste" | "ste." => "sainte",
        word => word,
    });
    words.collect::<Vec<_>>().join(" ")
}

/// A sentence folded, without the punctuation around it.
pub fn plain_words(text: &str) -> String {
    fold(text)
        .trim_matches(|c: char| !c.is_alphanumeric())
        .to_owned()
}

/// The nearest candidates to what was written, at most three, the best first; none when nothing
/// resembles it.
pub fn nearest(written: &str, candidates: &[&str]) -> Vec<String> {
    let wanted = fold(written);
    let mut scored: Vec<(f64, &str)> = candidates
        .iter()
        .map(|c| (likeness(&wanted, &fold(c)), *c))
        .filter(|(score, _)| *score >= 0.75)
        .collect();
    scored.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| a.1.cmp(b.1)));
    scored.dedup_by(|a, b| a.1 == b.1);
    scored
        .into_iter()
        .take(3)
        .map(|(_, c)| c.to_owned())
        .collect()
}

/// Jaro-Winkler suits names; a slip of one character in a short code (« R1 ») escapes it.
fn likeness(a: &str, b: &str) -> f64 {
    let slip = strsim::damerau_levenshtein(a, b) <= 1;
    strsim::jaro_winkler(a, b).max(if slip { 0.9 } else { 0.0 })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn writings_of_a_name_meet() {
        assert_eq!(fold("ALSH  St-Éloi"), "alsh saint eloi");
        assert_eq!(fold("Périscolaire L’Oison"), fold("periscolaire l'oison"));
        assert_eq!(
            fold("Ste Opportune\u{a0}la Mare"),
            "sainte opportune la mare"
        );
        assert_ne!(
            fold("Saint-Ouen-du-Tilleul"),
            fold("Saint-Ouen-de-Thouberville")
        );
    }

    #[test]
    fn the_nearest_come_first() {
        assert_eq!(nearest("R1", &["R01", "P07"]), ["R01"]);
        assert_eq!(nearest("poid", &["poids", "axe"]), ["poids"]);
        assert!(nearest("zzz", &["poids", "axe"]).is_empty());
    }
}
