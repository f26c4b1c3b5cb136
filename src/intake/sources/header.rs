//! The header row of a wide table: which column holds which élément, and what the others are.

use std::collections::BTreeMap;

use super::answers::NamedColumn;
use super::closed_questions::AskedColumn;
use super::column_reader::ColumnReader;
use super::column_role::ColumnRole;
use super::correspondence::{BLANK, Correspondence, shape};
use super::dialect::{Dialect, TableFrame};
use super::element_codes::element_code;
use super::file_wordings::FileWordings;
use super::group_paths::ungroup;
use super::labels::Labels;
use super::title_wordings::note_wording;
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

    /// Notes in which words each column asks the élément that it is read as.
    pub(super) fn note_wordings(&self, r: &Referentiel, wordings: &mut FileWordings) {
        for HeaderColumn { col, role } in &self.columns {
            match role {
                ColumnRole::Element(code, _) => {
                    let named = self.titles.iter().find(|named| named.col == *col);
                    note_wording(wordings, r, code, named.map(|named| named.name.as_str()));
                }
                // Known by the stem of their title: the référentiel's words, or its code.
                ColumnRole::Choice(code, ..) | ColumnRole::Part(code, _) => {
                    note_wording(wordings, r, code, None);
                }
                _ => {}
            }
        }
    }

    /// What names a column; empty where nothing does.
    pub(super) fn title(&self, col: u32) -> &str {
        let named = self.titles.iter().find(|named| named.col == col);
        named.map_or("", |named| named.name.as_str())
    }

    /// The questions outside the référentiel that its columns ask.
    pub(super) fn own_questions(&self, sheet: &Sheet, frame: TableFrame) -> Vec<AskedColumn> {
        let columns = self.columns.iter();
        let own = columns.filter_map(|HeaderColumn { col, role }| match role {
            ColumnRole::OwnQuestion(answers) => Some(AskedColumn {
                sheet: sheet.name.clone(),
                question: self.title(*col).to_owned(),
                at: CellRef::new(frame.header.last, *col),
                answers: answers.clone(),
            }),
            _ => None,
        });
        own.collect()
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
        let mut roles: Vec<ColumnRole> = titles.iter().map(|t| reader.column(t)).collect();
        branched(sheet, frame, &titles, &mut roles);
        reader.remarks_beside(&titles, &mut roles);
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
        let of_scale = scale.map_or("", |s| s.code.as_str());
        let worth = mapping.worth_in(said, &written, of_scale);
        let worth = worth.map(str::to_owned);
        let worth = worth.unwrap_or(written);
        if worth == BLANK {
            return String::new();
        }
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

/// A form that branches asks the same question in each of its branches: columns of one élément that no
/// response fills together hold the answers to one question.
fn branched(sheet: &Sheet, frame: TableFrame, titles: &[ColumnTitle], roles: &mut [ColumnRole]) {
    let mut columns: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (rank, role) in roles.iter().enumerate() {
        if let ColumnRole::Element(code, _) = role {
            columns.entry(code.clone()).or_default().push(rank);
        }
    }
    for twins in columns.into_values().filter(|all| all.len() > 1) {
        let filled = |row: &Row| {
            let cells = twins.iter().filter_map(|rank| row.cell(titles[*rank].col));
            cells.count()
        };
        let mut rows = sheet.rows.iter().filter(|r| r.index >= frame.data);
        if rows.any(|row| filled(row) > 1) {
            continue;
        }
        for rank in twins {
            if let ColumnRole::Element(code, source) = &roles[rank] {
                roles[rank] = ColumnRole::Part(code.clone(), *source);
            }
        }
    }
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

/// The row of a sheet where two éléments or more are asked, by code or in words.
pub(crate) fn asking_row(sheet: &Sheet, context: &Context) -> Option<u32> {
    let coded = Header::find(sheet, context.referentiel).filter(|row| row.codes >= 2);
    coded
        .map(|row| row.index)
        .or_else(|| recognised_labels(sheet, context))
}

/// Lines of a sheet that ask an élément in its own words and bear a mark beside: a grid; none where they are few.
pub(crate) fn asked_lines(sheet: &Sheet, context: &Context) -> usize {
    const FEW: usize = 3;
    const SHORT: usize = 3;
    let labels = Labels::new(context.referentiel, context.source);
    let asks = |row: &&Row| {
        let texts: Vec<String> = row.cells.iter().map(|c| c.value.text()).collect();
        let is_marked = texts.iter().any(|t| t.chars().count() <= SHORT);
        is_marked && texts.iter().any(|t| labels.exact_line(t).is_some())
    };
    let found = sheet.rows.iter().filter(asks).count();
    if found < FEW { 0 } else { found }
}

fn codes_of(row: &Row, referentiel: &Referentiel) -> usize {
    let headings = row.cells.iter().map(|c| c.value.text());
    headings
        .filter(|text| element_code(text, referentiel).is_some())
        .count()
}
