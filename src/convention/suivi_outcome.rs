//! A run of `ctg importer`: what is asked of it, what became of each file.

use std::path::PathBuf;

use super::incoming::IncomingChoices;
use super::registers::NewRow;
use crate::base::day::Day;
use crate::base::diagnostics::Diagnostic;

/// What the user asks for.
pub struct SuiviImport<'a> {
    /// Files and folders.
    pub paths: &'a [PathBuf],
    /// Day of the run.
    pub date: Day,
    /// Look, change nothing.
    pub simulation: bool,
    /// What the user says of files that are no workbook of the follow-up.
    pub choices: IncomingChoices,
}

/// What became of one file.
#[derive(Debug, Clone, Default)]
pub struct SuiviFileOutcome {
    /// Name without folder.
    pub name: String,
    /// What it is: « tableau de suivi », « liste d’émargement »…
    pub kind: &'static str,
    /// Lines that say something.
    pub lines: usize,
    /// Lines that it adds.
    pub created: Vec<String>,
    /// Lines that it changes.
    pub changed: Vec<String>,
    /// Its diagnostics.
    pub diagnostics: Vec<Diagnostic>,
    /// Whether its bytes were already in the journal.
    pub known: bool,
    /// Entry of the journal; none when nothing was written.
    pub entry: Option<String>,
    /// Lines that wait for a person, to be written in a workbook.
    pub proposed: Vec<NewRow>,
}

/// What became of a run.
#[derive(Debug, Clone, Default)]
pub struct SuiviIntake {
    /// One per file, by path.
    pub files: Vec<SuiviFileOutcome>,
    /// What concerns no file in particular.
    pub diagnostics: Vec<Diagnostic>,
}
