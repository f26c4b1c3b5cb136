//! The registers as a page shows them: lines with what is computed, what a line was before, lines that were removed,
//! cells that two machines filled at once.

use std::path::Path;

use super::super::convention_model::Convention;
use super::super::register_columns::{Register, SuiviField};
use super::super::registers::{Registers, SuiviEntry, SuiviJournal, SuiviTarget, places};
use super::super::suivi_book::SuiviBook;
use super::super::suivi_field::{named_record, record_name};
use super::super::to_complete::MissingCell;
use super::typed_row::PAGE;
use crate::base::day::Day;
use crate::base::diagnostics::Diagnostic;
use crate::base::error::{Error, Result};
use crate::base::journal::{JournalChange, Origin};

/// A change of a cell: when, from what, before and after.
pub(crate) type RowChange = JournalChange<SuiviField>;

/// A line as it is shown.
#[derive(Debug, Clone)]
pub(crate) struct ShownRow {
    pub(crate) id: String,
    /// What each column shows, what the program computes included.
    pub(crate) cells: Vec<(SuiviField, String)>,
}

/// A cell that two machines filled at once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ContestedRowCell {
    pub(crate) register: Register,
    pub(crate) id: String,
    pub(crate) field: SuiviField,
    /// What stands; empty when nothing does.
    pub(crate) kept: String,
    /// What each wrote, and who.
    pub(crate) written: Vec<(String, String)>,
}

/// The follow-up, read once for a page.
pub(crate) struct RegisterDesk {
    journal: SuiviJournal,
    registers: Registers,
}

impl RegisterDesk {
    /// Reads it.
    ///
    /// # Errors
    ///
    /// As [`Registers::load`].
    pub(crate) fn load(root: &Path) -> Result<Self> {
        let journal = SuiviJournal::whole(&places(root))?;
        Ok(Self {
            registers: Registers::of(&journal, None),
            journal,
        })
    }

    /// The lines of a register, with what is computed on a day.
    pub(crate) fn rows(
        &self,
        convention: &Convention,
        register: Register,
        day: Day,
    ) -> Vec<ShownRow> {
        let book = SuiviBook::new(convention, &self.registers, None, day, false);
        let rows = self.registers.rows(register).iter();
        let shown = rows.map(|row| ShownRow {
            id: row.id.clone(),
            cells: SuiviField::all(register)
                .map(|field| (field, book.shown(register, row, field)))
                .collect(),
        });
        shown.collect()
    }

    /// How many lines a register has.
    pub(crate) fn count(&self, register: Register) -> usize {
        self.registers.rows(register).len()
    }

    /// What is missing on a day, and the sentence that says it with the next échéance.
    pub(crate) fn missing(&self, convention: &Convention, day: Day) -> (String, Vec<MissingCell>) {
        let book = SuiviBook::new(convention, &self.registers, None, day, false);
        (book.missing_title, book.missing)
    }

    /// The import that it is the state after.
    pub(crate) fn version(&self) -> &str {
        self.registers.version()
    }

    /// Files that a synchroniser left, cells that wait for a choice.
    pub(crate) fn remarks(&self) -> &[Diagnostic] {
        self.registers.remarks()
    }

    /// Every change of a line, in order.
    pub(crate) fn history(&self, register: Register, id: &str) -> Vec<RowChange> {
        self.journal.changes(&record_name(register, id))
    }

    /// Lines whose every cell was emptied, with what each held last.
    pub(crate) fn removed(&self, register: Register) -> Vec<ShownRow> {
        removed(&self.journal, register)
    }

    /// Cells that wait for a choice.
    pub(crate) fn contested(&self) -> Vec<ContestedRowCell> {
        contested(&self.journal)
    }
}

fn removed(journal: &SuiviJournal, register: Register) -> Vec<ShownRow> {
    let records = journal.records.iter();
    let emptied = records.filter(|(_, record)| record.is_empty());
    let own = emptied.filter_map(|(name, _)| named_record(name).filter(|(r, _)| *r == register));
    own.map(|(_, id)| last_held(journal, register, id))
        .collect()
}

fn last_held(journal: &SuiviJournal, register: Register, id: &str) -> ShownRow {
    let history = journal.changes(&record_name(register, id));
    let last = |field: SuiviField| {
        let mut own = history.iter().rev().filter(|c| c.champ == field);
        own.next().map(|c| c.avant.clone()).unwrap_or_default()
    };
    let cells = SuiviField::all(register).map(|field| (field, last(field)));
    ShownRow {
        id: id.to_owned(),
        cells: cells.filter(|(_, text)| !text.is_empty()).collect(),
    }
}

/// Puts a removed line back as it was: what it holds was checked when it was typed.
///
/// # Errors
///
/// A line that is not removed; a journal that cannot be written, or is held.
pub(crate) fn put_row_back(root: &Path, register: Register, id: &str, date: Day) -> Result<()> {
    let mut target = SuiviTarget::open(&places(root), false)?;
    let mut all = removed(target.journal(), register).into_iter();
    let row = all.find(|row| row.id == id).ok_or_else(|| {
        Error::Usage(format!(
            "{id} n’est pas retirée, ou vient d’être remise : rien n’a été écrit."
        ))
    })?;
    let mut entry = SuiviEntry::new(date, Origin::Import, PAGE, "");
    let name = record_name(register, id);
    entry
        .changements
        .insert(name, row.cells.into_iter().collect());
    target.commit(entry).map(|_| ())
}

fn contested(journal: &SuiviJournal) -> Vec<ContestedRowCell> {
    let cells = journal.contested.iter().filter_map(|cell| {
        let (register, id) = named_record(&cell.record)?;
        Some(ContestedRowCell {
            register,
            id: id.to_owned(),
            field: cell.field,
            kept: cell.kept.clone(),
            written: cell
                .texts
                .iter()
                .cloned()
                .zip(journal.writers(cell))
                .collect(),
        })
    });
    cells.collect()
}

/// Keeps what stands of a contested cell.
///
/// # Errors
///
/// A cell that no longer waits for this choice; a journal that cannot be written, or is held.
pub(crate) fn keep_standing_cell(root: &Path, cell: &ContestedRowCell, date: Day) -> Result<()> {
    let mut target = SuiviTarget::open(&places(root), false)?;
    if !contested(target.journal()).contains(cell) {
        return Err(Error::Usage(format!(
            "{}, « {} » : cette case n’attend plus ce choix. Rouvrez la page, regardez, puis recommencez.",
            cell.id,
            cell.field.spec().heading
        )));
    }
    let mut entry = SuiviEntry::new(date, Origin::Import, PAGE, "");
    let own = [(cell.field, cell.kept.clone())].into_iter().collect();
    let name = record_name(cell.register, &cell.id);
    entry.changements.insert(name, own);
    target.commit(entry).map(|_| ())
}
