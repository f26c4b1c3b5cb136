//! Columns that point at a person, as `privacy` says: dropped before anything is kept, and listed.

use crate::base::sheets::{Sheet, Value};
use crate::privacy;
pub(super) use crate::privacy::is_personal_heading;

/// Cells of a column that are looked at to know what it holds.
const SEEN: usize = 2_000;

/// Whether the cells of a column, from a row on, point at persons.
pub(super) fn is_personal_content(sheet: &Sheet, col: u32, first_row: u32) -> bool {
    let cells: Vec<String> = sheet
        .rows
        .iter()
        .filter(|r| r.index >= first_row)
        .filter_map(|r| r.get(col).map(Value::text))
        .take(SEEN)
        .collect();
    privacy::is_personal_content(&cells)
}
