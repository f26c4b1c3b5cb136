//! A sheet made by hand while it is read: its lines, and what is noticed on the way.

use super::lines::GridLines;
use crate::base::diagnostics::{CellRef, Code, Diagnostic};
use crate::base::sheets::{Sheet, Workbook};
use crate::intake::sources::correspondence::Correspondence;
use crate::intake::sources::source::Context;

/// One sheet being read.
pub(super) struct GridReading<'a> {
    pub(super) book: &'a Workbook,
    pub(super) sheet: &'a Sheet,
    pub(super) context: &'a Context<'a>,
    pub(super) lines: GridLines<'a>,
    pub(super) proposal: Option<Correspondence>,
    pub(super) diagnostics: Vec<Diagnostic>,
}

impl GridReading<'_> {
    pub(super) fn report(&mut self, code: Code, row: u32, col: u32, message: String) {
        let at = self.book.at(self.sheet, CellRef::new(row, col));
        self.diagnostics.push(Diagnostic::new(code, at, message));
    }
}
