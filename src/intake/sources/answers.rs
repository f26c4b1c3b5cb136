//! What every importer yields: who answered what, in the words of the file, each with its cell.
//! Nothing here is typed against a scale yet; that is the work of `observations`.

use std::sync::Arc;

use super::correspondence::Correspondence;
use crate::base::diagnostics::CellRef;
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

/// One answer to one élément (or one measure of a DON line).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// Code as the file writes it: `REL-2-OBS-3`, `REL2OBS3`, or a measure's column name.
    pub element: Arc<str>,
    /// Content of the cell, trimmed; empty when blank.
    pub raw: String,
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
    /// Number or name of the visit (OBS); identifier of the line (DON).
    pub visit: String,
    /// Observer's code, or `consensus` (OBS).
    pub observer: String,
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

/// All records of one file.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Answers {
    /// In the order of the file.
    pub records: Vec<Record>,
    /// Responses, grids or lines that the file holds, whether or not something of them was kept.
    pub lines: usize,
    /// A correspondence to read and correct, when columns were matched by their words.
    pub proposal: Option<Correspondence>,
    /// Correspondence that said what the columns are, by its file's name; empty when they say it.
    pub mapping: String,
}
