//! What a response answers to closed questions outside the référentiel.

use std::sync::Arc;

use super::answers::{Answer, OWN_QUESTION};
use super::cell_fate::{Fate, ReadCells};
use super::closed_questions::agreed;
use super::column_role::ColumnRole;
use super::header::{Header, HeaderColumn};
use crate::base::diagnostics::CellRef;
use crate::base::sheets::Row;
use crate::base::text::fold;
use crate::vocabulary::own_question::OTHER_ANSWER;

/// What one response gives.
#[derive(Default)]
pub(super) struct OwnAnswers {
    pub(super) answers: Vec<Answer>,
    /// Where a question that stands in several columns is answered again, and what to say.
    pub(super) twice: Vec<(CellRef, String)>,
}

/// The answers of a row, each as it was agreed; `clean` empties the tool's words for « not asked ». Of a question that
/// branches ask in several columns, one.
pub(super) fn given(header: &Header, row: &Row, clean: impl Fn(&str) -> String) -> OwnAnswers {
    let mut given = OwnAnswers::default();
    for HeaderColumn { col, role } in &header.columns {
        let ColumnRole::OwnQuestion(answers) = role else {
            continue;
        };
        let written = clean(&row.read(*col, Fate::Answer));
        if written.is_empty() {
            continue;
        }
        let question = header.title(*col);
        let cell = CellRef::new(row.index, *col);
        let is_known = |a: &Answer| fold(&a.comment) == fold(question);
        if given.answers.iter().any(is_known) {
            let message = format!("« {question} » : deux réponses sur la ligne.");
            given.twice.push((cell, message));
            continue;
        }
        given.answers.push(Answer {
            element: Arc::from(OWN_QUESTION),
            raw: agreed(answers, &written).unwrap_or(OTHER_ANSWER).to_owned(),
            written: None,
            comment: question.to_owned(),
            cell,
        });
    }
    given
}
