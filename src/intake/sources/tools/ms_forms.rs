//! Microsoft Forms: five own columns, then one per question in the order of creation; a choice
//! ends with « ; »; quizzes add two English columns after each question.

use super::header_rows::row_with;
use crate::base::sheets::Sheet;
use crate::intake::sources::dialect::{Dialect, TableFrame};
use crate::intake::sources::source::{Confidence, Context};

/// Microsoft Forms.
pub(crate) const TOOL: Dialect = Dialect {
    name: "msforms",
    label: "Microsoft Forms",
    frame,
    silent: &[
        "start time",
        "heure de debut",
        "last modified time",
        "heure de la derniere modification",
        "language",
        "langue",
        "total points",
        "quiz feedback",
    ],
    silent_prefixes: &["points ", "feedback "],
    respondent: &["id"],
    date: &["completion time", "heure de fin"],
    ..Dialect::PLAIN
};

fn frame(sheet: &Sheet, _: &Context) -> Option<TableFrame> {
    let wanted: [&[&str]; 3] = [
        &["id"],
        &["start time", "heure de debut"],
        &["completion time", "heure de fin"],
    ];
    Some(TableFrame::under(
        Confidence::Certain,
        row_with(sheet, &wanted)?,
    ))
}
