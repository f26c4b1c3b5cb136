//! Indicators → comparisons: one campaign against another (same structure, same critère, same
//! version), the territory on the matched panel, trends over several campaigns, a pilot centre
//! against the rest, and centres side by side. Nothing is ranked.
//!
//! | question | file |
//! |---|---|
//! | what do two campaigns share? | `pair` |
//! | what moved, centre by centre? | `evolution` |
//! | and on the whole territory? | `territory` |
//! | is it more than noise? | `judge` |
//! | and over three campaigns or more? | `trend` |
//! | did the experiment of one centre work? | `pilot` |
//! | do centres differ? | `side`, `peers`, `funnel`, `composite` |
//! | why does a line read as it does? | `line_reason`; in French, `wording::comparison_reasons` |

mod composite;
mod evolution;
mod funnel;
mod judge;
mod line;
mod line_reason;
mod pair;
mod peers;
mod pilot;
mod side;
mod territory;
mod trend;

pub(crate) use composite::WEIGHT_DRAWS;
pub use evolution::compare;
pub(crate) use funnel::FUNNEL_LEAST;
pub use funnel::{MeanFunnel, Spot, limits, mean_funnel};
pub use line::{Comparisons, Line};
pub use line_reason::{
    CommonTrend, CompositePlace, ExperimentReading, LeftOut, LevelTrend, LineReason, MissingSide,
    Standing, Way,
};
pub use pair::Side;
pub use peers::{Peers, peers};
pub use pilot::{Change, Experiment, against_the_rest, experiment};
pub use side::{Gallery, side_by_side};
pub use trend::{Moment, follow, slope, values};
