//! Numbers in, numbers out: no frames, no files; every formula with its source, every undefined
//! result with its reason ([`Reason`]), never NaN.
//!
//! | question | file |
//! |---|---|
//! | arithmetic of rules 1 to 6: éléments, sources, critères, axes, impératifs | `score` |
//! | a share and its interval (Wilson), a difference of two (Newcombe) | `proportion` |
//! | a mean and its interval (t) | `average` |
//! | an interval as a type; does it tell a sign? | `interval` |
//! | what is drawn at random: 9 999 draws, the seed | `resampling` |
//! | means, spreads, quantiles, correlation | `describe` |
//! | laws: normal, t, F | `dist` |
//! | why there is no number, in French | `reason` |
//! | do observers agree: percent, kappas, Gwet | `agreement` |
//! | – Krippendorff’s alpha | `krippendorff` |
//! | – intraclass correlation of scores | `icc` |
//! | – a trainee against a master | `calibration` |
//! | does a questionnaire hold together: alpha, omega, items | `consistency` |
//! | « progresse », « stable », « indéterminé »: the verdict from change, margin and `mic` | `change`; the margin of a line: `compare::judge` |
//! | what a table of changes leaves to think of one of them: probability of a rise | `posterior` |
//! | how many centres rise and fall | `paired` |
//! | is the mean change of the same centres more than chance? | `sign_flip` |
//! | a level followed from campaign to campaign (EWMA) | `level_filter` |
//! | a slope over campaigns (Theil-Sen), its test (Mann-Kendall, Page) | `trend` |
//! | one centre’s experiment against the rest | `pilot` |
//! | many p-values at once | `multiplicity` |
//! | values drawn towards the mean; variance between centres; can they be ranked; who stands out | `shrinkage` |
//! | ranks that a centre could truly have; limits of a funnel | `ranks` |
//! | what ranks owe to weights; distance of two centres (Gower) | `composite` |
//! | rank correlation with satisfaction; distance to a target | `importance` |
//! | words and stems of free answers, stop words | `words` |
//! | how many say a theme | `themes` |
//! | what published numbers leave possible for hidden ones | `feasible` |
//! | – where equations form a ring | `exact_bounds` |
//! | – – which ones do, and what hangs on them | `equation_rings` |
//! | what margins of a table of counts give back | `margin_audit` |
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
mod equation_rings;
pub mod exact_bounds;
pub mod feasible;
pub mod icc;
pub mod importance;
pub mod interval;
pub mod krippendorff;
pub mod level_filter;
pub mod margin_audit;
pub mod multiplicity;
pub mod paired;
pub mod pilot;
pub mod posterior;
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
