//! SurveyMonkey: the question at the first column of its block, the option or row under it;
//! re-saved files lose the second row.

use super::header_rows::row_with;
use crate::base::sheets::Sheet;
use crate::intake::sources::dialect::{Dialect, HeaderRows, TableFrame};
use crate::intake::sources::source::{Confidence, Context};

/// SurveyMonkey.
pub(crate) const TOOL: Dialect = Dialect {
    name: "surveymonkey",
    label: "SurveyMonkey",
    frame,
    silent: &[
        "collector id",
        "collectorid",
        "start date",
        "custom data 1",
        "date created",
        "id du collecteur",
        "date de debut",
        "donnees personnalisees 1",
    ],
    respondent: &ID,
    date: &["end date", "date modified", "date de fin"],
    blank: &["-"],
    ..Dialect::PLAIN
};

const ID: [&str; 3] = ["respondent id", "respondentid", "id du repondant"];

fn frame(sheet: &Sheet, _: &Context) -> Option<TableFrame> {
    let first = row_with(sheet, &[&ID])?;
    let under = first + 1;
    // The second header row has nothing under the respondent's id.
    let second =
        sheet.text(under, 0).is_empty() && sheet.row(under).is_some_and(|r| !r.cells.is_empty());
    let last = if second { under } else { first };
    Some(TableFrame {
        confidence: Confidence::Certain,
        header: HeaderRows { first, last },
        data: last + 1,
    })
}
