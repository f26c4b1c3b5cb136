//! How a figure was made, in French that a director can follow: the rule, the sum as one would do
//! it by hand, the answers with their file, sheet and cell (`docs/rules.md` §10).

mod activity_figure;
mod answer_places;
mod campaign_history;
mod campaign_trend;
mod comparison;
mod critere_figure;
mod element_figure;
mod experiment;
mod explainer;
mod own_words;
mod phrases;
mod plan_follow_up;
mod priorities;
mod reliability;
mod territory_figures;

pub use campaign_history::{History, Since};
pub use experiment::explain_experiment;
pub use explainer::Explainer;
pub use territory_figures::Overall;
