//! KoboToolbox: names or labels, with or without group prefixes; every export ends with the
//! system's own columns. HXL tags may stand in a second header row.

use super::header_rows::row_with;
use crate::base::sheets::Sheet;
use crate::intake::sources::dialect::{Dialect, RepeatedGroup, SetAside, TableFrame};
use crate::intake::sources::source::{Confidence, Context};

/// KoboToolbox.
pub(crate) const TOOL: Dialect = Dialect {
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
        "version",
        "tags",
        "index",
        "audit",
        "instanceid",
        "meta/instanceid",
    ],
    silent_prefixes: &["version", "meta/", "parent ", "submission "],
    alone: Some(
        "le CSV de Kobo ne contient pas les groupes répétés : exportez en XLSX, une feuille par groupe.",
    ),
    respondent: &["uuid"],
    date: &["submission time"],
    repeat,
    any_path: true,
    aside: |cell| {
        let status = cell("validation status")?;
        let refused = [
            "validation status not approved",
            "not approved",
            "non approuve",
        ];
        let refused = refused.contains(&crate::base::text::fold(&status).as_str());
        refused.then_some(SetAside::Rejected)
    },
    ..Dialect::PLAIN
};

/// Folding turns `_uuid` into « uuid ».
fn frame(sheet: &Sheet, _: &Context) -> Option<TableFrame> {
    let marks: [&[&str]; 3] = [&["uuid"], &["submission time"], &["index"]];
    let row = row_with(sheet, &marks)?;
    // A repeat's sheet has the same columns behind « _submission_ ».
    let raw = sheet
        .row(row)?
        .cells
        .iter()
        .any(|c| c.value.text() == "_uuid");
    let mut frame = TableFrame::under(Confidence::Certain, row);
    let tags = sheet.row(row + 1).is_some_and(|r| {
        !r.cells.is_empty() && r.cells.iter().all(|c| c.value.text().starts_with('#'))
    });
    frame.data += u32::from(tags);
    raw.then_some(frame)
}

/// A repeated group has its own sheet; each line names its submission.
fn repeat(sheet: &Sheet) -> Option<RepeatedGroup> {
    let row = row_with(sheet, &[&["parent index"], &["submission uuid"]])?;
    Some(RepeatedGroup {
        frame: TableFrame::under(Confidence::Certain, row),
        link: "submission uuid",
        root: "uuid",
    })
}
