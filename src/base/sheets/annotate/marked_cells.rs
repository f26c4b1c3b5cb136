//! The cells of a sheet, some of them in another style; those that are not there, and their rows, are put where they
//! belong.

use std::collections::{BTreeMap, VecDeque};
use std::fmt::Write;

use super::cell_marks::{INCOHERENT, Unmarkable};
use super::mark_styles::MarkStyles;
use super::sheet_outline::SheetOutline;
use super::tag_places::{Edits, PlacedTag, TagKind, each_tag};
use crate::base::diagnostics::CellRef;

/// A sheet, with some of its cells lit (whether each is grave).
pub(super) fn marked(
    xml: &str,
    cells: &BTreeMap<CellRef, bool>,
    outline: &SheetOutline,
    styles: &mut MarkStyles,
) -> Result<String, Unmarkable> {
    let mut waiting: BTreeMap<u32, VecDeque<(u32, bool)>> = BTreeMap::new();
    for (at, grave) in cells {
        waiting
            .entry(at.row)
            .or_default()
            .push_back((at.col, *grave));
    }
    let mut marking = SheetMarking {
        outline,
        styles,
        waiting,
        edits: Edits::default(),
        within: false,
        next_row: 0,
        row: None,
    };
    each_tag(xml, |tag| marking.see(tag))?;
    if !marking.waiting.is_empty() {
        return Err(INCOHERENT);
    }
    Ok(marking.edits.applied(xml))
}

/// The row that is read.
struct RowMarking<'x> {
    row: u32,
    next_col: u32,
    style: Option<usize>,
    waiting: VecDeque<(u32, bool)>,
    /// Until cells are put in it, what it says of its width stands.
    tag: Option<PlacedTag<'x>>,
}

struct SheetMarking<'m, 'x> {
    outline: &'m SheetOutline,
    styles: &'m mut MarkStyles,
    /// By row, then in order of columns.
    waiting: BTreeMap<u32, VecDeque<(u32, bool)>>,
    edits: Edits,
    /// Whether it stands among cells.
    within: bool,
    next_row: u32,
    row: Option<RowMarking<'x>>,
}

impl<'x> SheetMarking<'_, 'x> {
    fn see(&mut self, tag: &PlacedTag<'x>) -> Result<(), Unmarkable> {
        match (tag.local(), tag.kind) {
            ("sheetData", TagKind::Opens) => self.within = true,
            ("sheetData", TagKind::Whole) => {
                let (opens, closes) = tag.opened();
                let rows = self.rows_before(u32::MAX, tag.prefix());
                let made = format!("{opens}{rows}{closes}");
                self.edits.replace(tag.place.clone(), made);
            }
            ("sheetData", TagKind::Closes) => {
                self.within = false;
                let rows = self.rows_before(u32::MAX, tag.prefix());
                let at = tag.place.start;
                self.edits.replace(at..at, rows);
            }
            ("row", TagKind::Closes) if self.within => {
                let cells = self.cells_before(u32::MAX, tag.prefix());
                let at = tag.place.start;
                self.edits.replace(at..at, cells);
                self.row = None;
            }
            ("row", _) if self.within => self.begin_row(tag)?,
            ("c", TagKind::Opens | TagKind::Whole) if self.row.is_some() => self.cell(tag)?,
            _ => {}
        }
        Ok(())
    }

    fn begin_row(&mut self, tag: &PlacedTag<'x>) -> Result<(), Unmarkable> {
        let said = tag.raw("r").and_then(|r| r.parse::<u32>().ok());
        let row = said.and_then(|r| r.checked_sub(1)).unwrap_or(self.next_row);
        if row < self.next_row {
            return Err(Unmarkable("ses lignes sont dans le désordre"));
        }
        self.next_row = row + 1;
        let rows = self.rows_before(row, tag.prefix());
        let at = tag.place.start;
        self.edits.replace(at..at, rows);
        let is_styled = tag
            .raw("customFormat")
            .is_some_and(|v| v == "1" || v == "true");
        let style = tag.raw("s").and_then(|s| s.parse::<usize>().ok());
        self.row = Some(RowMarking {
            row,
            next_col: 0,
            style: style.filter(|_| is_styled),
            waiting: self.waiting.remove(&row).unwrap_or_default(),
            tag: (tag.kind == TagKind::Opens).then(|| tag.clone()),
        });
        if tag.kind == TagKind::Whole {
            let cells = self.cells_before(u32::MAX, tag.prefix());
            if !cells.is_empty() {
                let (opens, closes) = tag.opened();
                let made = format!("{opens}{cells}{closes}");
                self.edits.replace(tag.place.clone(), made);
            }
            self.row = None;
        }
        Ok(())
    }

    fn cell(&mut self, tag: &PlacedTag<'x>) -> Result<(), Unmarkable> {
        let Some(row) = &mut self.row else {
            return Ok(());
        };
        let said = tag.raw("r").and_then(|r| r.parse::<CellRef>().ok());
        let col = said.map_or(row.next_col, |at| at.col);
        if col < row.next_col {
            return Err(Unmarkable("ses cellules sont dans le désordre"));
        }
        row.next_col = col + 1;
        let cells = self.cells_before(col, tag.prefix());
        let at = tag.place.start;
        self.edits.replace(at..at, cells);
        let front = self.row.as_mut().and_then(|row| {
            let is_it = row.waiting.front().is_some_and(|(c, _)| *c == col);
            if is_it { row.waiting.pop_front() } else { None }
        });
        if let Some((_, grave)) = front {
            let own = tag.raw("s").and_then(|s| s.parse::<usize>().ok());
            let style = self.styles.lit(own.unwrap_or(0), grave).to_string();
            self.edits
                .replace(tag.place.clone(), tag.with(&[("s", &style)]));
        }
        Ok(())
    }

    /// Cells of the row that stand before a column, and are not there.
    fn cells_before(&mut self, col: u32, prefix: &str) -> String {
        let mut made = String::new();
        let Some(row) = &mut self.row else {
            return made;
        };
        while let Some((at, grave)) = row.waiting.pop_front_if(|(at, _)| *at < col) {
            let own = row.style;
            let own = own.unwrap_or_else(|| self.outline.column_style(at));
            let style = self.styles.lit(own, grave);
            let name = CellRef::new(row.row, at);
            let _ = write!(made, "<{prefix}c r=\"{name}\" s=\"{style}\"/>");
        }
        if !made.is_empty()
            && let Some(tag) = row.tag.take()
            && tag.raw("spans").is_some()
        {
            self.edits.replace(tag.place.clone(), tag.without("spans"));
        }
        made
    }

    /// Rows that stand before one, and are not there.
    fn rows_before(&mut self, row: u32, prefix: &str) -> String {
        let mut made = String::new();
        while let Some(entry) = self.waiting.first_entry().filter(|e| *e.key() < row) {
            let (row, cells) = entry.remove_entry();
            let _ = write!(made, "<{prefix}row r=\"{}\">", u64::from(row) + 1);
            for (col, grave) in cells {
                let style = self.styles.lit(self.outline.column_style(col), grave);
                let name = CellRef::new(row, col);
                let _ = write!(made, "<{prefix}c r=\"{name}\" s=\"{style}\"/>");
            }
            let _ = write!(made, "</{prefix}row>");
        }
        made
    }
}
