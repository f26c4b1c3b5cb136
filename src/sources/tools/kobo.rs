//! KoboToolbox: names or labels, with or without group prefixes; every export ends with the
//! system's own columns. HXL tags may stand in a second header row.

use super::row_with;
use crate::sources::responses::{Dialect, Frame};
use crate::sources::{Confidence, Context, Sheet};

/// KoboToolbox.
pub const TOOL: Dialect = Dialect {
    name: "kobo",
    label: "KoboToolbox",
    frame,
    silent: &[
        "start",
        "end",
        "today",
        "id",
        "submission time",
        "validation status",
        "notes",
        "status",
        "submitted by",
        "version",
        "tags",
        "index",
        "deviceid",
        "audit",
        "simserial",
        "subscriberid",
        "instanceid",
        "meta/instanceid",
    ],
    silent_prefixes: &["version", "meta/"],
    respondent: &["uuid"],
    date: &["submission time"],
    ..Dialect::PLAIN
};

/// Folding turns `_uuid` into « uuid ».
fn frame(sheet: &Sheet, _: &Context) -> Option<Frame> {
    let marks: [&[&str]; 3] = [&["uuid"], &["submission time"], &["index"]];
    let row = row_with(sheet, &marks)?;
    let raw = sheet
        .row(row)?
        .cells
        .iter()
        .any(|c| c.value.text() == "_uuid");
    let mut frame = Frame::under(Confidence::Certain, row);
    let tags = sheet.row(row + 1).is_some_and(|r| {
        !r.cells.is_empty() && r.cells.iter().all(|c| c.value.text().starts_with('#'))
    });
    frame.data += u32::from(tags);
    raw.then_some(frame)
}
