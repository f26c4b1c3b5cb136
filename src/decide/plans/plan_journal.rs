//! What is kept of plans, `data/plans/A001-<content>.json`…, as a journal of cells (`base::journal`).

use std::path::Path;

use super::field::ActionField;
use crate::base::diagnostics::Code;
use crate::base::journal::{
    CellJournal, HeldJournal, JournalChange, JournalEntry, JournalField, JournalPlaces,
    JournalTarget, JournalWords,
};

/// One file of the journal.
pub type Entry = JournalEntry<ActionField>;
/// One change of one field.
pub type ActionChange = JournalChange<ActionField>;
/// Every entry in order, and what they add up to.
pub(super) type Journal = CellJournal<ActionField>;
/// The journal held for writing.
pub(super) type Held = HeldJournal<ActionField>;
/// Where entries go.
pub(super) type Target = JournalTarget<ActionField>;

impl JournalField for ActionField {
    const WORDS: JournalWords = JournalWords {
        one: "plan",
        some: "des plans",
        contested: Code::PlanContested,
    };

    fn heading(self) -> &'static str {
        self.heading()
    }
}

/// Where plans are kept in an observatory folder.
pub(super) fn places(root: &Path) -> JournalPlaces {
    let data = root.join("data");
    JournalPlaces {
        entries: data.join("plans"),
        marks: data.join("reperes").join("plans"),
    }
}
