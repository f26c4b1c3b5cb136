//! The référentiel: the only place that knows what quality is. Axes → critères → éléments, scales
//! and rules, read from `grids/referentiel-<version>.toml`; immutable once loaded and checked.
//!
//! | question | file |
//! |---|---|
//! | which ratio of staff applies (PEDT, journey, more than 5 h); mixed ages rounded; qualified share | `regulation` |
//! | who speaks (sources) and types of accueil | `ids` |
//! | activity indicators I01–I21: names, units | `activity_codes`; how each is computed: `figures::site_activity` |
//! | – which column of `denominateurs` is divided by which, or shown as it is; every column that is measured | `activity_ratios` |
//! | « N.O. », « non concerné », « ne sait pas »: which absence, where admitted | `absence` |
//! | kinds of actions | `action_kind` |
//! | which référentiel is refused, with which place | `load` |
//! | the référentiel once checked; parameters of rules; which modality a cell names | `model` |
//! | is a critère the same in two campaigns: what its hash holds | `hash` |

mod absence;
mod action_kind;
mod activity_codes;
mod activity_ratios;
mod hash;
mod ids;
mod load;
mod model;
pub mod regulation;

pub use absence::Absence;
pub use action_kind::ActionKind;
pub use activity_codes::{ActivityCode, ActivityUnit};
pub(crate) use activity_ratios::{
    ColumnRatio, column_ratio, column_ratios, counted_column, measured_columns,
};
pub use ids::{SourceCode, StructureType, TypeSet};
pub use load::{embedded_v1, parse};
pub use model::{
    Axe, Critere, DonMeasure, Element, Fiche, MICRO, Modality, Referentiel, Rules, Scale,
};
