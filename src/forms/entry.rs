//! A sheet to type paper questionnaires into: one line per respondent, one column per question,
//! its code under its wording, drop-down lists of the answers allowed.

use rust_xlsxwriter::{
    DataValidation, DocProperties, ExcelDateTime, Format, FormatAlign, Workbook, XlsxError,
};

use super::asked::Asked;
use crate::base::error::{Error, Result};

/// Rows offered to type into.
const ROWS: u32 = 500;

/// Writes the sheet.
///
/// # Errors
///
/// [`Error::Render`] when the workbook cannot be made.
pub fn write(asked: &Asked) -> Result<Vec<u8>> {
    build(asked).map_err(|e| Error::Render(format!("Le tableau ne peut pas être écrit ({e}).")))
}

fn build(asked: &Asked) -> Result<Vec<u8>, XlsxError> {
    let mut book = Workbook::new();
    // A fixed date keeps the bytes equal from one run to the next.
    let epoch = ExcelDateTime::from_ymd(2026, 1, 1)?;
    book.set_properties(&DocProperties::new().set_creation_datetime(&epoch));
    let words = Format::new().set_text_wrap().set_align(FormatAlign::Top);
    let code = Format::new().set_bold();
    let sheet = book.add_worksheet();
    sheet.set_name("Saisie")?;
    sheet
        .set_landscape()
        .set_paper_size(9)
        .set_print_fit_to_pages(1, 0);
    sheet.set_repeat_rows(0, 2)?;
    sheet.write_string_with_format(0, 0, asked.titre, &code)?;
    sheet.write_string_with_format(1, 0, "Accueil (code)", &words)?;
    sheet.write_string_with_format(2, 0, "Structure", &code)?;
    let places: Vec<&str> = asked.places.iter().map(|p| p.code.as_str()).collect();
    // Excel takes lists of 255 characters at most.
    if !places.is_empty() && places.join(",").chars().count() <= 255 {
        let list = DataValidation::new().allow_list_strings(&places)?;
        sheet.add_data_validation(3, 0, ROWS + 2, 0, &list)?;
    }
    let mut col = 1;
    for (_, elements) in asked.axes() {
        for element in elements {
            sheet.write_string_with_format(1, col, &element.label, &words)?;
            sheet.write_string_with_format(2, col, &element.code, &code)?;
            sheet.set_column_width(col, 22)?;
            let choices = asked.choices(element);
            let labels: Vec<&str> = choices.iter().map(|c| c.1.as_str()).collect();
            let list = DataValidation::new()
                .allow_list_strings(&labels)?
                .set_error_title("Réponse inattendue")?
                .set_error_message("Choisissez une réponse de la liste, ou laissez vide.")?;
            sheet.add_data_validation(3, col, ROWS + 2, col, &list)?;
            col += 1;
        }
    }
    sheet.write_string_with_format(1, col, "Réponse libre (ni nom, ni téléphone)", &words)?;
    sheet.write_string_with_format(2, col, "LIBRE", &code)?;
    sheet.set_column_width(col, 40)?;
    sheet.set_row_height(1, 60)?;
    sheet.set_freeze_panes(3, 1)?;
    book.save_to_buffer()
}
