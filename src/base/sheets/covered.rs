//! What an ODS holds that nobody sees, and what people see that it holds no longer.

use super::cells::{Cell, Row, Sheet, Value};
use crate::base::diagnostics::CellRef;

/// An error in a cell that holds nothing.
pub(super) fn put_error(sheet: &mut Sheet, at: CellRef, error: &str) {
    let place = sheet.rows.binary_search_by_key(&at.row, |r| r.index);
    let row = match place {
        Ok(found) => found,
        Err(new) => {
            let row = Row {
                index: at.row,
                cells: Vec::new(),
            };
            sheet.rows.insert(new, row);
            new
        }
    };
    let cells = &mut sheet.rows[row].cells;
    if let Err(new) = cells.binary_search_by_key(&at.col, |c| c.col) {
        cells.insert(new, Cell::new(at.col, Value::Error(error.to_owned())));
    }
}

/// Cells under a merged area keep what they held before, which nobody sees any more.
pub(super) fn drop_covered(sheet: &mut Sheet) {
    let mut merges = sheet.merges.clone();
    merges.sort_by_key(|area| area.first.row);
    let mut next = 0;
    // By column, the first row that no merge begun above covers.
    let mut free: Vec<u32> = Vec::new();
    for row in &mut sheet.rows {
        while let Some(area) = merges.get(next).filter(|a| a.first.row < row.index) {
            let (from, to) = (area.first.col as usize, area.last.col as usize + 1);
            free.resize(free.len().max(to), 0);
            free[from..to]
                .iter_mut()
                .for_each(|r| *r = (*r).max(area.last.row + 1));
            next += 1;
        }
        let index = row.index;
        let beside = || {
            let begun_here = merges[next..].iter();
            begun_here.take_while(|a| a.first.row == index)
        };
        row.cells.retain(|cell| {
            let below = free.get(cell.col as usize).is_some_and(|r| *r > index);
            let right = beside().any(|a| a.first.col < cell.col && cell.col <= a.last.col);
            !below && !right
        });
    }
    sheet.rows.retain(|r| !r.cells.is_empty());
}
