//! A unit of an import: what a later one may replace.

use std::sync::Arc;

use super::table_reader::RowRange;
use crate::vocabulary::referentiel::SourceCode;

/// A unit of an import.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct StoredUnit {
    /// Structure code.
    pub(crate) structure: Arc<str>,
    /// Who speaks.
    pub(crate) source: SourceCode,
    /// Visit as written (grids), empty for the rest.
    pub(crate) visit: String,
    /// Observer's code, or `consensus`; empty for all but OBS.
    pub(crate) observer: String,
    /// Position of its file in the import.
    pub(crate) file: usize,
    /// What a later import compares.
    pub(crate) key: String,
    /// Its rows of `reponses`.
    pub(crate) answers: RowRange,
    /// Whether it must not be seen.
    pub(crate) hidden: bool,
    /// Whether another machine brought another one at once, and nobody has chosen.
    pub(crate) contested: bool,
}

impl StoredUnit {
    /// As a person would say it: « R01 OBS, visite 1, O1 ».
    pub(super) fn described(&self) -> String {
        let mut said = format!("{} {}", self.structure, self.source);
        if !self.visit.is_empty() {
            said.push_str(", visite ");
            said.push_str(&self.visit);
        }
        if !self.observer.is_empty() {
            said.push_str(", ");
            said.push_str(&self.observer);
        }
        said
    }
}
