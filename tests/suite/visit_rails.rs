//! What a grid says of its visit: its day, its number, whose it is; what a person changed in our own form. Where
//! two of them do not agree, or one says more than it should, somebody is asked.

use std::collections::HashMap;

use observatoire::forms::{FilledRating, FormIdentity, write};
use observatoire::vocabulary::referentiel::{SourceCode, StructureType};
use rust_xlsxwriter::{Format, Workbook};
use serde_json::Value;

use crate::atelier::Atelier;
use crate::fixtures::v1;
use crate::layouts::{csv, label};

const LINES: [&str; 4] = ["REL-1-OBS-1", "REL-1-OBS-2", "REL-2-OBS-1", "REL-2-OBS-2"];

fn atelier() -> Atelier {
    let atelier = Atelier::blank();
    let registry = "code;nom;type\nR01;Les Colombages;mixte\nR02;Jules Ferry;mixte\n";
    atelier.write("data/structures.csv", registry.as_bytes());
    atelier
}

/// A grid of R01 under lines of its own.
fn grid(head: &[&[&str]], remark: &str) -> String {
    let labels = LINES.map(label);
    let lines: Vec<[&str; 3]> = (labels.iter().zip(["1", "3", "2", "4"]))
        .map(|(l, n)| [l.as_str(), n, if n == "1" { remark } else { "" }])
        .collect();
    let lines: Vec<&[&str]> = lines.iter().map(<[&str; 3]>::as_slice).collect();
    let who: [&[&str]; 2] = [&["Accueil", "R01"], &["Observateur", "O1"]];
    let headings: [&[&str]; 2] = [&[""], &["Critère", "Note", "Commentaire"]];
    csv(";", &[&who[..], head, &headings, &lines].concat())
}

fn import(atelier: &Atelier, name: &str, bytes: &[u8], more: &[&str]) -> (i32, Value) {
    let path = atelier.write(name, bytes);
    atelier.json(&[&["importer", &path, "--campagne", "C1"], more].concat())
}

fn told(said: &Value, code: &str) -> Vec<String> {
    let all = said["diagnostics"].as_array().into_iter().flatten();
    let own = all.filter(|d| d["code"] == code);
    own.map(|d| format!("{} {}", d["message"], d["remede"]))
        .collect()
}

/// Days in place, « R01 2026-05-12 ».
fn days(atelier: &Atelier) -> Vec<String> {
    let answer = atelier.run(&["exporter", "observations", "--campagne", "C1"]);
    let mut reader = csv::Reader::from_reader(answer.stdout.as_bytes());
    let headings = reader.headers().expect("headings").clone();
    let at = |name: &str| headings.iter().position(|h| h == name).expect(name);
    let (structure, date) = (at("structure"), at("date"));
    let rows = reader.records().map(|r| r.expect("a row"));
    let mut days: Vec<String> = rows
        .map(|r| format!("{} {}", &r[structure], &r[date]))
        .collect();
    days.sort();
    days.dedup();
    days
}

#[test]
fn the_day_of_a_visit_is_read_under_any_label_of_its_own() {
    for heading in [
        "Date d’observation",
        "Date (jj/mm/aaaa)",
        "Jour",
        "Date de passage",
        "Quand",
        "Réalisée le",
        "Date de la visite",
    ] {
        let atelier = atelier();
        let text = grid(
            &[
                &["Date de restitution", "30/06/2026"],
                &[heading, "12/05/2026"],
            ],
            "",
        );
        let (exit, said) = import(&atelier, "grille.csv", text.as_bytes(), &[]);
        assert_eq!(exit, 0, "{heading}: {said:#}");
        assert_eq!(days(&atelier), ["R01 2026-05-12"], "{heading}");
    }
}

#[test]
fn what_says_more_than_a_day_or_a_number_is_asked() {
    let day: &[&str] = &["Date", "12/05/2026"];
    for (head, code, word) in [
        (
            vec![&["Date", "12/05/2026 (reportée au 19/05)"] as &[&str]],
            "DAT-",
            "plus qu’un jour",
        ),
        (
            vec![&["Date", "12/05/2026 ?"] as &[&str]],
            "DAT-",
            "plus qu’un jour",
        ),
        (
            vec![&["Visite du 12 mai 2026"] as &[&str]],
            "VIS-517",
            "dit un jour",
        ),
        (vec![day, &["Visite", "test"]], "VIS-517", "« test »"),
        (vec![day, &["Deuxième visite"]], "VIS-517", "visite 2"),
        (
            vec![day, &["Cases grisées : non vues"]],
            "VIS-517",
            "couleurs",
        ),
        (vec![day, &["Visite annulée"]], "VIS-517", "vraie grille"),
    ] {
        let atelier = atelier();
        let text = grid(&head, "");
        let (exit, said) = import(&atelier, "grille.csv", text.as_bytes(), &[]);
        assert_eq!(exit, 1, "{head:?}: {said:#}");
        let all = said["diagnostics"].to_string();
        assert!(all.contains(word), "{head:?}: {said:#}");
        if code.starts_with("VIS") {
            assert!(
                told(&said, code).iter().any(|t| t.contains("--confirmer")),
                "{said:#}"
            );
            let (exit, said) = import(&atelier, "grille.csv", text.as_bytes(), &["--confirmer"]);
            assert_eq!(exit, 0, "{head:?}: {said:#}");
        }
    }
    let atelier = atelier();
    let (exit, said) = import(&atelier, "grille.csv", grid(&[], "").as_bytes(), &[]);
    assert_eq!(exit, 0, "{said:#}");
    assert_eq!(told(&said, "VIS-525").len(), 1, "{said:#}");
}

#[test]
fn a_correction_without_its_day_is_asked() {
    let atelier = atelier();
    let day: &[&str] = &["Date", "12/05/2026"];
    let (exit, said) = import(&atelier, "grille.csv", grid(&[day], "").as_bytes(), &[]);
    assert_eq!(exit, 0, "{said:#}");
    let (exit, said) = import(&atelier, "corrigée.csv", grid(&[], "").as_bytes(), &[]);
    assert_eq!(exit, 1, "{said:#}");
    assert!(
        told(&said, "VIS-518").iter().any(|t| t.contains("sa date")),
        "{said:#}"
    );
}

#[test]
fn a_day_merged_over_grids_of_a_table_is_that_of_each() {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    let heads = ["Accueil", "Date", "Observateur", "Visite"];
    for (col, text) in (0..).zip(heads.into_iter().chain(LINES)) {
        sheet.write(0, col, text).expect("written");
    }
    sheet
        .merge_range(1, 1, 2, 1, "12/05/2026", &Format::new())
        .expect("merged");
    for (row, place) in (1..).zip(["R01", "R02"]) {
        sheet.write(row, 0, place).expect("written");
        sheet.write(row, 2, "O1").expect("written");
        sheet.write(row, 3, 1).expect("written");
        for (col, note) in (4..).zip([1, 3, 2, 4]) {
            sheet.write(row, col, note).expect("written");
        }
    }
    let atelier = atelier();
    let bytes = book.save_to_buffer().expect("a workbook");
    let (exit, said) = import(&atelier, "tableau.xlsx", &bytes, &["--source", "OBS"]);
    assert_eq!(exit, 0, "{said:#}");
    assert_eq!(days(&atelier), ["R01 2026-05-12", "R02 2026-05-12"]);
}

/// Our own form of R01, with one remark.
fn own(visit: &str, remark: &str) -> Vec<u8> {
    let referentiel = v1();
    let elements = referentiel.instrument(SourceCode::Obs, StructureType::Mixte);
    let answers: HashMap<String, FilledRating> = (elements.enumerate())
        .map(|(i, (_, e))| {
            let note = ["1", "2", "3", "4"][i % 4];
            let said = if i == 0 { remark } else { "" };
            (e.code.clone(), FilledRating::new(note, said))
        })
        .collect();
    let identity = FormIdentity {
        code: "R01".into(),
        name: "Les Colombages".into(),
        visit: visit.into(),
        date: "2026-05-12".into(),
        observer: "O1".into(),
        ..FormIdentity::default()
    };
    let kind = StructureType::Mixte;
    write(
        &referentiel,
        SourceCode::Obs,
        kind,
        &identity,
        &answers,
        false,
    )
    .expect("a form")
}

#[test]
fn our_own_form_says_its_visit_and_its_remarks_too() {
    let atelier = atelier();
    let (exit, said) = import(&atelier, "deux.xlsx", &own("1 et 2", ""), &[]);
    assert_eq!(exit, 1, "{said:#}");
    assert!(
        told(&said, "VIS-517")
            .iter()
            .any(|t| t.contains("qu’une visite")),
        "{said:#}"
    );
    let (exit, said) = import(
        &atelier,
        "remarque.xlsx",
        &own("1", "erreur : mettre 3"),
        &[],
    );
    assert_eq!(exit, 0, "{said:#}");
    assert_eq!(told(&said, "VAL-411").len(), 1, "{said:#}");
}
