//! Workbooks of teams → journal. Each file enters whole or not at all; what a team did not touch
//! since its workbook was exported stays as it is, whatever others changed meanwhile.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use rayon::prelude::*;
use sha2::{Digest, Sha256};

use super::merge::{MeanwhileCell, Merging};
use super::plan_journal::{Entry, Target, places};
use super::workbook_reading::{PlanSheet, read};
use crate::base::day::Day;
use crate::base::diagnostics::{Code, Diagnostic, Location, has_errors};
use crate::base::error::Result;
use crate::base::journal::Origin;
use crate::base::sheets;
use crate::intake::{expand, file_bytes, file_names};
use crate::vocabulary::config::Observatory;

/// What the user asks for.
pub struct PlanImport<'a> {
    /// Files and folders.
    pub paths: &'a [PathBuf],
    /// Day of the run.
    pub date: Day,
    /// Look, change nothing.
    pub simulation: bool,
}

/// What became of one file.
#[derive(Debug, Clone, Default)]
pub struct PlanFileOutcome {
    /// Name without folder.
    pub name: String,
    /// Where it was read; empty for what was typed.
    pub path: PathBuf,
    /// Lines that hold an action.
    pub lines: usize,
    /// Ids given to new actions.
    pub created: Vec<String>,
    /// Ids of actions that it changes.
    pub changed: Vec<String>,
    /// Its diagnostics.
    pub diagnostics: Vec<Diagnostic>,
    /// Whether its bytes were already in the journal.
    pub known: bool,
    /// Entry of the journal; none when nothing was written.
    pub entry: Option<String>,
    /// Cells that others changed since this was seen, and that it changes too.
    pub meanwhile: Vec<MeanwhileCell>,
    /// Actions that lines without id already were, word for word.
    pub recognised: Vec<String>,
}

impl PlanFileOutcome {
    /// Whether it entered (or would).
    pub fn enters(&self) -> bool {
        !self.known && !has_errors(&self.diagnostics)
    }
}

/// What became of a run.
#[derive(Debug, Clone, Default)]
pub struct PlanIntake {
    /// One per file, by path.
    pub files: Vec<PlanFileOutcome>,
    /// What concerns no file in particular.
    pub diagnostics: Vec<Diagnostic>,
}

/// A file read, before the journal is looked at.
pub(super) struct OpenedPlan {
    pub outcome: PlanFileOutcome,
    /// Of its bytes; empty when there are none to be known again.
    pub sha256: String,
    pub sheeted: PlanSheet,
}

/// How files enter.
pub(super) struct Entering {
    /// Day of the run.
    pub date: Day,
    /// Whether what others changed meanwhile is replaced; otherwise nothing is written.
    pub replaces: bool,
    /// Entries written in this run → their files.
    pub run: BTreeMap<String, String>,
}

/// Imports the workbooks of teams.
///
/// # Errors
///
/// A path that does not exist; a journal that cannot be read or written, or is held by another
/// command.
pub fn import(observatory: &Observatory, request: &PlanImport) -> Result<PlanIntake> {
    let (paths, diagnostics) = expand(request.paths)?;
    let readings: Vec<OpenedPlan> = paths.par_iter().map(|p| open(p, observatory)).collect();
    let places = places(&observatory.root);
    let mut target = Target::open(&places, request.simulation)?;
    let mut entering = Entering {
        date: request.date,
        replaces: true,
        run: BTreeMap::new(),
    };
    let mut files = Vec::new();
    for reading in readings {
        let outcome = enter(reading, &mut target, &entering)?;
        if let Some(entry) = &outcome.entry {
            entering.run.insert(entry.clone(), outcome.name.clone());
        }
        files.push(outcome);
    }
    if request.simulation {
        for file in &mut files {
            file.entry = None;
        }
    }
    Ok(PlanIntake { files, diagnostics })
}

/// Reads one file; never fails, always says.
fn open(path: &Path, observatory: &Observatory) -> OpenedPlan {
    let given = path
        .file_name()
        .map_or_else(String::new, |n| n.to_string_lossy().into_owned());
    // What would name a person is neither kept nor said.
    let print = || crate::base::text::hex(Sha256::digest(given.as_bytes()));
    let name = file_names(observatory).kept(&given, print);
    let mut reading = OpenedPlan {
        outcome: PlanFileOutcome {
            name: name.clone(),
            path: path.to_owned(),
            ..PlanFileOutcome::default()
        },
        sha256: String::new(),
        sheeted: PlanSheet::default(),
    };
    let said = &mut reading.outcome.diagnostics;
    let bytes = match file_bytes(path, &name) {
        Ok(bytes) => bytes,
        Err(refused) => {
            said.push(refused);
            return reading;
        }
    };
    reading.sha256 = crate::base::text::hex(Sha256::digest(&bytes));
    match sheets::open(Path::new(&name), &bytes) {
        Err(refusal) => said.push(refusal),
        Ok(opened) => {
            said.extend(opened.diagnostics);
            let mut sheeted = read(&opened.value, observatory);
            said.append(&mut sheeted.diagnostics);
            reading.outcome.lines = sheeted.lines.len();
            reading.sheeted = sheeted;
        }
    }
    reading
}

/// One file against the journal as the files before it left it.
pub(super) fn enter(
    reading: OpenedPlan,
    target: &mut Target,
    entering: &Entering,
) -> Result<PlanFileOutcome> {
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
    let mut merging = Merging::new(
        target.journal(),
        &reading.sheeted,
        &outcome.name,
        entering.date,
        &entering.run,
    );
    for line in &reading.sheeted.lines {
        merging.line(line);
    }
    let merged = merging.finish();
    outcome.diagnostics.extend(merged.diagnostics);
    outcome.meanwhile = merged.meanwhile;
    outcome.recognised = merged.recognised;
    if has_errors(&outcome.diagnostics) || !(entering.replaces || outcome.meanwhile.is_empty()) {
        return Ok(outcome);
    }
    (outcome.created, outcome.changed) = (merged.created, merged.changed);
    if !merged.changes.is_empty() {
        let mut entry = Entry::new(
            entering.date,
            Origin::Import,
            &outcome.name,
            &reading.sha256,
        );
        entry.changements = merged.changes;
        outcome.entry = Some(target.commit(entry)?);
    }
    Ok(outcome)
}
