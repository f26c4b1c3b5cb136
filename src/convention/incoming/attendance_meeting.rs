//! The meeting that an attendance list is of: named by who imports it, else by the date and the title that the sheet
//! bears. Never guessed.

use super::attendance_table::AttendanceList;
use crate::base::diagnostics::{Code, Diagnostic, Location};
use crate::base::text::{dates_in, fold, iso_date};
use crate::convention::convention_words::{ClosedWord, TempsKind};
use crate::convention::register_columns::{Register, TempsColumn};
use crate::convention::registers::{RegisterRow, Registers};

/// Titles shorter than this are found anywhere.
const SHORTEST: usize = 8;

/// The meeting of a list.
///
/// # Errors
///
/// None or several fit: what to write so that it is known.
pub(super) fn meeting_of<'a>(
    registers: &'a Registers,
    list: &AttendanceList,
    named: Option<&str>,
    at: &Location,
) -> Result<&'a RegisterRow, Box<Diagnostic>> {
    let all = registers.rows(Register::Temps);
    let refused = |message: String, near: &[&RegisterRow]| {
        Box::new(
            Diagnostic::new(Code::AttendanceMeeting, at.clone(), message).with_remedy(remedy(near)),
        )
    };
    if let Some(id) = named {
        let own = all.iter().find(|row| row.id.eq_ignore_ascii_case(id));
        return own.ok_or_else(|| {
            refused(
                format!("le temps « {id} » n’existe pas dans le suivi."),
                &nearest(all),
            )
        });
    }
    let words: Vec<String> = list.above.iter().map(|t| fold(t)).collect();
    let titled: Vec<&RegisterRow> = all.iter().filter(|row| is_titled(row, &words)).collect();
    let days = days(list);
    if days.is_empty() {
        return match titled.as_slice() {
            [only] => Ok(only),
            [] => Err(refused(
                "rien n’y dit de quel temps est cette liste : ni date, ni intitulé.".to_owned(),
                &nearest(all),
            )),
            several => Err(refused(
                "l’intitulé qu’elle porte est celui de plusieurs temps, et elle n’a pas de date."
                    .to_owned(),
                several,
            )),
        };
    }
    let dated: Vec<&RegisterRow> = all
        .iter()
        .filter(|row| days.iter().any(|d| d == row.text(TempsColumn::Date)))
        .collect();
    let both: Vec<&RegisterRow> = dated
        .iter()
        .copied()
        .filter(|row| titled.iter().any(|t| t.id == row.id))
        .collect();
    let of_kind: Vec<&RegisterRow> = dated
        .iter()
        .copied()
        .filter(|row| is_of_kind(row, &words))
        .collect();
    match (dated.as_slice(), both.as_slice(), of_kind.as_slice()) {
        (_, [only], _) => Ok(only),
        // The title of another meeting is a contradiction, not a detail.
        ([only], [], _) if titled.is_empty() => Ok(only),
        (_, [], [only]) if titled.is_empty() => Ok(only),
        ([], ..) => Err(refused(
            format!("aucun temps du suivi n’est daté du {}.", said(&days)),
            &nearest_to(all, &days),
        )),
        (_, [], _) if !titled.is_empty() => Err(refused(
            "sa date est celle d’un temps, et son intitulé celui d’un autre.".to_owned(),
            &dated,
        )),
        _ => Err(refused(
            format!("plusieurs temps sont datés du {}.", said(&days)),
            &dated,
        )),
    }
}

fn said(days: &[String]) -> String {
    let shown: Vec<String> = days
        .iter()
        .map(|d| crate::base::text::date_short(d))
        .collect();
    shown.join(", ")
}

/// Dates of what stands above the table.
fn days(list: &AttendanceList) -> Vec<String> {
    let mut days: Vec<String> = list
        .above
        .iter()
        .flat_map(|text| {
            let alone = iso_date(text);
            dates_in(text).into_iter().chain(alone)
        })
        .collect();
    days.sort();
    days.dedup();
    days
}

fn is_titled(row: &RegisterRow, words: &[String]) -> bool {
    let title = fold(row.text(TempsColumn::Intitule));
    title.len() >= SHORTEST && words.iter().any(|w| w.contains(&title))
}

fn is_of_kind(row: &RegisterRow, words: &[String]) -> bool {
    let kind = row
        .word::<TempsKind>(TempsColumn::Type)
        .map(|k| fold(k.label()));
    kind.is_some_and(|kind| words.iter().any(|w| w.contains(&kind)))
}

/// « --temps T-012 (12/05/2026, « Passerelles 2 ») ».
fn remedy(near: &[&RegisterRow]) -> String {
    let shown: Vec<String> = near
        .iter()
        .take(4)
        .map(|row| {
            let day = row
                .day(TempsColumn::Date)
                .map_or_else(String::new, crate::base::day::Day::short);
            format!(
                "{} ({day}, « {} »)",
                row.id,
                row.text(TempsColumn::Intitule)
            )
        })
        .collect();
    let choice = if shown.is_empty() {
        String::new()
    } else {
        format!(" Ceux qui s’en approchent : {}.", shown.join(" ; "))
    };
    format!(
        "Relancez avec --temps et l’identifiant du temps ; s’il n’est pas au suivi, ajoutez-l’y d’abord.{choice}"
    )
}

/// The last meetings held.
fn nearest(all: &[RegisterRow]) -> Vec<&RegisterRow> {
    let mut rows: Vec<&RegisterRow> = all.iter().collect();
    rows.sort_by_key(|row| std::cmp::Reverse(row.day(TempsColumn::Date)));
    rows
}

/// Those of the days around.
fn nearest_to<'a>(all: &'a [RegisterRow], days: &[String]) -> Vec<&'a RegisterRow> {
    let Some(wanted) = days
        .first()
        .and_then(|d| d.parse::<crate::base::day::Day>().ok())
    else {
        return nearest(all);
    };
    let mut rows: Vec<&RegisterRow> = all
        .iter()
        .filter(|row| row.day(TempsColumn::Date).is_some())
        .collect();
    let gap = |row: &RegisterRow| {
        row.day(TempsColumn::Date)
            .map_or(i32::MAX, |d| (d.number() - wanted.number()).abs())
    };
    rows.sort_by_key(|row| gap(row));
    rows
}
