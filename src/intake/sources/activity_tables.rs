//! Activity data: sessions, posts of the team, denominators, as CSV or as sheets of one workbook.
//!
//! | question | file |
//! |---|---|
//! | which columns are expected, under which other exact words, read how | `expected_columns` |
//! | which of the tables is a sheet; which column is which, agreed on or waiting for a person | `table_header` |
//! | – headings of local services in their own words: what they seem to be (a guess, never taken) | `guessed_columns` |
//! | a session’s length from the hours of its plage; its temps from « Matin » or « Vacances » | `derived_terms` |
//! | which column is which in this file; personal columns left out; the rectangle of lines | `table_reading` |
//! | what a session says that cannot be (qualified and not that exceed the animateurs…), or lacks for its ratio | `session_checks` |
//! | one line: its id, its dates, a number or word that does not read; « oui » of PEDT | this file |

mod derived_terms;
mod expected_columns;
mod guessed_columns;
mod session_checks;
mod table_header;
mod table_reading;

use std::sync::Arc;

use self::expected_columns::{CellReading, TableKind};
use self::table_header::{TableHeader, is_counted};
use self::table_reading::ActivityReading;
use super::cell_fate::{Fate, ReadCells, announces_total};
use super::element_codes::element_code;
use super::labels::Labels;
use crate::base::diagnostics::{CellRef, Checked, Code};
use crate::base::sheets::{Row, Value, Workbook};
use crate::base::text::{fold, iso_date};
use crate::intake::sources::answers::{Answer, Answers, Located, Record};
use crate::intake::sources::correspondence::Correspondence;
use crate::intake::sources::source::{Confidence, Context, Source};
use crate::vocabulary::referentiel::SourceCode;

/// The three tables of activity data.
pub(super) struct ActivityTables;

impl Source for ActivityTables {
    fn name(&self) -> &'static str {
        "activite"
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
            let mut reading = ActivityReading::new(book, sheet, &table, context.accept_near);
            reading.guesses(context.accept_near, &table);
            reading.headings(table.row);
            reading.repeated(table.row);
            all.value.blocks.push(reading.block(table.row));
            all.value.proposal = all.value.proposal.take().or(reading.proposal(&table));
            let rows = sheet.rows.iter().filter(|r| r.index > table.row.index);
            let records: Vec<Record> = rows.filter_map(|row| reading.line(row)).collect();
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
            tool: "activite".to_owned(),
            shape: table.form.clone(),
            referentiel: String::new(),
            columns: table.awaited(),
            words: self.awaited_words(),
        };
        let new = match table.mapping {
            Some(said) => said.open(&proposal),
            None => proposal,
        };
        (!new.is_empty()).then_some(new)
    }

    fn text(&self, row: &Row, name: &str) -> String {
        let col = self.col(name);
        col.map(|c| row.read(c, Fate::Identity)).unwrap_or_default()
    }

    fn line(&mut self, row: &Row) -> Option<Record> {
        let structure_col = self.col("structure").unwrap_or(0);
        let structure = self.sheet.column_text(row.index, structure_col);
        let first = row.cells.first().map(|c| c.value.text());
        let first = first.unwrap_or_default();
        if announces_total(&structure) || (structure.is_empty() && announces_total(&first)) {
            row.claim_rest(Fate::Total);
            let message = format!("ligne « {first} » ignorée : elle résume les autres.");
            self.report(Code::LineIgnored, row.index, structure_col, message);
            return None;
        }
        if let Some((col, text)) = self.sum(row) {
            row.claim_rest(Fate::Total);
            let message = format!("ligne « {text} » ignorée : elle résume les autres.");
            self.report(Code::LineIgnored, row.index, col, message);
            return None;
        }
        // A line without structure is nobody's: what it holds is told by the ledger.
        if structure.is_empty() {
            return None;
        }
        row.claim(structure_col, Fate::Identity);
        let date = self.date(row, "date");
        let columns = self.columns.clone();
        let answers: Vec<Answer> = columns
            .iter()
            .filter_map(|c| self.answer(row, c.col, &c.name, c.reads))
            .collect();
        let mut answers = answers;
        self.derive(row, &mut answers);
        self.check_counts(row, &answers);
        self.check_complete(row, &answers);
        let id = self.line_id(row, &structure, &date);
        Some(Record {
            source: SourceCode::Don,
            also: None,
            structure: Some(Located {
                text: structure,
                cell: CellRef::new(row.index, structure_col),
            }),
            visit: id,
            observer: String::new(),
            respondent: String::new(),
            date,
            sheet: self.sheet.name.clone(),
            at: CellRef::new(row.index, structure_col),
            answers,
        })
    }

    /// Where a line says that it sums up others: « Total » in place of a site, a plage, a fonction.
    fn sum(&self, row: &Row) -> Option<(u32, String)> {
        const WHOLES: [&str; 3] = ["ensemble", "effectif", "tous"];
        let names = ["site", "plage", "fonction", "diplome"];
        let mut cols = names.into_iter().filter_map(|name| self.col(name));
        cols.find_map(|col| {
            let text = row.text(col);
            let is_whole = WHOLES.contains(&fold(&text).as_str());
            (is_whole || announces_total(&text)).then_some((col, text))
        })
    }

    /// A session by its day, plage and site; a post by its rank; one line of denominators.
    fn line_id(&mut self, row: &Row, structure: &str, date: &str) -> String {
        let base = match self.kind {
            TableKind::Sessions => {
                let parts = [
                    "seance".to_owned(),
                    date.to_owned(),
                    self.text(row, "plage"),
                    self.text(row, "site"),
                ];
                parts
                    .into_iter()
                    .filter(|p| !p.is_empty())
                    .collect::<Vec<_>>()
                    .join(" ")
            }
            TableKind::Posts => "poste".to_owned(),
            TableKind::Denominators => return "denominateurs".to_owned(),
        };
        let rank = self
            .seen
            .entry(format!("{}|{base}", fold(structure)))
            .or_default();
        *rank += 1;
        match (self.kind, *rank) {
            (TableKind::Posts, rank) => format!("poste {rank:03}"),
            (_, 1) => base,
            (_, rank) => format!("{base} ({rank})"),
        }
    }

    fn date(&mut self, row: &Row, name: &str) -> String {
        let Some(col) = self.col(name) else {
            return String::new();
        };
        let written = row.read(col, Fate::Answer);
        if written.is_empty() {
            if self.kind == TableKind::Sessions {
                self.report(
                    Code::DateUnreadable,
                    row.index,
                    col,
                    "la date de la séance manque.".to_owned(),
                );
            }
            return String::new();
        }
        iso_date(&written).unwrap_or_else(|| {
            self.report(
                Code::DateUnreadable,
                row.index,
                col,
                format!("« {written} » n’est pas une date."),
            );
            String::new()
        })
    }

    fn answer(
        &mut self,
        row: &Row,
        col: u32,
        name: &Arc<str>,
        reads: CellReading,
    ) -> Option<Answer> {
        let fate = match reads {
            CellReading::Personal => Fate::Personal,
            CellReading::Unknown | CellReading::Elsewhere => Fate::Unread,
            CellReading::Awaited => Fate::Named,
            CellReading::LeftOut => Fate::LeftOut,
            _ => Fate::Answer,
        };
        let written = row.read(col, fate);
        if reads == CellReading::Awaited && is_counted(name) && !written.is_empty() {
            // A slip in a column that waits is told at once: its other cells wait with the question.
            self.number(row, col, &written, true);
        }
        let raw = match reads {
            CellReading::Elsewhere
            | CellReading::Personal
            | CellReading::Unknown
            | CellReading::Awaited
            | CellReading::LeftOut => return None,
            _ if written.is_empty() => String::new(),
            CellReading::Text => written,
            CellReading::Number => self.number(row, col, &written, false),
            CellReading::Count => self.number(row, col, &written, true),
            CellReading::Date => self.date(row, name),
            CellReading::YesNo => self.word(
                row,
                col,
                &written,
                &[
                    ("oui", &["oui", "o", "x", "1", "vrai"]),
                    ("non", &["non", "n", "0", "faux"]),
                ],
            ),
            CellReading::Time => self.word(
                row,
                col,
                &written,
                &[
                    ("extrascolaire", &["extrascolaire", "vacances", "extra"]),
                    ("periscolaire", &["periscolaire", "mercredi", "peri"]),
                ],
            ),
        };
        Some(Answer {
            element: name.clone(),
            raw,
            comment: String::new(),
            cell: CellRef::new(row.index, col),
        })
    }

    /// 3,5 and 1 234 are read; text, signs and units are not, nor half a person.
    fn number(&mut self, row: &Row, col: u32, written: &str, whole: bool) -> String {
        let plain: String = written.chars().filter(|c| !c.is_whitespace()).collect();
        let read = match row.get(col) {
            Some(Value::Number(n)) => Some(*n),
            _ => plain.replace(',', ".").parse::<f64>().ok(),
        };
        match read.filter(|n| n.is_finite() && *n >= 0.0) {
            Some(n) if whole && n.fract() != 0.0 => {
                let message = format!("« {written} » n’est pas un nombre entier de personnes.");
                self.report(Code::NumberUnreadable, row.index, col, message);
                String::new()
            }
            Some(n) => Value::Number(n).text(),
            None => {
                let message = format!("« {written} » n’est pas un nombre positif.");
                self.report(Code::NumberUnreadable, row.index, col, message);
                String::new()
            }
        }
    }

    fn word(&mut self, row: &Row, col: u32, written: &str, words: &[(&str, &[&str])]) -> String {
        let folded = fold(written);
        if let Some((word, _)) = words.iter().find(|(_, all)| all.contains(&folded.as_str())) {
            return (*word).to_owned();
        }
        let allowed: Vec<&str> = words.iter().map(|(word, _)| *word).collect();
        let message = format!("« {written} » n’est pas admis ({}).", allowed.join(", "));
        self.report(Code::ValueOutOfScale, row.index, col, message);
        String::new()
    }
}
