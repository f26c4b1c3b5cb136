//! The words of a diploma: a post without one, a trainee, or any diploma. What says none of them is asked: a
//! « ? » would count as a diploma.

use super::cell_values::SAY_IT;
use super::expected_columns::TableKind;
use super::table_reading::ActivityReading;
use crate::base::diagnostics::Code;
use crate::base::sheets::Row;
use crate::base::text::{count, fold};
use crate::intake::sources::answers::Record;

/// What a word of a diploma may be said to be worth.
pub(crate) const DIPLOMAS: [&str; 3] = ["aucun", "stagiaire", "diplômé"];

/// Words of a post without a diploma.
const NONE: [&str; 14] = [
    "aucun",
    "aucune",
    "sans",
    "sans diplome",
    "sans qualification",
    "non",
    "neant",
    "rien",
    "non diplome",
    "non diplomee",
    "non qualifie",
    "non qualifiee",
    "pas de diplome",
    "0",
];
/// Words of a diploma that is not yet one.
const COMING: [&str; 6] = [
    "stagiaire",
    "en cours",
    "en formation",
    "en preparation",
    "non valide",
    "a venir",
];
/// Words that say no diploma at all.
const NOTHING: [&str; 18] = [
    "x",
    "oui",
    "o",
    "idem",
    "id",
    "nsp",
    "ne sait pas",
    "inconnu",
    "inconnue",
    "a verifier",
    "a preciser",
    "a completer",
    "autre",
    "autres",
    "nc",
    "na",
    "n/a",
    "nr",
];

/// Words that deny what follows them.
const DENIED: [&str; 6] = ["pas", "sans", "non", "aucun", "aucune", "ni"];
/// Beginnings of what says that a diploma is to come, or did not stay: nobody has it, and it may be a trainee’s.
const NOT_YET: [&str; 25] = [
    "prevu",
    "prevoi",
    "demand",
    "attente",
    "attend",
    "inscrit",
    "inscription",
    "souhait",
    "envisag",
    "projet",
    "futur",
    "prochain",
    "bientot",
    "partiel",
    "incomplet",
    "echec",
    "echou",
    "abandon",
    "ajourn",
    "refus",
    "perim",
    "expir",
    "interromp",
    "passer",
    "obtenir",
];
/// Beginnings of the words of diplomas.
const NAMED: [&str; 18] = [
    "bafa", "bafd", "cap", "bp", "bac", "bts", "but", "dut", "deust", "dejeps", "desjeps",
    "licence", "master", "diplom", "qualif", "brevet", "titre", "cqp",
];

/// What a diploma is worth: none where its words do not say.
fn seems(written: &str) -> Option<&str> {
    let folded = fold(written);
    let folded = folded.trim_end_matches(['.', ' ']);
    if NONE.contains(&folded) {
        return Some(DIPLOMAS[0]);
    }
    let says_nothing = NOTHING.contains(&folded)
        || folded.contains('?')
        || !folded.chars().any(char::is_alphabetic);
    if says_nothing {
        return None;
    }
    let words: Vec<&str> = folded
        .split(|c: char| !c.is_alphanumeric())
        .filter(|w| !w.is_empty())
        .collect();
    let begin = |all: &[&str]| {
        let begins = |w: &&&str| all.iter().any(|b| w.starts_with(b));
        words.iter().filter(begins).count()
    };
    let denied = words.iter().position(|w| DENIED.contains(w));
    if denied.is_some() && !folded.contains("non valide") {
        // « Pas de BAFA » is none; « pas de BAFA, CAP AEPE » has one.
        let is_none = denied == Some(0) && begin(&NAMED) <= 1 && !words.contains(&"mais");
        return is_none.then_some(DIPLOMAS[0]);
    }
    let is_vague = begin(&["equivalen"]) > 0 && begin(&NAMED) == 0;
    if is_vague || begin(&NOT_YET) > 0 {
        return None;
    }
    if COMING.iter().any(|word| folded.contains(word)) {
        // « BAFA, BAFD en cours » is both.
        let several = ['+', ',', ';', '&', '/']
            .iter()
            .any(|c| written.contains(*c));
        return (!several && !folded.contains(" et ")).then_some(DIPLOMAS[1]);
    }
    Some(written)
}

impl ActivityReading<'_> {
    fn told_diploma(&self, col: u32, written: &str) -> Option<String> {
        let worth = fold(self.mapping?.worth(self.heading(col), written)?);
        let told = DIPLOMAS.into_iter().find(|word| fold(word) == worth)?;
        Some(told.to_owned())
    }

    pub(super) fn diploma(&mut self, row: &Row, col: u32, written: &str) -> String {
        if let Some(told) = self.told_diploma(col, written) {
            return told;
        }
        if let Some(worth) = seems(written) {
            return worth.to_owned();
        }
        let message = format!(
            "« {written} » ne dit pas si le poste a un diplôme ({}).",
            DIPLOMAS.join(", ")
        );
        self.report_with(Code::ValueOutOfScale, row.index, col, message, SAY_IT);
        String::new()
    }

    /// Posts whose diploma nobody wrote are told together: they count as posts without one.
    pub(super) fn unwritten_diplomas(&mut self, records: &[Record]) {
        let is_unwritten = |r: &&Record| {
            let said = r.answers.iter().find(|a| &*a.element == "diplome");
            said.is_some_and(|a| a.raw.is_empty())
        };
        let unwritten: Vec<&Record> = records.iter().filter(is_unwritten).collect();
        if let (TableKind::Posts, Some(first)) = (self.kind, unwritten.first()) {
            let col = self.col("diplome").unwrap_or(first.at.col);
            let posts = count(
                unwritten.len(),
                "poste n’a rien sous le titre du diplôme, et compte",
                "postes n’ont rien sous le titre du diplôme, et comptent",
            );
            let message = format!("{posts} comme sans diplôme.");
            self.report_with(
                Code::SessionIncomplete,
                first.at.row,
                col,
                message,
                "Écrivez le diplôme de chaque poste, ou « aucun ».",
            );
        }
    }

    /// Whether a diploma waits for a person to say what it is.
    pub(super) fn is_unsaid_diploma(&self, col: u32, written: &str) -> bool {
        self.kind == TableKind::Posts
            && seems(written).is_none()
            && self.told_diploma(col, written).is_none()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_diploma_is_told_from_none_and_from_what_says_nothing() {
        for (written, expected) in [
            ("BAFA", Some("BAFA")),
            ("CAP AEPE + BAFA", Some("CAP AEPE + BAFA")),
            ("Sans diplôme", Some("aucun")),
            ("Néant", Some("aucun")),
            ("BAFA en cours", Some("stagiaire")),
            ("Stagiaire BAFA", Some("stagiaire")),
            ("BAFA, BAFD en cours", None),
            ("pas de BAFA", Some("aucun")),
            ("sans (BAFA demandé)", Some("aucun")),
            ("Non titulaire du BAFA", Some("aucun")),
            ("BAFA non validé", Some("stagiaire")),
            ("pas de BAFA mais licence STAPS", None),
            ("Sans BAFA, CAP AEPE", None),
            ("n’a pas le BAFA", None),
            ("BAFA prévu en 2027", None),
            ("équivalence", None),
            ("BAFA par équivalence", Some("BAFA par équivalence")),
            ("Licence STAPS", Some("Licence STAPS")),
            ("CAP Petite enfance", Some("CAP Petite enfance")),
            ("?", None),
            ("-", None),
            ("idem", None),
            ("Oui", None),
        ] {
            assert_eq!(seems(written), expected, "{written}");
        }
    }
}
