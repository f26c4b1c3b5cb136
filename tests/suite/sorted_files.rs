//! What people say of their files without writing it in them: the folders that they sort them into, a copy saved for
//! the next accueil, words on the first page of our form, words struck out, remarks beside each question, two observers in one place.

use std::collections::HashMap;

use rust_xlsxwriter::{Format, Workbook};
use serde_json::Value;

use crate::atelier::Atelier;
use crate::fixtures::v1;
use crate::layouts::{csv, label};
use observatoire::forms::{FilledRating, FormIdentity, write};
use observatoire::vocabulary::referentiel::{SourceCode, StructureType};

const REGISTRY: &str =
    "code;nom;type\nR01;Les Colombages;mixte\nR02;Les Tilleuls;mixte\nP01;Le Lin;mixte\n";

fn atelier() -> Atelier {
    let atelier = Atelier::blank();
    atelier.write("data/structures.csv", REGISTRY.as_bytes());
    atelier
}

/// Codes of that many éléments of an observation that are rated 1 to 4.
fn rated(many: usize) -> Vec<String> {
    let r = v1();
    let own = r.elements.iter().filter(|e| e.source == SourceCode::Obs);
    let graded = own.filter(|e| r.scales[e.scale].modalities.len() == 4);
    graded.take(many).map(|e| e.code.clone()).collect()
}

/// A grid of one accueil: notes drawn by a seed.
fn grid(place: &str, day: &str, who: &str, seed: usize, many: usize) -> String {
    let lines: Vec<[String; 2]> = (rated(many).iter().enumerate())
        .map(|(i, code)| {
            let note = (i * i + i * seed + seed) % 4 + 1;
            [label(code), note.to_string()]
        })
        .collect();
    let lines: Vec<Vec<&str>> = (lines.iter())
        .map(|l| l.iter().map(String::as_str).collect())
        .collect();
    let head = [
        vec!["Accueil", place],
        vec!["Date", day],
        vec!["Observateur", who],
        vec![""],
        vec!["Question", "Note"],
    ];
    let all: Vec<&[&str]> = head.iter().chain(&lines).map(Vec::as_slice).collect();
    csv(";", &all)
}

fn import(atelier: &Atelier, path: &str, more: &[&str]) -> (i32, Value) {
    atelier.json(&[&["importer", path, "--campagne", "C1"], more].concat())
}

fn told(said: &Value, code: &str) -> Vec<String> {
    let all = said["diagnostics"].as_array().into_iter().flatten();
    let own = all.filter(|d| d["code"] == code);
    own.map(|d| format!("{} {}", d["message"], d["remede"]))
        .collect()
}

fn answers(atelier: &Atelier) -> usize {
    let answer = atelier.run(&["exporter", "observations", "--campagne", "C1"]);
    csv::Reader::from_reader(answer.stdout.as_bytes())
        .records()
        .count()
}

#[test]
fn notes_of_another_accueil_are_told() {
    let (mine, other) = ("12/05/2026", "19/05/2026");
    // In one run.
    let atelier = atelier();
    atelier.write("lot/a.csv", grid("R01", mine, "O1", 3, 24).as_bytes());
    let lot = atelier.write("lot/b.csv", grid("R02", other, "O1", 3, 24).as_bytes());
    let lot = lot.trim_end_matches("b.csv").to_owned();
    let (exit, said) = import(&atelier, &lot, &[]);
    assert_eq!((exit, answers(&atelier)), (0, 48), "{said:#}");
    assert!(
        told(&said, "VIS-528")[0].contains("les 24 notes de R02"),
        "{said:#}"
    );
    // Against what is in place, under another name.
    let again = atelier.write("c.csv", grid("P01", other, "O2", 3, 24).as_bytes());
    let (exit, said) = import(&atelier, &again, &[]);
    assert_eq!((exit, answers(&atelier)), (0, 72), "{said:#}");
    assert!(told(&said, "VIS-528")[0].contains("I001"), "{said:#}");
    // Other notes, few notes, and notes that are nearly all the same are anybody's.
    let own = atelier.write("d.csv", grid("R02", other, "O1", 2, 24).as_bytes());
    let (exit, said) = import(&atelier, &own, &["--confirmer"]);
    assert_eq!((exit, told(&said, "VIS-528").len()), (0, 0), "{said:#}");
    let few = self::atelier();
    few.write("lot/a.csv", grid("R01", mine, "O1", 3, 8).as_bytes());
    let lot = few.write("lot/b.csv", grid("R02", other, "O1", 3, 8).as_bytes());
    let (exit, said) = import(&few, lot.trim_end_matches("b.csv"), &[]);
    assert_eq!((exit, answers(&few)), (0, 16), "{said:#}");
    assert!(told(&said, "VIS-528").is_empty(), "{said:#}");
}

#[test]
fn a_folder_that_says_something_else_is_asked() {
    let text = grid("R01", "12/05/2026", "O1", 3, 8);
    for folder in [
        "Visite 2",
        "2024",
        "Automne 2024",
        "Les Tilleuls",
        "à ne pas importer",
        "Brouillons",
        "archives",
        "Auto-évaluations",
        "AUT",
    ] {
        let atelier = atelier();
        atelier.write(&format!("reçus/{folder}/a.csv"), text.as_bytes());
        let given = atelier.root().join("reçus");
        let given = given.to_str().expect("a path");
        let (exit, said) = import(&atelier, given, &[]);
        assert_eq!(exit, 1, "{folder}: {said:#}");
        assert!(!told(&said, "VIS-517").is_empty(), "{folder}: {said:#}");
        assert_eq!(import(&atelier, given, &["--confirmer"]).0, 0, "{folder}");
    }
    for folder in [
        "Visite 1",
        "2026",
        "2025-2026",
        "Les Colombages",
        "OBS",
        "Grilles reçues",
        "C1",
        "Printemps 2026",
    ] {
        let atelier = atelier();
        let path = atelier.write(&format!("reçus/{folder}/a.csv"), text.as_bytes());
        let (exit, said) = import(&atelier, &path, &[]);
        assert_eq!(exit, 0, "{folder}: {said:#}");
    }
}

#[test]
fn two_observers_in_one_place_are_no_single_code() {
    for who in ["O1 et O2", "O1/O2", "Marie D. & Julie L."] {
        let atelier = atelier();
        let text = grid("R01", "12/05/2026", who, 3, 8);
        let path = atelier.write("a.csv", text.as_bytes());
        let (exit, said) = import(&atelier, &path, &[]);
        assert_eq!(exit, 1, "{who}: {said:#}");
        let asked = told(&said, "VIS-505");
        assert!(asked[0].contains("plusieurs observateurs"), "{asked:?}");
    }
}

/// A grid whose second note is « ~~2~~ 3 », or a place « ~~Les Colombages~~ Les Tilleuls ».
fn struck(note: bool, whole: bool) -> Vec<u8> {
    let (mut book, out, plain) = (
        Workbook::new(),
        Format::new().set_font_strikethrough(),
        Format::new(),
    );
    let sheet = book.add_worksheet();
    for (row, cells) in [
        ["Accueil", "R01"],
        ["Date", "12/05/2026"],
        ["Observateur", "O1"],
        ["", ""],
        ["Question", "Note"],
    ]
    .iter()
    .enumerate()
    {
        for (col, text) in (0..).zip(cells) {
            sheet.write(row as u32, col, *text).expect("written");
        }
    }
    for (row, code) in (5..).zip(rated(8)) {
        sheet.write(row, 0, label(&code)).expect("written");
        sheet.write(row, 1, row % 4 + 1).expect("written");
    }
    let written = if note {
        ("2", " 3")
    } else {
        ("Les Colombages", " R02")
    };
    let (row, col) = if note { (6, 1) } else { (0, 1) };
    let runs = [(&out, written.0), (&plain, written.1)];
    let runs = if whole { &runs[..1] } else { &runs[..] };
    sheet.write_rich_string(row, col, runs).expect("written");
    book.save_to_buffer().expect("a workbook")
}

#[test]
fn words_struck_out_beside_others_are_asked() {
    for (note, whole, code) in [
        (true, false, "VAL-401"),
        (true, true, "VAL-401"),
        (false, false, "STR-201"),
    ] {
        let atelier = atelier();
        let path = atelier.write("a.xlsx", &struck(note, whole));
        let (exit, said) = import(&atelier, &path, &[]);
        assert_eq!((exit, answers(&atelier)), (1, 0), "{said:#}");
        assert!(told(&said, code)[0].contains("(barré)"), "{said:#}");
    }
}

#[test]
fn remarks_beside_each_question_of_a_table_are_theirs() {
    let codes = rated(4);
    let labels: Vec<String> = codes.iter().map(|c| label(c)).collect();
    let mut heads = vec!["Accueil", "Date", "Observateur"];
    for (i, asked) in labels.iter().enumerate() {
        heads.extend([asked.as_str(), ["Remarques", "Remarques2"][i.min(1)]]);
    }
    let line = |place: &'static str, day: &'static str| {
        vec![
            place,
            day,
            "O1",
            "3",
            "vu deux fois",
            "2",
            "",
            "4",
            "finalement 2",
            "1",
            "",
        ]
    };
    let table = [
        heads.clone(),
        line("R01", "12/05/2026"),
        line("R02", "19/05/2026"),
    ];
    let rows: Vec<&[&str]> = table.iter().map(Vec::as_slice).collect();
    let atelier = atelier();
    let path = atelier.write("tableau.csv", csv(";", &rows).as_bytes());
    let (exit, said) = import(&atelier, &path, &[]);
    assert_eq!((exit, answers(&atelier)), (0, 8), "{said:#}");
    let told = told(&said, "VAL-411");
    assert_eq!(told.len(), 2, "{told:?}");
    assert!(told[0].contains(&codes[2]), "{told:?}");
}

/// Our own form of a visit, all of it rated, with one more line on its first page.
fn own_form(line: &str) -> Vec<u8> {
    let r = v1();
    let asked = r.instrument(SourceCode::Obs, StructureType::Mixte);
    let answers: HashMap<String, FilledRating> = asked
        .map(|(i, e)| {
            let codes = &r.scales[e.scale].modalities;
            let code = codes[i % codes.len()].code.clone();
            (e.code.clone(), FilledRating::new(code, ""))
        })
        .collect();
    let identity = FormIdentity {
        code: "R01".to_owned(),
        name: "Les Colombages".to_owned(),
        visit: "1".to_owned(),
        date: "2026-05-12".to_owned(),
        observer: "O1".to_owned(),
        call: line.to_owned(),
        ..FormIdentity::default()
    };
    let (source, kind) = (SourceCode::Obs, StructureType::Mixte);
    write(&r, source, kind, &identity, &answers, false).expect("a form")
}

#[test]
fn what_is_written_on_the_first_page_of_our_form_is_read() {
    for (line, asks) in [
        ("", false),
        (
            "SDJES : 02 61 91 00 02, organisateur : 02 61 91 00 01",
            false,
        ),
        ("Notes de 1 (très bien) à 4 (insuffisant)", true),
        ("Attention : échelle inversée, 1 = très bien", true),
    ] {
        let atelier = atelier();
        let path = atelier.write("grille.xlsx", &own_form(line));
        let (exit, said) = import(&atelier, &path, &[]);
        assert_eq!(exit, i32::from(asks), "{line}: {said:#}");
        let told = told(&said, "VIS-517");
        assert_eq!(!told.is_empty(), asks, "{line}: {told:?}");
    }
}

#[test]
fn a_column_left_out_that_takes_the_place_of_notes_is_asked_again() {
    let codes = rated(6);
    let lines = |place: &str, note: &dyn Fn(usize) -> [&'static str; 2]| {
        let mut all = vec![
            vec!["Accueil".to_owned(), place.to_owned()],
            vec!["Date".to_owned(), "12/05/2026".to_owned()],
            vec!["Observateur".to_owned(), "O1".to_owned()],
            vec![String::new()],
            ["Question", "Note", "Avis"].map(str::to_owned).to_vec(),
        ];
        for (i, code) in codes.iter().enumerate() {
            let [own, aside] = note(i);
            all.push(vec![label(code), own.to_owned(), aside.to_owned()]);
        }
        let all: Vec<Vec<&str>> = (all.iter())
            .map(|l| l.iter().map(String::as_str).collect())
            .collect();
        let rows: Vec<&[&str]> = all.iter().map(Vec::as_slice).collect();
        csv(";", &rows)
    };
    let atelier = atelier();
    let words = lines("R01", &|i| [["1", "2", "3"][i % 3], "à revoir"]);
    let path = atelier.write("a.csv", words.as_bytes());
    assert_eq!(import(&atelier, &path, &["--ignorer", "Avis"]).0, 0);
    let words = lines("R02", &|i| [["3", "2", "1"][i % 3], "vu"]);
    let path = atelier.write("b.csv", words.as_bytes());
    assert_eq!(import(&atelier, &path, &[]).0, 0);
    let notes = lines("P01", &|i| if i < 3 { ["2", "3"] } else { ["", "4"] });
    let path = atelier.write("c.csv", notes.as_bytes());
    let (exit, said) = import(&atelier, &path, &[]);
    assert_eq!(exit, 1, "{said:#}");
    assert!(told(&said, "ELE-309")[0].contains("« Avis »"), "{said:#}");
    assert_eq!(import(&atelier, &path, &["--ignorer", "Avis"]).0, 0);
}
