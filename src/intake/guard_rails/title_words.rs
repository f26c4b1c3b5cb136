//! What the words of a title say of the grid under it.

use std::collections::BTreeSet;

use crate::base::text::{dates_in, fold};
use crate::vocabulary::config::Structure;

/// What a title says that its grid does not.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Contradiction {
    /// It counts for nothing.
    Example,
    /// Its notes are aimed at, and were not seen.
    Aim,
    /// Its notes are those of an earlier visit.
    Past,
    /// The team's own view.
    OwnView,
    /// The code of another accueil.
    Place(String),
    /// Another day.
    Day(String),
}

/// Words of a title that is no title of a grid of the day.
const EXAMPLES: [&str; 7] = [
    "exemple",
    "specimen",
    "brouillon",
    "fictif",
    "fictive",
    "essai",
    "annulee",
];
const NOTES: [&str; 12] = [
    "note",
    "notes",
    "niveau",
    "niveaux",
    "score",
    "scores",
    "cotation",
    "resultat",
    "resultats",
    "visite",
    "visites",
    "grille",
];
const AIMS: [&str; 11] = [
    "vise",
    "vises",
    "visee",
    "visees",
    "souhaite",
    "souhaites",
    "souhaitee",
    "attendu",
    "attendus",
    "cible",
    "objectif",
];
const PAST: [&str; 7] = [
    "rappel",
    "precedent",
    "precedents",
    "precedente",
    "precedentes",
    "derniere",
    "ancienne",
];
/// Characters of the longest title: what is longer explains.
const LONGEST: usize = 120;
/// Words that any accueil may bear in its name.
const GENERIC: [&str; 24] = [
    "accueil",
    "accueils",
    "periscolaire",
    "periscolaires",
    "alsh",
    "centre",
    "de",
    "loisirs",
    "loisir",
    "mercredi",
    "mercredis",
    "la",
    "le",
    "les",
    "l",
    "du",
    "des",
    "d",
    "ecole",
    "maison",
    "espace",
    "enfance",
    "garderie",
    "vacances",
];

pub(super) fn words(text: &str) -> Vec<String> {
    let folded = fold(text);
    let words = folded.split(|c: char| !c.is_alphanumeric());
    words.filter(|w| !w.is_empty()).map(str::to_owned).collect()
}

/// What words of a title say, whatever the grid.
pub(super) fn said(title: &str, own_view: bool, years: &BTreeSet<i32>) -> Option<Contradiction> {
    if title.chars().count() > LONGEST {
        return None;
    }
    let words = words(title);
    let has = |all: &[&str]| words.iter().any(|w| all.contains(&w.as_str()));
    let together = words.join(" ");
    let is_for_instance = together.contains("par exemple") || together.contains("exemple de note");
    if has(&EXAMPLES) && !is_for_instance || together.contains("ne pas tenir compte") {
        return Some(Contradiction::Example);
    }
    if own_view
        && [
            "auto evaluation",
            "autoevaluation",
            "rempli par l equipe",
            "remplie par l equipe",
        ]
        .iter()
        .any(|said| together.contains(said))
    {
        return Some(Contradiction::OwnView);
    }
    if !has(&NOTES) {
        return None;
    }
    let of_levels = has(&NOTES[..7]);
    if of_levels && has(&AIMS) {
        return Some(Contradiction::Aim);
    }
    let year = |w: &String| w.parse::<i32>().ok().filter(|y| (2000..2100).contains(y));
    let named: Vec<i32> = words.iter().filter_map(year).collect();
    let is_other_year = !named.is_empty() && named.iter().all(|y| !years.contains(y));
    let is_dated = !dates_in(title).is_empty();
    let is_past =
        has(&PAST) || together.contains("annee derniere") || together.contains("an dernier");
    let is_year = is_other_year && !is_dated && !(words.len() < 3 && has(&["grille"]));
    (is_past || is_year).then_some(Contradiction::Past)
}

/// Whether words stand one after the other among others.
fn stands(wanted: &[String], among: &[String]) -> bool {
    !wanted.is_empty() && among.windows(wanted.len()).any(|w| w == wanted)
}

/// The words of a name that no other accueil need bear.
pub(super) fn own_words(name: &str) -> Vec<String> {
    let mut own = words(name);
    own.retain(|w| !GENERIC.contains(&w.as_str()));
    own
}

/// Whether a title names an accueil: its code, or the words of its name that are its own.
pub(super) fn names(title: &[String], structure: &Structure) -> bool {
    let code = words(&structure.code);
    let has_digit = structure.code.chars().any(|c| c.is_ascii_digit());
    if has_digit && stands(&code, title) {
        return true;
    }
    let all = std::iter::once(&structure.nom).chain(&structure.alias);
    all.map(|name| own_words(name)).any(|own| {
        let letters: usize = own.iter().map(|w| w.chars().count()).sum();
        letters >= 5 && stands(&own, title)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_that_say_something_else_are_told_from_others() {
        let years = BTreeSet::from([2026]);
        let of = |title: &str| said(title, true, &years);
        assert_eq!(
            of("EXEMPLE DE GRILLE REMPLIE - ne pas tenir compte"),
            Some(Contradiction::Example)
        );
        assert_eq!(of("Niveau VISÉ pour 2027"), Some(Contradiction::Aim));
        assert_eq!(
            of("Rappel des notes de la visite 2025"),
            Some(Contradiction::Past)
        );
        assert_eq!(of("AUTO-ÉVALUATION"), Some(Contradiction::OwnView));
        assert_eq!(said("Auto-évaluation", false, &years), None);
        for plain in [
            "Grille d’observation – visite 1",
            "Visite du 12 mai 2026",
            "Objectif de la visite : observer l’accueil du matin",
            "Notez par exemple ce que vous avez vu",
            "Feuil1",
            "Convention 2023-2026",
        ] {
            assert_eq!(of(plain), None, "{plain}");
        }
    }
}
