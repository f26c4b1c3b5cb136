//! The registers of the convention on a page: read, a line typed, removed, put back, a cell settled.

use crate::base::day::Day;
use crate::base::diagnostics::Diagnostic;
use crate::base::error::Result;
use crate::campaign::{OpenObservatory, today};
use crate::convention::{
    CONVENTION_FILE, ContestedRowCell, Convention, Register, RegisterDesk, SuiviField,
    TypedRegisterRow, TypedRowOutcome, convention_or_fiches, keep_standing_cell, put_row_back,
    type_row,
};

/// The follow-up as a page reads it.
pub(crate) struct FollowUpDesk {
    /// What was signed, else the fiches of the référentiel.
    pub(crate) convention: Convention,
    /// Whether `ctg/convention.toml` is there.
    pub(crate) is_signed: bool,
    /// Its registers.
    pub(crate) desk: RegisterDesk,
    /// Day.
    pub(crate) day: Day,
    /// What was noticed of the convention.
    pub(crate) diagnostics: Vec<Diagnostic>,
}

/// Reads the follow-up.
///
/// # Errors
///
/// A convention that does not hold together; a journal that cannot be read.
pub(crate) fn open_desk(opened: &OpenObservatory) -> Result<FollowUpDesk> {
    let checked = convention_or_fiches(&opened.observatory)?;
    Ok(FollowUpDesk {
        convention: checked.value,
        is_signed: opened.observatory.root.join(CONVENTION_FILE).is_file(),
        desk: RegisterDesk::load(&opened.observatory.root)?,
        day: today(),
        diagnostics: checked.diagnostics,
    })
}

/// A line as a page sends it.
pub(crate) struct RowRequest {
    pub(crate) register: Register,
    /// Id; empty, or a code of one's own, for a new line.
    pub(crate) id: String,
    pub(crate) is_new: bool,
    /// Cells as they were typed; others stay as they are.
    pub(crate) cells: Vec<(SuiviField, String)>,
    /// Import after which the page was shown.
    pub(crate) seen: String,
    /// Whether what others changed meanwhile is replaced.
    pub(crate) replaces: bool,
}

/// Keeps a line.
///
/// # Errors
///
/// A line that the page did not show, a code that is taken; a journal that cannot be read or written, or is held.
pub(crate) fn edit_row(opened: &OpenObservatory, request: RowRequest) -> Result<TypedRowOutcome> {
    let checked = convention_or_fiches(&opened.observatory)?;
    let typed = TypedRegisterRow {
        register: request.register,
        id: request.id,
        is_new: request.is_new,
        cells: request.cells,
        seen: request.seen,
        replaces: request.replaces,
        date: today(),
    };
    type_row(&opened.observatory, &checked.value, &typed)
}

/// Removes a line: its cells are emptied, the journal keeps what they held.
///
/// # Errors
///
/// As [`edit_row`].
pub(crate) fn remove_row(
    opened: &OpenObservatory,
    register: Register,
    id: &str,
    seen: &str,
) -> Result<TypedRowOutcome> {
    let cells = SuiviField::all(register).map(|field| (field, String::new()));
    let request = RowRequest {
        register,
        id: id.to_owned(),
        is_new: false,
        cells: cells.collect(),
        seen: seen.to_owned(),
        replaces: false,
    };
    edit_row(opened, request)
}

/// Puts a removed line back as it was.
///
/// # Errors
///
/// A line that is not removed; a journal that cannot be read or written, or is held.
pub(crate) fn put_back(opened: &OpenObservatory, register: Register, id: &str) -> Result<()> {
    put_row_back(&opened.observatory.root, register, id, today())
}

/// Settles a cell that two machines filled at once; none when what stands stays.
///
/// # Errors
///
/// A cell that no longer waits for this choice; a journal that cannot be read or written, or is held.
pub(crate) fn settle_row_cell(
    opened: &OpenObservatory,
    cell: &ContestedRowCell,
    chosen: &str,
    seen: &str,
) -> Result<Option<TypedRowOutcome>> {
    if chosen == cell.kept {
        keep_standing_cell(&opened.observatory.root, cell, today())?;
        return Ok(None);
    }
    let request = RowRequest {
        register: cell.register,
        id: cell.id.clone(),
        is_new: false,
        cells: vec![(cell.field, chosen.to_owned())],
        seen: seen.to_owned(),
        replaces: false,
    };
    edit_row(opened, request).map(Some)
}
