//! What a journal keeps, and the words that it is told with.

use std::collections::BTreeMap;

use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::base::diagnostics::Code;

/// What a record is made of, as it is kept: field → text; what is empty is absent.
pub type CellRecord<F> = BTreeMap<F, String>;

/// Words of one kind of journal.
#[derive(Debug, Clone, Copy)]
pub struct JournalWords {
    /// « plan »: `Le … ne peut pas être écrit`, `l’historique du …`.
    pub(crate) one: &'static str,
    /// « des plans »: what someone may have deleted on purpose.
    pub(crate) some: &'static str,
    /// Told of a cell that two machines filled at once.
    pub(crate) contested: Code,
}

/// A field of the records of a journal.
pub trait JournalField: Copy + Ord + Serialize + DeserializeOwned + 'static {
    /// What is said of its journal.
    const WORDS: JournalWords;

    /// Heading of its column.
    fn heading(self) -> &'static str;

    /// What the names of the records begin with that it holds the id of; none when it refers to no record.
    fn refers_to(self) -> Option<&'static str> {
        None
    }
}
