//! A correspondence as a workbook, for who prefers it to its file of text: her headings beside the three
//! éléments that resemble them most, her words beside what they may be worth, and what to accept chosen
//! from a list. Saved in its place, or given to `importer`, it is read back.

use rust_xlsxwriter::{DataValidation, DocProperties, Workbook, Worksheet, XlsxError};

use super::correspondence_answers::{
    ACCEPTED, ADMITTED, BETWEEN_ANSWERS, COLUMNS_SHEET, FIRST_ROW, FORM_LABEL, FORM_ROW,
    HEADINGS_ROW, MARK, MARK_COLUMN, OF_SCALE, OTHER_CODE, REVERSED, SEPARATOR, WORDS_SHEET, WORTH,
    YES,
};
use super::correspondence_choices::{FormChoices, WordWorth, proposals};
use super::correspondence_roles::roles_of;
use crate::base::error::{Error, Result};
use crate::base::looks::{FormLooks, fitting, fixed_workbook, row_height};
use crate::intake::sources::FILE_KIND;
use crate::intake::sources::correspondence::{Correspondence, MappedColumn, MappedWord};
use crate::vocabulary::referentiel::Referentiel;

/// First column of what may be chosen, beside the table.
const CHOICES_COLUMN: u16 = 9;

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
        choices: FormChoices {
            mapping,
            referentiel,
        },
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
    choices: FormChoices<'a>,
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
        sheet.write_string(FORM_ROW, 1, self.choices.mapping.stem())?;
        sheet.write_string(FORM_ROW, MARK_COLUMN, &self.choices.mapping.referentiel)?;
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
        let what = "Pour chaque titre, choisissez dans « Accepter » la proposition qui convient (1, 2 ou 3), ou un des choix expliqués à droite ; enregistrez, fermez, puis relancez l’import ; si ce classeur est la liste à corriger, donnez-le d’abord à : observatoire corriger.";
        self.head(sheet, COLUMNS_SHEET, what)?;
        let headings = [
            ("Titre dans votre fichier", 46.0),
            ("Proposition 1", 40.0),
            ("Proposition 2", 40.0),
            ("Proposition 3", 40.0),
            (ACCEPTED, 16.0),
            (OTHER_CODE, 18.0),
            (REVERSED, 14.0),
            (ADMITTED, 40.0),
        ];
        self.headings(sheet, &headings)?;
        // What waits comes first.
        let mut columns: Vec<&MappedColumn> = self.choices.mapping.columns.iter().collect();
        columns.sort_by_key(|column| column.confirmed);
        for (row, column) in (FIRST_ROW..).zip(&columns) {
            self.column(sheet, row, column)?;
        }
        let last = FIRST_ROW + columns.len() as u32 - 1;
        let last_choice = self.choices(sheet)?;
        let range = format!("=$J${}:$J${last_choice}", FIRST_ROW + 1);
        // The list helps, it does not forbid: the first word of a choice is read too.
        let list = DataValidation::new()
            .allow_list_formula(range.as_str().into())
            .show_error_message(false);
        sheet.add_data_validation(FIRST_ROW, 4, last, 4, &list)?;
        let yes = DataValidation::new().allow_list_strings(&[YES])?;
        sheet.add_data_validation(FIRST_ROW, 6, last, 6, &yes)?;
        Ok(())
    }

    /// Writes beside the table what may be chosen, in words; gives the number of the last row.
    fn choices(&self, sheet: &mut Worksheet) -> Result<u32, XlsxError> {
        let text = &self.looks.text;
        sheet.write_string_with_format(
            HEADINGS_ROW,
            CHOICES_COLUMN,
            "Choix possibles",
            &self.looks.heading,
        )?;
        sheet.set_column_width(CHOICES_COLUMN, 56)?;
        let ranks = ["1", "2", "3"].map(str::to_owned).into_iter();
        let ranks = ranks.filter(|_| self.choices.mapping.tool != FILE_KIND);
        let roles = roles_of(&self.choices.mapping.tool);
        let roles = roles.map(|role| format!("{}{SEPARATOR}{}", role.word, role.meaning));
        let mut row = FIRST_ROW;
        for choice in ranks.chain(roles) {
            sheet.write_string_with_format(row, CHOICES_COLUMN, choice, text)?;
            row += 1;
        }
        Ok(row)
    }

    fn column(
        &self,
        sheet: &mut Worksheet,
        row: u32,
        column: &MappedColumn,
    ) -> Result<(), XlsxError> {
        sheet.write_string_with_format(row, 0, fitting(&column.heading), &self.looks.locked)?;
        let proposals = proposals(column);
        let near: Vec<String> = proposals
            .iter()
            .map(|code| self.choices.shown(code))
            .collect();
        let mut cells: Vec<(&str, f64)> = near.iter().map(|n| (n.as_str(), 40.0)).collect();
        cells.push((&column.heading, 46.0));
        // What may be chosen stands beside, in words of a line or two.
        sheet.set_row_height(row, row_height(&cells).max(30.0))?;
        for rank in 0..3 {
            let shown = proposals
                .get(rank)
                .map_or(String::new(), |code| self.choices.shown(code));
            sheet.write_string_with_format(row, rank as u16 + 1, shown, &self.looks.text)?;
        }
        let position = proposals.iter().position(|code| *code == column.target);
        let mut roles = roles_of(&self.choices.mapping.tool);
        let is_role = roles.any(|role| role.word == column.target);
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
        let admitted = column.answers.join(BETWEEN_ANSWERS);
        sheet.write_string_with_format(row, 7, fitting(&admitted), &self.looks.open)?;
        Ok(())
    }

    fn words(&self, sheet: &mut Worksheet) -> Result<(), XlsxError> {
        let what = "Pour chaque réponse que l’échelle ne connaît pas, choisissez ce qu’elle vaut ; enregistrez, fermez, puis relancez l’import ; si ce classeur est la liste à corriger, donnez-le d’abord à : observatoire corriger.";
        self.head(sheet, WORDS_SHEET, what)?;
        let headings = [
            ("Question (vide : toutes)", 46.0),
            ("Réponse dans votre fichier", 40.0),
            ("Proposition", 18.0),
            (WORTH, 18.0),
            (OF_SCALE, 16.0),
            ("Ce que chaque valeur veut dire", 60.0),
        ];
        self.headings(sheet, &headings)?;
        let mut words: Vec<&MappedWord> = self.choices.mapping.words.iter().collect();
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
            sheet.write_string_with_format(row, 4, &word.scale, &self.looks.locked)?;
            let meant: Vec<String> = (self.choices.worths(word).iter())
                .map(WordWorth::shown)
                .collect();
            let meant = meant.join("\n");
            sheet.write_string_with_format(row, 5, fitting(&meant), &self.looks.text)?;
            let cells = [
                (word.question.as_str(), 46.0),
                (word.written.as_str(), 40.0),
                (meant.as_str(), 60.0),
            ];
            sheet.set_row_height(row, row_height(&cells))?;
        }
        for (row, word) in (FIRST_ROW..).zip(&words) {
            let worths = self.choices.worths(word);
            let worths: Vec<&str> = worths.iter().map(|w| w.code.as_str()).collect();
            // The list helps, it does not forbid: scales have other codes too.
            let list = DataValidation::new()
                .allow_list_strings(&worths)?
                .show_error_message(false);
            sheet.add_data_validation(row, 3, row, 3, &list)?;
        }
        Ok(())
    }
}
