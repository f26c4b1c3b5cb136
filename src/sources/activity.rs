//! Activity data: sessions, posts of the team, denominators, as CSV or as sheets of one workbook.

use std::collections::HashMap;
use std::sync::Arc;

use super::personal::is_personal_heading;
use super::{
    Answer, Answers, Confidence, Context, Located, Record, Row, Sheet, Source, Value, Workbook,
};
use crate::diagnostics::{CellRef, Checked, Code, Diagnostic};
use crate::referentiel::SourceCode;
use crate::text::{fold, iso_date};

/// The three tables of activity data.
pub struct Activity;

/// One of the tables.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum TableKind {
    Sessions,
    Posts,
    Denominators,
}

/// Headings that make a table of a kind.
const MARKS: [(TableKind, &[&str]); 3] = [
    (
        TableKind::Sessions,
        &[
            "structure",
            "date",
            "plage",
            "presents_moins6",
            "presents_6plus",
            "animateurs",
        ],
    ),
    (TableKind::Posts, &["structure", "fonction", "diplome"]),
    (TableKind::Denominators, &["structure", "familles"]),
];

/// How a column of a table is read.
enum Reads {
    Number,
    YesNo,
    Time,
    Date,
    Text,
    /// Kept elsewhere: the line's id, structure or date.
    Aside,
}

impl Source for Activity {
    fn name(&self) -> &'static str {
        "activite"
    }

    fn label(&self) -> &'static str {
        "données d’activité"
    }

    fn recognises(&self, book: &Workbook, _: &Context) -> Confidence {
        if book.sheets.iter().any(|s| kind_of(s).is_some()) {
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
            let mut reading = Reading::new(book, sheet, kind, header);
            let rows = sheet.rows.iter().filter(|r| r.index > header.index);
            let records: Vec<Record> = rows.filter_map(|row| reading.line(row)).collect();
            all.value.records.extend(records);
            all.diagnostics.append(&mut reading.diagnostics);
        }
        all
    }
}

/// Name of a column, whatever the words of its heading.
fn column_name(heading: &str) -> String {
    let folded = fold(heading);
    let other = OTHER_WORDS
        .iter()
        .find(|(_, all)| all.contains(&folded.as_str()));
    other.map_or_else(|| folded.replace(' ', "_"), |(name, _)| (*name).to_owned())
}

/// Headings that spreadsheets of local services give to the same columns.
const OTHER_WORDS: [(&str, &[&str]); 15] = [
    (
        "structure",
        &["code structure", "accueil", "code accueil", "centre"],
    ),
    (
        "presents_moins6",
        &[
            "presents moins de 6 ans",
            "moins de 6 ans",
            "enfants de moins de 6 ans",
            "presents 6 ans",
        ],
    ),
    (
        "presents_6plus",
        &[
            "presents 6 ans et plus",
            "6 ans et plus",
            "enfants de 6 ans et plus",
            "presents de 6 ans et plus",
        ],
    ),
    (
        "animateurs",
        &[
            "nombre d animateurs",
            "animateurs presents",
            "nb animateurs",
        ],
    ),
    ("dont_qualifies", &["qualifies", "animateurs qualifies"]),
    ("dont_stagiaires", &["stagiaires", "animateurs stagiaires"]),
    (
        "dont_non_qualifies",
        &[
            "non qualifies",
            "animateurs non qualifies",
            "sans qualification",
        ],
    ),
    ("duree_h", &["duree", "duree (h)", "duree en heures"]),
    ("plage", &["moment", "temps d accueil", "creneau"]),
    ("fonction", &["poste", "emploi"]),
    ("diplome", &["diplomes", "qualification"]),
    ("entree", &["date d entree", "debut de contrat"]),
    ("sortie", &["date de sortie", "fin de contrat"]),
    (
        "familles",
        &["nombre de familles", "familles utilisatrices"],
    ),
    ("enfants", &["nombre d enfants", "enfants differents"]),
];

/// Columns of sessions and of posts; any number may stand among the denominators.
const KNOWN: [&str; 19] = [
    "structure",
    "site",
    "date",
    "plage",
    "temps",
    "duree_h",
    "trajet",
    "presents_moins6",
    "presents_6plus",
    "animateurs",
    "dont_qualifies",
    "dont_stagiaires",
    "dont_non_qualifies",
    "directeur_compte",
    "fonction",
    "diplome",
    "quotite",
    "entree",
    "sortie",
];

/// Rows in which the headings are looked for: a title may stand above.
const DEPTH: usize = 10;

/// The table of a sheet and the row of its headings.
fn kind_of(sheet: &Sheet) -> Option<(TableKind, &Row)> {
    sheet.rows.iter().take(DEPTH).find_map(|row| {
        let names: Vec<String> = row
            .cells
            .iter()
            .map(|c| column_name(&c.value.text()))
            .collect();
        let has = |marks: &[&str]| marks.iter().all(|m| names.iter().any(|n| n == m));
        let found = MARKS.iter().find(|(_, marks)| has(marks))?;
        Some((found.0, row))
    })
}

struct Reading<'a> {
    book: &'a Workbook,
    sheet: &'a Sheet,
    kind: TableKind,
    columns: Vec<(u32, Arc<str>)>,
    seen: HashMap<String, usize>,
    diagnostics: Vec<Diagnostic>,
}

impl<'a> Reading<'a> {
    fn new(book: &'a Workbook, sheet: &'a Sheet, kind: TableKind, header: &Row) -> Self {
        let mut reading = Self {
            book,
            sheet,
            kind,
            columns: Vec::new(),
            seen: HashMap::new(),
            diagnostics: Vec::new(),
        };
        for cell in &header.cells {
            reading.column(header.index, cell.col, &cell.value.text());
        }
        reading
    }

    /// Keeps a column, or says why not: it points at a person, or nobody asks for it.
    fn column(&mut self, header: u32, col: u32, heading: &str) {
        let name = column_name(heading);
        let known = KNOWN.contains(&name.as_str()) || name == "formations";
        if !known && is_personal_heading(heading) {
            let message =
                format!("colonne « {heading} » écartée : elle peut désigner une personne.");
            self.report(Code::PersonalColumn, header, col, message);
        } else if known || self.kind == TableKind::Denominators && self.is_number(header, col) {
            self.columns.push((col, Arc::from(name)));
        } else {
            self.report(
                Code::ColumnIgnored,
                header,
                col,
                format!("colonne « {heading} » ignorée."),
            );
        }
    }

    /// Whether the first value of a column is a number, or there is none yet.
    fn is_number(&self, header: u32, col: u32) -> bool {
        let mut below = self.sheet.rows.iter().filter(|r| r.index > header);
        let first = below.find_map(|r| r.get(col));
        first.is_none_or(|v| {
            let text = v.text().replace(',', ".");
            text.chars().any(|c| c.is_ascii_digit())
        })
    }

    fn report(&mut self, code: Code, row: u32, col: u32, message: String) {
        let at = self.book.at(self.sheet, CellRef::new(row, col));
        self.diagnostics.push(Diagnostic::new(code, at, message));
    }

    fn col(&self, name: &str) -> Option<u32> {
        self.columns
            .iter()
            .find(|(_, n)| **n == *name)
            .map(|(col, _)| *col)
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
            .filter_map(|(col, name)| self.answer(row, *col, name))
            .collect();
        self.check_counts(row, &answers);
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

    fn reads(&self, name: &str) -> Reads {
        match (self.kind, name) {
            (_, "structure" | "site" | "plage") | (TableKind::Sessions, "date") => Reads::Aside,
            (TableKind::Sessions, "temps") => Reads::Time,
            (TableKind::Sessions, "trajet" | "directeur_compte") => Reads::YesNo,
            (TableKind::Posts, "entree" | "sortie") => Reads::Date,
            (TableKind::Posts, "fonction" | "diplome") => Reads::Text,
            _ => Reads::Number,
        }
    }

    fn answer(&mut self, row: &Row, col: u32, name: &Arc<str>) -> Option<Answer> {
        let written = row.text(col);
        let raw = match self.reads(name) {
            Reads::Aside => return None,
            _ if written.is_empty() => String::new(),
            Reads::Text => written,
            Reads::Number => self.number(row, col, &written),
            Reads::Date => self.date(row, name),
            Reads::YesNo => self.word(
                row,
                col,
                &written,
                &[
                    ("oui", &["oui", "o", "x", "1", "vrai"]),
                    ("non", &["non", "n", "0", "faux"]),
                ],
            ),
            Reads::Time => self.word(
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

    /// 3,5 and 1 234 are read; text, signs and units are not.
    fn number(&mut self, row: &Row, col: u32, written: &str) -> String {
        if let Some(Value::Number(n)) = row
            .get(col)
            .filter(|v| matches!(v, Value::Number(n) if *n >= 0.0))
        {
            return Value::Number(*n).text();
        }
        let plain: String = written
            .chars()
            .filter(|c| !c.is_whitespace() && *c != '\u{202f}')
            .collect();
        let plain = plain.replace(',', ".");
        match plain.parse::<f64>() {
            Ok(n) if n.is_finite() && n >= 0.0 => Value::Number(n).text(),
            _ => {
                self.report(
                    Code::NumberUnreadable,
                    row.index,
                    col,
                    format!("« {written} » n’est pas un nombre positif."),
                );
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
