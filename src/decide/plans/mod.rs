//! Priorities → improvement plans (`docs/domain.md` §10): actions proposed from a campaign, edited
//! by teams in a workbook, imported back with their history; what is late, what a later campaign
//! shows, which recommendations entered a project.
//!
//! | question | file |
//! |---|---|
//! | what is an action, is it late? | `action`, `field`, `action_words`, `standing` |
//! | what is kept, who changed what and when? | `journal` |
//! | what becomes of two machines that wrote at once? | `concurrent_cells` |
//! | what should this team begin with? | `propose`, `wording`, `calendar` |
//! | what do teams fill in, and how is it read back? | `plan_book`, `plan_workbook`, `plan_cells`, `help`, `plan_layout`, `workbook_reading` |
//! | what does a file change, does it hold together? | `import`, `merge`, `action_check` |
//! | where does the territory stand, quarter by quarter? | `quarter`, `plan_tables` |
//! | did it work? | `effect` |
//!
//! Reports read [`Plans`]: [`Plans::load`], then [`Plans::counts`], [`Plans::recommendations`],
//! [`Plans::in_time`] on a day, and [`effect`]. Nothing here reads the clock.

mod action;
mod action_check;
mod action_words;
mod calendar;
mod concurrent_cells;
mod effect;
mod field;
mod help;
mod import;
mod journal;
#[cfg(test)]
mod journal_tests;
mod merge;
mod plan_book;
mod plan_cells;
mod plan_layout;
mod plan_tables;
mod plan_workbook;
mod propose;
mod quarter;
mod standing;
mod state;
mod wording;
mod workbook_reading;

pub use action::{Action, Integration, Questions};
pub use action_words::{Status, Urgency, Word, YesNo};
pub use calendar::deadline;
pub use effect::{Effect, effect};
pub use field::{ActionField, ActionRecord, Holds};
pub use import::{PlanFileOutcome, PlanImport, PlanIntake, import};
pub use journal::{ActionChange, Entry, Origin};
pub use plan_book::{PlanBook, PlanLine};
pub use plan_tables::{
    SeenQuarter, actions_table, effects_table, follow_up_table, quarters, quarters_table,
};
pub use plan_workbook::write;
pub use propose::{ProposalGround, identifier, propose};
pub use quarter::Quarter;
pub use standing::Standing;
pub use state::{ActionCounts, InTime, Integrated, Plans, Recommendations};
pub use wording::{Evidence, Finding};
