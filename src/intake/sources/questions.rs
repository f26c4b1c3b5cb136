//! Which columns of a table answer which élément: one, or one per choice, or several numbered ones.

use std::sync::Arc;

use super::column_role::Column;
use super::header::Header;
use crate::base::diagnostics::CellRef;
use crate::base::sheets::Row;
use crate::base::text::fold;
use crate::intake::sources::answers::Answer;
use crate::vocabulary::referentiel::SourceCode;

/// One élément and its columns.
pub(super) struct Question {
    code: Arc<str>,
    pub(super) source: SourceCode,
    /// The column that holds the answer itself.
    main: Option<u32>,
    comment: Option<u32>,
    /// One column per modality, ticked when chosen.
    choices: Vec<(u32, String)>,
    /// Columns of which one holds the answer.
    parts: Vec<u32>,
}

impl Question {
    /// The questions of a header, in its order.
    pub(super) fn all(header: &Header) -> Vec<Self> {
        let mut all: Vec<Self> = Vec::new();
        for (col, column) in &header.columns {
            let (code, source) = match column {
                Column::Element(code, source)
                | Column::Choice(code, source, _)
                | Column::Part(code, source) => (code, *source),
                _ => continue,
            };
            let position = all
                .iter()
                .position(|q| *q.code == **code)
                .unwrap_or_else(|| {
                    all.push(Self {
                        code: Arc::from(code.as_str()),
                        source,
                        main: None,
                        comment: header.position(&Column::Comment(code.clone())),
                        choices: Vec::new(),
                        parts: Vec::new(),
                    });
                    all.len() - 1
                });
            let question = &mut all[position];
            match column {
                Column::Choice(_, _, modality) => question.choices.push((*col, modality.clone())),
                Column::Part(..) => question.parts.push(*col),
                _ => question.main = Some(*col),
            }
        }
        all
    }

    /// What a response answers; `clean` empties the tool's words for « not asked ». When several
    /// choices are ticked, the second one's column and what to say.
    pub(super) fn answer(
        &self,
        row: &Row,
        clean: impl Fn(String) -> String,
    ) -> (Answer, Option<(u32, String)>) {
        let mut given: Vec<(String, u32)> = Vec::new();
        if let Some(col) = self.main {
            given.push((clean(row.text(col)), col));
        } else {
            for (col, modality) in &self.choices {
                let raw = clean(row.text(*col));
                if is_chosen(&raw, modality) {
                    given.push((modality.clone(), *col));
                } else if !is_unchosen(&raw) {
                    given.push((raw, *col));
                }
            }
            let parts = self.parts.iter().map(|col| (clean(row.text(*col)), *col));
            given.extend(parts.filter(|(raw, _)| !raw.is_empty()));
        }
        let too_many = given.get(1).map(|(raw, col)| {
            let first = &given[0].0;
            let message = format!(
                "« {} » : deux réponses sur la ligne (« {first} » et « {raw} »).",
                self.code
            );
            (*col, message)
        });
        let first = self.main.or_else(|| self.choices.first().map(|c| c.0));
        let first = first.or_else(|| self.parts.first().copied()).unwrap_or(0);
        let (raw, col) = given.into_iter().next().unwrap_or((String::new(), first));
        let answer = Answer {
            element: self.code.clone(),
            raw,
            comment: self.comment.map(|c| row.text(c)).unwrap_or_default(),
            cell: CellRef::new(row.index, col),
        };
        (answer, too_many)
    }
}

/// A cross, a yes, or the modality written again.
fn is_chosen(raw: &str, modality: &str) -> bool {
    const TICKS: [&str; 13] = [
        "x", "1", "y", "yes", "oui", "o", "vrai", "true", "✓", "✔", "✗", "☑", "☒",
    ];
    let folded = fold(raw);
    !raw.is_empty() && (TICKS.contains(&folded.as_str()) || folded == fold(modality))
}

fn is_unchosen(raw: &str) -> bool {
    const NOT: [&str; 10] = [
        "",
        "0",
        "n",
        "no",
        "non",
        "faux",
        "false",
        "☐",
        "not selected",
        "non coche",
    ];
    NOT.contains(&fold(raw).as_str())
}
