//! Critères and axes of one site: which of them would give back what few people answered.
//!
//! A critère is a weighted mean of its sources, a source of its questions, an axe of its critères,
//! and every weight is public. From all that this audience is given of a site, in this campaign and
//! in the one before, each hidden mean keeps between two bounds ([`crate::stats::feasible`]); they
//! must lie `marge_niveau` apart, else the critère is masked, then another one of its axe, then the
//! evolution, then the axe itself: the first that is enough, in that order.
//!
//! | question | file |
//! |---|---|
//! | what is masked of an axe, in which order; effort of the solver; what is given back | `axe_masking` |
//! | how wide a hidden mean must stay (`marge_niveau`; few answers) | `hidden_mean` |
//! | what is hidden of a site, and the mask of each value | `hidden_levels` |
//! | what stands beside the levels of a site; half the margin for who knows more than anyone | `site_view` |
//! | the equations of an axe in a campaign | `campaign_equations` |
//! | the equations of a source in a critère | `source_equations` |
//! | which sources enter a critère; one that rests on few people | `used_sources` |
//! | what « 90 % ou plus » leaves possible of a mean, to each of those who answered | `near_unanimity` |
//! | which totals tell a member of a site something beside its own report | `member_reading` |
//! | whether ratings (grids, interviews) may be read to the unit beside a level | `told_ratings` |

mod axe_masking;
mod campaign_equations;
mod hidden_levels;
mod hidden_mean;
mod member_reading;
mod near_unanimity;
mod site_view;
mod source_equations;
mod told_ratings;
mod used_sources;

pub(crate) use axe_masking::{
    DecidedLevels, EFFORT, EarlierSite, common_equations, given_back, hide_levels,
};
pub(crate) use hidden_levels::{HiddenLevels, ProtectedMean};
pub(crate) use member_reading::MemberReport;
pub(crate) use site_view::SiteView;
pub(crate) use told_ratings::hidden_ratings;
