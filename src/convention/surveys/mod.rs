//! Small questionnaires that are about no structure (`ctg/enquetes/*.toml`): satisfaction, what teams say. Their
//! responses are kept one file an import, counted item by item, hidden under five.
//!
//! | question | file |
//! |---|---|
//! | a questionnaire: items, scale, groups | `survey_model` |
//! | how are `ctg/enquetes/*.toml` read; what does not hold together, with its line | `survey_file` |
//! | those that come with the program | `shipped_surveys` |
//! | which column asks which item: by code, by wording, by a near wording that a person confirmed | `survey_columns` |
//! | an export of a tool → responses | `survey_reading` |
//! | what is kept, `E001-<content>.json`: responses, what is cancelled, what a purge left | `survey_entry` |
//! | – all of it read, nothing lost; one entry written | `survey_store` |
//! | – responses whose time is over become counts | `survey_purge` |
//! | how many favourable answers, item by item | `survey_counts` |
//! | an indicator of kind `favorable` | `favourable_calculation` |

mod favourable_calculation;
mod shipped_surveys;
mod survey_columns;
mod survey_counts;
mod survey_entry;
mod survey_file;
mod survey_model;
mod survey_purge;
mod survey_reading;
mod survey_store;

pub(super) use favourable_calculation::favourable;
pub(crate) use shipped_surveys::{SHIPPED_REVIEW, SHIPPED_SURVEYS};
pub use survey_counts::{ItemCount, SurveyCount};

pub use survey_file::{load_surveys, parse_survey};
pub use survey_model::{Survey, SurveyItem};
pub(crate) use survey_purge::{PurgedSurvey, purge_surveys};
pub(super) use survey_reading::{SurveyReader, SurveyReturn, survey_return};
pub(super) use survey_store::SurveyTarget;
pub(crate) use survey_store::cancel_survey;
pub use survey_store::{KnownSurveys, SurveyAnswers};
