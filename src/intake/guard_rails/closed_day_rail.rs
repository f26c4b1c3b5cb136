//! Visits and sessions of a day when the accueil is closed: a Sunday, a public holiday, before it opened
//! or after it closed. Nearly always a date typed wrong.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Weekday;

use super::{Asking, RailRun, Rails};
use crate::base::day::Day;
use crate::base::diagnostics::{Code, Diagnostic, Location};
use crate::base::text::{count, list};
use crate::intake::observations::{TypedRecord, UnitKey};
use crate::vocabulary::config::Structure;
use crate::vocabulary::referentiel::StructureType;

/// Days told of one accueil; those beyond are counted.
const TOLD: usize = 6;

/// An accueil of Wednesdays alone, open another day of school.
fn why_no_wednesday(structure: Option<&Structure>, record: &TypedRecord) -> Option<&'static str> {
    let is_wednesdays = structure.is_some_and(|s| s.kind == StructureType::Mercredi);
    let is_school = record
        .measures
        .iter()
        .any(|m| &*m.code == "temps" && m.raw == "periscolaire");
    let other = record
        .day
        .filter(|d| d.date().weekday() != Weekday::Wednesday);
    let is_session = matches!(record.unit, UnitKey::Sessions { .. });
    (is_session && is_wednesdays && is_school && other.is_some())
        .then_some("un autre jour que mercredi, pour un accueil du mercredi")
}

fn why_closed(structure: Option<&Structure>, day: Day) -> Option<&'static str> {
    day.closed_everywhere().or_else(|| {
        let structure = structure?;
        let opening = structure.ouverture.filter(|first| day < *first);
        let closing = structure.fermeture.filter(|last| day > *last);
        let before = opening.map(|_| "avant son ouverture");
        before.or(closing.map(|_| "après sa fermeture"))
    })
}

/// A visit, or a session where someone came.
fn is_on_site(record: &TypedRecord) -> bool {
    match record.unit {
        UnitKey::Visit { .. } => true,
        UnitKey::Sessions { .. } => record.measures.iter().any(|m| {
            let counts = m.raw.bytes().any(|b| (b'1'..=b'9').contains(&b));
            counts && m.code.starts_with("presents")
        }),
        _ => false,
    }
}

impl Rails<'_> {
    pub(super) fn closed_days(&self, run: &RailRun, asking: &mut Asking) {
        for file in run.entering() {
            let mut closed: BTreeMap<&str, BTreeSet<(Day, &str)>> = BTreeMap::new();
            let records = &run.files[file].records;
            for record in records.iter().filter(|r| is_on_site(r)) {
                let code = record.unit.structure();
                let structure = self.observatory.registry.get(code);
                let why = record.day.and_then(|d| {
                    let why = why_closed(structure, d);
                    Some((d, why.or_else(|| why_no_wednesday(structure, record))?))
                });
                if let Some(why) = why {
                    closed.entry(code).or_default().insert(why);
                }
            }
            for (code, days) in closed {
                let of = |r: &&TypedRecord| **r.unit.structure() == *code && is_on_site(r);
                let mut own = records.iter().filter(of);
                let is_visit = own
                    .next()
                    .is_some_and(|r| matches!(r.unit, UnitKey::Visit { .. }));
                let at = Location::file(run.about[file].name);
                asking.ask(file, told(code, is_visit, &days, at));
            }
        }
    }
}

fn told(code: &str, is_visit: bool, days: &BTreeSet<(Day, &str)>, at: Location) -> Diagnostic {
    let named = days.iter().take(TOLD);
    let mut named: Vec<String> = named
        .map(|(d, why)| format!("le {} ({why})", d.short()))
        .collect();
    if days.len() > TOLD {
        named.push(count(days.len() - TOLD, "autre jour", "autres jours"));
    }
    let what = if is_visit {
        "une visite"
    } else {
        "des séances"
    };
    let message = format!(
        "{code} : {what} un jour où l’accueil devrait être fermé : {}.",
        list(&named)
    );
    Diagnostic::new(Code::ClosedDay, at, message)
}
