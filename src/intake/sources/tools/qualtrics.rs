//! Qualtrics: ids, texts, then a row of JSON `ImportId`; older exports have the first two only.

use super::header_rows::{DEPTH, row_with};
use crate::base::sheets::{Row, Sheet};
use crate::intake::sources::dialect::{Dialect, HeaderRows, SetAside, TableFrame};
use crate::intake::sources::source::{Confidence, Context};

/// Qualtrics.
pub(crate) const TOOL: Dialect = Dialect {
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
    aside: |cell| {
        let status = cell("status").unwrap_or_default();
        if ["survey preview", "survey test"].contains(&status.to_lowercase().as_str()) {
            return Some(SetAside::Trial);
        }
        let done = cell("finished").or_else(|| cell("v10"))?;
        ["0", "false", "faux"]
            .contains(&done.to_lowercase().as_str())
            .then_some(SetAside::Unsent)
    },
    ..Dialect::PLAIN
};

fn frame(sheet: &Sheet, _: &Context) -> Option<TableFrame> {
    let json = |row: &&Row| {
        let cells = row.cells.iter();
        cells
            .take(3)
            .any(|c| c.value.text().starts_with("{\"ImportId\""))
    };
    if let Some(marks) = sheet.rows.iter().take(DEPTH).find(json) {
        let first = marks.index.saturating_sub(2);
        return Some(TableFrame {
            confidence: Confidence::Certain,
            header: HeaderRows {
                first,
                last: marks.index.saturating_sub(1),
            },
            data: marks.index + 1,
        });
    }
    let second = row_with(sheet, &[&["responseid"], &["responseset", "startdate"]])?;
    let legacy = second.checked_sub(1).filter(|r| sheet.text(*r, 0) == "V1");
    let last = if legacy.is_some() { second } else { second + 1 };
    Some(TableFrame {
        confidence: Confidence::Likely,
        header: HeaderRows {
            first: legacy.unwrap_or(second),
            last,
        },
        data: last + 1,
    })
}
