//! Workbooks that commands write for people: headings in words that stay in sight, filters, cells typed, pages of one
//! width, heights set; then the columns of the contract, cell by cell as CSV and JSON have them. Those of reports:
//! no page cuts a chart.

use std::io::Read;

use calamine::{Data, Reader, Xlsx};
use serde_json::Value;

use crate::atelier::Atelier;

/// What a command writes as a workbook, and what says the same to machines.
struct Written {
    arguments: &'static [&'static str],
    /// Names of the sheets for people.
    sheets: &'static [&'static str],
    /// The same rows elsewhere.
    machines: Machines,
}

/// Where the rows are for machines.
enum Machines {
    /// The CSV of the same command.
    Csv,
    /// In JSON, at these places, one a sheet.
    Json(&'static [&'static str]),
    /// The follow-up of plans: its last sheet but one is in CSV, for the last quarter.
    Nowhere,
}

const WRITTEN: &[Written] = &[
    Written {
        arguments: &["comparer", "C1", "C2"],
        sheets: &["Comparaison"],
        machines: Machines::Csv,
    },
    Written {
        arguments: &["comparer", "--structures", "--composite", "REL=2,SEC=1"],
        sheets: &["Comparaison"],
        machines: Machines::Csv,
    },
    Written {
        arguments: &["indicateurs"],
        sheets: &["Indicateurs"],
        machines: Machines::Csv,
    },
    Written {
        arguments: &["plan", "effet"],
        sheets: &["Effets"],
        machines: Machines::Csv,
    },
    Written {
        arguments: &["exporter", "referentiel"],
        sheets: &["Référentiel"],
        machines: Machines::Csv,
    },
    Written {
        arguments: &["exporter", "registre"],
        sheets: &["Registre"],
        machines: Machines::Csv,
    },
    Written {
        arguments: &["exporter", "observations", "--campagne", "C2"],
        sheets: &["Observations"],
        machines: Machines::Csv,
    },
    Written {
        arguments: &["verifier", "--public", "elus"],
        sheets: &["Masquage"],
        machines: Machines::Json(&["/masques"]),
    },
    Written {
        arguments: &["verifier"],
        sheets: &["Suivi", "Axes non publiables"],
        machines: Machines::Nowhere,
    },
    Written {
        arguments: &["fidelite"],
        sheets: &[
            "Accord",
            "Éléments à revoir",
            "Sévérité",
            "Entretiens codés à deux",
            "Questionnaires",
            "Questions",
        ],
        machines: Machines::Json(&[
            "/sections/0/lignes",
            "/sections/1/lignes",
            "/sections/2/lignes",
            "/sections/3/lignes",
            "/sections/4/lignes",
            "/sections/5/lignes",
        ]),
    },
    Written {
        arguments: &["plan", "suivi", "--date", "2026-12-31"],
        sheets: &["Par trimestre", "Indicateurs CTG", "Par accueil", "Actions"],
        machines: Machines::Nowhere,
    },
];

/// The commands that take `--format` beside `--sortie`.
fn takes_format(arguments: &[&str]) -> bool {
    !matches!(arguments[0], "verifier" | "fidelite")
}

/// A workbook, as its parts and as its cells.
struct Book {
    bytes: Vec<u8>,
    cells: Xlsx<std::io::Cursor<Vec<u8>>>,
}

impl Book {
    fn read(path: &std::path::Path) -> Self {
        let bytes = std::fs::read(path).expect("a workbook");
        let cells = Xlsx::new(std::io::Cursor::new(bytes.clone())).expect("a workbook");
        Self { bytes, cells }
    }

    fn names(&self) -> Vec<String> {
        self.cells.sheet_names()
    }

    /// A part of the file as text; empty when it is not there.
    fn part(&self, name: &str) -> String {
        let reader = std::io::Cursor::new(&self.bytes);
        let mut archive = zip::ZipArchive::new(reader).expect("an archive");
        let mut text = String::new();
        if let Ok(mut part) = archive.by_name(name) {
            part.read_to_string(&mut text).expect("text");
        }
        text
    }

    fn rows(&mut self, sheet: &str) -> Vec<Vec<Data>> {
        let range = self.cells.worksheet_range(sheet).expect("a sheet");
        range.rows().map(<[Data]>::to_vec).collect()
    }
}

/// A cell as CSV writes it: days in ISO, six digits.
fn plain(cell: &Data) -> String {
    match cell {
        Data::DateTime(day) => {
            let (year, month, day, ..) = day.to_ymd_hms_milli();
            format!("{year:04}-{month:02}-{day:02}")
        }
        Data::Float(number) => format!("{number:.6}"),
        Data::Int(number) => format!("{number:.6}"),
        Data::Empty => String::new(),
        other => other.to_string(),
    }
}

/// The same of a text that is a number.
fn same(cell: &Data, wanted: &str) -> bool {
    let numbers = || Some((cell.to_string().parse().ok()?, wanted.parse().ok()?));
    match cell {
        Data::Float(_) | Data::Int(_) => {
            numbers().is_some_and(|(a, b): (f64, f64)| (a - b).abs() < 1e-9)
        }
        other => plain(other) == wanted,
    }
}

fn written(atelier: &Atelier, arguments: &[&str], name: &str) -> Book {
    let path = atelier.root().join(name);
    let out = path.to_string_lossy().into_owned();
    let format: &[&str] = if takes_format(arguments) {
        &["--format", "xlsx"]
    } else {
        &[]
    };
    let answer = atelier.run(&[arguments, format, &["--sortie", &out]].concat());
    assert_eq!(answer.code, 0, "{arguments:?}: {}", answer.stderr);
    Book::read(&path)
}

#[test]
fn each_workbook_is_laid_out_for_people() {
    let atelier = Atelier::demo();
    for (at, own) in WRITTEN.iter().enumerate() {
        let told = own.arguments;
        let mut book = written(&atelier, told, &format!("classeur-{at}.xlsx"));
        let names = book.names();
        let people = own.sheets.len();
        assert_eq!(names[..people], *own.sheets, "{told:?}");
        assert_eq!(names.len(), 2 * people, "{told:?}");
        let titles = book.part("xl/workbook.xml");
        for (rank, name) in names[..people].iter().enumerate() {
            let xml = book.part(&format!("xl/worksheets/sheet{}.xml", rank + 1));
            for wanted in [
                "ySplit=\"1\"",
                "xSplit=",
                "state=\"frozen\"",
                "<autoFilter ",
                "fitToPage=\"1\"",
                "fitToHeight=\"0\"",
                "orientation=\"landscape\"",
            ] {
                assert!(xml.contains(wanted), "{told:?} {name}: {wanted}");
            }
            assert!(
                !xml.contains("fitToWidth="),
                "{told:?} {name}: one page wide"
            );
            let repeated = format!("localSheetId=\"{rank}\"");
            let repeated = titles.split("_xlnm.Print_Titles\"").skip(1).any(|t| {
                let head = t.split('>').next().unwrap_or("");
                head.contains(&repeated)
            });
            assert!(repeated, "{told:?} {name}: headings on each page");
            // Every row that holds a cell has its height.
            let rows = xml.split("<row ").skip(1);
            let bare = rows.filter(|r| {
                r.contains("<c ") && !r.split('>').next().unwrap_or("").contains(" ht=")
            });
            assert_eq!(bare.count(), 0, "{told:?} {name}: heights");
            in_words(told, name, &book.rows(name));
        }
    }
}

/// Headings and cells hold no word of machines.
fn in_words(told: &[&str], name: &str, rows: &[Vec<Data>]) {
    for heading in &rows[0] {
        let text = heading.to_string();
        let begins = text.chars().next().is_some_and(char::is_uppercase);
        assert!(begins && !text.contains('_'), "{told:?} {name}: {text}");
    }
    let is_machine = |text: &str| {
        let word = text.split('+').next().unwrap_or("");
        let plain = |c: char| c.is_ascii_lowercase() || c == '_';
        word.contains('_') && word.chars().all(plain)
    };
    // What people wrote is theirs.
    let theirs = ["Réponse écrite", "Commentaire"];
    let own = |c: &usize| !theirs.contains(&rows[0][*c].to_string().as_str());
    let columns: Vec<usize> = (0..rows[0].len()).filter(own).collect();
    let cells = rows[1..]
        .iter()
        .flat_map(|row| columns.iter().map(|c| &row[*c]));
    for cell in cells {
        let text = cell.to_string();
        assert!(!is_machine(&text), "{told:?} {name}: {text}");
    }
    assert!(rows.len() > 1, "{told:?} {name}: no row");
}

#[test]
fn the_sheets_for_machines_are_the_csv_and_the_json() {
    let atelier = Atelier::demo();
    let mut compared = 0;
    for (at, own) in WRITTEN.iter().enumerate() {
        let told = own.arguments;
        let mut book = written(&atelier, told, &format!("classeur-{at}.xlsx"));
        let names = book.names();
        let data = names[own.sheets.len()..].to_vec();
        match own.sheets {
            [_] => assert_eq!(data, ["Données"], "{told:?}"),
            many => {
                let wanted = many.iter().map(|name| format!("Données {name}"));
                assert_eq!(data, wanted.collect::<Vec<_>>(), "{told:?}");
            }
        }
        match &own.machines {
            Machines::Csv => {
                let csv = atelier.run(&[told, &["--format", "csv", "--brut"]].concat());
                let mut reader = csv::ReaderBuilder::new()
                    .has_headers(false)
                    .from_reader(csv.stdout.as_bytes());
                let wanted: Vec<csv::StringRecord> =
                    reader.records().collect::<Result<_, _>>().expect("CSV");
                let rows = book.rows(&data[0]);
                assert_eq!(rows.len(), wanted.len(), "{told:?}");
                for (row, record) in rows.iter().zip(&wanted) {
                    assert_eq!(row.len(), record.len(), "{told:?}");
                    for (cell, text) in row.iter().zip(record) {
                        assert!(same(cell, text), "{told:?}: {cell:?} beside {text:?}");
                    }
                    compared += 1;
                }
            }
            Machines::Json(places) => {
                let (_, said) = atelier.json(told);
                for (name, place) in data.iter().zip(*places) {
                    let wanted = said["resultat"].pointer(place).and_then(Value::as_array);
                    let wanted = wanted.expect("rows");
                    let rows = book.rows(name);
                    assert_eq!(rows.len(), wanted.len() + 1, "{told:?} {name}");
                    for (row, object) in rows[1..].iter().zip(wanted) {
                        for (cell, heading) in row.iter().zip(&rows[0]) {
                            let text = match &object[heading.to_string()] {
                                Value::Null => String::new(),
                                Value::String(text) => text.clone(),
                                other => other.to_string(),
                            };
                            assert!(same(cell, &text), "{told:?} {name}: {cell:?}, {text:?}");
                        }
                        compared += 1;
                    }
                }
            }
            Machines::Nowhere => {
                let plain_name = |cell: &Data| !cell.to_string().contains(char::is_uppercase);
                for name in &data {
                    assert!(book.rows(name)[0].iter().all(plain_name), "{told:?} {name}");
                }
            }
        }
    }
    assert!(compared > 4_000, "{compared}");
}

#[test]
fn a_comparison_names_accueils_criteres_and_campaigns() {
    let atelier = Atelier::demo();
    let mut book = written(&atelier, &["comparer", "C1", "C2"], "evolution.xlsx");
    let rows = book.rows("Comparaison");
    let at = |name: &str| {
        let found = rows[0].iter().position(|h| *h == *name);
        found.unwrap_or_else(|| panic!("{name}: {:?}", rows[0]))
    };
    let (place, code, verdict) = (at("Accueil"), at("Code"), at("Verdict"));
    let said = |column: usize, text: &str| {
        let cells = rows[1..].iter().map(|r| r[column].to_string());
        cells.filter(|cell| cell == text).count()
    };
    assert!(said(place, "R01 ALSH Les Colombages") > 10);
    assert!(said(place, "Territoire") > 10);
    assert!(said(code, "REL Relations et place de l’enfant") > 5);
    assert!(said(verdict, "on ne sait pas encore") > 10);
    for name in ["À C1", "À C2", "Écart"] {
        let column = at(name);
        let numbers = rows[1..]
            .iter()
            .filter(|r| matches!(r[column], Data::Float(_)));
        assert!(numbers.count() > 100, "{name}");
    }
    let last = rows.last().expect("a note")[0].to_string();
    assert!(last.starts_with("En hausse, en baisse"), "{last}");
}

#[test]
fn the_registry_exported_as_a_workbook_is_read_back() {
    let atelier = Atelier::demo();
    let before = atelier.run(&["exporter", "structures"]).stdout;
    let path = atelier.root().join("structures.xlsx");
    let out = path.to_string_lossy().into_owned();
    let ask = [
        "exporter",
        "structures",
        "--format",
        "xlsx",
        "--sortie",
        &out,
    ];
    assert_eq!(atelier.run(&ask).code, 0);
    assert_eq!(Book::read(&path).names(), ["Structures"]);
    let data = atelier.root().join("data");
    std::fs::remove_file(data.join("structures.csv")).expect("removed");
    std::fs::rename(&path, data.join("structures.xlsx")).expect("moved");
    let after = atelier.run(&["exporter", "structures"]);
    assert_eq!(after.code, 0, "{}", after.stderr);
    assert_eq!(after.stdout, before);
}

/// Numbers that stand between two marks of a text, in order.
fn numbers(text: &str, before: &str, after: &str) -> Vec<u32> {
    let parts = text.split(before).skip(1);
    let found = parts.filter_map(|rest| rest.split(after).next()?.parse().ok());
    found.collect()
}

#[test]
fn no_page_of_a_report_cuts_a_chart() {
    let atelier = Atelier::demo();
    for public in ["elus", "equipe"] {
        let ask = ["rapport", "--campagne", "C2", "--public", public];
        let how = ["--format", "xlsx", "--date", "2026-12-15"];
        let answer = atelier.run(&[&ask[..], &how[..]].concat());
        assert_eq!(answer.code, 0, "{}", answer.stderr);
    }
    let folder = atelier.root().join("reports/rendus/C2");
    let mut charts = 0;
    for name in [
        "elus/synthese-elus.xlsx",
        "equipes/equipe-R01.xlsx",
        "equipes/equipe-P05.xlsx",
    ] {
        let book = Book::read(&folder.join(name));
        for rank in 1..=book.names().len() {
            let sheet = book.part(&format!("xl/worksheets/sheet{rank}.xml"));
            let relations = book.part(&format!("xl/worksheets/_rels/sheet{rank}.xml.rels"));
            let Some(drawing) = relations.split("../drawings/").nth(1) else {
                continue;
            };
            let drawing = drawing.split('"').next().unwrap_or("");
            let drawing = book.part(&format!("xl/drawings/{drawing}"));
            let rows = numbers(&drawing, "<xdr:row>", "</xdr:row>");
            let breaks = sheet.split("<rowBreaks").nth(1).unwrap_or("");
            let breaks = numbers(breaks, "<brk id=\"", "\"");
            for ends in rows.chunks(2) {
                let cut = breaks.iter().find(|b| ends[0] < **b && **b <= ends[1]);
                assert_eq!(cut, None, "{name}, sheet {rank}: rows {ends:?}");
                charts += 1;
            }
            let described = drawing.split("descr=\"").skip(1);
            for alternative in described {
                assert!(alternative.split('"').next().unwrap_or("").len() > 20);
            }
        }
    }
    assert!(charts > 8, "{charts}");
}
