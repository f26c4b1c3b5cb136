//! How a figure was made, in French that a director can follow: the rule, the sum as one would do
//! it by hand, the answers with their file, sheet and cell (`docs/rules.md` §10).
//!
//! | question | file |
//! |---|---|
//! | which explanation answers a code? | `explainer` |
//! | – for the territory | `territory_figures`; activity added up: `territory_activity` |
//! | an élément | `element_figure` |
//! | – a finding put right since: the line that says so | `correction_lines` |
//! | a critère | `critere_figure` |
//! | what the organiser decides | `organiser_figure` |
//! | an activity indicator; forty sessions at most | `activity_figure` |
//! | the sum written out, a weight, a value with its status | `phrases` |
//! | the cells behind it | `answer_places`; one in the place of which a person typed a value: `corrected_cell` |
//! | why a change is one, or is not | `comparison`; the verdict itself: `stats::change` |
//! | an indicator of the convention | `convention_figure` |
//! | – counts and lines that documents of the convention print | `convention_lines` |
//! | – words that themes are counted over | `sayings_lines` |
//! | – meetings and costs of an experiment | `experiment_means` |
//! | functions, who came to what, of the governance of a year | `governance_lines` |
//! | a trend | `campaign_trend` |
//! | – its campaigns | `campaign_history` |
//! | – a pilot | `experiment` |
//! | priorities | `priorities` |
//! | O3, I20 and I21 from the plan | `plan_follow_up` |
//! | O1 and O2: what is awaited from a team, which instrument is missing where | `team_return` |
//! | a critère or an élément without campaign: what is asked, which text, what is aimed at, first steps | `reference_page` |
//! | a word of tables and reports (OBS, fragile, indéterminé) | `lexicon` |
//! | a target that the territory set | `local_target` |
//! | counts of an accueil as reports print them | `printed_site` |
//! | means, counts and answers of the territory as the synthesis prints them | `printed_territory` |
//! | – axes of the Plan mercredi, accueil by accueil | `charter_counts` |
//! | agreement of observers, questionnaires | `reliability` |
//! | themes and words | `own_words` |
//! | a closed question outside the référentiel: answers, files, columns | `outside_question` |

mod activity_figure;
mod answer_places;
mod campaign_history;
mod campaign_trend;
mod charter_counts;
mod comparison;
mod convention_figure;
mod convention_lines;
mod corrected_cell;
mod correction_lines;
mod critere_figure;
mod element_figure;
mod experiment;
mod experiment_means;
mod explainer;
mod governance_lines;
mod lexicon;
mod local_target;
mod organiser_figure;
mod outside_question;
mod own_words;
mod phrases;
mod plan_follow_up;
mod printed_site;
mod printed_territory;
mod priorities;
mod reference_page;
mod reliability;
mod sayings_lines;
mod team_return;
mod territory_activity;
mod territory_figures;

pub use campaign_history::{History, Since};
pub(crate) use convention_figure::explain_convention;
pub(crate) use convention_lines::ConventionLines;
pub(crate) use corrected_cell::CorrectedCell;
pub use experiment::explain_experiment;
pub use explainer::Explainer;
pub(crate) use governance_lines::explain_governance;
pub(crate) use lexicon::{LexiconWord, explain_word};
pub(crate) use local_target::own_target;
pub(crate) use organiser_figure::explain_organiser;
pub(crate) use outside_question::ExplainedQuestion;
pub use printed_site::PrintedSite;
pub use printed_territory::PrintedTerritory;
pub(crate) use reference_page::{ReferencePage, is_whole};
pub use reliability::Reliability;
pub(crate) use territory_activity::explain_territory_activity;
pub use territory_figures::Overall;
