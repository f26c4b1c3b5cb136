//! What people said, in the register « Paroles »: the whole line goes once its time is over, from every entry that holds
//! something of it. Its id is given to no other.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use super::convention_words::{ClosedWord, Speaker};
use super::register_columns::{ParolesColumn, Register, RegisterColumn};
use super::registers::{SuiviTarget, places};
use super::suivi_field::named_record;
use crate::base::day::Day;
use crate::base::error::{Error, Result};
use crate::vocabulary::config::Retention;
use crate::vocabulary::referentiel::SourceCode;

/// A line that is being read: its last day, how long it is kept.
#[derive(Default)]
struct SpokenLine {
    day: Option<Day>,
    months: u32,
}

/// Takes out the lines whose time is over by a day; gives how many there are.
///
/// # Errors
///
/// A follow-up that cannot be read or written; a day outside the calendar.
pub(crate) fn purge_words(
    root: &Path,
    retention: &Retention,
    by: Day,
    today: Day,
    simulation: bool,
) -> Result<usize> {
    let places = places(root);
    if !places.entries.is_dir() {
        return Ok(0);
    }
    let target = SuiviTarget::open(&places, simulation)?;
    let mut told: BTreeMap<String, SpokenLine> = BTreeMap::new();
    for entry in &target.journal().entries {
        for (name, cells) in &entry.changements {
            if cells.is_empty() || named_record(name).is_none_or(|(r, _)| r != Register::Paroles) {
                continue;
            }
            let text =
                |column: ParolesColumn| cells.get(&column.field()).map_or("", String::as_str);
            let own = told.entry(name.clone()).or_default();
            let day = text(ParolesColumn::Date).parse().unwrap_or(entry.date);
            own.day = own.day.max(Some(day));
            own.months = own.months.max(months(retention, text(ParolesColumn::Qui)));
        }
    }
    let mut over = BTreeSet::new();
    for (name, told) in told {
        let Some(day) = told.day else { continue };
        let due = day.months_after(told.months).ok_or_else(|| {
            Error::Config(format!(
                "conservation : {} mois après le {} sont hors du calendrier.",
                told.months,
                day.short()
            ))
        })?;
        if due <= by {
            over.insert(name);
        }
    }
    target.erase(today, &over)?;
    Ok(over.len())
}

/// Months that the words of someone are kept: as what the same people answered.
fn months(retention: &Retention, who: &str) -> u32 {
    match Speaker::read(who) {
        Some(Speaker::Famille) => retention.months(SourceCode::Fam),
        Some(Speaker::Enfant) => retention.months(SourceCode::Enf),
        Some(Speaker::Equipe) => retention.months(SourceCode::Eqp),
        _ => retention.default_months(),
    }
}
