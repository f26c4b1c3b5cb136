//! The header row of a wide table: which column holds which élément, and what the others are.

use super::codes::element_code;
use super::columns::Reader;
use super::dialect::{Dialect, Frame};
use super::heading::clean;
use super::labels::{Labels, Score};
use super::mapping::{Mapping, shape};
use super::{Context, Sheet, Workbook};
use crate::base::diagnostics::{CellRef, Diagnostic};
use crate::base::text::fold;
use crate::vocabulary::referentiel::{Referentiel, SourceCode};

/// What a column holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Column {
    /// Answers to an élément, by its code.
    Element(String, SourceCode),
    /// Comments on an élément, by its code.
    Comment(String),
    /// Ticked when this modality (by its code) was chosen among those of an élément.
    Choice(String, SourceCode, String),
    /// One of several columns that share the answers to an élément.
    Part(String, SourceCode),
    Structure,
    Respondent,
    Date,
    /// When the tool received the response.
    Stamp,
    Visit,
    Observer,
    /// An open question.
    Open,
    /// Description of a remarkable practice, by the code of its critère.
    Practice(String),
    /// Critères ticked as remarkable.
    Flags,
    /// Whether the team agrees to share its practices.
    Consent,
    /// A tool's own column, of no interest.
    Silent,
    Ignored,
    Personal,
    /// Worded nearly like an élément: nothing enters before someone agrees.
    Near(String, Score),
}

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
        let count = |row: &super::Row| {
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

/// Folded heading, the code alone when text follows it (« id. Response ID »).
pub(super) fn key(heading: &str) -> String {
    let folded = fold(heading);
    let head = folded.split(". ").next().unwrap_or("");
    head.trim_end_matches([':', ' ', '?', '*']).to_owned()
}

/// What stands above a column.
pub(super) struct Title {
    pub(super) col: u32,
    /// Texts of the header rows, the lowest first; then both joined.
    pub(super) texts: Vec<String>,
    /// The question of its block and its own text, when there are two header rows.
    pub(super) pair: Option<(String, String)>,
}

impl Title {
    /// Its texts.
    pub(super) fn texts(&self) -> impl Iterator<Item = &str> {
        self.texts.iter().map(String::as_str)
    }
}

fn titles(sheet: &Sheet, frame: Frame) -> Vec<Title> {
    let (first, last) = frame.header;
    let rows = [first, last].map(|r| sheet.row(r));
    let mut cols: Vec<u32> = rows
        .iter()
        .flatten()
        .flat_map(|r| r.cells.iter().map(|c| c.col))
        .collect();
    cols.sort_unstable();
    cols.dedup();
    // Where blocks are merged, a question stops with its merge.
    let merged = sheet
        .merges
        .iter()
        .any(|(a, b)| a.row == first && b.col > a.col);
    let mut block = String::new();
    cols.into_iter()
        .map(|col| {
            let low = clean(&sheet.text(last, col));
            let mut title = Title {
                col,
                texts: vec![low.clone()],
                pair: None,
            };
            if first != last {
                // The question stands at the first column of its block, its lines under it.
                let high = clean(&sheet.merged_text(first, col));
                if !high.is_empty() || merged {
                    block.clone_from(&high);
                }
                title.texts.push(high);
                if !low.is_empty() && !block.is_empty() {
                    title.texts.push(format!("{block} {low}"));
                    title.pair = Some((block.clone(), low));
                }
            }
            title.texts.retain(|t| !t.is_empty());
            title
        })
        .filter(|t| !t.texts.is_empty())
        .collect()
}

/// The first of the top rows where two headings or more are worded like éléments, or nearly.
pub(super) fn recognised_labels(sheet: &Sheet, context: &Context) -> Option<u32> {
    let labels = Labels::new(context.referentiel, context.source);
    let known = |row: &&super::Row| {
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
