//! Practices that someone found remarkable, and whether the team agrees to share them, in whatever
//! form they come. They are words: no figure is ever computed from them.

use super::Row;
use super::answers::Answer;
use super::grid::is_tick;
use super::header::{Column, Header, Title};
use super::heading::without_precision;
use crate::base::diagnostics::CellRef;
use crate::base::text::fold;
use crate::vocabulary::referentiel::Referentiel;

/// In place of an élément's code: a practice found remarkable. `raw` holds the code of the élément or
/// of the critère it is about, the comment what was seen.
pub const REMARKABLE: &str = "REMARQUABLE";
/// In place of an élément's code: whether the team agrees that its practices are shared, as written.
pub const CONSENT: &str = "ACCORD";

/// Heading under which the consent is asked, in every form.
pub const CONSENT_LABEL: &str = "Accord de l’équipe pour partager ses pratiques";

/// « oui » or a cross, « non » or a dash; none for any other word.
pub fn yes_or_no(text: &str) -> Option<bool> {
    let folded = fold(text.trim_end_matches(['.', '!']));
    match folded.as_str() {
        "" | "non" | "n" | "0" | "faux" | "false" => Some(false),
        "vrai" | "true" | "yes" => Some(true),
        other => is_tick(other).then_some(true),
    }
}

/// Whether a folded heading asks for the team's consent.
pub(super) fn is_consent(folded: &str) -> bool {
    matches!(
        without_precision(folded).trim_end_matches([' ', ':', '?']),
        "accord" | "accord de l equipe" | "accord de l equipe pour partager ses pratiques"
    )
}

/// What a column of a tablet's export says of remarkable practices: `rel/REL2_pratique`, its label
/// « … remarquable (REL-2) », the list of critères ticked and its split columns, the consent.
pub(super) fn column(title: &Title, referentiel: &Referentiel) -> Option<Column> {
    title.texts().find_map(|text| {
        let folded = fold(text);
        let steps: Vec<&str> = folded.split('/').map(str::trim).collect();
        let list =
            |s: &&&str| s.ends_with(" remarquables") || s.starts_with("pratiques remarquables");
        let last = steps.last().copied().unwrap_or("");
        match steps.iter().rev().find(list) {
            Some(step) if *step == last => return Some(Column::Flags),
            Some(_) => return Some(Column::Silent),
            None => {}
        }
        if is_consent(last) {
            return Some(Column::Consent);
        }
        let critere = referentiel.critere(described(text, last)?)?;
        Some(Column::Practice(referentiel.criteres[critere].code.clone()))
    })
}

/// The critère of `REL2_pratique` or of « Décrivez la pratique remarquable (REL-2) ».
fn described<'a>(text: &'a str, folded: &str) -> Option<&'a str> {
    if folded.ends_with(" pratique") {
        let (stem, _) = text.rsplit_once('_')?;
        return stem.rsplit(['/', '-', ' ', ':']).next();
    }
    if !folded.contains("pratique remarquable") {
        return None;
    }
    let (_, code) = text.trim().strip_suffix(')')?.rsplit_once('(')?;
    Some(code)
}

/// Practices and consent of a response; a critère that was ticked and not described comes without
/// words, so that it is noticed.
pub(super) fn answers(header: &Header, row: &Row, referentiel: &Referentiel) -> Vec<Answer> {
    let mut found: Vec<Answer> = Vec::new();
    let written = header
        .columns
        .iter()
        .map(|(col, c)| (*col, c, row.text(*col)));
    let written: Vec<_> = written.filter(|(_, _, text)| !text.is_empty()).collect();
    for (col, column, text) in &written {
        let cell = CellRef::new(row.index, *col);
        match column {
            Column::Practice(code) => found.push(remarkable(code, text, cell)),
            Column::Consent => found.push(consent(text, cell)),
            _ => {}
        }
    }
    for (col, _, text) in written.iter().filter(|(_, c, _)| **c == Column::Flags) {
        for code in ticked(text, referentiel) {
            if !found.iter().any(|a| a.raw == code) {
                found.push(remarkable(&code, "", CellRef::new(row.index, *col)));
            }
        }
    }
    found
}

/// « REL2 ENV4 », or the labels of the same critères one after the other.
fn ticked(text: &str, referentiel: &Referentiel) -> Vec<String> {
    let words = text.split(|c: char| !c.is_alphanumeric() && c != '-');
    let known = words.filter_map(|w| referentiel.critere(w.trim_matches('-')));
    known
        .map(|c| referentiel.criteres[c].code.clone())
        .collect()
}

/// A practice on an élément or a critère.
pub(super) fn remarkable(code: &str, description: &str, cell: CellRef) -> Answer {
    Answer {
        element: REMARKABLE.into(),
        raw: code.to_owned(),
        comment: description.to_owned(),
        cell,
    }
}

/// The team's answer.
pub(super) fn consent(written: &str, cell: CellRef) -> Answer {
    Answer {
        element: CONSENT.into(),
        raw: written.to_owned(),
        comment: String::new(),
        cell,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::vocabulary::referentiel::{embedded_v1, parse};

    #[test]
    fn yes_no_and_neither() {
        for yes in ["x", "Oui", "OUI.", "✓", "true", "1"] {
            assert_eq!(yes_or_no(yes), Some(true), "{yes}");
        }
        for no in ["", "non", "Non !", "-", "–", "0"] {
            assert_eq!(yes_or_no(no), Some(false), "{no}");
        }
        for neither in ["à voir", "oui si anonyme", "ouis"] {
            assert_eq!(yes_or_no(neither), None, "{neither}");
        }
    }

    #[test]
    fn columns_of_tablets_are_told_apart() {
        let referentiel = parse("v1", embedded_v1()).expect("the référentiel");
        let practice = || Some(Column::Practice("REL-2".to_owned()));
        for (heading, expected) in [
            ("rel/REL2_pratique", practice()),
            ("rel-REL2_pratique", practice()),
            ("Décrivez la pratique remarquable (REL-2)", practice()),
            ("rel/rel_remarquables", Some(Column::Flags)),
            ("Pratiques remarquables vues (REL)", Some(Column::Flags)),
            ("rel/rel_remarquables/REL2", Some(Column::Silent)),
            (
                "Pratiques remarquables vues (REL)/REL-2 Écoute",
                Some(Column::Silent),
            ),
            ("accord", Some(Column::Consent)),
            (CONSENT_LABEL, Some(Column::Consent)),
            ("rel/REL2OBS1", None),
            ("rel/REL2OBS1_motif", None),
            ("Pratique sportive", None),
        ] {
            let title = Title {
                col: 0,
                texts: vec![heading.to_owned()],
                pair: None,
            };
            assert_eq!(column(&title, &referentiel), expected, "{heading}");
        }
        assert_eq!(
            ticked("REL-2 Écoute, ton ENV4", &referentiel),
            ["REL-2", "ENV-4"]
        );
    }
}
