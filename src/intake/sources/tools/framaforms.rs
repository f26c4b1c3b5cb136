//! Framaforms (Drupal 7 Webform): the form's title, the questions of several columns, then the
//! columns themselves; drafts are exported too.

use super::header_rows::row_with;
use crate::base::sheets::Sheet;
use crate::base::text::fold;
use crate::intake::sources::dialect::{Dialect, HeaderRows, SetAside, TableFrame};
use crate::intake::sources::source::{Confidence, Context};

/// Framaforms.
pub(crate) const TOOL: Dialect = Dialect {
    name: "framaforms",
    label: "Framaforms",
    frame,
    silent: &[
        "sid",
        "completed time",
        "modified time",
        "draft",
        "uid",
        "submitted time",
        "termine",
        "date de modification",
        "brouillon",
        "form sid",
    ],
    silent_prefixes: &["webform "],
    respondent: &SERIAL,
    date: &["submitted time", "heure de soumission", "webform time"],
    aside: |cell| {
        let draft = ["draft", "brouillon", "webform draft"];
        let draft = draft.iter().find_map(|h| cell(h))?;
        ["1", "Oui", "Yes"]
            .contains(&draft.as_str())
            .then_some(SetAside::Unsent)
    },
    ..Dialect::PLAIN
};

/// « Numéro de série », or the key that the exporter writes in its place.
const SERIAL: [&str; 3] = ["serial", "numero de serie", "webform serial"];

/// Row 3 has the serial number and the submission; row 2 the questions of several columns.
fn frame(sheet: &Sheet, _: &Context) -> Option<TableFrame> {
    let last = row_with(sheet, &[&SERIAL, &["sid", "webform sid"]])?;
    let above = last.checked_sub(1).filter(|r| {
        let first = fold(&sheet.text(*r, 0));
        ["submission details", "details de la soumission"].contains(&first.as_str())
    });
    Some(TableFrame {
        confidence: Confidence::Certain,
        header: HeaderRows {
            first: above.unwrap_or(last),
            last,
        },
        data: last + 1,
    })
}
