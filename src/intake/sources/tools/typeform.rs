//! Typeform: the response's token under « # », questions, then dates in UTC.

use super::header_rows::DEPTH;
use crate::base::sheets::{Cell, Row, Sheet};
use crate::base::text::fold;
use crate::intake::sources::dialect::{Dialect, SetAside, TableFrame};
use crate::intake::sources::source::{Confidence, Context};

/// Typeform.
pub(crate) const TOOL: Dialect = Dialect {
    name: "typeform",
    label: "Typeform",
    frame,
    silent: &[
        "response type",
        "start date (utc)",
        "stage date (utc)",
        "network id",
        "tags",
        "ending",
        "score",
    ],
    respondent: &["#"],
    date: &["submit date (utc)"],
    aside: |cell| {
        let kind = cell("response type")?;
        ["started", "partial"]
            .contains(&kind.as_str())
            .then_some(SetAside::Unsent)
    },
    ..Dialect::PLAIN
};

fn frame(sheet: &Sheet, _: &Context) -> Option<TableFrame> {
    let own = |row: &&Row| {
        let utc = |c: &Cell| fold(&c.value.text()) == "submit date (utc)";
        row.text(0) == "#" && row.cells.iter().any(utc)
    };
    let row = sheet.rows.iter().take(DEPTH).find(own)?;
    Some(TableFrame::under(Confidence::Certain, row.index))
}
