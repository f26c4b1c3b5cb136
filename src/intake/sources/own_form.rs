//! The program's own workbooks (OBS, AUT, DIR): identity block, then one line per élément.

use std::collections::HashMap;
use std::sync::Arc;

use super::own_form_columns::OwnFormColumns;
use super::practices::{consent, remarkable, yes_or_no};
use crate::base::diagnostics::{CellRef, Checked, Code, Diagnostic, Location};
use crate::base::sheets::own_form_layout::{
    CONSENT, HEADINGS, IDENTITY, MARK, REMARKABLE, SHEET_GRID, SHEET_README,
};
use crate::base::sheets::{Cell, Sheet, Workbook};
use crate::base::text::{fold, iso_date};
use crate::intake::sources::answers::{Answer, Answers, Located, Record};
use crate::intake::sources::source::{Confidence, Context, Source};
use crate::vocabulary::referentiel::SourceCode;

/// The form that the program writes.
pub(super) struct OwnWorkbook;

impl Source for OwnWorkbook {
    fn name(&self) -> &'static str {
        "observatoire"
    }

    fn label(&self) -> &'static str {
        "grille fournie"
    }

    fn recognises(&self, book: &Workbook, _: &Context) -> Confidence {
        let marked = book
            .sheet(SHEET_README)
            .is_some_and(|s| s.text(0, 0) == MARK);
        let headed = book
            .sheet(SHEET_GRID)
            .is_some_and(|s| OwnFormColumns::find(s).is_some());
        if marked || headed {
            Confidence::Certain
        } else {
            Confidence::None
        }
    }

    fn read(&self, book: &Workbook, _: &Context) -> Checked<Answers> {
        let Some(sheet) = book.sheet(SHEET_GRID) else {
            return refused(sheet_missing(book));
        };
        let Some(columns) = OwnFormColumns::find(sheet) else {
            let message = format!(
                "les titres de colonnes « {} » manquent.",
                HEADINGS.join(", ")
            );
            return refused(Diagnostic::new(
                Code::ToolUnknown,
                book.at_sheet(sheet),
                message,
            ));
        };
        OwnFormReading {
            book,
            sheet,
            columns,
            diagnostics: Vec::new(),
        }
        .record()
    }
}

fn refused(diagnostic: Diagnostic) -> Checked<Answers> {
    Checked {
        value: Answers::default(),
        diagnostics: vec![diagnostic],
    }
}

fn sheet_missing(book: &Workbook) -> Diagnostic {
    let found: Vec<&str> = book.sheets.iter().map(|s| &*s.name).collect();
    let message = format!(
        "la feuille « {SHEET_GRID} » manque ; feuilles trouvées : {}.",
        found.join(", ")
    );
    Diagnostic::new(Code::SheetMissing, Location::file(&book.file), message)
}

/// A code as the form writes it, whatever the hand that retyped it.
fn same_code(written: &str) -> String {
    let as_made = |b: u8| b.is_ascii_uppercase() || b.is_ascii_digit() || b == b'-';
    if written.bytes().all(as_made) {
        return written.to_owned();
    }
    fold(written).replace(' ', "-").to_uppercase()
}

struct OwnFormReading<'a> {
    book: &'a Workbook,
    sheet: &'a Sheet,
    columns: OwnFormColumns,
    diagnostics: Vec<Diagnostic>,
}

impl OwnFormReading<'_> {
    fn report(&mut self, code: Code, cell: CellRef, message: String) {
        self.diagnostics.push(Diagnostic::new(
            code,
            self.book.at(self.sheet, cell),
            message,
        ));
    }

    /// Value of the identity block for a label, with its cell.
    fn identity(&self, label: &str) -> Located {
        let head = || {
            self.sheet
                .rows
                .iter()
                .take_while(|r| r.index < self.columns.header)
        };
        let exact = head().find_map(|r| Some((r, r.cells.iter().find(|c| c.value.is(label))?)));
        let folded = || {
            let wanted = fold(label);
            let same = |c: &&Cell| fold(&c.value.text()) == wanted;
            head().find_map(|r| Some((r, r.cells.iter().find(same)?)))
        };
        match exact.or_else(folded) {
            Some((row, cell)) => Located {
                text: row.text(cell.col + 1),
                cell: CellRef::new(row.index, cell.col + 1),
            },
            None => Located {
                text: String::new(),
                cell: CellRef::new(0, 0),
            },
        }
    }

    fn record(mut self) -> Checked<Answers> {
        let instrument = self.identity(IDENTITY[0]);
        let word = instrument.text.split_whitespace().next().unwrap_or("");
        let Ok(source) = word.parse::<SourceCode>() else {
            let message = format!(
                "« {} » n’est pas un instrument (OBS, AUT, DIR…).",
                instrument.text
            );
            self.report(Code::ValueOutOfScale, instrument.cell, message);
            return Checked {
                value: Answers::default(),
                diagnostics: self.diagnostics,
            };
        };
        let mut answers = self.answers();
        if answers.iter().all(|a| a.raw.is_empty()) {
            let message = "aucune note dans cette grille.";
            self.diagnostics.push(Diagnostic::new(
                Code::FileWithoutAnswer,
                self.book.at_sheet(self.sheet),
                message,
            ));
        }
        if source == SourceCode::Obs {
            answers.extend(self.practices());
        }
        let (code, name) = (self.identity(IDENTITY[2]), self.identity(IDENTITY[3]));
        let structure = [code, name].into_iter().find(|l| !l.text.is_empty());
        let record = Record {
            source,
            structure,
            visit: self.identity(IDENTITY[4]).text,
            observer: self.identity(IDENTITY[6]).text,
            respondent: String::new(),
            date: self.date(),
            sheet: self.sheet.name.clone(),
            at: CellRef::new(0, 0),
            answers,
        };
        Checked {
            value: Answers {
                records: vec![record],
                lines: 1,
                ..Answers::default()
            },
            diagnostics: self.diagnostics,
        }
    }

    fn date(&mut self) -> String {
        let written = self.identity(IDENTITY[5]);
        if written.text.is_empty() {
            return String::new();
        }
        iso_date(&written.text).unwrap_or_else(|| {
            self.report(
                Code::DateUnreadable,
                written.cell,
                format!("« {} » n’est pas une date.", written.text),
            );
            String::new()
        })
    }

    fn answers(&mut self) -> Vec<Answer> {
        let (mut answers, mut seen) = (Vec::new(), HashMap::new());
        let (sheet, header) = (self.sheet, self.columns.header);
        for row in sheet.rows.iter().filter(|r| r.index > header) {
            let element = row.text(self.columns.code);
            let raw = row.text(self.columns.rating);
            let cell = CellRef::new(row.index, self.columns.rating);
            if element.is_empty() {
                if !raw.is_empty() {
                    self.report(
                        Code::LineIgnored,
                        cell,
                        format!("« {raw} » sans code d’élément sur la ligne."),
                    );
                }
                continue;
            }
            if let Some(first) = seen.insert(same_code(&element), cell) {
                self.report(
                    Code::ElementTwice,
                    cell,
                    format!("« {element} » est déjà noté en {first}."),
                );
                continue;
            }
            let comment = self
                .columns
                .comment
                .map(|c| row.text(c))
                .unwrap_or_default();
            answers.push(Answer {
                element: Arc::from(element),
                raw,
                comment,
                cell,
            });
        }
        answers
    }
    /// Lines flagged as remarkable, described by their comment; then what the team answered.
    fn practices(&mut self) -> Vec<Answer> {
        let mut found = Vec::new();
        let (sheet, header) = (self.sheet, self.columns.header);
        for row in sheet.rows.iter().filter(|r| r.index > header) {
            let (code, col) = (row.text(self.columns.code), self.columns.remarkable);
            let Some(col) = col.filter(|_| !code.is_empty()) else {
                continue;
            };
            let (written, cell) = (row.text(col), CellRef::new(row.index, col));
            match yes_or_no(&written) {
                Some(false) => {}
                Some(true) => {
                    let described = self.columns.comment.map(|c| row.text(c));
                    found.push(remarkable(&code, &described.unwrap_or_default(), cell));
                }
                None => {
                    let message = format!(
                        "« {written} » dans la colonne {REMARKABLE}, où une croix est attendue."
                    );
                    self.report(Code::SharingUnreadable, cell, message);
                }
            }
        }
        let said = self.identity(CONSENT);
        found.extend((!said.text.is_empty()).then(|| consent(&said.text, said.cell)));
        found
    }
}
