//! The workbooks of the follow-up, back.

use std::path::{Path, PathBuf};

use super::importer::with_severity;
use crate::base::diagnostics::{Diagnostic, Severity};
use crate::base::error::{Error, Result};
use crate::campaign::{OpenObservatory, today};
use crate::convention::{
    Convention, IncomingChoices, Registers, SuiviBook, SuiviFileOutcome, SuiviImport, SuiviIntake,
    convention_or_fiches, import_suivi, write_suivi,
};

/// What to bring back.
pub(crate) struct SuiviImportRequest {
    /// Files and folders.
    pub paths: Vec<PathBuf>,
    /// Look, change nothing.
    pub simulation: bool,
    /// What files that are no workbook of the follow-up do not say.
    pub choices: IncomingChoices,
    /// Workbook to write what is proposed in.
    pub proposals: Option<PathBuf>,
}

/// What became of it.
pub(crate) struct SuiviImportOutcome {
    /// Whether nothing was to be changed.
    pub simulation: bool,
    /// One outcome a file.
    pub intake: SuiviIntake,
    /// Workbook of lines to be confirmed, when one was written.
    pub proposals: Option<PathBuf>,
}

/// What became of one workbook.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum SuiviFate {
    /// Its bytes were in the journal already.
    Known,
    /// It has errors.
    Refused {
        /// How many.
        errors: usize,
    },
    /// It changes nothing.
    NothingNew,
    /// Its lines wait for a person.
    Proposed,
    /// It would have entered.
    WouldEnter,
    /// It entered.
    Entered,
}

/// Brings workbooks back.
///
/// # Errors
///
/// A convention that does not hold together; a path that does not exist; a journal that cannot be read or written, or
/// is held.
pub(crate) fn import_books(
    opened: &OpenObservatory,
    request: &SuiviImportRequest,
) -> Result<SuiviImportOutcome> {
    let checked = convention_or_fiches(&opened.observatory)?;
    let mut intake = import_suivi(
        &opened.observatory,
        &checked.value,
        &SuiviImport {
            paths: &request.paths,
            date: today(),
            simulation: request.simulation,
            choices: IncomingChoices {
                proposes: request.proposals.is_some(),
                ..request.choices.clone()
            },
        },
    )?;
    intake.diagnostics.extend(checked.diagnostics);
    let proposals = match &request.proposals {
        Some(path) if !request.simulation => propose(opened, &checked.value, &intake, path)?,
        _ => None,
    };
    Ok(SuiviImportOutcome {
        simulation: request.simulation,
        intake,
        proposals,
    })
}

/// Writes the lines that wait for a person as a workbook of the follow-up; none when there is none.
fn propose(
    opened: &OpenObservatory,
    convention: &Convention,
    intake: &SuiviIntake,
    path: &Path,
) -> Result<Option<PathBuf>> {
    let Some(bytes) = proposed_bytes(opened, convention, intake)? else {
        return Ok(None);
    };
    let file = opened.destination(path)?;
    file.write(&bytes)?;
    Ok(Some(file.path))
}

fn proposed_bytes(
    opened: &OpenObservatory,
    convention: &Convention,
    intake: &SuiviIntake,
) -> Result<Option<Vec<u8>>> {
    let files = intake.files.iter();
    let rows: Vec<_> = files.flat_map(|f| f.proposed.clone()).collect();
    if rows.is_empty() {
        return Ok(None);
    }
    let registers = Registers::of_rows(rows, "");
    let fictitious = opened.observatory.settings.territory.donnees_fictives;
    let book = SuiviBook::new(convention, &registers, None, today(), fictitious);
    write_suivi(&book).map(Some)
}

/// The workbook of the lines that a file proposes, to be completed; nothing enters.
///
/// # Errors
///
/// As [`import_books`]; a file that proposes nothing.
pub(crate) fn proposals_book(
    opened: &OpenObservatory,
    file: &Path,
    choices: IncomingChoices,
) -> Result<Vec<u8>> {
    let checked = convention_or_fiches(&opened.observatory)?;
    let request = SuiviImport {
        paths: &[file.to_path_buf()],
        date: today(),
        simulation: true,
        choices: IncomingChoices {
            proposes: true,
            ..choices
        },
    };
    let intake = import_suivi(&opened.observatory, &checked.value, &request)?;
    let bytes = proposed_bytes(opened, &checked.value, &intake)?;
    bytes.ok_or_else(|| Error::Usage("Ce fichier ne propose aucune réunion nouvelle.".to_owned()))
}

impl SuiviImportOutcome {
    /// What became of one of its workbooks.
    pub(crate) fn fate(&self, file: &SuiviFileOutcome) -> SuiviFate {
        let errors = with_severity(&file.diagnostics, Severity::Error);
        let nothing = file.created.is_empty() && file.changed.is_empty();
        match (file.known, errors, nothing) {
            (true, ..) => SuiviFate::Known,
            (_, 1.., _) => SuiviFate::Refused { errors },
            _ if !file.proposed.is_empty() => SuiviFate::Proposed,
            (_, _, true) => SuiviFate::NothingNew,
            _ if self.simulation => SuiviFate::WouldEnter,
            _ => SuiviFate::Entered,
        }
    }

    /// What was noticed: what concerns no workbook in particular, then workbook after workbook.
    pub(crate) fn diagnostics(&self) -> Vec<Diagnostic> {
        let mut diagnostics = self.intake.diagnostics.clone();
        let files = self.intake.files.iter();
        diagnostics.extend(files.flat_map(|f| f.diagnostics.clone()));
        diagnostics
    }
}
