//! Lines of registers made of an incoming file, and what it is read against.

use std::collections::BTreeMap;

use super::incoming_choices::IncomingChoices;
use crate::base::diagnostics::{CellRef, Diagnostic};
use crate::convention::convention_model::Convention;
use crate::convention::register_columns::{Register, SuiviField};
use crate::convention::registers::{NewRow, Registers};
use crate::convention::remembered_words::RememberedWords;
use crate::convention::suivi_reading::{SuiviCell, SuiviLine};
use crate::vocabulary::config::Observatory;

/// What an incoming file is read against.
pub(in crate::convention) struct IncomingSetting<'a> {
    pub observatory: &'a Observatory,
    pub convention: &'a Convention,
    /// As the files before it left them.
    pub registers: &'a Registers,
    pub choices: &'a IncomingChoices,
    /// Labels of actions that a person agreed on.
    pub remembered: &'a RememberedWords,
    /// Name that the file is told by.
    pub file: &'a str,
}

/// What was made of it.
#[derive(Debug, Default)]
pub(in crate::convention) struct MadeLines {
    pub lines: Vec<SuiviLine>,
    /// Lines that wait for a person, to be written in a workbook.
    pub proposed: Vec<NewRow>,
    /// Labels that a person agreed on, what they lead to, how near.
    pub learnt: Vec<(String, String, f64)>,
    pub diagnostics: Vec<Diagnostic>,
}

impl MadeLines {
    pub(super) fn add(&mut self, other: Self) {
        self.lines.extend(other.lines);
        self.proposed.extend(other.proposed);
        self.diagnostics.extend(other.diagnostics);
    }
}

/// A line without any cell yet.
pub(super) fn line(register: Register, sheet: &str, row: u32) -> SuiviLine {
    SuiviLine {
        register,
        sheet: sheet.to_owned(),
        row,
        id_column: 0,
        id: String::new(),
        cells: BTreeMap::new(),
        refused: Vec::new(),
    }
}

impl SuiviLine {
    /// Fills a cell.
    pub(in crate::convention) fn put(&mut self, field: SuiviField, text: impl Into<String>) {
        let at = CellRef::new(self.row, 0);
        self.cells.insert(
            field,
            SuiviCell {
                text: text.into(),
                at,
            },
        );
    }
}
