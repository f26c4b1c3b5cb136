//! Filled workbooks → journal. Each file enters whole or not at all; what a person did not touch since the workbook
//! was exported stays as it is, whatever others changed meanwhile.

use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

use super::convention_model::Convention;
use super::incoming::{
    IncomingChoices, IncomingFile, IncomingSetting, recognised_bytes, recognised_sheets,
};
use super::registers::{NewRow, Registers, SuiviEntry, SuiviTarget, places};
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

/// A file read, before the journal is looked at.
struct OpenedSuivi {
    outcome: SuiviFileOutcome,
    sha256: String,
    content: FileContent,
}

/// What a file holds.
enum FileContent {
    Registers(SuiviSheets),
    Other(IncomingFile),
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
        files.push(enter(reading, &mut target, request, &cells)?);
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
        content: FileContent::Registers(SuiviSheets::default()),
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
    if let Some(file) = recognised_bytes(&bytes) {
        opened.hold(FileContent::Other(file));
        return opened;
    }
    match sheets::open(Path::new(&name), &bytes) {
        Err(refusal) => said.push(refusal),
        Ok(book) => {
            said.extend(book.diagnostics);
            let mut sheets = read(&book.value, cells);
            let other = (!sheets.is_recognised)
                .then(|| recognised_sheets(&book.value))
                .flatten();
            if let Some(file) = other {
                opened.hold(FileContent::Other(file));
            } else {
                said.append(&mut sheets.diagnostics);
                opened.hold(FileContent::Registers(sheets));
            }
        }
    }
    opened
}

impl OpenedSuivi {
    fn hold(&mut self, content: FileContent) {
        let (kind, lines) = match &content {
            FileContent::Registers(sheets) => ("tableau de suivi", sheets.lines.len()),
            FileContent::Other(file) => (file.words(), file.lines()),
        };
        self.outcome.kind = kind;
        self.outcome.lines = lines;
        self.content = content;
    }
}

/// One file against the journal as the files before it left it.
fn enter(
    reading: OpenedSuivi,
    target: &mut SuiviTarget,
    request: &SuiviImport,
    cells: &CellReader,
) -> Result<SuiviFileOutcome> {
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
    let sheets = match reading.content {
        FileContent::Registers(sheets) => sheets,
        FileContent::Other(file) => {
            let registers = Registers::of(target.journal(), None);
            let made = file.made(&IncomingSetting {
                observatory: cells.observatory,
                convention: cells.convention,
                registers: &registers,
                choices: &request.choices,
                file: &outcome.name,
            });
            outcome.diagnostics.extend(made.diagnostics);
            outcome.proposed = made.proposed;
            SuiviSheets::of_lines(made.lines)
        }
    };
    let merged = merge(target.journal(), &sheets, &outcome.name);
    outcome.diagnostics.extend(merged.diagnostics);
    if has_errors(&outcome.diagnostics) {
        return Ok(outcome);
    }
    (outcome.created, outcome.changed) = (merged.created, merged.changed);
    if !merged.changes.is_empty() {
        let mut entry =
            SuiviEntry::new(request.date, Origin::Import, &outcome.name, &reading.sha256);
        entry.changements = merged.changes;
        outcome.entry = Some(target.commit(entry)?);
    }
    Ok(outcome)
}
