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
//! | the bilan | `bilan` |
//! | the dossier of an experiment, and what a bilan keeps of it | `experiment` |
//! | access to the accueils on maps | `access_maps` |
//! | what changed for who lives there: sections, and a document of them | `what_changed` |
//! | the organigramme, who comes to what, what partners say | `governance_blocks` |
//! | the governance of a year | `governance_report` |
//! | the follow-up of a quarter | `quarter_report` |
//! | a meeting: its agenda, the skeleton of its compte rendu | `meeting_pages` |

mod access_maps;
mod action_counts;
mod action_table;
mod bilan;
mod ctg_head;
mod ctg_keys;
mod due_dates;
mod experiment;
mod governance_blocks;
mod governance_report;
mod indicator_rows;
mod meeting_pages;
mod quarter_report;
mod what_changed;

pub(crate) use action_counts::StateBefore;
pub(crate) use bilan::{BilanKind, BilanReport};
pub(crate) use ctg_head::{CtgTitles, ctg_head};
pub(crate) use ctg_keys::CtgKeys;
pub(crate) use experiment::ExperimentReport;
pub(crate) use governance_report::GovernanceReport;
pub(crate) use meeting_pages::MeetingPages;
pub(crate) use quarter_report::QuarterReport;
pub(crate) use what_changed::WhatChanged;
