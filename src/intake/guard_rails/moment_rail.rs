//! What the words of sessions say of their moment: two of them that meet the same day, a length that its hours
//! deny, a week in place of a day, « mercredi » on a Monday.

use std::collections::{BTreeMap, HashMap};

use super::{Asking, RailRun, Rails};
use crate::base::day::Day;
use crate::base::diagnostics::{Code, Diagnostic};
use crate::base::text::{count, decimals, fold, rounded, weekday_contradicts};
use crate::intake::observations::{SheetMoment, TypedRecord, UnitKey};
use crate::intake::sources::{DayPart, Plage};
use crate::vocabulary::referentiel::regulation::Regulation;

/// A session and what its words say.
struct DatedMoment<'a> {
    file: usize,
    day: Day,
    record: &'a TypedRecord,
    said: &'a SheetMoment,
    plage: Plage,
    /// Its site and the words of its plage, folded.
    site: String,
    words: String,
}

/// Sessions of one day of one accueil that are compared with each other; who has more has a register of
/// children.
const COMPARED: usize = 300;
/// Hours beyond which half a day, and a day, are long.
const HALF_DAY: f64 = 7.0;
const WHOLE_DAY: f64 = 14.0;
/// Hours under which nothing is a session: nine minutes.
const SHORTEST: f64 = 0.15;
/// Part of the hours of a plage that a length may differ from them.
const PART: f64 = 1.0 / 3.0;
/// Hours that it may, where the rule of long sessions turns on it.
const APART: f64 = 0.25;

impl Rails<'_> {
    pub(super) fn moments(&self, run: &RailRun, asking: &mut Asking) {
        let sessions = sessions(run);
        met(&sessions, asking);
        let lengths = |s: &DatedMoment| length(s, &self.observatory.regulation);
        ask_first(&sessions, lengths, asking);
        ask_first(&sessions, long, asking);
        ask_first(&sessions, weekday, asking);
    }
}

/// The sessions of a run, where words say something of their moment.
fn sessions<'a>(run: &RailRun<'a>) -> Vec<DatedMoment<'a>> {
    let mut all = Vec::new();
    for file in run.entering() {
        let read = &run.files[file];
        let said: BTreeMap<_, _> = read.moments.iter().map(|m| (&m.at, m)).collect();
        let mut plages: HashMap<&str, Plage> = HashMap::new();
        for record in &read.records {
            let (UnitKey::Sessions { day: Some(day), .. }, Some(said)) =
                (&record.unit, said.get(&record.at))
            else {
                continue;
            };
            let plage = plages.entry(&said.plage);
            let plage = plage.or_insert_with(|| Plage::read(&said.plage)).clone();
            all.push(DatedMoment {
                file,
                day: *day,
                record,
                said,
                plage,
                site: fold(&said.site),
                words: fold(&said.plage),
            });
        }
    }
    all
}

/// One question a file: what its first sessions say, and how many more.
fn ask_first(
    sessions: &[DatedMoment],
    odd: impl Fn(&DatedMoment) -> Option<String>,
    asking: &mut Asking,
) {
    let mut found: BTreeMap<usize, (&DatedMoment, Vec<String>)> = BTreeMap::new();
    for session in sessions {
        if let Some(what) = odd(session) {
            let known = found.entry(session.file);
            let structure = session.record.unit.structure();
            let said = format!("{structure}, le {} : {what}", session.day.short());
            known.or_insert((session, Vec::new())).1.push(said);
        }
    }
    for (file, (first, all)) in found {
        let at = first.record.at.clone();
        asking.ask(file, Diagnostic::new(Code::UnlikelyLine, at, listed(&all)));
    }
}

/// Lines told one by one: who confirms answers for what she reads.
const TOLD: usize = 5;

/// What is said of lines, those beyond the first counted.
pub(super) fn listed(all: &[String]) -> String {
    let mut told: Vec<String> = all.iter().take(TOLD).cloned().collect();
    if all.len() > TOLD {
        let more = all.len() - TOLD;
        told.push(format!(
            "{} de même",
            count(more, "autre ligne", "autres lignes")
        ));
    }
    format!("{}.", told.join(" ; "))
}

/// Two moments of one day, accueil and site that may be one, or hold each other.
fn met(sessions: &[DatedMoment], asking: &mut Asking) {
    let mut days: BTreeMap<(&str, Day), Vec<&DatedMoment>> = BTreeMap::new();
    for session in sessions.iter().filter(|s| !s.said.plage.is_empty()) {
        let key = (&**session.record.unit.structure(), session.day);
        days.entry(key).or_default().push(session);
    }
    let mut found: BTreeMap<usize, (usize, &DatedMoment, &DatedMoment)> = BTreeMap::new();
    for day in days.values() {
        for (at, one) in day.iter().take(COMPARED).enumerate() {
            let before = day[..at].iter().find(|other| are_one(one, other));
            if let Some(other) = before {
                found.entry(one.file).or_insert((0, other, one)).0 += 1;
            }
        }
    }
    for (file, (n, one, other)) in found {
        let shown = |s: &DatedMoment| match s.said.site.as_str() {
            "" => format!("« {} »", s.said.plage),
            site => format!("« {} » ({site})", s.said.plage),
        };
        let message = format!(
            "{} d’un moment qui en recouvre un autre du même jour. La première : {}, le {}, {} et {}.",
            count(n, "ligne parle", "lignes parlent"),
            other.record.unit.structure(),
            other.day.short(),
            shown(one),
            shown(other)
        );
        let at = other.record.at.clone();
        asking.ask(file, Diagnostic::new(Code::SessionTwice, at, message).with_remedy(
            "Si c’est le même moment, gardez une seule ligne et une seule façon de l’écrire ; si ce sont deux groupes, dites-le dans la colonne « site » des deux lignes ; sinon, ajoutez --confirmer : chacune comptera.",
        ));
    }
}

/// Whether two sessions of one day may be one. The very same words are numbered by the reader, and asked.
fn are_one(one: &DatedMoment, other: &DatedMoment) -> bool {
    let is_same_site = one.site == other.site || one.site.is_empty() || other.site.is_empty();
    let is_very_same = one.said.plage == other.said.plage && one.said.site == other.said.site;
    is_same_site && !is_very_same && (one.words == other.words || one.plage.meets(&other.plage))
}

/// A length that cannot be that of its plage, or of any session.
fn length(session: &DatedMoment, regulation: &Regulation) -> Option<String> {
    let hours = measure(session.record, "duree_h")?;
    let written = |hours: f64| {
        let whole = decimals(rounded(hours, 2), 2);
        format!("{} h", whole.trim_end_matches('0').trim_end_matches(','))
    };
    let plage = &session.said.plage;
    if let Some(told) = session.plage.hours() {
        let apart = (hours - told).abs();
        let turns = regulation.is_long(hours) != regulation.is_long(told);
        let most = if turns { APART } else { PART * told };
        // « 1,3 » for one hour and a half: minutes written as decimals.
        let clock = hours.trunc() + hours.fract() / 0.6;
        let is_clock = apart > 0.02 && (clock - told).abs() < 1e-6;
        return (is_clock || apart > most + 1e-9).then(|| {
            format!(
                "la durée écrite est de {}, et « {plage} » dure {}",
                written(hours),
                written(told)
            )
        });
    }
    let most = match session.plage.part() {
        None | Some(DayPart::Day) => WHOLE_DAY,
        Some(_) => HALF_DAY,
    };
    (hours > most || hours < SHORTEST).then(|| format!("« {plage} » durerait {}", written(hours)))
}

/// A week or a month in place of a session.
fn long(session: &DatedMoment) -> Option<String> {
    let written = &session.said.plage;
    session.plage.is_long().then(|| {
        format!("« {written} » dit plusieurs jours, et serait lu comme une séance de ce jour")
    })
}

/// A day of the week that is not that of the date.
fn weekday(session: &DatedMoment) -> Option<String> {
    let iso = session.day.to_string();
    let words = [&session.said.plage, &session.said.temps, &session.said.site];
    let said = words
        .into_iter()
        .find(|text| weekday_contradicts(text, &iso))?;
    Some(format!("« {said} » n’est pas le jour de cette date"))
}

/// A measure of a line.
pub(super) fn measure(record: &TypedRecord, name: &str) -> Option<f64> {
    let found = record.measures.iter().find(|m| &*m.code == name)?;
    found.raw.parse().ok()
}

/// What a line says of a measure.
pub(super) fn word<'r>(record: &'r TypedRecord, name: &str) -> Option<&'r str> {
    let found = record.measures.iter().find(|m| &*m.code == name)?;
    Some(found.raw.as_str())
}
