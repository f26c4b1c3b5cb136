//! What stays hidden: figures and thresholds in, decisions out. No text is made here, and none of
//! the référentiel's words is read.
//!
//! | question | file |
//! |---|---|
//! | who reads a delivery, and in which order is it decided for them | `decided_readers` |
//! | – for one of them, knowing the campaign before and the other readers | `decisions` |
//! | – what the equations of a site look up, found once | `site_table` |
//! | – decided once for all who come after the same readers | `decision_memo` |
//! | what every decision looks up (figures by structure) | `campaign_figures` |
//! | all questions together, and numbers of respondents: which are printed, which too close to a team’s | `answer_decisions` |
//! | one question: which groups are masked so that subtraction gives nothing back; a total of three sites at least | `grouped_question` |
//! | – what each site answered, questions outside the référentiel included | `site_answers` |
//! | – whose answers, from how many on, why nothing is shown | `answer_group` |
//! | – sums of sites and sectors | `question_groups` |
//! | – what is decided, group by group | `question_plan` |
//! | may what is left of a total be known: three sites hidden (two to a team), dominance of 85 %? | `remainder` |
//! | – kept up to date | `total_parts` |
//! | when does everybody having said the same (90 %, less under twenty answers) tell each one’s? | `answer_sums` |
//! | which means of critères and axes? | `levels` |
//! | – which levels tell, beside totals of answers, those of another site | `levels_beside_totals` |
//! | – who reads gaps of perception | `perception_gaps` |
//! | – does the evolution of the panel give a site back | `panel_evolution` |
//! | – site by site, solved until a few make up for any | `panel_sites` |
//! | – what may be known of before, after, and the change | `panel_spans` |
//! | which indicators of activity: rare (I13a, I18 under 5, « < 5 » of all sites), of staff (three sites), of participation? | `activity_decisions` |
//! | what does a reader know besides: own answer, one given elsewhere, own team’s; means of up to four hidden answers | `reading` |
//! | what is known of the answers that remain of a total, to who takes one away? | `left_answers` |
//! | does all of it together give something back (the audit)? | `given_back` |
//! | how is a level rounded, and what does its rounding tell? | `printed_level` |

mod activity_decisions;
mod answer_decisions;
mod answer_group;
mod answer_sums;
mod campaign_figures;
mod decided_readers;
mod decision_memo;
mod decisions;
mod given_back;
mod grouped_question;
mod left_answers;
mod levels;
mod levels_beside_totals;
mod panel_evolution;
mod panel_sites;
mod panel_spans;
mod perception_gaps;
mod printed_level;
mod question_groups;
mod question_plan;
mod reading;
mod remainder;
mod site_answers;
mod site_table;
mod total_parts;

pub(crate) use activity_decisions::{
    hidden_activity, may_count_teams, participation, rare_totals, returned, told_respondents,
};
pub(crate) use answer_decisions::{PRINTED_SOURCES, modality_levels};
pub(crate) use answer_group::{AnswerGroup, GroupState};
pub(crate) use answer_sums::{dominant_answer, near_unanimity};
pub(crate) use campaign_figures::CampaignFigures;
pub use decided_readers::OtherReader;
pub(crate) use decided_readers::{Readers, decide};
pub use decision_memo::DecisionMemo;
pub(crate) use decisions::Decisions;
pub use given_back::Audit;
pub(crate) use given_back::audit_readers;
pub(crate) use levels::{HiddenLevels, ProtectedMean, hidden_ratings};
pub(crate) use perception_gaps::are_gaps_read_by;
pub(crate) use printed_level::{printed_change, printed_level};
pub(crate) use remainder::{UNDECIDED, is_dominant};
