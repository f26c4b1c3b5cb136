//! Who is expected at a meeting: services that its register names already, else those invited to the last meeting of
//! the same kind; and the sheet where who came is typed, brought back like any other.

use std::collections::BTreeSet;

use crate::base::day::Day;
use crate::base::error::Result;
use crate::base::text::fold;
use crate::convention::convention_model::Convention;
use crate::convention::convention_words::TempsKind;
use crate::convention::meetings::{Meeting, MeetingTable};
use crate::convention::register_columns::{PresencesColumn, Register, SuiviField, TempsColumn};
use crate::convention::registers::{NewRow, Registers};
use crate::convention::suivi_book::SuiviBook;
use crate::convention::suivi_workbook::write_suivi;

/// A service that is expected.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct ExpectedService {
    /// Its organisation, as it is written.
    organisation: String,
    /// Its own name; may be empty.
    service: String,
}

/// Services expected at a meeting.
fn expected_services(registers: &Registers, meeting: &str) -> Vec<ExpectedService> {
    let table = MeetingTable::of(registers);
    let own = table.meetings.iter().find(|m| m.row.id == meeting);
    let Some(own) = own else {
        return Vec::new();
    };
    let named = invited(own);
    if !named.is_empty() {
        return named;
    }
    let kind: Option<TempsKind> = own.row.word(TempsColumn::Type);
    let before = table.meetings.iter().rev();
    let mut before = before.filter(|m| m.kind == kind && m.date < own.date);
    before
        .find_map(|m| Some(invited(m)).filter(|all| !all.is_empty()))
        .unwrap_or_default()
}

fn invited(meeting: &Meeting) -> Vec<ExpectedService> {
    let mut seen = BTreeSet::new();
    let all = meeting.services.iter().filter(|s| s.is_invited);
    let all = all.map(|s| ExpectedService {
        organisation: s.organisation.clone(),
        service: s.service.clone(),
    });
    all.filter(|s| seen.insert((fold(&s.organisation), fold(&s.service))))
        .collect()
}

/// The workbook where who came to a meeting is typed: its own lines, and those expected that have none yet.
///
/// # Errors
///
/// A workbook that cannot be written.
pub(crate) fn attendance_sheet(
    convention: &Convention,
    registers: &Registers,
    meeting: &str,
    (day, fictitious): (Day, bool),
) -> Result<Vec<u8>> {
    let known = registers.rows(Register::Presences).iter();
    let known = known.filter(|row| row.text(PresencesColumn::Temps) == meeting);
    let mut rows: Vec<NewRow> = known
        .map(|row| {
            let mut kept = NewRow::new(Register::Presences, &row.id);
            let fields = SuiviField::all(Register::Presences);
            kept.cells = fields.map(|f| (f, row.held(f).to_owned())).collect();
            kept
        })
        .collect();
    if rows.is_empty() {
        let expected = expected_services(registers, meeting).into_iter();
        rows.extend(expected.map(|s| {
            NewRow::new(Register::Presences, "")
                .with(PresencesColumn::Temps, meeting)
                .with(PresencesColumn::Organisme, s.organisation)
                .with(PresencesColumn::Service, s.service)
                .with(PresencesColumn::Invite, "oui")
        }));
    }
    let own = Registers::of_rows(rows, registers.version());
    let book = SuiviBook::new(convention, &own, None, day, fictitious);
    write_suivi(&book.with_sheets(&[Register::Presences]))
}
