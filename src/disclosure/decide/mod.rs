//! What stays hidden: figures and thresholds in, decisions out. No text is made here, and none of
//! the référentiel's words is read.

mod activity_decisions;
mod answer_decisions;
mod answer_group;
mod answer_sums;
mod campaign_figures;
mod decisions;
mod given_back;
mod grouped_question;
mod levels;
mod panel_evolution;
mod perception_gaps;
mod printed_level;
mod question_groups;
mod question_plan;
mod reading;
mod remainder;
mod total_parts;

pub(crate) use activity_decisions::{
    counted_respondents, hidden_activity, participation, rare_totals,
};
pub(crate) use answer_decisions::PRINTED_SOURCES;
pub(crate) use answer_group::{AnswerGroup, GroupState};
pub(crate) use answer_sums::{dominant_answer, near_unanimity};
pub(crate) use campaign_figures::CampaignFigures;
pub use decisions::OtherReader;
pub(crate) use decisions::{Decisions, Readers, decide};
pub use given_back::Audit;
pub(crate) use given_back::audit_readers;
pub(crate) use levels::{HiddenLevels, ProtectedMean, hidden_ratings};
pub(crate) use panel_evolution::leaves_room;
pub(crate) use perception_gaps::are_gaps_read_by;
pub(crate) use printed_level::{printed_change, printed_level};
