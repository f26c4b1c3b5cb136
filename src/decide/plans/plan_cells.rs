//! Cells of the plan's workbook: texts that stay texts, real days, lists, heights that show everything.

use rust_xlsxwriter::{DataValidation, ExcelDateTime, Format, Formula, Worksheet, XlsxError};

use super::field::Holds;
use super::plan_book::PlanLine;
use super::plan_layout::{COLUMNS, PlanColumn, SHEET_LISTS};
use crate::base::looks::{excel_day, fitting};

/// Height of one line of text, in points, and the highest row that Excel shows.
pub(super) const TEXT_LINE: f64 = 15.0;
const HIGHEST: f64 = 409.0;

/// A cell, zero-based.
#[derive(Debug, Clone, Copy)]
pub(super) struct CellPosition {
    pub row: u32,
    pub column: u16,
}

/// Lines that a text takes in a column of so many characters, words kept whole.
pub(super) fn lines(text: &str, width: f64) -> f64 {
    let of = |line: &str| (line.chars().count() as f64 / width).ceil().max(1.0);
    text.lines().map(of).sum::<f64>().max(1.0)
}

/// Height that shows every text of a line: not every program finds it by itself.
pub(super) fn height(line: &PlanLine) -> f64 {
    let text = |column: PlanColumn| match column {
        PlanColumn::Name => line.name.as_str(),
        PlanColumn::Effect => line.effect.as_str(),
        PlanColumn::Field(field) if field.holds() == Holds::Text => {
            line.record.get(&field).map_or("", String::as_str)
        }
        _ => "",
    };
    let tallest = COLUMNS.iter().map(|(c, width)| lines(text(*c), *width));
    (TEXT_LINE * tallest.fold(1.0, f64::max)).min(HIGHEST)
}

/// A text that stays text even when it begins like a formula.
pub(super) fn words(
    sheet: &mut Worksheet,
    at: CellPosition,
    text: &str,
    look: &Format,
) -> Result<(), XlsxError> {
    if text.is_empty() {
        sheet.write_blank(at.row, at.column, look)?;
    } else {
        sheet.write_string_with_format(at.row, at.column, fitting(text), look)?;
    }
    Ok(())
}

/// A day as Excel counts it; none for a text that is no day, or one that it cannot count.
pub(super) fn day(iso: &str) -> Option<ExcelDateTime> {
    let day = iso.parse::<jiff::civil::Date>().ok()?;
    excel_day(day).ok()
}

/// A drop-down list over a column of the hidden sheet.
pub(super) fn list(column: u8, items: usize) -> Result<DataValidation, XlsxError> {
    let letter = char::from(b'A' + column);
    let end = items.max(1) + 1;
    let range = format!("={SHEET_LISTS}!${letter}$2:${letter}${end}");
    DataValidation::new()
        .allow_list_formula(Formula::new(range))
        .set_error_title("Code inattendu")?
        .set_error_message("Choisissez un code de la liste.")
}
