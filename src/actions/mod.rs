//! What a person can ask for, one file a verb: a request of plain types → an outcome that carries its
//! data and diagnostics. Nothing here reads a command line, prints, or words a line for a terminal: the
//! command line and the local page are two thin faces over it.
//!
//! | verb | file |
//! |---|---|
//! | lay an observatory, the example, a simulation | `init`, `demo`, `simuler` |
//! | make blank forms; the guide of one page | `grille`; `guide` |
//! | bring answers in, list what came, take it back | `importer`, `imports`, `annuler` |
//! | learn another name of an accueil, who an observer is | `reconnaitre` |
//! | who returned what; what will be masked | `verifier`, `masquage` |
//! | forget what is past its time; what is left of persons | `purger`, `personal_check`, `remaining_files` |
//! | is everything kept what was written? | `verifier_profond` |
//! | figures, tables, comparisons, agreement | `indicateurs`, `exporter`, `comparer`, `fidelite` (CSV files described by `described_file`) |
//! | reports | `rapport` |
//! | improvement plans | `plan_lister`, `plan_proposer`, `plan_exporter`, `plan_importer`, `plan_suivi`, `plan_effet`, `plan_historique` |
//! | why is this figure so, what does this code mean | `expliquer` |

pub(crate) mod annuler;
pub(crate) mod comparer;
pub(crate) mod composite_weight;
pub(crate) mod demo;
pub(crate) mod described_file;
pub(crate) mod expliquer;
pub(crate) mod exporter;
mod exporter_notices;
pub(crate) mod fidelite;
pub(crate) mod grille;
pub(crate) mod guide;
pub(crate) mod importer;
pub(crate) mod imports;
pub(crate) mod indicateurs;
pub(crate) mod init;
pub(crate) mod masquage;
mod parallel;
pub(crate) mod personal_check;
pub(crate) mod plan_effet;
pub(crate) mod plan_exporter;
pub(crate) mod plan_historique;
pub(crate) mod plan_importer;
pub(crate) mod plan_lister;
pub(crate) mod plan_proposer;
pub(crate) mod plan_suivi;
pub(crate) mod progress;
pub(crate) mod purge_effect;
pub(crate) mod purger;
pub(crate) mod rapport;
pub(crate) mod reconnaitre;
pub(crate) mod remaining_files;
#[cfg(test)]
mod sharing_tests;
pub(crate) mod simuler;
pub(crate) mod table_outcome;
mod unfinished_example;
pub(crate) mod verifier;
pub(crate) mod verifier_profond;
