//! Priorities → improvement plans (`docs/domain.md` §10): actions proposed from a campaign, edited
//! by teams in a workbook, imported back with their history; what is late, what a later campaign
//! shows, which recommendations entered a project.
//!
//! | question | file |
//! |---|---|
//! | what is an action, is it « proposée », late on a day? | `action` |
//! | the fields of an action: names, headings, what each may hold | `field` |
//! | the closed words (urgency, status, « oui »), as they are kept | `action_words` |
//! | – where an action stands on a day | `standing` |
//! | what is kept, who changed what and when: files of `data/plans/` | `plan_journal`, over `base::journal` |
//! | all actions, counted on a day, as known then; recommendations integrated | `state` |
//! | which actions are proposed, in which order, under which ids? | `propose` |
//! | – their sentences; three éléments named at most | `wording` |
//! | – their deadlines | `calendar` |
//! | the workbook of teams: what it holds | `plan_book` |
//! | the workbook of teams: how it is written, locked, printed | `plan_workbook` |
//! | – its columns and sheets | `plan_layout` |
//! | – cells and heights | `plan_cells` |
//! | – its sheet « Lisez-moi » | `help` |
//! | how is a filled workbook read; a word, date, critère that does not read; a person who is named | `workbook_reading` |
//! | which action is a line, what does it change; twice, moved to another site, changed meanwhile? | `merge` |
//! | does an action hold together: closed with a date and a reason? | `action_check` |
//! | a run of `plan importer`: a file enters whole or not, or came already | `import` |
//! | a line typed on the page, kept as one of a workbook | `typed_line` |
//! | what this machine changed last, taken back | `last_change` |
//! | a cell that two machines filled at once, settled by a person | `settled_cell` |
//! | quarters | `quarter` |
//! | the tables of actions, effects and follow-up | `plan_tables` |
//! | did it work? | `effect` |
//!
//! Reports read [`Plans`]: [`Plans::load`], then [`Plans::counts`], [`Plans::recommendations`],
//! [`Plans::in_time`] on a day, and [`effect`]. Nothing here reads the clock.

mod action;
mod action_check;
mod action_words;
mod calendar;
mod effect;
mod field;
mod help;
mod import;
#[cfg(test)]
mod journal_tests;
mod last_change;
mod merge;
mod plan_book;
mod plan_cells;
mod plan_journal;
mod plan_layout;
mod plan_tables;
mod plan_workbook;
mod propose;
mod quarter;
mod settled_cell;
mod standing;
mod state;
mod typed_line;
mod wording;
mod workbook_reading;

pub use crate::base::journal::Origin;
pub use action::{Action, Integration, Questions};
pub use action_words::{DocumentKind, Status, Urgency, Word, YesNo};
pub use calendar::deadline;
pub use effect::{Effect, effect};
pub use field::{ActionField, ActionRecord, Holds};
pub use import::{PlanFileOutcome, PlanImport, PlanIntake, import};
pub use last_change::{LastChange, ReturningCell, take_back};
pub use merge::MeanwhileCell;
pub use plan_book::{PlanBook, PlanLine};
pub use plan_journal::{ActionChange, Entry};
pub use plan_tables::{
    SeenQuarter, actions_table, effects_table, follow_up_table, quarters, quarters_table,
};
pub use plan_workbook::write;
pub use propose::{ProposalGround, identifier, propose};
pub use quarter::Quarter;
pub use settled_cell::{ContestedField, keep_standing};
pub use standing::Standing;
pub use state::{ActionCounts, InTime, Integrated, Plans, Recommendations};
pub use typed_line::{TypedLine, TypedOutcome, TypedRemark, type_line};
pub use wording::{Evidence, Finding};
