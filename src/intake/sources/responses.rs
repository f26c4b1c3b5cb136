//! Tables of responses: one row per respondent (or per grid), one column per question, whatever
//! tool wrote them ([`Dialect`]); what a column asks is found by code, by label, or by a
//! correspondence that a person confirmed.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::cell_fate::{Fate, ReadCells};
use super::column_role::ColumnRole;
use super::dialect::{Dialect, RepeatedGroup, SetAside, TableFrame};
use super::grid::{ordinal, page_titles, takes_back};
use super::header::Header;
use super::questions::Question;
use super::response_cells::{block, claim_columns, shared_place, total};
use super::response_dates::{Dates, is_ambiguous};
use super::response_doubts::doubts;
use super::response_table::{ResponseTable, RootResponses};
use super::{critere_comments, own_answers, practice_answers};
use crate::base::diagnostics::{CellRef, Checked, Code, Diagnostic, Location};
use crate::base::sheets::{Format, Row, Sheet, Workbook};
use crate::base::text::whole;
use crate::intake::sources::answers::{Answer, Answers, GridTitle, Located, OPEN_ANSWER, Record};
use crate::intake::sources::source::{Confidence, Context, Source};
use crate::vocabulary::referentiel::SourceCode;

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
        let mut reading = ResponsesReading {
            book,
            context,
            tool: self,
            answers: Answers::default(),
            diagnostics: Vec::new(),
        };
        let tables = self.tables(book, context);
        for (sheet, frame) in &tables {
            let mut table = reading.header(sheet, *frame);
            let is_silent = table.header.position(&ColumnRole::Structure).is_none();
            table.is_place = tables.len() > 1 && is_silent && !context.place_given;
            let others = book
                .sheets
                .iter()
                .filter(|s| !s.hidden && s.name != sheet.name);
            let groups: Vec<(ResponseTable, RepeatedGroup)> = others
                .filter_map(|s| Some((s, (self.repeat)(s)?)))
                .map(|(s, repeat)| (reading.header(s, repeat.frame), repeat))
                .collect();
            if table.questions.is_empty() {
                let asked = groups.iter().flat_map(|(lines, _)| &lines.questions);
                table.speaks = asked.map(|q| q.source).next();
            }
            reading.answers.titles.extend(titles_over(sheet, *frame));
            reading.answers.titles.extend(page_titles(sheet));
            reading.answers.blocks.extend(block(&table));
            let lines = reading.rows(&table, None);
            reading.answers.doubts.extend(doubts(book, &table, &lines));
            for (lines, repeat) in &groups {
                reading.answers.blocks.extend(block(lines));
                reading.rows(lines, Some((&table, repeat)));
            }
        }
        let sheets: Vec<&Sheet> = tables.iter().map(|(sheet, _)| *sheet).collect();
        for (copy, first) in alike(&sheets) {
            let message = format!(
                "elle tient les mêmes réponses que la feuille « {} », ou en est une copie.",
                first.name
            );
            let at = book.at_sheet(copy);
            let said = Diagnostic::new(Code::SheetsAlike, at, message);
            reading.diagnostics.push(said);
        }
        let text = matches!(book.format, Format::Text { .. });
        let unknown = reading.answers.blocks.is_empty() && reading.answers.lines > 0;
        if let Some(why) = self.alone.filter(|_| text && unknown) {
            let said = Diagnostic::new(Code::FileWithoutAnswer, Location::file(&book.file), why);
            reading.diagnostics.push(said.with_remedy(
                "Si le formulaire n’a pas de groupe répété, complétez la correspondance proposée dans grids/correspondances.",
            ));
        }
        Checked {
            value: reading.answers,
            diagnostics: reading.diagnostics,
        }
    }
}

struct ResponsesReading<'a> {
    book: &'a Workbook,
    context: &'a Context<'a>,
    tool: &'a Dialect,
    answers: Answers,
    diagnostics: Vec<Diagnostic>,
}

impl<'a> ResponsesReading<'a> {
    fn header(&mut self, sheet: &'a Sheet, frame: TableFrame) -> ResponseTable<'a> {
        let (header, proposal) = Header::read(
            self.book,
            sheet,
            frame,
            self.context,
            self.tool,
            &mut self.diagnostics,
        );
        self.answers.proposal = self.answers.proposal.take().or(proposal);
        if self.answers.mapping.is_empty() {
            self.answers.mapping.clone_from(&header.mapping_name);
        }
        header.note_wordings(self.context.referentiel, &mut self.answers.wordings);
        self.answers.own.extend(header.own_questions(sheet, frame));
        ResponseTable {
            sheet,
            frame,
            questions: Question::all(&header),
            dates: Dates::of(sheet, &header, frame),
            header,
            speaks: None,
            is_place: false,
        }
    }

    /// The responses of a table, and the lines where they stand; those of a repeated group take what they lack from their root.
    fn rows(
        &mut self,
        table: &ResponseTable,
        root: Option<(&ResponseTable, &RepeatedGroup)>,
    ) -> Vec<u32> {
        let mut lines = Vec::new();
        let roots = root.map(|(main, repeat)| RootResponses::new(main, table, repeat));
        let mut aside: BTreeMap<SetAside, usize> = BTreeMap::new();
        // Sheets of one survey go on counting: two respondents are never one line.
        let before = if self.tool.one_sheet {
            0
        } else {
            self.answers.lines
        };
        let mut number = before;
        let (sheet, header) = (table.sheet, &table.header);
        for row in sheet.rows.iter().filter(|r| r.index >= table.frame.data) {
            let from = roots.as_ref().and_then(|r| r.of(row));
            let named = |heading: &str| {
                let own = header.heading(heading).map(|col| row.text(col));
                own.or_else(|| {
                    let (main, row) = from?;
                    Some(row.text(main.header.heading(heading)?))
                })
            };
            if let Some(reason) = (self.tool.aside)(&named) {
                *aside.entry(reason).or_default() += 1;
                row.claim_rest(Fate::ResponseAside);
                continue;
            }
            if let Some(total) = total(table, row) {
                let at = self.book.at(sheet, total.at);
                let said = Diagnostic::new(Code::LineIgnored, at, total.message);
                self.diagnostics.push(said);
                continue;
            }
            number += 1;
            let before = self.answers.records.len();
            self.row(table, row, number, from);
            lines.extend((self.answers.records.len() > before).then_some(row.index));
            claim_columns(table, row);
        }
        self.answers.lines += number - before;
        let at = self.book.at_sheet(sheet);
        for (reason, n) in aside {
            let said = Diagnostic::new(Code::LineIgnored, at.clone(), reason.sentence(n));
            self.diagnostics.push(said);
        }
        let mut dated = table.dates.columns();
        if let Some(col) = dated.find(|col| is_ambiguous(sheet, *col, table.frame)) {
            let cell = CellRef::new(table.frame.data, col);
            let message = format!(
                "« {} » et les autres dates de la colonne se lisent dans les deux sens ; elles sont lues le jour d’abord.",
                sheet.text(table.frame.data, col)
            );
            let at = self.book.at(sheet, cell);
            self.diagnostics
                .push(Diagnostic::new(Code::DateAmbiguous, at, message));
        }
        if let Some(said) = table.dates.doubt(sheet, table.frame) {
            self.diagnostics
                .push(Diagnostic::new(Code::ColumnIgnored, at, said));
        }
        lines
    }

    /// One response: a record per source that its columns belong to (one, nearly always).
    fn row(
        &mut self,
        table: &ResponseTable,
        row: &Row,
        number: usize,
        root: Option<(&ResponseTable, &Row)>,
    ) {
        let asked = table.questions.iter().map(|q| q.source);
        let mut sources: Vec<SourceCode> = asked.chain(table.speaks).collect();
        sources.sort_unstable();
        sources.dedup();
        for (rank, source) in sources.into_iter().enumerate() {
            let asked = table.questions.iter().filter(|q| q.source == source);
            let mut answers: Vec<Answer> = asked.map(|q| self.answer(table, row, q)).collect();
            let r = self.context.referentiel;
            critere_comments::place(&mut answers, &table.header, row, r);
            if rank == 0 {
                answers.extend(open_answers(&table.header, row));
                let own = own_answers::given(&table.header, row, |raw| self.clean(raw));
                answers.extend(own.answers);
                let twice = own.twice.into_iter().map(|(cell, message)| {
                    let at = self.book.at(table.sheet, cell);
                    Diagnostic::new(Code::SeveralTicks, at, message)
                });
                self.diagnostics.extend(twice);
            }
            if answers
                .iter()
                .any(|a| !a.raw.is_empty() || !a.comment.is_empty())
            {
                if source == SourceCode::Obs {
                    answers.extend(practice_answers::answers(&table.header, row, r));
                }
                let record = self.record(table, row, number, source, root);
                self.answers.records.push(Record { answers, ..record });
            }
        }
    }

    fn answer(&mut self, table: &ResponseTable, row: &Row, question: &Question) -> Answer {
        let r = self.context.referentiel;
        let element = r.element(&question.code);
        let scale = element.map(|e| &r.scales[r.elements[e].scale]);
        let clean = |col: u32, raw: String| table.header.worth(col, self.clean(&raw), scale);
        let answered = question.answer(table.sheet, row, clean);
        if let Some(several) = answered.too_many {
            let at = self
                .book
                .at(table.sheet, CellRef::new(row.index, several.col));
            self.diagnostics
                .push(Diagnostic::new(Code::SeveralTicks, at, several.message));
        }
        let mut answer = answered.answer;
        let own = |col: u32| col == answer.cell.col;
        let comment = std::mem::take(&mut answer.comment);
        answer.comment = table.sheet.with_comments(comment, row.index, own);
        if !answer.raw.is_empty() && takes_back(&answer.comment, None) {
            let said: String = answer.comment.chars().take(80).collect();
            let message = format!(
                "« {} » est répondu {}, et le commentaire dit « {said} » : la réponse entre telle quelle.",
                answer.element, answer.raw
            );
            let at = self.book.at(table.sheet, answer.cell);
            self.diagnostics
                .push(Diagnostic::new(Code::RemarkAgainstNote, at, message));
        }
        answer
    }

    /// The tool's words for « not asked », and the `;` that ends a choice in some tools.
    fn clean(&self, raw: &str) -> String {
        if self.tool.blank.contains(&raw) {
            return String::new();
        }
        match raw.strip_suffix(';') {
            Some(alone) if !alone.contains(';') => alone.trim().to_owned(),
            _ => whole(raw).to_owned(),
        }
    }

    fn record(
        &mut self,
        table: &ResponseTable,
        row: &Row,
        number: usize,
        source: SourceCode,
        root: Option<(&ResponseTable, &Row)>,
    ) -> Record {
        let own = |column: &ColumnRole| {
            let col = table.header.position(column)?;
            let mut text = row.read(col, Fate::Identity);
            // A merged day, visit or observer holds for its lines.
            if text.is_empty() {
                text = table.sheet.column_text(row.index, col);
            }
            Some((text, CellRef::new(row.index, col))).filter(|t| !t.0.is_empty())
        };
        let above = |column: &ColumnRole| {
            let (main, line) = root?;
            let text = line.read(main.header.position(column)?, Fate::Identity);
            Some((text, CellRef::new(row.index, 0))).filter(|t| !t.0.is_empty())
        };
        let cell = |column: ColumnRole| own(&column).or_else(|| above(&column));
        let text = |column: ColumnRole| cell(column).map(|c| c.0).unwrap_or_default();
        // A form that branches asks for the accueil in each branch: one of its columns is filled.
        let places = table.header.positions(&ColumnRole::Structure);
        let places: Vec<u32> = places.collect();
        let filled: Vec<u32> = (places.iter().copied())
            .filter(|col| !row.text(*col).is_empty())
            .collect();
        let first = filled.first().map(|col| {
            let text = row.read(*col, Fate::Identity);
            (text, CellRef::new(row.index, *col))
        });
        let structure = first
            .or_else(|| cell(ColumnRole::Structure))
            .map(|(text, cell)| Located { text, cell })
            .or_else(|| shared_place(table, row))
            .or_else(|| table.is_place.then(|| named_place(table.sheet)));
        // Figures beside the structure are no second name of it.
        let figure = |col: &u32| row.text(*col).bytes().all(|b| b.is_ascii_digit());
        let second = filled.get(1).copied().filter(|col| !figure(col));
        let also = second.map(|col| Located {
            text: row.read(col, Fate::Identity),
            cell: CellRef::new(row.index, col),
        });
        let mut id = text(ColumnRole::Respondent);
        if root.is_some() || id.is_empty() {
            // Several lines of one response are several speakers.
            let rank = format!("ligne {number}");
            id = if id.is_empty() {
                rank
            } else {
                format!("{id} {rank}")
            };
        }
        // A questionnaire has no visit: a column of that name is one of its questions.
        let visit = if source.is_questionnaire() {
            String::new()
        } else {
            ordinal(&text(ColumnRole::Visit))
        };
        let date = self.date(table, row, source);
        let date = match root {
            Some((main, line)) if date.is_empty() => self.date(main, line, source),
            _ => date,
        };
        Record {
            source,
            structure,
            also: also.filter(|l| !l.text.is_empty()),
            visit: if visit.is_empty() && source == SourceCode::Obs {
                "1".to_owned()
            } else {
                visit
            },
            observer: text(if source == SourceCode::Dir {
                ColumnRole::SecondCoder
            } else {
                ColumnRole::Observer
            }),
            observer_at: None,
            respondent: id,
            date,
            sheet: table.sheet.name.clone(),
            at: CellRef::new(row.index, 0),
            answers: Vec::new(),
        }
    }

    /// The day that the form asks for, else the one that the tool wrote. Anonymous surveys carry a
    /// date of 1980: no date at all. A visit must have a readable date; a questionnaire's is no
    /// reason to refuse its answers.
    fn date(&mut self, table: &ResponseTable, row: &Row, source: SourceCode) -> String {
        let merged = || {
            let mut columns = table.dates.columns();
            columns.find_map(|col| {
                let text = table.sheet.column_text(row.index, col);
                (row.cell(col).is_none() && !text.is_empty()).then_some((col, text))
            })
        };
        let Some((col, written)) = table.dates.written(row).or_else(merged) else {
            return String::new();
        };
        let read = table.dates.read(col, &written);
        if read.is_none() && !source.is_questionnaire() {
            let at = self.book.at(table.sheet, CellRef::new(row.index, col));
            let message = format!("« {written} » n’est pas une date.");
            self.diagnostics
                .push(Diagnostic::new(Code::DateUnreadable, at, message));
        }
        read.unwrap_or_default()
    }
}

/// What stands over a table of responses, and the name of its sheet.
fn titles_over(sheet: &Sheet, frame: TableFrame) -> Vec<GridTitle> {
    let above = sheet
        .rows
        .iter()
        .take_while(|r| r.index < frame.header.first);
    let cells = above.flat_map(|row| {
        row.cells
            .iter()
            .map(|c| (CellRef::new(row.index, c.col), c))
    });
    let texts = cells.map(|(cell, c)| Located {
        text: c.value.text(),
        cell,
    });
    let named = std::iter::once(named_place(sheet)).chain(texts);
    let titles = named.filter(|t| !t.text.is_empty()).map(|title| GridTitle {
        sheet: sheet.name.clone(),
        title,
    });
    titles.collect()
}

/// The accueil that a sheet is named after.
fn named_place(sheet: &Sheet) -> Located {
    Located {
        text: sheet.name.trim().to_owned(),
        cell: CellRef::new(0, 0),
    }
}

/// Sheets that repeat an earlier one, or bear the name that spreadsheets give to a copy, each with the
/// earlier one.
fn alike<'a>(sheets: &[&'a Sheet]) -> Vec<(&'a Sheet, &'a Sheet)> {
    let named_after = |copy: &Sheet, first: &Sheet| {
        let rest = copy.name.strip_prefix(&*first.name);
        let rank = rest.and_then(|r| r.trim().strip_prefix('(')?.strip_suffix(')'));
        rank.is_some_and(|r| !r.is_empty() && r.bytes().all(|b| b.is_ascii_digit()))
    };
    let copies = sheets.iter().enumerate().filter_map(|(i, copy)| {
        let mut earlier = sheets[..i].iter();
        let first = earlier.find(|s| s.rows == copy.rows || named_after(copy, s))?;
        Some((*copy, *first))
    });
    copies.collect()
}

/// What respondents wrote in open questions.
fn open_answers(header: &Header, row: &Row) -> Vec<Answer> {
    let open = header.columns.iter().filter(|c| c.role == ColumnRole::Open);
    open.filter_map(|column| {
        let comment = row.read(column.col, Fate::Answer);
        (!comment.is_empty()).then(|| Answer {
            element: Arc::from(OPEN_ANSWER),
            raw: String::new(),
            written: None,
            comment,
            cell: CellRef::new(row.index, column.col),
        })
    })
    .collect()
}
