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
    for c in text.chars() {
        // What French is written with, without looking at tables; composed or decomposed, all else is the same.
        match latin(c) {
            Some(letter) => plain.push(letter),
            None => push_plain(&mut plain, c),
        }
    }
    let words = plain.split_whitespace().map(|word| match word {
        "st" | "st." => "saint",
        "ste" | "ste." => "sainte",
        word => word,
    });
    words.collect::<Vec<_>>().join(" ")
}

/// The letter of one that bears an accent of French or none, or the space that stands for what separates words.
fn latin(c: char) -> Option<char> {
    Some(match c {
        'A'..='Z' => c.to_ascii_lowercase(),
        'à' | 'â' | 'ä' | 'À' | 'Â' | 'Ä' => 'a',
        'é' | 'è' | 'ê' | 'ë' | 'É' | 'È' | 'Ê' | 'Ë' => 'e',
        'î' | 'ï' | 'Î' | 'Ï' => 'i',
        'ô' | 'ö' | 'Ô' | 'Ö' => 'o',
        'ù' | 'û' | 'ü' | 'Ù' | 'Û' | 'Ü' => 'u',
        'ç' | 'Ç' => 'c',
        ' ' | '-' | '_' | '\'' | '’' | '–' | '—' => ' ',
        '!'..='~' => c,
        _ => return None,
    })
}

/// Any other character, by the tables of Unicode: letters without their marks, in lower case.
fn push_plain(plain: &mut String, c: char) {
    for c in std::iter::once(c).nfd().filter(|c| !is_combining_mark(*c)) {
        match c {
            'œ' | 'Œ' => plain.push_str("oe"),
            'æ' | 'Æ' => plain.push_str("ae"),
            '‐' | '‑' | 'ʼ' => plain.push(' '),
            c if c.is_whitespace() => plain.push(' '),
            c => plain.extend(c.to_lowercase()),
        }
    }
}

/// A sentence folded, without the punctuation around it.
pub fn plain_words(text: &str) -> String {
    fold(text)
        .trim_matches(|c: char| !c.is_alphanumeric())
        .to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_of_french_are_those_of_the_tables() {
        for c in '\0'..='\u{ffff}' {
            let Some(letter) = latin(c).filter(|l| *l != ' ') else {
                continue;
            };
            let mut plain = String::new();
            push_plain(&mut plain, c);
            assert_eq!(plain, letter.to_string(), "{c}");
        }
    }

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
}
