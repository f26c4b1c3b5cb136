//! Qualtrics: ids, texts, then a row of JSON `ImportId`; older exports have the first two only.

use super::{DEPTH, row_with};
use crate::sources::responses::{Dialect, Frame};
use crate::sources::{Confidence, Context, Row, Sheet};

/// Qualtrics.
pub const TOOL: Dialect = Dialect {
    name: "qualtrics",
    label: "Qualtrics",
    frame,
    silent: &[
        "startdate",
        "status",
        "progress",
        "duration (in seconds)",
        "finished",
        "recordeddate",
        "distributionchannel",
        "userlanguage",
        "locationlatitude",
        "locationlongitude",
        "locationaccuracy",
        "responseset",
        "v2",
        "v3",
        "v6",
        "v7",
        "v8",
        "v10",
    ],
    silent_prefixes: &["recipient", "externaldata", "external data", "location"],
    respondent: &["responseid", "v1"],
    date: &["enddate", "v9"],
    finished: |cell| {
        let done = cell("finished");
        !done.is_some_and(|f| ["0", "False", "FALSE", "FAUX"].contains(&f.as_str()))
    },
    ..Dialect::PLAIN
};

fn frame(sheet: &Sheet, _: &Context) -> Option<Frame> {
    let json = |row: &&Row| {
        row.cells
            .first()
            .is_some_and(|c| c.value.text().starts_with("{\"ImportId\""))
    };
    if let Some(marks) = sheet.rows.iter().take(DEPTH).find(json) {
        let first = marks.index.saturating_sub(2);
        return Some(Frame {
            confidence: Confidence::Certain,
            header: (first, marks.index.saturating_sub(1)),
            data: marks.index + 1,
        });
    }
    let second = row_with(sheet, &[&["responseid"], &["responseset", "startdate"]])?;
    let legacy = second.checked_sub(1).filter(|r| sheet.text(*r, 0) == "V1");
    let last = if legacy.is_some() { second } else { second + 1 };
    Some(Frame {
        confidence: Confidence::Likely,
        header: (legacy.unwrap_or(second), last),
        data: last + 1,
    })
}
