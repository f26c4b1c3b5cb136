//! A cell that two machines filled at once, settled by a person who sees what each wrote and what stands.
//!
//! What one of them wrote is a change, typed and checked as any other (`typed_line`). What stands changes nothing: a
//! workbook that holds it says nothing, so that it takes a gesture of its own, kept in the journal as the choice it is.

use super::field::{ActionField, ActionRecord};
use super::plan_journal::{Entry, Held, Journal, places};
use super::state::Plans;
use super::typed_line::PAGE;
use crate::base::day::Day;
use crate::base::error::{Error, Result};
use crate::base::journal::Origin;
use crate::vocabulary::config::Observatory;

/// A cell that waits for a person's choice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ContestedField {
    /// Action.
    pub action: String,
    /// Field.
    pub field: ActionField,
    /// What stands; empty when nothing does.
    pub kept: String,
    /// What each wrote, and who.
    pub written: Vec<(String, String)>,
}

impl Plans {
    /// Cells that wait for a choice, in the order of actions.
    pub fn contested(&self) -> Vec<ContestedField> {
        contested(self.journal())
    }
}

fn contested(journal: &Journal) -> Vec<ContestedField> {
    let cells = journal.contested.iter().map(|cell| ContestedField {
        action: cell.record.clone(),
        field: cell.field,
        kept: cell.kept.clone(),
        written: cell
            .texts
            .iter()
            .cloned()
            .zip(journal.writers(cell))
            .collect(),
    });
    cells.collect()
}

/// Keeps what stands of a contested cell.
///
/// # Errors
///
/// A cell that is no longer contested, or of which something else stands; a journal that cannot be written, or is held.
pub fn keep_standing(
    observatory: &Observatory,
    action: &str,
    field: ActionField,
    kept: &str,
    date: Day,
) -> Result<String> {
    let mut held = Held::take(&places(&observatory.root))?;
    let found = contested(&held.journal).into_iter();
    let mut found = found.filter(|c| c.action == action && c.field == field);
    if found.next().is_none_or(|cell| cell.kept != kept) {
        return Err(Error::Usage(format!(
            "{action}, « {} » : cette case n’attend plus ce choix. Rouvrez la page Plan, regardez, puis recommencez.",
            field.heading()
        )));
    }
    let mut entry = Entry::new(date, Origin::Import, PAGE, "");
    let own = ActionRecord::from([(field, kept.to_owned())]);
    entry.changements.insert(action.to_owned(), own);
    held.commit(entry)
}
