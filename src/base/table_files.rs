//! Tables of exact cells as files: CSV, workbooks, Parquet, JSON.

use std::io::Write;

use rust_xlsxwriter::{DocProperties, Worksheet, XlsxError};
use serde_json::{Map, Value};

use crate::base::error::{Error, Result};
use crate::base::looks::{ExportLooks, excel_day, fitting, fixed_workbook};
use crate::base::people_sheet::{PeopleSheet, PrintedPage, print_on_one_width, sheet_name};
use crate::base::tabular::{Field, FileFormat, Heading, Kind, Table};
use crate::base::text::{integer, without_formula};

impl Field {
    /// As the CSV writes it.
    pub(crate) fn plain(&self) -> String {
        match self {
            Self::Text(text) => text.clone(),
            Self::Whole(number) => number.to_string(),
            Self::Day(day) => day.to_string(),
            Self::Decimal(number) => format!("{:.6}", six_digits(*number)),
            Self::Empty => String::new(),
        }
    }

    fn json(&self) -> Value {
        match self {
            Self::Text(text) => Value::from(text.as_str()),
            Self::Whole(number) => Value::from(*number),
            Self::Decimal(number) => Value::from(six_digits(*number)),
            Self::Day(day) => Value::from(day.to_string()),
            Self::Empty => Value::Null,
        }
    }
}

/// A decimal as exports hold it; adding zero turns −0 into 0.
fn six_digits(number: f64) -> f64 {
    (number * 1e6).round() / 1e6 + 0.0
}

/// A row as an object, by the names of its columns.
pub(crate) fn json_row(columns: &[Heading], row: &[Field]) -> Value {
    let pairs = columns.iter().zip(row);
    let object = pairs.map(|(column, field)| (column.name.clone(), field.json()));
    Value::Object(object.collect::<Map<_, _>>())
}

/// What rows are handed to, one after the other.
pub(crate) type RowTaker<'a> = dyn FnMut(&[Field]) -> Result<()> + Send + 'a;

/// Rows as CSV, as `rows` hands them over; `raw` leaves what a spreadsheet would compute as it is. Gives their number.
///
/// # Errors
///
/// A stream that refuses; rows that do not come.
pub(crate) fn write_csv(
    columns: &[Heading],
    rows: impl FnOnce(&mut RowTaker) -> Result<()>,
    raw: bool,
    out: impl Write + Send,
) -> Result<usize> {
    let mut writer = csv::WriterBuilder::new()
        .terminator(csv::Terminator::CRLF)
        .from_writer(out);
    writer.write_record(columns.iter().map(|c| c.name.as_str()))?;
    let mut count = 0;
    rows(&mut |row| {
        let cells = row.iter().map(|field| match field {
            Field::Text(written) if raw => written.clone(),
            Field::Text(written) => without_formula(written).into_owned(),
            other => other.plain(),
        });
        writer.write_record(cells)?;
        count += 1;
        Ok(())
    })?;
    writer.flush().map_err(|source| Error::System { source })?;
    Ok(count)
}

/// Rows as a JSON array of objects, indented, as `rows` hands them over; `depth` is that of the array in what it is
/// written into. Gives their number.
///
/// # Errors
///
/// A stream that refuses; rows that do not come.
pub(crate) fn write_json(
    columns: &[Heading],
    rows: impl FnOnce(&mut RowTaker) -> Result<()>,
    depth: usize,
    put: &mut (dyn FnMut(&str) -> Result<()> + Send),
) -> Result<usize> {
    let mut count = 0;
    let inner = format!("\n{}", " ".repeat(depth + 2));
    put("[")?;
    rows(&mut |row| {
        let object = format!("{:#}", json_row(columns, row)).replace('\n', &inner);
        put(if count > 0 { "," } else { "" })?;
        put(&inner)?;
        count += 1;
        put(&object)
    })?;
    if count > 0 {
        put(&inner[..inner.len() - 2])?;
    }
    put("]")?;
    Ok(count)
}

impl Table {
    /// The table in a format. In CSV, what a spreadsheet would compute is made words again: nothing
    /// else tells it that a cell is text.
    ///
    /// # Errors
    ///
    /// A workbook that cannot be made.
    pub fn write(&self, format: FileFormat) -> Result<Vec<u8>> {
        self.write_with(format, false)
    }

    /// The table in a format, every text as it was written, formulas included.
    ///
    /// # Errors
    ///
    /// A workbook that cannot be made.
    pub fn write_raw(&self, format: FileFormat) -> Result<Vec<u8>> {
        self.write_with(format, true)
    }

    fn write_with(&self, format: FileFormat, raw: bool) -> Result<Vec<u8>> {
        match format {
            FileFormat::Csv => {
                let mut bytes = Vec::new();
                write_csv(&self.columns, |put| self.hand_over(put), raw, &mut bytes)?;
                Ok(bytes)
            }
            FileFormat::Xlsx => workbook(self),
            FileFormat::Parquet => self.parquet(),
            FileFormat::Json => serde_json::to_vec_pretty(&self.json())
                .map_err(|e| Error::Render(format!("Le JSON ne peut pas être écrit ({e})."))),
        }
    }

    /// Hands its rows over.
    fn hand_over(&self, put: &mut RowTaker) -> Result<()> {
        self.rows.iter().try_for_each(|row| put(row))
    }

    /// Rows as objects.
    pub fn json(&self) -> Value {
        let rows = self.rows.iter().map(|row| json_row(&self.columns, row));
        Value::Array(rows.collect())
    }

    /// The columns and the values of the contract on an empty sheet, as CSV has them.
    fn fill(&self, name: &str, sheet: &mut Worksheet) -> Result<(), XlsxError> {
        let looks = ExportLooks::new();
        sheet
            .set_name(name)?
            .set_freeze_panes(1, 1)?
            .set_repeat_rows(0, 0)?;
        print_on_one_width(sheet, &self.title, &PrintedPage::default());
        for (c, column) in self.columns.iter().enumerate() {
            sheet.write_string_with_format(0, c as u16, &column.name, &looks.heading)?;
            let width = if column.kind == Kind::Text { 16 } else { 12 };
            sheet.set_column_width(c as u16, width)?;
        }
        for (r, row) in self.rows.iter().enumerate() {
            for (c, field) in row.iter().enumerate() {
                let (r, c) = (r as u32 + 1, c as u16);
                match field {
                    Field::Text(text) => sheet.write_string(r, c, fitting(text))?,
                    Field::Whole(number) => sheet.write_number(r, c, *number as f64)?,
                    Field::Decimal(number) => {
                        sheet.write_number_with_format(r, c, six_digits(*number), &looks.decimal)?
                    }
                    Field::Day(day) => match excel_day(day.date()) {
                        Ok(date) => sheet.write_datetime_with_format(r, c, &date, &looks.day)?,
                        // Excel knows no day before 1900.
                        Err(_) => sheet.write_string(r, c, day.to_string())?,
                    },
                    Field::Empty => continue,
                };
            }
        }
        if !self.rows.is_empty() {
            sheet.autofilter(0, 0, self.rows.len() as u32, self.columns.len() as u16 - 1)?;
        }
        Ok(())
    }
}

/// Name of the sheet of machine columns, or how the names of several begin.
const DATA: &str = "Données";
/// A workbook for people, each table on a sheet of its own, then the same tables with the columns of the contract.
///
/// # Errors
///
/// A sheet name that Excel refuses, twice the same one; more rows than a sheet holds.
pub(crate) fn people_workbook(
    title: &str,
    sheets: &[(PeopleSheet, &Table)],
    page: &PrintedPage,
) -> Result<Vec<u8>> {
    for (_, table) in sheets {
        FileFormat::Xlsx.holds(table.rows.len())?;
    }
    let made = || -> Result<Vec<u8>, XlsxError> {
        let properties = DocProperties::new()
            .set_title(title)
            .set_author(&page.territory);
        let mut book = fixed_workbook(1, properties)?;
        for (sheet, _) in sheets {
            sheet.write(book.add_worksheet(), page)?;
        }
        for (_, table) in sheets {
            let name = match sheets.len() {
                1 => DATA.to_owned(),
                _ => format!("{DATA} {}", table.title),
            };
            table.fill(&sheet_name(&name), book.add_worksheet())?;
        }
        book.save_to_buffer()
    };
    made().map_err(unwritten)
}

/// Rows that a sheet holds under its headings.
const SHEET_ROWS: usize = 1_048_575;

impl FileFormat {
    /// Whether a file can hold a table of so many rows: one of any format but a workbook can.
    ///
    /// # Errors
    ///
    /// [`Error::Usage`] where it cannot.
    pub(crate) fn holds(self, rows: usize) -> Result<()> {
        if self == Self::Xlsx && rows > SHEET_ROWS {
            return Err(too_long(Some(rows)));
        }
        Ok(())
    }
}

fn too_long(rows: Option<usize>) -> Error {
    let most = integer(SHEET_ROWS as i64);
    let told = rows.map_or_else(
        || format!("Ce tableau a plus de {most} lignes"),
        |rows| format!("Ce tableau a {} lignes", integer(rows as i64)),
    );
    Error::Usage(format!(
        "{told} : une feuille Excel n’en tient que {most} sous ses titres. Écrivez-le en CSV ou en Parquet (--format csv, --format parquet)."
    ))
}

/// A table that is read back as it stands: one sheet, the columns of the contract.
fn workbook(table: &Table) -> Result<Vec<u8>> {
    FileFormat::Xlsx.holds(table.rows.len())?;
    let made = || -> Result<Vec<u8>, XlsxError> {
        let mut book = fixed_workbook(1, DocProperties::new())?;
        table.fill(&table.title, book.add_worksheet())?;
        book.save_to_buffer()
    };
    made().map_err(unwritten)
}

fn unwritten(error: XlsxError) -> Error {
    match error {
        XlsxError::RowColumnLimitError => too_long(None),
        other => Error::Render(format!("Le classeur ne peut pas être écrit ({other}).")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_that_no_sheet_holds_is_refused_before_it_is_made() {
        let rows = vec![vec![Field::Empty]; SHEET_ROWS + 1];
        let table = Table::new("Longue", vec![Heading::text("rien")], rows);
        let refused = table.write(FileFormat::Xlsx).expect_err("too long");
        let told = refused.to_string();
        assert!(
            told.contains("1\u{202f}048\u{202f}576 lignes") && told.contains("parquet"),
            "{told}"
        );
        assert_eq!(refused.exit_code(), 2);
        let other = unwritten(XlsxError::RowColumnLimitError).to_string();
        assert!(
            other.contains("plus de 1\u{202f}048\u{202f}575 lignes"),
            "{other}"
        );
        assert!(
            FileFormat::Xlsx.holds(SHEET_ROWS).is_ok() && FileFormat::Csv.holds(6_461_182).is_ok()
        );
    }
}
