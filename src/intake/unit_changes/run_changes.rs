//! What becomes of each unit of each file of a run, beside what is in place and what other files of it bring.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::placed_tables::PlacedTables;
use super::unit_change::{ChangeFate, RunClashes, UnitChange, UnitDifference};
use super::unit_contents::{ComingUnit, PlacedUnit, coming_count, visit_day};
use crate::base::diagnostics::{Diagnostic, has_errors};
use crate::base::error::Result;
use crate::intake::observations::{ElementCodes, FileObservations, TypedRecord, UnitKey};
use crate::intake::store::{LiveImport, Store, StoredUnit};
use crate::intake::unit_name::unit_name;

/// What changes are computed from.
pub(crate) struct ChangeSetting<'a> {
    pub(crate) store: &'a Store,
    pub(crate) live: &'a [LiveImport<'a>],
    pub(crate) codes: &'a ElementCodes,
}

/// The units of each file of a run, before what its files say of each other is settled.
pub(crate) fn named_units(files: &[FileObservations]) -> Vec<BTreeSet<UnitKey>> {
    let named = files.iter().map(|file| {
        let all = file.records.iter().chain(&file.held);
        all.filter(|r| r.rows() > 0).map(|r| r.unit.clone())
    });
    named.map(Iterator::collect).collect()
}

impl ChangeSetting<'_> {
    /// What becomes of each unit of each file. `named` and `said` are parallel to `files`, which are settled.
    ///
    /// # Errors
    ///
    /// A table that is missing or damaged.
    pub(crate) fn changes(
        &self,
        files: &[FileObservations],
        named: &[BTreeSet<UnitKey>],
        said: &[Vec<Diagnostic>],
        clashes: &RunClashes,
    ) -> Result<Vec<Vec<UnitChange>>> {
        // One unit may come in several files: it is compared whole.
        let mut coming: BTreeMap<&UnitKey, Vec<&TypedRecord>> = BTreeMap::new();
        for (file, said) in files.iter().zip(said) {
            let enters = !has_errors(said);
            let own = file.records.iter().filter(|_| enters);
            for record in own.chain(&file.held).filter(|r| r.rows() > 0) {
                coming.entry(&record.unit).or_default().push(record);
            }
        }
        let differences = self.differences(&coming)?;
        let contested = self.contested();
        let mut all = Vec::with_capacity(files.len());
        for ((file, named), said) in files.iter().zip(named).zip(said) {
            let refused = has_errors(said);
            let records = file.records.iter().chain(&file.held);
            let brought: BTreeSet<&UnitKey> =
                records.filter(|r| r.rows() > 0).map(|r| &r.unit).collect();
            let changes = named.iter().map(|unit| {
                let settled = SettledUnit {
                    unit,
                    coming: coming.get(unit).map_or(&[], Vec::as_slice),
                    difference: differences.get(unit),
                    contested: contested.get(unit.to_string().as_str()),
                    clashes: clashes.get(unit),
                    refused,
                    brought: brought.contains(unit),
                };
                settled.change()
            });
            all.push(changes.collect());
        }
        Ok(all)
    }

    /// What is in place of each unit that comes, and differs or not.
    fn differences<'u>(
        &self,
        coming: &BTreeMap<&'u UnitKey, Vec<&TypedRecord>>,
    ) -> Result<BTreeMap<&'u UnitKey, UnitDifference>> {
        let by_text: BTreeMap<String, &'u UnitKey> = coming
            .keys()
            .map(|unit| (unit.to_string(), *unit))
            .collect();
        let mut found = BTreeMap::new();
        for live in self.live {
            let units = live.units.iter().enumerate();
            let placed: Vec<(usize, &StoredUnit)> = units
                .filter(|(_, u)| !u.hidden && by_text.contains_key(&u.key))
                .collect();
            if placed.is_empty() {
                continue;
            }
            let codes = self
                .store
                .element_codes(&live.import.manifest.referentiel)?;
            let tables = &PlacedTables::of(live, &placed)?;
            for (position, stored) in placed {
                let unit = by_text.get(&stored.key).copied();
                if let Some((unit, records)) = unit.and_then(|u| Some((u, coming.get(u)?))) {
                    let comes = &ComingUnit::of(records, self.codes);
                    let placed = PlacedUnit {
                        tables,
                        position,
                        stored,
                    };
                    found.insert(unit, placed.beside(unit, comes, &codes)?);
                }
            }
        }
        Ok(found)
    }

    /// Imports of several machines that bring a unit at once, and that nobody chose between, by its key.
    fn contested(&self) -> BTreeMap<&str, Vec<String>> {
        let mut found: BTreeMap<&str, Vec<String>> = BTreeMap::new();
        for live in self.live {
            for unit in live.units.iter().filter(|u| u.contested) {
                let between = found.entry(&unit.key).or_default();
                between.push(live.import.described());
            }
        }
        found
    }

    /// The units of a file that is in place already, by its SHA-256.
    pub(crate) fn known(&self, sha256: &str) -> Vec<UnitChange> {
        let mut all: BTreeSet<UnitKey> = BTreeSet::new();
        for live in self.live {
            let files = &live.import.manifest.files;
            let own = live.units.iter().filter(|u| !u.hidden);
            let own = own.filter(|u| files.get(u.file).is_some_and(|f| f.sha256 == sha256));
            all.extend(own.filter_map(|u| u.key.parse::<UnitKey>().ok()));
        }
        let known = all
            .iter()
            .map(|unit| change(unit, &[], ChangeFate::Unchanged));
        known.collect()
    }
}

/// A unit of a file, with all that decides what becomes of it.
struct SettledUnit<'a> {
    unit: &'a UnitKey,
    coming: &'a [&'a TypedRecord],
    difference: Option<&'a UnitDifference>,
    contested: Option<&'a Vec<String>>,
    clashes: Option<&'a BTreeSet<Arc<str>>>,
    refused: bool,
    /// Whether the file still brings it, copies of another file left aside.
    brought: bool,
}

impl SettledUnit<'_> {
    fn change(self) -> UnitChange {
        let differs = self.difference.filter(|d| !d.is_none());
        let fate = match (self.clashes, self.refused) {
            (Some(files), _) => ChangeFate::Conflict {
                between: files.iter().map(ToString::to_string).collect(),
                difference: None,
            },
            (None, true) => ChangeFate::Refused(differs.cloned()),
            (None, false) if self.contested.is_some() => ChangeFate::Conflict {
                between: self.contested.cloned().unwrap_or_default(),
                difference: self.difference.cloned(),
            },
            (None, false) => match (differs, self.difference) {
                (_, _) if !self.brought => ChangeFate::Unchanged,
                (Some(differs), _) => ChangeFate::Changed(differs.clone()),
                (None, Some(_)) => ChangeFate::Unchanged,
                (None, None) => ChangeFate::New {
                    answers: coming_count(self.coming),
                },
            },
        };
        change(self.unit, self.coming, fate)
    }
}

fn change(unit: &UnitKey, coming: &[&TypedRecord], fate: ChangeFate) -> UnitChange {
    let day = visit_day(coming);
    let day = day.map_or_else(String::new, |d| format!(" ({})", d.short()));
    UnitChange {
        unit: format!("{}{day}", unit_name(unit)),
        structure: unit.structure().to_string(),
        source: unit.source().as_str(),
        fate,
    }
}
