//! Which columns of a table answer which élément: one, or one per choice, or several numbered ones.

use std::sync::Arc;

use super::cell_fate::{Fate, ReadCells};
use super::column_role::ColumnRole;
use super::header::{Header, HeaderColumn};
use crate::base::diagnostics::CellRef;
use crate::base::sheets::{Row, Sheet};
use crate::base::text::fold;
use crate::intake::sources::answers::Answer;
use crate::vocabulary::referentiel::SourceCode;

/// One élément and its columns.
pub(super) struct Question {
    pub(super) code: Arc<str>,
    pub(super) source: SourceCode,
    /// The column that holds the answer itself.
    main: Option<u32>,
    comment: Option<u32>,
    /// One column per modality, ticked when chosen.
    choices: Vec<ChoiceColumn>,
    /// Columns of which one holds the answer.
    parts: Vec<u32>,
}

/// The column of one modality.
struct ChoiceColumn {
    col: u32,
    modality: String,
}

/// What a response answers to a question.
pub(super) struct Answered {
    pub(super) answer: Answer,
    /// What to say, when several choices are ticked.
    pub(super) too_many: Option<SeveralTicks>,
}

/// Two answers where one is expected.
pub(super) struct SeveralTicks {
    /// Column of the second one.
    pub(super) col: u32,
    pub(super) message: String,
}

impl Question {
    /// The questions of a header, in its order.
    pub(super) fn all(header: &Header) -> Vec<Self> {
        let mut all: Vec<Self> = Vec::new();
        for HeaderColumn { col, role } in &header.columns {
            let (code, source) = match role {
                ColumnRole::Element(code, source)
                | ColumnRole::Choice(code, source, _)
                | ColumnRole::Part(code, source) => (code, *source),
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
                        comment: header.position(&ColumnRole::Comment(code.clone())),
                        choices: Vec::new(),
                        parts: Vec::new(),
                    });
                    all.len() - 1
                });
            let question = &mut all[position];
            match role {
                ColumnRole::Choice(_, _, modality) => question.choices.push(ChoiceColumn {
                    col: *col,
                    modality: modality.clone(),
                }),
                ColumnRole::Part(..) => question.parts.push(*col),
                _ => question.main = Some(*col),
            }
        }
        all
    }

    /// What a response of a sheet answers; `clean` empties the tool's words for « not asked ».
    pub(super) fn answer(
        &self,
        sheet: &Sheet,
        row: &Row,
        clean: impl Fn(u32, String) -> String,
    ) -> Answered {
        let written = |col: u32| {
            let own = row.read(col, Fate::Answer);
            // A merged note holds for its lines.
            let own = if own.is_empty() {
                sheet.column_text(row.index, col)
            } else {
                own
            };
            clean(col, own)
        };
        let given = self.given(written);
        let too_many = given.get(1).map(|second| SeveralTicks {
            col: second.col,
            message: format!(
                "« {} » : deux réponses sur la ligne (« {} » et « {} »).",
                self.code, given[0].raw, second.raw
            ),
        });
        let given = given.into_iter().next().unwrap_or_else(|| GivenAnswer {
            raw: String::new(),
            col: self.first_column(),
        });
        let answer = Answer {
            element: self.code.clone(),
            raw: given.raw,
            written: None,
            comment: self
                .comment
                .map(|c| row.read(c, Fate::Answer))
                .unwrap_or_default(),
            cell: CellRef::new(row.index, given.col),
        };
        Answered { answer, too_many }
    }

    /// Every answer of a row, from what its columns hold; one when all is well.
    fn given(&self, written: impl Fn(u32) -> String) -> Vec<GivenAnswer> {
        if let Some(col) = self.main {
            let raw = written(col);
            return vec![GivenAnswer { raw, col }];
        }
        let mut given = Vec::new();
        for ChoiceColumn { col, modality } in &self.choices {
            let raw = written(*col);
            if is_chosen(&raw, modality) {
                let raw = modality.clone();
                given.push(GivenAnswer { raw, col: *col });
            } else if !is_unchosen(&raw) {
                given.push(GivenAnswer { raw, col: *col });
            }
        }
        for col in &self.parts {
            let raw = written(*col);
            if !raw.is_empty() {
                given.push(GivenAnswer { raw, col: *col });
            }
        }
        given
    }

    fn first_column(&self) -> u32 {
        let choice = self.choices.first().map(|c| c.col);
        let first = self.main.or(choice).or(self.parts.first().copied());
        first.unwrap_or(0)
    }
}

/// What one column of a row answers.
struct GivenAnswer {
    raw: String,
    col: u32,
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
