//! The registers as known on a day: typed lines, when each was last touched.

use std::collections::BTreeMap;
use std::path::Path;

use super::convention_words::ClosedWord;
use super::register_columns::SuiviField;
use super::register_columns::{Register, RegisterColumn};
use super::suivi_field::named_record;
use crate::base::day::Day;
use crate::base::diagnostics::Diagnostic;
use crate::base::error::Result;
use crate::base::journal::{CellJournal, CellRecord, JournalEntry, JournalPlaces, JournalTarget};

/// A line as it is kept.
pub(super) type SuiviRecord = CellRecord<SuiviField>;
/// Every import of the follow-up.
pub(super) type SuiviJournal = CellJournal<SuiviField>;
/// One import.
pub(super) type SuiviEntry = JournalEntry<SuiviField>;
/// Where imports go.
pub(super) type SuiviTarget = JournalTarget<SuiviField>;

/// Where the follow-up is kept in an observatory folder.
pub(super) fn places(root: &Path) -> JournalPlaces {
    let data = root.join("data");
    JournalPlaces {
        entries: data.join("ctg").join("journal"),
        marks: data.join("reperes").join("ctg"),
    }
}

/// A line of a register.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RegisterRow {
    /// Its id, or the code that people gave it.
    pub id: String,
    /// Day of the last import that touched it.
    pub updated: Option<Day>,
    record: SuiviRecord,
}

impl RegisterRow {
    /// What a cell holds, empty when nothing.
    pub fn text(&self, column: impl RegisterColumn) -> &str {
        self.record.get(&column.field()).map_or("", String::as_str)
    }

    /// What a cell of its register holds, by its field.
    pub(super) fn held(&self, field: SuiviField) -> &str {
        self.record.get(&field).map_or("", String::as_str)
    }

    /// Heading and content of its cells, in order.
    pub(crate) fn filled(&self) -> impl Iterator<Item = (&'static str, &str)> {
        let cells = self.record.iter();
        cells.map(|(field, text)| (field.spec().heading, text.as_str()))
    }

    /// A day.
    pub fn day(&self, column: impl RegisterColumn) -> Option<Day> {
        self.text(column).parse().ok()
    }

    /// A number.
    pub fn number(&self, column: impl RegisterColumn) -> Option<f64> {
        self.text(column).parse().ok()
    }

    /// A word of a closed list.
    pub fn word<W: ClosedWord>(&self, column: impl RegisterColumn) -> Option<W> {
        W::read(self.text(column))
    }

    /// What stands between commas.
    pub fn list(&self, column: impl RegisterColumn) -> Vec<&str> {
        listed(self.text(column))
    }
}

/// What stands between commas, semicolons or line breaks.
pub(super) fn listed(text: &str) -> Vec<&str> {
    let parts = text.split([',', ';', '\n']).map(str::trim);
    parts.filter(|part| !part.is_empty()).collect()
}

/// A line to be: its register, its id (empty when it has none yet), its cells.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewRow {
    /// Register.
    pub register: Register,
    /// Id, or code; empty for a line that the program will name.
    pub id: String,
    /// Cells, as they are kept: days in ISO, words as their labels, numbers with a dot.
    pub cells: Vec<(SuiviField, String)>,
}

impl NewRow {
    /// A line without any cell yet.
    pub fn new(register: Register, id: &str) -> Self {
        Self {
            register,
            id: id.to_owned(),
            cells: Vec::new(),
        }
    }

    /// The same with a cell more.
    #[must_use]
    pub fn with(mut self, column: impl RegisterColumn, text: impl Into<String>) -> Self {
        self.cells.push((column.field(), text.into()));
        self
    }
}

/// All registers, on a day or as they are.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Registers {
    rows: BTreeMap<Register, Vec<RegisterRow>>,
    /// Import after which this is the state, empty before any.
    version: String,
    remarks: Vec<Diagnostic>,
}

impl Registers {
    /// Reads the follow-up of an observatory; none is no error. With a day, what was known that day.
    ///
    /// # Errors
    ///
    /// An entry of `data/ctg/journal` that is missing, unreadable or of another format.
    pub fn load(root: &Path, day: Option<Day>) -> Result<Self> {
        let journal = SuiviJournal::whole(&places(root))?;
        Ok(Self::of(&journal, day))
    }

    pub(super) fn of(journal: &SuiviJournal, day: Option<Day>) -> Self {
        let records = match day {
            Some(day) => journal.records_on(day),
            None => journal.records.clone(),
        };
        let updates = updates(journal, day);
        let mut rows: BTreeMap<Register, Vec<RegisterRow>> = BTreeMap::new();
        for (name, record) in records {
            // A line whose every cell was emptied is no line any more.
            let (Some((register, id)), false) = (named_record(&name), record.is_empty()) else {
                continue;
            };
            let row = RegisterRow {
                id: id.to_owned(),
                updated: updates.get(name.as_str()).copied(),
                record,
            };
            rows.entry(register).or_default().push(row);
        }
        let last = journal.entries.last().map(|e| e.id.clone());
        Self {
            rows,
            version: last.unwrap_or_default(),
            remarks: journal.remarks(),
        }
    }

    /// Registers of some lines, in the order given; `version` is the import that they were known after.
    pub fn of_rows(rows: impl IntoIterator<Item = NewRow>, version: &str) -> Self {
        let mut registers = Self {
            version: version.to_owned(),
            ..Self::default()
        };
        for row in rows {
            let cells = row.cells.into_iter().filter(|(_, text)| !text.is_empty());
            let made = RegisterRow {
                id: row.id,
                updated: None,
                record: cells.collect(),
            };
            registers.rows.entry(row.register).or_default().push(made);
        }
        registers
    }

    /// The lines of a register, by id.
    pub fn rows(&self, register: Register) -> &[RegisterRow] {
        self.rows.get(&register).map_or(&[], Vec::as_slice)
    }

    /// A line by its id.
    pub fn row(&self, register: Register, id: &str) -> Option<&RegisterRow> {
        self.rows(register).iter().find(|row| row.id == id)
    }

    /// Whether nothing was ever typed.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// Lines of all registers.
    pub fn len(&self) -> usize {
        self.rows.values().map(Vec::len).sum()
    }

    /// The import that it is the state after.
    pub fn version(&self) -> &str {
        &self.version
    }

    /// Cells that a person must choose, files that a synchroniser left.
    pub fn remarks(&self) -> &[Diagnostic] {
        &self.remarks
    }
}

/// When each line was last touched.
fn updates(journal: &SuiviJournal, day: Option<Day>) -> BTreeMap<&str, Day> {
    let mut updates: BTreeMap<&str, Day> = BTreeMap::new();
    for (entry, name) in journal.touched() {
        if day.is_none_or(|day| entry <= day) {
            let last = updates.entry(name).or_insert(entry);
            *last = (*last).max(entry);
        }
    }
    updates
}
