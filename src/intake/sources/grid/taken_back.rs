//! Remarks that take their note back: « erreur de saisie, lire 2 », « NC en réalité », « note de l’équipe ».

use crate::base::text::fold;

/// What says that a note is another, or nobody's.
const TAKEN_BACK: [&str; 37] = [
    "erreur",
    "lire",
    "corriger",
    "corrige",
    "mettre plutot",
    "plutot 1",
    "plutot 2",
    "plutot 3",
    "plutot 4",
    "en fait",
    "en realite",
    "ne pas prendre",
    "ne pas tenir compte",
    "ne pas compter",
    "ne compte pas",
    "non observe",
    "pas observe",
    "pas vu",
    "pas pu observer",
    "non applicable",
    "sans objet",
    "non concerne",
    "ligne annulee",
    "note annulee",
    "provisoire",
    "a confirmer",
    "a verifier",
    "doublon",
    "note de l equipe",
    "note de la directrice",
    "note du directeur",
    "pas la mienne",
    "selon moi",
    "apres discussion",
    "l an dernier",
    "annee derniere",
    "visite precedente",
];
/// What a note may become: « finalement 2 », « NON : 3 », « note à 3 », « ex-3 », « un 2 en fait ».
const BECOMES: [&str; 8] = [
    "finalement",
    "non",
    "note a",
    "ex",
    "plutot",
    "mettre",
    "passe a",
    "devient",
];

/// Whether a remark takes the note back. `year`: that of the campaign, when known; what was seen in another was
/// not seen that day.
pub(in crate::intake::sources) fn takes_back(remark: &str, year: Option<i32>) -> bool {
    // Most lines have none.
    if remark.trim().is_empty() {
        return false;
    }
    let folded = fold(remark);
    let words: Vec<&str> = folded
        .split(|c: char| !c.is_alphanumeric())
        .filter(|w| !w.is_empty())
        .collect();
    let plain = format!(" {} ", words.join(" "));
    let says = |said: &str| plain.contains(&format!(" {said} "));
    let becomes = |said: &&str| (1..=4).any(|level| says(&format!("{said} {level}")));
    // « vu en 2025 », « reporté de 2025 ».
    let other_year = |pair: &[&str]| {
        let named = pair[1]
            .parse::<i32>()
            .ok()
            .filter(|y| (2000..2100).contains(y));
        ["en", "de", "depuis"].contains(&pair[0])
            && named.zip(year).is_some_and(|(named, own)| named < own)
            && words.len() <= 4
    };
    TAKEN_BACK.into_iter().any(says)
        || BECOMES.iter().any(becomes)
        || words.windows(2).any(other_year)
}

#[cfg(test)]
mod tests {
    use super::takes_back;

    #[test]
    fn remarks_that_take_their_note_back_are_told_from_others() {
        for remark in [
            "erreur de saisie, lire 2",
            "c’est un 2 en fait",
            "NON : 3",
            "note d’Annie, pas la mienne",
            "ex-3",
            "note provisoire",
            "vu en 2025",
            "finalement 2",
            "NC en réalité",
            "reporté de 2025",
            "idem visite de l’an dernier",
        ] {
            assert!(takes_back(remark, Some(2026)), "{remark}");
        }
        for remark in [
            "non, les enfants attendent",
            "2 animateurs présents",
            "projet relancé depuis 2024 avec les familles du quartier",
            "bien, le ton reste posé",
            "oui",
            "",
        ] {
            assert!(!takes_back(remark, Some(2026)), "{remark}");
        }
    }
}
