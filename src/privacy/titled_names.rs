//! A plan names functions, never persons (`docs/domain.md` §7): a title followed by a name, an
//! e-mail, a telephone.

use super::addresses::is_email;
use super::given_names::NameLists;
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

/// Whether a cell that waits for a function holds nothing but a person: a given name, alone or with a family name.
pub(crate) fn is_a_person(text: &str) -> bool {
    let words: Vec<&str> = text.split_whitespace().collect();
    let lists = NameLists::get();
    let is_capital = |word: &&str| {
        word.starts_with(char::is_uppercase) && word.chars().all(|c| c.is_alphabetic() || c == '-')
    };
    (1..=3).contains(&words.len())
        && words.iter().all(is_capital)
        && words.iter().any(|word| lists.is_given(&fold(word)))
}

#[cfg(test)]
mod tests {
    use super::{is_a_person, names_someone};

    #[test]
    fn a_name_is_no_function() {
        for text in ["Nadège Leroy", "LEROY Nadège", "Nadège", "Léa Martin-Petit"] {
            assert!(is_a_person(text), "{text}");
        }
        for text in [
            "Direction",
            "CCT-ENF",
            "Coordination Enfance",
            "service jeunesse",
            "Mairie de Lina",
            "",
        ] {
            assert!(!is_a_person(text), "{text}");
        }
    }

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
