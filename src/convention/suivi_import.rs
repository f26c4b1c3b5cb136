//! Filled workbooks → journal. Each file enters whole or not at all; what a person did not touch since the workbook
//! was exported stays as it is, whatever others changed meanwhile.

use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

use super::convention_model::Convention;
use super::registers::{SuiviEntry, SuiviTarget, places};
use super::suivi_cells::CellReader;
use super::suivi_merge::merge;
use super::suivi_reading::{SuiviSheets, read};
use crate::base::day::Day;
use crate::base::diagnostics::{Code, Diagnostic, Location, has_errors};
use crate::base::error::Result;
use crate::base::journal::Origin;
use crate::base::sheets;
use crate::intake::{expand, file_bytes, file_names};
use crate::vocabulary::config::Observatory;

/// What the user asks for.
pub struct SuiviImport<'a> {
    /// Files and folders.
    pub paths: &'a [PathBuf],
    /// Day of the run.
    pub date: Day,
    /// Look, change nothing.
    pub simulation: bool,
}

/// What became of one file.
#[derive(Debug, Clone, Default)]
pub struct SuiviFileOutcome {
    /// Name without folder.
    pub name: String,
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
}

/// What became of a run.
#[derive(Debug, Clone, Default)]
pub struct SuiviIntake {
    /// One per file, by path.
    pub files: Vec<SuiviFileOutcome>,
    /// What concerns no file in particular.
    pub diagnostics: Vec<Diagnostic>,
}

/// A file read, before the journal is looked at.
struct OpenedSuivi {
    outcome: SuiviFileOutcome,
    sha256: String,
    sheets: SuiviSheets,
}

/// Brings filled workbooks in, one after the other.
///
/// # Errors
///
/// A path that does not exist; a journal that cannot be read or written, or is held by another command.
pub fn import_suivi(
    observatory: &Observatory,
    convention: &Convention,
    request: &SuiviImport,
) -> Result<SuiviIntake> {
    let (paths, diagnostics) = expand(request.paths)?;
    let cells = CellReader {
        convention,
        observatory,
    };
    let opened: Vec<OpenedSuivi> = paths.iter().map(|p| open(p, &cells)).collect();
    let mut target = SuiviTarget::open(&places(&observatory.root), request.simulation)?;
    let mut files = Vec::new();
    for reading in opened {
        files.push(enter(reading, &mut target, request.date)?);
    }
    if request.simulation {
        for file in &mut files {
            file.entry = None;
        }
    }
    Ok(SuiviIntake { files, diagnostics })
}

/// Reads one file; never fails, always says.
fn open(path: &Path, cells: &CellReader) -> OpenedSuivi {
    let given = path.file_name();
    let given = given.map_or_else(String::new, |n| n.to_string_lossy().into_owned());
    // What would name a person is neither kept nor said.
    let print = || crate::base::text::hex(Sha256::digest(given.as_bytes()));
    let name = file_names(cells.observatory).kept(&given, print);
    let mut opened = OpenedSuivi {
        outcome: SuiviFileOutcome {
            name: name.clone(),
            ..SuiviFileOutcome::default()
        },
        sha256: String::new(),
        sheets: SuiviSheets::default(),
    };
    let said = &mut opened.outcome.diagnostics;
    let bytes = match file_bytes(path, &name) {
        Ok(bytes) => bytes,
        Err(refused) => {
            said.push(refused);
            return opened;
        }
    };
    opened.sha256 = crate::base::text::hex(Sha256::digest(&bytes));
    let path = Path::new(&name);
    let read_book = sheets::open_word(path, &bytes).unwrap_or_else(|| sheets::open(path, &bytes));
    match read_book {
        Err(refusal) => said.push(refusal),
        Ok(book) => {
            said.extend(book.diagnostics);
            let mut sheets = read(&book.value, cells);
            said.append(&mut sheets.diagnostics);
            opened.outcome.lines = sheets.lines.len();
            opened.sheets = sheets;
        }
    }
    opened
}

/// One file against the journal as the files before it left it.
fn enter(reading: OpenedSuivi, target: &mut SuiviTarget, date: Day) -> Result<SuiviFileOutcome> {
    let mut outcome = reading.outcome;
    if let Some(entry) = target.journal().holding(&reading.sha256) {
        let message = format!(
            "mêmes octets que dans {} ({}) : rien à faire.",
            entry.id, entry.fichier
        );
        let at = Location::file(&outcome.name);
        outcome.known = true;
        outcome.diagnostics = vec![Diagnostic::new(Code::AlreadyImported, at, message)];
        return Ok(outcome);
    }
    let merged = merge(target.journal(), &reading.sheets, &outcome.name);
    outcome.diagnostics.extend(merged.diagnostics);
    if has_errors(&outcome.diagnostics) {
        return Ok(outcome);
    }
    (outcome.created, outcome.changed) = (merged.created, merged.changed);
    if !merged.changes.is_empty() {
        let mut entry = SuiviEntry::new(date, Origin::Import, &outcome.name, &reading.sha256);
        entry.changements = merged.changes;
        outcome.entry = Some(target.commit(entry)?);
    }
    Ok(outcome)
}
