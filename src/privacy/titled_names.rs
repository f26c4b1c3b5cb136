//! A plan names functions, never persons (`docs/domain.md` §7): a title followed by a name, an
//! e-mail, a telephone.

use super::addresses::is_email;
use super::telephones::holds_telephone;
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
pub(crate) fn names_someone(text: &str) -> bool {
    let words: Vec<&str> = text.split_whitespace().collect();
    let titled = words.iter().enumerate().any(|(i, word)| {
        let name = words.get(i + 1).and_then(|w| w.chars().next());
        TITLES.contains(&fold(word).as_str()) && name.is_some_and(char::is_uppercase)
    });
    titled || words.iter().any(|w| is_email(w)) || holds_telephone(text)
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
