//! From figures and decisions to what may be printed: rounded, masked, screened. What is hidden is
//! decided in `decide`; here it is only carried out.

mod by_structure;
mod clear_action;
mod clear_activity;
mod clear_advice;
mod clear_aggregates;
mod clear_booklet;
mod clear_ctg;
mod clear_delivery;
mod clear_distribution;
mod clear_figure;
mod clear_imperatif;
mod clear_sector;
mod clear_site;
mod clear_territory;
mod clear_words;
mod clearance_input;
mod clearing;
mod count_stopped;
mod gather_exact;
mod list_masked;
mod territory_means;

pub(crate) use clear_aggregates::{ClearedAggregates, clear_aggregates};
pub use clear_booklet::clear_booklet;
pub use clear_delivery::{audit, clear_delivery};
pub(crate) use clear_distribution::shares_of;
pub use clearance_input::{ClearanceInput, EarlierCampaign};
pub use count_stopped::{StoppedWords, count_stopped};
