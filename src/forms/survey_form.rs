//! Blank forms of a small questionnaire (`ctg/enquetes/`): LimeSurvey, tablets, paper, a sheet to type paper into. All of
//! them come back by `ctg importer`: items by their codes or sentences, answers in words or by their codes.

use rust_xlsxwriter::{DataValidation, DocProperties, XlsxError};

use super::asked::Choice;
use super::limesurvey_form::structure;
use super::row_heights::{TEXT_LINE, TITLE_LINE, WrappedText, fit};
use crate::base::error::{Error, Result};
use crate::base::looks::{FormLooks, fixed_workbook};
use crate::convention::Survey;

/// Rows offered to type into.
const ROWS: u32 = 300;
/// Width of the column of a question, in characters.
const WIDTH: f64 = 24.0;

/// The answers of its scale, those without opinion at the end.
fn choices(survey: &Survey) -> Vec<Choice> {
    let scale = survey.scale.iter().enumerate();
    let given = scale.map(|(rank, label)| Choice::new(Survey::answer_code(rank), label.clone()));
    let none = survey
        .no_opinion
        .iter()
        .enumerate()
        .map(|(rank, label)| Choice::new(format!("N{}", rank + 1), label.clone()));
    given.chain(none).collect()
}

fn group_choices(survey: &Survey) -> Vec<Choice> {
    let own = survey.group.iter().flat_map(|g| &g.choices).enumerate();
    own.map(|(rank, label)| Choice::new(format!("G{}", rank + 1), label.clone()))
        .collect()
}

/// LimeSurvey's structure: one array of all items.
pub fn survey_limesurvey(survey: &Survey) -> String {
    let mut rows: Vec<[String; 7]> = Vec::new();
    let mut push = |cells: [&str; 7]| rows.push(cells.map(str::to_owned));
    for (name, value) in [
        ("language", "fr"),
        ("format", "G"),
        ("anonymized", "Y"),
        ("datestamp", "N"),
    ] {
        push(["S", "", name, "1", value, "", ""]);
    }
    push(["SL", "", "surveyls_title", "1", &survey.title, "", ""]);
    if !survey.welcome.is_empty() {
        push([
            "SL",
            "",
            "surveyls_welcometext",
            "1",
            &survey.welcome,
            "",
            "",
        ]);
    }
    push(["G", "0", "Votre avis", "1", "", "", ""]);
    if let Some(group) = &survey.group {
        push(["Q", "L", &group.code, "1", &group.words, "", "N"]);
        for choice in group_choices(survey) {
            push(["A", "0", &choice.code, "", &choice.label, "", ""]);
        }
    }
    push([
        "Q",
        "F",
        "AVIS",
        "1",
        "Dites à quel point vous êtes d’accord, ou à quelle fréquence.",
        "",
        "N",
    ]);
    for item in &survey.items {
        push(["SQ", "0", &item.code, "1", &item.words, "", ""]);
    }
    for choice in choices(survey) {
        push(["A", "0", &choice.code, "", &choice.label, "", ""]);
    }
    structure(&rows)
}

/// A form for KoboToolbox and ODK.
///
/// # Errors
///
/// [`Error::Render`] when the workbook cannot be made.
pub fn survey_xlsform(survey: &Survey) -> Result<Vec<u8>> {
    xlsform(survey)
        .map_err(|e| Error::Render(format!("Le formulaire ne peut pas être écrit ({e}).")))
}

fn xlsform(survey: &Survey) -> Result<Vec<u8>, XlsxError> {
    let mut book = fixed_workbook(1, DocProperties::new())?;
    let sheet = book.add_worksheet();
    sheet.set_name("survey")?;
    sheet.write_row(0, 0, ["type", "name", "label::Français (fr)"])?;
    let mut row = 1;
    if !survey.welcome.is_empty() {
        sheet.write_row(row, 0, ["note", "accueil", survey.welcome.as_str()])?;
        row += 1;
    }
    if let Some(group) = &survey.group {
        sheet.write_row(row, 0, ["select_one groupe", &group.code, &group.words])?;
        row += 1;
    }
    for item in &survey.items {
        sheet.write_row(row, 0, ["select_one echelle", &item.code, &item.words])?;
        row += 1;
    }
    let sheet = book.add_worksheet();
    sheet.set_name("choices")?;
    sheet.write_row(0, 0, ["list_name", "name", "label::Français (fr)"])?;
    let scale = choices(survey).into_iter().map(|c| ("echelle", c));
    let group = group_choices(survey).into_iter().map(|c| ("groupe", c));
    for (row, (list, choice)) in (1..).zip(scale.chain(group)) {
        sheet.write_row(row, 0, [list, &choice.code, &choice.label])?;
    }
    let sheet = book.add_worksheet();
    sheet.set_name("settings")?;
    sheet.write_row(0, 0, ["form_title", "form_id", "default_language"])?;
    let id = format!("enquete_{}", survey.code.to_lowercase());
    sheet.write_row(1, 0, [survey.title.as_str(), &id, "Français (fr)"])?;
    book.save_to_buffer()
}

/// A sheet to type paper answers into: a line a person, a column a question.
///
/// # Errors
///
/// [`Error::Render`] when the workbook cannot be made.
pub fn survey_sheet(survey: &Survey) -> Result<Vec<u8>> {
    typed(survey).map_err(|e| Error::Render(format!("Le tableau ne peut pas être écrit ({e}).")))
}

fn typed(survey: &Survey) -> Result<Vec<u8>, XlsxError> {
    let mut book = fixed_workbook(1, DocProperties::new())?;
    let looks = FormLooks::new();
    let sheet = book.add_worksheet();
    sheet.set_name("Réponses")?;
    sheet
        .set_landscape()
        .set_paper_size(9)
        .set_print_fit_to_pages(1, 0);
    sheet.write_string_with_format(0, 0, &survey.title, &looks.label)?;
    let group = survey
        .group
        .iter()
        .map(|g| (g.words.as_str(), g.code.as_str(), group_choices(survey)));
    let items = survey
        .items
        .iter()
        .map(|i| (i.words.as_str(), i.code.as_str(), choices(survey)));
    let columns: Vec<(&str, &str, Vec<Choice>)> = group.chain(items).collect();
    for (col, (words, code, answers)) in (0..).zip(&columns) {
        sheet.write_string_with_format(1, col, *words, &looks.plain)?;
        sheet.write_string_with_format(2, col, *code, &looks.label)?;
        sheet.set_column_width(col, WIDTH)?;
        let labels: Vec<&str> = answers.iter().map(|c| c.label.as_str()).collect();
        let list = DataValidation::new()
            .allow_list_strings(&labels)?
            .set_error_title("Réponse inattendue")?
            .set_error_message("Choisissez une réponse de la liste, ou laissez vide.")?;
        sheet.add_data_validation(3, col, ROWS + 2, col, &list)?;
    }
    let texts: Vec<WrappedText> = columns
        .iter()
        .map(|(text, ..)| WrappedText { text, width: WIDTH })
        .collect();
    fit(sheet, 1, 2, &texts)?;
    sheet.set_row_height(0, TITLE_LINE)?;
    sheet.set_row_height(2, TEXT_LINE + 1.0)?;
    sheet.set_freeze_panes(3, 0)?;
    sheet.set_repeat_rows(1, 2)?;
    book.save_to_buffer()
}
