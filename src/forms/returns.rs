//! What a team answers to its report before it is final: a workbook of one line a fact that can be said put right,
//! then blank lines for remarks. `intake::sources::notes` reads it back.

use rust_xlsxwriter::{
    DataValidation, DataValidationRule, DocProperties, ExcelDateTime, Worksheet, XlsxError,
};

use super::asked::FormPlace;
use super::row_heights::{TEXT_LINE, TITLE_LINE, WrappedText, fit};
use crate::base::error::{Error, Result};
use crate::base::looks::{FormLooks, fixed_workbook};
use crate::base::sheets::own_form_layout::{
    RETURNS_HEADINGS, RETURNS_MARK, SHEET_README, SHEET_RETURNS,
};
use crate::vocabulary::referentiel::{Element, Referentiel};

/// Lines left for remarks that are about no fact of the list.
const FREE: u32 = 15;
/// Width of the page of explanations, in characters.
const README_WIDTH: f64 = 110.0;
const WIDTHS: [f64; 6] = [12.0, 16.0, 60.0, 13.0, 40.0, 60.0];

/// Writes the workbook of an accueil.
///
/// # Errors
///
/// [`Error::Render`] when the workbook cannot be made.
pub fn write(referentiel: &Referentiel, place: &FormPlace, days: u16) -> Result<Vec<u8>> {
    build(referentiel, place, days)
        .map_err(|e| Error::Render(format!("Le classeur ne peut pas être écrit ({e}).")))
}

fn build(r: &Referentiel, place: &FormPlace, days: u16) -> Result<Vec<u8>, XlsxError> {
    let mut book = fixed_workbook(2, DocProperties::new().set_title(RETURNS_MARK))?;
    let looks = FormLooks::new();
    lines(book.add_worksheet(), &looks, r, place)?;
    readme(book.add_worksheet(), &looks, days)?;
    book.save_to_buffer()
}

/// Facts of this kind of accueil that a dated line may say put right.
fn correctable<'a>(r: &'a Referentiel, place: &FormPlace) -> impl Iterator<Item = &'a Element> {
    let kind = place.kind;
    let asked = r.elements.iter().filter(move |e| e.types.contains(kind));
    asked.filter(|e| r.why_not_correctable(e).is_none())
}

fn lines(
    sheet: &mut Worksheet,
    looks: &FormLooks,
    r: &Referentiel,
    place: &FormPlace,
) -> Result<(), XlsxError> {
    sheet.set_name(SHEET_RETURNS)?;
    for (c, (heading, width)) in RETURNS_HEADINGS.iter().zip(WIDTHS).enumerate() {
        sheet.write_string_with_format(0, c as u16, *heading, &looks.heading)?;
        sheet.set_column_width(c as u16, width)?;
    }
    let mut row = 0;
    for element in correctable(r, place) {
        row += 1;
        sheet.write_string_with_format(row, 1, &element.code, &looks.locked)?;
        sheet.write_string_with_format(row, 2, &element.label, &looks.locked)?;
        let label = WrappedText {
            text: &element.label,
            width: WIDTHS[2],
        };
        fit(sheet, row, 2, &[label])?;
    }
    sheet.set_row_height(0, TEXT_LINE + 3.0)?;
    let last = row + FREE;
    for free in row + 1..=last {
        fit(sheet, free, 2, &[])?;
        sheet.write_blank(free, 1, &looks.open)?;
        sheet.write_blank(free, 2, &looks.closed)?;
    }
    for line in 1..=last {
        sheet.write_string_with_format(line, 0, &place.code, &looks.locked)?;
        sheet.write_blank(line, 3, &looks.date)?;
        sheet.write_blank(line, 4, &looks.open)?;
        sheet.write_blank(line, 5, &looks.open)?;
    }
    let first = ExcelDateTime::from_ymd(2000, 1, 1)?;
    let dates = DataValidation::new()
        .allow_date(DataValidationRule::GreaterThan(first))
        .set_input_title("Corrigé le")?
        .set_input_message(
            "Le jour où ce qui manquait a été mis en règle. Vide : rien n’a été corrigé.",
        )?
        .set_error_title("Date attendue")?
        .set_error_message("Écrivez un jour, comme 20/11/2026, ou laissez vide.")?;
    sheet.add_data_validation(1, 3, last, 3, &dates)?;
    sheet.set_freeze_panes(1, 0)?;
    sheet
        .set_landscape()
        .set_paper_size(9)
        .set_print_fit_to_pages(1, 0);
    sheet.set_repeat_rows(0, 0)?;
    sheet.set_footer(format!("&L{} {}&RPage &P / &N", place.code, r.version));
    Ok(())
}

fn readme(sheet: &mut Worksheet, looks: &FormLooks, days: u16) -> Result<(), XlsxError> {
    sheet.set_name(SHEET_README)?;
    sheet.set_column_width(0, README_WIDTH)?;
    sheet.write_string_with_format(0, 0, RETURNS_MARK, &looks.title)?;
    let lines = [
        format!("L’équipe a {days} jours ouvrés, à compter du jour où son rapport lui est remis, pour répondre. Ses corrections et ses remarques entrent dans le rapport définitif."),
        "Corrigé le : le jour où un fait constaté non conforme a été mis en règle. La grille n’est pas changée ; le fait compte comme conforme, avec sa date. Une visite plus récente garde le dernier mot.".to_owned(),
        "Preuve : ce qui le montre (affiche posée, facture, registre, attestation), en peu de mots. Sans elle, la correction n’entre que si la coordination en répond.".to_owned(),
        "Remarque de l’équipe : ce qui vous paraît inexact, incomplet ou mal compris. En face d’un élément, elle est rangée sous son critère ; dans une ligne libre, elle est générale, ou écrivez le code du critère dans la colonne Élément.".to_owned(),
        "Une remarque sur un critère impératif est lue par la coordination et n’est imprimée dans aucun rapport : elle pourrait désigner quelqu’un.".to_owned(),
        "Une pratique ne se corrige pas par une ligne : elle se note à la visite suivante. Un taux d’encadrement se corrige dans les données d’activité.".to_owned(),
        "N’écrivez aucun nom, ni d’enfant, ni d’adulte. Un fait grave ne s’écrit pas ici : prévenez l’organisateur, le SDJES ou le 119.".to_owned(),
    ];
    for (line, row) in lines.iter().zip(2..) {
        sheet.write_string_with_format(row, 0, line, &looks.wrapped)?;
        let text = WrappedText {
            text: line,
            width: README_WIDTH,
        };
        fit(sheet, row, 1, &[text])?;
    }
    sheet.set_row_height(0, TITLE_LINE)?;
    sheet.set_paper_size(9).set_print_fit_to_pages(1, 0);
    Ok(())
}
