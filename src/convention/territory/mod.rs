//! The territory of a convention: series and communes that people type, access to the accueils, what changed for whom lives
//! there (`docs/ctg.md` §5).
//!
//! | question | file |
//! |---|---|
//! | what is read of the folder: all files, or what is wrong in them | `territory_data` |
//! | – a table of text, its columns by name, its cells located | `territory_table` |
//! | – `data/contexte.csv` | `context_file` |
//! | – `data/communes.csv` | `communes_file` |
//! | – `data/ecoles.csv`, pupils of each school | `schools_file`; titles that say its columns: `schools_columns` |
//! | – in which commune is a school | `school_place` |
//! | `ctg/textes/contributions.md`: what may have contributed to changes | `contributions` |
//! | which measures, at which times of a child’s week | `access_measure` |
//! | which accueils are open on a day, in which commune | `open_sites` |
//! | how far are two places, as the crow flies | `great_circle` |
//! | T01–T03: commune by commune, then added up | `access` |
//! | T04–T09: what the observatory knows, given campaign by campaign | `campaign_facts` |
//! | a measure, a series as an indicator | `territory_calculations` |

mod access;
mod access_measure;
mod campaign_facts;
mod communes_file;
mod context_file;
mod contributions;
mod great_circle;
mod open_sites;
mod school_place;
mod schools_columns;
mod schools_file;
mod territory_calculations;
mod territory_data;
mod territory_table;

pub use access::{AccessFigure, CommuneAccess, access};
pub use access_measure::{AccessMeasure, AccessTime};
pub use campaign_facts::{
    AxePanel, CampaignFacts, FamilyAnswers, FamilyFacts, PairedSite, ShareInterval, SiteFacts,
};
pub(super) use communes_file::read_communes;
pub use communes_file::{COMMUNES_TABLE, CommuneLine};
pub use context_file::{CONTEXT_TABLE, ContextGrain, ContextLine};
pub(crate) use contributions::read_contributions;
pub use contributions::{CONTRIBUTIONS_FILE, Contribution};
pub use great_circle::{PlaceOnEarth, kilometres};
pub use open_sites::{OpenSite, open_sites};
pub(crate) use schools_columns::{SchoolsTable, schools_table};
pub use schools_file::SCHOOLS_TABLE;
pub(super) use schools_file::{SchoolLine, left_aside, read_schools, schools_of};
pub(crate) use territory_calculations::NEAR_KM;
pub(super) use territory_calculations::{access_indicator, series_indicator};
pub use territory_data::TerritoryData;
pub(crate) use territory_data::territory_among;
