//! Lines of grids that people made: none that bears a note is lost or turned in silence.

use serde_json::Value;

use crate::atelier::{Atelier, worth};
use crate::correspondences::{Choice, fill, workbook};
use crate::layouts::{csv, label};

/// An observatory with one accueil, and a grid of some lines under its usual head.
fn atelier(head: &[&[&str]], lines: &[&[&str]]) -> (Atelier, String) {
    let atelier = Atelier::blank();
    let registry = "code;nom;type\nR01;Les Colombages;mixte\n";
    atelier.write("data/structures.csv", registry.as_bytes());
    let usual: [&[&str]; 2] = [&["Accueil : R01"], &["Observateur : O1"]];
    let all = [&usual[..], head, lines].concat();
    let path = atelier.write("grille.csv", csv(";", &all).as_bytes());
    (atelier, path)
}

fn import(atelier: &Atelier, path: &str) -> (i32, Value) {
    atelier.json(&["importer", path, "--campagne", "C1"])
}

fn told<'a>(said: &'a Value, code: &str) -> Vec<&'a str> {
    let all = said["diagnostics"].as_array().into_iter().flatten();
    let own = all.filter(|d| d["code"] == code);
    own.filter_map(|d| d["message"].as_str()).collect()
}

/// « REL-1-OBS-1=3 », one an answer, in order of éléments, and the visit.
fn stored(atelier: &Atelier) -> (Vec<String>, Vec<String>) {
    let answer = atelier.run(&["exporter", "observations", "--campagne", "C1"]);
    assert_eq!(answer.code, 0, "{}", answer.stderr);
    let mut reader = csv::Reader::from_reader(answer.stdout.as_bytes());
    let headings = reader.headers().expect("headings").clone();
    let at = |name: &str| headings.iter().position(|h| h == name).expect(name);
    let (element, value, visit) = (at("element"), at("valeur_brute"), at("visite"));
    let level = at("niveau");
    let rows: Vec<csv::StringRecord> = reader.records().map(|r| r.expect("a row")).collect();
    let [source, statut] = ["source", "statut"].map(at);
    let worth = |r: &csv::StringRecord| worth(&r[source], &r[level], &r[statut], &r[value]);
    let notes = rows.iter().map(|r| format!("{}={}", &r[element], worth(r)));
    let mut visits: Vec<String> = rows.iter().map(|r| r[visit].to_owned()).collect();
    visits.dedup();
    let mut notes: Vec<String> = notes.collect();
    notes.sort();
    (notes, visits)
}

const OWN: &str = "Attente trop longue entre deux activités";

#[test]
fn a_line_said_to_go_the_other_way_does() {
    for head in [
        ["Ce que l’on regarde", "Note", ""],
        ["Ce que l’on regarde", "4", "1"],
    ] {
        let [a, b, c] = ["REL-1-OBS-1", "REL-1-OBS-2", "REL-2-OBS-1"].map(label);
        let ticks = head[1] == "4";
        let (own, other) = if ticks { ("x", "") } else { ("4", "") };
        let (atelier, path) = atelier(
            &[&head],
            &[
                &[&a, own, other],
                &[&b, own, other],
                &[&c, own, other],
                &[OWN, own, other],
            ],
        );
        let (exit, said) = import(&atelier, &path);
        assert_eq!(exit, 1, "{said:#}");
        assert!(
            told(&said, "ELE-310").iter().any(|m| m.contains(OWN)),
            "{said:#}"
        );
        let choice = |under, value| Choice {
            sheet: "Colonnes",
            row: OWN,
            under,
            value,
        };
        let choices = [
            choice("Autre code", "REL-2-OBS-2"),
            choice("Sens inversé", "oui"),
        ];
        fill(&workbook(&atelier), &choices);
        let (exit, said) = import(&atelier, &path);
        assert_eq!(exit, 0, "{said:#}");
        let expected = [
            "REL-1-OBS-1=4",
            "REL-1-OBS-2=4",
            "REL-2-OBS-1=4",
            "REL-2-OBS-2=1",
        ];
        assert_eq!(stored(&atelier).0, expected, "{head:?}");
    }
}

/// Rated lines above the first known one, and crosses under a column where no known line has any.
#[test]
fn a_rated_line_that_nobody_knows_keeps_the_grid_out_wherever_it_stands() {
    let [a, b, c] = ["REL-1-OBS-1", "REL-1-OBS-2", "REL-2-OBS-1"].map(label);
    let notes: [&[&str]; 6] = [
        &[OWN, "2", ""],
        &["Coin lecture", "3", "un tapis neuf"],
        &["Relations", "", ""],
        &[&a, "4", ""],
        &[&b, "3", ""],
        &[&c, "4", ""],
    ];
    let (atelier_of_notes, path) =
        atelier(&[&["Ce que l’on regarde", "Note", "Commentaire"]], &notes);
    let (exit, said) = import(&atelier_of_notes, &path);
    assert_eq!(exit, 1, "{said:#}");
    let lines = told(&said, "ELE-310");
    for own in [OWN, "Coin lecture"] {
        assert!(lines.iter().any(|m| m.contains(own)), "{own}: {said:#}");
    }
    let crosses: [&[&str]; 4] = [
        &[&a, "", "x", ""],
        &[&b, "", "x", ""],
        &[OWN, "", "", "x"],
        &[&c, "x", "", ""],
    ];
    let (atelier, path) = atelier(&[&["Ce que l’on regarde", "2", "3", "4"]], &crosses);
    let (exit, said) = import(&atelier, &path);
    assert_eq!(exit, 1, "{said:#}");
    assert!(
        told(&said, "ELE-310").iter().any(|m| m.contains(OWN)),
        "{said:#}"
    );
}

#[test]
fn a_legend_the_other_way_round_is_a_question() {
    let [a, b, c] = ["REL-1-OBS-1", "REL-1-OBS-2", "REL-2-OBS-1"].map(label);
    let legend = "Note de 1 à 4 (1 = tout à fait, 4 = pas du tout)";
    let head: [&[&str]; 3] = [&[legend], &[""], &["Ce que l’on regarde", "Note"]];
    let lines: [&[&str]; 3] = [&[&a, "1"], &[&b, "2"], &[&c, "4"]];
    let (atelier, path) = atelier(&head, &lines);
    let (exit, said) = import(&atelier, &path);
    assert_eq!(exit, 1, "{said:#}");
    let asked = told(&said, "ELE-313");
    assert!(asked.iter().any(|m| m.contains("l’autre sens")), "{said:#}");
    let worth = |row, value| Choice {
        sheet: "Réponses",
        row,
        under: "Vaut",
        value,
    };
    let choices = [
        worth("1", "4"),
        worth("2", "3"),
        worth("3", "2"),
        worth("4", "1"),
    ];
    fill(&workbook(&atelier), &choices);
    let (exit, said) = import(&atelier, &path);
    assert_eq!(exit, 0, "{said:#}");
    assert_eq!(
        stored(&atelier).0,
        ["REL-1-OBS-1=4", "REL-1-OBS-2=3", "REL-2-OBS-1=1"]
    );
}

#[test]
fn the_number_of_a_visit_is_read_however_it_is_written() {
    let [a, b, c] = ["REL-1-OBS-1", "REL-1-OBS-2", "REL-2-OBS-1"].map(label);
    let lines: [&[&str]; 3] = [&[&a, "1"], &[&b, "2"], &[&c, "4"]];
    let written: [&[&str]; 5] = [
        &["Visite n° 2"],
        &["N° visite", "2"],
        &["Visite : 2"],
        &["Numéro de la visite", "2"],
        &["VISITE 2"],
    ];
    for visit in written {
        let head = [visit, &[""], &["Ce que l’on regarde", "Note"]];
        let (atelier, path) = atelier(&head, &lines);
        let (exit, said) = import(&atelier, &path);
        assert_eq!(exit, 0, "{visit:?} {said:#}");
        assert_eq!(stored(&atelier).1, ["2"], "{visit:?}");
        assert!(told(&said, "VIS-507").is_empty(), "{visit:?} {said:#}");
    }
}

/// What « expliquer » quotes is what the cell holds: a cross under 4 is a cross, and its worth stands beside it.
#[test]
fn a_cross_is_quoted_as_a_cross() {
    let [a, b, c] = ["REL-1-OBS-1", "REL-1-OBS-2", "REL-2-OBS-1"].map(label);
    let crosses: [&[&str]; 3] = [
        &[&a, "", "", "", "x"],
        &[&b, "", "", "X", ""],
        &[&c, "", "2", "", ""],
    ];
    let head: [&[&str]; 1] = [&["Ce que l’on regarde", "1", "2", "3", "4"]];
    let (atelier, path) = atelier(&head, &crosses);
    let (exit, said) = import(&atelier, &path);
    assert_eq!(exit, 0, "{said:#}");
    let quoted = |code: &str| {
        atelier
            .run(&["expliquer", &format!("C1/R01/{code}")])
            .stdout
    };
    for (code, cell) in [
        ("REL-1-OBS-1", "« x » (niveau 4)"),
        ("REL-1-OBS-2", "« X » (niveau 3)"),
        ("REL-2-OBS-1", "« 2 » —"),
    ] {
        let told = quoted(code).replace(['\u{a0}', '\u{202f}'], " ");
        assert!(told.contains(cell), "{code}: {told}");
    }
}

/// « Oui », « Un peu », « Non » of a scale of four: nobody but the author knows what each is worth.
#[test]
fn crosses_in_fewer_columns_than_levels_are_worth_what_a_person_says() {
    let [a, b, c] = ["REL-1-OBS-1", "REL-1-OBS-2", "REL-2-OBS-1"].map(label);
    let head: [&[&str]; 1] = [&["Ce que l’on regarde", "Oui", "Un peu", "Non", "Non observé"]];
    let lines: [&[&str]; 3] = [
        &[&a, "x", "", "", ""],
        &[&b, "", "x", "", ""],
        &[&c, "", "", "x", ""],
    ];
    let seen = ["REL-1-OBS-1=4", "REL-1-OBS-2=2", "REL-2-OBS-1=1"];
    let unseen: [&[&str]; 3] = [lines[0], lines[1], &[&c, "", "", "", "x"]];
    let half_seen = ["REL-1-OBS-1=4", "REL-1-OBS-2=2", "REL-2-OBS-1=NO"];
    for (lines, expected) in [(lines, seen), (unseen, half_seen)] {
        let (atelier, path) = atelier(&head, &lines);
        let (exit, said) = import(&atelier, &path);
        assert_eq!(exit, 1, "{said:#}");
        assert!(stored(&atelier).0.is_empty());
        let asked = told(&said, "ELE-306").join(" ");
        assert!(asked.contains("« Oui », « Un peu »"), "{said:#}");
        assert!(asked.contains("dites ce que vaut chacune"), "{said:#}");
        let worth = |(row, value)| Choice {
            sheet: "Réponses",
            row,
            under: "Vaut",
            value,
        };
        let said_of = [("Oui", "4"), ("Un peu", "2"), ("Non", "1")];
        let own = said_of.into_iter().filter(|(row, _)| {
            let cells = crate::correspondences::cells(&workbook(&atelier), "Réponses");
            cells.iter().any(|cells| cells.iter().any(|c| c == row))
        });
        fill(&workbook(&atelier), &own.map(worth).collect::<Vec<_>>());
        let (exit, said) = import(&atelier, &path);
        assert_eq!(exit, 0, "{said:#}");
        assert_eq!(stored(&atelier).0, expected);
    }
}
