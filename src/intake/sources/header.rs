//! The header row of a wide table: which column holds which élément, and what the others are.

use std::collections::BTreeMap;

use super::answers::NamedColumn;
use super::column_reader::ColumnReader;
use super::column_role::ColumnRole;
use super::correspondence::{Correspondence, shape};
use super::dialect::{Dialect, TableFrame};
use super::element_codes::element_code;
use super::group_paths::ungroup;
use super::labels::Labels;
use super::titles::{ColumnTitle, key, titles};
use crate::base::diagnostics::{CellRef, Diagnostic, Severity};
use crate::base::sheets::{Row, Sheet, Workbook};
use crate::intake::sources::source::Context;
use crate::vocabulary::referentiel::{Referentiel, Scale};

/// Columns of a header row, by position.
pub(super) struct Header {
    pub columns: Vec<HeaderColumn>,
    /// Every heading, the titles of blocks among them.
    names: Vec<ColumnName>,
    /// The correspondence that the file uses.
    mapping: Option<Correspondence>,
    /// Its name as the manifest keeps it; empty when there is none.
    pub mapping_name: String,
    /// Fingerprint of the headings.
    pub form: String,
    /// What names each column.
    pub titles: Vec<NamedColumn>,
    /// Columns that a diagnostic names already.
    pub named: Vec<u32>,
    /// Under what the answers of a column are said, where its title is not enough.
    questions: BTreeMap<u32, String>,
}

/// A column and what it holds.
pub(super) struct HeaderColumn {
    pub col: u32,
    pub role: ColumnRole,
}

/// A folded heading and where it stands.
struct ColumnName {
    col: u32,
    folded: String,
}

/// A row that may be the header, and how many élément codes it carries.
#[derive(Clone, Copy)]
pub(super) struct CodedRow {
    pub index: u32,
    pub codes: usize,
}

/// Rows in which the header is looked for.
const DEPTH: usize = 10;

impl Header {
    /// The first row, among the first ones, that carries the most élément codes (at least one).
    pub(super) fn find(sheet: &Sheet, referentiel: &Referentiel) -> Option<CodedRow> {
        let top = sheet.rows.iter().take(DEPTH).map(|row| CodedRow {
            index: row.index,
            codes: codes_of(row, referentiel),
        });
        let coded = top.filter(|row| row.codes > 0);
        coded.max_by_key(|row| (row.codes, std::cmp::Reverse(row.index)))
    }

    /// Reads the header rows: every column gets a meaning, doubtful ones a diagnostic. The
    /// correspondence proposed, when labels had to be matched, comes beside.
    pub(super) fn read(
        book: &Workbook,
        sheet: &Sheet,
        frame: TableFrame,
        context: &Context,
        tool: &Dialect,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> (Self, Option<Correspondence>) {
        let mut titles = titles(sheet, frame);
        if tool.any_path {
            ungroup(&mut titles, context.referentiel);
        }
        let reader = ColumnReader::new(sheet, frame, context, tool, &titles);
        let mut columns: Vec<HeaderColumn> = Vec::new();
        let mut named = Vec::new();
        let roles: Vec<ColumnRole> = titles.iter().map(|t| reader.column(t)).collect();
        for (title, role) in titles.iter().zip(&roles) {
            let at = book.at(sheet, CellRef::new(frame.header.last, title.col));
            let twin = columns.iter().find(|c| c.role == *role).map(|c| c.col);
            if let Some(remark) = reader.remark(title, role, twin) {
                if remark.code.severity() == Severity::Error {
                    named.push(title.col);
                }
                diagnostics.push(Diagnostic::new(remark.code, at, remark.message));
            }
            if twin.is_none() || !matches!(role, ColumnRole::Element(..)) {
                columns.push(HeaderColumn {
                    col: title.col,
                    role: role.clone(),
                });
            }
        }
        let names = titles
            .iter()
            .flat_map(|title| {
                title.texts().map(|text| ColumnName {
                    col: title.col,
                    folded: key(text),
                })
            })
            .collect();
        let said = reader.said_columns(book, &titles, &roles);
        diagnostics.extend(said.diagnostics);
        let proposal = reader.proposal(&titles, &roles, said.words);
        let header = Self {
            columns,
            names,
            mapping: reader.mapping().cloned(),
            mapping_name: reader.mapping_name(),
            form: reader.form.clone(),
            titles: titles.iter().filter_map(named_column).collect(),
            named,
            questions: said.questions,
        };
        (header, proposal)
    }

    /// What a word of a column is worth in the words of a scale, the other way round when a person said
    /// so.
    pub(super) fn worth(&self, col: u32, written: String, scale: Option<&Scale>) -> String {
        let Some(mapping) = &self.mapping else {
            return written;
        };
        let title = self.titles.iter().find(|title| title.col == col);
        let question = title.map_or("", |title| title.name.as_str());
        let said = self.questions.get(&col).map_or(question, String::as_str);
        let worth = mapping.worth(said, &written).map(str::to_owned);
        let worth = worth.unwrap_or(written);
        match scale.filter(|_| mapping.is_reversed(question)) {
            Some(scale) => scale.opposite(&worth).map_or(worth, str::to_owned),
            None => worth,
        }
    }

    /// Positions of the columns with a meaning, in order.
    pub(super) fn positions(&self, wanted: &ColumnRole) -> impl Iterator<Item = u32> {
        let columns = self.columns.iter().filter(move |c| c.role == *wanted);
        columns.map(|c| c.col)
    }

    /// Position of the first column with a meaning.
    pub(super) fn position(&self, wanted: &ColumnRole) -> Option<u32> {
        let column = self.columns.iter().find(|c| c.role == *wanted)?;
        Some(column.col)
    }

    /// Position of a column of the tool, by its folded heading.
    pub(super) fn heading(&self, wanted: &str) -> Option<u32> {
        let name = self.names.iter().find(|n| n.folded == wanted)?;
        Some(name.col)
    }
}

fn named_column(title: &ColumnTitle) -> Option<NamedColumn> {
    Some(NamedColumn {
        col: title.col,
        name: title.name()?.to_owned(),
    })
}

/// The first of the top rows where two headings or more are worded like éléments, or nearly.
pub(super) fn recognised_labels(sheet: &Sheet, context: &Context) -> Option<u32> {
    let labels = Labels::new(context.referentiel, context.source);
    let worded = |text: &String| labels.exact(text).is_some() || labels.near(text).is_some();
    let top = sheet.rows.iter().take(DEPTH);
    for row in top {
        let headings: Vec<String> = row.cells.iter().map(|c| c.value.text()).collect();
        let form = shape(headings.iter().map(String::as_str));
        let agreed_on = context.mapping_of(&form).is_some();
        if agreed_on || headings.iter().filter(|text| worded(text)).count() >= 2 {
            return Some(row.index);
        }
    }
    None
}

fn codes_of(row: &Row, referentiel: &Referentiel) -> usize {
    let headings = row.cells.iter().map(|c| c.value.text());
    headings
        .filter(|text| element_code(text, referentiel).is_some())
        .count()
}
