//! Two accueils, the same notes: a grid copied for the next accueil and not filled in again, a file saved under
//! another name. Two visits do not give the same notes from the first line to the last; nothing but a person can
//! tell, and an accueil may be read from one form filled in for several: it is told, and enters.

use std::collections::HashMap;

use super::stored_grids::{GridNotes, stored_grids};
use super::{Asking, RailRun, Rails};
use crate::base::diagnostics::{Code, Diagnostic};
use crate::base::error::Result;
use crate::intake::observations::{ElementCodes, TypedRecord, UnitKey};
use crate::vocabulary::referentiel::SourceCode;

/// A grid of the run, long and varied enough to be known again.
struct ToldGrid<'a> {
    file: usize,
    record: &'a TypedRecord,
    notes: GridNotes,
}

impl Rails<'_> {
    pub(super) fn twins(&self, run: &RailRun, asking: &mut Asking) -> Result<()> {
        let codes = ElementCodes::of(self.observatory.referentiel(self.campaign));
        let mut told: Vec<ToldGrid> = Vec::new();
        for file in run.entering() {
            for record in run.files[file].records.iter().filter(|r| is_grid(r)) {
                let notes = GridNotes::of(record, &codes);
                if notes.is_unmistakable() {
                    told.push(ToldGrid {
                        file,
                        record,
                        notes,
                    });
                }
            }
        }
        if told.is_empty() {
            return Ok(());
        }
        let mut first: HashMap<(SourceCode, &GridNotes), &ToldGrid> = HashMap::new();
        let mut alone = Vec::new();
        for grid in &told {
            let key = (grid.record.unit.source(), &grid.notes);
            match first.get(&key) {
                Some(twin) if is_elsewhere(grid, twin.record.unit.structure()) => {
                    let place = if twin.file == grid.file {
                        "dans le même fichier".to_owned()
                    } else {
                        format!("dans « {} »", run.about[twin.file].name)
                    };
                    let other = twin.record.unit.structure();
                    asking.tell(grid.file, self.copied(grid, other, &place));
                }
                Some(_) => {}
                None => {
                    first.insert(key, grid);
                    alone.push(grid);
                }
            }
        }
        self.twins_in_place(&alone, asking)
    }

    /// Grids that an import in place brought for another accueil.
    fn twins_in_place(&self, told: &[&ToldGrid], asking: &mut Asking) -> Result<()> {
        let stored = stored_grids(self.store, &self.live, |_| true)?;
        let known: HashMap<(SourceCode, &GridNotes), _> = (stored.iter())
            .flat_map(|(structure, grids)| grids.iter().map(move |g| (structure, g)))
            .map(|(structure, g)| ((g.source, &g.levels), (structure, g)))
            .collect();
        for grid in told {
            let found = known.get(&(grid.record.unit.source(), &grid.notes));
            let Some((structure, twin)) = found.filter(|(s, _)| is_elsewhere(grid, s)) else {
                continue;
            };
            let is_asked = (asking.questions.iter())
                .any(|q| q.file == grid.file && q.diagnostic.code == Code::SecondGrid);
            if !is_asked {
                let place = format!("dans l’import {} (« {} »)", twin.import, twin.file);
                asking.tell(grid.file, self.copied(grid, structure, &place));
            }
        }
        Ok(())
    }

    fn copied(&self, grid: &ToldGrid, other: &str, place: &str) -> Diagnostic {
        let message = format!(
            "les {} notes de {} sont, une à une, celles de {}, {place}.",
            grid.notes.len(),
            self.named(grid.record.unit.structure()),
            self.named(other),
        );
        Diagnostic::new(Code::GridCopied, grid.record.at.clone(), message)
    }
}

fn is_elsewhere(grid: &ToldGrid, structure: &str) -> bool {
    **grid.record.unit.structure() != *structure
}

/// Visits, and what teams say of themselves. One director may well answer for two accueils at once.
fn is_grid(record: &TypedRecord) -> bool {
    let source = record.unit.source();
    matches!(record.unit, UnitKey::Visit { .. })
        || (matches!(record.unit, UnitKey::Grid { .. }) && source != SourceCode::Dir)
}
