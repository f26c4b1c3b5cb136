//! Grids of observation that would be taken for what they are not: two days under one number of visit
//! (a double scoring is two observers on one day, and nothing else enters the margins), a grid whose
//! observer was corrected and that would stay beside itself.

use std::cell::OnceCell;
use std::collections::{BTreeMap, BTreeSet};

use super::session_rail::corrected;
use super::stored_grids::{GridNotes, StoredGrid, stored_grids};
use super::{Asking, RailRun, Rails, Renumbering};
use crate::base::day::Day;
use crate::base::diagnostics::{Code, Diagnostic};
use crate::base::error::Result;
use crate::base::text::fold;
use crate::intake::observations::{ElementCodes, TypedRecord, UnitKey};
use crate::vocabulary::referentiel::SourceCode;

/// Share of the same notes from which a grid is the same one, corrected.
const SAME: f64 = 0.9;
const CONSENSUS: &str = "consensus";

/// A grid of the run.
struct Coming<'a> {
    file: usize,
    record: usize,
    grid: &'a TypedRecord,
    visit: &'a str,
    observer: &'a str,
    codes: &'a ElementCodes,
    notes: OnceCell<GridNotes>,
}

impl Coming<'_> {
    /// Its notes, gathered once something is to be compared with them.
    fn levels(&self) -> &GridNotes {
        self.notes
            .get_or_init(|| GridNotes::of(self.grid, self.codes))
    }
}

/// A grid that has its place: in the store, or earlier in the run.
struct PlacedGrid {
    visit: String,
    observer: String,
    day: Option<Day>,
    /// Where it stands in the store.
    stored: Option<usize>,
}

impl Rails<'_> {
    pub(super) fn visits(&self, run: &RailRun, asking: &mut Asking) -> Result<()> {
        let codes = ElementCodes::of(self.observatory.referentiel(self.campaign));
        let mut by_structure: BTreeMap<&str, Vec<Coming>> = BTreeMap::new();
        for file in run.entering() {
            for (record, grid) in run.files[file].records.iter().enumerate() {
                let UnitKey::Visit {
                    structure,
                    visit,
                    observer,
                } = &grid.unit
                else {
                    continue;
                };
                let of_structure = by_structure.entry(structure).or_default();
                of_structure.push(Coming {
                    file,
                    record,
                    grid,
                    visit,
                    observer,
                    codes: &codes,
                    notes: OnceCell::new(),
                });
            }
        }
        if by_structure.is_empty() {
            return Ok(());
        }
        let stored = stored_grids(self.store, &self.live, |s| by_structure.contains_key(s))?;
        for (structure, mut coming) in by_structure {
            let own = stored.get(structure).into_iter().flatten();
            let own: Vec<&StoredGrid> = own.filter(|s| s.source == SourceCode::Obs).collect();
            // The earliest keeps the number that it was given.
            coming.sort_by_key(|c| (c.grid.day, c.file, c.record));
            Visits {
                structure,
                stored: &own,
            }
            .settle(&coming, asking);
        }
        Ok(())
    }
}

/// The visits of one structure.
struct Visits<'a> {
    structure: &'a str,
    stored: &'a [&'a StoredGrid],
}

impl Visits<'_> {
    fn settle(&self, coming: &[Coming], asking: &mut Asking) {
        let stored = self.stored.iter().enumerate();
        let mut placed: Vec<PlacedGrid> = stored
            .filter(|(_, s)| s.observer != CONSENSUS)
            .map(|(i, s)| PlacedGrid {
                visit: fold(&s.visit),
                observer: fold(&s.observer),
                day: s.day,
                stored: Some(i),
            })
            .collect();
        for one in coming.iter().filter(|c| c.observer != CONSENSUS) {
            if self.is_second_of_itself(one, coming, asking) {
                continue;
            }
            let visit = self.place(one, &placed, asking);
            placed.push(PlacedGrid {
                visit,
                observer: one.observer.to_owned(),
                day: one.grid.day,
                stored: None,
            });
        }
    }

    /// A grid in place says the same under another observer or another visit: one of the two is wrong.
    fn is_second_of_itself(&self, one: &Coming, coming: &[Coming], asking: &mut Asking) -> bool {
        let returns = |s: &StoredGrid| {
            let same = |c: &&Coming| fold(&s.visit) == c.visit && fold(&s.observer) == c.observer;
            coming.iter().any(|c| same(&c))
        };
        let is_known = self
            .stored
            .iter()
            .any(|s| fold(&s.visit) == one.visit && fold(&s.observer) == one.observer);
        if self.stored.is_empty() || is_known || !one.levels().is_telling() {
            return false;
        }
        let others = self
            .stored
            .iter()
            .filter(|s| s.observer != CONSENSUS && !returns(s));
        let twin = others
            .into_iter()
            .find(|s| s.levels.likeness(one.levels()) >= SAME);
        let Some(twin) = twin else {
            return false;
        };
        let message = format!(
            "la grille de {}, visite {}, {}, a presque les mêmes notes que celle déjà importée (visite {}, {}, import {}) : si l’observateur ou la visite a été corrigé, elle compterait deux fois.",
            self.structure,
            one.grid.visit,
            one.grid.observer,
            twin.visit,
            twin.observer,
            twin.import
        );
        let said = Diagnostic::new(Code::SecondGrid, one.grid.at.clone(), message);
        asking.ask(
            one.file,
            said.with_remedy(corrected(&twin.import, &twin.file)),
        );
        true
    }

    /// The visit that a grid counts for; asked when it is not the one that it says.
    fn place(&self, one: &Coming, placed: &[PlacedGrid], asking: &mut Asking) -> String {
        let visit = one.visit.to_owned();
        let others: Vec<&PlacedGrid> = placed.iter().filter(|p| p.visit == one.visit).collect();
        let twice = others.iter().find(|p| p.observer != one.observer);
        let Some(day) = one.grid.day else {
            if let Some(other) = twice {
                asking.ask(one.file, self.undated(one, other));
            }
            return visit;
        };
        let same_day = others.iter().any(|p| p.day == Some(day));
        if others.is_empty() || same_day || self.is_correction(one, &others) {
            return visit;
        }
        if others.iter().all(|p| p.day.is_none()) {
            if let Some(other) = twice {
                asking.ask(one.file, self.undated(one, other));
            }
            return visit;
        }
        // The day has its own number already: given when it first came, or by the other observer.
        let same = placed.iter().find(|p| p.day == Some(day));
        let number = same.map_or_else(|| next_number(placed), |p| p.visit.clone());
        let renumbering = Renumbering {
            file: one.file,
            record: one.record,
            visit: number.clone(),
        };
        if same.is_some_and(|p| p.observer == one.observer && p.stored.is_some()) {
            asking.known.push(renumbering);
            return number;
        }
        let first = others.iter().filter_map(|p| p.day).min();
        asking.ask(one.file, self.apart(one, day, first, &number));
        asking.renumbered.push(renumbering);
        number
    }

    /// The same observer brings the same grid with another date: it takes the place of the first.
    fn is_correction(&self, one: &Coming, others: &[&PlacedGrid]) -> bool {
        let own = others.iter().filter(|p| p.observer == one.observer);
        let mut stored = own.filter_map(|p| self.stored.get(p.stored?));
        let is_alone = others.iter().all(|p| p.observer == one.observer);
        is_alone && stored.any(|s| s.levels.likeness(one.levels()) >= SAME)
    }

    fn undated(&self, one: &Coming, other: &PlacedGrid) -> Diagnostic {
        let message = format!(
            "{} et {} ont noté la visite {} de {}, et rien ne dit que c’était le même jour : la date manque.",
            other.observer.to_uppercase(),
            one.grid.observer,
            one.grid.visit,
            self.structure
        );
        let said = Diagnostic::new(Code::VisitsApart, one.grid.at.clone(), message);
        said.with_remedy(
            "Écrivez la date dans les deux grilles ; si les deux observateurs étaient là le même jour, ajoutez --confirmer.",
        )
    }

    fn apart(&self, one: &Coming, day: Day, first: Option<Day>, number: &str) -> Diagnostic {
        let before = first.map_or_else(String::new, Day::short);
        let message = format!(
            "deux grilles de la visite {} de {} ne sont pas du même jour : {} et {} ({}).",
            one.grid.visit,
            self.structure,
            before,
            day.short(),
            one.grid.observer
        );
        let said = Diagnostic::new(Code::VisitsApart, one.grid.at.clone(), message);
        said.with_remedy(format!(
            "Si ce sont deux visites, ajoutez --confirmer : celle du {} comptera comme la visite {number} ; si une date est fausse, corrigez-la.",
            day.short()
        ))
    }
}

/// The number after the greatest that visits bear.
fn next_number(placed: &[PlacedGrid]) -> String {
    let numbers: BTreeSet<u32> = placed.iter().filter_map(|p| p.visit.parse().ok()).collect();
    let last = numbers.last().copied().unwrap_or(placed.len() as u32);
    (last + 1).to_string()
}
