//! LimeSurvey's response export, CSV or XLSX; codes, codes and text, or full text as headings.
//! Unfinished responses have no submission date; « N/A » is a question that was not asked.

use super::DEPTH;
use crate::sources::responses::{CellNamed, Dialect, Frame};
use crate::sources::{Confidence, Context, Row, Sheet};
use crate::text::fold;

/// LimeSurvey.
pub const TOOL: Dialect = Dialect {
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
        "temps total",
    ],
    silent_prefixes: &["grouptime", "group time", "question time", "temps pour"],
    respondent: &ID,
    date: &DATE,
    blank: &["N/A", "Sans objet"],
    finished,
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

/// Its first two headings are the response id and the submission date.
fn frame(sheet: &Sheet, _: &Context) -> Option<Frame> {
    let own =
        |row: &&Row| ID.contains(&head(row, 0).as_str()) && DATE.contains(&head(row, 1).as_str());
    let row = sheet.rows.iter().take(DEPTH).find(own)?;
    Some(Frame::under(Confidence::Certain, row.index))
}

fn finished(cell: &CellNamed) -> bool {
    let sent = DATE.iter().find_map(|name| cell(name));
    sent.is_none_or(|date| !date.is_empty())
}
