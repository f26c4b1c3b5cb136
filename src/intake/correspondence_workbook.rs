//! A correspondence as a workbook, for who prefers it to its file of text: her headings beside the three
//! éléments that resemble them most, her words beside what they may be worth, and what to accept chosen
//! from a list. Saved in its place, or given to `importer`, it is read back.

use std::collections::BTreeSet;

use rust_xlsxwriter::{DataValidation, DocProperties, Workbook, Worksheet, XlsxError};

use super::correspondence_answers::{
    ACCEPTED, COLUMNS_SHEET, FIRST_ROW, FORM_LABEL, FORM_ROW, HEADINGS_ROW, MARK, OTHER_CODE,
    REVERSED, SEPARATOR, WORDS_SHEET, WORTH, YES,
};
use crate::base::error::{Error, Result};
use crate::base::looks::{FormLooks, fitting, fixed_workbook};
use crate::intake::sources::correspondence::{Correspondence, IGNORED, MappedColumn, MappedWord};
use crate::vocabulary::referentiel::{Absence, Referentiel};

/// What a column may be, besides an answer to an élément.
const ROLES: [&str; 7] = [
    "ignorer",
    "structure",
    "date",
    "visite",
    "observateur",
    "repondant",
    "libre",
];
/// And in a grid made by hand.
const GRID_ROLES: [&str; 2] = ["note", "commentaire"];

/// And in a table of sessions.
const ACTIVITY_ROLES: [&str; 10] = [
    "plage",
    "temps",
    "duree_h",
    "presents_moins6",
    "presents_6plus",
    "animateurs",
    "dont_qualifies",
    "dont_stagiaires",
    "fonction",
    "diplome",
];

/// Writes what a person may say, what she said already filled in.
///
/// # Errors
///
/// [`Error::Render`] when it cannot be made.
pub(super) fn write(mapping: &Correspondence, referentiel: &Referentiel) -> Result<Vec<u8>> {
    let build = || {
        let titled = DocProperties::new().set_title("Correspondance");
        let mut book: Workbook = fixed_workbook(16, titled)?;
        add_sheets(&mut book, mapping, referentiel, 1)?;
        book.save_to_buffer()
    };
    build().map_err(|e: XlsxError| {
        Error::Render(format!(
            "Le classeur de correspondance ne peut pas être écrit ({e})."
        ))
    })
}

/// Adds the sheets of a correspondence; `rank` tells apart several in one workbook.
pub(super) fn add_sheets(
    book: &mut Workbook,
    mapping: &Correspondence,
    referentiel: &Referentiel,
    rank: usize,
) -> Result<(), XlsxError> {
    let making = WorkbookMaking {
        mapping,
        referentiel,
        rank,
        looks: FormLooks::new(),
    };
    if !mapping.columns.is_empty() {
        making.columns(book.add_worksheet())?;
    }
    if !mapping.words.is_empty() {
        making.words(book.add_worksheet())?;
    }
    Ok(())
}

struct WorkbookMaking<'a> {
    mapping: &'a Correspondence,
    referentiel: &'a Referentiel,
    rank: usize,
    looks: FormLooks,
}

impl WorkbookMaking<'_> {
    /// Title, instruction, and the form that the workbook speaks of.
    fn head(&self, sheet: &mut Worksheet, name: &str, what: &str) -> Result<(), XlsxError> {
        match self.rank {
            1 => sheet.set_name(name)?,
            rank => sheet.set_name(format!("{name} {rank}"))?,
        };
        sheet.write_string_with_format(0, 0, MARK, &self.looks.title)?;
        sheet.write_string(1, 0, what)?;
        sheet.write_string_with_format(FORM_ROW, 0, FORM_LABEL, &self.looks.label)?;
        sheet.write_string(FORM_ROW, 1, self.mapping.stem())?;
        sheet
            .set_landscape()
            .set_paper_size(9)
            .set_print_fit_to_pages(1, 0);
        sheet.set_repeat_rows(HEADINGS_ROW, HEADINGS_ROW)?;
        sheet.set_freeze_panes(FIRST_ROW, 1)?;
        Ok(())
    }

    fn headings(&self, sheet: &mut Worksheet, all: &[(&str, f64)]) -> Result<(), XlsxError> {
        for (column, (heading, width)) in (0..).zip(all) {
            sheet.write_string_with_format(HEADINGS_ROW, column, *heading, &self.looks.heading)?;
            sheet.set_column_width(column, *width)?;
        }
        Ok(())
    }

    fn columns(&self, sheet: &mut Worksheet) -> Result<(), XlsxError> {
        let what = "Pour chaque titre, choisissez dans « Accepter » la proposition qui convient, ou ce que tient la colonne ; enregistrez, fermez, relancez l’import.";
        self.head(sheet, COLUMNS_SHEET, what)?;
        let headings = [
            ("Titre dans votre fichier", 46.0),
            ("Proposition 1", 40.0),
            ("Proposition 2", 40.0),
            ("Proposition 3", 40.0),
            (ACCEPTED, 16.0),
            (OTHER_CODE, 18.0),
            (REVERSED, 14.0),
        ];
        self.headings(sheet, &headings)?;
        // What waits comes first.
        let mut columns: Vec<&MappedColumn> = self.mapping.columns.iter().collect();
        columns.sort_by_key(|column| column.confirmed);
        for (row, column) in (FIRST_ROW..).zip(&columns) {
            self.column(sheet, row, column)?;
        }
        let last = FIRST_ROW + columns.len() as u32 - 1;
        let choices = ["1", "2", "3"].into_iter().chain(self.roles());
        let choices: Vec<&str> = choices.collect();
        let list = DataValidation::new()
            .allow_list_strings(&choices)?
            .set_error_title("Choix inattendu")?
            .set_error_message("Choisissez dans la liste ; pour un autre élément, écrivez son code dans la colonne suivante.")?;
        sheet.add_data_validation(FIRST_ROW, 4, last, 4, &list)?;
        let yes = DataValidation::new().allow_list_strings(&[YES])?;
        sheet.add_data_validation(FIRST_ROW, 6, last, 6, &yes)?;
        Ok(())
    }

    /// What a column of this tool may be, besides an answer.
    fn roles(&self) -> Vec<&'static str> {
        let more: &[&str] = match self.mapping.tool.as_str() {
            "activite" => &ACTIVITY_ROLES,
            "grille-main" | "observatoire" => &GRID_ROLES,
            _ => &[],
        };
        ROLES.into_iter().chain(more.iter().copied()).collect()
    }

    fn column(
        &self,
        sheet: &mut Worksheet,
        row: u32,
        column: &MappedColumn,
    ) -> Result<(), XlsxError> {
        sheet.write_string_with_format(row, 0, fitting(&column.heading), &self.looks.locked)?;
        let proposals = proposals(column);
        for rank in 0..3 {
            let shown = proposals
                .get(rank)
                .map_or(String::new(), |code| self.shown(code));
            sheet.write_string_with_format(row, rank as u16 + 1, shown, &self.looks.text)?;
        }
        let position = proposals.iter().position(|code| *code == column.target);
        let is_role = self.roles().contains(&column.target.as_str());
        let (accepted, other) = match position {
            _ if !column.confirmed => (String::new(), ""),
            Some(rank) => ((rank + 1).to_string(), ""),
            None if is_role => (column.target.clone(), ""),
            None => (String::new(), column.target.as_str()),
        };
        sheet.write_string_with_format(row, 4, accepted, &self.looks.open)?;
        sheet.write_string_with_format(row, 5, other, &self.looks.open)?;
        let reversed = if column.reversed { YES } else { "" };
        sheet.write_string_with_format(row, 6, reversed, &self.looks.open)?;
        Ok(())
    }

    /// « REL-1-FAM-1 — Mon enfant est attendu ».
    fn shown(&self, code: &str) -> String {
        let element = self.referentiel.element(code);
        let label = element.map(|e| self.referentiel.elements[e].label.as_str());
        label.map_or_else(
            || code.to_owned(),
            |label| format!("{code}{SEPARATOR}{label}"),
        )
    }

    fn words(&self, sheet: &mut Worksheet) -> Result<(), XlsxError> {
        let what = "Pour chaque réponse que l’échelle ne connaît pas, choisissez ce qu’elle vaut ; enregistrez, fermez, relancez l’import.";
        self.head(sheet, WORDS_SHEET, what)?;
        let headings = [
            ("Question (vide : toutes)", 46.0),
            ("Réponse dans votre fichier", 40.0),
            ("Proposition", 18.0),
            (WORTH, 18.0),
        ];
        self.headings(sheet, &headings)?;
        let mut words: Vec<&MappedWord> = self.mapping.words.iter().collect();
        words.sort_by_key(|word| word.confirmed);
        for (row, word) in (FIRST_ROW..).zip(&words) {
            sheet.write_string_with_format(row, 0, fitting(&word.question), &self.looks.locked)?;
            sheet.write_string_with_format(row, 1, fitting(&word.written), &self.looks.locked)?;
            let (seems, worth) = if word.confirmed {
                ("", word.worth.as_str())
            } else {
                (word.worth.as_str(), "")
            };
            sheet.write_string_with_format(row, 2, seems, &self.looks.text)?;
            sheet.write_string_with_format(row, 3, worth, &self.looks.open)?;
        }
        let last = FIRST_ROW + words.len() as u32 - 1;
        let worths = self.worths();
        let worths: Vec<&str> = worths.iter().map(String::as_str).collect();
        // The list helps, it does not forbid: scales have other codes too.
        let list = DataValidation::new()
            .allow_list_strings(&worths)?
            .show_error_message(false);
        sheet.add_data_validation(FIRST_ROW, 3, last, 3, &list)?;
        Ok(())
    }

    /// What a word may be worth: the modalities of the scales, the words of activity tables aside.
    fn worths(&self) -> Vec<String> {
        if self.mapping.tool == "activite" {
            return ["periscolaire", "extrascolaire"].map(str::to_owned).into();
        }
        let scales = self.referentiel.scales.iter();
        let modalities = scales.flat_map(|scale| scale.modalities.iter().map(|m| m.code.clone()));
        let absences = [Absence::Nc, Absence::No, Absence::Nsp].map(|a| a.code().to_owned());
        let mut seen = BTreeSet::new();
        modalities
            .chain(absences)
            .filter(|code| seen.insert(code.clone()))
            // Excel holds 255 characters in a list.
            .take(30)
            .collect()
    }
}

/// Codes of the éléments to choose from: what the program found first, then what resembles.
fn proposals(column: &MappedColumn) -> Vec<&str> {
    let found = Some(column.target.as_str()).filter(|code| *code != IGNORED);
    let near = column.nearest.iter().map(String::as_str);
    let mut all: Vec<&str> = Vec::new();
    for code in found.into_iter().chain(near) {
        if !all.contains(&code) {
            all.push(code);
        }
    }
    all.truncate(3);
    all
}
