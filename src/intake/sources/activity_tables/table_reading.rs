//! An activity table while it is read: which column is which, and which are left out.

use std::collections::HashMap;
use std::sync::Arc;

use super::expected_columns::{CellReading, TableKind, column_name, known, reads};
use crate::base::diagnostics::{CellRef, Code, Diagnostic};
use crate::base::sheets::{Row, Sheet, Workbook};
use crate::intake::sources::answers::AnswerArea;
use crate::intake::sources::cell_fate::{Fate, ReadCells};
use crate::intake::sources::correspondence::shape;

/// A table being read: its columns, the lines met, what is noticed on the way.
pub(super) struct ActivityReading<'a> {
    pub(super) book: &'a Workbook,
    pub(super) sheet: &'a Sheet,
    pub(super) kind: TableKind,
    pub(super) columns: Vec<ActivityColumn>,
    pub(super) seen: HashMap<String, usize>,
    pub(super) diagnostics: Vec<Diagnostic>,
}

/// A column, its name whatever the words of its heading, and how its cells are read.
#[derive(Clone)]
pub(super) struct ActivityColumn {
    pub(super) col: u32,
    pub(super) name: Arc<str>,
    pub(super) reads: CellReading,
}

impl<'a> ActivityReading<'a> {
    pub(super) fn new(book: &'a Workbook, sheet: &'a Sheet, kind: TableKind, header: &Row) -> Self {
        let cells = header.cells.iter();
        let columns = cells
            .map(|c| {
                let name = column_name(&c.value.text());
                ActivityColumn {
                    col: c.col,
                    reads: reads(kind, &name, sheet, header, c.col),
                    name: Arc::from(name),
                }
            })
            .collect();
        Self {
            book,
            sheet,
            kind,
            columns,
            seen: HashMap::new(),
            diagnostics: Vec::new(),
        }
    }

    pub(super) fn report(&mut self, code: Code, row: u32, col: u32, message: String) {
        let at = self.book.at(self.sheet, CellRef::new(row, col));
        self.diagnostics.push(Diagnostic::new(code, at, message));
    }

    pub(super) fn col(&self, name: &str) -> Option<u32> {
        let column = self.columns.iter().find(|c| *c.name == *name)?;
        Some(column.col)
    }

    /// Says once what is left out, and where.
    pub(super) fn headings(&mut self, header: &Row) {
        header.claim_rest(Fate::Identity);
        let above = self
            .sheet
            .rows
            .iter()
            .take_while(|r| r.index < header.index);
        // A title stands alone above the headings.
        above
            .filter(|r| r.cells.len() == 1)
            .for_each(|r| r.claim_rest(Fate::Identity));
        let columns = self.columns.clone();
        let dropped = columns.iter().filter(|c| c.reads == CellReading::Personal);
        for ActivityColumn { col, .. } in dropped {
            let shown: String = header.text(*col).chars().take(60).collect();
            let message = format!("colonne « {shown} » écartée : elle peut désigner une personne.");
            self.report(Code::PersonalColumn, header.index, *col, message);
        }
    }

    /// Where the lines stand.
    pub(super) fn block(&self, header: &Row) -> AnswerArea {
        let texts: Vec<String> = header.cells.iter().map(|c| c.value.text()).collect();
        let cols = || self.columns.iter().map(|c| c.col);
        AnswerArea {
            names: Vec::new(),
            sheet: self.sheet.name.clone(),
            headings: Some(header.index),
            first_row: header.index + 1,
            first_col: cols().min().unwrap_or(0),
            last_col: cols().max().unwrap_or(0),
            shape: shape(texts.iter().map(String::as_str)),
            expected: known(self.kind),
        }
    }
}
