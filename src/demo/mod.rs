//! Fictitious data that a person could have collected: structures, a hidden quality per site,
//! axe, critère and élément, observers who disagree, families who answer or not. Seeded: the same
//! seed gives the same bytes.

mod actions;
mod activity;
mod comments;
mod dice;
mod exemple;
mod hand_made;
mod life;
mod notes;
mod plan;
mod practices;
mod quality;
mod surveys;
mod write;

pub use exemple::exemple;
pub use plan::{CampaignPlan, Plan, Site, random, registry_csv, settings_toml};
pub use write::write;
