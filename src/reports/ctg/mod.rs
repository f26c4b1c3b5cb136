//! Documents of the convention territoriale globale, and the blocks that they share. A document is one file that builds
//! sections of blocks; a block that several need is a function that gives blocks, never a document.
//!
//! | question | file |
//! |---|---|
//! | the head of every document: convention, day known, who reads; the line of its avenants | `ctg_head` |
//! | keys by which `expliquer` tells what is printed | `ctg_keys` |
//! | one sentence an axe; actions by status, with those of another day beside | `action_counts` |
//! | actions, one line each; abrogated fiches apart | `action_table` |
//! | indicators: départ → aujourd’hui → cible | `indicator_rows` |
//! | what is due, from a day on | `due_dates` |
//! | the organigramme, who comes to what, what partners say | `governance_blocks` |
//! | the governance of a year | `governance_report` |
//! | the follow-up of a quarter | `quarter_report` |

mod action_counts;
mod action_table;
mod ctg_head;
mod ctg_keys;
mod due_dates;
mod governance_blocks;
mod governance_report;
mod indicator_rows;
mod quarter_report;

pub(crate) use action_counts::StateBefore;
pub(crate) use ctg_head::{CtgTitles, ctg_head};
pub(crate) use ctg_keys::CtgKeys;
pub(crate) use governance_report::GovernanceReport;
pub(crate) use quarter_report::QuarterReport;
