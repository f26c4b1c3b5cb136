//! Drupal 8 and later Webform: one header row, « Question: élément » for grids.

use super::header_rows::row_with;
use crate::base::sheets::Sheet;
use crate::intake::sources::dialect::{Dialect, SetAside, TableFrame};
use crate::intake::sources::source::{Confidence, Context};

/// Drupal Webform.
pub(crate) const TOOL: Dialect = Dialect {
    name: "drupal",
    label: "Drupal Webform",
    frame,
    silent: &[
        "submission id",
        "submission uuid",
        "submission uri",
        "in draft",
        "uri de soumission",
        "uuid de soumission",
        "created",
        "changed",
        "is draft",
        "current page",
        "language",
        "webform",
        "locked",
        "sticky",
        "notes",
        "identifiant de soumission",
        "cree",
        "modifie",
        "est brouillon",
        "page actuelle",
        "langue",
        "verrouille",
        "epingle",
    ],
    silent_prefixes: &["submitted by", "submitted to", "soumis par", "soumis a"],
    respondent: &["serial number", "numero de serie"],
    date: &["completed", "termine"],
    aside: |cell| {
        let draft = ["is draft", "est brouillon", "in draft"]
            .iter()
            .find_map(|h| cell(h))?;
        ["1", "Oui", "Yes"]
            .contains(&draft.as_str())
            .then_some(SetAside::Unsent)
    },
    ..Dialect::PLAIN
};

fn frame(sheet: &Sheet, _: &Context) -> Option<TableFrame> {
    let wanted: [&[&str]; 3] = [
        &["serial number", "numero de serie"],
        &[
            "submission id",
            "identifiant de soumission",
            "submission uuid",
        ],
        &[
            "completed",
            "termine",
            "is draft",
            "in draft",
            "est brouillon",
        ],
    ];
    Some(TableFrame::under(
        Confidence::Certain,
        row_with(sheet, &wanted)?,
    ))
}
