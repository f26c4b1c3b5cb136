//! Grids that the store holds, to compare those that come with.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::sync::Arc;

use polars::prelude::DataFrame;

use crate::base::day::Day;
use crate::base::error::Result;
use crate::base::table::TableColumn;
use crate::intake::observations::{ElementCodes, TypedRecord};
use crate::intake::store::columns::AnswerColumn;
use crate::intake::store::{LiveImport, Store, StoredUnit};
use crate::vocabulary::referentiel::SourceCode;

/// Notes of a grid that are enough to know it again.
const TELLING: usize = 10;

/// The notes of a grid, by code of élément, in micro-levels.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub(super) struct GridNotes(BTreeMap<String, i32>);

impl GridNotes {
    pub(super) fn of(record: &TypedRecord, codes: &ElementCodes) -> Self {
        let answers = record.answers.iter();
        let noted = answers.filter_map(|a| Some((codes.code(a.element)?.to_owned(), a.micro?)));
        Self(noted.collect())
    }

    /// Whether the grid could be known by its notes: many, and not all alike.
    pub(super) fn is_telling(&self) -> bool {
        let distinct: BTreeSet<i32> = self.0.values().copied().collect();
        self.0.len() >= TELLING && distinct.len() > 1
    }

    /// Whether no two visits would give these notes by chance: many, and enough of them away from the most common
    /// one (a good accueil gets the best note nearly everywhere).
    pub(super) fn is_unmistakable(&self) -> bool {
        const MANY: usize = 15;
        const ASIDE: usize = 6;
        let mut times: BTreeMap<i32, usize> = BTreeMap::new();
        for level in self.0.values() {
            *times.entry(*level).or_default() += 1;
        }
        let most = times.into_values().max().unwrap_or(0);
        self.0.len() >= MANY && self.0.len() - most >= ASIDE
    }

    pub(super) fn len(&self) -> usize {
        self.0.len()
    }

    /// Adds the notes of one more record of the grid.
    pub(super) fn add(&mut self, other: &Self) {
        self.0.extend(other.0.iter().map(|(e, l)| (e.clone(), *l)));
    }

    /// What becomes of these notes when others take their place.
    pub(super) fn to<'a>(&'a self, now: &'a Self) -> NotesChange<'a> {
        let mut change = NotesChange::default();
        for (element, before) in &self.0 {
            match now.0.get(element) {
                None => change.lost.push((element, *before)),
                Some(after) if after != before => change.changed.push((element, *before, *after)),
                Some(_) => {}
            }
        }
        change.added = now.0.keys().filter(|e| !self.0.contains_key(*e)).count();
        change
    }

    /// Whether a file that comes back brings the same grid again: a few notes say it, where its name does too.
    pub(super) fn is_same_as(&self, other: &Self) -> bool {
        const FEW: usize = 4;
        const SAME: f64 = 0.9;
        self.0.len().min(other.0.len()) >= FEW && self.likeness(other) >= SAME
    }

    /// Share of the notes that are the same, of the larger grid.
    pub(super) fn likeness(&self, other: &Self) -> f64 {
        let same = self.0.iter().filter(|(e, l)| other.0.get(*e) == Some(l));
        let most = self.0.len().max(other.0.len()).max(1);
        same.count() as f64 / most as f64
    }
}

/// From the notes of a grid to those that take their place.
#[derive(Default)]
pub(super) struct NotesChange<'a> {
    /// Éléments that have none any more, with the one they had.
    pub(super) lost: Vec<(&'a String, i32)>,
    /// Before, then after.
    pub(super) changed: Vec<(&'a String, i32, i32)>,
    pub(super) added: usize,
}

/// A grid in place.
pub(super) struct StoredGrid {
    pub(super) source: SourceCode,
    pub(super) visit: String,
    pub(super) observer: String,
    pub(super) day: Option<Day>,
    pub(super) levels: GridNotes,
    /// Label of its import, and its file there.
    pub(super) import: String,
    pub(super) file: String,
}

/// Grids by structure.
pub(super) type GridsInPlace = BTreeMap<Arc<str>, Vec<StoredGrid>>;

/// Grids of an import from which its answers are read group after group, not grid by grid.
const MANY: usize = 16;

/// The grids in place of some structures.
///
/// # Errors
///
/// A table that is missing or damaged.
pub(super) fn stored_grids(
    store: &Store,
    live: &[LiveImport],
    concerns: impl Fn(&str) -> bool,
) -> Result<GridsInPlace> {
    let mut grids = GridsInPlace::new();
    let is_grid = |s: SourceCode| matches!(s, SourceCode::Obs | SourceCode::Aut | SourceCode::Dir);
    for one in live {
        let units = one.units.iter().enumerate();
        let units: Vec<(usize, &StoredUnit)> = units
            .filter(|(_, u)| !u.hidden && is_grid(u.source) && concerns(&u.structure))
            .collect();
        if units.is_empty() {
            continue;
        }
        let codes = store.element_codes(&one.import.manifest.referentiel)?;
        let noted = NotedUnits::read(one, &units, &codes)?;
        for (position, unit) in units {
            let file = one.import.manifest.files.get(unit.file);
            let of_structure = grids.entry(unit.structure.clone()).or_default();
            of_structure.push(StoredGrid {
                source: unit.source,
                visit: unit.visit.clone(),
                observer: unit.observer.clone(),
                day: noted.days.get(&position).copied(),
                levels: noted.levels.get(&position).cloned().unwrap_or_default(),
                import: one.import.label.clone(),
                file: file.map_or_else(String::new, |f| f.name.clone()),
            });
        }
    }
    Ok(grids)
}

/// Notes and days of some units of an import, by position.
#[derive(Default)]
struct NotedUnits {
    days: HashMap<usize, Day>,
    levels: HashMap<usize, GridNotes>,
}

impl NotedUnits {
    fn read(
        live: &LiveImport,
        units: &[(usize, &StoredUnit)],
        codes: &ElementCodes,
    ) -> Result<Self> {
        use AnswerColumn as C;
        const COLUMNS: [AnswerColumn; 4] = [C::Unite, C::Jour, C::Element, C::Micro];
        let wanted: HashSet<usize> = units.iter().map(|u| u.0).collect();
        let answers = live.answers()?;
        let mut noted = Self::default();
        if units.len() >= MANY {
            answers.for_each_group(&COLUMNS, |_, frame| noted.add(&frame, &wanted, codes))?;
            return Ok(noted);
        }
        // What a purge took has no answers left.
        let own = units.iter().map(|u| u.1.answers);
        for range in own.filter(|r| r.start + r.rows <= answers.rows()) {
            noted.add(&answers.read(&COLUMNS, range)?, &wanted, codes)?;
        }
        Ok(noted)
    }

    fn add(
        &mut self,
        frame: &DataFrame,
        wanted: &HashSet<usize>,
        codes: &ElementCodes,
    ) -> Result<()> {
        use AnswerColumn as C;
        let units = frame.column(C::Unite.name())?.u32()?;
        let days = frame.column(C::Jour.name())?.i32()?;
        let elements = frame.column(C::Element.name())?.u32()?;
        let micros = frame.column(C::Micro.name())?.i32()?;
        for row in 0..frame.height() {
            let unit = units.get(row).map(|u| u as usize);
            let Some(unit) = unit.filter(|u| wanted.contains(u)) else {
                continue;
            };
            if let Some(day) = days.get(row).and_then(Day::from_number) {
                self.days.entry(unit).or_insert(day);
            }
            let code = elements.get(row).and_then(|e| codes.code(e));
            if let (Some(code), Some(micro)) = (code, micros.get(row)) {
                let levels = self.levels.entry(unit).or_default();
                levels.0.insert(code.to_owned(), micro);
            }
        }
        Ok(())
    }
}
