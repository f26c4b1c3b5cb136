//! A cell in the place of which a person typed a value, and the import that holds it.

use crate::intake::cell_corrections::CellCorrection;

/// A corrected cell of a file of an import.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct CorrectedCell {
    /// Label of the import.
    pub(crate) import: String,
    /// Name that the file is kept under.
    pub(crate) file: String,
    /// What was typed.
    pub(crate) correction: CellCorrection,
}
