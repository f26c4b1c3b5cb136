//! A journal of cells: what several people fill in workbooks, kept as one file an import that holds what it changed
//! and nothing else. Plans and the follow-up of the convention use the same.
//!
//! | question | file |
//! |---|---|
//! | what is kept: fields, what is said of them | `journal_words` |
//! | one file of the journal; a change of a cell; which bytes are refused | `journal_entry` |
//! | every entry in order, what they add up to, on a day or after an entry | `cell_journal` |
//! | – what becomes of two machines that wrote at once? | `concurrent_cells` |
//! | lines that are kept no longer, taken out of entries that keep their names | `erased_lines` |
//! | held for writing: one entry committed; a simulation | `held_journal` |
//! | what a cell of a returned workbook changes, against what it was exported with and what it holds now | `three_way` |

mod cell_journal;
mod concurrent_cells;
mod erased_lines;
mod held_journal;
mod journal_entry;
mod journal_words;
mod three_way;

pub(crate) use cell_journal::CellJournal;
pub(crate) use held_journal::{HeldJournal, JournalTarget};
pub(crate) use journal_entry::JournalPlaces;
#[cfg(test)]
pub(crate) use journal_entry::NUMBERED;
pub use journal_entry::{JournalChange, JournalEntry, Origin};
pub(crate) use journal_words::JournalWords;
pub use journal_words::{CellRecord, JournalField};
pub(crate) use three_way::CellMerge;
