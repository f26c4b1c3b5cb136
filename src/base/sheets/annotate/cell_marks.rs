//! What is asked of a workbook: cells to light, and why it cannot be.

use std::collections::BTreeMap;

use crate::base::diagnostics::CellRef;

/// Why a workbook cannot be marked, in French: « ce n’est pas un classeur .xlsx ».
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Unmarkable(pub(crate) &'static str);

/// A cell to light.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct CellMark {
    /// What its note says, one remark a line.
    pub(crate) text: String,
    /// Whether it keeps the file out: the look differs, in greys too.
    pub(crate) grave: bool,
}

/// The cells to light, by the name of their sheet.
pub(crate) type SheetMarks = BTreeMap<String, BTreeMap<CellRef, CellMark>>;

/// Said of what contradicts itself.
pub(super) const INCOHERENT: Unmarkable = Unmarkable("son contenu est incohérent");
