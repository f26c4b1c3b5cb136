//! What a person may say that a column is, besides an answer to an élément: the words of correspondences,
//! each with what it means.

use crate::intake::sources::{FILE_KIND, GRID, HAND_MADE, TABLE};

/// A word of correspondences.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Role {
    /// As files of correspondences write it.
    pub(super) word: &'static str,
    /// What it says, for a person.
    pub(super) meaning: &'static str,
}

const fn role(word: &'static str, meaning: &'static str) -> Role {
    Role { word, meaning }
}

/// In any table.
const ANY: [Role; 7] = [
    role("ignorer", "ne compte pas : rien n’en est lu"),
    role("structure", "l’accueil, par son code ou son nom"),
    role("date", "le jour"),
    role("visite", "le numéro de la visite"),
    role("observateur", "la personne qui a observé"),
    role("repondant", "le numéro de la réponse"),
    role("libre", "une réponse ouverte, en toutes lettres"),
];
/// And in a grid.
const OF_GRIDS: [Role; 2] = [
    role("note", "la note de chaque ligne"),
    role("commentaire", "les remarques de chaque ligne"),
];
/// And in a table of activity.
const OF_ACTIVITY: [Role; 10] = [
    role("plage", "le moment : matin, midi, soir, 7h30–8h30"),
    role("temps", "périscolaire ou extrascolaire"),
    role("duree_h", "la durée de la séance, en heures"),
    role("presents_moins6", "les enfants présents de moins de 6 ans"),
    role("presents_6plus", "les enfants présents de 6 ans et plus"),
    role("animateurs", "les animateurs présents"),
    role(
        "dont_qualifies",
        "parmi les animateurs, ceux qui sont diplômés (BAFA…)",
    ),
    role(
        "dont_stagiaires",
        "parmi les animateurs, ceux qui sont en formation",
    ),
    role("fonction", "le poste d’une personne de l’équipe"),
    role("diplome", "le diplôme d’une personne de l’équipe"),
];
/// Of a whole file.
const OF_FILES: [Role; 2] = [
    role(GRID, "une grille : une ligne par critère observé"),
    role(TABLE, "des réponses : une ligne par personne"),
];

/// What a column of a tool may be.
pub(super) fn roles_of(tool: &str) -> impl Iterator<Item = &'static Role> {
    let any: &[Role] = if tool == FILE_KIND { &OF_FILES } else { &ANY };
    let more: &[Role] = match tool {
        "activite" => &OF_ACTIVITY,
        HAND_MADE | "observatoire" => &OF_GRIDS,
        _ => &[],
    };
    any.iter().chain(more)
}

/// Whether a word is one of those that some column may be.
pub(super) fn is_role(word: &str) -> bool {
    let all = ANY.iter().chain(&OF_GRIDS).chain(&OF_ACTIVITY);
    all.chain(&OF_FILES).any(|role| role.word == word)
}
