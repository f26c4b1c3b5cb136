//! The référentiel: the only place that knows what quality is. Axes → critères → éléments, scales
//! and rules, read from `grids/referentiel-<version>.toml`; immutable once loaded and checked.

mod absence;
mod action_kind;
mod activity_codes;
mod hash;
mod ids;
mod load;
mod model;
pub mod regulation;

pub use absence::Absence;
pub use action_kind::ActionKind;
pub use activity_codes::{ActivityCode, ActivityUnit};
pub use ids::{SourceCode, StructureType, TypeSet};
pub use load::{embedded_v1, parse};
pub use model::{
    Axe, Critere, DonMeasure, Element, Fiche, MICRO, Modality, Referentiel, Rules, Scale,
};
