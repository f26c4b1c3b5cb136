//! A sheet to type paper questionnaires into: one line per respondent, one column per question in the order of the
//! paper and under its number, its code under its wording, drop-down lists of the answers allowed.

use std::collections::BTreeMap;

use rust_xlsxwriter::{DataValidation, DocProperties, XlsxError};

use super::asked::AskedForm;
use super::row_heights::{TEXT_LINE, TITLE_LINE, WrappedText, fit};
use crate::base::error::{Error, Result};
use crate::base::looks::{FormLooks, fixed_workbook};

/// Rows offered to type into.
const ROWS: u32 = 500;
/// Width of the column of a question, in characters.
const WIDTH: f64 = 22.0;

/// A paper typed already.
#[derive(Debug, Clone, Copy)]
pub struct TypedRow<'a> {
    /// Code of its accueil.
    pub structure: &'a str,
    /// Élément → code of the answer.
    pub answers: &'a BTreeMap<String, String>,
    /// Free words.
    pub free: &'a str,
}

/// Writes the sheet, with the papers that are typed already.
///
/// # Errors
///
/// [`Error::Render`] when the workbook cannot be made.
pub fn write(asked: &AskedForm, typed: &[TypedRow]) -> Result<Vec<u8>> {
    build(asked, typed)
        .map_err(|e| Error::Render(format!("Le tableau ne peut pas être écrit ({e}).")))
}

fn build(asked: &AskedForm, typed: &[TypedRow]) -> Result<Vec<u8>, XlsxError> {
    let mut book = fixed_workbook(1, DocProperties::new())?;
    let looks = FormLooks::new();
    let sheet = book.add_worksheet();
    sheet.set_name("Saisie")?;
    sheet
        .set_landscape()
        .set_paper_size(9)
        .set_print_fit_to_pages(1, 0);
    sheet.set_repeat_rows(0, 2)?;
    sheet.write_string_with_format(0, 0, asked.title, &looks.label)?;
    sheet.write_string_with_format(1, 0, "Accueil (code)", &looks.plain)?;
    sheet.write_string_with_format(2, 0, "Structure", &looks.label)?;
    let places: Vec<&str> = asked.places.iter().map(|p| p.code.as_str()).collect();
    // Excel takes lists of 255 characters at most.
    if !places.is_empty() && places.join(",").chars().count() <= 255 {
        let list = DataValidation::new().allow_list_strings(&places)?;
        sheet.add_data_validation(3, 0, ROWS + 2, 0, &list)?;
    }
    let mut col = 1;
    let mut wrapped = Vec::new();
    for element in asked.printed() {
        let words = format!("{col}. {}", element.label);
        sheet.write_string_with_format(1, col, &words, &looks.plain)?;
        wrapped.push(words);
        sheet.write_string_with_format(2, col, &element.code, &looks.label)?;
        sheet.set_column_width(col, WIDTH)?;
        let choices = asked.choices(element);
        let labels: Vec<&str> = choices.iter().map(|c| c.label.as_str()).collect();
        let list = DataValidation::new()
            .allow_list_strings(&labels)?
            .set_error_title("Réponse inattendue")?
            .set_error_message("Choisissez une réponse de la liste, ou laissez vide.")?;
        sheet.add_data_validation(3, col, ROWS + 2, col, &list)?;
        for (row, paper) in (3..).zip(typed) {
            let given = paper.answers.get(&element.code);
            if let Some(choice) = choices.iter().find(|c| Some(&c.code) == given) {
                sheet.write_string_with_format(row, col, &choice.label, &looks.open)?;
            }
        }
        col += 1;
    }
    sheet.write_string_with_format(1, col, "Réponse libre (ni nom, ni téléphone)", &looks.plain)?;
    sheet.write_string_with_format(2, col, "LIBRE", &looks.label)?;
    sheet.set_column_width(col, 40)?;
    for (row, paper) in (3..).zip(typed) {
        sheet.write_string_with_format(row, 0, paper.structure, &looks.open)?;
        if !paper.free.is_empty() {
            sheet.write_string_with_format(row, col, paper.free, &looks.open)?;
        }
    }
    sheet.set_column_width(0, 16)?;
    let texts: Vec<WrappedText> = wrapped
        .iter()
        .map(|text| WrappedText { text, width: WIDTH })
        .collect();
    fit(sheet, 1, 2, &texts)?;
    sheet.set_row_height(0, TITLE_LINE)?;
    sheet.set_row_height(2, TEXT_LINE + 1.0)?;
    sheet.set_freeze_panes(3, 1)?;
    book.save_to_buffer()
}
