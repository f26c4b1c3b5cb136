//! LimeSurvey's response export, CSV or XLSX; codes, codes and text, or full text as headings.
//! Unfinished responses have no submission date; « N/A » is a question that was not asked.

use super::header_rows::DEPTH;
use crate::base::sheets::{Row, Sheet};
use crate::base::text::fold;
use crate::intake::sources::dialect::{CellNamed, Dialect, SetAside, TableFrame};
use crate::intake::sources::source::{Confidence, Context};

/// LimeSurvey.
pub(crate) const TOOL: Dialect = Dialect {
    name: "limesurvey",
    label: "LimeSurvey",
    frame,
    silent: &[
        "lastpage",
        "last page",
        "derniere page",
        "startlanguage",
        "start language",
        "langue de depart",
        "seed",
        "tete de serie",
        "startdate",
        "date started",
        "date de lancement",
        "datestamp",
        "date last action",
        "date de la derniere action",
        "interviewtime",
        "total time",
        "letzte seite",
        "start sprache",
        "temps total",
    ],
    silent_prefixes: &["grouptime", "group time", "question time", "temps pour"],
    respondent: &ID,
    date: &DATE,
    blank: &["N/A", "Sans objet"],
    aside: unsent,
    ..Dialect::PLAIN
};

const ID: [&str; 4] = ["id", "response id", "id de la reponse", "antwort id"];
const DATE: [&str; 4] = [
    "submitdate",
    "date submitted",
    "date de soumission",
    "datum abgeschickt",
];

/// The code before the text, in « id. Response ID ».
fn head(row: &Row, col: u32) -> String {
    let folded = fold(&row.text(col));
    folded.split(". ").next().unwrap_or("").to_owned()
}

/// Columns that may follow the id when the submission date was not exported.
const OWN: [&str; 8] = [
    "lastpage",
    "last page",
    "derniere page",
    "letzte seite",
    "startlanguage",
    "start language",
    "langue de depart",
    "seed",
];

/// Its first two headings are the response id and the submission date.
fn frame(sheet: &Sheet, _: &Context) -> Option<TableFrame> {
    let own = |row: &&Row| {
        let second = head(row, 1);
        let known = DATE.contains(&second.as_str()) || OWN.contains(&second.as_str());
        known && ID.contains(&head(row, 0).as_str())
    };
    let row = sheet.rows.iter().take(DEPTH).find(own)?;
    Some(TableFrame::under(Confidence::Certain, row.index))
}

fn unsent(cell: &CellNamed) -> Option<SetAside> {
    let sent = DATE.iter().find_map(|name| cell(name))?;
    sent.is_empty().then_some(SetAside::Unsent)
}
