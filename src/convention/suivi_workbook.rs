//! The workbook that people fill in: a sheet a register, lists to choose from, ids and computed columns locked, real
//! dates, printed on landscape A4.

use rust_xlsxwriter::{
    DataValidation, DataValidationRule, DocProperties, ExcelDateTime, Format, ProtectionOptions,
    Url, Workbook, Worksheet, XlsxError,
};

use super::column_kinds::{ColumnSpec, RegisterHolds};
use super::register_columns::Register;
use super::register_columns::SuiviField;
use super::registers::RegisterRow;
use super::suivi_book::SuiviBook;
use super::suivi_help::HELP;
use super::suivi_layout::{SHEET_MISSING, SUIVI_BASE, SUIVI_FIRST, SUIVI_HEADINGS, SUIVI_MARK};
use crate::base::error::{Error, Result};
use crate::base::looks::{FormLooks, excel_day, fitting, fixed_workbook, text_lines};
use crate::base::sheets::own_form_layout::SHEET_README;

/// Height of a line of text, highest row that Excel shows, in points.
const LINE: f64 = 15.0;
const HIGHEST: f64 = 409.0;
/// Blank lines offered under those that exist.
const SPARE: u32 = 60;
/// Width of the ids, of the explanations.
const ID_WIDTH: f64 = 12.0;
const README_WIDTH: f64 = 96.0;

/// Writes the workbook.
///
/// # Errors
///
/// [`Error::Render`] when it cannot be made.
pub fn write_suivi(book: &SuiviBook) -> Result<Vec<u8>> {
    let making = SuiviMaking {
        book,
        looks: FormLooks::new(),
    };
    making
        .build()
        .map_err(|e| Error::Render(format!("Le tableau de suivi ne peut pas être écrit ({e}).")))
}

struct SuiviMaking<'a> {
    book: &'a SuiviBook<'a>,
    looks: FormLooks,
}

impl SuiviMaking<'_> {
    fn build(&self) -> std::result::Result<Vec<u8>, XlsxError> {
        let titled = DocProperties::new().set_title("Tableau de suivi de la convention");
        let mut book: Workbook = fixed_workbook(15, titled)?;
        for register in &self.book.sheets {
            self.register(book.add_worksheet(), *register)?;
        }
        self.missing(book.add_worksheet())?;
        self.readme(book.add_worksheet())?;
        book.save_to_buffer()
    }

    fn register(
        &self,
        sheet: &mut Worksheet,
        register: Register,
    ) -> std::result::Result<(), XlsxError> {
        sheet.set_name(register.sheet())?;
        self.headings(sheet, register)?;
        let rows = self.book.rows(register);
        let last = SUIVI_HEADINGS + rows.len() as u32 + SPARE;
        for row in SUIVI_FIRST..=last {
            let line = rows.get((row - SUIVI_FIRST) as usize).copied();
            self.line(sheet, row, register, line)?;
        }
        for (c, spec) in register.columns().iter().enumerate() {
            choices(sheet, (c as u16 + 1, last), spec)?;
        }
        let end = register.columns().len() as u16;
        sheet.autofilter(SUIVI_HEADINGS, 0, last, end)?;
        sheet.set_freeze_panes(SUIVI_FIRST, 2)?;
        self.page(sheet, register, rows.len() as u32)?;
        // No password: it guards against slips, and a coordinator can lift it.
        sheet.protect_with_options(&ProtectionOptions {
            format_columns: true,
            format_rows: true,
            use_autofilter: true,
            ..ProtectionOptions::default()
        });
        Ok(())
    }

    fn headings(
        &self,
        sheet: &mut Worksheet,
        register: Register,
    ) -> std::result::Result<(), XlsxError> {
        let mark = if self.book.fictitious {
            " · DONNÉES FICTIVES"
        } else {
            ""
        };
        let title = format!("{} · {}{mark}", register.sheet(), self.book.title);
        sheet.write_string_with_format(0, 0, title, &self.looks.title)?;
        sheet.write_string_with_format(
            SUIVI_HEADINGS,
            0,
            register.id_heading(),
            &self.looks.heading,
        )?;
        sheet.set_column_width(0, ID_WIDTH)?;
        for (c, spec) in register.columns().iter().enumerate() {
            let c = c as u16 + 1;
            sheet.write_string_with_format(SUIVI_HEADINGS, c, spec.heading, &self.looks.heading)?;
            sheet.set_column_width(c, spec.width)?;
        }
        sheet.set_row_height(SUIVI_HEADINGS, 2.0 * LINE)?;
        Ok(())
    }

    fn page(
        &self,
        sheet: &mut Worksheet,
        register: Register,
        rows: u32,
    ) -> std::result::Result<(), XlsxError> {
        sheet
            .set_landscape()
            .set_paper_size(9)
            .set_print_fit_to_pages(1, 0)
            .set_margins(0.4, 0.4, 0.6, 0.6, 0.3, 0.3);
        sheet.set_repeat_rows(SUIVI_HEADINGS, SUIVI_HEADINGS)?;
        let printed = SUIVI_FIRST + rows.max(1) - 1;
        sheet.set_print_area(SUIVI_HEADINGS, 0, printed, register.columns().len() as u16)?;
        // An ampersand begins a code in a header: two stand for one.
        let title: String = self.book.title.chars().take(100).collect();
        let mark = if self.book.fictitious {
            "&RDONNÉES FICTIVES"
        } else {
            ""
        };
        sheet.set_header(format!(
            "&L{} · {}{mark}",
            register.sheet(),
            title.replace('&', "&&")
        ));
        sheet.set_footer(format!(
            "&LÉdité le {}&RPage &P / &N",
            self.book.date.long()
        ));
        Ok(())
    }

    fn line(
        &self,
        sheet: &mut Worksheet,
        row: u32,
        register: Register,
        line: Option<&RegisterRow>,
    ) -> std::result::Result<(), XlsxError> {
        let id = line.map_or("", |l| l.id.as_str());
        let is_open = register.has_own_codes() && line.is_none();
        let look = if is_open {
            &self.looks.open
        } else {
            &self.looks.locked
        };
        words(sheet, (row, 0), id, look)?;
        let mut tallest: f64 = 1.0;
        for (c, field) in SuiviField::all(register).enumerate() {
            let text = match line {
                Some(line) => self.book.shown(register, line, field),
                None => String::new(),
            };
            let spec = field.spec();
            if matches!(spec.holds, RegisterHolds::Text) {
                tallest = tallest.max(text_lines(&text, spec.width));
            }
            self.cell(sheet, (row, c as u16 + 1), spec, &text)?;
        }
        if line.is_some() {
            sheet.set_row_height(row, (tallest * LINE).min(HIGHEST))?;
        }
        Ok(())
    }

    fn cell(
        &self,
        sheet: &mut Worksheet,
        at: (u32, u16),
        spec: &ColumnSpec,
        text: &str,
    ) -> std::result::Result<(), XlsxError> {
        let (row, column) = at;
        match spec.holds {
            RegisterHolds::Computed => words(sheet, at, text, &self.looks.locked),
            RegisterHolds::Day => {
                let day = text
                    .parse::<jiff::civil::Date>()
                    .ok()
                    .map(excel_day)
                    .transpose()?;
                match day {
                    Some(day) => {
                        sheet.write_datetime_with_format(row, column, &day, &self.looks.date)?
                    }
                    None => sheet.write_blank(row, column, &self.looks.date)?,
                };
                Ok(())
            }
            RegisterHolds::Number => {
                match text.parse::<f64>() {
                    Ok(number) => {
                        sheet.write_number_with_format(row, column, number, &self.looks.open)?
                    }
                    Err(_) => sheet.write_blank(row, column, &self.looks.open)?,
                };
                Ok(())
            }
            _ => words(sheet, at, text, &self.looks.open),
        }
    }

    fn missing(&self, sheet: &mut Worksheet) -> std::result::Result<(), XlsxError> {
        sheet.set_name(SHEET_MISSING)?;
        let widths = [14.0, 12.0, 26.0, 70.0];
        let headings = ["Feuille", "Ligne", "Colonne", "Ce qui manque"];
        sheet.write_string_with_format(0, 0, &self.book.missing_title, &self.looks.title)?;
        for (c, (heading, width)) in headings.iter().zip(widths).enumerate() {
            sheet.write_string_with_format(1, c as u16, *heading, &self.looks.heading)?;
            sheet.set_column_width(c as u16, width)?;
        }
        for (r, told) in self.book.missing.iter().enumerate() {
            let row = r as u32 + 2;
            let place = self.book.place(told);
            words(sheet, (row, 0), told.register.sheet(), &self.looks.text)?;
            match place {
                Some(cell) => {
                    let link = format!("internal:'{}'!{cell}", told.register.sheet());
                    let link = Url::new(link).set_text(&told.id);
                    sheet.write_url_with_format(row, 1, link, &self.looks.text)?;
                }
                None => words(sheet, (row, 1), &told.id, &self.looks.text)?,
            }
            words(sheet, (row, 2), told.column, &self.looks.text)?;
            words(sheet, (row, 3), &told.what, &self.looks.text)?;
            sheet.set_row_height(row, (text_lines(&told.what, 70.0) * LINE).min(HIGHEST))?;
        }
        sheet
            .set_landscape()
            .set_paper_size(9)
            .set_print_fit_to_pages(1, 0);
        Ok(())
    }

    fn readme(&self, sheet: &mut Worksheet) -> std::result::Result<(), XlsxError> {
        sheet.set_name(SHEET_README)?;
        sheet.set_column_width(0, 26)?;
        sheet.set_column_width(1, README_WIDTH)?;
        sheet.write_string_with_format(0, 0, SUIVI_MARK, &self.looks.title)?;
        let head = [
            (SUIVI_BASE, self.book.version.clone()),
            ("Édité le", self.book.date.long()),
        ];
        let help = HELP.iter().map(|(a, b)| (*a, (*b).to_owned()));
        for (r, (label, text)) in head.into_iter().chain(help).enumerate() {
            let row = r as u32 + 1;
            sheet.write_string_with_format(row, 0, label, &self.looks.plain)?;
            sheet.set_row_height(row, text_lines(&text, README_WIDTH) * LINE)?;
            sheet.write_string_with_format(row, 1, text, &self.looks.plain)?;
        }
        sheet
            .set_landscape()
            .set_paper_size(9)
            .set_print_fit_to_pages(1, 0);
        Ok(())
    }
}

/// A text that stays text even when it begins like a formula.
fn words(
    sheet: &mut Worksheet,
    (row, column): (u32, u16),
    text: &str,
    look: &Format,
) -> std::result::Result<(), XlsxError> {
    if text.is_empty() {
        sheet.write_blank(row, column, look)?;
    } else {
        sheet.write_string_with_format(row, column, fitting(text), look)?;
    }
    Ok(())
}

/// What may be written in a column.
fn choices(
    sheet: &mut Worksheet,
    (column, last): (u16, u32),
    spec: &ColumnSpec,
) -> std::result::Result<(), XlsxError> {
    let rule = match spec.holds {
        RegisterHolds::Word(list) => DataValidation::new()
            .allow_list_strings(&list.labels())?
            .set_error_title("Mot inattendu")?
            .set_error_message(
                format!("Choisissez : {}.", list.labels().join(", "))
                    .chars()
                    .take(220)
                    .collect::<String>(),
            )?,
        RegisterHolds::Day => DataValidation::new()
            .allow_date(DataValidationRule::Between(
                ExcelDateTime::from_ymd(2015, 1, 1)?,
                ExcelDateTime::from_ymd(2099, 12, 31)?,
            ))
            .set_error_title("Date inattendue")?
            .set_error_message("Écrivez une date, par exemple 12/05/2026.")?,
        RegisterHolds::Number => DataValidation::new()
            .allow_decimal_number(DataValidationRule::GreaterThanOrEqualTo(0.0))
            .set_error_title("Nombre inattendu")?
            .set_error_message("Écrivez un nombre, sans texte.")?,
        _ => return Ok(()),
    };
    sheet.add_data_validation(SUIVI_FIRST, column, last, column, &rule)?;
    Ok(())
}
