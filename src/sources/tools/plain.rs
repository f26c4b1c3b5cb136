//! Any table with one column per élément code, or per question as the référentiel words it.

use std::collections::BTreeSet;

use super::DEPTH;
use crate::sources::dialect::{Dialect, Frame};
use crate::sources::header::{Header, recognised_labels};
use crate::sources::{Confidence, Context, Row, Sheet};

/// Any other table.
pub const TOOL: Dialect = Dialect {
    name: "tableau",
    label: "tableau, une colonne par élément",
    frame,
    one_sheet: false,
    ..Dialect::PLAIN
};

fn frame(sheet: &Sheet, context: &Context) -> Option<Frame> {
    if let Some((row, codes)) = Header::find(sheet, context.referentiel) {
        let confidence = if codes >= 2 {
            Confidence::Likely
        } else {
            Confidence::Possible
        };
        return Some(Frame::under(confidence, row));
    }
    if let Some(labels) = recognised_labels(sheet, context) {
        return Some(Frame::under(Confidence::Possible, labels));
    }
    Some(Frame::under(Confidence::Faint, any_table(sheet)?))
}

/// The last of the fullest rows at the top, when all its cells are different words and the rows
/// under it follow its columns.
fn any_table(sheet: &Sheet) -> Option<u32> {
    let top: Vec<&Row> = sheet.rows.iter().take(DEPTH).collect();
    let wordy = |row: &&&Row| {
        let texts: BTreeSet<String> = row.cells.iter().map(|c| c.value.text()).collect();
        let words = |t: &String| t.chars().any(char::is_alphabetic);
        texts.len() >= 3 && texts.len() == row.cells.len() && texts.iter().all(words)
    };
    let widest = top.iter().filter(wordy).map(|r| r.cells.len()).max()?;
    let header = top.iter().filter(wordy).find(|r| r.cells.len() == widest)?;
    let last = header.cells.last()?.col;
    let under = sheet.rows.iter().filter(|r| r.index > header.index);
    let aligned = under.filter(|r| r.cells.len() >= 2 && r.cells.iter().all(|c| c.col <= last));
    (aligned.take(2).count() >= 2).then_some(header.index)
}
