//! What may be printed: values rounded and masked already, which reports read and cannot undo.
//! Nothing here decides or computes.
//!
//! | question | file |
//! |---|---|
//! | why a figure is not shown, and in which words (« effectif trop faible »); a shown one | `mask` |
//! | all that was masked, counted: « 12 chiffres sont masqués… » | `masking` |
//! | favourable answers, as far as they are told | `favour` |
//! | numbers of respondents in bands (« 5 à 9 réponses ») | `respondents` |
//! | so many out of so many | `count_of` |
//! | whose figure: a site, a sector, the territory, in words | `figure_place` |
//! | a whole delivery | `cleared_delivery` |
//! | a site | `cleared_site` |
//! | a sector | `cleared_sector` |
//! | the territory | `cleared_territory` |
//! | a critère or axe and its change | `cleared_figure` |
//! | what the organiser decides, and what it rests on | `cleared_organiser` |
//! | impératifs from one campaign to the next | `must_life` |
//! | where a critère of the Plan mercredi stands at an accueil | `charter_stand` |
//! | a distribution | `cleared_distribution` |
//! | an impératif, a gap | `cleared_imperatif` |
//! | what was rated, sentence by sentence, for the team | `cleared_rating` |
//! | an indicator of activity | `cleared_activity` |
//! | what an accueil is: its own words, its posts | `cleared_identity` |
//! | indicators of the CTG | `cleared_ctg` |
//! | critères put forward, and why | `cleared_advice` |
//! | actions | `cleared_action` |
//! | words | `cleared_words` |
//! | the booklet of practices | `cleared_booklet` |
//! | what a delivery rests on, to the unit (for the log alone) | `exact_answers` |

mod charter_stand;
mod cleared_action;
mod cleared_activity;
mod cleared_advice;
mod cleared_booklet;
mod cleared_ctg;
mod cleared_delivery;
mod cleared_distribution;
mod cleared_figure;
mod cleared_identity;
mod cleared_imperatif;
mod cleared_organiser;
mod cleared_rating;
mod cleared_sector;
mod cleared_site;
mod cleared_territory;
mod cleared_words;
mod count_of;
mod exact_answers;
mod favour;
mod figure_place;
mod mask;
mod masking;
mod must_life;
mod respondents;

pub(crate) use charter_stand::{CharterCount, CharterStand};
pub(crate) use cleared_action::UNTOLD_ACTION;
pub use cleared_action::{ClearedAction, IntegrationProof};
pub use cleared_activity::ClearedActivity;
pub use cleared_advice::{ClearedAdvice, Why};
pub use cleared_booklet::{ClearedBooklet, ClearedRemarkable};
pub use cleared_ctg::{ClearedCtg, CtgCampaign, CtgSite, ToldCount};
pub use cleared_delivery::ClearedDelivery;
pub use cleared_distribution::{AskedAs, ClearedDistribution, Shares, ToldAnswer};
pub use cleared_figure::{ClearedFigure, Evolution};
pub use cleared_identity::{ClearedIdentity, ClearedPosts, ToldWords};
pub use cleared_imperatif::{ClearedCorrection, ClearedGap, ClearedImperatif};
pub use cleared_organiser::{ClearedOrganiser, OrganiserElement};
pub use cleared_rating::ClearedRating;
pub use cleared_sector::ClearedSector;
pub use cleared_site::{ClearedRules, ClearedSite, Received};
pub(in crate::disclosure) use cleared_territory::figures_of;
pub use cleared_territory::{
    AgreementShares, AxeEvolution, ClearedAgreement, ClearedPanel, ClearedPractice,
    ClearedTerritory, CritereCount, NotCounted, SiteAxe, SiteAxes, SiteImperatifs, TerritoryMean,
};
pub use cleared_words::{ClearedRemark, ClearedWord, ClearedWords};
pub use count_of::CountOf;
pub(crate) use exact_answers::{AskedQuestion, ExactAnswers, LevelAnswers, LevelSum};
pub use favour::Favour;
pub use figure_place::FigurePlace;
pub use mask::{Mask, Shown};
pub use masking::{MaskedCell, Masking, summary};
pub(crate) use must_life::{MissedMust, MissedSince, MustLife};
pub use respondents::Respondents;
