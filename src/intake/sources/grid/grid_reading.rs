//! A sheet made by hand while it is read: its lines, and what is noticed on the way.

use super::lines::{GridLine, GridLines, RatedRow};
use super::said_of_notes::{NearText, SaidOfNotes};
use crate::base::diagnostics::{CellRef, Code, Diagnostic};
use crate::base::sheets::{Sheet, Workbook};
use crate::intake::sources::answers::{AnswerArea, Located, NamedColumn};
use crate::intake::sources::cell_fate::{Fate, ReadCells};
use crate::intake::sources::correspondence::Correspondence;
use crate::intake::sources::labels::Labels;
use crate::intake::sources::source::Context;

/// One sheet being read.
pub(super) struct GridReading<'a> {
    pub(super) book: &'a Workbook,
    pub(super) sheet: &'a Sheet,
    pub(super) context: &'a Context<'a>,
    pub(super) lines: GridLines<'a>,
    pub(super) proposal: Option<Correspondence>,
    pub(super) diagnostics: Vec<Diagnostic>,
    /// Columns that hold notes or crosses, whether or not a known line has any there.
    pub(super) rated_columns: Vec<u32>,
    /// What is said of its notes that does not fit the scale.
    pub(super) legends: Vec<SaidOfNotes>,
    /// Wordings of all éléments, where lines carry codes: those that stand beside must be theirs.
    pub(super) labels: Option<Labels<'a>>,
    /// What stands above it and is no part of it.
    pub(super) titles: Vec<Located>,
    /// What the sheets that hold no grid say.
    pub(super) elsewhere: &'a [NearText],
    /// Whether no line is known, so that nothing of it can be read yet.
    pub(super) awaits: bool,
}

impl GridReading<'_> {
    pub(super) fn report(&mut self, code: Code, row: u32, col: u32, message: String) {
        let at = self.book.at(self.sheet, CellRef::new(row, col));
        self.diagnostics.push(Diagnostic::new(code, at, message));
    }

    /// Where the answers stand: from the first column that holds something on the lines to the last.
    pub(super) fn block(&self) -> AnswerArea {
        let rows = self
            .lines
            .rated
            .iter()
            .filter_map(|l| self.sheet.row(l.row));
        let cols = rows.flat_map(|r| r.cells.iter().map(|c| c.col));
        let headings = self.lines.headings.and_then(|r| self.sheet.row(r));
        let titled = headings.into_iter().flat_map(|r| &r.cells).map(|c| c.col);
        let (first, last) = cols
            .chain(titled)
            .fold((self.lines.col, self.lines.col), |(a, b), c| {
                (a.min(c), b.max(c))
            });
        let names = (first..=last).map(|col| NamedColumn {
            col,
            name: self.named(col),
        });
        AnswerArea {
            names: names.collect(),
            sheet: self.sheet.name.clone(),
            headings: self.lines.headings,
            first_row: self.lines.first,
            first_col: first,
            last_col: last,
            shape: self.lines.form.clone(),
            answer_columns: self.rated_columns.clone(),
            expected: &["Note", "Commentaire"],
        }
    }

    /// A heading was read, or the merged cell that it stands in.
    pub(super) fn claim_heading(&self, place: CellRef) {
        let areas = self.sheet.merges.iter();
        let own = self.sheet.row(place.row).and_then(|r| r.cell(place.col));
        let area = areas
            .clone()
            .find(|a| own.is_none() && a.covers(place.row, place.col));
        let at = area.map_or(place, |a| a.first);
        if let Some(row) = self.sheet.row(at.row) {
            row.claim(at.col, Fate::Identity);
        }
    }

    /// Columns that a diagnostic names.
    pub(super) fn name_columns(&self, cols: &[u32]) {
        let rows = self
            .lines
            .rated
            .iter()
            .filter_map(|l| self.sheet.row(l.row));
        for row in rows {
            for col in cols {
                row.claim(*col, Fate::Named);
            }
        }
    }

    /// What says what is asked: the headings, the column of lines, the wordings beside it; and lines
    /// that a person left out.
    pub(super) fn claim_lines(&self) {
        if let Some(headings) = self.lines.headings.and_then(|r| self.sheet.row(r)) {
            headings.claim_rest(Fate::Identity);
        }
        if let Some(title) = self.sheet.rows.first().filter(|r| r.cells.len() == 1) {
            title.claim_rest(Fate::Identity);
        }
        for line in &self.lines.rated {
            let Some(row) = self.sheet.row(line.row) else {
                continue;
            };
            match &line.asks {
                GridLine::Element(_) => row.claim(self.lines.col, Fate::Identity),
                GridLine::Near(..) | GridLine::Disputed(_) | GridLine::Contradicted(..) => {
                    row.claim_rest(Fate::Named);
                }
                GridLine::LeftOut => row.claim_rest(Fate::LeftOut),
                GridLine::Unknown => {}
            }
        }
    }

    /// Rated lines that nobody knows, beside known ones, where something else than their words comes first
    /// on the line, or some of it was read: named by their words. The others are left to who names what
    /// nobody claimed.
    pub(super) fn name_unknown(&mut self, summaries: &[u32]) {
        let unknown = |line: &&RatedRow| {
            line.asks == GridLine::Unknown
                && !summaries.contains(&line.row)
                && self.bears_note(line)
        };
        let rows: Vec<u32> = self
            .lines
            .rated
            .iter()
            .filter(unknown)
            .map(|l| l.row)
            .collect();
        for index in rows {
            let Some(row) = self.sheet.row(index) else {
                continue;
            };
            let wording = row.text(self.lines.col);
            let untouched = row.cells.iter().all(|c| c.mark() == Fate::Unread as u8);
            let comes_first = row.cells.first().is_some_and(|c| c.value.text() == wording);
            if untouched && comes_first {
                continue;
            }
            if self.context.leaves_out(&wording) {
                row.claim_rest(Fate::LeftOut);
                continue;
            }
            row.claim_rest(Fate::Named);
            let shown = self.shown(index);
            let message = format!(
                "la ligne « {shown} » porte une réponse, et rien ne dit à quelle question."
            );
            self.report(Code::LineNotUnderstood, index, self.lines.col, message);
        }
    }
}
