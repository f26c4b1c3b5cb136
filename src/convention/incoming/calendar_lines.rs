//! A calendar as lines of `Temps`: a person says of which kind they are, for all of them or line by line in a workbook.

use std::collections::BTreeSet;

use jiff::civil::Date;

use super::calendar_file::{CalendarEvent, CalendarFile};
use super::calendar_rules::{Repeated, repeated};
use super::made_lines::{IncomingSetting, MadeLines, line};
use super::title_screen::TitleScreen;
use crate::base::diagnostics::{Code, Diagnostic, Location};
use crate::base::text::{count, date_short, fold, list, short};
use crate::convention::convention_words::{ClosedWord, TempsKind};
use crate::convention::register_columns::{Register, RegisterColumn, TempsColumn as T};
use crate::convention::registers::NewRow;

/// A meeting that a calendar proposes.
struct Proposed {
    day: Date,
    title: String,
    hours: Option<f64>,
}

/// The meetings of a calendar.
pub(super) fn lines(setting: &IncomingSetting, file: &CalendarFile) -> MadeLines {
    let at = Location::file(setting.file);
    let mut made = MadeLines::default();
    if file.is_cut {
        let message =
            "l’agenda s’arrête avant sa fin : des événements y manquent. Exportez-le de nouveau.";
        let told = Diagnostic::new(Code::FileUnreadable, at, message);
        made.diagnostics.push(told);
        return made;
    }
    let (proposed, told) = proposed(setting, file);
    let told = told.into_iter();
    made.diagnostics
        .extend(told.map(|(code, message)| Diagnostic::new(code, at.clone(), message)));
    let known = known(setting);
    let (there, mut new): (Vec<Proposed>, Vec<Proposed>) = proposed
        .into_iter()
        .partition(|p| known.contains(&(p.day.to_string(), fold(&p.title))));
    if !there.is_empty() {
        let told = count(
            there.len(),
            "temps est déjà au suivi, à la même date et sous le même intitulé : il n’est pas ajouté",
            "temps sont déjà au suivi, à la même date et sous le même intitulé : ils ne sont pas ajoutés",
        );
        let told = Diagnostic::new(Code::CalendarKnown, at.clone(), format!("{told}."));
        made.diagnostics.push(told);
    }
    new.sort_by(|a, b| (a.day, &a.title).cmp(&(b.day, &b.title)));
    new.dedup_by(|a, b| a.day == b.day && fold(&a.title) == fold(&b.title));
    match setting.choices.kind {
        Some(kind) if !setting.choices.proposes => {
            let lines = new.iter().enumerate().map(|(i, p)| p.line(i, kind));
            made.lines = lines.collect();
        }
        _ if new.is_empty() => {}
        kind if setting.choices.proposes => {
            made.proposed = new.iter().map(|p| p.row(kind)).collect();
        }
        _ => {
            let new = count(new.len(), "temps proposé", "temps proposés");
            let message = format!("{new} : un agenda ne dit pas de quel type.");
            let told = Diagnostic::new(Code::CalendarKind, at, message);
            made.diagnostics.push(told);
        }
    }
    made
}

/// Every meeting, and what is told of the calendar.
fn proposed(
    setting: &IncomingSetting,
    file: &CalendarFile,
) -> (Vec<Proposed>, Vec<(Code, String)>) {
    let left = left_out(file).into_iter();
    let mut told: Vec<(Code, String)> = left.map(|m| (Code::CalendarLeftOut, m)).collect();
    if file.has_persons {
        let message = "organisateur, participants, descriptions : rien n’en est gardé.";
        told.push((Code::PersonalColumn, message.to_owned()));
    }
    let screen = TitleScreen::of(setting);
    let (mut proposed, mut screened) = (Vec::new(), 0);
    for event in &file.events {
        let (days, repeats) = days(event, file);
        let title = screen.kept(&event.title);
        screened += usize::from(title.is_none() && !event.title.is_empty());
        let title = title.unwrap_or_default();
        if let Some(repeats) = repeats {
            let shown = if title.is_empty() {
                "un temps sans intitulé".to_owned()
            } else {
                format!("« {} »", short(&title, 60))
            };
            told.push((Code::CalendarRepeats, format!("{shown} : {repeats}")));
        }
        proposed.extend(days.into_iter().map(|day| Proposed {
            day,
            title: title.clone(),
            hours: event.hours,
        }));
    }
    if screened > 0 {
        let words = count(
            screened,
            "intitulé qui semble nommer quelqu’un : laissé vide",
            "intitulés qui semblent nommer quelqu’un : laissés vides",
        );
        told.push((Code::CalendarTitle, format!("{words}.")));
    }
    (proposed, told)
}

/// Date and folded title of the meetings that are there.
fn known(setting: &IncomingSetting) -> BTreeSet<(String, String)> {
    let rows = setting.registers.rows(Register::Temps).iter();
    rows.map(|row| (row.text(T::Date).to_owned(), fold(row.text(T::Intitule))))
        .collect()
}

fn left_out(file: &CalendarFile) -> Vec<String> {
    let counted = [
        (
            file.cancelled,
            "événement annulé laissé de côté",
            "événements annulés laissés de côté",
        ),
        (
            file.private,
            "événement privé laissé de côté",
            "événements privés laissés de côté",
        ),
        (
            file.unread,
            "événement dont le jour ne se lit pas, laissé de côté",
            "événements dont le jour ne se lit pas, laissés de côté",
        ),
    ];
    counted
        .into_iter()
        .filter(|(n, ..)| *n > 0)
        .map(|(n, one, many)| format!("{}.", count(n, one, many)))
        .collect()
}

/// The days of an event; what is told of one that repeats.
fn days(event: &CalendarEvent, file: &CalendarFile) -> (Vec<Date>, Option<String>) {
    let first = event.start.at.date();
    let Some(rule) = &event.rule else {
        return (vec![first], None);
    };
    // A day of the series that was moved is an event of its own.
    let moved: BTreeSet<Date> = file
        .events
        .iter()
        .filter(|e| e.uid == event.uid)
        .filter_map(|e| e.replaces)
        .collect();
    match repeated(rule, first) {
        Repeated::Days(days) => {
            let kept: Vec<Date> = days
                .into_iter()
                .filter(|d| !event.without.contains(d) && !moved.contains(d))
                .collect();
            let shown: Vec<String> = kept
                .iter()
                .take(4)
                .map(|d| date_short(&d.to_string()))
                .collect();
            let more = if kept.len() > 4 { "…" } else { "" };
            let told = format!(
                "se répète {} : {}{more}.",
                count(kept.len(), "fois", "fois"),
                list(&shown)
            );
            (kept, Some(told))
        }
        Repeated::Endless => (
            vec![first],
            Some("se répète sans fin : seule la première date est proposée.".to_owned()),
        ),
        Repeated::Unread => (
            vec![first],
            Some(
                "se répète d’une façon qui n’est pas lue : seule la première date est proposée."
                    .to_owned(),
            ),
        ),
    }
}

impl Proposed {
    fn hours(&self) -> String {
        // A quarter of an hour is enough.
        self.hours
            .map_or_else(String::new, |h| ((h * 4.0).round() / 4.0).to_string())
    }

    fn line(&self, rank: usize, kind: TempsKind) -> crate::convention::suivi_reading::SuiviLine {
        let mut made = line(Register::Temps, "", rank as u32);
        made.put(T::Date.field(), self.day.to_string());
        made.put(T::Type.field(), kind.label());
        made.put(T::Intitule.field(), self.title.clone());
        made.put(T::Duree.field(), self.hours());
        made
    }

    fn row(&self, kind: Option<TempsKind>) -> NewRow {
        NewRow::new(Register::Temps, "")
            .with(T::Date, self.day.to_string())
            .with(T::Type, kind.map_or("", ClosedWord::label))
            .with(T::Intitule, self.title.clone())
            .with(T::Duree, self.hours())
    }
}
