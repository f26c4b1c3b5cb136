//! What changed in actions since a day or since an import: what a person types again in « CTG dans ma poche », in the
//! order of the fiches, and nothing else.

use std::collections::BTreeMap;
use std::path::Path;

use crate::base::day::Day;
use crate::base::error::Result;
use crate::convention::column_kinds::RegisterHolds;
use crate::convention::convention_model::Convention;
use crate::convention::register_columns::{ActionsColumn, Register, RegisterColumn, SuiviField};
use crate::convention::registers::{SuiviJournal, SuiviRecord, listed, places};
use crate::convention::suivi_field::named_record;

/// Since when.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum PocketSince<'a> {
    /// Since ever.
    Beginning,
    /// Since the end of a day.
    Day(Day),
    /// Since an import.
    Import(&'a str),
}

/// A cell to type again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct PocketLine {
    /// Codes of its fiches.
    pub fiche: String,
    /// `ACT-007`.
    pub id: String,
    /// The action.
    pub action: String,
    /// Column.
    pub column: &'static str,
    /// What it held; empty when nothing.
    pub before: String,
    /// What it holds; empty when it was emptied.
    pub after: String,
    /// Whether the whole action is new.
    pub is_new: bool,
}

/// Cells of actions that changed since, and the last import that is in them.
pub(crate) fn pocket_changes(
    root: &Path,
    convention: &Convention,
    since: PocketSince,
) -> Result<(Vec<PocketLine>, String)> {
    let journal = SuiviJournal::whole(&places(root))?;
    let before = match since {
        PocketSince::Beginning => BTreeMap::new(),
        PocketSince::Day(day) => journal.records_on(day),
        PocketSince::Import(id) => journal.state_after(id).unwrap_or_default(),
    };
    let last = journal.entries.last().map(|e| e.id.clone());
    let mut lines: Vec<PocketLine> = (journal.records.iter())
        .filter_map(|(name, now)| {
            let (register, id) = named_record(name)?;
            (register == Register::Actions).then(|| of_action(id, before.get(name), now))
        })
        .flatten()
        .collect();
    let rank = |line: &PocketLine| {
        let first = listed(&line.fiche).first().map(|f| (*f).to_owned());
        convention
            .fiches
            .iter()
            .position(|f| Some(&f.code) == first.as_ref())
    };
    lines.sort_by_key(|line| rank(line).unwrap_or(usize::MAX));
    Ok((lines, last.unwrap_or_default()))
}

fn of_action(id: &str, before: Option<&SuiviRecord>, now: &SuiviRecord) -> Vec<PocketLine> {
    let none = SuiviRecord::new();
    let before = before.unwrap_or(&none);
    let held =
        |record: &SuiviRecord, field: SuiviField| record.get(&field).cloned().unwrap_or_default();
    let said = if now.is_empty() { before } else { now };
    let typed = SuiviField::all(Register::Actions)
        .filter(|field| field.spec().holds != RegisterHolds::Computed);
    typed
        .filter(|field| held(before, *field) != held(now, *field))
        .map(|field| PocketLine {
            fiche: held(said, ActionsColumn::Fiche.field()),
            id: id.to_owned(),
            action: held(said, ActionsColumn::Action.field()),
            column: field.spec().heading,
            before: held(before, field),
            after: held(now, field),
            is_new: before.is_empty(),
        })
        .collect()
}
