//! The marks of an interview's second coder that are, one by one, those of the first: two people who mark without seeing
//! each other differ somewhere. Nothing but a person can tell; it is told, and enters.

use super::stored_grids::{GridNotes, stored_grids};
use super::{Asking, RailRun, Rails};
use crate::base::diagnostics::{Code, Diagnostic};
use crate::base::error::Result;
use crate::base::text::fold;
use crate::intake::observations::{ElementCodes, TypedRecord, UnitKey};
use crate::vocabulary::referentiel::SourceCode;

/// An interview of the run.
struct ComingInterview<'a> {
    file: usize,
    record: &'a TypedRecord,
    notes: GridNotes,
}

impl Rails<'_> {
    pub(super) fn second_coders(&self, run: &RailRun, asking: &mut Asking) -> Result<()> {
        let codes = ElementCodes::of(self.observatory.referentiel(self.campaign));
        let mut coming: Vec<ComingInterview> = Vec::new();
        for file in run.entering() {
            let records = run.files[file].records.iter();
            for record in records.filter(|r| r.unit.source() == SourceCode::Dir) {
                let notes = GridNotes::of(record, &codes);
                coming.push(ComingInterview {
                    file,
                    record,
                    notes,
                });
            }
        }
        if !coming.iter().any(|c| is_second(c.record)) {
            return Ok(());
        }
        let concerned = |site: &str| {
            let mut sites = coming.iter().map(|c| &**c.record.unit.structure());
            sites.any(|s| s == site)
        };
        let stored = stored_grids(self.store, &self.live, concerned)?;
        let telling = coming.iter().enumerate();
        for (rank, second) in telling.filter(|(_, c)| c.notes.is_unmistakable()) {
            let site = second.record.unit.structure();
            // Of two grids of the run, the later one says it.
            let same_run = (coming[..rank].iter())
                .filter(|c| {
                    c.record.unit.structure() == site && c.record.unit != second.record.unit
                })
                .find(|c| c.notes == second.notes)
                .map(|c| format!("dans « {} »", run.about[c.file].name));
            let own = stored.get(site).into_iter().flatten();
            let in_place = (own.filter(|s| s.source == SourceCode::Dir))
                .filter(|s| fold(&s.observer) != fold(&second.record.observer))
                .find(|s| s.levels == second.notes)
                .map(|s| format!("dans l’import {} (« {} »)", s.import, s.file));
            if let Some(place) = same_run.or(in_place) {
                let message = format!(
                    "les {} notes de cet entretien de {} sont, une à une, celles de son autre codage, {place}.",
                    second.notes.len(),
                    self.named(site),
                );
                let at = second.record.at.clone();
                asking.tell(
                    second.file,
                    Diagnostic::new(Code::InterviewCopied, at, message),
                );
            }
        }
        Ok(())
    }
}

fn is_second(record: &TypedRecord) -> bool {
    matches!(
        &record.unit,
        UnitKey::Grid {
            second_coder: Some(_),
            ..
        }
    )
}
