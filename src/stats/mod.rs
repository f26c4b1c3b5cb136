//! Numbers in, numbers out: no frames, no files; every formula with its source, every undefined
//! result with its reason ([`Reason`]), never NaN.
//!
//! | question | file |
//! |---|---|
//! | what is the indicator? | [`score`] |
//! | how sure are we, with few answers? | [`proportion`], [`average`], [`resampling`]; ends of an [`interval`] |
//! | do observers agree? | [`agreement`], [`krippendorff`], [`icc`], [`calibration`] |
//! | does a questionnaire hold together? | [`consistency`] |
//! | has something changed? | [`change`], [`paired`], [`sign_flip`], [`trend`], [`pilot`], [`multiplicity`] |
//! | do centres differ? | [`shrinkage`], [`ranks`], [`composite`] |
//! | what first? | [`importance`] |
//! | what do people say? | [`words`], [`themes`] |
//! | what must stay hidden? | [`feasible`], [`exact_bounds`], [`margin_audit`] |
//!
//! Every function runs in a figure, and the reference values of `tests/vectors` check the very code
//! that figures run.
//!
//! # Where peer packages give another number
//!
//! | method | elsewhere | here |
//! |---|---|---|
//! | share | R `prop.test` adds a continuity correction | Wilson without correction; 0 and 1 at the ends |
//! | kappa | `irr::kappa2` and scikit-learn weigh the categories seen | the declared scale |
//! | weighted kappa | psych has another variance | Fleiss, Cohen & Everitt 1969 |
//! | Krippendorff | irr gives 1 without variation | no coefficient, with the reason |
//! | ICC(A,k) | `irr::icc` puts ICC(A,k) in the degrees of freedom | ICC(A,1) (McGraw & Wong) |
//! | alpha | pingouin deletes pair by pair | complete respondents, n said |
//! | Page | scipy's exact Page ignores ties | each centre's own midranks; tie-corrected variance |
//! | Theil-Sen | scipy's intercept is median(y) − b·median(t) | median(y − b·t); the other is given too |
//! | funnel of shares | FunnelPlotR: arcsine scale | exact binomial limits (Spiegelhalter 2005) |
//! | weighted means | pandas, polars: a sum of nothing is 0 | nothing is nothing |

pub mod agreement;
pub mod average;
pub mod calibration;
pub mod change;
pub mod composite;
pub mod consistency;
pub mod describe;
pub mod dist;
pub mod exact_bounds;
pub mod feasible;
pub mod icc;
pub mod importance;
pub mod interval;
pub mod krippendorff;
pub mod margin_audit;
pub mod multiplicity;
pub mod paired;
pub mod pilot;
pub mod proportion;
pub mod ranks;
mod reason;
pub mod resampling;
pub mod score;
pub mod shrinkage;
pub mod sign_flip;
pub mod themes;
pub mod trend;
pub mod words;

pub use reason::{Reason, Stat};
