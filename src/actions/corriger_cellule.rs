//! One cell of a file that waits, corrected by who imports: what is typed is read in its place, and traced.

use super::sheet_picture::AROUND;
use crate::base::day::Day;
use crate::base::diagnostics::{CellRef, Diagnostic};
use crate::base::error::{Error, Result};
use crate::intake::FileOutcome;
use crate::intake::cell_corrections::CellCorrection;

/// Longest text that is typed for a cell.
const LONGEST: usize = 2_000;

/// A cell, and what is to be read in it.
pub(crate) struct CellRequest<'a> {
    /// Its file, as a look found it.
    pub file: &'a FileOutcome,
    /// Name that its sheet is kept under; empty in a CSV.
    pub sheet: &'a str,
    /// The cell, `D14`.
    pub cell: &'a str,
    /// What was typed; empty to read the cell as empty.
    pub value: &'a str,
    /// Day of the correction.
    pub day: Day,
}

/// The correction of a cell that a remark names, or of one beside it: a remark about a line names its first cell.
///
/// # Errors
///
/// A cell far from any remark, a text that no cell holds, what the file says already, a file that changed.
pub(crate) fn correct_cell(request: &CellRequest) -> Result<CellCorrection> {
    let CellRequest { file, sheet, .. } = request;
    if !file.diagnostics.iter().any(|d| is_about(d, request)) {
        return Err(Error::Usage(format!(
            "Aucune remarque ne porte sur la cellule {} ni sur celles qui l’entourent : rien n’est corrigé.",
            request.cell
        )));
    }
    let typed = request.value.trim();
    if typed.chars().count() > LONGEST || typed.chars().any(char::is_control) {
        return Err(Error::Usage(format!(
            "Une cellule tient au plus {LONGEST} caractères, sur une seule ligne : rien n’est corrigé."
        )));
    }
    let book = file
        .origin
        .workbook()
        .map_err(|why| Error::Usage(format!("« {} » : {why}. Rien n’est corrigé.", file.name)))?;
    let there = book
        .sheet(sheet)
        .zip(request.cell.parse::<CellRef>().ok())
        .ok_or_else(|| Error::Usage("Cette feuille n’est pas dans le fichier.".to_owned()))?;
    let (sheet, cell) = there;
    let mut areas = sheet.merges.iter();
    let area = areas.find(|area| area.covers(cell.row, cell.col));
    let cell = area.map_or(cell, |area| area.first);
    let before = sheet.text(cell.row, cell.col);
    if before == typed {
        return Err(Error::Usage(format!(
            "Le fichier dit déjà {} dans la cellule {cell} : rien n’est corrigé. Tapez ce qui doit être lu à la place.",
            if typed.is_empty() {
                "rien".to_owned()
            } else {
                format!("« {typed} »")
            }
        )));
    }
    Ok(CellCorrection {
        sheet: sheet.name.to_string(),
        cell: cell.to_string(),
        before,
        after: typed.to_owned(),
        day: request.day,
    })
}

fn is_about(remark: &Diagnostic, request: &CellRequest) -> bool {
    let place = |cell: &str| cell.parse::<CellRef>().ok();
    let named = remark.at.cell.as_deref().and_then(place);
    let near = named.zip(place(request.cell)).is_some_and(|(one, other)| {
        one.row.abs_diff(other.row) <= AROUND && one.col.abs_diff(other.col) <= AROUND
    });
    near && remark.at.sheet.as_deref().unwrap_or("") == request.sheet
}
