//! The référentiel: the only place that knows what quality is. Axes → critères → éléments, scales
//! and rules, read from `grids/referentiel-<version>.toml`; immutable once loaded and checked.
//!
//! | question | file |
//! |---|---|
//! | which ratio of staff applies (PEDT, journey, more than 5 h); mixed ages rounded; qualified share; who directs | `regulation` |
//! | when a PEDT holds, and at which times | `pedt` |
//! | when in the day an élément is seen | `moment` |
//! | what forms say beside their questions: protocol, legends, anchors; where « non concerné » is refused | `instrument_words` |
//! | which éléments a text of law asks for; whom a question is for; what the référentiel is for | `origin` |
//! | who speaks (sources) and types of accueil | `ids` |
//! | activity indicators I01–I23, O1–O3 of the convention: names, units | `activity_codes`; how each is computed: `figures::site_activity` |
//! | – which column of `denominateurs` is divided by which, or shown as it is; every column that is measured | `activity_ratios` |
//! | « N.O. », « non concerné », « ne sait pas »: which absence, where admitted | `absence` |
//! | kinds of actions | `action_kind` |
//! | which référentiel is refused, with which place | `load` |
//! | the référentiel once checked; parameters of rules; which modality a cell names | `model` |
//! | what changed since answers were read: sentences, scales, éléments gone or new | `reference_changes` |
//! | what no figure is made from: documents of a visit, axes of the Plan mercredi | `side_tables` |
//! | is a critère the same in two campaigns: what its hash holds | `hash` |
//! | a territory's own layer (`grids/local.toml`): its keys, what is refused, which of it holds in a campaign | `local` |
//! | – its tables, as written in the file and kept with what was read | `local_tables` |
//! | – what of a référentiel comes from it | `local_marks` |

mod absence;
mod action_kind;
mod activity_codes;
mod activity_ratios;
mod hash;
mod ids;
mod instrument_words;
mod load;
pub(crate) mod local;
mod local_marks;
mod local_tables;
mod model;
mod moment;
mod origin;
mod pedt;
mod reference_changes;
pub mod regulation;
mod side_tables;

pub use absence::Absence;
pub use action_kind::ActionKind;
pub use activity_codes::{ActivityCode, ActivityUnit, TRAININGS_UNKNOWN};
pub(crate) use activity_ratios::{
    ColumnRatio, column_ratio, column_ratios, counted_column, measured_columns,
};
pub use ids::{SourceCode, StructureType, TypeSet};
pub use instrument_words::{
    HEADCOUNT_WRITTEN, README_INTERVIEW_LINE, README_LINES, README_OBSERVER_LINES,
};
#[cfg(test)]
pub(crate) use load::embedded_v1;
pub(crate) use load::parse_once;
pub use load::{SHIPPED, embedded, parse};
pub use local_marks::{LocalDecision, LocalSentence, LocalTarget, PutAside};
pub(crate) use model::favourable_modalities;
pub use model::{
    AnswerDrawing, Axe, Critere, DeclaredSpread, DonMeasure, Element, Fiche, MICRO, Modality,
    Referentiel, Rules, Scale,
};
pub use moment::{MomentSet, VisitMoment, own_visit};
pub use origin::{AgeBand, ElementOrigin, Filter, Purpose};
pub use pedt::{Pedt, PedtTime};
pub use reference_changes::ElementChange;
pub use side_tables::{CharterAxe, VisitPiece};
