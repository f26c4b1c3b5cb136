//! Observations → indicators, by the rules of `docs/rules.md`. polars folds the answers into
//! exact pairs (sum of micro-levels, count); the few levels above are computed from those pairs,
//! in the order of the référentiel, so that the same answers always give the same bytes.
//!
//! | question | file |
//! |---|---|
//! | what is one élément worth, one source? (rules 1, 2) | `element`, `scores` |
//! | critère, impératif, axe, overall mark? (rules 3 to 6) | `score_rules` |
//! | activity indicators? (rule 9) | `site_activity` calls each; `activity_ratios` (what is divided), `session` (ratios of staff), `posts` (diplomas, turnover, training), `follow_up` (what the plan had become) |
//! | how sure is it? | `noise`, `reliability` |
//! | how does the store become figures? | `aggregates` (partials), `campaign_fold`, `collect` and `collected_builder` (dense), `compute` |
//! | what is one figure, and where is it found? | `figure`, `figure_level`, `figure_slots` |
//! | what may leave, what is kept after a purge? | `released_partials`, `site_release`, `shared_folder`; `forgetting` and `forgotten_*` |
//! | what do people say? | `voices`; what is not ours to treat: `serious` |

pub(crate) mod aggregates;
pub mod reliability;
pub mod voices;

mod activity_lines;
mod activity_ratios;
mod campaign_fold;
mod collect;
mod collected_builder;
mod compute;
mod element;
mod figure;
mod figure_level;
mod figure_slots;
mod follow_up;
mod forgetting;
mod forgotten_campaign;
mod forgotten_questionnaire;
mod noise;
mod posts;
mod released_partials;
mod score_rules;
mod scores;
mod serious;
mod session;
mod shared_folder;
mod site_activity;
mod site_release;

pub use activity_lines::ActivityLine;
pub use aggregates::Tally;
pub(crate) use aggregates::{FamilyLevels, FoldReach, LEAST_FAMILIES, check_fold};
pub(crate) use campaign_fold::CampaignFold;
pub use collect::{Collected, Distribution, Grid, MaskedLevel, VisitTally};
pub(crate) use compute::{Computation, SiteFigures};
pub use compute::{Scope, compute};
pub use figure::{Figure, FigureStatus, Indicators};
pub use figure_level::Level;
pub use follow_up::FollowUp;
pub(crate) use forgotten_campaign::ForgottenCampaign;
pub use noise::{Basis, Noise, Spread};
pub(crate) use released_partials::CampaignRelease;
pub use serious::{OUTSIDE, SERIOUS_UNDER, leaves_the_tool};
pub use session::Session;
pub(crate) use shared_folder::{REGISTRY, SharedFolder, WithheldByCampaign, campaign_dir};
pub use site_activity::SiteActivity;
pub(crate) use site_release::SiteRelease;
