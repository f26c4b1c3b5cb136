//! What an ODS holds that nobody sees, and what people see that it holds no longer.

use super::cells::{Cell, Row, Sheet, Value};
use crate::base::diagnostics::CellRef;

/// Cells in error that an ODS stores as empty text are errors, not blanks.
pub(super) fn add_errors(sheet: &mut Sheet, errors: &[(String, CellRef)]) {
    for (_, at) in errors.iter().filter(|(table, _)| **table == *sheet.name) {
        let place = sheet.rows.binary_search_by_key(&at.row, |r| r.index);
        let row = match place {
            Ok(found) => found,
            Err(new) => {
                let index = at.row;
                sheet.rows.insert(
                    new,
                    Row {
                        index,
                        cells: Vec::new(),
                    },
                );
                new
            }
        };
        let cells = &mut sheet.rows[row].cells;
        if let Err(new) = cells.binary_search_by_key(&at.col, |c| c.col) {
            let value = Value::Error("#ERREUR".to_owned());
            cells.insert(new, Cell { col: at.col, value });
        }
    }
}

/// Cells under a merged area keep what they held before, which nobody sees any more.
pub(super) fn drop_covered(sheet: &mut Sheet) {
    let mut merges = sheet.merges.clone();
    merges.sort_by_key(|(first, _)| first.row);
    let mut next = 0;
    // By column, the first row that no merge begun above covers.
    let mut free: Vec<u32> = Vec::new();
    for row in &mut sheet.rows {
        while let Some((a, b)) = merges.get(next).filter(|m| m.0.row < row.index) {
            let (from, to) = (a.col as usize, b.col as usize + 1);
            free.resize(free.len().max(to), 0);
            free[from..to]
                .iter_mut()
                .for_each(|r| *r = (*r).max(b.row + 1));
            next += 1;
        }
        let beside = merges[next..].iter().take_while(|m| m.0.row == row.index);
        let beside: Vec<(u32, u32)> = beside.map(|(a, b)| (a.col, b.col)).collect();
        let index = row.index;
        row.cells.retain(|cell| {
            let below = free.get(cell.col as usize).is_some_and(|r| *r > index);
            let right = beside.iter().any(|(a, b)| *a < cell.col && cell.col <= *b);
            !below && !right
        });
    }
    sheet.rows.retain(|r| !r.cells.is_empty());
}
