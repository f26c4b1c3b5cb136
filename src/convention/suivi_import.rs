//! Filled workbooks → journal. Each file enters whole or not at all; what a person did not touch since the workbook
//! was exported stays as it is, whatever others changed meanwhile.

use std::path::Path;

use sha2::{Digest, Sha256};

use super::convention_model::Convention;
use super::incoming::{
    AttendanceList, IncomingFile, IncomingReader, IncomingSetting, POCKET, ReviewCorrespondences,
    recognised_bytes, recognised_sheets,
};
use super::registers::{Registers, SuiviEntry, SuiviTarget, places};
use super::remembered_words::RememberedWords;
use super::schools_import::enter_schools;
use super::suivi_cells::CellReader;
use super::suivi_merge::merge;
use super::suivi_outcome::{SuiviFileOutcome, SuiviImport, SuiviIntake};
use super::suivi_reading::{SuiviSheets, read};
use super::survey_import::{SurveyFile, SurveyWords, enter_survey};
use super::surveys::{SurveyReader, load_surveys};
use super::versions::keep_versions;
use crate::base::day::Day;
use crate::base::diagnostics::{Code, Diagnostic, Location, has_errors};
use crate::base::error::Result;
use crate::base::journal::Origin;
use crate::base::sheets;
use crate::intake::{expand_with, file_bytes, file_names};
use crate::vocabulary::config::Observatory;

/// Files of a folder that are read besides tables.
const CALENDARS: &[&str] = &["ics"];

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
    let (paths, diagnostics) = expand_with(request.paths, CALENDARS)?;
    let cells = CellReader {
        convention,
        observatory,
    };
    let surveys = load_surveys(&observatory.root)?;
    let remembered = SurveyWords::load(&observatory.root, &surveys)?;
    let of_survey = |code: &str| remembered.of(code);
    let mut referentiels = observatory.referentiels.values();
    let referentiel = referentiels.next().or(observatory.shipped.values().next());
    let reviews = ReviewCorrespondences::load(&observatory.root)?;
    let reader = referentiel.map(|referentiel| IncomingReader {
        surveys: SurveyReader {
            surveys: &surveys,
            referentiel,
            remembered: &of_survey,
            accepts: request.choices.accept_near,
            date: request.date,
        },
        reviews: &reviews,
    });
    let all = paths.iter().map(|p| open(p, &cells, reader.as_ref()));
    let opened: Vec<OpenedSuivi> = all.collect();
    let mut target = SuiviTarget::open(&places(&observatory.root), request.simulation)?;
    // Before anything enters: no entry of a day is there without the files that it was read with.
    if !request.simulation {
        keep_versions(&observatory.root, request.date)?;
    }
    let mut files = Vec::new();
    for reading in opened {
        let entered = match reading.content {
            FileContent::Other(IncomingFile::Survey(found)) => enter_survey(
                SurveyFile {
                    outcome: reading.outcome,
                    sha256: &reading.sha256,
                    found: &found,
                },
                observatory,
                request,
            )?,
            FileContent::Other(IncomingFile::Schools(table)) => {
                let day = Some(request.date).filter(|_| !request.simulation);
                enter_schools(reading.outcome, table, &observatory.root, day)?
            }
            content => enter(
                OpenedSuivi { content, ..reading },
                &mut target,
                request,
                &cells,
            )?,
        };
        files.push(entered);
    }
    if request.simulation {
        for file in &mut files {
            file.entry = None;
        }
    }
    Ok(SuiviIntake { files, diagnostics })
}

/// What a file is for the follow-up of the convention; none when it is nothing that comes in there.
///
/// # Errors
///
/// Small questionnaires or correspondences that cannot be read.
pub(crate) fn kind_of_file(
    observatory: &Observatory,
    convention: &Convention,
    name: &str,
    bytes: &[u8],
    date: Day,
) -> Result<Option<&'static str>> {
    let surveys = load_surveys(&observatory.root)?;
    let nothing = |_: &str| RememberedWords::default();
    let reviews = ReviewCorrespondences::load(&observatory.root)?;
    let reader = observatory
        .shipped
        .values()
        .next()
        .map(|referentiel| IncomingReader {
            surveys: SurveyReader {
                surveys: &surveys,
                referentiel,
                remembered: &nothing,
                accepts: false,
                date,
            },
            reviews: &reviews,
        });
    let cells = CellReader {
        convention,
        observatory,
    };
    let mut opened = OpenedSuivi::called(name);
    opened.read(bytes, &cells, reader.as_ref());
    let is_own = match &opened.content {
        FileContent::Registers(sheets) => sheets.is_recognised,
        // What resembles a list or a table of actions resembles an export of answers too.
        FileContent::Other(IncomingFile::Attendance(lists)) => {
            lists.iter().any(AttendanceList::is_announced)
        }
        FileContent::Other(IncomingFile::Pocket(_)) => false,
        FileContent::Other(_) => true,
    };
    Ok(is_own.then_some(opened.outcome.kind))
}

/// Reads one file; never fails, always says.
fn open(path: &Path, cells: &CellReader, reader: Option<&IncomingReader>) -> OpenedSuivi {
    let given = path.file_name();
    let given = given.map_or_else(String::new, |n| n.to_string_lossy().into_owned());
    // What would name a person is neither kept nor said.
    let print = || crate::base::text::hex(Sha256::digest(given.as_bytes()));
    let name = file_names(cells.observatory).kept(&given, print);
    let mut opened = OpenedSuivi::called(&name);
    match file_bytes(path, &name) {
        Ok(bytes) => {
            opened.sha256 = crate::base::text::hex(Sha256::digest(&bytes));
            opened.read(&bytes, cells, reader);
        }
        Err(refused) => opened.outcome.diagnostics.push(refused),
    }
    opened
}

impl OpenedSuivi {
    fn called(name: &str) -> Self {
        Self {
            outcome: SuiviFileOutcome {
                name: name.to_owned(),
                ..SuiviFileOutcome::default()
            },
            sha256: String::new(),
            content: FileContent::Registers(SuiviSheets::default()),
        }
    }

    fn read(&mut self, bytes: &[u8], cells: &CellReader, reader: Option<&IncomingReader>) {
        if let Some(file) = recognised_bytes(bytes) {
            return self.hold(FileContent::Other(file));
        }
        let name = self.outcome.name.clone();
        let path = Path::new(&name);
        let said = &mut self.outcome.diagnostics;
        let read_book = sheets::open_word(path, bytes).unwrap_or_else(|| sheets::open(path, bytes));
        let book = match read_book {
            Err(refusal) => return said.push(refusal),
            Ok(book) => book,
        };
        said.extend(book.diagnostics);
        let mut sheets = read(&book.value, cells);
        let other = (!sheets.is_recognised)
            .then(|| recognised_sheets(&book.value, reader))
            .flatten();
        if let Some(file) = other {
            self.hold(FileContent::Other(file));
        } else {
            said.append(&mut sheets.diagnostics);
            self.hold(FileContent::Registers(sheets));
        }
    }

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
            let root = &cells.observatory.root;
            let remembered = RememberedWords::load(root, POCKET)?;
            let made = file.made(&IncomingSetting {
                observatory: cells.observatory,
                convention: cells.convention,
                registers: &registers,
                choices: &request.choices,
                remembered: &remembered,
                file: &outcome.name,
            });
            outcome.diagnostics.extend(made.diagnostics);
            outcome.proposed = made.proposed;
            if !made.learnt.is_empty() && !request.simulation && !has_errors(&outcome.diagnostics) {
                RememberedWords::learn(root, POCKET, &made.learnt)?;
            }
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
