//! Google Forms: the timestamp first, then questions; grids as « Question [ligne] ».

use super::header_rows::DEPTH;
use crate::base::sheets::{Row, Sheet};
use crate::base::text::fold;
use crate::intake::sources::dialect::{Dialect, TableFrame};
use crate::intake::sources::source::{Confidence, Context};

/// Google Forms.
pub(crate) const TOOL: Dialect = Dialect {
    name: "googleforms",
    label: "Google Forms",
    frame,
    silent: &["score"],
    date: &STAMP,
    ..Dialect::PLAIN
};

const STAMP: [&str; 3] = ["horodateur", "timestamp", "horodatage"];

fn frame(sheet: &Sheet, _: &Context) -> Option<TableFrame> {
    let own = |row: &&Row| STAMP.contains(&fold(&row.text(0)).as_str());
    let row = sheet.rows.iter().take(DEPTH).find(own)?;
    Some(TableFrame::under(Confidence::Certain, row.index))
}
