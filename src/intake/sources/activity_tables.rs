//! Activity data: sessions, posts of the team, denominators, as CSV or as sheets of one workbook.
//!
//! | question | file |
//! |---|---|
//! | which columns are expected, under which other exact words, read how | `expected_columns` |
//! | which of the tables is a sheet; which column is which, agreed on or waiting for a person | `table_header`; by which headings: `table_marks` |
//! | – headings of local services in their own words: what they seem to be (a guess, never taken) | `guessed_columns` |
//! | a session’s length from the hours of its plage; its temps from « Matin » or « Vacances » | `derived_terms` |
//! | what a plage says: hours, part of the day, group; whether two of them meet | `plage` |
//! | a number (« 1.120 » is read in two ways), a share, minutes, a word among a few | `cell_values` |
//! | a diploma: none, a trainee’s, any; « ? » is asked | `diplomas` |
//! | lines that are none: totals, and what they sum up; « Fait le… »; titles above | `lines_aside` |
//! | which column is which in this file; personal columns left out; the rectangle of lines | `table_reading` |
//! | what a line says that cannot be (qualified and not that exceed the animateurs, out before in…), or lacks for its ratio | `session_checks` |
//! | a line’s id, its dates | `line_dates` |
//! | one line: its answers | this file |

mod cell_values;
mod derived_terms;
mod diplomas;
mod expected_columns;
mod guessed_columns;
mod line_dates;
mod lines_aside;
mod plage;
mod session_checks;
mod table_header;
mod table_marks;
mod table_reading;

use self::cell_values::Written;
pub(crate) use self::diplomas::DIPLOMAS;
use self::expected_columns::{CellReading, TableKind, column_name};
pub(crate) use self::plage::{DayPart, Plage};
use self::table_header::{TableHeader, is_counted};
use self::table_reading::{ActivityColumn, ActivityReading};
use super::cell_fate::{Fate, ReadCells};
use super::element_codes::element_code;
use super::labels::Labels;
use crate::base::diagnostics::{CellRef, Checked};
use crate::base::sheets::{Row, Workbook};
use crate::intake::sources::answers::{Answer, Answers, Located, Record, SessionMoment};
use crate::intake::sources::correspondence::Correspondence;
use crate::intake::sources::source::{Confidence, Context, Source};
use crate::vocabulary::referentiel::SourceCode;

/// Name of the tool.
pub(crate) const ACTIVITY: &str = "activite";

/// The three tables of activity data.
pub(super) struct ActivityTables;

/// Whether a heading is that of diplomas, under any of its exact words.
pub(crate) fn heads_diplomas(heading: &str) -> bool {
    column_name(heading) == "diplome"
}

/// Every column that a table may have.
#[cfg(test)]
pub(crate) fn activity_columns() -> std::collections::BTreeSet<&'static str> {
    let kinds = [
        TableKind::Sessions,
        TableKind::Posts,
        TableKind::Denominators,
    ];
    let all = kinds.into_iter().flat_map(expected_columns::known).copied();
    all.chain(crate::vocabulary::referentiel::measured_columns(None))
        .collect()
}

impl Source for ActivityTables {
    fn name(&self) -> &'static str {
        ACTIVITY
    }

    fn label(&self) -> &'static str {
        "données d’activité"
    }

    /// A questionnaire may ask for the fonction and the diplôme, too: what asks élements is no table of ours.
    fn recognises(&self, book: &Workbook, context: &Context) -> Confidence {
        let tables = || {
            book.sheets
                .iter()
                .filter_map(|s| TableHeader::of(s, context))
        };
        let labels = Labels::new(context.referentiel, None);
        let asks = |text: &str| {
            element_code(text, context.referentiel).is_some() || labels.exact(text).is_some()
        };
        let asked = |table: &TableHeader| table.columns.iter().any(|c| asks(&c.heading));
        let mut certain = None;
        for table in tables() {
            if asked(&table) {
                return Confidence::None;
            }
            certain = Some(certain.unwrap_or(false) || table.is_certain());
        }
        match certain {
            Some(true) => Confidence::Certain,
            Some(false) => Confidence::Likely,
            None => Confidence::None,
        }
    }

    fn read(&self, book: &Workbook, context: &Context) -> Checked<Answers> {
        let mut all = Checked::<Answers>::default();
        for sheet in &book.sheets {
            let Some(table) = TableHeader::of(sheet, context) else {
                continue;
            };
            let mut reading = ActivityReading::new(book, sheet, &table, context);
            reading.guesses(context.accept_near, &table);
            reading.headings(table.row);
            reading.repeated(table.row);
            all.value.blocks.push(reading.block(table.row));
            all.value.titles.extend(reading.titles());
            let rows = || sheet.rows.iter().filter(|r| r.index > table.row.index);
            let records: Vec<Record> = rows().filter_map(|row| reading.line(row)).collect();
            reading.sums(&records);
            reading.unwritten_diplomas(&records);
            all.value.propose(reading.proposal(&table));
            all.value.moments.extend(reading.moments(&records));
            all.value.records.extend(records);
            all.diagnostics.append(&mut reading.diagnostics);
        }
        all
    }
}

impl ActivityReading<'_> {
    /// What a person has yet to say of this table; none when nothing waits.
    fn proposal(&self, table: &TableHeader) -> Option<Correspondence> {
        let proposal = Correspondence {
            tool: ACTIVITY.to_owned(),
            shape: table.form.clone(),
            referentiel: String::new(),
            columns: [table.awaited(), self.doubted()].concat(),
            words: self.awaited_words(),
            reads: None,
        };
        let new = match table.mapping {
            Some(said) => said.open(&proposal),
            None => proposal,
        };
        (!new.is_empty()).then_some(new)
    }

    fn line(&mut self, row: &Row) -> Option<Record> {
        let place_col = self.col("structure");
        let at = CellRef::new(row.index, place_col.unwrap_or(self.columns.first()?.col));
        let structure = place_col.map(|col| Located {
            text: self.sheet.column_text(row.index, col),
            cell: at,
        });
        if let Some(aside) = self.aside(row) {
            self.leave(row, aside);
            return None;
        }
        // A line without structure is nobody's: what it holds is told by the ledger. Where no column says it,
        // the command does.
        let is_nobody = structure.as_ref().is_some_and(|s| s.text.is_empty());
        let is_blank = row.cells.iter().all(|c| c.value.text().is_empty());
        if is_nobody || is_blank {
            return None;
        }
        if let Some(col) = place_col {
            row.claim(col, Fate::Identity);
        }
        let date = self.session_date(row);
        let columns = self.columns.clone();
        let answers = columns.iter().filter_map(|c| self.answer(row, c));
        let mut answers: Vec<Answer> = answers.collect();
        self.derive(row, &mut answers);
        self.check_counts(row, &answers);
        self.check_complete(row, &answers);
        self.check_stay(row, &answers);
        let own = structure.as_ref().map_or("", |s| s.text.as_str());
        let id = self.line_id(row, own, &date);
        Some(Record {
            source: SourceCode::Don,
            also: None,
            structure,
            visit: id,
            observer: String::new(),
            observer_at: None,
            respondent: String::new(),
            date,
            sheet: self.sheet.name.clone(),
            at,
            answers,
        })
    }

    fn answer(&mut self, row: &Row, column: &ActivityColumn) -> Option<Answer> {
        let col = column.col;
        let fate = match column.reads {
            CellReading::Personal => Fate::Personal,
            CellReading::Unknown | CellReading::Elsewhere => Fate::Unread,
            CellReading::Awaited => Fate::Named,
            CellReading::LeftOut => Fate::LeftOut,
            _ => Fate::Answer,
        };
        let mut written = row.read(col, fate);
        if matches!(column.reads, CellReading::Time | CellReading::Minutes)
            || &*column.name == "duree_h"
        {
            // Said once for several sessions, in a merged cell; people are counted line by line.
            written = self.sheet.column_text(row.index, col);
        }
        if column.reads == CellReading::Awaited && is_counted(&column.name) && !written.is_empty() {
            // A slip in a column that waits is told at once: its other cells wait with the question.
            self.number(row, col, &written, Written::Count);
        }
        let raw = match column.reads {
            CellReading::Elsewhere
            | CellReading::Personal
            | CellReading::Unknown
            | CellReading::Awaited
            | CellReading::LeftOut => return None,
            _ if written.is_empty() => String::new(),
            _ => self.value(row, column, written),
        };
        Some(Answer {
            element: column.name.clone(),
            raw,
            written: None,
            comment: String::new(),
            cell: CellRef::new(row.index, col),
        })
    }

    /// What the words of sessions say of their moment.
    fn moments(&self, records: &[Record]) -> Vec<SessionMoment> {
        let of = |name: &str, row: u32| {
            let col = self.col(name);
            col.map(|c| self.sheet.column_text(row, c))
                .unwrap_or_default()
        };
        let is_sessions = self.kind == TableKind::Sessions;
        let sessions = records.iter().filter(|_| is_sessions);
        sessions
            .map(|record| SessionMoment {
                sheet: record.sheet.clone(),
                at: record.at,
                plage: of("plage", record.at.row),
                site: of("site", record.at.row),
                temps: of("temps", record.at.row),
            })
            .collect()
    }
}
