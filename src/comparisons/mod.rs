//! Indicators → comparisons: one campaign against another (same structure, same critère, same
//! version), the territory on the matched panel, and centres side by side. Nothing is ranked.

mod evolution;
mod line;
mod side;

pub use evolution::{Side, compare};
pub use line::{Comparisons, Line};
pub use side::side_by_side;
