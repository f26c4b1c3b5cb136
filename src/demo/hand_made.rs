//! A grid made by hand years ago: merged title, merged axes, crosses in columns, a total below.

use std::collections::HashMap;

use rust_xlsxwriter::{DocProperties, Format, XlsxError};

use super::scenario::DemoSite;
use crate::base::error::{Error, Result};
use crate::base::looks::fixed_workbook;
use crate::forms::FilledRating;
use crate::vocabulary::referentiel::{Referentiel, SourceCode};

/// Columns of crosses, in order.
const TICKS: [&str; 6] = ["1", "2", "3", "4", "NC", "NO"];

/// The column of a rating: in a grid of four levels, what conforms is ticked under the last, what does not under the first.
fn ticked(rating: &str) -> &str {
    match rating {
        "CF" => "4",
        "NF" => "1",
        other => other,
    }
}

/// The observation of a visit as such a grid.
pub(super) fn grid(
    referentiel: &Referentiel,
    site: &DemoSite,
    date: &str,
    observer: &str,
    answers: &HashMap<String, FilledRating>,
) -> Result<Vec<u8>> {
    build(referentiel, site, date, observer, answers)
        .map_err(|e| Error::Render(format!("La grille ne peut pas être écrite ({e}).")))
}

fn build(
    r: &Referentiel,
    site: &DemoSite,
    date: &str,
    observer: &str,
    answers: &HashMap<String, FilledRating>,
) -> Result<Vec<u8>, XlsxError> {
    let mut book = fixed_workbook(15, DocProperties::new())?;
    let bold = Format::new().set_bold();
    let plain = Format::new().set_text_wrap();
    let sheet = book.add_worksheet();
    sheet.set_name("Visite")?;
    sheet.merge_range(0, 0, 0, 9, "GRILLE D’OBSERVATION — DONNÉES FICTIVES", &bold)?;
    sheet.write_string(1, 0, format!("Structure : {}", site.nom))?;
    sheet
        .write_string(2, 0, "Date :")?
        .write_string(2, 1, crate::base::text::date_short(date))?;
    sheet
        .write_string(2, 3, "Observateur :")?
        .write_string(2, 6, observer)?;
    sheet.write_string_with_format(4, 0, "Axe", &bold)?;
    sheet.write_string_with_format(4, 1, "Code", &bold)?;
    sheet.write_string_with_format(4, 2, "Ce qu’on regarde", &bold)?;
    for (c, heading) in TICKS.iter().enumerate() {
        sheet.write_string_with_format(4, c as u16 + 3, *heading, &bold)?;
    }
    sheet.write_string_with_format(4, 9, "Commentaires", &bold)?;
    sheet.set_column_width(2, 70)?.set_column_width(9, 50)?;
    let mut row = 5;
    for axe in &r.axes {
        let first = row;
        let of_axe = r
            .instrument(SourceCode::Obs, site.kind)
            .filter(|(_, e)| r.axes[r.criteres[e.critere].axe].code == axe.code);
        for (_, element) in of_axe {
            let Some(FilledRating { rating, comment }) = answers.get(&element.code) else {
                continue;
            };
            sheet.write_string(row, 1, &element.code)?;
            sheet.write_string_with_format(row, 2, &element.label, &plain)?;
            if let Some(column) = TICKS.iter().position(|t| *t == ticked(rating)) {
                sheet.write_string(row, column as u16 + 3, if row % 5 == 0 { "x" } else { "X" })?;
            }
            sheet.write_string_with_format(row, 9, comment, &plain)?;
            row += 1;
        }
        match row - first {
            0 => {}
            1 => {
                sheet.write_string_with_format(first, 0, &axe.label, &bold)?;
            }
            _ => {
                sheet.merge_range(first, 0, row - 1, 0, &axe.label, &bold)?;
            }
        }
    }
    sheet.write_string_with_format(row + 1, 2, "Total des croix", &bold)?;
    for (c, tick) in TICKS.iter().enumerate() {
        let total = answers
            .values()
            .filter(|given| ticked(&given.rating) == *tick)
            .count();
        sheet.write_number(row + 1, c as u16 + 3, total as f64)?;
    }
    book.save_to_buffer()
}
