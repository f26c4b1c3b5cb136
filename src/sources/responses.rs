//! Tables of responses: one row per respondent (or per grid), one column per question, whatever
//! tool wrote them. A tool is told apart by its own columns and header rows ([`Dialect`]); what a
//! column asks is found by code, by label, or by a correspondence that a person confirmed.

use super::header::{Column, Header};
use super::{
    Answer, Answers, Confidence, Context, Located, OPEN_ANSWER, Record, Row, Sheet, Source,
    Workbook,
};
use crate::diagnostics::{CellRef, Checked, Code, Diagnostic};
use crate::referentiel::SourceCode;
use crate::text::iso_date;

/// Where a table stands in a sheet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Frame {
    /// How sure.
    pub confidence: Confidence,
    /// First and last header rows.
    pub header: (u32, u32),
    /// First row of responses.
    pub data: u32,
}

impl Frame {
    /// One header row and responses right under it.
    pub(super) fn under(confidence: Confidence, row: u32) -> Self {
        Self {
            confidence,
            header: (row, row),
            data: row + 1,
        }
    }
}

/// The cell of a row under a folded heading.
pub type CellNamed<'a> = dyn Fn(&str) -> Option<String> + 'a;

/// What one tool writes around its answers. Headings are compared folded (no case, no accents).
pub struct Dialect {
    /// Name for `--outil`.
    pub name: &'static str,
    /// What a person reads.
    pub label: &'static str,
    /// Finds the table of a sheet, when the sheet is this tool's.
    pub frame: fn(&Sheet, &Context) -> Option<Frame>,
    /// Columns of the tool that carry nothing for us.
    pub silent: &'static [&'static str],
    /// Beginnings of such columns.
    pub silent_prefixes: &'static [&'static str],
    /// The tool's own response id.
    pub respondent: &'static [&'static str],
    /// When the response was given.
    pub date: &'static [&'static str],
    /// Answers that mean that the question was not asked, as written.
    pub blank: &'static [&'static str],
    /// Whether a row is a finished response; what the columns hold is given by heading.
    pub finished: fn(&CellNamed) -> bool,
    /// Whether only the first sheet with answers counts.
    pub one_sheet: bool,
}

impl Dialect {
    /// A tool with nothing of its own.
    pub(super) const PLAIN: Self = Self {
        name: "",
        label: "",
        frame: |_, _| None,
        silent: &[],
        silent_prefixes: &[],
        respondent: &[],
        date: &[],
        blank: &[],
        finished: |_| true,
        one_sheet: true,
    };

    fn tables<'a>(&self, book: &'a Workbook, context: &Context) -> Vec<(&'a Sheet, Frame)> {
        let visible = book.sheets.iter().filter(|s| !s.hidden);
        let found = visible.filter_map(|s| Some((s, (self.frame)(s, context)?)));
        let limit = if self.one_sheet { 1 } else { usize::MAX };
        found.take(limit).collect()
    }
}

impl Source for Dialect {
    fn name(&self) -> &'static str {
        self.name
    }

    fn label(&self) -> &'static str {
        self.label
    }

    fn recognises(&self, book: &Workbook, context: &Context) -> Confidence {
        let tables = self.tables(book, context);
        let all = tables.iter().map(|(_, frame)| frame.confidence);
        all.max().unwrap_or(Confidence::None)
    }

    fn read(&self, book: &Workbook, context: &Context) -> Checked<Answers> {
        let mut reading = Reading {
            book,
            context,
            tool: self,
            answers: Answers::default(),
            diagnostics: Vec::new(),
        };
        for (sheet, frame) in self.tables(book, context) {
            reading.sheet(sheet, frame);
        }
        Checked {
            value: reading.answers,
            diagnostics: reading.diagnostics,
        }
    }
}

struct Reading<'a> {
    book: &'a Workbook,
    context: &'a Context<'a>,
    tool: &'a Dialect,
    answers: Answers,
    diagnostics: Vec<Diagnostic>,
}

impl Reading<'_> {
    fn sheet(&mut self, sheet: &Sheet, frame: Frame) {
        let (header, proposal) = Header::read(
            self.book,
            sheet,
            frame,
            (self.context, self.tool),
            &mut self.diagnostics,
        );
        self.answers.proposal = self.answers.proposal.take().or(proposal);
        if self.answers.mapping.is_empty() {
            self.answers.mapping.clone_from(&header.mapping);
        }
        let (mut number, mut unfinished) = (0, 0);
        for row in sheet.rows.iter().filter(|r| r.index >= frame.data) {
            let named = |heading: &str| header.heading(heading).map(|col| row.text(col));
            if !(self.tool.finished)(&named) {
                unfinished += 1;
                continue;
            }
            number += 1;
            self.row(sheet, &header, row, number);
        }
        if unfinished > 0 {
            let many = crate::text::count(
                unfinished,
                "réponse non envoyée, laissée",
                "réponses non envoyées, laissées",
            );
            let message = format!("{many} de côté.");
            let at = self.book.at_sheet(sheet);
            self.diagnostics
                .push(Diagnostic::new(Code::LineIgnored, at, message));
        }
    }

    /// One response: a record per source that its columns belong to (one, nearly always).
    fn row(&mut self, sheet: &Sheet, header: &Header, row: &Row, number: usize) {
        let mut sources: Vec<SourceCode> = header
            .columns
            .iter()
            .filter_map(|(_, c)| match c {
                Column::Element(_, source) => Some(*source),
                _ => None,
            })
            .collect();
        sources.sort_unstable();
        sources.dedup();
        for (rank, source) in sources.into_iter().enumerate() {
            let mut answers = self.answers_of(header, row, source);
            if rank == 0 {
                answers.extend(open_answers(header, row));
            }
            if answers.iter().any(|a| !a.raw.is_empty()) {
                let record = self.record(sheet, header, row, number, source, answers);
                self.answers.records.push(record);
            }
        }
    }

    fn answers_of(&self, header: &Header, row: &Row, source: SourceCode) -> Vec<Answer> {
        let columns = header.columns.iter();
        columns
            .filter_map(|(col, column)| {
                let Column::Element(code, s) = column else {
                    return None;
                };
                let comment = header.position(&Column::Comment(code.clone()));
                (*s == source).then(|| Answer {
                    element: code.clone(),
                    raw: self.clean(row.text(*col)),
                    comment: comment.map(|c| row.text(c)).unwrap_or_default(),
                    cell: CellRef::new(row.index, *col),
                })
            })
            .collect()
    }

    /// The tool's words for « not asked », and the `;` that ends a choice in some tools.
    fn clean(&self, raw: String) -> String {
        if self.tool.blank.contains(&raw.as_str()) {
            return String::new();
        }
        match raw.strip_suffix(';') {
            Some(alone) if !alone.contains(';') => alone.trim().to_owned(),
            _ => raw,
        }
    }

    fn record(
        &mut self,
        sheet: &Sheet,
        header: &Header,
        row: &Row,
        number: usize,
        source: SourceCode,
        answers: Vec<Answer>,
    ) -> Record {
        let text = |column: Column| {
            header
                .position(&column)
                .map(|c| row.text(c))
                .unwrap_or_default()
        };
        let structure = header.position(&Column::Structure).and_then(|col| {
            let text = row.text(col);
            let cell = CellRef::new(row.index, col);
            (!text.is_empty()).then_some(Located { text, cell })
        });
        let id = text(Column::Respondent);
        let visit = text(Column::Visit);
        Record {
            source,
            structure,
            visit: if visit.is_empty() && source == SourceCode::Obs {
                "1".to_owned()
            } else {
                visit
            },
            observer: text(Column::Observer),
            respondent: if id.is_empty() {
                format!("ligne {number}")
            } else {
                id
            },
            date: self.date(sheet, header, row),
            sheet: sheet.name.clone(),
            at: CellRef::new(row.index, 0),
            answers,
        }
    }

    /// Anonymous surveys carry a date of 1980: no date at all. A questionnaire's unreadable date
    /// is no reason to refuse its answers.
    fn date(&mut self, sheet: &Sheet, header: &Header, row: &Row) -> String {
        let Some(col) = header.position(&Column::Date) else {
            return String::new();
        };
        let written = row.text(col);
        if written.is_empty() || written.starts_with("1980-01-01") {
            return String::new();
        }
        iso_date(&written).unwrap_or_else(|| {
            let at = self.book.at(sheet, CellRef::new(row.index, col));
            let message = format!("« {written} » n’est pas une date.");
            self.diagnostics
                .push(Diagnostic::new(Code::DateUnreadable, at, message));
            String::new()
        })
    }
}

/// What a respondent wrote in open questions.
fn open_answers(header: &Header, row: &Row) -> Vec<Answer> {
    let open = header.columns.iter().filter(|(_, c)| *c == Column::Open);
    open.filter_map(|(col, _)| {
        let comment = row.text(*col);
        (!comment.is_empty()).then(|| Answer {
            element: OPEN_ANSWER.to_owned(),
            raw: String::new(),
            comment,
            cell: CellRef::new(row.index, *col),
        })
    })
    .collect()
}
