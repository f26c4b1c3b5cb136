//! A journal held for writing: another command waits. Or looked at alone: a simulation leaves no trace.

use std::collections::BTreeSet;

use super::cell_journal::CellJournal;
use super::erased_lines::erase;
use super::journal_entry::{JournalEntry, JournalPlaces};
use super::journal_words::JournalField;
use crate::base::day::Day;
use crate::base::error::{Error, Result};
use crate::base::files::{
    Lock, content_name, create_dir, remember_seen, remove_temporaries, write_atomic,
};

/// The journal held for writing: another command waits.
pub(crate) struct HeldJournal<F> {
    places: JournalPlaces,
    pub journal: CellJournal<F>,
    _lock: Lock,
}

impl<F: JournalField> HeldJournal<F> {
    /// Takes the lock, then reads.
    pub(crate) fn take(places: &JournalPlaces) -> Result<Self> {
        let dir = &places.entries;
        create_dir(dir)?;
        let lock = Lock::take(dir)?;
        remove_temporaries(dir)?;
        Ok(Self {
            journal: CellJournal::whole(places)?,
            places: places.clone(),
            _lock: lock,
        })
    }

    /// Writes one entry; gives its id.
    pub(crate) fn commit(&mut self, mut entry: JournalEntry<F>) -> Result<String> {
        entry.id = self.journal.next_id();
        entry.vus.clone_from(&self.journal.seen_next);
        let text = serde_json::to_string_pretty(&entry).map_err(|e| {
            Error::Store(format!("Le {} ne peut pas être écrit ({e}).", F::WORDS.one))
        })?;
        let name = content_name(text.as_bytes());
        let file = format!("{}-{name}.json", entry.id);
        write_atomic(&self.places.entries.join(file), text.as_bytes())?;
        // Stopped before, this machine remembers less than there is, which accuses nobody.
        remember_seen(&self.places.marks, std::slice::from_ref(&name))?;
        self.journal.names.insert(name.clone());
        let id = entry.id.clone();
        self.journal.push(entry, name.clone());
        self.journal.seen_next = vec![name];
        Ok(id)
    }
}

/// Where entries go.
pub(crate) enum JournalTarget<F> {
    /// Into the folder.
    Held(HeldJournal<F>),
    /// In memory only: a simulation leaves no trace.
    Simulated(CellJournal<F>),
}

impl<F: JournalField> JournalTarget<F> {
    /// Opens a journal, held unless nothing is to be written.
    ///
    /// # Errors
    ///
    /// A journal that cannot be read, or is held by another command.
    pub(crate) fn open(places: &JournalPlaces, simulation: bool) -> Result<Self> {
        Ok(if simulation {
            Self::Simulated(CellJournal::whole(places)?)
        } else {
            Self::Held(HeldJournal::take(places)?)
        })
    }

    pub(crate) fn journal(&self) -> &CellJournal<F> {
        match self {
            Self::Held(held) => &held.journal,
            Self::Simulated(journal) => journal,
        }
    }

    /// Takes lines out of every entry; a simulation takes out nothing.
    ///
    /// # Errors
    ///
    /// An entry that cannot be read or written.
    pub(crate) fn erase(&self, date: Day, lines: &BTreeSet<String>) -> Result<()> {
        match self {
            Self::Held(held) => erase::<F>(&held.places.entries, &held.journal.names, date, lines),
            Self::Simulated(_) => Ok(()),
        }
    }

    /// Adds an entry; gives its id.
    pub(crate) fn commit(&mut self, entry: JournalEntry<F>) -> Result<String> {
        match self {
            Self::Held(held) => held.commit(entry),
            Self::Simulated(journal) => Ok(journal.append(entry)),
        }
    }
}
