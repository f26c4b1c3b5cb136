//! Streamed cells → the rows of a sheet, within bounds.

use std::sync::Arc;

use super::cells::{Cell, Row, Sheet, Value};
use super::opened::{MAX_ALL_TEXT, MAX_CELLS, MAX_COL, MAX_ROW, MAX_TEXT, Opened};
use crate::base::diagnostics::{CellRef, Diagnostic};

/// What the sheets of a file may still hold together.
pub(super) struct SheetRoom {
    cells: usize,
    /// Bytes of text: a workbook writes a text once, however many cells show it.
    text: usize,
}

impl Default for SheetRoom {
    fn default() -> Self {
        Self {
            cells: MAX_CELLS,
            text: MAX_ALL_TEXT,
        }
    }
}

/// Gathers streamed cells into rows, within bounds.
pub(super) struct SheetBuilder<'a> {
    file: &'a Opened,
    pub(super) sheet: Sheet,
    room: &'a mut SheetRoom,
}

impl<'a> SheetBuilder<'a> {
    pub(super) fn new(file: &'a Opened, name: &str, hidden: bool, room: &'a mut SheetRoom) -> Self {
        let sheet = Sheet {
            name: Arc::from(name),
            hidden,
            ..Sheet::default()
        };
        Self { file, sheet, room }
    }

    pub(super) fn push(&mut self, at: CellRef, value: Option<Value>) -> Result<(), Diagnostic> {
        let Some(value) = value else { return Ok(()) };
        let CellRef { row, col } = at;
        if row >= MAX_ROW || col >= MAX_COL {
            return Err(self.file.too_large(&format!(
                "la cellule {at} de la feuille « {} » est hors de portée",
                self.sheet.name
            )));
        }
        if matches!(&value, Value::Text(text) if text.len() > MAX_TEXT) {
            return Err(self.file.too_large(&format!(
                "la cellule {at} de la feuille « {} » contient plus de 128 Kio de texte",
                self.sheet.name
            )));
        }
        self.room.cells = (self.room.cells.checked_sub(1))
            .ok_or_else(|| self.file.too_large("plus de 5 millions de cellules"))?;
        if let Value::Text(text) = &value {
            self.room.text = (self.room.text.checked_sub(text.len())).ok_or_else(|| {
                self.file
                    .too_large("plus de 256 Mio de texte, cellule par cellule")
            })?;
        }
        match self.sheet.rows.last_mut() {
            Some(last) if last.index == row => last.cells.push(Cell::new(col, value)),
            _ => self.sheet.rows.push(Row {
                index: row,
                cells: vec![Cell::new(col, value)],
            }),
        }
        Ok(())
    }

    /// Counts a cell that need not be kept.
    pub(super) fn pass(&mut self, col: u32) {
        let col = col as usize;
        let counts = &mut self.sheet.uncopied;
        if counts.len() <= col {
            counts.resize(col + 1, 0);
        }
        counts[col] += 1;
    }

    /// Rows and cells in order whatever order the file wrote them in.
    pub(super) fn finish(mut self) -> Sheet {
        let rows = &mut self.sheet.rows;
        let sorted = rows.windows(2).all(|w| w[0].index < w[1].index);
        if !sorted {
            rows.sort_by_key(|r| r.index);
            rows.dedup_by(|next, kept| {
                let same = next.index == kept.index;
                if same {
                    kept.cells.append(&mut next.cells);
                }
                same
            });
        }
        for row in rows {
            row.cells.sort_by_key(|c| c.col);
            row.cells.dedup_by_key(|c| c.col);
        }
        self.sheet
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::diagnostics::Code;

    /// One text of a hundred thousand bytes, shown by ten thousand cells, would be a gigabyte.
    #[test]
    fn a_text_that_many_cells_show_is_counted_each_time() {
        let file = Opened {
            name: Arc::from("a.xlsx"),
        };
        let mut room = SheetRoom::default();
        let mut builder = SheetBuilder::new(&file, "Feuille", false, &mut room);
        let text = "x".repeat(MAX_TEXT);
        let mut refused = None;
        for row in 0..10_000 {
            let value = Some(Value::Text(text.clone()));
            if let Err(told) = builder.push(CellRef::new(row, 0), value) {
                refused = Some((row as usize, told.code));
                break;
            }
        }
        let full = MAX_ALL_TEXT / MAX_TEXT;
        assert_eq!(refused, Some((full, Code::FileTooLarge)));
    }
}
