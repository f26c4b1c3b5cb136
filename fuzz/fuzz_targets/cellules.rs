//! Cells of any kind, among them the words that importers look for: answers or diagnostics from
//! every importer, each answer placed in a cell of the sheet, never a panic.
//! `cargo +nightly fuzz run cellules -- -rss_limit_mb=1024 -timeout=10`

#![no_main]

use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};

use arbitrary::Arbitrary;
use libfuzzer_sys::fuzz_target;
use observatoire::base::diagnostics::CellRef;
use observatoire::vocabulary::referentiel::{Referentiel, embedded_v1, parse};
use observatoire::intake::sources::{Cell, Context, Format, Row, SOURCES, Sheet, Value, Workbook};

/// Words of the layouts; the référentiel's codes and wordings are added to them.
const WORDS: [&str; 40] = [
    "Code",
    "Structure",
    "R01",
    "NC",
    "NO",
    "X",
    "visite",
    "observateur",
    "O1",
    "date",
    "12/05/2026",
    "id",
    "submitdate",
    "_uuid",
    "_submission_time",
    "_index",
    "_parent_index",
    "_submission__uuid",
    "SubmissionDate",
    "KEY",
    "PARENT_KEY",
    "ID",
    "Heure de début",
    "Heure de fin",
    "Horodateur",
    "Serial",
    "SID",
    "Submission Details",
    "Serial number",
    "Submission ID",
    "Completed",
    "Respondent ID",
    "ResponseId",
    "{\"ImportId\":\"a\"}",
    "#",
    "Submit Date (UTC)",
    "N°Obs",
    "Note",
    "Statut",
    "Total",
];

#[derive(Debug, Arbitrary)]
enum Content {
    Word(u8),
    Code(u16),
    Wording(u16),
    /// One column per choice of an élément.
    Choice(u16, u8),
    Text(String),
    Number(f64),
    Bool(bool),
    Date,
    Error,
}

#[derive(Debug, Arbitrary)]
struct Table {
    name: u8,
    cells: BTreeMap<(u8, u8), Content>,
    merges: Vec<(u8, u8, u8, u8)>,
    hidden: bool,
}

fn referentiel() -> &'static Referentiel {
    static READ: OnceLock<Referentiel> = OnceLock::new();
    READ.get_or_init(|| parse("v1", embedded_v1()).expect("the référentiel"))
}

fn value(content: &Content) -> Value {
    let elements = &referentiel().elements;
    let element = |i: &u16| &elements[usize::from(*i) % elements.len()];
    match content {
        Content::Word(i) => Value::Text(WORDS[usize::from(*i) % WORDS.len()].to_owned()),
        Content::Code(i) => Value::Text(element(i).code.clone()),
        Content::Wording(i) => Value::Text(element(i).label.clone()),
        Content::Choice(i, n) => Value::Text(format!("{}/{n}", element(i).code.replace('-', ""))),
        Content::Text(text) => Value::Text(text.clone()),
        Content::Number(n) => Value::Number(*n),
        Content::Bool(b) => Value::Bool(*b),
        Content::Date => Value::Date("2026-05-12".to_owned()),
        Content::Error => Value::Error("#REF!".to_owned()),
    }
}

fn sheet(table: &Table) -> Sheet {
    let mut rows: BTreeMap<u32, Vec<Cell>> = BTreeMap::new();
    for ((row, col), content) in &table.cells {
        let value = value(content);
        if !value.text().is_empty() {
            let cell = Cell {
                col: u32::from(*col),
                value,
            };
            rows.entry(u32::from(*row)).or_default().push(cell);
        }
    }
    let names = ["", "Grille", "R01", "Lisez-moi", "Feuil1"];
    let area = |(r, c, h, w): &(u8, u8, u8, u8)| {
        let first = CellRef::new(u32::from(*r), u32::from(*c));
        let last = CellRef::new(first.row + u32::from(*h), first.col + u32::from(*w));
        (first, last)
    };
    Sheet {
        name: Arc::from(names[usize::from(table.name) % names.len()]),
        hidden: table.hidden,
        rows: rows
            .into_iter()
            .map(|(index, cells)| Row { index, cells })
            .collect(),
        merges: table.merges.iter().map(area).collect(),
    }
}

fuzz_target!(|tables: Vec<Table>| {
    let book = Workbook {
        file: Arc::from("au hasard.xlsx"),
        format: Format::Workbook,
        sheets: tables.iter().take(3).map(sheet).collect(),
    };
    let context = Context {
        referentiel: referentiel(),
        source: None,
        mappings: &[],
        accept_near: true,
        place_given: false,
    };
    for source in SOURCES {
        let _ = source.recognises(&book, &context);
        for record in source.read(&book, &context).value.records {
            for answer in record.answers {
                assert!(answer.cell.row < 256 && answer.cell.col < 512);
            }
        }
    }
});
