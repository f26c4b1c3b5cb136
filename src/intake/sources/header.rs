//! The header row of a wide table: which column holds which élément, and what the others are.

use super::column_reader::Reader;
use super::column_role::Column;
use super::correspondence::{Mapping, shape};
use super::dialect::{Dialect, Frame};
use super::element_codes::element_code;
use super::labels::Labels;
use super::titles::{key, titles};
use crate::base::diagnostics::{CellRef, Diagnostic};
use crate::base::sheets::{Row, Sheet, Workbook};
use crate::intake::sources::source::Context;
use crate::vocabulary::referentiel::Referentiel;

/// Columns of a header row, by position.
pub(super) struct Header {
    pub columns: Vec<(u32, Column)>,
    /// Folded headings, by position.
    names: Vec<(u32, String)>,
    /// The correspondence that the file uses.
    mapping: Option<Mapping>,
    /// Its name as the manifest keeps it; empty when there is none.
    pub mapping_name: String,
}

/// Rows in which the header is looked for.
const DEPTH: usize = 10;

impl Header {
    /// The first row, among the first ones, that carries the most élément codes (at least one).
    pub(super) fn find(sheet: &Sheet, referentiel: &Referentiel) -> Option<(u32, usize)> {
        let count = |row: &Row| {
            row.cells
                .iter()
                .filter(|c| element_code(&c.value.text(), referentiel).is_some())
                .count()
        };
        let mut best: Option<(u32, usize)> = None;
        for row in sheet.rows.iter().take(DEPTH) {
            let codes = count(row);
            if codes > best.map_or(0, |b| b.1) {
                best = Some((row.index, codes));
            }
        }
        best
    }

    /// Reads the header rows: every column gets a meaning, doubtful ones a diagnostic. The
    /// correspondence proposed, when labels had to be matched, comes beside.
    pub(super) fn read(
        book: &Workbook,
        sheet: &Sheet,
        frame: Frame,
        (context, tool): (&Context, &Dialect),
        diagnostics: &mut Vec<Diagnostic>,
    ) -> (Self, Option<Mapping>) {
        let titles = titles(sheet, frame);
        let reader = Reader::new(sheet, frame, context, tool, &titles);
        let mut columns: Vec<(u32, Column)> = Vec::new();
        let read: Vec<Column> = titles.iter().map(|t| reader.column(t)).collect();
        for (title, column) in titles.iter().zip(&read) {
            let at = book.at(sheet, CellRef::new(frame.header.1, title.col));
            if let Some(found) = reader.remark(title, column, &columns) {
                diagnostics.push(Diagnostic::new(found.0, at, found.1));
            }
            let element = matches!(column, Column::Element(..));
            if !(element && columns.iter().any(|(_, c)| c == column)) {
                columns.push((title.col, column.clone()));
            }
        }
        let names = titles
            .iter()
            .flat_map(|t| t.texts.iter().map(|text| (t.col, key(text))))
            .collect();
        let proposal = reader.proposal(&titles, &read);
        let header = Self {
            columns,
            names,
            mapping: reader.mapping().cloned(),
            mapping_name: reader.mapping_name(),
        };
        (header, proposal)
    }

    /// What a word of the file is worth in the words of the scales.
    pub(super) fn worth(&self, written: String) -> String {
        let worth = self.mapping.as_ref().and_then(|m| m.worth(&written));
        worth.map_or(written, str::to_owned)
    }

    /// Position of the first column with a meaning.
    pub(super) fn position(&self, wanted: &Column) -> Option<u32> {
        self.columns
            .iter()
            .find(|(_, c)| c == wanted)
            .map(|(col, _)| *col)
    }

    /// Position of a column of the tool, by its folded heading.
    pub(super) fn heading(&self, wanted: &str) -> Option<u32> {
        let found = self.names.iter().find(|(_, name)| name == wanted)?;
        Some(found.0)
    }
}

/// The first of the top rows where two headings or more are worded like éléments, or nearly.
pub(super) fn recognised_labels(sheet: &Sheet, context: &Context) -> Option<u32> {
    let labels = Labels::new(context.referentiel, context.source);
    let known = |row: &&Row| {
        let worded = row
            .cells
            .iter()
            .map(|c| c.value.text())
            .filter(|t| labels.exact(t).is_some() || labels.near(t).is_some())
            .count();
        let headings = row.cells.iter().map(|c| c.value.text());
        let all: Vec<String> = headings.collect();
        let form = shape(all.iter().map(String::as_str));
        worded >= 2 || context.mapping_of(&form).is_some()
    };
    sheet.rows.iter().take(DEPTH).find(known).map(|r| r.index)
}
