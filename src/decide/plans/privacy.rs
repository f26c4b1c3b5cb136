//! A plan names functions, never persons (`domain.md` section 7): a title followed by a name, an
//! e-mail, a telephone.

use crate::base::text::fold;

/// Titles that announce a name.
const TITLES: [&str; 9] = [
    "m.",
    "mr",
    "mme",
    "mlle",
    "mmes",
    "mm.",
    "monsieur",
    "madame",
    "mademoiselle",
];

/// Whether a text names or reaches someone. « madame la directrice » is a function; « Monsieur
/// Carnaval » is taken for a name: better asked twice than kept.
pub(super) fn names_someone(text: &str) -> bool {
    let words: Vec<&str> = text.split_whitespace().collect();
    let titled = words.iter().enumerate().any(|(i, word)| {
        let name = words.get(i + 1).and_then(|w| w.chars().next());
        TITLES.contains(&fold(word).as_str()) && name.is_some_and(char::is_uppercase)
    });
    titled || words.iter().any(|w| is_email(w)) || has_phone(text)
}

fn is_email(word: &str) -> bool {
    word.split_once('@')
        .is_some_and(|(user, host)| !user.is_empty() && host.contains('.'))
}

/// Ten digits that begin with 0, or eleven with 33, spaces, dots and hyphens aside.
fn has_phone(text: &str) -> bool {
    let mut digits = String::new();
    for c in text.chars().chain(['\n']) {
        match c {
            '0'..='9' => digits.push(c),
            ' ' | '.' | '-' | '\u{a0}' | '\u{202f}' | '+' => {}
            _ => {
                let national = digits.len() == 10 && digits.starts_with('0');
                if national || (digits.len() == 11 && digits.starts_with("33")) {
                    return true;
                }
                digits.clear();
            }
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::names_someone;

    #[test]
    fn persons_are_seen_and_functions_are_not() {
        for text in [
            "Mme Durand",
            "voir avec M. Petit avant juin",
            "a.durand@mairie.fr",
            "Appeler le 06 12 34 56 78",
            "+33 6 12 34 56 78",
        ] {
            assert!(names_someone(text), "{text}");
        }
        for text in [
            "direction de l’accueil",
            "échéance du 12/05/2026, 30 enfants",
            "0 à 6 ans : 10 places, 2026-2027",
            "appeler le 119",
            "madame la directrice de l’école",
        ] {
            assert!(!names_someone(text), "{text}");
        }
    }
}
