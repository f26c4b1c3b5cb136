//! One file per tool: what it writes around the answers, and how it is told apart.

pub mod drupal;
pub mod framaforms;
pub mod google_forms;
pub mod kobo;
pub mod limesurvey;
pub mod ms_forms;
pub mod odk;
pub mod plain;
pub mod qualtrics;
pub mod sphinx;
pub mod surveymonkey;
pub mod typeform;

use super::{Row, Sheet};
use crate::base::text::fold;

/// Rows in which a tool's header is looked for: people add titles above.
const DEPTH: usize = 10;

/// Folded headings of a row, by column.
fn headings(row: &Row) -> Vec<(u32, String)> {
    row.cells
        .iter()
        .map(|c| (c.col, fold(&c.value.text())))
        .collect()
}

/// The first of the top rows that has all the headings wanted, any word of each list.
fn row_with(sheet: &Sheet, wanted: &[&[&str]]) -> Option<u32> {
    let has = |row: &&Row| {
        let found = headings(row);
        wanted
            .iter()
            .all(|words| found.iter().any(|(_, h)| words.contains(&h.as_str())))
    };
    sheet.rows.iter().take(DEPTH).find(has).map(|r| r.index)
}
