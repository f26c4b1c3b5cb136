//! Indicators → comparisons: one campaign against another (same structure, same critère, same
//! version), the territory on the matched panel, trends over several campaigns, a pilot centre
//! against the rest, and centres side by side. Nothing is ranked.
//!
//! | question | file |
//! |---|---|
//! | are two critères, sources, observers (the same persons?), answers the same; what is « à vérifier » | `pair` |
//! | which sources have both campaigns of a critère; a source that came or went, data that changed | `common_sources` |
//! | what moved, centre by centre: one line per critère, impératif, axe, question; entered, left; coverage; a break of version | `evolution`; its verdict: `judge` |
//! | the same on the whole territory, on the matched panel; how many rise and fall, by chance? | `territory` |
//! | what the organiser decides: one line for the territory, none of a centre | `organiser_lines` |
//! | a line before its verdict; the error of a share | `draft` |
//! | what would have been enough to know: a second visit, twice the answers | `missing_evidence` |
//! | is a change more than noise: the margin, the risk of 5 % shared (axes 80 %), five centres for a mean share | `judge`; the words: `stats::change` |
//! | before collecting: which changes would so many visits and answers show, and a second visit where? | `power` |
//! | over three campaigns or more: each level followed with its interval, slope and its p from five on | `campaign_trend` |
//! | a level at one campaign (a type alone) | `series_point` |
//! | did the experiment of one centre work, against the rest? | `pilot_experiment` |
//! | the five centres most like it (« pairs »), and by which traits? | `peers` |
//! | centres side by side: values shrunk, told apart or not, reliability 0.5 and 0.7 | `side` |
//! | is a centre’s mean outside what chance allows (funnel; half of the centres with 10 answers)? | `funnel` |
//! | a composite of axes, its ranks under 2 000 other choices of weights (each within a quarter of its value) | `weighted_composite` |
//! | the structures set side by side (a type alone) | `gallery` |
//! | a line’s columns, its verdict as the contract writes it (`progresse+a_verifier`) | `line` |
//! | the reasons that a line may have (types alone; who says one: the files above) | `line_reason`; in French, `wording::comparison_reasons` |

mod campaign_trend;
mod common_sources;
mod draft;
mod evolution;
mod funnel;
mod gallery;
mod judge;
mod line;
mod line_reason;
mod missing_evidence;
mod organiser_lines;
mod pair;
mod peers;
mod pilot_experiment;
mod power;
mod series_point;
mod side;
mod territory;
mod weighted_composite;

pub(crate) use campaign_trend::{Following, LONG};
pub use campaign_trend::{Moment, follow, values};
pub use evolution::compare;
pub(crate) use funnel::FUNNEL_LEAST;
pub use funnel::{MeanFunnel, Spot, limits, mean_funnel};
pub use gallery::Gallery;
pub use line::{Comparisons, Line, LinesTogether};
pub use line_reason::{
    CommonTrend, CompositePlace, ExperimentReading, LeftOut, LevelTrend, LineReason,
    MissingEvidence, MissingSide, Standing, Way,
};
pub use pair::Side;
pub use peers::{Peers, peers};
pub use pilot_experiment::{Experiment, SiteChange, against_the_rest, experiment};
pub use power::{CollectionDesign, Power, PowerLine, PowerSubject, power};
pub use series_point::SeriesPoint;
pub use side::side_by_side;
pub(crate) use weighted_composite::WEIGHT_DRAWS;
