//! A calendar exported as `.ics`: when, how long, under which title. Who is invited, who invites, where and what is
//! written inside are never looked at.

use std::collections::BTreeSet;

use jiff::civil::Date;

use super::calendar_moments::{CalendarMoment, hours, moment};
use crate::base::sheets::french_text;

/// A calendar.
#[derive(Debug, Default)]
pub(in crate::convention) struct CalendarFile {
    pub events: Vec<CalendarEvent>,
    /// Events called off.
    pub cancelled: usize,
    /// Events that their owner marked as private.
    pub private: usize,
    /// Events whose day cannot be read.
    pub unread: usize,
    /// Whether it stops before its end: events are missing.
    pub is_cut: bool,
    /// Whether somebody is named in it: organiser, attendees, descriptions.
    pub has_persons: bool,
}

/// An event.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::convention) struct CalendarEvent {
    pub title: String,
    pub(super) start: CalendarMoment,
    /// None where nothing says it, or for whole days.
    pub hours: Option<f64>,
    /// `RRULE`, as written.
    pub(super) rule: Option<String>,
    pub(super) without: BTreeSet<Date>,
    /// The day of a series that it takes the place of.
    pub(super) replaces: Option<Date>,
    pub(super) uid: String,
}

/// A property: name, parameters left out, value.
struct Property<'a> {
    name: String,
    value: &'a str,
}

/// The calendar that some bytes are; none when they are anything else.
pub(super) fn calendar(bytes: &[u8]) -> Option<CalendarFile> {
    let text = french_text(bytes);
    let text = text.trim_start();
    if !text
        .get(..15)
        .is_some_and(|head| head.eq_ignore_ascii_case("BEGIN:VCALENDAR"))
    {
        return None;
    }
    let lines = unfolded(text);
    let mut file = CalendarFile {
        is_cut: !lines
            .iter()
            .rev()
            .find(|line| !line.trim().is_empty())
            .is_some_and(|last| last.trim().eq_ignore_ascii_case("END:VCALENDAR")),
        ..CalendarFile::default()
    };
    let mut is_cancelled_whole = false;
    let mut inside: Vec<String> = Vec::new();
    let mut own: Vec<Property> = Vec::new();
    for line in &lines {
        let Some(property) = property(line) else {
            continue;
        };
        match property.name.as_str() {
            "BEGIN" => {
                inside.push(property.value.trim().to_ascii_uppercase());
                if property.value.trim().eq_ignore_ascii_case("VEVENT") {
                    own.clear();
                }
            }
            "END" => {
                let ended = inside.pop();
                if ended.is_some_and(|part| part == "VEVENT") {
                    file.add(&own, is_cancelled_whole);
                    own.clear();
                }
            }
            "METHOD" => is_cancelled_whole = property.value.trim().eq_ignore_ascii_case("CANCEL"),
            _ if inside.last().is_some_and(|c| c == "VEVENT") => own.push(property),
            _ => {}
        }
    }
    Some(file)
}

/// Lines put back together: one that begins with a space goes on.
fn unfolded(text: &str) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for line in text.split('\n').map(|l| l.trim_end_matches('\r')) {
        match (line.strip_prefix([' ', '\t']), lines.last_mut()) {
            (Some(rest), Some(last)) => last.push_str(rest),
            _ => lines.push(line.to_owned()),
        }
    }
    lines
}

/// `DTSTART;TZID="Romance Standard Time":20260512T140000`: a colon between quotes is none.
fn property(line: &str) -> Option<Property<'_>> {
    let mut is_quoted = false;
    let colon = line.char_indices().find(|(_, c)| {
        is_quoted ^= *c == '"';
        *c == ':' && !is_quoted
    });
    let (head, value) = line.split_at(colon?.0);
    let name = head
        .split(';')
        .next()
        .unwrap_or("")
        .trim()
        .to_ascii_uppercase();
    Some(Property {
        name,
        value: &value[1..],
    })
}

/// `\,` `\;` `\n` as they are read.
fn plain(text: &str) -> String {
    let (mut out, mut escaped) = (String::new(), false);
    for c in text.chars() {
        match (escaped, c) {
            (true, 'n' | 'N') => out.push(' '),
            (false, '\\') => {}
            (_, c) => out.push(c),
        }
        escaped = !escaped && c == '\\';
    }
    out.split_whitespace().collect::<Vec<_>>().join(" ")
}

const PERSONS: [&str; 6] = [
    "ATTENDEE",
    "ORGANIZER",
    "DESCRIPTION",
    "CONTACT",
    "X-ALT-DESC",
    "COMMENT",
];

impl CalendarFile {
    fn add(&mut self, own: &[Property], is_cancelled_whole: bool) {
        let text = |name: &str| {
            own.iter()
                .find(|p| p.name == name)
                .map_or("", |p| p.value.trim())
        };
        self.has_persons |= own.iter().any(|p| PERSONS.contains(&p.name.as_str()));
        if is_cancelled_whole || text("STATUS").eq_ignore_ascii_case("CANCELLED") {
            self.cancelled += 1;
            return;
        }
        if ["PRIVATE", "CONFIDENTIAL"]
            .iter()
            .any(|c| text("CLASS").eq_ignore_ascii_case(c))
        {
            self.private += 1;
            return;
        }
        let Some(start) = moment(text("DTSTART")) else {
            self.unread += 1;
            return;
        };
        let lasted = || {
            let end = moment(text("DTEND"))?;
            let minutes = end
                .at
                .since(start.at)
                .ok()?
                .total(jiff::Unit::Minute)
                .ok()?;
            Some(minutes / 60.0)
        };
        let said = hours(text("DURATION")).or_else(lasted);
        let without = own
            .iter()
            .filter(|p| p.name == "EXDATE")
            .flat_map(|p| p.value.split(','));
        self.events.push(CalendarEvent {
            title: plain(text("SUMMARY")),
            start,
            hours: said.filter(|h| *h > 0.0 && !start.is_day),
            rule: Some(text("RRULE").to_owned()).filter(|r| !r.is_empty()),
            without: without.filter_map(|d| Some(moment(d)?.at.date())).collect(),
            replaces: moment(text("RECURRENCE-ID")).map(|m| m.at.date()),
            uid: text("UID").to_owned(),
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_outlook_export_reads_without_its_persons() {
        let text = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nBEGIN:VTIMEZONE\r\nTZID:Romance Standard Time\r\nBEGIN:STANDARD\r\nDTSTART:16011028T030000\r\nRRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10\r\nEND:STANDARD\r\nEND:VTIMEZONE\r\nBEGIN:VEVENT\r\nATTENDEE;CN=\"Martin: Camille\":mailto:c.martin@exemple.fr\r\nSUMMARY;LANGUAGE=fr:Groupe de travail\\, passe\r\n relles\r\nDTSTART;TZID=\"Romance Standard Time\":20260512T140000\r\nDTEND;TZID=\"Romance Standard Time\":20260512T153000\r\nBEGIN:VALARM\r\nDESCRIPTION:rappel\r\nEND:VALARM\r\nEND:VEVENT\r\nBEGIN:VEVENT\r\nSUMMARY:Rendez-vous\r\nCLASS:PRIVATE\r\nDTSTART:20260512T080000Z\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n";
        let file = calendar(text.as_bytes()).expect("a calendar");
        assert_eq!(
            (file.events.len(), file.private, file.has_persons),
            (1, 1, true)
        );
        let event = &file.events[0];
        assert_eq!(
            (event.title.as_str(), event.hours),
            ("Groupe de travail, passerelles", Some(1.5))
        );
        assert_eq!(event.start.at.to_string(), "2026-05-12T14:00:00");
        assert!(calendar(b"Nom;Structure\n").is_none());
        assert!(!file.is_cut);
        let half = &text[..text.len() / 2];
        assert!(calendar(half.as_bytes()).is_some_and(|file| file.is_cut));
    }

    #[test]
    fn an_apostrophe_of_windows_is_read() {
        let bytes = b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nSUMMARY:R\xe9union de l\x92\xe9quipe\r\nDTSTART:20260512T140000\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n";
        let file = calendar(bytes).expect("a calendar");
        assert_eq!(file.events[0].title, "Réunion de l’équipe");
    }
}
