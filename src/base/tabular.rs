//! One abstract table of typed cells. Exports hold exact [`Field`]s and are written as CSV, XLSX,
//! Parquet or JSON (`table_files`), so that all formats hold the same columns and values; what
//! people read holds [`crate::base::text::Datum`]s, rounded and worded once, which documents,
//! charts and their workbooks lay out.

use serde::Serialize;

use crate::base::day::Day;

/// One cell of an export.
#[derive(Debug, Clone, PartialEq)]
pub enum Field {
    /// Text; stays text in a workbook even when it begins like a formula.
    Text(String),
    /// Whole number.
    Whole(i64),
    /// Decimal number, printed with 6 digits.
    Decimal(f64),
    /// Day: ISO in text formats, a true date in a workbook and in Parquet.
    Day(Day),
    /// Nothing.
    Empty,
}

impl Field {
    /// A decimal or nothing.
    pub fn decimal(value: Option<f64>) -> Self {
        value.map_or(Self::Empty, Self::Decimal)
    }

    /// A day or nothing.
    pub(crate) fn day(day: Option<Day>) -> Self {
        day.map_or(Self::Empty, Self::Day)
    }

    /// The text, when it is one.
    pub(crate) fn as_text(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text),
            _ => None,
        }
    }

    /// The whole number, when it is one.
    pub(crate) fn as_whole(&self) -> Option<i64> {
        match self {
            Self::Whole(number) => Some(*number),
            _ => None,
        }
    }

    /// The decimal, when it is one.
    pub(crate) fn as_decimal(&self) -> Option<f64> {
        match self {
            Self::Decimal(number) => Some(*number),
            _ => None,
        }
    }
}

/// What a column holds, for formats that have types.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Kind {
    /// Text.
    #[default]
    Text,
    /// Whole number.
    Whole,
    /// Decimal number.
    Decimal,
    /// Day.
    Day,
}

/// A column: its heading, what it holds, how it is set. Templates read the French names.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Heading {
    /// Name in an export, what is printed in a document.
    #[serde(rename = "texte")]
    pub name: String,
    /// What it stands for, when it is a code; may be empty.
    #[serde(rename = "aide")]
    pub help: String,
    /// Whether the column holds marks or short numbers, centred.
    #[serde(rename = "centre")]
    pub centred: bool,
    /// Relative width in print, 1 for a column of figures.
    #[serde(rename = "largeur")]
    pub width: f64,
    /// Type of its values in an export.
    #[serde(skip)]
    pub kind: Kind,
}

impl Heading {
    /// A column of an export.
    pub(crate) fn typed(name: &str, kind: Kind) -> Self {
        Self {
            name: name.to_owned(),
            kind,
            ..Self::default()
        }
    }

    /// A column of texts in an export.
    pub fn text(name: &str) -> Self {
        Self::typed(name, Kind::Text)
    }

    /// A column of whole numbers in an export.
    pub fn whole(name: &str) -> Self {
        Self::typed(name, Kind::Whole)
    }

    /// A column of decimals in an export.
    pub fn decimal(name: &str) -> Self {
        Self::typed(name, Kind::Decimal)
    }

    /// A column of days in an export.
    pub(crate) fn day(name: &str) -> Self {
        Self::typed(name, Kind::Day)
    }

    /// A column of texts in a document.
    pub fn words(name: impl Into<String>) -> Self {
        Self {
            name: name.into(),
            width: 3.0,
            ..Self::default()
        }
    }

    /// A column of figures or marks in a document.
    pub fn figures(name: impl Into<String>) -> Self {
        Self {
            name: name.into(),
            centred: true,
            width: 1.0,
            ..Self::default()
        }
    }

    /// The same with a relative width.
    #[must_use]
    pub fn wide(mut self, width: f64) -> Self {
        self.width = width;
        self
    }

    /// The same with what its code stands for.
    #[must_use]
    pub fn meaning(mut self, help: impl Into<String>) -> Self {
        self.help = help.into();
        self
    }
}

/// A table: columns and rows of as many cells.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Table<C = Field> {
    /// What it holds: the name of its sheet in an export; in a document, read aloud before it and
    /// printed above it when it is not a chart's.
    #[serde(rename = "titre")]
    pub title: String,
    /// Columns, in the order of the contract.
    #[serde(rename = "entetes")]
    pub columns: Vec<Heading>,
    /// Rows; in a document, the first cell of each is its heading.
    #[serde(rename = "lignes")]
    pub rows: Vec<Vec<C>>,
    /// Under the table of a document; may be empty.
    pub note: String,
    /// Keys that explain the figures of its title and of its note; none in an export.
    #[serde(rename = "cles")]
    pub keys: Vec<String>,
}

impl<C> Table<C> {
    /// A table without note.
    pub fn new(title: impl Into<String>, columns: Vec<Heading>, rows: Vec<Vec<C>>) -> Self {
        Self {
            title: title.into(),
            columns,
            rows,
            note: String::new(),
            keys: Vec::new(),
        }
    }

    /// The same with the keys of the figures that its title and its note say.
    #[must_use]
    pub fn keyed(mut self, keys: impl IntoIterator<Item = String>) -> Self {
        self.keys = keys.into_iter().collect();
        self
    }

    /// The same with words under it.
    #[must_use]
    pub fn noted(mut self, note: impl Into<String>) -> Self {
        self.note = note.into();
        self
    }
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
