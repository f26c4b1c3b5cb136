//! Headings and words that any form may have, whatever its tool.

use super::column_role::ColumnRole;
use crate::base::text::fold;
use crate::vocabulary::referentiel::{Absence, Scale};

/// A heading cut in two where a tool may have joined a question and one of its choices.
pub(super) fn cuts(heading: &str) -> impl Iterator<Item = (&str, &str)> {
    let bracket = heading
        .trim_end()
        .strip_suffix(']')
        .and_then(|h| h.rsplit_once('['));
    let at = |mark: &'static str| heading.rsplit_once(mark);
    [bracket, at("/"), at(": "), at(" - "), at("__")]
        .into_iter()
        .flatten()
}

/// The code of a modality, or of an absence that the scale admits, as written.
pub(super) fn modality(scale: &Scale, text: &str) -> Option<String> {
    if let Some(position) = scale.find(text) {
        return Some(scale.modalities[position].code.clone());
    }
    let absence = Absence::of(text).filter(|a| scale.admits(*a))?;
    Some(absence.code().to_owned())
}

/// Columns that every tool may have, by their folded heading.
pub(super) fn common(folded: &str) -> Option<ColumnRole> {
    Some(match folded {
        "structure"
        | "code structure"
        | "code de la structure"
        | "nom de la structure"
        | "accueil"
        | "site"
        | "centre"
        | "votre accueil"
        | "quel accueil"
        | "quel est votre accueil"
        | "nom de l accueil"
        | "code de l accueil"
        | "code accueil"
        | "accueil concerne"
        | "accueil de loisirs"
        | "nom du centre"
        | "votre centre"
        | "etablissement"
        | "accueil frequente"
        | "accueil de votre enfant"
        | "accueil de l enfant"
        | "accueil periscolaire"
        | "votre accueil de loisirs"
        | "votre accueil periscolaire"
        | "choisissez votre accueil"
        | "choisissez votre centre"
        | "lieu d accueil"
        | "lieu de l accueil"
        | "centre de loisirs"
        | "centre frequente"
        | "structure frequentee"
        | "structure d accueil"
        | "alsh"
        | "code" => ColumnRole::Structure,
        "id"
        | "response id"
        | "id de la reponse"
        | "numero"
        | "n°"
        | "repondant"
        | "n° de questionnaire"
        | "numero de questionnaire"
        | "numero du questionnaire"
        | "id de soumission"
        | "submission id"
        | "respondent id"
        | "serial"
        | "uuid"
        | "identifiant de la reponse" => ColumnRole::Respondent,
        "date"
        | "submitdate"
        | "date submitted"
        | "date de soumission"
        | "horodateur"
        | "date de la visite"
        | "date de visite"
        | "date de l observation" => ColumnRole::Date,
        "visite"
        | "n° de visite"
        | "n° de la visite"
        | "numero de visite"
        | "numero de la visite"
        | "numero de la visite dans la campagne" => ColumnRole::Visit,
        "observateur" | "observatrice" | "code de l observateur" | "code observateur" => {
            ColumnRole::Observer
        }
        _ if names_second_coder(folded) => ColumnRole::SecondCoder,
        _ if asks_which_place(folded) => ColumnRole::Structure,
        _ => return None,
    })
}

/// Words of the label under which an interview says who marks it again: « Second codeur », « Code du second
/// codeur », « Second codeur, si l’entretien a déjà été codé ».
pub(super) fn names_second_coder(folded: &str) -> bool {
    const NAMES: [&str; 6] = [
        "second codeur",
        "seconde codeuse",
        "deuxieme codeur",
        "codeur 2",
        "second_codeur",
        "secondcodeur",
    ];
    let label = folded.split([',', '(', ':']).next().unwrap_or("").trim();
    let label = label.strip_prefix("code du ").unwrap_or(label);
    NAMES.contains(&label)
}

/// « Quel centre fréquente votre enfant ? », « Dans quel périscolaire travaillez-vous ? », « Quel est le
/// nom de votre accueil ? »: a question whose answer is the accueil. One on what an accueil is like asks
/// something else.
fn asks_which_place(folded: &str) -> bool {
    const PLACES: [&str; 9] = [
        "accueil",
        "centre",
        "alsh",
        "periscolaire",
        "structure",
        "site",
        "etablissement",
        "acm",
        "garderie",
    ];
    const GOES: [&str; 17] = [
        "frequente",
        "frequentez",
        "frequentent",
        "frequentes",
        "va",
        "vont",
        "vas",
        "allez",
        "inscrit",
        "inscrite",
        "inscrits",
        "travaillez",
        "exercez",
        "intervenez",
        "concerne",
        "concernes",
        "accueilli",
    ];
    let words: Vec<&str> = folded
        .split(|c: char| !c.is_alphanumeric())
        .filter(|w| !w.is_empty())
        .collect();
    let asked = words.iter().position(|w| matches!(*w, "quel" | "quelle"));
    let Some(asked) = asked.filter(|at| *at <= 1) else {
        return false;
    };
    let is_place = |word: &&str| PLACES.contains(word);
    let after = &words[asked + 1..];
    let goes = after.iter().any(|w| GOES.contains(w));
    match after {
        // « Quel est votre centre », « quel est le nom de votre accueil ».
        ["est", "le", "nom", rest @ ..] => rest.iter().take(4).any(is_place),
        ["est", "votre" | "ton", place, ..] => is_place(place) && after.len() <= 5,
        // « Quel est l’accueil de votre enfant ? ».
        ["est", "l" | "le" | "la", place, rest @ ..] => {
            is_place(place) && matches!(rest, [] | ["de", "votre" | "ton", _])
        }
        [place, rest @ ..] => is_place(place) && (goes || matches!(rest, [] | ["de", "loisirs"])),
        [] => false,
    }
}

/// Headings that ask who a respondent is. No figure needs it, and crossed with others it would name
/// someone: it is not kept.
pub(super) fn is_profile(folded: &str) -> bool {
    const PROFILE: [&str; 24] = [
        "age",
        "votre age",
        "quel est votre age",
        "age de l enfant",
        "age de votre enfant",
        "tranche d age",
        "tranche d age de l enfant",
        "tranche d age de votre enfant",
        "sexe",
        "genre",
        "anciennete",
        "votre anciennete",
        "fonction",
        "votre fonction",
        "profession",
        "metier",
        "diplome",
        "votre diplome",
        "classe",
        "niveau de classe",
        "classe de votre enfant",
        "commune",
        "votre commune",
        "quartier",
    ];
    PROFILE.contains(&folded)
}

/// A cross, whatever the hand.
pub(super) fn is_tick(text: &str) -> bool {
    matches!(
        fold(text).as_str(),
        "x" | "xx"
            | "✓"
            | "✔"
            | "✗"
            | "✘"
            | "✕"
            | "☑"
            | "☒"
            | "●"
            | "•"
            | "*"
            | "1"
            | "oui"
            | "o"
            | "v"
    )
}

/// A box left empty, whatever the hand.
pub(super) fn is_unticked(text: &str) -> bool {
    // Folding takes dashes away.
    matches!(text.trim(), "-" | "–")
        || matches!(
            fold(text).as_str(),
            "○" | "☐" | "□" | "◯" | "faux" | "false" | "0" | "." | "non" | "n"
        )
}

/// Words that announce an open question.
const OPEN: [&str; 10] = [
    "commentaire",
    "remarque",
    "suggestion",
    "expression libre",
    "reponse libre",
    "a ajouter",
    "autre chose",
    "un mot",
    "vous dire",
    "verbatim",
];

pub(super) fn is_open_question(folded: &str) -> bool {
    folded == "libre" || OPEN.iter().any(|words| folded.contains(words))
}

#[cfg(test)]
mod tests {
    use super::{asks_which_place, is_tick};
    use crate::base::text::fold;

    #[test]
    fn crosses_are_known_whatever_the_hand() {
        assert!(is_tick("X") && is_tick(" ☒ ") && !is_tick("3") && !is_tick("-"));
    }

    #[test]
    fn a_question_whose_answer_is_the_accueil_is_known() {
        for asked in [
            "Quel centre fréquente votre enfant ?",
            "Dans quel accueil de loisirs votre enfant est-il inscrit ?",
            "Quel périscolaire fréquentez-vous ?",
            "À quel centre vas-tu ?",
            "Dans quelle structure travaillez-vous ?",
            "Quel est le nom de votre accueil ?",
            "Quel est votre centre de loisirs ?",
            "Quel accueil de loisirs ?",
        ] {
            assert!(asks_which_place(&fold(asked)), "{asked}");
        }
        for other in [
            "Quel accueil est réservé à votre enfant le matin ?",
            "Que pensez-vous du centre que fréquente votre enfant ?",
            "Quel est votre avis sur l’accueil ?",
            "Quel jour votre enfant va-t-il au centre ?",
            "Quel est le nom de votre enfant ?",
            "L’accueil",
        ] {
            assert!(!asks_which_place(&fold(other)), "{other}");
        }
    }
}
