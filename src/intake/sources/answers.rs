//! What every importer yields: who answered what, in the words of the file, each with its cell.
//! Nothing here is typed against a scale yet; that is the work of `observations`.

use std::sync::Arc;

use super::closed_questions::AskedColumn;
use super::correspondence::Correspondence;
use super::file_wordings::FileWordings;
use crate::base::diagnostics::{CellRef, Diagnostic};
use crate::base::sheets::Sheet;
use crate::vocabulary::referentiel::SourceCode;

/// A piece of text and the cell it stands in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Located {
    /// Trimmed text.
    pub text: String,
    /// Where.
    pub cell: CellRef,
}

/// In place of an élément's code: an open answer of a questionnaire, in the comment.
pub const OPEN_ANSWER: &str = "LIBRE";

/// In place of an élément's code: an answer to a question outside the référentiel, which stands in the comment.
pub const OWN_QUESTION: &str = "QUESTION";

/// One answer to one élément (or one measure of a DON line).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// Code as the file writes it: `REL-2-OBS-3`, `REL2OBS3`, or a measure's column name.
    pub element: Arc<str>,
    /// Content of the cell, trimmed, or what it is worth; empty when blank.
    pub raw: String,
    /// What the cell itself holds, where `raw` says what that is worth: « x » under 4, « N.O. ».
    pub written: Option<String>,
    /// Comment, evidence, or reason of an NC.
    pub comment: String,
    /// Where `raw` stands.
    pub cell: CellRef,
}

/// One grid, one questionnaire response, or one DON line (session, post, denominators).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Record {
    /// Who speaks.
    pub source: SourceCode,
    /// Code or name of the structure as written; none when the file does not say.
    pub structure: Option<Located>,
    /// What the file says besides of the structure: its name beside its code.
    pub also: Option<Located>,
    /// Number or name of the visit (OBS); identifier of the line (DON).
    pub visit: String,
    /// Observer's code, or `consensus` (OBS); code of the second coder of an interview (DIR).
    pub observer: String,
    /// Where the observer is written, or is to be; none where no cell is hers.
    pub observer_at: Option<CellRef>,
    /// The tool's own response id, or the row (questionnaires); hashed before it is stored.
    pub respondent: String,
    /// ISO date `2026-05-12`, empty when unknown.
    pub date: String,
    /// Sheet of the answers, empty for a CSV.
    pub sheet: Arc<str>,
    /// First cell of the record.
    pub at: CellRef,
    /// The answers, in the order of the file.
    pub answers: Vec<Answer>,
}

/// A column and what names it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NamedColumn {
    /// The column.
    pub col: u32,
    /// Its name.
    pub name: String,
}

/// The rectangle of a sheet that holds answers: what stands in it and was not understood is no detail.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AnswerArea {
    /// The sheet's name, empty for a CSV.
    pub sheet: Arc<str>,
    /// Row of the headings of columns; none when there is none.
    pub headings: Option<u32>,
    /// First row of answers; they go on to the end of the sheet.
    pub first_row: u32,
    /// Its columns, the first and the last.
    pub first_col: u32,
    /// See `first_col`.
    pub last_col: u32,
    /// Columns that hold answers, whether or not a line that is understood has any there.
    pub answer_columns: Vec<u32>,
    /// What names columns whose own heading does not.
    pub names: Vec<NamedColumn>,
    /// Fingerprint of its headings: what a person says of a column is remembered under it.
    pub shape: String,
    /// Headings that such a table may have, for who misspelt one.
    pub expected: &'static [&'static str],
}

impl AnswerArea {
    /// What the heading of a column says, its own or that of the merged area over it.
    pub(crate) fn title(&self, sheet: &Sheet, col: u32) -> String {
        let named = self
            .names
            .iter()
            .find(|n| n.col == col)
            .map(|n| n.name.clone());
        let heading = || self.headings.map(|row| sheet.merged_text(row, col));
        named
            .or_else(heading)
            .filter(|text| !text.is_empty())
            .unwrap_or_else(|| untitled(col))
    }
}

/// In place of the heading of a column that has none: « colonne C ».
pub(crate) fn untitled(col: u32) -> String {
    format!("colonne {}", letters(col))
}

/// « C » for the third column.
pub(crate) fn letters(col: u32) -> String {
    let cell = CellRef::new(0, col).to_string();
    cell.trim_end_matches('1').to_owned()
}

/// A text that stands over a grid.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GridTitle {
    /// Sheet of the grid, empty for a CSV.
    pub sheet: Arc<str>,
    /// What it says, and where.
    pub title: Located,
}

/// What the words of a session say of its moment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SessionMoment {
    /// Sheet of the session, empty for a CSV.
    pub sheet: Arc<str>,
    /// First cell of its record.
    pub at: CellRef,
    /// « Matin », « 7h30–8h30 ».
    pub plage: String,
    /// Group or place, inside the accueil.
    pub site: String,
    /// « périscolaire », « mercredi ».
    pub temps: String,
}

/// All records of one file.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Answers {
    /// In the order of the file.
    pub records: Vec<Record>,
    /// Responses, grids or lines that the file holds, whether or not something of them was kept.
    pub lines: usize,
    /// A correspondence to read and correct, when columns were matched by their words.
    pub proposal: Option<Correspondence>,
    /// Those of the other sheets of the file.
    pub more_proposals: Vec<Correspondence>,
    /// Texts that stand over grids and are no part of them; a sheet’s own name.
    pub titles: Vec<GridTitle>,
    /// What a person is asked before they enter.
    pub doubts: Vec<Diagnostic>,
    /// What the words of sessions say of their moments.
    pub moments: Vec<SessionMoment>,
    /// Where the answers stood, a block a table.
    pub blocks: Vec<AnswerArea>,
    /// In which words éléments were asked.
    pub(crate) wordings: FileWordings,
    /// Questions outside the référentiel that a person said its columns ask.
    pub(crate) own: Vec<AskedColumn>,
    /// Correspondence that said what the columns are, by its file's name; empty when they say it.
    pub mapping: String,
}

impl Answers {
    /// Adds what a person may say of one more sheet.
    pub(super) fn propose(&mut self, proposal: Option<Correspondence>) {
        let Some(new) = proposal else { return };
        match &mut self.proposal {
            None => self.proposal = Some(new),
            Some(first) if first.tool == new.tool && first.shape == new.shape => {
                let more = first.missing(&new);
                first.columns.extend(more.columns);
                first.words.extend(more.words);
            }
            Some(_) => self.more_proposals.push(new),
        }
    }
}
