//! Drupal 8 and later Webform: one header row, « Question: élément » for grids.

use super::row_with;
use crate::sources::responses::{Dialect, Frame};
use crate::sources::{Confidence, Context, Sheet};

/// Drupal Webform.
pub const TOOL: Dialect = Dialect {
    name: "drupal",
    label: "Drupal Webform",
    frame,
    silent: &[
        "submission id",
        "submission uuid",
        "submission uri",
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
    finished: |cell| {
        let draft = ["is draft", "est brouillon"].iter().find_map(|h| cell(h));
        !draft.is_some_and(|d| ["1", "Oui", "Yes"].contains(&d.as_str()))
    },
    ..Dialect::PLAIN
};

fn frame(sheet: &Sheet, _: &Context) -> Option<Frame> {
    let wanted: [&[&str]; 3] = [
        &["serial number", "numero de serie"],
        &[
            "submission id",
            "identifiant de soumission",
            "submission uuid",
        ],
        &["completed", "termine", "is draft", "est brouillon"],
    ];
    Some(Frame::under(Confidence::Certain, row_with(sheet, &wanted)?))
}
