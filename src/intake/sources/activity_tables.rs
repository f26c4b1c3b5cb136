//! Activity data: sessions, posts of the team, denominators, as CSV or as sheets of one workbook.

mod expected_columns;

use std::collections::HashMap;
use std::sync::Arc;

use self::expected_columns::{
    CellReading, NEEDED, TableKind, column_name, is_personal, kind_of, known, reads,
};
use crate::base::diagnostics::{CellRef, Checked, Code, Diagnostic};
use crate::base::sheets::{Row, Sheet, Value, Workbook};
use crate::base::text::{fold, iso_date, suggest};
use crate::intake::sources::answers::{Answer, Answers, Located, Record};
use crate::intake::sources::source::{Confidence, Context, Source};
use crate::vocabulary::referentiel::SourceCode;

/// The three tables of activity data.
pub struct ActivityTables;

impl Source for ActivityTables {
    fn name(&self) -> &'static str {
        "activite"
    }

    fn label(&self) -> &'static str {
        "données d’activité"
    }

    fn recognises(&self, book: &Workbook, _: &Context) -> Confidence {
        let known = book.sheets.iter().find_map(kind_of);
        if known.is_some() {
            Confidence::Certain
        } else {
            Confidence::None
        }
    }

    fn read(&self, book: &Workbook, _: &Context) -> Checked<Answers> {
        let mut all = Checked::<Answers>::default();
        for sheet in &book.sheets {
            let Some((kind, header)) = kind_of(sheet) else {
                continue;
            };
            let mut reading = ActivityReading::new(book, sheet, kind, header);
            reading.headings(header);
            let rows = sheet.rows.iter().filter(|r| r.index > header.index);
            let records: Vec<Record> = rows.filter_map(|row| reading.line(row)).collect();
            all.value.records.extend(records);
            all.diagnostics.append(&mut reading.diagnostics);
        }
        all
    }
}

struct ActivityReading<'a> {
    book: &'a Workbook,
    sheet: &'a Sheet,
    kind: TableKind,
    columns: Vec<(u32, Arc<str>, CellReading)>,
    seen: HashMap<String, usize>,
    diagnostics: Vec<Diagnostic>,
}

impl<'a> ActivityReading<'a> {
    fn new(book: &'a Workbook, sheet: &'a Sheet, kind: TableKind, header: &Row) -> Self {
        let cells = header.cells.iter();
        let columns = cells
            .map(|c| {
                let name = column_name(&c.value.text());
                let reads = reads(kind, &name, sheet, header, c.col);
                (c.col, Arc::from(name), reads)
            })
            .collect();
        Self {
            book,
            sheet,
            kind,
            columns,
            seen: HashMap::new(),
            diagnostics: Vec::new(),
        }
    }

    fn report(&mut self, code: Code, row: u32, col: u32, message: String) {
        let at = self.book.at(self.sheet, CellRef::new(row, col));
        self.diagnostics.push(Diagnostic::new(code, at, message));
    }

    fn col(&self, name: &str) -> Option<u32> {
        self.columns
            .iter()
            .find(|(_, n, _)| **n == *name)
            .map(|(col, ..)| *col)
    }

    fn text(&self, row: &Row, name: &str) -> String {
        self.col(name).map(|c| row.text(c)).unwrap_or_default()
    }

    fn line(&mut self, row: &Row) -> Option<Record> {
        let structure_col = self.col("structure").unwrap_or(0);
        let structure = row.text(structure_col);
        if structure.is_empty()
            || matches!(fold(&structure).as_str(), "total" | "totaux" | "moyenne")
        {
            let first = row
                .cells
                .first()
                .map(|c| c.value.text())
                .unwrap_or_default();
            self.report(
                Code::LineIgnored,
                row.index,
                structure_col,
                format!("ligne « {first} » sans structure, ignorée."),
            );
            return None;
        }
        let date = self.date(row, "date");
        let columns = self.columns.clone();
        let answers: Vec<Answer> = columns
            .iter()
            .filter_map(|(col, name, reads)| self.answer(row, *col, name, *reads))
            .collect();
        self.check_counts(row, &answers);
        self.check_complete(row, &answers);
        let id = self.line_id(row, &structure, &date);
        Some(Record {
            source: SourceCode::Don,
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
        let written = row.text(col);
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
        let written = row.text(col);
        let raw = match reads {
            CellReading::Elsewhere | CellReading::Dropped => return None,
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

    /// Says once what is left out, and where.
    fn headings(&mut self, header: &Row) {
        for (col, name, _) in self
            .columns
            .clone()
            .iter()
            .filter(|c| c.2 == CellReading::Dropped)
        {
            let shown: String = header.text(*col).chars().take(60).collect();
            let personal = is_personal(self.sheet, header, *col);
            let (code, message) = if personal {
                let why = "elle peut désigner une personne";
                (
                    Code::PersonalColumn,
                    format!("colonne « {shown} » écartée : {why}."),
                )
            } else {
                let near = suggest(name, known(self.kind).iter().copied());
                let advice = near.best_clause_as(" ; la plus proche des colonnes attendues est");
                (
                    Code::ColumnIgnored,
                    format!("colonne « {shown} » ignorée{advice}."),
                )
            };
            self.report(code, header.index, *col, message);
        }
    }

    /// A session that lacks what the ratio depends on is kept but cannot be examined.
    fn check_complete(&mut self, row: &Row, answers: &[Answer]) {
        if self.kind != TableKind::Sessions {
            return;
        }
        let said = |name: &str| {
            answers
                .iter()
                .any(|a| &*a.element == name && !a.raw.is_empty())
        };
        let missing: Vec<&str> = NEEDED.iter().copied().filter(|n| !said(n)).collect();
        if let Some(first) = missing.first() {
            let col = self
                .col(first)
                .or_else(|| self.col("structure"))
                .unwrap_or(0);
            let message = format!(
                "séance sans {} : son taux d’encadrement ne peut pas être examiné.",
                missing.join(", ")
            );
            self.report(Code::SessionIncomplete, row.index, col, message);
        }
    }

    fn check_counts(&mut self, row: &Row, answers: &[Answer]) {
        if self.kind != TableKind::Sessions {
            return;
        }
        let count = |name: &str| -> Option<f64> {
            answers
                .iter()
                .find(|a| *a.element == *name)?
                .raw
                .parse()
                .ok()
        };
        let parts: f64 = ["dont_qualifies", "dont_stagiaires", "dont_non_qualifies"]
            .into_iter()
            .filter_map(count)
            .sum();
        if let Some(all) = count("animateurs").filter(|all| parts > *all) {
            let col = self.col("animateurs").unwrap_or(0);
            let message =
                format!("{parts} qualifiés, stagiaires et non qualifiés pour {all} animateurs.");
            self.report(Code::CountsInconsistent, row.index, col, message);
        }
    }
}
