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
//! | and over three campaigns or more? | `campaign_trend` |
//! | did the experiment of one centre work? | `pilot_experiment` |
//! | which centres stand beside one in comparisons: the territory, its secteur? | `neighbourhood` |
//! | which centres are most like it (« pairs »), and by which traits? | `peers` |
//! | do centres differ? | `side`, `funnel`, `weighted_composite` |
//! | why does a line read as it does? | `line_reason`; in French, `wording::comparison_reasons` |

mod campaign_trend;
mod evolution;
mod funnel;
mod gallery;
mod judge;
mod line;
mod line_reason;
mod neighbourhood;
mod pair;
mod peers;
mod pilot_experiment;
mod side;
mod territory;
mod weighted_composite;

pub use campaign_trend::{Moment, follow, slope, values};
pub use evolution::compare;
pub(crate) use funnel::FUNNEL_LEAST;
pub use funnel::{MeanFunnel, Spot, limits, mean_funnel};
pub use gallery::Gallery;
pub use line::{Comparisons, Line};
pub use line_reason::{
    CommonTrend, CompositePlace, ExperimentReading, LeftOut, LevelTrend, LineReason, MissingSide,
    Standing, Way,
};
pub(crate) use neighbourhood::{neighbourhoods, neighbours};
pub use pair::Side;
pub use peers::{Peers, peers};
pub use pilot_experiment::{Experiment, SiteChange, against_the_rest, experiment};
pub use side::side_by_side;
pub(crate) use weighted_composite::WEIGHT_DRAWS;
