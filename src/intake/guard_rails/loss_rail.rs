//! What comes takes the place of what is there under the same visit, the same day, the same questionnaire: told
//! with old and new; asked, where something that was collected would no longer be seen. One visit in two files,
//! a day of sessions in two halves, an export cut short: the second would take the first away.

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::fmt::Write;

use super::response_lots::{common, response, stored_responses};
use super::stored_grids::{GridNotes, StoredGrid, stored_grids};
use super::{Asking, RailRun, Rails};
use crate::base::diagnostics::{Code, Diagnostic, Location};
use crate::base::error::Result;
use crate::base::table::TableColumn;
use crate::base::text::{count, decimals, fold};
use crate::intake::observations::{ElementCodes, TypedRecord, UnitKey};
use crate::intake::store::columns::MeasureColumn;
use crate::intake::store::{LiveImport, StoredUnit};
use crate::intake::unit_name::unit_name;
use crate::vocabulary::referentiel::MICRO;

/// Respondents that may all have been corrected.
const FEW: usize = 4;
/// Éléments and lines named one by one.
const NAMED: usize = 4;

/// A unit of the run that one in place bears the key of.
pub(super) struct Succession<'a> {
    file: usize,
    pub(super) records: Vec<&'a TypedRecord>,
    pub(super) live: &'a LiveImport<'a>,
    pub(super) position: usize,
    stored: &'a StoredUnit,
}

impl Rails<'_> {
    pub(super) fn losses(&self, run: &RailRun, asking: &mut Asking) -> Result<()> {
        let successions = self.successions(run);
        if successions.is_empty() {
            return Ok(());
        }
        let structures: HashSet<&str> = (successions.iter())
            .filter(|s| is_grid(s.unit()))
            .map(|s| &*s.stored.structure)
            .collect();
        let grids = if structures.is_empty() {
            BTreeMap::new()
        } else {
            stored_grids(self.store, &self.live, |s| structures.contains(s))?
        };
        let codes = ElementCodes::of(self.observatory.referentiel(self.campaign));
        for one in &successions {
            let of_structure = grids.get(&*one.stored.structure).into_iter().flatten();
            let mut grid = of_structure.filter(|g| one.is_of(g));
            let told = match one.unit() {
                UnitKey::Visit { .. } | UnitKey::Grid { .. } => {
                    grid.next().map(|g| one.notes(g, &codes))
                }
                UnitKey::Sessions { .. } => Some(one.lines()?),
                UnitKey::Questionnaire { .. } => Some(one.responses(self, &codes)?),
                UnitKey::Table { table, .. } => Some(one.table(table)?),
                UnitKey::Note { .. } => None,
            };
            match told {
                Some(Succeeded::Loses(said)) => asking.ask(one.file, said),
                Some(Succeeded::Changes(said)) => asking.tell(one.file, said),
                Some(Succeeded::Same) | None => {}
            }
        }
        Ok(())
    }

    fn successions<'r>(&'r self, run: &'r RailRun) -> Vec<Succession<'r>> {
        let mut coming: BTreeMap<String, (usize, Vec<&TypedRecord>)> = BTreeMap::new();
        for file in run.entering() {
            for record in run.files[file].records.iter().filter(|r| r.rows() > 0) {
                let own = coming.entry(record.unit.to_string()).or_default();
                own.0 = file;
                own.1.push(record);
            }
        }
        let mut found = Vec::new();
        for live in &self.live {
            for (position, stored) in live.units.iter().enumerate().filter(|u| !u.1.hidden) {
                if let Some((file, records)) = coming.get(&stored.key) {
                    found.push(Succession {
                        file: *file,
                        records: records.clone(),
                        live,
                        position,
                        stored,
                    });
                }
            }
        }
        found
    }
}

fn is_grid(unit: &UnitKey) -> bool {
    matches!(unit, UnitKey::Visit { .. } | UnitKey::Grid { .. })
}

/// What becomes of what is in place.
pub(super) enum Succeeded {
    Same,
    /// Replaced by as much, or more.
    Changes(Diagnostic),
    /// Something of it would no longer be seen.
    Loses(Diagnostic),
}

impl Succession<'_> {
    fn unit(&self) -> &UnitKey {
        &self.records[0].unit
    }

    fn is_of(&self, grid: &StoredGrid) -> bool {
        grid.source == self.stored.source
            && fold(&grid.visit) == fold(&self.stored.visit)
            && fold(&grid.observer) == fold(&self.stored.observer)
            && grid.import == self.live.import.label
    }

    fn at(&self) -> Location {
        self.records[0].at.clone()
    }

    /// « A01, observation externe, visite 1, O1 : remplace ce que l’import I003 contenait (a.xlsx) ».
    fn replaces(&self, verb: &str) -> String {
        let file = self.live.import.manifest.files.get(self.stored.file);
        let name = file.map_or_else(String::new, |f| format!(" ({})", f.name));
        format!(
            "{} : {verb} ce que l’import {} contenait{name}",
            unit_name(self.unit()),
            self.live.import.label
        )
    }

    fn lost(&self, what: &str) -> Diagnostic {
        let message = format!("{}, et {what}.", self.replaces("remplacerait"));
        Diagnostic::new(Code::NotesLost, self.at(), message)
    }

    fn loses(&self, what: &str) -> Succeeded {
        Succeeded::Loses(self.lost(what))
    }

    pub(super) fn loses_with(&self, what: &str, remedy: &str) -> Succeeded {
        Succeeded::Loses(self.lost(what).with_remedy(remedy))
    }

    fn changes(&self, what: &str) -> Succeeded {
        let message = format!("{} : {what}.", self.replaces("remplace"));
        Succeeded::Changes(Diagnostic::new(Code::Correction, self.at(), message))
    }

    fn notes(&self, grid: &StoredGrid, codes: &ElementCodes) -> Succeeded {
        let mut now = GridNotes::default();
        self.records
            .iter()
            .for_each(|r| now.add(&GridNotes::of(r, codes)));
        let is_undated = self.records.iter().all(|r| r.day.is_none());
        if let Some(day) = grid.day.filter(|_| is_undated) {
            return self.loses(&format!("sa date ({}) n’y serait plus", day.short()));
        }
        let change = grid.levels.to(&now);
        if !change.lost.is_empty() {
            let what = format!(
                "{} : {}",
                count(
                    change.lost.len(),
                    "note n’y serait plus",
                    "notes n’y seraient plus"
                ),
                named(
                    change
                        .lost
                        .iter()
                        .map(|(e, m)| format!("{e} ({})", level(*m)))
                )
            );
            return self.loses(&what);
        }
        if change.changed.is_empty() && change.added == 0 {
            return Succeeded::Same;
        }
        let changed = change.changed.iter();
        let changed = changed
            .map(|(e, before, after)| format!("{e} : {} → {}", level(*before), level(*after)));
        let mut said = Vec::new();
        if !change.changed.is_empty() {
            said.push(format!(
                "{} ({})",
                count(change.changed.len(), "note changée", "notes changées"),
                named(changed)
            ));
        }
        if change.added > 0 {
            said.push(count(change.added, "note ajoutée", "notes ajoutées"));
        }
        self.changes(&said.join(", "))
    }

    /// The sessions of a day.
    fn lines(&self) -> Result<Succeeded> {
        use MeasureColumn as C;
        let frame = self.live.measures()?.whole(&[C::Unite, C::Fiche])?;
        let (units, lines) = (
            frame.column(C::Unite.name())?.u32()?,
            frame.column(C::Fiche.name())?.str()?,
        );
        let own = (0..frame.height()).filter(|row| units.get(*row) == Some(self.position as u32));
        let before: BTreeSet<&str> = own.filter_map(|row| lines.get(row)).collect();
        let now: BTreeSet<&str> = self.records.iter().map(|r| &*r.visit).collect();
        let lost: Vec<&str> = before.difference(&now).copied().collect();
        if lost.is_empty() {
            return Ok(self.changes(&count(now.len(), "séance maintenant", "séances maintenant")));
        }
        let what = format!(
            "{} ce jour-là : {}",
            count(
                lost.len(),
                "séance n’y serait plus",
                "séances n’y seraient plus"
            ),
            named(lost.into_iter().map(str::to_owned))
        );
        Ok(self.loses(&what))
    }

    /// The responses of a questionnaire. As many others under the same numbers are another lot, numbered
    /// from 1 as the first was.
    fn responses(&self, rails: &Rails, codes: &ElementCodes) -> Result<Succeeded> {
        let referentiel = &self.live.import.manifest.referentiel;
        let then = rails.store.element_codes(referentiel)?;
        let before = stored_responses(self.live, self.stored, &then)?;
        if before.is_empty() {
            return Ok(Succeeded::Same);
        }
        let now: Vec<_> = self.records.iter().map(|r| response(r, codes)).collect();
        let kept = common(&before, &now);
        let respondents = count(now.len(), "répondant", "répondants");
        let what = format!("{respondents} au lieu de {}", before.len());
        Ok(if now.len() < before.len() {
            self.loses(&what)
        } else if kept * 2 < before.len() && before.len() >= FEW {
            let same = match kept {
                0 => "aucun n’a les réponses d’avant".to_owned(),
                1 => "un seul a les réponses d’avant".to_owned(),
                n => format!("{n} seulement ont les réponses d’avant"),
            };
            self.loses(&format!(
                "{what}, dont {same} : c’est peut-être un autre lot, numéroté comme le premier"
            ))
        } else {
            self.changes(&what)
        })
    }
}

/// The first of some names, and how many others.
pub(super) fn named(all: impl Iterator<Item = String>) -> String {
    let all: Vec<String> = all.collect();
    let mut shown = all
        .iter()
        .take(NAMED)
        .cloned()
        .collect::<Vec<String>>()
        .join(", ");
    if let Some(more) = all.len().checked_sub(NAMED).filter(|n| *n > 0) {
        let _ = write!(shown, " et {}", count(more, "autre", "autres"));
    }
    shown
}

fn level(micro: i32) -> String {
    let level = f64::from(micro) / MICRO as f64;
    decimals(level, if level.fract() == 0.0 { 0 } else { 2 })
}
