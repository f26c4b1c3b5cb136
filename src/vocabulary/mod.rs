//! What the words mean: the référentiel, regulatory parameters, the observatory's own settings, who
//! reads.
//!
//! | question | file |
//! |---|---|
//! | audiences: their words; who also reads what another is given; which are logged | `audience` |
//! | in which words people were asked, where a foreign questionnaire was read | `asked_wordings` |
//! | questions of a service’s own, outside the référentiel: their code, their answers | `own_question` |
//! | the folder: settings, registry, thresholds, retention, brand | `config` |
//! | EPCI and communes of France, by their names | `communes` |
//! | what quality is: axes, critères, éléments, scales, regulation | `referentiel` |

mod asked_wordings;
mod audience;
pub(crate) mod communes;
pub mod config;
pub(crate) mod own_question;
pub mod referentiel;

pub use asked_wordings::{AskedWording, AskedWordings};
pub use audience::Audience;
