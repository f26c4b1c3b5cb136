//! What the columns of a hand-made grid mean: a modality to tick, a rating, a comment.

use crate::base::text::fold;
use crate::intake::sources::heading::without_precision;
use crate::vocabulary::referentiel::{Absence, Scale};

/// What a column right of the lines means.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Meaning {
    /// A cross here is this modality or status.
    Tick(String),
    /// The rating is written here.
    Rating,
    Comment,
}

/// « N.O. », « non observé » → NO; « non concerné » → NC; « ne sait pas » → NSP.
pub(super) fn status(text: &str) -> Option<String> {
    Absence::of(text).map(|absence| absence.code().to_owned())
}
/// Beginnings of the headings of a column of ratings.
const RATINGS: [&str; 12] = [
    "note",
    "niveau",
    "cotation",
    "score",
    "reponse",
    "statut",
    "evaluation",
    "appreciation",
    "resultat",
    "constat",
    "conformite",
    "positionnement",
];

/// Whether a heading announces the ratings of a column.
pub(super) fn is_rating_heading(heading: &str) -> bool {
    let folded = fold(heading);
    !is_of_another_time(&folded) && is_plain_rating(&folded)
}

/// Words that may stand around the word of a rating and leave it the note of the day.
const AROUND_RATINGS: [&str; 44] = [
    "du",
    "de",
    "la",
    "le",
    "l",
    "d",
    "a",
    "au",
    "en",
    "sur",
    "pour",
    "ou",
    "et",
    "votre",
    "vos",
    "jour",
    "journee",
    "visite",
    "attribuee",
    "attribue",
    "donnee",
    "donne",
    "constatee",
    "constate",
    "constates",
    "observee",
    "observe",
    "retenue",
    "retenu",
    "finale",
    "final",
    "obtenue",
    "obtenu",
    "atteint",
    "globale",
    "observateur",
    "observatrice",
    "critere",
    "qualite",
    "element",
    "nc",
    "no",
    "ici",
    "conformite",
];

/// Whether a folded heading is the word of a rating, with nothing beside it that says whose or of what it is:
/// « Note du jour », « Votre note (1 à 4) », and no « Note de Jules Ferry », « Niveau de risque ».
fn is_plain_rating(folded: &str) -> bool {
    let words: Vec<&str> = folded
        .split(|c: char| !c.is_alphanumeric())
        .filter(|w| !w.is_empty())
        .collect();
    let is_rating = |w: &&str| {
        let plain = w.strip_suffix('s').unwrap_or(w);
        RATINGS.contains(&plain)
    };
    // « De 1 à 4 » and legends are read by who reads what is said of notes.
    let legend = folded
        .find(['(', '[', ':', '=', '/', '%'])
        .unwrap_or(folded.len());
    let before = folded[..legend].split(|c: char| !c.is_alphanumeric());
    let mut before = before.filter(|w| !w.is_empty());
    // « Note visite 2 » is that of one visit among others.
    let is_numbered = folded.contains("visite") && folded.bytes().any(|b| b.is_ascii_digit());
    words.iter().any(is_rating)
        && !is_numbered
        && before.all(|w| {
            is_rating(&w)
                || AROUND_RATINGS.contains(&w)
                || w.bytes().all(|b| b.is_ascii_digit()) && w.len() <= 2
                || w.starts_with("invers")
        })
}

/// Words of columns that stand beside the notes of the day: those of an earlier visit, what is aimed at.
const OTHER_TIMES: [&str; 33] = [
    "preced",
    "ancien",
    "dernier",
    "avant",
    "apres",
    "objectif",
    "cible",
    "attendu",
    "prevu",
    "vise",
    "souhait",
    "moyenne",
    "maxi",
    "rappel",
    "famille",
    "parent",
    "equipe",
    "provisoire",
    "auto",
    "ponder",
    "coef",
    "simul",
    "theori",
    "fictive",
    "depart",
    "atteindre",
    "direct",
    "priorit",
    "urgence",
    "risque",
    "gravite",
    "besoin",
    "enfant",
];

/// Whether a folded heading speaks of something else than what was noted that day.
pub(super) fn is_of_another_time(folded: &str) -> bool {
    let words = || folded.split(|c: char| !c.is_alphanumeric());
    let year = |w: &str| w.len() == 4 && w.bytes().all(|b| b.is_ascii_digit());
    let is_one = |w: &str| OTHER_TIMES.iter().any(|other| w.starts_with(other));
    words().any(|w| year(w) || is_one(w)) || folded.contains("n 1")
}

/// How surely a heading means what it seems to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Surely {
    /// It begins like one that does.
    Begins,
    /// It is that very word.
    Exactly,
}

/// How surely a heading is one of some words, a precision between parentheses aside.
fn surely(folded: &str, words: &[&str]) -> Option<Surely> {
    let plain = without_precision(folded).trim_end_matches([':', '*', '.', ' ']);
    let same = |word: &str| {
        let ends = plain.strip_prefix(word);
        ends.is_some_and(|end| ["", "s", " du jour", " attribuee"].contains(&end))
    };
    if words.iter().any(|w| same(w)) {
        return Some(Surely::Exactly);
    }
    words
        .iter()
        .any(|w| folded.starts_with(w))
        .then_some(Surely::Begins)
}

/// Beginnings of the headings of a column of comments.
const COMMENTS: [&str; 10] = [
    "commentaire",
    "exemple",
    "fait observe",
    "observation",
    "remarque",
    "preuve",
    "motif",
    "precision",
    "justification",
    "ce qui a ete vu",
];

/// Whether a heading announces words: remarks, proofs, examples.
pub(in crate::intake::sources) fn is_comment_heading(heading: &str) -> bool {
    let folded = fold(heading);
    COMMENTS.iter().any(|word| folded.starts_with(word))
}

/// Headings of what is asked beside its code, and of the numbers of lines.
pub(super) const WORDINGS: [&str; 36] = [
    "axe",
    "axes",
    "theme",
    "themes",
    "thematique",
    "domaine",
    "critere",
    "criteres",
    "element",
    "elements",
    "libelle",
    "intitule",
    "indicateur",
    "item",
    "items",
    "question",
    "questions",
    "ce que l on regarde",
    "n°",
    "no",
    "numero",
    "num",
    "ref",
    "ref.",
    "reference",
    "#",
    "partie",
    "chapitre",
    "rubrique",
    "volet",
    "champ",
    "categorie",
    "section",
    "famille",
    "bloc",
    "code",
];

/// Whether a heading says that its column words what is asked.
pub(super) fn is_wording_heading(heading: &str) -> bool {
    let folded = fold(heading);
    let begins = ["ce qu", "critere", "element", "item", "indicateur"];
    WORDINGS.contains(&folded.as_str()) || begins.iter().any(|word| folded.starts_with(word))
}

/// What a heading means in the words of a scale, and how surely.
pub(super) fn meaning(heading: &str, scale: &Scale) -> Option<(Meaning, Surely)> {
    if let Some(code) = modality(heading, scale).or_else(|| status(heading)) {
        return Some((Meaning::Tick(code), Surely::Exactly));
    }
    let folded = fold(heading);
    if is_of_another_time(&folded) {
        return None;
    }
    if let Some(surely) = surely(&folded, &COMMENTS) {
        return Some((Meaning::Comment, surely));
    }
    let surely = surely(&folded, &RATINGS).unwrap_or(Surely::Begins);
    is_rating_heading(heading).then_some((Meaning::Rating, surely))
}

/// The modality that a heading names: « 4 », « Maîtrisé », « 4 (maîtrisé) », « 4 – Maîtrisé ».
fn modality(heading: &str, scale: &Scale) -> Option<String> {
    let code = |position: usize| scale.modalities[position].code.clone();
    if let Some(position) = scale.find(heading) {
        return Some(code(position));
    }
    let (first, rest) = heading.trim().split_once(|c: char| !c.is_alphanumeric())?;
    let position = scale.find(first)?;
    let rest = fold(rest.trim_matches(|c: char| !c.is_alphanumeric()));
    let label = fold(&scale.modalities[position].label);
    (!rest.is_empty() && label.starts_with(&rest)).then(|| code(position))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::vocabulary::referentiel::{embedded_v1, parse};

    #[test]
    fn headings_are_known() {
        assert!(is_rating_heading("Note (1 à 4)") && is_rating_heading("Statut"));
        assert!(!is_rating_heading("Critère"));
        assert_eq!(status("N.O.").as_deref(), Some("NO"));
        assert!(!is_rating_heading("Note de la visite précédente"));
        assert!(!is_rating_heading("Note 2025"));
        let r = parse("v1", embedded_v1()).expect("the référentiel");
        let scale = &r.scales[r.elements[r.element("REL-1-OBS-1").expect("an élément")].scale];
        let tick = |code: &str| Some((Meaning::Tick(code.to_owned()), Surely::Exactly));
        for heading in ["4", "4 (maîtrisé)", "4 – Maîtrisé", "4 : maîtrisé"] {
            assert_eq!(meaning(heading, scale), tick("4"), "{heading}");
        }
        assert_eq!(meaning("4 enfants", scale), None);
        assert_eq!(meaning("Commentaire 2025", scale), None);
        let said = |heading: &str| meaning(heading, scale).map(|m| m.1);
        assert_eq!(said("Commentaires"), Some(Surely::Exactly));
        assert_eq!(said("Note (1 à 4)"), Some(Surely::Exactly));
        assert_eq!(said("Note sur 4"), Some(Surely::Begins));
        assert_eq!(said("Votre note"), Some(Surely::Begins));
        for other in [
            "Note de Jules Ferry",
            "Niveau de risque",
            "Note pondérée",
            "Note du directeur",
            "Note S. Martin",
            "Notes prises",
        ] {
            assert_eq!(said(other), None, "{other}");
        }
    }
}
