//! Priorities → improvement plans (`domain.md` section 10): actions proposed from a campaign, edited
//! by teams in a workbook, imported back with their history; what is late, what a later campaign
//! shows, which recommendations entered a project.
//!
//! | question | file |
//! |---|---|
//! | what is an action, is it late? | `action`, `field`, `words` |
//! | what is kept, who changed what and when? | `journal` |
//! | what should this team begin with? | `propose`, `wording`, `calendar` |
//! | what do teams fill in, and how is it read back? | `workbook`, `cells`, `help`, `layout`, `read` |
//! | what does a file change, does it hold together? | `import`, `merge`, `check` |
//! | where does the territory stand, quarter by quarter? | `quarter`, `tables` |
//! | did it work? | `effect` |
//!
//! Reports read [`Plans`]: [`Plans::load`], then [`Plans::counts`], [`Plans::recommendations`],
//! [`Plans::in_time`] on a day, and [`effect`]. Nothing here reads the clock.

mod action;
mod calendar;
mod cells;
mod check;
mod effect;
mod field;
mod help;
mod import;
mod journal;
mod layout;
mod merge;
mod propose;
mod quarter;
mod read;
mod state;
mod tables;
mod wording;
mod words;
mod workbook;

pub use action::{Action, Integration, Questions};
pub use calendar::deadline;
pub use effect::{Effect, effect};
pub use field::{Field, Holds, Record};
pub use import::{FileOutcome, Intake, Request, import};
pub use journal::{Change, Entry, Origin};
pub use propose::{Ground, identifier, propose};
pub use quarter::Quarter;
pub use state::{Counts, InTime, Integrated, Plans, Recommendations};
pub use tables::{actions_table, effects_table, follow_up_table, quarters, quarters_table};
pub use wording::{Evidence, Finding};
pub use words::{Status, Urgency, Word, YesNo};
pub use workbook::{Book, Line, write};
