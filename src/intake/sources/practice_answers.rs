//! Practices and consents that a response holds.

use super::answers::Answer;
use super::cell_fate::{Fate, ReadCells};
use super::column_role::ColumnRole;
use super::header::Header;
use super::practices::{consent, remarkable};
use crate::base::diagnostics::CellRef;
use crate::base::sheets::Row;
use crate::vocabulary::referentiel::Referentiel;

/// Practices and consent of a response; a critère that was ticked and not described comes without
/// words, so that it is noticed.
pub(super) fn answers(header: &Header, row: &Row, referentiel: &Referentiel) -> Vec<Answer> {
    let mut practices: Vec<Answer> = Vec::new();
    for column in &header.columns {
        let cell = CellRef::new(row.index, column.col);
        let read = matches!(
            column.role,
            ColumnRole::Practice(_) | ColumnRole::Consent | ColumnRole::Flags
        );
        let text = if read {
            row.read(column.col, Fate::Answer)
        } else {
            continue;
        };
        match &column.role {
            _ if text.is_empty() => {}
            ColumnRole::Practice(code) => practices.push(remarkable(code, &text, cell)),
            ColumnRole::Consent => practices.push(consent(&text, cell)),
            _ => {}
        }
    }
    for column in header
        .columns
        .iter()
        .filter(|c| c.role == ColumnRole::Flags)
    {
        let cell = CellRef::new(row.index, column.col);
        for code in ticked(&row.text(column.col), referentiel) {
            if !practices.iter().any(|a| a.raw == code) {
                practices.push(remarkable(&code, "", cell));
            }
        }
    }
    practices
}

/// « REL2 ENV4 », or the labels of the same critères one after the other.
fn ticked(text: &str, referentiel: &Referentiel) -> Vec<String> {
    let words = text.split(|c: char| !c.is_alphanumeric() && c != '-');
    let known = words.filter_map(|w| referentiel.critere(w.trim_matches('-')));
    known
        .map(|c| referentiel.criteres[c].code.clone())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::vocabulary::referentiel::{embedded_v1, parse};

    #[test]
    fn ticked_codes_are_read_from_their_list() {
        let referentiel = parse("v1", embedded_v1()).expect("the référentiel");
        assert_eq!(
            ticked("REL-2 Écoute, ton ENV4", &referentiel),
            ["REL-2", "ENV-4"]
        );
    }
}
