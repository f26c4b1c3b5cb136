//! **CTG**, what a file does not say: of which meeting a list is, whether all came, of which kind meetings of a calendar
//! are, whether what only resembles is agreed on. Chosen on the page, kept beside the file that waits.

use serde_json::{Value, json};

use crate::actions::ctg_importer::{SuiviImportOutcome, proposals_book};
use crate::actions::ctg_registre::FollowUpDesk;
use crate::base::diagnostics::Code;
use crate::base::error::{Error, Result};
use crate::base::text::date_short;
use crate::campaign::today;
use crate::convention::{
    ClosedWord, IncomingChoices, Register, RegisterColumn, ShownRow, TempsColumn, TempsKind,
};
use crate::pages::answer::{PageAnswer, SentBytes};
use crate::pages::page_ask::PageAsk;
use crate::pages::reception::{Reception, SaidOfFile, WaitingFile};
use crate::pages::waiting_books::WaitingBooks;

/// Where files of the follow-up wait.
pub(super) const BOOKS: WaitingBooks = WaitingBooks {
    here: "/ctg/classeurs",
    into: "suivi",
    called: ["fichier", "fichiers"],
    at: Reception::of_follow_up,
};
const MEETING: &str = "temps";
const ALL_CAME: &str = "tous_presents";
const KIND: &str = "type";
const NEAR: &str = "proches";

/// What was chosen for a file.
pub(super) fn choices(file: &WaitingFile) -> IncomingChoices {
    let said = |name: &str| {
        let mut all = file.said.choices.iter();
        all.find(|(n, _)| n == name).map(|(_, value)| value.clone())
    };
    IncomingChoices {
        meeting: said(MEETING),
        all_present: said(ALL_CAME).is_some(),
        kind: said(KIND).and_then(|word| TempsKind::read(&word)),
        accept_near: said(NEAR).is_some(),
        proposes: false,
    }
}

/// What is asked of a file, and what was answered; nothing where it says all.
pub(super) fn asked_of(
    found: &SuiviImportOutcome,
    file: &WaitingFile,
    desk: &FollowUpDesk,
) -> Value {
    let told = found.diagnostics();
    let has = |code: Code| told.iter().any(|d| d.code == code);
    let chosen = choices(file);
    let meeting = has(Code::AttendanceMeeting) || chosen.meeting.is_some();
    let kind = has(Code::CalendarKind) || chosen.kind.is_some();
    let kinds = TempsKind::ALL
        .iter()
        .map(|k| json!({ "code": k.key(), "mot": k.label(), "choisi": chosen.kind == Some(*k) }));
    json!({
        "temps": meeting.then(|| meetings(desk, chosen.meeting.as_deref())),
        "tous_presents": has(Code::AttendanceUnmarked) || chosen.all_present,
        "tous_presents_dit": chosen.all_present,
        "types": kind.then(|| kinds.collect::<Vec<_>>()),
        "proches": has(Code::NearWording) || chosen.accept_near,
        "proches_dit": chosen.accept_near,
    })
}

/// Meetings of the register, the last one first.
fn meetings(desk: &FollowUpDesk, chosen: Option<&str>) -> Vec<Value> {
    let rows = desk.desk.rows(&desk.convention, Register::Temps, desk.day);
    let cell = |row: &ShownRow, column: TempsColumn| super::ctg_fields::shown(row, column.field());
    let mut all: Vec<(String, Value)> = rows
        .iter()
        .map(|row| {
            let day = cell(row, TempsColumn::Date);
            let words = format!(
                "{} · {} · {}",
                date_short(&day),
                cell(row, TempsColumn::Type),
                cell(row, TempsColumn::Intitule)
            );
            let value =
                json!({ "code": row.id, "mot": words, "choisi": chosen == Some(row.id.as_str()) });
            (day, value)
        })
        .collect();
    all.sort_by(|a, b| b.0.cmp(&a.0));
    all.into_iter().map(|(_, value)| value).collect()
}

/// What was chosen is kept beside the file.
pub(crate) fn say(asked: &PageAsk) -> Result<PageAnswer> {
    let opened = asked.open()?;
    let kind = asked.field(KIND);
    if !kind.is_empty() && TempsKind::read(kind).is_none() {
        return Err(Error::Usage(format!(
            "« {kind} » n’est pas un type de réunion."
        )));
    }
    let chosen = [MEETING, ALL_CAME, KIND, NEAR]
        .into_iter()
        .filter_map(|name| {
            let value = asked.field(name);
            (!value.is_empty()).then(|| (name.to_owned(), value.to_owned()))
        });
    let said = SaidOfFile {
        choices: chosen.collect(),
        ..SaidOfFile::default()
    };
    BOOKS
        .reception(asked, &opened)?
        .say(asked.field("rang"), &said)?;
    asked.done(
        BOOKS.here,
        "C’est noté. Rien n’est encore au suivi : regardez, puis faites entrer.",
    )
}

/// The meetings that a calendar proposes, as a workbook whose column « Type » is to be filled.
pub(crate) fn proposals(asked: &PageAsk) -> Result<PageAnswer> {
    let opened = asked.open()?;
    let file = BOOKS.reception(asked, &opened)?.one(asked.query("rang"))?;
    let bytes = proposals_book(&opened, &file.path, choices(&file))?;
    let said = ["Réunions à confirmer", &today().to_string()];
    Ok(PageAnswer::Bytes(SentBytes::named(&said, "xlsx", bytes)))
}
