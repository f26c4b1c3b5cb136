//! Fonctions that are no post of animation, or several: each line of a team counts as one post, occupied.

use std::collections::BTreeMap;

use super::moment_rail::word;
use crate::base::diagnostics::Location;
use crate::base::text::fold;
use crate::intake::observations::{TypedRecord, UnitKey};

/// What says that nobody holds a post.
const VACANT: [&str; 3] = ["vacant", "a pourvoir", "non pourvu"];
/// Words of who has left, or comes instead of another.
const GONE: [&str; 5] = ["ex", "ancien", "ancienne", "parti", "demissionnaire"];
/// Beginnings of the words of trades that animate nothing.
const ELSEWHERE: [&str; 16] = [
    "cantine",
    "cuisin",
    "restauration",
    "menage",
    "entretien",
    "technique",
    "gardien",
    "concierge",
    "secreta",
    "administrati",
    "comptab",
    "chauffeur",
    "benevole",
    "parent",
    "elu",
    "prestataire",
];
/// Beginnings of the words of who animates, or directs.
const ANIMATES: [&str; 5] = ["anim", "direct", "educat", "coordin", "referent"];
/// Numbers written in letters.
const NUMBERS: [&str; 9] = [
    "deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf", "dix",
];

/// What a line of a team says, measure by measure.
type PostContent<'r> = Vec<(&'r str, &'r str)>;

/// Why a fonction would not be counted for what it is.
pub(super) fn odd_role(role: &str) -> Option<String> {
    let folded = fold(role);
    let words: Vec<&str> = folded
        .split(|c: char| !c.is_alphanumeric())
        .filter(|w| !w.is_empty())
        .collect();
    let begins = |all: &[&str]| words.iter().any(|w| all.iter().any(|b| w.starts_with(b)));
    let is_vacant = VACANT.iter().any(|vacant| folded.contains(vacant));
    if is_vacant || words.iter().any(|w| GONE.contains(w)) {
        return Some(format!("« {role} » compterait comme un poste occupé"));
    }
    if is_several(&words) {
        return Some(format!(
            "« {role} » compterait comme un seul poste : une ligne par poste"
        ));
    }
    (begins(&ELSEWHERE) && !begins(&ANIMATES))
        .then(|| format!("« {role} » compterait parmi les postes d’animation"))
}

/// « 3 animateurs », « animateurs (3) », « animateur x2 »; « animateur 3-6 ans » is one.
fn is_several(words: &[&str]) -> bool {
    let number = |w: &&str| NUMBERS.contains(w) || w.parse::<u32>().is_ok_and(|n| n > 1);
    let is_trade = |w: &&str| ANIMATES.iter().any(|b| w.starts_with(b));
    let leads = words.first().is_some_and(number) && words.get(1).is_some_and(is_trade);
    let is_plural = words.iter().any(|w| is_trade(w) && w.ends_with('s'));
    let times = words.iter().any(|w| {
        let n = w.strip_prefix('x').and_then(|n| n.parse::<u32>().ok());
        n.is_some_and(|n| n > 1)
    });
    leads || times || (is_plural && words.iter().any(number))
}

/// The very same post of direction on two lines: one accueil has one, and it would count twice.
pub(super) fn direction_twice(records: &[TypedRecord]) -> Option<(&Location, String)> {
    let mut seen: BTreeMap<(&str, PostContent), usize> = BTreeMap::new();
    records.iter().find_map(|record| {
        let UnitKey::Table { structure, table } = &record.unit else {
            return None;
        };
        let role = word(record, "fonction")?;
        let folded = fold(role);
        if table != "poste" || !folded.starts_with("direct") || folded.contains("adjoint") {
            return None;
        }
        let said = record.measures.iter().map(|m| (&*m.code, m.raw.as_str()));
        let times = seen.entry((structure, said.collect())).or_default();
        *times += 1;
        (*times == 2).then(|| {
            let why =
                format!("{structure} : « {role} » est écrit deux fois, sur deux lignes pareilles");
            (&record.at, why)
        })
    })
}

#[cfg(test)]
mod tests {
    use super::odd_role;

    #[test]
    fn a_post_of_animation_is_told_from_several_and_from_other_trades() {
        for odd in [
            "3 animateurs",
            "Animateurs (4)",
            "animatrice x2",
            "ex-animateur",
            "animation (poste vacant)",
            "agent de cantine",
            "bénévole",
        ] {
            assert!(odd_role(odd).is_some(), "{odd}");
        }
        for plain in [
            "Animatrice",
            "animateur périscolaire",
            "animateur 3-6 ans",
            "Animateur 2",
            "ATSEM",
            "directrice adjointe",
            "Animateur et agent de restauration",
            "coordinatrice",
            "",
        ] {
            assert_eq!(odd_role(plain), None, "{plain}");
        }
    }
}
