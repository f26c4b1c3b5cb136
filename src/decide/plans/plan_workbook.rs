//! The workbook that teams fill in: lists to choose from, ids and structures locked, frozen
//! headings, real dates, printed on landscape A4.

use rust_xlsxwriter::{
    DataValidation, DataValidationRule, DocProperties, ExcelDateTime, Formula, ProtectionOptions,
    Worksheet, XlsxError,
};

use super::field::{ActionField, Holds};
use super::help::HELP;
use super::plan_book::{PlanBook, PlanLine};
use super::plan_cells::{CellPosition, TEXT_LINE, day, height, lines, list, words};
use super::plan_layout::{BASE, COLUMNS, HEADINGS_ROW, PlanColumn, SHEET_LISTS, SHEET_PLAN};
use crate::base::error::{Error, Result};
use crate::base::looks::{FormLooks, fixed_workbook};
use crate::base::sheets::own_form_layout::{PLAN_MARK, SHEET_README};

/// Row of the first action.
const FIRST: u32 = HEADINGS_ROW + 1;
/// Blank lines offered under the actions.
const SPARE: u32 = 20;
/// Width of the explanations, in characters.
const README_WIDTH: f64 = 96.0;

/// Writes the workbook.
///
/// # Errors
///
/// [`Error::Render`] when it cannot be made.
pub fn write(book: &PlanBook) -> Result<Vec<u8>> {
    let made = Making {
        book,
        looks: FormLooks::new(),
    };
    made.build()
        .map_err(|e| Error::Render(format!("Le classeur du plan ne peut pas être écrit ({e}).")))
}

struct Making<'a> {
    book: &'a PlanBook,
    looks: FormLooks,
}

impl Making<'_> {
    fn build(&self) -> Result<Vec<u8>, XlsxError> {
        let titled = DocProperties::new().set_title("Plan d’amélioration");
        let mut book = fixed_workbook(15, titled)?;
        self.plan(book.add_worksheet())?;
        self.readme(book.add_worksheet())?;
        self.lists(book.add_worksheet())?;
        book.save_to_buffer()
    }

    fn last(&self) -> u32 {
        HEADINGS_ROW + self.book.lines.len() as u32 + SPARE
    }

    fn plan(&self, sheet: &mut Worksheet) -> Result<(), XlsxError> {
        sheet.set_name(SHEET_PLAN)?;
        let mark = if self.book.fictitious {
            " · DONNÉES FICTIVES"
        } else {
            ""
        };
        let title = format!("Plan d’amélioration · {}{mark}", self.book.territory);
        sheet.write_string_with_format(0, 0, title, &self.looks.title)?;
        for (c, (column, width)) in COLUMNS.iter().enumerate() {
            let heading = column.heading();
            sheet.write_string_with_format(HEADINGS_ROW, c as u16, heading, &self.looks.heading)?;
            sheet.set_column_width(c as u16, *width)?;
        }
        sheet.set_row_height(HEADINGS_ROW, 2.0 * TEXT_LINE)?;
        for row in FIRST..=self.last() {
            let line = self.book.lines.get((row - FIRST) as usize);
            if let Some(line) = line {
                sheet.set_row_height(row, height(line))?;
            }
            self.line(sheet, row, line.unwrap_or(&PlanLine::default()))?;
        }
        for field in ActionField::ALL {
            self.choices(sheet, *field)?;
        }
        let end = COLUMNS.len() as u16 - 1;
        sheet.autofilter(HEADINGS_ROW, 0, self.last(), end)?;
        sheet.set_freeze_panes(FIRST, 3)?;
        self.page(sheet)?;
        // No password: it guards against slips, and a coordinator can lift it.
        sheet.protect_with_options(&ProtectionOptions {
            format_columns: true,
            format_rows: true,
            use_autofilter: true,
            ..ProtectionOptions::default()
        });
        Ok(())
    }

    fn page(&self, sheet: &mut Worksheet) -> Result<(), XlsxError> {
        sheet
            .set_landscape()
            .set_paper_size(9)
            .set_print_scale(63)
            .set_margins(0.4, 0.4, 0.6, 0.6, 0.3, 0.3);
        sheet.set_repeat_rows(HEADINGS_ROW, HEADINGS_ROW)?;
        sheet.set_repeat_columns(0, 1)?;
        let after = |column: PlanColumn| u32::from(column.position()) + 1;
        let breaks = [
            after(PlanColumn::Field(ActionField::Action)),
            after(PlanColumn::Alert),
        ];
        sheet.set_vertical_page_breaks(&breaks)?;
        let printed = FIRST + (self.book.lines.len() as u32).max(1) - 1;
        sheet.set_print_area(HEADINGS_ROW, 0, printed, COLUMNS.len() as u16 - 1)?;
        // An ampersand begins a code in a header: two stand for one.
        let territory = self.book.territory.replace('&', "&&");
        let mark = if self.book.fictitious {
            "&RDONNÉES FICTIVES"
        } else {
            ""
        };
        sheet.set_header(format!("&LPlan d’amélioration · {territory}{mark}"));
        let day = self.book.date.long();
        sheet.set_footer(format!("&LÉdité le {day}&RPage &P / &N"));
        Ok(())
    }

    fn line(&self, sheet: &mut Worksheet, row: u32, line: &PlanLine) -> Result<(), XlsxError> {
        for (c, (column, _)) in COLUMNS.iter().enumerate() {
            let at = CellPosition {
                row,
                column: c as u16,
            };
            match column {
                PlanColumn::Id => words(sheet, at, &line.id, &self.looks.locked)?,
                PlanColumn::Name => words(sheet, at, &line.name, &self.looks.locked)?,
                PlanColumn::Effect => words(sheet, at, &line.effect, &self.looks.locked)?,
                PlanColumn::Alert => self.alert(sheet, row, line)?,
                PlanColumn::Field(field) => self.field(sheet, at, *field, line)?,
            }
        }
        Ok(())
    }

    fn field(
        &self,
        sheet: &mut Worksheet,
        at: CellPosition,
        field: ActionField,
        line: &PlanLine,
    ) -> Result<(), XlsxError> {
        let CellPosition { row, column } = at;
        let text = line.record.get(&field).map_or("", String::as_str);
        let locked = field.is_identity() && !line.id.is_empty();
        let look = match field.holds() {
            _ if locked => &self.looks.locked,
            Holds::Date => &self.looks.date,
            Holds::Euros => &self.looks.euros,
            _ => &self.looks.open,
        };
        match field.holds() {
            Holds::Date => match day(text) {
                Some(day) => sheet.write_datetime_with_format(row, column, &day, look)?,
                // A day that Excel cannot count, kept by an earlier version, is seen and can be mended.
                None => return words(sheet, at, text, look),
            },
            Holds::Euros => match text.parse::<f64>() {
                Ok(euros) => sheet.write_number_with_format(row, column, euros, look)?,
                Err(_) => sheet.write_blank(row, column, look)?,
            },
            _ => return words(sheet, at, text, look),
        };
        Ok(())
    }

    /// Excel says by itself what is late on the day someone opens the workbook.
    fn alert(&self, sheet: &mut Worksheet, row: u32, line: &PlanLine) -> Result<(), XlsxError> {
        let cell = |field: ActionField| {
            let column = PlanColumn::Field(field).position();
            rust_xlsxwriter::utility::row_col_to_cell(row, column)
        };
        let (due, status) = (cell(ActionField::Echeance), cell(ActionField::Statut));
        let formula = format!(
            "=IF(AND({due}<>\"\",{due}<TODAY(),{status}<>\"réalisée\",{status}<>\"abandonnée\"),\"en retard\",\"\")"
        );
        let shown = if line.late { "en retard" } else { "" };
        let formula = Formula::new(formula).set_result(shown);
        let column = PlanColumn::Alert.position();
        sheet.write_formula_with_format(row, column, formula, &self.looks.alert)?;
        Ok(())
    }

    /// What may be written in a column.
    fn choices(&self, sheet: &mut Worksheet, field: ActionField) -> Result<(), XlsxError> {
        let rule = match field.holds() {
            Holds::Text => return Ok(()),
            Holds::Word => DataValidation::new()
                .allow_list_strings(&field.words())?
                .set_error_title("Mot inattendu")?
                .set_error_message(format!("Choisissez : {}.", field.words().join(", ")))?,
            Holds::Date => DataValidation::new()
                .allow_date(DataValidationRule::Between(
                    ExcelDateTime::from_ymd(2020, 1, 1)?,
                    ExcelDateTime::from_ymd(2099, 12, 31)?,
                ))
                .set_error_title("Date inattendue")?
                .set_error_message("Écrivez une date, par exemple 12/05/2026.")?,
            Holds::Euros => DataValidation::new()
                .allow_decimal_number(DataValidationRule::GreaterThanOrEqualTo(0.0))
                .set_error_title("Montant inattendu")?
                .set_error_message("Écrivez un nombre en euros, sans texte.")?,
            Holds::Structure => list(0, self.book.structures.len())?,
            Holds::Campagne => list(1, self.book.campaigns.len())?,
            // Several critères may be written: the list helps, it does not forbid.
            Holds::Criteres => list(2, self.book.criteres.len())?.show_error_message(false),
        };
        let column = PlanColumn::Field(field).position();
        sheet.add_data_validation(FIRST, column, self.last(), column, &rule)?;
        Ok(())
    }

    fn lists(&self, sheet: &mut Worksheet) -> Result<(), XlsxError> {
        sheet.set_name(SHEET_LISTS)?.set_hidden(true);
        let lists = [
            ("Structures", &self.book.structures),
            ("Campagnes", &self.book.campaigns),
            ("Critères", &self.book.criteres),
        ];
        for (c, (title, items)) in lists.into_iter().enumerate() {
            sheet.write_string(0, c as u16, title)?;
            for (r, item) in items.iter().enumerate() {
                sheet.write_string(r as u32 + 1, c as u16, item)?;
            }
        }
        Ok(())
    }

    fn readme(&self, sheet: &mut Worksheet) -> Result<(), XlsxError> {
        sheet.set_name(SHEET_README)?;
        sheet.set_column_width(0, 26)?;
        sheet.set_column_width(1, README_WIDTH)?;
        sheet.write_string_with_format(0, 0, PLAN_MARK, &self.looks.title)?;
        let head = [
            (BASE, self.book.version.clone()),
            ("Édité le", self.book.date.long()),
        ];
        let help = HELP.iter().map(|(a, b)| (*a, (*b).to_owned()));
        for (r, (label, text)) in head.into_iter().chain(help).enumerate() {
            let row = r as u32 + 1;
            sheet.write_string_with_format(row, 0, label, &self.looks.plain)?;
            sheet.set_row_height(row, TEXT_LINE * lines(&text, README_WIDTH))?;
            sheet.write_string_with_format(row, 1, text, &self.looks.plain)?;
        }
        sheet
            .set_landscape()
            .set_paper_size(9)
            .set_print_fit_to_pages(1, 0);
        Ok(())
    }
}
