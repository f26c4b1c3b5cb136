//! Exact whole numbers folded from the answers, once per import, unit by unit (`docs/rules.md` and
//! `docs/formats.md` §1): every figure, importance and agreement of observers is made from them,
//! and they merge by addition. A unit is what a later import replaces; a respondent belongs to one
//! unit, so counts of distinct respondents add up too.
//!
//! | question | file |
//! |---|---|
//! | what is kept of a unit? | `partials` |
//! | the pair that a level is made of (sum of micro-levels, count), added, as a mean | `tally` |
//! | how are typed columns turned into it, in one pass? | `folding` |
//! | – from a long table (tests) | `table_fold` |
//! | when is an import folded again, which partials are handed over? | `import_fold` |
//! | where are they on disk: tables | `partial_tables` |
//! | – their columns | `partial_columns` |
//! | – are they still what was written (seal, format)? | `kept_fold` |
//! | how much of it is read for a few structures? | `fold_reach` |
//! | how do several territories add up? | `shared_partials` |
//! | – tables that they gave | `shared_tables` |
//! | – whose critères are ours | `remap` |
//! | what do families hold to, critère by critère (50 at least)? | `family_levels` |
//! | the laws of the fold: any order, any split (tests) | `merging` |

mod family_levels;
mod fold_reach;
mod folding;
mod import_fold;
mod kept_fold;
#[cfg(test)]
mod merging;
mod partial_columns;
mod partial_tables;
mod partials;
mod remap;
mod shared_partials;
mod shared_tables;
mod table_fold;
mod tally;

pub(crate) use family_levels::{FamilyLevels, LEAST_FAMILIES};
pub(crate) use fold_reach::FoldReach;
pub(crate) use folding::{AnswerColumns, AnswerFold};
pub(crate) use import_fold::{ImportFold, units};
pub(crate) use kept_fold::check_fold;
pub(crate) use partial_tables::PartialWriter;
pub(crate) use partials::{
    AnswerUnit, CritereRespondents, ElementTally, FamilyPairs, GridDay, MaskedCell, ModalityCount,
    Partials, UnitRespondents, counted_visit,
};
pub(crate) use remap::Remap;
pub(crate) use shared_partials::{
    SharedMeasure, shared_measures, shared_units, write_partials, write_shared,
};
pub(crate) use shared_tables::{SharedTables, TableSums};
pub(crate) use table_fold::fold_table;
pub use tally::Tally;
