//! What a run changes of what is in place, collecte by collecte: said before anything is written, and after.
//!
//! | question | file |
//! |---|---|
//! | what may become of a unit: new, unchanged, changed, in conflict, refused | `unit_change` |
//! | what becomes of each unit of each file of a run | `run_changes` |
//! | what is in place of a unit beside what comes: notes one by one, lines, comments; of questionnaires, posts and notes how many, and nothing of what anybody answered | `unit_contents` |
//! | the tables that hold what is in place | `placed_tables` |
//! | what becomes of a unit, as a sentence | `told_change` |
//! | replacements put to who sits there | `replacement_questions` |

mod placed_tables;
mod replacement_questions;
mod run_changes;
mod told_change;
mod unit_change;
mod unit_contents;

pub(super) use replacement_questions::ask_replacements;
pub(super) use run_changes::{ChangeSetting, named_units};
pub(crate) use unit_change::{ChangeFate, DifferenceDetails, UnitChange, UnitDifference};
