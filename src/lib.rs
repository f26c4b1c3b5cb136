//! `observatoire`: the observatory of the quality of French leisure centres
//! (accueils de loisirs and accueils périscolaires).
//!
//! ```text
//!  grids/referentiel-<version>.toml ────► vocabulary, read by every stage
//!          │
//!  files ─► intake ─► store ─► figures ─► compare ─► decide ─► disclosure ─► reports ─► HTML, PDF, XLSX, DOCX
//!           Answers   tables   Indicators Comparisons Priorities, Cleared…    Document
//!                                                     Plans
//!                                                  convention (fiches, registers, indicators)
//!                     stats (numbers) ──▲────▲          ▲ privacy (what points at a person)
//! ```
//!
//! One type per arrow, one module per stage; a stage knows those before it, never those after
//! (`tests/suite/tidy.rs` holds that line). At every arrow the value travels with the diagnostics
//! met while making it, each with its place. Where things are, which files to touch to add one, and
//! why it is so: `docs/architecture.md`, `docs/decisions.md`.
//!
//! `campaign` puts the stages together, `actions` are what a person can ask for (a request of plain
//! types → an outcome with its data), `cli` and `pages` are two thin faces over them: arguments in, words out;
//! forms in, pages out. `web` serves the pages to one browser and keeps everybody else out.
//!
//! # Glossary
//!
//! - *référentiel*: what quality is; axes → critères → éléments, only éléments are scored by people.
//! - *critère impératif*: met only when all that a text asks for, and the facts of violence, conform; never averaged away.
//! - *campagne*: one round of collection (visits, self-assessments, questionnaires, activity data).
//! - *source*: who speaks: OBS observers, AUT the team, DIR the director, FAM families, ENF
//!   children, EQP staff, ENS teachers, DON activity data.
//! - *statuts*: `nc` does not apply (justified), `no` not seen that day, `nsp` does not know.
//! - *plan*: actions of a structure after a campaign; *recommandation intégrée*: written into its projet.
//! - *convention* (CTG): what a territory and the Caf signed; its *fiches*, its *registers* that people fill, its indicators.
//! - *niveau*: 1 to 4; kept as whole micro-levels (1 000 000 = one level).

// The random worlds of the suite name the crate as any other would.
#[cfg(test)]
extern crate self as observatoire;

// What every stage leans on, and the vocabulary.
pub mod base;
mod privacy;
pub mod stats;
pub mod vocabulary;

// The flow: intake, figures, compare, decide, disclosure, reports; what explains and exports them.
pub mod compare;
pub mod convention;
pub mod decide;
pub mod disclosure;
pub mod explain;
pub mod exports;
pub mod figures;
pub mod intake;
pub mod reports;

// What is said of what was found, in French.
pub(crate) mod wording;

// Blank forms, guides to hold in one's hand, the fictitious example.
pub mod demo;
pub mod forms;
pub mod guides;

// The stages put together, what a person can ask for, the command line, the local page and its server.
mod actions;
mod campaign;
pub mod cli;
mod pages;
mod web;
