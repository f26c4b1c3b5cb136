//! Can the figures be stood on? Agreement between observers who scored the same visit, training of
//! new observers against a master rating, consistency of questionnaires. An observer's severity is
//! shown here alone, by code, never in a report (`design.md` section 5).

mod answers;
mod observers;
mod scales;
mod tables;
mod training;

pub use answers::{Answer, read};
pub use observers::{AxeAgreement, Disputed, Observers, Severity, observers};
pub use scales::{Item, Scale, questionnaires, scales};
pub use tables::{Section, of_observers, of_scales, of_training};
pub(crate) use training::{LEAST_ELEMENTS, LEAST_VISITS};
pub use training::{Trainee, train};
