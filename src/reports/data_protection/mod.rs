//! Documents for who looks after the protection of data: built of texts, they hold no figure of anyone.
//!
//! | question | file |
//! |---|---|
//! | the study of an exchange: opportunity, feasibility, conformity, opinion of the DPO | `exchange_study` |
//! | the register of treatments (RGPD, art. 30), an entry a section | `treatment_entries` |

mod exchange_study;
mod treatment_entries;

pub(crate) use exchange_study::{ExchangeStudy, StudiedField, StudyStep};
pub(crate) use treatment_entries::{TreatmentEntry, treatment_entries};
