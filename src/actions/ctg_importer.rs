//! The workbooks of the follow-up, back.

use std::path::PathBuf;

use super::importer::with_severity;
use crate::base::diagnostics::{Diagnostic, Severity};
use crate::base::error::Result;
use crate::campaign::{OpenObservatory, today};
use crate::convention::{
    SuiviFileOutcome, SuiviImport, SuiviIntake, convention_or_fiches, import_suivi,
};

/// What to bring back.
pub(crate) struct SuiviImportRequest {
    /// Files and folders.
    pub paths: Vec<PathBuf>,
    /// Look, change nothing.
    pub simulation: bool,
}

/// What became of it.
pub(crate) struct SuiviImportOutcome {
    /// Whether nothing was to be changed.
    pub simulation: bool,
    /// One outcome a file.
    pub intake: SuiviIntake,
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
        },
    )?;
    intake.diagnostics.extend(checked.diagnostics);
    Ok(SuiviImportOutcome {
        simulation: request.simulation,
        intake,
    })
}

impl SuiviImportOutcome {
    /// What became of one of its workbooks.
    pub(crate) fn fate(&self, file: &SuiviFileOutcome) -> SuiviFate {
        let errors = with_severity(&file.diagnostics, Severity::Error);
        let nothing = file.created.is_empty() && file.changed.is_empty();
        match (file.known, errors, nothing) {
            (true, ..) => SuiviFate::Known,
            (_, 1.., _) => SuiviFate::Refused { errors },
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
