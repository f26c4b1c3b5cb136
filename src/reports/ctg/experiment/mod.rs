//! The dossier of an experiment, out of blocks that the bilan takes too.
//!
//! | question | file |
//! |---|---|
//! | the dossier, its seven sections in order; what was tried, what it takes elsewhere, what is proposed | `experiment_report` |
//! | – what it is made of; whether what was expected was written in time | `experiment_parts` |
//! | what was really done: steps, timeline, means | `experiment_done` |
//! | what teams, children and families say | `experiment_voices` |
//! | what changed at the pilots beside the others; what cannot be concluded | `experiment_changes` |
//! | who took it up, with which proof, confirmed or not | `experiment_uptake` |

mod experiment_changes;
mod experiment_done;
mod experiment_parts;
mod experiment_report;
mod experiment_uptake;
mod experiment_voices;

pub(crate) use experiment_parts::ExperimentReport;
