//! A file that comes back under its own name with the same notes, and another accueil, observer or visit: it was
//! corrected, and what it held before would stay beside.

use std::collections::BTreeSet;

use super::session_rail::corrected;
use super::stored_grids::{GridNotes, StoredGrid, stored_grids};
use super::{Asking, RailRun, Rails};
use crate::base::diagnostics::{Code, Diagnostic};
use crate::base::error::Result;
use crate::base::text::fold;
use crate::intake::observations::{ElementCodes, TypedRecord, UnitKey};

impl Rails<'_> {
    pub(super) fn same_files(&self, run: &RailRun, asking: &mut Asking) -> Result<()> {
        let known: BTreeSet<&str> = (self.live.iter())
            .flat_map(|l| &l.import.manifest.files)
            .map(|f| f.name.as_str())
            .collect();
        let is_asked = |file: usize| {
            let mut own = asking.questions.iter().filter(|q| q.file == file);
            own.any(|q| q.diagnostic.code == Code::SecondGrid)
        };
        let back: Vec<usize> = (run.entering())
            .filter(|file| known.contains(run.about[*file].name) && !is_asked(*file))
            .collect();
        if back.is_empty() {
            return Ok(());
        }
        let codes = ElementCodes::of(self.observatory.referentiel(self.campaign));
        let stored = stored_grids(self.store, &self.live, |_| true)?;
        let coming: Vec<&TypedRecord> = (run.entering())
            .flat_map(|file| &run.files[file].records)
            .collect();
        for file in back {
            let name = run.about[file].name;
            let grids = run.files[file].records.iter().filter(|r| is_grid(r));
            for grid in grids {
                let notes = GridNotes::of(grid, &codes);
                let twin = stored.iter().find_map(|(structure, all)| {
                    let mut of_file = all.iter().filter(|s| s.file == name);
                    let twin = of_file.find(|s| {
                        let returns = coming.iter().any(|c| is_of(c, structure, s));
                        !returns && s.source == grid.unit.source() && s.levels.is_same_as(&notes)
                    })?;
                    Some((structure, twin))
                });
                if let Some((structure, twin)) = twin {
                    asking.ask(file, second(grid, structure, twin));
                }
            }
        }
        Ok(())
    }
}

fn is_grid(record: &TypedRecord) -> bool {
    matches!(record.unit, UnitKey::Visit { .. } | UnitKey::Grid { .. })
}

/// Whether a grid that comes takes the place of one that is there.
fn is_of(coming: &TypedRecord, structure: &str, stored: &StoredGrid) -> bool {
    is_grid(coming)
        && **coming.unit.structure() == *structure
        && coming.unit.source() == stored.source
        && fold(&coming.visit) == fold(&stored.visit)
        && fold(&coming.observer) == fold(&stored.observer)
}

fn second(grid: &TypedRecord, structure: &str, twin: &StoredGrid) -> Diagnostic {
    let about = |visit: &str, observer: &str| match (visit, observer) {
        ("", "") => String::new(),
        (visit, "") => format!(", visite {visit}"),
        (visit, observer) => format!(", visite {visit}, {observer}"),
    };
    let message = format!(
        "un fichier de ce nom a déjà apporté ces notes pour {structure}{} (import {}), et les apporte maintenant pour {}{} : s’il a été corrigé, elles compteraient deux fois.",
        about(&twin.visit, &twin.observer),
        twin.import,
        grid.unit.structure(),
        about(&grid.visit, &grid.observer),
    );
    let said = Diagnostic::new(Code::SecondGrid, grid.at.clone(), message);
    said.with_remedy(corrected(&twin.import, &twin.file))
}
