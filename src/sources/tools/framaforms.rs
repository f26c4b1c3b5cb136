//! Framaforms (Drupal 7 Webform): the form's title, the questions of several columns, then the
//! columns themselves; drafts are exported too.

use super::row_with;
use crate::sources::responses::{Dialect, Frame};
use crate::sources::{Confidence, Context, Sheet};
use crate::text::fold;

/// Framaforms.
pub const TOOL: Dialect = Dialect {
    name: "framaforms",
    label: "Framaforms",
    frame,
    silent: &[
        "sid",
        "completed time",
        "modified time",
        "draft",
        "uid",
        "heure de soumission",
        "termine",
        "date de modification",
        "brouillon",
        "form sid",
    ],
    respondent: &["serial", "numero de serie"],
    date: &["submitted time", "heure de soumission"],
    finished: |cell| {
        !["draft", "brouillon"]
            .iter()
            .any(|h| cell(h).is_some_and(|d| d == "1"))
    },
    ..Dialect::PLAIN
};

/// Row 3 has the serial number and the submission; row 2 the questions of several columns.
fn frame(sheet: &Sheet, _: &Context) -> Option<Frame> {
    let last = row_with(sheet, &[&["serial", "numero de serie"], &["sid"]])?;
    let above = last.checked_sub(1).filter(|r| {
        let first = fold(&sheet.text(*r, 0));
        [
            "submission details",
            "details de la soumission",
            "submission details",
        ]
        .contains(&first.as_str())
    });
    Some(Frame {
        confidence: Confidence::Certain,
        header: (above.unwrap_or(last), last),
        data: last + 1,
    })
}
