//! The référentiel: the only place that knows what quality is. Axes → critères → éléments, scales
//! and rules, read from `grids/referentiel-<version>.toml`; immutable once loaded and checked.

mod actions;
mod activities;
mod hash;
mod ids;
mod load;
mod model;
pub mod regulation;

pub use actions::ActionKind;
pub use activities::ACTIVITIES;
pub use ids::{SourceCode, StructureType, TypeSet};
pub use load::{embedded_v1, parse};
pub use model::{Axe, Critere, DonMeasure, Element, Fiche, Modality, Referentiel, Rules, Scale};

/// Micro-levels in one level: ratings are whole numbers of these, so sums are exact.
pub const MICRO: i64 = 1_000_000;
