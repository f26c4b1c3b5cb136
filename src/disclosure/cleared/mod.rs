//! What may be printed: values rounded and masked already, which reports read and cannot undo.
//! Nothing here decides or computes.

mod cleared_action;
mod cleared_activity;
mod cleared_advice;
mod cleared_booklet;
mod cleared_ctg;
mod cleared_delivery;
mod cleared_distribution;
mod cleared_figure;
mod cleared_imperatif;
mod cleared_sector;
mod cleared_site;
mod cleared_territory;
mod cleared_words;
mod count_of;
mod exact_answers;
mod figure_place;
mod mask;
mod masking;
mod respondents;

pub use cleared_action::{ClearedAction, IntegrationProof};
pub use cleared_activity::ClearedActivity;
pub use cleared_advice::{ClearedAdvice, Why};
pub use cleared_booklet::{ClearedBooklet, ClearedRemarkable};
pub use cleared_ctg::{ClearedCtg, CtgCampaign, CtgSite, ToldCount};
pub use cleared_delivery::ClearedDelivery;
pub use cleared_distribution::{ClearedDistribution, Shares};
pub use cleared_figure::{ClearedFigure, Evolution};
pub use cleared_imperatif::{ClearedGap, ClearedImperatif};
pub use cleared_sector::ClearedSector;
pub use cleared_site::{ClearedSite, Received};
pub use cleared_territory::{
    AgreementShares, AxeEvolution, ClearedAgreement, ClearedPanel, ClearedPractice,
    ClearedTerritory, CritereCount, SiteAxe, SiteAxes, SiteImperatifs, TerritoryMean,
};
pub use cleared_words::{ClearedRemark, ClearedWord, ClearedWords};
pub use count_of::CountOf;
pub(crate) use exact_answers::{AskedQuestion, ExactAnswers, LevelAnswers, LevelSum};
pub use figure_place::FigurePlace;
pub use mask::{Mask, Shown};
pub use masking::{MaskedCell, Masking, summary};
pub use respondents::Respondents;
