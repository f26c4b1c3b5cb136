//! Fictitious data that a person could have collected: structures, a hidden quality per site,
//! axe, critère and élément, observers who disagree, families who answer or not. Seeded: the same
//! seed gives the same bytes.
//!
//! | question | file |
//! |---|---|
//! | which sites and campaigns does the example have? | `exemple` |
//! | – sites and campaigns of any number | `scenario` |
//! | – what the accueils of the example say of themselves | `told_sites` |
//! | how good is each site, which improves from one campaign to the next and by how much, which fails an impératif and mends it? | `quality` |
//! | grids of visits, self-assessments, directors | `site_grids` |
//! | questionnaires, as their tools export them | `surveys` |
//! | interviews | `interview_notes` |
//! | what teams answer: remarks, a fact put right | `team_returns` |
//! | – sessions, posts, denominators | `activity_data` |
//! | practices | `remarkable_practices` |
//! | comments | `comments` |
//! | what becomes of the actions of a plan? | `life` |
//! | – in workbooks of plans | `plan_workbooks` |
//! | the convention and its follow-up | `convention_follow_up` |
//! | what other tools gave: small questionnaires, an attendance list, a calendar | `survey_returns` |
//! | which files are written? | `raw_files` |
//! | – one of them | `raw_file` |
//! | – a grid made by hand | `hand_made` |
//! | – none, straight in the store | `direct` |
//! | where does chance come from? | `dice` |
//! | – by the hundred million | `counter_dice` |

mod activity_data;
mod comments;
mod convention_follow_up;
mod counter_dice;
mod dice;
mod direct;
mod exemple;
mod hand_made;
mod interview_notes;
mod life;
mod plan_workbooks;
mod quality;
mod raw_file;
mod raw_files;
mod remarkable_practices;
mod scenario;
mod site_grids;
mod survey_returns;
mod surveys;
mod team_returns;
mod told_sites;

pub(crate) use convention_follow_up::{CONVENTION, EXCHANGES, suivi_workbooks};
pub(crate) use direct::DirectCampaign;
pub use exemple::exemple;
pub use raw_files::write;
pub use scenario::{
    DemoCampaign, DemoScenario, DemoSite, random, registry_csv, settings_toml, vast,
};
pub(crate) use survey_returns::{files_to_try, survey_returns};
