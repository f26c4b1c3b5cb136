//! Cells of the plan's workbook: texts that stay texts, real days, lists, heights that show everything.

use rust_xlsxwriter::{DataValidation, ExcelDateTime, Format, Formula, Worksheet, XlsxError};

use super::field::Holds;
use super::layout::{COLUMNS, Column, SHEET_LISTS};
use super::workbook::Line;

/// Height of one line of text, in points, and the highest row that Excel shows.
pub(super) const TEXT_LINE: f64 = 15.0;
const HIGHEST: f64 = 409.0;
/// Longest text that Excel keeps in a cell.
const LONGEST: usize = 32_767;

/// Lines that a text takes in a column of so many characters, words kept whole.
pub(super) fn lines(text: &str, width: f64) -> f64 {
    let of = |line: &str| (line.chars().count() as f64 / width).ceil().max(1.0);
    text.lines().map(of).sum::<f64>().max(1.0)
}

/// Height that shows every text of a line: not every program finds it by itself.
pub(super) fn height(line: &Line) -> f64 {
    let text = |column: Column| match column {
        Column::Name => line.nom.as_str(),
        Column::Effect => line.effect.as_str(),
        Column::Field(field) if field.holds() == Holds::Text => {
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
    (row, col): (u32, u16),
    text: &str,
    look: &Format,
) -> Result<(), XlsxError> {
    if text.is_empty() {
        sheet.write_blank(row, col, look)?;
    } else {
        let text: String = text.chars().take(LONGEST).collect();
        sheet.write_string_with_format(row, col, text, look)?;
    }
    Ok(())
}

pub(super) fn day(iso: &str) -> Result<Option<ExcelDateTime>, XlsxError> {
    let Ok(day) = iso.parse::<jiff::civil::Date>() else {
        return Ok(None);
    };
    let (year, month, day) = (day.year() as u16, day.month() as u8, day.day() as u8);
    ExcelDateTime::from_ymd(year, month, day).map(Some)
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
