//! Where the header row of a tool’s table is looked for.

use crate::base::sheets::{Row, Sheet};
use crate::base::text::fold;

/// Rows in which a tool's header is looked for: people add titles above.
pub(super) const DEPTH: usize = 10;

/// Folded headings of a row, by column.
pub(super) fn headings(row: &Row) -> Vec<(u32, String)> {
    row.cells
        .iter()
        .map(|c| (c.col, fold(&c.value.text())))
        .collect()
}

/// The first of the top rows that has all the headings wanted, any word of each list.
pub(super) fn row_with(sheet: &Sheet, wanted: &[&[&str]]) -> Option<u32> {
    let has = |row: &&Row| {
        let found = headings(row);
        wanted
            .iter()
            .all(|words| found.iter().any(|(_, h)| words.contains(&h.as_str())))
    };
    sheet.rows.iter().take(DEPTH).find(has).map(|r| r.index)
}
