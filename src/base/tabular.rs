//! One abstract table of typed fields, written as CSV, XLSX, Parquet or JSON: every machine
//! export goes through here, so that all formats hold the same columns and values.

use polars::prelude::{Column, DataFrame};
use polars_io::prelude::ParquetWriter;
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, Workbook, Worksheet, XlsxError};
use serde_json::{Map, Value};

use crate::base::error::{Error, Result};

/// One field.
#[derive(Debug, Clone, PartialEq)]
pub enum Field {
    /// Text; stays text in a workbook even when it begins like a formula.
    Text(String),
    /// Whole number.
    Whole(i64),
    /// Decimal number, printed with 6 digits.
    Decimal(f64),
    /// Nothing.
    Empty,
}

impl Field {
    /// A decimal or nothing.
    pub fn decimal(value: Option<f64>) -> Self {
        value.map_or(Self::Empty, Self::Decimal)
    }

    /// As the CSV writes it.
    fn plain(&self) -> String {
        match self {
            Self::Text(text) => text.clone(),
            Self::Whole(number) => number.to_string(),
            // Adding zero turns −0 into 0.
            Self::Decimal(number) => format!("{:.6}", (number * 1e6).round() / 1e6 + 0.0),
            Self::Empty => String::new(),
        }
    }
}

/// What a column holds, for formats that have types.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Text.
    Text,
    /// Whole number.
    Whole,
    /// Decimal number.
    Decimal,
}

/// A table: named, typed columns and rows of as many fields.
#[derive(Debug, Clone, PartialEq)]
pub struct Table {
    /// Sheet name in a workbook.
    pub name: &'static str,
    /// Column names and kinds, in the order of the contract.
    pub columns: Vec<(&'static str, Kind)>,
    /// Rows.
    pub rows: Vec<Vec<Field>>,
}

/// Format of an export.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FileFormat {
    /// UTF-8, comma, dot, RFC 4180.
    Csv,
    /// Workbook.
    Xlsx,
    /// Apache Parquet.
    Parquet,
    /// Array of objects.
    Json,
}

impl FileFormat {
    /// Whether it only makes sense in a file.
    pub fn needs_file(self) -> bool {
        matches!(self, Self::Xlsx | Self::Parquet)
    }
}

impl Table {
    /// The table in a format.
    pub fn write(&self, format: FileFormat) -> Result<Vec<u8>> {
        match format {
            FileFormat::Csv => self.csv(),
            FileFormat::Xlsx => self
                .xlsx()
                .map_err(|e| Error::Render(format!("Le classeur ne peut pas être écrit ({e})."))),
            FileFormat::Parquet => self.parquet(),
            FileFormat::Json => serde_json::to_vec_pretty(&self.json())
                .map_err(|e| Error::Render(format!("Le JSON ne peut pas être écrit ({e})."))),
        }
    }

    fn csv(&self) -> Result<Vec<u8>> {
        let failed = |e: csv::Error| Error::Render(format!("Le CSV ne peut pas être écrit ({e})."));
        let mut writer = csv::WriterBuilder::new()
            .terminator(csv::Terminator::CRLF)
            .from_writer(Vec::new());
        writer
            .write_record(self.columns.iter().map(|c| c.0))
            .map_err(failed)?;
        for row in &self.rows {
            writer
                .write_record(row.iter().map(Field::plain))
                .map_err(failed)?;
        }
        writer
            .into_inner()
            .map_err(|e| Error::Render(e.to_string()))
    }

    /// Rows as objects.
    pub fn json(&self) -> Value {
        let object = |row: &Vec<Field>| {
            let pairs = self.columns.iter().zip(row).map(|((name, _), field)| {
                let value = match field {
                    Field::Text(text) => Value::from(text.as_str()),
                    Field::Whole(number) => Value::from(*number),
                    Field::Decimal(number) => Value::from((number * 1e6).round() / 1e6),
                    Field::Empty => Value::Null,
                };
                ((*name).to_owned(), value)
            });
            Value::Object(pairs.collect::<Map<_, _>>())
        };
        Value::Array(self.rows.iter().map(object).collect())
    }

    fn xlsx(&self) -> Result<Vec<u8>, XlsxError> {
        book(std::slice::from_ref(self))
    }

    fn sheet(&self, sheet: &mut Worksheet) -> Result<(), XlsxError> {
        let bold = Format::new().set_bold().set_text_wrap();
        let decimal = Format::new().set_num_format("0.000000");
        sheet.set_name(self.name)?.set_freeze_panes(1, 0)?;
        for (c, (name, kind)) in self.columns.iter().enumerate() {
            sheet.write_string_with_format(0, c as u16, *name, &bold)?;
            sheet.set_column_width(c as u16, if *kind == Kind::Text { 16 } else { 12 })?;
        }
        for (r, row) in self.rows.iter().enumerate() {
            for (c, field) in row.iter().enumerate() {
                let (r, c) = (r as u32 + 1, c as u16);
                match field {
                    Field::Text(text) => {
                        // Excel refuses longer texts; the CSV keeps them whole.
                        let text: String = text.chars().take(32_000).collect();
                        sheet.write_string(r, c, text)?;
                    }
                    Field::Whole(number) => {
                        sheet.write_number(r, c, *number as f64)?;
                    }
                    Field::Decimal(number) => {
                        sheet.write_number_with_format(r, c, *number, &decimal)?;
                    }
                    Field::Empty => {}
                }
            }
        }
        if !self.rows.is_empty() {
            sheet.autofilter(0, 0, self.rows.len() as u32, self.columns.len() as u16 - 1)?;
        }
        Ok(())
    }

    fn parquet(&self) -> Result<Vec<u8>> {
        let columns = self.columns.iter().enumerate().map(|(c, (name, kind))| {
            let fields = self.rows.iter().map(|row| &row[c]);
            match kind {
                Kind::Text => {
                    let values: Vec<Option<&str>> = fields
                        .map(|f| {
                            if let Field::Text(t) = f {
                                Some(t.as_str())
                            } else {
                                None
                            }
                        })
                        .collect();
                    Column::new((*name).into(), values)
                }
                Kind::Whole => {
                    let values: Vec<Option<i64>> = fields
                        .map(|f| {
                            if let Field::Whole(n) = f {
                                Some(*n)
                            } else {
                                None
                            }
                        })
                        .collect();
                    Column::new((*name).into(), values)
                }
                Kind::Decimal => {
                    let values: Vec<Option<f64>> = fields
                        .map(|f| {
                            if let Field::Decimal(n) = f {
                                Some(*n)
                            } else {
                                None
                            }
                        })
                        .collect();
                    Column::new((*name).into(), values)
                }
            }
        });
        let mut frame = DataFrame::new(self.rows.len(), columns.collect())?;
        let mut bytes = Vec::new();
        ParquetWriter::new(&mut bytes).finish(&mut frame)?;
        Ok(bytes)
    }
}

/// Several tables as the sheets of one workbook.
///
/// # Errors
///
/// A sheet name that Excel refuses, twice the same one.
pub fn workbook(tables: &[Table]) -> Result<Vec<u8>> {
    book(tables).map_err(|e| Error::Render(format!("Le classeur ne peut pas être écrit ({e}).")))
}

fn book(tables: &[Table]) -> Result<Vec<u8>, XlsxError> {
    let mut book = Workbook::new();
    // A fixed date keeps the bytes equal from one run to the next.
    let epoch = ExcelDateTime::from_ymd(2026, 1, 1)?;
    book.set_properties(&DocProperties::new().set_creation_datetime(&epoch));
    for table in tables {
        table.sheet(book.add_worksheet())?;
    }
    book.save_to_buffer()
}
