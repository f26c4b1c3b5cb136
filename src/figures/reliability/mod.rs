//! Can the figures be stood on? Agreement between observers who scored the same visit, training of
//! new observers against a master rating, consistency of questionnaires. An observer's severity is
//! shown here alone, by code, never in a report (`docs/confidentiality.md`).
//!
//! | question | file |
//! |---|---|
//! | do observers of one visit, or the two coders of an interview, agree, on what do they not, who is more severe? | `observers` |
//! | is a trainee certified: 60 éléments, three visits at least? | `training` |
//! | does a questionnaire hold together (50 respondents; omega from 100)? | `scales` |
//! | answers with who gave them, consensus apart | `rated_answers` |
//! | what `fidelite` prints of each, in words | `reliability_tables` |

mod observers;
mod rated_answers;
mod reliability_tables;
mod scales;
mod training;

pub use observers::{AxeAgreement, Disputed, ObserverSeverity, Observers, observers};
pub use rated_answers::{RatedAnswer, read};
pub use reliability_tables::{Section, of_interviews, of_observers, of_scales, of_training};
pub use scales::{Item, QuestionnaireScale, questionnaires, scale};
pub(crate) use scales::{LEAST_ANSWERS, LEAST_FOR_OMEGA};
pub use training::{Trainee, train};

/// Éléments on which agreement, or a pass, must rest.
pub(crate) const LEAST_ELEMENTS: usize = 60;
/// Visits on which it must rest.
pub(crate) const LEAST_VISITS: usize = 3;
