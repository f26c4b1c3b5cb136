//! Nextcloud Forms: who answered, when, then one column per question; grids as « Question (ligne) ».

use super::header_rows::row_with;
use crate::base::sheets::Sheet;
use crate::intake::sources::dialect::{Dialect, TableFrame};
use crate::intake::sources::source::{Confidence, Context};

/// Nextcloud Forms.
pub(crate) const TOOL: Dialect = Dialect {
    name: "nextcloud",
    label: "Nextcloud Forms",
    frame,
    // Whoever is not logged in is « Utilisateur anonyme », with no id: neither tells one response from another.
    silent: &NAMES,
    date: &STAMP,
    ..Dialect::PLAIN
};

const NAMES: [&str; 5] = [
    "identifiant utilisateur",
    "user id",
    "nom d affichage de l utilisateur",
    "user display name",
    "nom d utilisateur",
];
const STAMP: [&str; 3] = ["horodatage", "timestamp", "horodateur"];

fn frame(sheet: &Sheet, _: &Context) -> Option<TableFrame> {
    let row = row_with(sheet, &[&NAMES[..2], &NAMES[2..], &STAMP])?;
    Some(TableFrame::under(Confidence::Certain, row))
}
