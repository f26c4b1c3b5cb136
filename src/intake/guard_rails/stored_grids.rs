//! Grids that the store holds, to compare those that come with.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::base::day::Day;
use crate::base::error::Result;
use crate::base::table::TableColumn;
use crate::intake::observations::{ElementCodes, TypedRecord};
use crate::intake::store::columns::AnswerColumn;
use crate::intake::store::{LiveImport, Store};
use crate::vocabulary::referentiel::SourceCode;

/// Notes of a grid that are enough to know it again.
const TELLING: usize = 10;

/// The notes of a grid, by code of élément, in micro-levels.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Levels(BTreeMap<String, i32>);

impl Levels {
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

    /// Share of the notes that are the same, of the larger grid.
    pub(super) fn likeness(&self, other: &Self) -> f64 {
        let same = self.0.iter().filter(|(e, l)| other.0.get(*e) == Some(l));
        let most = self.0.len().max(other.0.len()).max(1);
        same.count() as f64 / most as f64
    }
}

/// A grid in place.
pub(super) struct StoredGrid {
    pub(super) structure: Arc<str>,
    pub(super) source: SourceCode,
    pub(super) visit: String,
    pub(super) observer: String,
    pub(super) day: Option<Day>,
    pub(super) levels: Levels,
    /// Label of its import, and its file there.
    pub(super) import: String,
    pub(super) file: String,
}

/// The grids in place of some structures.
///
/// # Errors
///
/// A table that is missing or damaged.
pub(super) fn stored_grids(
    store: &Store,
    live: &[LiveImport],
    concerns: impl Fn(&str) -> bool,
) -> Result<Vec<StoredGrid>> {
    use AnswerColumn as C;
    let mut grids = Vec::new();
    for one in live {
        let is_grid =
            |s: SourceCode| matches!(s, SourceCode::Obs | SourceCode::Aut | SourceCode::Dir);
        let units = one.units.iter().filter(|u| !u.hidden && is_grid(u.source));
        let mut units = units.filter(|u| concerns(&u.structure)).peekable();
        if units.peek().is_none() {
            continue;
        }
        let codes = store.element_codes(&one.import.manifest.referentiel)?;
        // What a purge took has no answers left.
        let answers = one.answers()?;
        for unit in units.filter(|u| u.answers.start + u.answers.rows <= answers.rows()) {
            let frame = answers.read(&[C::Jour, C::Element, C::Micro], unit.answers)?;
            let days = frame.column(C::Jour.name())?.i32()?;
            let (elements, micros) = (
                frame.column(C::Element.name())?.u32()?,
                frame.column(C::Micro.name())?.i32()?,
            );
            let noted = (0..frame.height()).filter_map(|row| {
                let code = codes.code(elements.get(row)?)?;
                Some((code.to_owned(), micros.get(row)?))
            });
            let file = one.import.manifest.files.get(unit.file);
            grids.push(StoredGrid {
                structure: unit.structure.clone(),
                source: unit.source,
                visit: unit.visit.clone(),
                observer: unit.observer.clone(),
                day: days.iter().flatten().next().and_then(Day::from_number),
                levels: Levels(noted.collect()),
                import: one.import.label.clone(),
                file: file.map_or_else(String::new, |f| f.name.clone()),
            });
        }
    }
    Ok(grids)
}
