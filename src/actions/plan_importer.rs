//! The workbooks of teams, back.

use std::path::PathBuf;

use super::importer::with_severity;
use crate::base::diagnostics::{Diagnostic, Severity};
use crate::base::error::Result;
use crate::campaign::{OpenObservatory, today};
use crate::decide::plans::{PlanFileOutcome, PlanImport, PlanIntake, import};

/// What to bring back.
pub(crate) struct PlanImportRequest {
    /// Files and folders.
    pub paths: Vec<PathBuf>,
    /// Look, change nothing.
    pub simulation: bool,
}

/// What became of it.
pub(crate) struct PlanImportOutcome {
    /// Whether nothing was to be changed.
    pub simulation: bool,
    /// One outcome a file.
    pub intake: PlanIntake,
}

/// What became of one workbook.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum WorkbookFate {
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

/// What the workbooks brought, and what was noticed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct PlanImportTally {
    /// Workbooks read.
    pub read: usize,
    /// New actions.
    pub created: usize,
    /// Actions changed.
    pub changed: usize,
    /// Errors.
    pub errors: usize,
    /// Warnings.
    pub warnings: usize,
}

/// Brings workbooks back.
///
/// # Errors
///
/// A path that does not exist; plans that cannot be read or written, or are held.
pub(crate) fn import_workbooks(
    opened: &OpenObservatory,
    request: &PlanImportRequest,
) -> Result<PlanImportOutcome> {
    let intake = import(
        &opened.observatory,
        &PlanImport {
            paths: &request.paths,
            date: today(),
            simulation: request.simulation,
        },
    )?;
    Ok(PlanImportOutcome {
        simulation: request.simulation,
        intake,
    })
}

impl PlanImportOutcome {
    /// What became of one of its workbooks.
    pub(crate) fn fate(&self, file: &PlanFileOutcome) -> WorkbookFate {
        let nothing = file.created.is_empty() && file.changed.is_empty();
        match (file.known, file.enters(), nothing) {
            (true, ..) => WorkbookFate::Known,
            (_, false, _) => WorkbookFate::Refused {
                errors: with_severity(&file.diagnostics, Severity::Error),
            },
            (_, _, true) => WorkbookFate::NothingNew,
            _ if self.simulation => WorkbookFate::WouldEnter,
            _ => WorkbookFate::Entered,
        }
    }

    /// What was noticed: what concerns no workbook in particular, then workbook after workbook.
    pub(crate) fn diagnostics(&self) -> Vec<Diagnostic> {
        let mut diagnostics = self.intake.diagnostics.clone();
        let files = self.intake.files.iter();
        diagnostics.extend(files.flat_map(|f| f.diagnostics.clone()));
        diagnostics
    }

    /// The counts of the closing line.
    pub(crate) fn tally(&self) -> PlanImportTally {
        let files = &self.intake.files;
        let diagnostics = self.diagnostics();
        PlanImportTally {
            read: files.len(),
            created: files.iter().map(|f| f.created.len()).sum(),
            changed: files.iter().map(|f| f.changed.len()).sum(),
            errors: with_severity(&diagnostics, Severity::Error),
            warnings: with_severity(&diagnostics, Severity::Warning),
        }
    }
}
