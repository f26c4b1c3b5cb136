//! From figures and decisions to what may be printed: rounded, masked, screened. Which figures
//! are hidden is decided in `decide`, and only carried out here; which words are told is decided here.
//!
//! | question | file |
//! |---|---|
//! | everything of one delivery, in order; the audit before it is made | `clear_delivery` |
//! | what goes in: figures, words, plans, thresholds, the campaign before | `clearance_input` |
//! | what each part looks things up in | `clearing` |
//! | – the same, by structure | `by_structure` |
//! | one site | `clear_site` |
//! | one sector | `clear_sector` |
//! | the territory for elected people; who could learn from a practice (four) | `clear_territory` |
//! | the territory’s mean of an axe or critère over the sites that are shown | `territory_means` |
//! | a critère or axe as printed: masked, rounded; its change | `clear_figure`; whether: `decide::levels` |
//! | answers to a question as percents; « 90 % ou plus » | `clear_distribution`; whether: `decide::answer_sums` |
//! | answers to questions outside the référentiel, in thirds under ten | `clear_outside` |
//! | an indicator of activity, to how many digits | `clear_activity` |
//! | what an accueil says of itself, its posts (what five come to at least) | `clear_identity` |
//! | the indicators of the CTG over campaigns | `clear_ctg` |
//! | what the organiser decides: told where each total that it is made of is | `clear_organiser` |
//! | what observers and the direction rated, for the team | `clear_rating` |
//! | impératifs; gaps of perception; a serious finding left out | `clear_imperatif` |
//! | strong points and points to work on, « important » from a correlation of 0.5; practices told | `clear_advice` |
//! | actions of plans: « suivie par l’équipe, non décrite ici » | `clear_action` |
//! | words that are told: keywords (used by five answers, eight shown), themes, quotations (from ten answers) | `clear_words` |
//! | practices shared with all teams, where the team agreed | `clear_booklet` |
//! | how many texts may not be quoted, by reason | `count_stopped` |
//! | how much is masked; the list of it, where and why | `list_masked` |
//! | what a delivery rests on, to the unit, for the log | `gather_exact` |
//! | aggregates that may leave for a département (`exporter agregats`) | `clear_aggregates` |

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
mod clear_identity;
mod clear_imperatif;
mod clear_organiser;
mod clear_outside;
mod clear_rating;
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

pub(crate) use clear_aggregates::{ReleasedAggregates, clear_aggregates};
pub use clear_booklet::clear_booklet;
pub(crate) use clear_delivery::clear_listing;
pub use clear_delivery::{audit, clear_delivery};
pub(crate) use clear_distribution::shares_of;
pub(crate) use clear_outside::outside_shares;
pub use clearance_input::{ClearanceInput, EarlierCampaign};
pub use count_stopped::{StoppedWords, count_stopped};
