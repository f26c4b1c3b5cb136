//! Numbers in, numbers out: no frames, no files; every formula with its source, every undefined
//! result with its reason ([`Reason`]), never NaN.
//!
//! | question | file |
//! |---|---|
//! | what is the indicator? | [`score`], [`likert`], [`instruments`] |
//! | how sure are we, with few answers? | [`proportion`], [`average`] |
//! | do observers agree? | [`agreement`], [`icc`], [`calibration`] |
//! | does a questionnaire hold together? | [`consistency`] |
//! | has something changed? | [`change`], [`paired`], [`independent`], [`trend`], [`pilot`], [`multiplicity`] |
//! | do centres differ? | [`shrinkage`], [`ranks`], [`composite`] |
//! | what first? | [`importance`] |
//! | what do people say? | [`words`], [`themes`] |
//! | what must stay hidden? | [`suppression`] |

pub mod agreement;
pub mod average;
pub mod calibration;
pub mod change;
pub mod composite;
pub mod consistency;
pub mod describe;
pub mod dist;
pub mod icc;
pub mod importance;
pub mod independent;
pub mod instruments;
pub mod likert;
mod linear;
pub mod multiplicity;
pub mod paired;
pub mod pilot;
pub mod proportion;
pub mod ranks;
mod reason;
pub mod score;
pub mod shrinkage;
pub mod suppression;
pub mod themes;
pub mod trend;
pub mod words;

pub use reason::{Reason, Stat};
