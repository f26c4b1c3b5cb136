//! A few words on a whole critère, in a response: they stay with one of its éléments.

use super::answers::Answer;
use super::cell_fate::{Fate, ReadCells};
use super::column_role::ColumnRole;
use super::header::Header;
use crate::base::sheets::Row;
use crate::vocabulary::referentiel::Referentiel;

/// Words on a critère stay with the first of its éléments that is answered, else with the first.
pub(super) fn place(answers: &mut [Answer], header: &Header, row: &Row, referentiel: &Referentiel) {
    for column in &header.columns {
        let ColumnRole::CritereComment(code) = &column.role else {
            continue;
        };
        let is_own = |a: &Answer| {
            let element = referentiel.element(&a.element);
            let critere = element.map(|e| referentiel.elements[e].critere);
            critere.is_some_and(|c| referentiel.criteres[c].code == *code)
        };
        let mut own: Vec<&mut Answer> = answers.iter_mut().filter(|a| is_own(a)).collect();
        let first = own.iter().position(|a| !a.raw.is_empty()).unwrap_or(0);
        if let Some(answer) = own.get_mut(first) {
            let texts = [
                std::mem::take(&mut answer.comment),
                row.read(column.col, Fate::Answer),
            ];
            let texts: Vec<String> = texts.into_iter().filter(|t| !t.is_empty()).collect();
            answer.comment = texts.join(" · ");
        }
    }
}
