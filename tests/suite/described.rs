//! What goes beside the CSV exports for who works with statistical tools: `datapackage.json`.

use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;

use crate::atelier::Atelier;

/// Every command that writes a CSV table, and its file.
const TABLES: [(&[&str], &str); 8] = [
    (
        &["indicateurs", "--campagne", "C1", "C2"],
        "indicateurs.csv",
    ),
    (&["exporter", "observations"], "observations.csv"),
    (&["exporter", "structures"], "structures.csv"),
    (&["exporter", "referentiel"], "referentiel.csv"),
    (&["exporter", "registre"], "registre.csv"),
    (&["comparer", "C1", "C2"], "comparaison.csv"),
    (&["plan", "suivi", "--date", "2026-12-15"], "suivi.csv"),
    (&["plan", "effet"], "effets.csv"),
];

/// Every table of the example in one folder.
fn exported(atelier: &Atelier) -> PathBuf {
    let folder = atelier.root().with_file_name("Pour l’analyste");
    std::fs::create_dir(&folder).expect("a folder");
    for (arguments, file) in TABLES {
        let path = folder.join(file);
        let out = path.to_str().expect("a path");
        let answer = atelier.run(&[arguments, &["--format", "csv", "--sortie", out]].concat());
        assert_eq!(answer.code, 0, "{file} : {}", answer.stderr);
    }
    folder
}

fn package(folder: &Path) -> Value {
    let text = std::fs::read_to_string(folder.join("datapackage.json")).expect("a description");
    serde_json::from_str(&text).expect("JSON")
}

#[test]
fn every_column_of_every_export_is_described() {
    let atelier = Atelier::demo();
    let folder = exported(&atelier);
    let described = package(&folder);
    let resources = described["resources"].as_array().expect("resources");
    let mut files: Vec<&str> = TABLES.iter().map(|t| t.1).collect();
    files.sort_unstable();
    let paths: Vec<&str> = resources
        .iter()
        .filter_map(|r| r["path"].as_str())
        .collect();
    assert_eq!(paths, files);
    let mut fields = 0;
    for resource in resources {
        let path = resource["path"].as_str().expect("a path");
        let text = std::fs::read_to_string(folder.join(path)).expect("the table");
        let schema = resource["schema"]["fields"].as_array().expect("fields");
        let names: Vec<&str> = schema.iter().filter_map(|f| f["name"].as_str()).collect();
        assert_eq!(
            text.lines().next(),
            Some(names.join(",").as_str()),
            "{path}"
        );
        for field in schema {
            fields += 1;
            let said = |key: &str| field[key].as_str().is_some_and(|t| !t.is_empty());
            assert!(said("title") && said("description"), "{path} : {field}");
            let is_number = field["type"] == "number" || field["type"] == "integer";
            assert_eq!(said("unit"), is_number, "{path} : {field}");
        }
    }
    assert!(fields > 80, "{fields}");
    let of = |path: &str, name: &str| {
        let resource = resources.iter().find(|r| r["path"] == path);
        let fields = resource.and_then(|r| r["schema"]["fields"].as_array());
        let field = fields.and_then(|f| f.iter().find(|f| f["name"] == name));
        field.expect(name)["type"].clone()
    };
    assert_eq!(of("observations.csv", "date"), "date");
    assert_eq!(of("structures.csv", "ouverture"), "date");
    assert_eq!(of("indicateurs.csv", "n"), "integer");
}

/// Two campaigns in one table: the rows of one after those of the other.
#[test]
fn several_campaigns_make_one_table() {
    let atelier = Atelier::demo();
    let rows = |campaigns: &[&str]| {
        let answer = atelier.run(&[&["indicateurs", "--campagne"], campaigns].concat());
        assert_eq!(answer.code, 0, "{}", answer.stderr);
        let text = answer.stdout;
        text.lines().skip(1).map(str::to_owned).collect::<Vec<_>>()
    };
    let both = rows(&["C2", "C1"]);
    assert_eq!(both, [rows(&["C2"]), rows(&["C1"])].concat());
    let (_, json) = atelier.json(&["indicateurs", "--campagne", "C2", "C1"]);
    let listed = json["resultat"].as_array().expect("rows");
    assert_eq!(listed.len(), both.len());
    let twice = atelier.run(&["indicateurs", "--campagne", "C1", "C1"]);
    assert_eq!(twice.code, 2);
    assert!(
        twice.stderr.contains("demandée deux fois"),
        "{}",
        twice.stderr
    );
}

/// Rows that come one by one are the same rows, whichever way they are asked for.
#[test]
fn a_table_is_the_same_on_the_screen_in_a_file_and_for_a_program() {
    let atelier = Atelier::demo();
    let folder = atelier.root().with_file_name("tables");
    std::fs::create_dir(&folder).expect("a folder");
    for (n, verb) in [&["indicateurs"][..], &["exporter", "observations"]]
        .into_iter()
        .enumerate()
    {
        let asked = [verb, &["--campagne", "C1"]].concat();
        let (_, said) = atelier.json(&asked);
        let rows = said["resultat"].as_array().expect("rows");
        assert!(rows.len() > 1_000, "{}", rows.len());
        let csv = atelier.run(&asked).stdout;
        let mut reader = csv::Reader::from_reader(csv.as_bytes());
        let columns = reader.headers().expect("headings").clone();
        let records: Vec<csv::StringRecord> = reader.records().map(|r| r.expect("a row")).collect();
        assert_eq!(records.len(), rows.len());
        for (record, row) in records.iter().zip(rows) {
            for (column, cell) in columns.iter().zip(record) {
                let told = match &row[column] {
                    serde_json::Value::Null => String::new(),
                    serde_json::Value::String(text) => text.clone(),
                    number if cell.contains('.') => {
                        format!("{:.6}", number.as_f64().unwrap_or(f64::NAN))
                    }
                    number => number.to_string(),
                };
                // An apostrophe keeps a spreadsheet from computing.
                assert!(
                    cell == told || cell.strip_prefix('\'') == Some(&told),
                    "{column}: {cell} {told}"
                );
            }
        }
        let alone = atelier.run(&[&asked[..], &["--format", "json"]].concat());
        let alone: serde_json::Value = serde_json::from_str(&alone.stdout).expect("JSON");
        assert_eq!(alone, said["resultat"]);
        // Both ways at once: the file is the table, the answer has its rows.
        let file = folder.join(format!("{n}.json"));
        let out = file.to_str().expect("a path");
        let (code, both) =
            atelier.json(&[&asked[..], &["--format", "json", "--sortie", out]].concat());
        assert_eq!((code, &both["resultat"]), (0, &said["resultat"]));
        let written = std::fs::read_to_string(&file).expect("written");
        let written: serde_json::Value = serde_json::from_str(&written).expect("JSON");
        assert_eq!(written, said["resultat"]);
        let file = folder.join(format!("{n}.csv"));
        let out = file.to_str().expect("a path");
        let answer = atelier.run(&[&asked[..], &["--brut", "--sortie", out]].concat());
        assert_eq!(
            (answer.code, answer.stdout.as_str()),
            (0, ""),
            "{}",
            answer.stderr
        );
        let raw = std::fs::read_to_string(&file).expect("written");
        assert_eq!(raw.lines().count(), csv.lines().count());
    }
}

#[test]
fn the_description_of_another_tool_is_left() {
    let atelier = Atelier::demo();
    let folder = atelier.root().with_file_name("autre");
    std::fs::create_dir(&folder).expect("a folder");
    let foreign = "{\"name\": \"le-mien\"}";
    std::fs::write(folder.join("datapackage.json"), foreign).expect("written");
    let out = folder.join("s.csv");
    let out = out.to_str().expect("a path");
    let (code, said) = atelier.json(&["exporter", "structures", "--sortie", out]);
    assert_eq!(code, 0);
    assert_eq!(said["diagnostics"][0]["code"], "IND-704", "{said}");
    let kept = std::fs::read_to_string(folder.join("datapackage.json")).expect("kept");
    assert_eq!(kept, foreign);
}

/// The référentiel as a table gives the words of every code that other tables hold.
#[test]
fn codes_are_read_in_the_table_of_the_referentiel() {
    let atelier = Atelier::demo();
    let words = atelier.run(&["exporter", "referentiel"]).stdout;
    let mut reader = csv::Reader::from_reader(words.as_bytes());
    let headers = reader.headers().expect("headers").clone();
    let column = |name: &str| headers.iter().position(|h| h == name).expect(name);
    let (element, source, label) = (column("element"), column("source"), column("libelle"));
    let rows: Vec<csv::StringRecord> = reader.records().map(|r| r.expect("a row")).collect();
    assert!(rows.iter().all(|r| !r[label].is_empty()));
    let figures = atelier.run(&["indicateurs"]).stdout;
    let mut known = 0;
    for figure in csv::Reader::from_reader(figures.as_bytes()).records() {
        let figure = figure.expect("a row");
        if &figure[2] == "element" {
            known += 1;
            let found = rows
                .iter()
                .any(|r| r[element] == figure[3] && r[source] == figure[4]);
            assert!(found, "{figure:?}");
        }
    }
    assert!(known > 1000, "{known}");
}

/// Checked by the reference tool, where the tests' set-up installed it.
#[test]
fn the_reference_tool_finds_every_table_valid() {
    let Some(python) = std::env::var_os("OBSERVATOIRE_FRICTIONLESS") else {
        eprintln!("frictionless n’est pas installé : descriptions non vérifiées.");
        return;
    };
    let atelier = Atelier::demo();
    let folder = exported(&atelier);
    let validate = |file: &str| {
        let answer = Command::new(&python)
            .args(["-m", "frictionless", "validate", "--json", file])
            .current_dir(&folder)
            .output()
            .expect("the tool runs");
        let report: Value = serde_json::from_slice(&answer.stdout).unwrap_or_default();
        (
            report["valid"].clone(),
            String::from_utf8_lossy(&answer.stdout).into_owned(),
        )
    };
    let (valid, report) = validate("datapackage.json");
    assert_eq!(valid, true, "{report}");
    // And it does read the tables: a word that the contract does not know is refused.
    let path = folder.join("indicateurs.csv");
    let text = std::fs::read_to_string(&path).expect("the table");
    std::fs::write(&path, text.replacen(",element,", ",inconnu,", 1)).expect("written");
    assert_eq!(validate("datapackage.json").0, false);
}
