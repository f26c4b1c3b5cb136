//! Wide tables: one row per response, one column per élément code. LimeSurvey's exports are the
//! same with its own metadata and unfinished responses.

use super::header::{Column, Header};
use super::{
    Answer, Answers, Confidence, Context, Located, OPEN_ANSWER, Record, Row, Sheet, Source,
    Workbook,
};
use crate::diagnostics::{CellRef, Checked, Code, Diagnostic};
use crate::referentiel::SourceCode;
use crate::text::{fold, iso_date};

/// Any table with one column per élément code.
pub struct WideTable;

/// LimeSurvey's response export, CSV or XLSX, codes in the headings.
pub struct LimeSurvey;

impl Source for WideTable {
    fn name(&self) -> &'static str {
        "tableau"
    }

    fn label(&self) -> &'static str {
        "tableau, une colonne par élément"
    }

    fn recognises(&self, book: &Workbook, context: &Context) -> Confidence {
        let codes = book
            .sheets
            .iter()
            .filter_map(|s| Header::find(s, context.referentiel))
            .map(|h| h.1)
            .max();
        match codes {
            Some(2..) => Confidence::Likely,
            Some(1) => Confidence::Possible,
            _ => Confidence::None,
        }
    }

    fn read(&self, book: &Workbook, context: &Context) -> Checked<Answers> {
        let mut reading = Reading {
            book,
            context,
            limesurvey: false,
            answers: Answers::default(),
            diagnostics: Vec::new(),
        };
        for sheet in &book.sheets {
            reading.sheet(sheet);
        }
        Checked {
            value: reading.answers,
            diagnostics: reading.diagnostics,
        }
    }
}

impl Source for LimeSurvey {
    fn name(&self) -> &'static str {
        "limesurvey"
    }

    fn label(&self) -> &'static str {
        "LimeSurvey"
    }

    /// Its first two headings are the response id and the submission date.
    fn recognises(&self, book: &Workbook, _: &Context) -> Confidence {
        let Some(header) = book.sheets.first().and_then(|s| s.rows.first()) else {
            return Confidence::None;
        };
        let heading = |col| {
            let folded = fold(&header.text(col));
            folded.split(". ").next().unwrap_or("").to_owned()
        };
        let id =
            ["id", "response id", "id de la reponse", "antwort id"].contains(&heading(0).as_str());
        let date =
            ["submitdate", "date submitted", "date de soumission"].contains(&heading(1).as_str());
        if id && date {
            Confidence::Certain
        } else {
            Confidence::None
        }
    }

    fn read(&self, book: &Workbook, context: &Context) -> Checked<Answers> {
        let mut reading = Reading {
            book,
            context,
            limesurvey: true,
            answers: Answers::default(),
            diagnostics: Vec::new(),
        };
        for sheet in book.sheets.iter().take(1) {
            reading.sheet(sheet);
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
    limesurvey: bool,
    answers: Answers,
    diagnostics: Vec<Diagnostic>,
}

impl Reading<'_> {
    fn sheet(&mut self, sheet: &Sheet) {
        let Some((row, _)) = Header::find(sheet, self.context.referentiel) else {
            return;
        };
        let header = Header::read(self.book, sheet, row, self.context, &mut self.diagnostics);
        let (mut unfinished, mut number) = (0, 0);
        for row in sheet.rows.iter().filter(|r| r.index > header.row) {
            if self.limesurvey
                && header
                    .position(&Column::Date)
                    .is_some_and(|c| row.text(c).is_empty())
            {
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
            self.diagnostics.push(Diagnostic::new(
                Code::LineIgnored,
                self.book.at_sheet(sheet),
                message,
            ));
        }
    }

    /// One response: a record per source that its columns belong to (one, nearly always).
    fn row(&mut self, sheet: &Sheet, header: &Header, row: &Row, number: usize) {
        let mut sources: Vec<SourceCode> = header
            .columns
            .iter()
            .filter_map(|(_, c)| {
                if let Column::Element(_, s) = c {
                    Some(*s)
                } else {
                    None
                }
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
                let raw = row.text(*col);
                // LimeSurvey writes « N/A » for a question that was not asked.
                let raw = if self.limesurvey && raw == "N/A" {
                    String::new()
                } else {
                    raw
                };
                (*s == source).then(|| Answer {
                    element: code.clone(),
                    raw,
                    comment: comment.map(|c| row.text(c)).unwrap_or_default(),
                    cell: CellRef::new(row.index, *col),
                })
            })
            .collect()
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
