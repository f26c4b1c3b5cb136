//! Sphinx: a row of groups or nothing, then the names of variables, `N°Obs` or `CLE` first; labels
//! as answers, « Non réponse » for none.

use super::header_rows::DEPTH;
use crate::base::sheets::{Row, Sheet};
use crate::base::text::fold;
use crate::intake::sources::dialect::{Dialect, HeaderRows, TableFrame};
use crate::intake::sources::source::{Confidence, Context};

/// Sphinx.
pub(crate) const TOOL: Dialect = Dialect {
    name: "sphinx",
    label: "Sphinx",
    frame,
    silent: &[
        "date enreg",
        "date modif",
        "temps saisie",
        "origine saisie",
        "lang saisie",
        "appareil saisie",
        "progression",
        "cle",
    ],
    respondent: &KEYS,
    date: &["date saisie"],
    blank: &["Non réponse", "Non-réponse", "NR"],
    ..Dialect::PLAIN
};

const KEYS: [&str; 5] = ["n°obs", "n° obs", "nobs", "n obs", "cle"];

fn frame(sheet: &Sheet, _: &Context) -> Option<TableFrame> {
    let own = |row: &&Row| {
        let first = fold(&row.text(0));
        let capitals = row.text(0).chars().any(char::is_uppercase);
        (KEYS.contains(&first.as_str()) || first == "date saisie") && capitals
    };
    let row = sheet.rows.iter().take(DEPTH).find(own)?;
    let above = row.index.checked_sub(1).filter(|r| sheet.row(*r).is_some());
    Some(TableFrame {
        confidence: Confidence::Certain,
        header: HeaderRows {
            first: above.unwrap_or(row.index),
            last: row.index,
        },
        data: row.index + 1,
    })
}
