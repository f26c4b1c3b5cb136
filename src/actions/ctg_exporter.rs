//! The workbook of the follow-up of the convention: whole, or what concerns one fiche.

use std::path::PathBuf;

use crate::base::diagnostics::Diagnostic;
use crate::base::error::{Error, Result};
use crate::base::text::suggest;
use crate::campaign::{ConventionState, OpenObservatory};
use crate::convention::{SuiviBook, write_suivi};

/// Which workbook.
pub(crate) struct SuiviBookRequest {
    /// Code of the only fiche wanted.
    pub fiche: Option<String>,
    /// File to write.
    pub out: PathBuf,
    /// Day of edition, AAAA-MM-JJ; today otherwise.
    pub date: Option<String>,
}

/// What was written.
pub(crate) struct SuiviBookOutcome {
    /// File.
    pub file: PathBuf,
    /// Whether it took the place of another.
    pub replaced: bool,
    /// Lines in it.
    pub lines: usize,
    /// Things that are missing in them.
    pub missing: usize,
    /// Import that it is written from.
    pub version: String,
    /// What was noticed.
    pub diagnostics: Vec<Diagnostic>,
}

/// Writes the workbook.
///
/// # Errors
///
/// A convention that does not hold together, an unknown fiche, a day that is none; a journal that cannot be read; a
/// file that cannot be written.
pub(crate) fn write_book(
    opened: &OpenObservatory,
    request: &SuiviBookRequest,
) -> Result<SuiviBookOutcome> {
    let state = ConventionState::followed(opened, request.date.as_deref())?;
    let convention = &state.convention;
    let fiche = match &request.fiche {
        Some(written) => {
            let mut fiches = convention.fiches.iter();
            let found = fiches.find(|f| f.code.eq_ignore_ascii_case(written));
            let near = || suggest(written, convention.fiches.iter().map(|f| f.code.as_str()));
            Some(found.ok_or_else(|| {
                Error::Usage(format!(
                    "La fiche « {written} » n’existe pas.{}",
                    near().question()
                ))
            })?)
        }
        None => None,
    };
    let territory = &opened.observatory.settings.territory;
    let code = fiche.map(|f| f.code.as_str());
    let book = SuiviBook::new(
        convention,
        &state.registers,
        code,
        state.day,
        territory.donnees_fictives,
    );
    let file = opened.destination(&request.out)?;
    file.write(&write_suivi(&book)?)?;
    Ok(SuiviBookOutcome {
        replaced: file.replaces,
        file: file.path,
        lines: book.lines(),
        missing: book.missing.len(),
        version: book.version,
        diagnostics: state.diagnostics,
    })
}
