//! A file once read: sheets of located cells, sparse, in absolute coordinates, whatever the
//! format it came in.

use std::cell::Cell as Changed;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::number_bits;
use crate::base::diagnostics::{CellRef, Location};

/// What a cell holds. Dates are ISO text; numbers keep their value, not their format.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum Value {
    /// Text, untrimmed.
    Text(String),
    /// Any number.
    Number(#[serde(with = "number_bits")] f64),
    /// TRUE or FALSE.
    Bool(bool),
    /// `2026-05-12` or `2026-05-12T16:30:00`.
    Date(String),
    /// `#REF!` and the like.
    Error(String),
}

/// How far from a whole number a computed one may be and still be shown as it.
const NOISE: f64 = 1e-9;

impl Value {
    /// What a person would read in the cell: text trimmed, `3` for 3.0, a comma never written.
    pub fn text(&self) -> String {
        match self {
            Self::Text(text) => text.trim().to_owned(),
            // What a formula leaves a billionth away from 3 is 3, as the sheet shows it.
            Self::Number(n) if (n - n.round()).abs() <= NOISE && n.abs() < 1e15 => {
                #[expect(clippy::cast_possible_truncation, reason = "whole and under 1e15")]
                let whole = n.round() as i64;
                whole.to_string()
            }
            Self::Number(n) => n.to_string(),
            Self::Bool(true) => "VRAI".to_owned(),
            Self::Bool(false) => "FAUX".to_owned(),
            Self::Date(text) | Self::Error(text) => text.clone(),
        }
    }
}

impl Value {
    /// Whether a cell holds these words.
    pub fn is(&self, words: &str) -> bool {
        matches!(self, Self::Text(text) if text.trim() == words)
    }
}

/// A non-empty cell of a row.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Cell {
    /// Zero-based column.
    #[serde(rename = "c")]
    pub col: u32,
    /// What it holds; never blank text.
    #[serde(rename = "v")]
    pub value: Value,
    /// Left by who reads the cell, 0 as long as nobody did: what a mark means is the reader's business.
    #[serde(skip)]
    mark: Changed<u8>,
}

impl Cell {
    /// A cell that nobody has read yet.
    pub fn new(col: u32, value: Value) -> Self {
        Self {
            col,
            value,
            mark: Changed::new(0),
        }
    }

    /// What was left on it.
    pub fn mark(&self) -> u8 {
        self.mark.get()
    }

    /// Leaves a mark on it, unless someone did before.
    pub fn leave(&self, mark: u8) {
        if self.mark.get() == 0 {
            self.mark.set(mark);
        }
    }
}

/// A row with at least one non-empty cell.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Row {
    /// Zero-based row.
    pub index: u32,
    /// Non-empty cells by increasing column.
    pub cells: Vec<Cell>,
}

impl Row {
    /// The cell at a column.
    pub fn cell(&self, col: u32) -> Option<&Cell> {
        // Rows without holes, as most are, need no search.
        if let Some(cell) = self.cells.get(col as usize).filter(|c| c.col == col) {
            return Some(cell);
        }
        let position = self.cells.binary_search_by_key(&col, |c| c.col).ok()?;
        Some(&self.cells[position])
    }

    /// The value at a column.
    pub fn get(&self, col: u32) -> Option<&Value> {
        self.cell(col).map(|cell| &cell.value)
    }

    /// The text at a column, empty when there is nothing.
    pub fn text(&self, col: u32) -> String {
        self.get(col).map(Value::text).unwrap_or_default()
    }
}

/// Cells shown as one, which hold what their first one holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct MergedArea {
    /// Top left.
    pub first: CellRef,
    /// Bottom right.
    pub last: CellRef,
}

impl MergedArea {
    /// Whether a cell is one of those shown as one.
    pub fn covers(self, row: u32, col: u32) -> bool {
        (self.first.row..=self.last.row).contains(&row)
            && (self.first.col..=self.last.col).contains(&col)
    }
}

/// A comment laid on a cell.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct CellComment {
    /// The cell.
    pub at: CellRef,
    /// What it says, without who wrote it.
    pub text: String,
    /// Whether someone read it.
    #[serde(skip)]
    read: Changed<bool>,
}

impl CellComment {
    /// A comment that nobody has read yet.
    pub fn new(at: CellRef, text: String) -> Self {
        Self {
            at,
            text,
            read: Changed::new(false),
        }
    }

    /// Whether someone read it.
    pub fn was_read(&self) -> bool {
        self.read.get()
    }
}

/// One sheet; a CSV is a single sheet with an empty name.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Sheet {
    /// Name, empty for a CSV.
    pub name: Arc<str>,
    /// Whether the user sees it.
    pub hidden: bool,
    /// Non-empty rows by increasing index.
    pub rows: Vec<Row>,
    /// Merged areas.
    pub merges: Vec<MergedArea>,
    /// Comments laid on its cells.
    pub comments: Vec<CellComment>,
    /// Whether it is a page of the program's own forms that holds no answer, and was not opened.
    pub unopened: bool,
    /// Cells of each column that were counted and not kept: the wordings of the program's own forms.
    pub uncopied: Vec<u32>,
    /// What it says elsewhere than in its cells.
    pub page_words: Vec<PageWords>,
}

/// What a sheet says elsewhere than in its cells: the header of its page, the prompt of a drop-down.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PageWords {
    /// First of the cells that it is said of; none when it is said of the sheet.
    pub at: Option<CellRef>,
    /// Its words.
    pub text: String,
}

impl Sheet {
    /// The row of an index.
    pub fn row(&self, index: u32) -> Option<&Row> {
        let position = self.rows.binary_search_by_key(&index, |r| r.index).ok()?;
        Some(&self.rows[position])
    }

    /// Gives a cell what a person reads in it, where that is something else than what it holds.
    pub(super) fn show(&mut self, at: CellRef, shown: impl Fn(&Value) -> Option<Value>) {
        let row = self.rows.binary_search_by_key(&at.row, |r| r.index);
        let Some(row) = row.ok().and_then(|i| self.rows.get_mut(i)) else {
            return;
        };
        let cell = row.cells.binary_search_by_key(&at.col, |c| c.col);
        if let Some(cell) = cell.ok().and_then(|i| row.cells.get_mut(i))
            && let Some(value) = shown(&cell.value)
        {
            cell.value = value;
        }
    }

    /// Reads the comments laid on the cells of a row, some of them or all, after what a cell says.
    pub fn with_comments(&self, said: String, row: u32, of: impl Fn(u32) -> bool) -> String {
        let laid = self.comments.iter();
        let laid = laid.filter(|c| c.at.row == row && of(c.at.col));
        laid.fold(said, |said, comment| {
            comment.read.set(true);
            if said.is_empty() {
                comment.text.clone()
            } else {
                format!("{said} ; {}", comment.text)
            }
        })
    }

    /// Puts a value in a cell, or empties it; cells shown as one hold it in their first one.
    pub(crate) fn put(&mut self, at: CellRef, value: Option<Value>) {
        let area = self.merges.iter().find(|area| area.covers(at.row, at.col));
        let at = area.map_or(at, |area| area.first);
        let row = match self.rows.binary_search_by_key(&at.row, |r| r.index) {
            Ok(found) => found,
            Err(next) => {
                let row = Row {
                    index: at.row,
                    cells: Vec::new(),
                };
                self.rows.insert(next, row);
                next
            }
        };
        let cells = &mut self.rows[row].cells;
        match (cells.binary_search_by_key(&at.col, |c| c.col), value) {
            (Ok(found), Some(value)) => cells[found] = Cell::new(at.col, value),
            (Err(next), Some(value)) => cells.insert(next, Cell::new(at.col, value)),
            (Ok(found), None) => {
                cells.remove(found);
            }
            (Err(_), None) => {}
        }
        if self.rows[row].cells.is_empty() {
            self.rows.remove(row);
        }
    }

    /// The text of a cell, empty when there is nothing.
    pub fn text(&self, row: u32, col: u32) -> String {
        self.row(row).map(|r| r.text(col)).unwrap_or_default()
    }

    /// The text of a cell, or of the first one of the merged area of its column that covers it.
    pub fn column_text(&self, row: u32, col: u32) -> String {
        let own = self.text(row, col);
        if !own.is_empty() || self.merges.is_empty() {
            return own;
        }
        let mut areas = self.merges.iter();
        let area = areas.find(|area| area.first.col == col && area.covers(row, col));
        area.map_or(own, |area| self.text(area.first.row, col))
    }

    /// The text of a cell, or of the first cell of the merged area that covers it.
    pub fn merged_text(&self, row: u32, col: u32) -> String {
        let own = self.text(row, col);
        if !own.is_empty() {
            return own;
        }
        let area = self.merges.iter().find(|area| area.covers(row, col));
        area.map_or(own, |area| self.text(area.first.row, area.first.col))
    }
}

/// How the file was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Format {
    /// xlsx, xlsm, xls, xlsb or ods.
    Workbook,
    /// Tables of a document of a word processor.
    Document,
    /// Delimited text.
    Text {
        /// The delimiter found.
        delimiter: u8,
    },
}

/// A file once read.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Workbook {
    /// File name without its folder.
    pub file: Arc<str>,
    /// How it was written.
    pub format: Format,
    /// Its sheets in order.
    pub sheets: Vec<Sheet>,
}

impl Workbook {
    /// A sheet by its exact name.
    pub fn sheet(&self, name: &str) -> Option<&Sheet> {
        self.sheets.iter().find(|s| &*s.name == name)
    }

    /// Place of a cell of a sheet, for diagnostics.
    pub fn at(&self, sheet: &Sheet, cell: CellRef) -> Location {
        Location::cell(&self.file, &sheet.name, cell)
    }

    /// Place of a sheet, for diagnostics.
    pub fn at_sheet(&self, sheet: &Sheet) -> Location {
        Location::sheet(&self.file, &sheet.name)
    }
}
