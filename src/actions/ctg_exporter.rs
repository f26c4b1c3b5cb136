//! The workbook of the follow-up of the convention: whole, or what concerns one fiche.

use std::path::PathBuf;

use crate::base::diagnostics::Diagnostic;
use crate::base::error::{Error, Result};
use crate::base::text::suggest;
use crate::campaign::{ConventionState, OpenObservatory};
use crate::convention::same_code;
use crate::convention::{Convention, Register, SuiviBook, write_suivi};

/// Which workbook.
pub(crate) struct SuiviBookRequest {
    /// Code of the only fiche wanted.
    pub fiche: Option<String>,
    /// Whether it goes to who carries that fiche: what they fill, nothing else.
    pub is_for_partner: bool,
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

/// What who carries a fiche fills: neither who came, nor functions, nor what people said.
const PARTNER_SHEETS: [Register; 4] = [
    Register::Actions,
    Register::Temps,
    Register::Documents,
    Register::Pratiques,
];

/// Writes the workbook.
///
/// # Errors
///
/// A convention that does not hold together, an unknown fiche or none for a partner, a day that is none; a journal that cannot be read; a
/// file that cannot be written.
pub(crate) fn write_book(
    opened: &OpenObservatory,
    request: &SuiviBookRequest,
) -> Result<SuiviBookOutcome> {
    let state = ConventionState::followed(opened, request.date.as_deref())?;
    let convention = &state.convention;
    let fiche = fiche_named(convention, request.fiche.as_deref())?;
    let territory = &opened.observatory.settings.territory;
    let code = fiche.as_deref();
    if request.is_for_partner && code.is_none() {
        return Err(Error::Usage(
            "Un partenaire reçoit la part d’une fiche : dites laquelle avec --fiche CODE."
                .to_owned(),
        ));
    }
    let book = SuiviBook::new(
        convention,
        &state.registers,
        code,
        state.day,
        territory.donnees_fictives,
    );
    let book = if request.is_for_partner {
        book.with_sheets(&PARTNER_SHEETS)
    } else {
        book
    };
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

/// The same, as bytes that a browser keeps, as all is known today.
///
/// # Errors
///
/// As [`write_book`], but for the file.
pub(crate) fn book_bytes(opened: &OpenObservatory, fiche: Option<&str>) -> Result<Vec<u8>> {
    let state = ConventionState::followed(opened, None)?;
    let fiche = fiche_named(&state.convention, fiche)?;
    write_suivi(&SuiviBook::new(
        &state.convention,
        &state.registers,
        fiche.as_deref(),
        state.day,
        opened.observatory.settings.territory.donnees_fictives,
    ))
}

/// The code of a fiche as the convention writes it; none when all are wanted.
fn fiche_named(convention: &Convention, written: Option<&str>) -> Result<Option<String>> {
    let Some(written) = written else {
        return Ok(None);
    };
    let mut fiches = convention.fiches.iter();
    let found = fiches.find(|f| same_code(&f.code, written));
    let near = || suggest(written, convention.fiches.iter().map(|f| f.code.as_str()));
    let found = found.ok_or_else(|| {
        Error::Usage(format!(
            "La fiche « {written} » n’existe pas.{}",
            near().question()
        ))
    })?;
    Ok(Some(found.code.clone()))
}
