//! What this machine changed last, taken back: a new entry that puts the previous values there again. Nothing is
//! ever removed from the journal.

use super::action_words::{Status, Word};
use super::field::{ActionField, ActionRecord};
use super::import::PlanFileOutcome;
use super::plan_journal::{Entry, Held, Journal, Target, places};
use super::state::Plans;
use super::typed_line::{PAGE, TypedSheet, enter_lines};
use crate::base::day::Day;
use crate::base::diagnostics::has_errors;
use crate::base::error::{Error, Result};
use crate::base::journal::Origin;
use crate::base::machine::machine_name;
use crate::vocabulary::config::Observatory;

/// Why an action that was added and taken back is given up.
const BY_MISTAKE: &str = "ajoutée par erreur";

/// A change that can be taken back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LastChange {
    /// Entry of the journal.
    pub entry: String,
    /// Its day.
    pub date: Day,
    /// Workbook, or the page.
    pub whence: String,
    /// Its cells, as they are and as they would be again.
    pub cells: Vec<ReturningCell>,
    /// Actions that it created: they stay, given up.
    pub created: Vec<String>,
    /// Cells that changed again since; nothing is taken back then.
    pub changed_since: Vec<ReturningCell>,
}

/// A cell that goes back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReturningCell {
    /// Action.
    pub action: String,
    /// Field.
    pub field: ActionField,
    /// What the change wrote.
    pub written: String,
    /// What was there before.
    pub before: String,
}

impl Plans {
    /// What this machine changed last; none when it changed nothing.
    pub fn last_change(&self) -> Option<LastChange> {
        last_change(self.journal())
    }
}

fn last_change(journal: &Journal) -> Option<LastChange> {
    let machine = machine_name();
    let own = |e: &&Entry| e.origine == Origin::Import && e.poste == machine;
    let entry = journal.entries.iter().rfind(own)?;
    let mut last = LastChange {
        entry: entry.id.clone(),
        date: entry.date,
        whence: entry.fichier.clone(),
        cells: Vec::new(),
        created: Vec::new(),
        changed_since: Vec::new(),
    };
    for action in journal.changed_by(&entry.id) {
        if journal
            .first(action)
            .is_some_and(|first| first.id == entry.id)
        {
            last.created.push(action.to_owned());
            last.changed_since
                .extend(touched_since(journal, entry, action));
            continue;
        }
        let changes = journal.changes(action);
        for change in changes.iter().filter(|c| c.entree == entry.id) {
            let cell = ReturningCell {
                action: action.to_owned(),
                field: change.champ,
                written: change.apres.clone(),
                before: change.avant.clone(),
            };
            let now = journal
                .records
                .get(action)
                .and_then(|r| r.get(&change.champ));
            if now.map_or("", String::as_str) == change.apres {
                last.cells.push(cell);
            } else {
                last.changed_since.push(cell);
            }
        }
    }
    Some(last)
}

/// Cells of an action that are no longer as the entry that created it wrote them: somebody works on it, and giving it
/// up would undo that.
fn touched_since(journal: &Journal, entry: &Entry, action: &str) -> Vec<ReturningCell> {
    let changes = journal.changes(action).into_iter();
    let written: ActionRecord = changes
        .filter(|c| c.entree == entry.id)
        .map(|c| (c.champ, c.apres))
        .collect();
    let now = journal.records.get(action);
    let text = |record: Option<&ActionRecord>, field: &ActionField| {
        let held = record.and_then(|r| r.get(field));
        held.cloned().unwrap_or_default()
    };
    let fields = ActionField::ALL.iter();
    let changed = fields.filter(|f| text(now, f) != text(Some(&written), f));
    changed
        .map(|field| ReturningCell {
            action: action.to_owned(),
            field: *field,
            written: text(Some(&written), field),
            before: String::new(),
        })
        .collect()
}

/// Takes back what this machine changed last.
///
/// # Errors
///
/// Another entry than the one that was shown, cells that changed since; a journal that cannot be read or
/// written, or is held.
pub fn take_back(observatory: &Observatory, shown: &str, date: Day) -> Result<PlanFileOutcome> {
    let held = Held::take(&places(&observatory.root))?;
    let last = last_change(&held.journal).filter(|last| last.entry == shown);
    let last = last.ok_or_else(|| {
        Error::Usage("Le plan a changé depuis que cette page a été montrée : rien n’a été annulé. Rouvrez la page Plan, regardez, puis recommencez.".to_owned())
    })?;
    if let Some(cell) = last.changed_since.first() {
        return Err(Error::Usage(format!(
            "{}, « {} » : une autre valeur a remplacé la vôtre depuis. Rien n’a été annulé ; corrigez cette action sur sa page.",
            cell.action,
            cell.field.heading()
        )));
    }
    // All of what is known, whichever machines wrote last.
    let seen = held.journal.base_mark();
    let lines = lines(&held.journal, &last, date);
    let typed = TypedSheet {
        name: format!("{PAGE} ({} annulé)", last.entry),
        seen,
        lines,
        replaces: true,
        date,
    };
    let outcome = enter_lines(observatory, Target::Held(held), &typed)?;
    if has_errors(&outcome.diagnostics) {
        let said: Vec<&str> = outcome
            .diagnostics
            .iter()
            .map(|d| d.message.as_str())
            .collect();
        return Err(Error::Usage(format!(
            "Rien n’a été annulé, ce qui était ne serait plus admis : {}",
            said.join(" ")
        )));
    }
    Ok(outcome)
}

/// Each action as it is, and over it what comes back.
fn lines(journal: &Journal, last: &LastChange, date: Day) -> Vec<(String, ActionRecord)> {
    let mut lines: std::collections::BTreeMap<String, ActionRecord> =
        std::collections::BTreeMap::new();
    let now = |action: &str| journal.records.get(action).cloned().unwrap_or_default();
    for cell in &last.cells {
        let line = lines.entry(cell.action.clone());
        let line = line.or_insert_with(|| now(&cell.action));
        line.insert(cell.field, cell.before.clone());
    }
    for action in &last.created {
        let mut line = now(action);
        line.extend([
            (ActionField::Statut, Status::Abandoned.label().to_owned()),
            (ActionField::Close, date.to_string()),
            (ActionField::Raison, BY_MISTAKE.to_owned()),
        ]);
        lines.insert(action.clone(), line);
    }
    lines.into_iter().collect()
}
