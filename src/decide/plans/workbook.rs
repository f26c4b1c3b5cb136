//! The workbook that teams fill in: lists to choose from, ids and structures locked, frozen
//! headings, real dates, printed on landscape A4.

use rust_xlsxwriter::{
    Color, DataValidation, DataValidationRule, DocProperties, ExcelDateTime, Format, FormatAlign,
    FormatBorder, Formula, ProtectionOptions, Workbook, Worksheet, XlsxError,
};

use super::cells::{TEXT_LINE, day, height, lines, list, words};
use super::field::{Field, Holds, Record};
use super::help::HELP;
use super::layout::{BASE, COLUMNS, Column, HEADINGS_ROW, SHEET_LISTS, SHEET_PLAN};
use crate::base::error::{Error, Result};
use crate::base::sheets::own_form_layout::{PLAN_MARK, SHEET_README};
use crate::base::text::date_long;

/// Row of the first action.
const FIRST: u32 = HEADINGS_ROW + 1;
/// Blank lines offered under the actions.
const SPARE: u32 = 20;
/// Width of the explanations, in characters.
const README_WIDTH: f64 = 96.0;

/// A line of the workbook.
#[derive(Debug, Clone, Default)]
pub struct Line {
    /// Id of the action; empty when the program has not given one yet.
    pub id: String,
    /// Name of the structure.
    pub nom: String,
    /// Its fields.
    pub record: Record,
    /// Whether it is late on the day of edition.
    pub late: bool,
    /// What a later campaign shows of it.
    pub effect: String,
}

/// What the workbook holds and offers.
#[derive(Debug, Clone, Default)]
pub struct Book {
    /// Who runs the observatory.
    pub territory: String,
    /// Actions, in order.
    pub lines: Vec<Line>,
    /// Codes of structures to choose from.
    pub structures: Vec<String>,
    /// Ids of campaigns to choose from.
    pub campaigns: Vec<String>,
    /// Codes of critères to choose from.
    pub criteres: Vec<String>,
    /// Entry of the journal that it is written from; empty when nothing is kept yet.
    pub version: String,
    /// ISO day of edition.
    pub date: String,
    /// Whether every page says « DONNÉES FICTIVES ».
    pub fictitious: bool,
}

/// Writes the workbook.
///
/// # Errors
///
/// [`Error::Render`] when it cannot be made.
pub fn write(book: &Book) -> Result<Vec<u8>> {
    let made = Making {
        book,
        looks: Looks::new(),
    };
    made.build()
        .map_err(|e| Error::Render(format!("Le classeur du plan ne peut pas être écrit ({e}).")))
}

/// The few looks of the workbook.
struct Looks {
    title: Format,
    heading: Format,
    open: Format,
    locked: Format,
    date: Format,
    euros: Format,
    alert: Format,
    plain: Format,
}

impl Looks {
    fn new() -> Self {
        let cell = || {
            Format::new()
                .set_border(FormatBorder::Thin)
                .set_border_color(Color::RGB(0x00D5_DAE0))
                .set_align(FormatAlign::Top)
                .set_text_wrap()
        };
        Self {
            title: Format::new().set_bold().set_font_size(14),
            heading: cell()
                .set_bold()
                .set_font_color(Color::White)
                .set_background_color(Color::RGB(0x001F_4E79)),
            open: cell().set_unlocked(),
            locked: cell().set_background_color(Color::RGB(0x00F5_F7F9)),
            date: cell()
                .set_unlocked()
                .set_num_format("dd/mm/yyyy")
                .set_align(FormatAlign::Left),
            euros: cell().set_unlocked().set_num_format("#,##0.00"),
            alert: cell().set_bold().set_font_color(Color::RGB(0x009B_1C1C)),
            plain: Format::new().set_text_wrap().set_align(FormatAlign::Top),
        }
    }
}

struct Making<'a> {
    book: &'a Book,
    looks: Looks,
}

impl Making<'_> {
    fn build(&self) -> Result<Vec<u8>, XlsxError> {
        let mut book = Workbook::new();
        // A fixed date keeps the bytes equal from one run to the next.
        let created = ExcelDateTime::from_ymd(2026, 1, 15)?;
        book.set_properties(
            &DocProperties::new()
                .set_title("Plan d’amélioration")
                .set_creation_datetime(&created),
        );
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
            self.line(sheet, row, line.unwrap_or(&Line::default()))?;
        }
        for field in Field::ALL {
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
        let after = |column: Column| u32::from(column.position()) + 1;
        let breaks = [after(Column::Field(Field::Action)), after(Column::Alert)];
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
        let day = date_long(&self.book.date);
        sheet.set_footer(format!("&LÉdité le {day}&RPage &P / &N"));
        Ok(())
    }

    fn line(&self, sheet: &mut Worksheet, row: u32, line: &Line) -> Result<(), XlsxError> {
        for (c, (column, _)) in COLUMNS.iter().enumerate() {
            let c = c as u16;
            match column {
                Column::Id => words(sheet, (row, c), &line.id, &self.looks.locked)?,
                Column::Name => words(sheet, (row, c), &line.nom, &self.looks.locked)?,
                Column::Effect => words(sheet, (row, c), &line.effect, &self.looks.locked)?,
                Column::Alert => self.alert(sheet, row, line)?,
                Column::Field(field) => self.field(sheet, (row, c), *field, line)?,
            }
        }
        Ok(())
    }

    fn field(
        &self,
        sheet: &mut Worksheet,
        (row, col): (u32, u16),
        field: Field,
        line: &Line,
    ) -> Result<(), XlsxError> {
        let text = line.record.get(&field).map_or("", String::as_str);
        let locked = field.is_identity() && !line.id.is_empty();
        let look = match field.holds() {
            _ if locked => &self.looks.locked,
            Holds::Date => &self.looks.date,
            Holds::Euros => &self.looks.euros,
            _ => &self.looks.open,
        };
        match field.holds() {
            Holds::Date => match day(text)? {
                Some(day) => sheet.write_datetime_with_format(row, col, &day, look)?,
                None => sheet.write_blank(row, col, look)?,
            },
            Holds::Euros => match text.parse::<f64>() {
                Ok(euros) => sheet.write_number_with_format(row, col, euros, look)?,
                Err(_) => sheet.write_blank(row, col, look)?,
            },
            _ => return words(sheet, (row, col), text, look),
        };
        Ok(())
    }

    /// Excel says by itself what is late on the day someone opens the workbook.
    fn alert(&self, sheet: &mut Worksheet, row: u32, line: &Line) -> Result<(), XlsxError> {
        let cell = |field: Field| {
            let column = Column::Field(field).position();
            rust_xlsxwriter::utility::row_col_to_cell(row, column)
        };
        let (due, status) = (cell(Field::Echeance), cell(Field::Statut));
        let formula = format!(
            "=IF(AND({due}<>\"\",{due}<TODAY(),{status}<>\"réalisée\",{status}<>\"abandonnée\"),\"en retard\",\"\")"
        );
        let shown = if line.late { "en retard" } else { "" };
        let formula = Formula::new(formula).set_result(shown);
        let column = Column::Alert.position();
        sheet.write_formula_with_format(row, column, formula, &self.looks.alert)?;
        Ok(())
    }

    /// What may be written in a column.
    fn choices(&self, sheet: &mut Worksheet, field: Field) -> Result<(), XlsxError> {
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
        let column = Column::Field(field).position();
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
            ("Édité le", date_long(&self.book.date)),
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
