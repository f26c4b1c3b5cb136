//! What a session says against what is known of its accueil, or against the others of its file: a site that is
//! another accueil, a temps that its type does not have, a day months away from all the others.

use std::collections::{BTreeMap, BTreeSet};

use super::Rails;
use super::moment_rail::word;
use crate::base::day::Day;
use crate::base::diagnostics::Location;
use crate::intake::observations::{SheetMoment, TypedRecord, UnitKey};
use crate::vocabulary::referentiel::StructureType;

/// Days without a session that part two periods.
const APART: i32 = 60;
/// Days of a period that is no accident.
const PERIOD: usize = 3;

impl Rails<'_> {
    /// Why the accueil of a session is not likely to be the one that is written.
    pub(super) fn odd_place(
        &self,
        record: &TypedRecord,
        said: Option<&SheetMoment>,
    ) -> Option<String> {
        let UnitKey::Sessions {
            structure,
            day: Some(day),
        } = &record.unit
        else {
            return None;
        };
        let own = self.observatory.registry.get(structure)?;
        let site = said.map(|m| m.site.as_str()).filter(|s| !s.is_empty());
        let other = site.and_then(|site| Some((site, self.named_elsewhere(site, structure)?)));
        let why = other.map_or_else(
            || {
                let temps = word(record, "temps").unwrap_or_default();
                let never = never(own.kind, temps)?;
                Some(format!("{never}, et la séance est dite {temps}"))
            },
            |(site, other)| {
                Some(format!(
                    "le site « {site} » a le nom de {}",
                    self.named(&other)
                ))
            },
        )?;
        Some(format!("{structure}, le {} : {why}", day.short()))
    }
}

/// What an accueil of a type never is.
fn never(kind: StructureType, temps: &str) -> Option<&'static str> {
    use StructureType as T;
    match (kind, temps) {
        (T::Extrascolaire, "periscolaire") => Some("l’accueil n’ouvre que pendant les vacances"),
        (T::Periscolaire | T::PeriscolaireRepas, "extrascolaire") => {
            Some("l’accueil n’ouvre que les jours d’école")
        }
        _ => None,
    }
}

/// Days that stand alone, months away from all the others of their accueil: their day and month changed places.
pub(super) fn lone_days(records: &[TypedRecord]) -> Vec<(&Location, String)> {
    let mut all: BTreeMap<&str, BTreeMap<Day, &TypedRecord>> = BTreeMap::new();
    for record in records {
        if let UnitKey::Sessions {
            structure,
            day: Some(day),
        } = &record.unit
        {
            all.entry(structure)
                .or_default()
                .entry(*day)
                .or_insert(record);
        }
    }
    let mut found = Vec::new();
    for (structure, days) in all {
        let periods = periods(days.keys().copied());
        if !periods.iter().any(|p| p.len() >= PERIOD) {
            continue;
        }
        for day in periods.iter().filter(|p| p.len() == 1).flatten() {
            let why = format!(
                "{structure} : la séance du {} est à plus de deux mois de toutes les autres (jour et mois inversés ?)",
                day.short()
            );
            found.push((&days[day].at, why));
        }
    }
    found
}

/// Days that follow each other, parted where nothing happened for long.
fn periods(days: impl Iterator<Item = Day>) -> Vec<BTreeSet<Day>> {
    let mut all: Vec<BTreeSet<Day>> = Vec::new();
    for day in days {
        let last = all.last().and_then(|p| p.last());
        let follows = last.is_some_and(|last| day.number() - last.number() <= APART);
        match all.last_mut().filter(|_| follows) {
            Some(period) => {
                period.insert(day);
            }
            None => all.push(BTreeSet::from([day])),
        }
    }
    all
}
