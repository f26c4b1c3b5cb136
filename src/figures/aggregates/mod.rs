//! Exact whole numbers folded from the answers, once per import, unit by unit (`design.md` 4 and 6):
//! every figure, importance and agreement of observers is made from them, and they merge by
//! addition. A unit is what a later import replaces; a respondent belongs to one unit, so counts of
//! distinct respondents add up too.
//!
//! | question | file |
//! |---|---|
//! | what is kept of a unit? | `partials` |
//! | how are typed columns turned into it, in one pass? | `folding` |
//! | where are the partials of an import on disk? | `import_fold`, `partial_tables`, `partial_columns` |
//! | how does the long table get there? | `long_table` |
//! | what do families hold to, critère by critère? | `family_levels` |

mod family_levels;
mod folding;
mod import_fold;
mod long_table;
#[cfg(test)]
mod merging;
mod partial_columns;
mod partial_tables;
mod partials;
mod tally;

pub(crate) use family_levels::FamilyLevels;
pub(crate) use folding::{AnswerColumns, Folder};
pub(crate) use import_fold::ImportFold;
pub(crate) use long_table::fold_table;
pub(crate) use partials::{AnswerUnit, ElementTally, Partials};
pub use tally::Tally;
