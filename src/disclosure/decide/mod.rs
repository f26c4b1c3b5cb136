//! What stays hidden: figures and thresholds in, decisions out. No text is made here, and none of
//! the référentiel's words is read.
//!
//! | question | file |
//! |---|---|
//! | in which order is a delivery decided? | `decisions` |
//! | may this audience see the answers to a question, at a site, a sector, the whole? | `answer_decisions`, `grouped_question`, with `answer_group`, `question_groups`, `question_plan` |
//! | when does a total give back the part that it hides? | `remainder` (least remainder, sites, dominance), `total_parts` |
//! | what does a reader know of what remains? | `left_answers`, and besides: `reading` |
//! | when does everybody having said the same tell each one’s answer? | `answer_sums` |
//! | which means of critères and axes? | `levels`; gaps between sources: `perception_gaps`; evolution over the panel: `panel_evolution` |
//! | which activity indicators? | `activity_decisions` |
//! | does all of it together give something back? | `given_back` |
//! | how is a level rounded? | `printed_level` |

mod activity_decisions;
mod answer_decisions;
mod answer_group;
mod answer_sums;
mod campaign_figures;
mod decisions;
mod given_back;
mod grouped_question;
mod left_answers;
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
pub(crate) use perception_gaps::are_gaps_read_by;
pub(crate) use printed_level::{printed_change, printed_level};
pub(crate) use remainder::{UNDECIDED, is_dominant};
