//! What the columns of a hand-made grid mean: a modality to tick, a rating, a comment.

use crate::base::text::fold;
use crate::vocabulary::referentiel::Scale;

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
    let code = match fold(text).as_str() {
        "nc" | "n.c." | "n.c" | "n/c" | "non concerne" | "non concernee" | "sans objet" => "NC",
        "no" | "n.o." | "n.o" | "n/o" | "non observe" | "non observee" => "NO",
        "nsp" | "ne sait pas" | "je ne sais pas" => "NSP",
        _ => return None,
    };
    Some(code.to_owned())
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
    let notes = ["notes prises", "notes de"];
    !notes.iter().any(|n| folded.starts_with(n)) && RATINGS.iter().any(|w| folded.starts_with(w))
}

/// Beginnings of the headings of a column of comments.
const COMMENTS: [&str; 8] = [
    "commentaire",
    "observation",
    "remarque",
    "preuve",
    "motif",
    "precision",
    "justification",
    "ce qui a ete vu",
];

/// What a heading means in the words of a scale.
pub(super) fn meaning(heading: &str, scale: &Scale) -> Option<Meaning> {
    if let Some(position) = scale.find(heading) {
        return Some(Meaning::Tick(scale.modalities[position].code.clone()));
    }
    if let Some(code) = status(heading) {
        return Some(Meaning::Tick(code));
    }
    let folded = fold(heading);
    if COMMENTS.iter().any(|w| folded.starts_with(w)) {
        Some(Meaning::Comment)
    } else {
        is_rating_heading(heading).then_some(Meaning::Rating)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_are_known() {
        assert!(is_rating_heading("Note (1 à 4)") && is_rating_heading("Statut"));
        assert!(!is_rating_heading("Critère"));
        assert_eq!(status("N.O.").as_deref(), Some("NO"));
    }
}
