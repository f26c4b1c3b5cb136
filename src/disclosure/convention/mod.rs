//! The convention territoriale globale as an audience may see it (`docs/confidentiality.md` §8): what people typed in the
//! registers and what indicators come to, without what would tell of one person or of too few.
//!
//! | question | file |
//! |---|---|
//! | who reads a document of the convention, who reads it too | `ctg_audience` |
//! | what is cleared: fiches, actions, decisions, meetings, words | `ctg_view` |
//! | – functions, who comes to what, what was answered | `ctg_governance`; cleared: `clear_governance` |
//! | – an indicator: what is printed of it | `ctg_indicator` |
//! | – what moved between two days | `ctg_moves` |
//! | from what is it cleared | `ctg_material` |
//! | – which fiches an audience reads | `ctg_scope` |
//! | – the whole view | `clear_view` |
//! | – actions, decisions, meetings | `clear_lines` |
//! | – words of people, themes | `clear_sayings` |
//! | – which typed texts may be read, by whom | `typed_texts` |
//! | – a function, or only its kind | `told_functions` |
//! | – an indicator | `clear_indicator`; from how many, in which steps: `person_figures` |
//! | – what is told beside it | `clear_beside` |
//! | – who came at least once, who met together | `least_once` |
//! | – what a share of the same meetings leaves untold | `beside_shares` |
//! | would shares together say who came, or what was answered? | `seat_solver` |
//! | – what one share says of its seats | `seat_bound` |
//! | – ways of filling seats that fit them | `seat_ways` |
//! | what people wrote for a bilan, and what the screen sees in it | `ctg_texts` |
//! | – one field of the convention alone | `ctg_extract` |
//! | – an experiment, as it is announced | `ctg_tried` |
//! | what each indicator counts, from what | `ctg_definition` |
//! | an experiment: what is printed of it | `ctg_experiment`; how it is cleared: `clear_experiment` |
//! | maps of access, axes of the same accueils, what may have contributed | `ctg_territory`; cleared: `clear_access` |
//! | what an earlier edition printed of a figure of persons, and is printed again | `kept_ctg` |

mod beside_shares;
mod clear_access;
mod clear_beside;
mod clear_experiment;
mod clear_governance;
mod clear_indicator;
mod clear_lines;
mod clear_sayings;
mod clear_view;
mod ctg_audience;
mod ctg_definition;
mod ctg_experiment;
mod ctg_extract;
mod ctg_governance;
mod ctg_indicator;
mod ctg_material;
mod ctg_moves;
mod ctg_scope;
mod ctg_territory;
mod ctg_texts;
mod ctg_tried;
mod ctg_view;
mod kept_ctg;
mod least_once;
mod person_figures;
mod seat_bound;
mod seat_solver;
mod seat_ways;
mod told_functions;
mod typed_texts;

pub(crate) use clear_access::{DayAccess, cleared_map, cleared_panels};
pub use ctg_audience::CtgAudience;
pub use ctg_definition::CtgDefinition;
pub use ctg_experiment::{
    CtgExperiment, CtgPilot, CtgPilotAnswer, CtgPilotChanges, CtgPilotCritere, CtgPractice,
};
pub use ctg_governance::{CtgAttendance, CtgGovernance, CtgItem, CtgPost};
pub use ctg_indicator::{CtgBeside, CtgIndicator, CtgStart, CtgStatus};
pub(crate) use ctg_material::CtgMaterial;
pub use ctg_moves::{CtgChange, CtgMove};
pub use ctg_territory::{CtgAxePanel, CtgCommune, CtgContribution, CtgMap, CtgMapDay, CtgMapSite};
pub use ctg_texts::{CtgNext, CtgText, CtgTexts};
pub use ctg_tried::CtgTried;
pub use ctg_view::{
    CtgAction, CtgAmendment, CtgAxis, CtgDeadline, CtgDecision, CtgFiche, CtgMeeting, CtgSaying,
    CtgTheme, CtgView,
};
pub(crate) use kept_ctg::{KeptConvention, KeptCtgFigure};
