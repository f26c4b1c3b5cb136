//! The bilan of a convention, and its shorter kinds: each section is a part that was computed and a box to write in
//! (`docs/ctg.md` §7).
//!
//! | question | file |
//! |---|---|
//! | what it is made of, the box that sections end with | `bilan_content` |
//! | which sections, in which order, for which kind; the cover and its counts | `bilan_report` |
//! | the five messages of page one: true, or not printed | `essential_messages` |
//! | the convention in brief: who signed, dates, costs | `convention_brief` |
//! | the page of a fiche | `fiche_page` |
//! | indicators that have a value, the others in a sentence | `valued_indicators` |
//! | what changed for those who live here | `change_section` |
//! | the experiment: two pages of its dossier | `experiment_section` |
//! | the governance: indicators, organigramme, who comes to what | `governance_section` |
//! | words of people, the work itself | `told_sections` |
//! | what comes next, fiche by fiche | `next_section` |
//! | annexes: follow-up, dictionary, sources, limits, comptes rendus | `bilan_annexes` |

mod bilan_annexes;
mod bilan_content;
mod bilan_report;
mod change_section;
mod convention_brief;
mod essential_messages;
mod experiment_section;
mod fiche_page;
mod governance_section;
mod next_section;
mod told_sections;
mod valued_indicators;

pub(crate) use bilan_content::{BilanKind, BilanReport};
