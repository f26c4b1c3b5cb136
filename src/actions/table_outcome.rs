//! A table asked for: the outcome of every verb that gives one.

use crate::base::diagnostics::{Code, Diagnostic, Location};
use crate::base::tabular::Table;

/// A table and what was noticed.
pub(crate) struct TableOutcome {
    /// The table.
    pub table: Table,
    /// What was noticed.
    pub diagnostics: Vec<Diagnostic>,
}

/// Says that an outcome is complete, hence for the service alone.
pub(super) fn not_for_publication(why: &str) -> Diagnostic {
    Diagnostic::new(Code::NotForPublication, Location::none(), why)
}
