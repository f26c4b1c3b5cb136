//! Grids in the words of whoever made them: known by their shape, asked about once and in one list, never read
//! wrong in silence.

use std::path::{Path, PathBuf};

use serde_json::Value;

use crate::atelier::{Atelier, worth};
use crate::correspondences::{Choice, cells, fill, names};
use crate::layouts::{csv, zip};

/// A wording of her own, and the élément that it asks.
const LINES: [[&str; 2]; 5] = [
    ["On salue chaque enfant", "REL-1-OBS-1"],
    ["Chacun sait où aller", "REL-1-OBS-2"],
    ["À hauteur des petits pour parler", "REL-2-OBS-1"],
    ["Un ton calme même dans le bruit", "REL-2-OBS-2"],
    ["Les plus discrets ont leur place", "REL-2-OBS-3"],
];

fn atelier() -> Atelier {
    let atelier = Atelier::blank();
    let registry = "code;nom;type\nR01;Les Colombages;mixte\nR02;Périscolaire Jean Moulin;mixte\n";
    atelier.write("data/structures.csv", registry.as_bytes());
    atelier
}

fn list(atelier: &Atelier) -> PathBuf {
    atelier.root().join("à corriger.xlsx")
}

/// Imports a file or folder, its list written.
fn import(atelier: &Atelier, path: &str) -> (i32, Value) {
    let list = list(atelier).display().to_string();
    atelier.json(&["importer", path, "--campagne", "C1", "--liste", &list])
}

/// What is written on the row of a text, under a heading, in whichever sheet asks it.
struct Answer<'a> {
    row: &'a str,
    under: &'a str,
    value: &'a str,
}

fn say<'a>(row: &'a str, under: &'a str, value: &'a str) -> Answer<'a> {
    Answer { row, under, value }
}

fn sheet_of(path: &Path, answer: &Answer) -> Option<String> {
    names(path).into_iter().find(|name| {
        let rows = cells(path, name);
        let headed = rows
            .get(4)
            .is_some_and(|row| row.iter().any(|c| c == answer.under));
        let asked =
            |row: &Vec<String>| row[0] == answer.row || row.get(1).is_some_and(|c| c == answer.row);
        headed && rows.iter().skip(5).any(asked)
    })
}

/// Whether a list asks something.
fn asks(atelier: &Atelier, row: &str, under: &str) -> bool {
    sheet_of(&list(atelier), &say(row, under, "")).is_some()
}

/// Fills the list in and gives it back.
fn correct(atelier: &Atelier, answers: &[Answer]) {
    let path = list(atelier);
    let sheets: Vec<String> = answers
        .iter()
        .map(|a| sheet_of(&path, a).unwrap_or_else(|| panic!("nobody asks « {} »", a.row)))
        .collect();
    let choices: Vec<Choice> = answers
        .iter()
        .zip(&sheets)
        .map(|(a, sheet)| Choice {
            sheet,
            row: a.row,
            under: a.under,
            value: a.value,
        })
        .collect();
    fill(&path, &choices);
    let kept = atelier.run(&["corriger", &path.display().to_string()]);
    assert_eq!(kept.code, 0, "{}", kept.stderr);
}

fn told(said: &Value, code: &str) -> Vec<String> {
    let all = said["diagnostics"].as_array().into_iter().flatten();
    let own = all.filter(|d| d["code"] == code);
    own.map(|d| d["message"].as_str().unwrap_or_default().to_owned())
        .collect()
}

/// « R01 2 O1 2026-05-12 REL-1-OBS-1=3 », one an answer.
fn stored(atelier: &Atelier) -> Vec<String> {
    let answer = atelier.run(&["exporter", "observations", "--campagne", "C1"]);
    assert_eq!(answer.code, 0, "{}", answer.stderr);
    let mut reader = csv::Reader::from_reader(answer.stdout.as_bytes());
    let headings = reader.headers().expect("headings").clone();
    let at = |name: &str| headings.iter().position(|h| h == name).expect(name);
    let columns = [
        "structure",
        "visite",
        "observateur",
        "date",
        "element",
        "valeur_brute",
        "source",
        "niveau",
        "statut",
    ]
    .map(at);
    let mut all: Vec<String> = reader
        .records()
        .map(|row| {
            let row = row.expect("a row");
            let [
                place,
                visit,
                observer,
                date,
                element,
                value,
                source,
                level,
                statut,
            ] = columns.map(|c| &row[c]);
            let value = worth(source, level, statut, value);
            format!("{place} {visit} {observer} {date} {element}={value}")
        })
        .collect();
    all.sort();
    all
}

fn notes(whose: &str, notes: [&str; 5]) -> Vec<String> {
    let lines = LINES.iter().zip(notes);
    let mut all: Vec<String> = lines
        .filter(|(_, note)| !note.is_empty())
        .map(|(line, note)| format!("{whose} {}={note}", line[1]))
        .collect();
    all.sort();
    all
}

/// All that the lines ask, answered.
fn wordings() -> Vec<Answer<'static>> {
    LINES
        .iter()
        .map(|[own, code]| say(own, "Autre code", code))
        .collect()
}

const WHO: [&[&str]; 3] = [
    &["Accueil : Colombages – Visite n°2"],
    &["Observatrice : M. D."],
    &["Date : mardi 12 mai"],
];

/// Crosses under levels, notes right or left of the wording, numbers, sections between: each is a grid, all is
/// asked in its first list, and its notes are those that were written.
#[test]
fn a_grid_is_known_by_its_shape_and_asks_everything_at_once() {
    let w = LINES.map(|line| line[0]);
    let crosses: Vec<Vec<&str>> = vec![
        vec!["N°", "Critère", "1", "2", "3", "4", "Remarques"],
        vec!["", "ACCUEIL"],
        vec!["1", w[0], "", "", "x", "", "vu"],
        vec!["2", w[1], "x"],
        vec!["3", w[2], "", "", "", "x"],
        vec!["", "RELATIONS"],
        vec!["4", w[3], "", "x"],
        vec!["5", w[4], "", "", "x"],
    ];
    let right: Vec<Vec<&str>> = vec![
        vec!["Critère", "Note"],
        vec![w[0], "3"],
        vec![w[1], "1"],
        vec!["RELATIONS"],
        vec![w[2], "4"],
        vec![w[3], "2"],
        vec![w[4], "3"],
        vec!["Moyenne", "2,6"],
    ];
    let left: Vec<Vec<&str>> = vec![
        vec!["Note", "Ce que j’observe", "Exemples concrets"],
        vec!["3", w[0], "les trois premiers, puis plus rien"],
        vec!["1", w[1], ""],
        vec!["4", w[2], "accroupis près de la table"],
        vec!["2", w[3], ""],
        vec!["3", w[4], "deux enfants"],
    ];
    for lines in [crosses, right, left] {
        let atelier = atelier();
        let grid: Vec<&[&str]> = lines.iter().map(Vec::as_slice).collect();
        let blank: [&[&str]; 1] = [&[""]];
        let all = [&WHO[..], &blank, &grid].concat();
        let path = atelier.write("grille.csv", csv(";", &all).as_bytes());
        let (exit, said) = import(&atelier, &path);
        assert_eq!(exit, 1, "{said:#}");
        assert!(asks(&atelier, "Colombages", "C’est"), "{said:#}");
        assert!(asks(&atelier, "M. D.", "C’est"), "{said:#}");
        assert!(
            !asks(&atelier, "Moyenne", "Accepter"),
            "a line that sums up"
        );
        let mut answers = wordings();
        answers.push(say("Colombages", "C’est", "1"));
        answers.push(say("M. D.", "C’est", "O4"));
        correct(&atelier, &answers);
        let (exit, said) = import(&atelier, &path);
        assert_eq!(exit, 0, "{said:#}");
        assert_eq!(said["resultat"]["questions"], 0, "{said:#}");
        let expected = notes("R01 2 O4 2026-05-12", ["3", "1", "4", "2", "3"]);
        assert_eq!(stored(&atelier), expected);
    }
}

/// What is said of a wording holds for other grids of the same hand, in another order; a line without a note in one
/// is asked in the next; two answers are a question.
#[test]
fn answers_are_kept_by_wording() {
    let atelier = atelier();
    let w = LINES.map(|line| line[0]);
    let head: [&[&str]; 4] = [
        &["Accueil : R01"],
        &["Observateur : O1"],
        &["Visite : 1"],
        &["Critère", "Note"],
    ];
    let first: [&[&str]; 5] = [
        &[w[0], "1"],
        &[w[1], "2"],
        &[w[2], "3"],
        &[w[3], "4"],
        &[w[4], ""],
    ];
    let path = atelier.write("a.csv", csv(";", &[&head[..], &first].concat()).as_bytes());
    assert_eq!(import(&atelier, &path).0, 1);
    assert!(!asks(&atelier, w[4], "Accepter"), "it bears no note");
    correct(&atelier, &wordings()[..4]);
    assert_eq!(import(&atelier, &path).0, 0);
    // The same lines, the last one noted: it is asked, and not left out.
    let again: [&[&str]; 5] = [
        &[w[0], "1"],
        &[w[1], "2"],
        &[w[2], "3"],
        &[w[3], "4"],
        &[w[4], "2"],
    ];
    let mut second = head;
    second[2] = &["Visite : 2"];
    let path = atelier.write(
        "b.csv",
        csv(";", &[&second[..], &again].concat()).as_bytes(),
    );
    let (exit, said) = import(&atelier, &path);
    assert_eq!(
        (exit, &said["resultat"]["questions"]),
        (1, &serde_json::json!(1)),
        "{said:#}"
    );
    correct(&atelier, &wordings()[4..]);
    assert_eq!(import(&atelier, &path).0, 0);
    // Another order, other lines: nothing is asked any more.
    let other: [&[&str]; 4] = [&[w[4], "4"], &[w[2], "1"], &[w[0], "3"], &[w[1], "2"]];
    let mut third = head;
    third[2] = &["Visite : 3"];
    let path = atelier.write("c.csv", csv(";", &[&third[..], &other].concat()).as_bytes());
    let (exit, said) = import(&atelier, &path);
    assert_eq!(
        (exit, &said["resultat"]["questions"]),
        (0, &serde_json::json!(0)),
        "{said:#}"
    );
    assert!(
        stored(&atelier).contains(&"R01 3 O1  REL-2-OBS-3=4".to_owned()),
        "{:?}",
        stored(&atelier)
    );
    // Said otherwise of one form: the next grid is asked, and told of both.
    let folder = atelier.root().join("grids/correspondances");
    let mut texts: Vec<PathBuf> = std::fs::read_dir(&folder)
        .expect("a folder")
        .flatten()
        .map(|entry| entry.path())
        .filter(|path| path.extension().is_some_and(|e| e == "toml"))
        .collect();
    texts.sort();
    let own = std::fs::read_to_string(&texts[0]).expect("a text");
    let mark = own
        .lines()
        .find(|l| l.starts_with("referentiel"))
        .expect("a mark");
    let elsewhere = format!(
        "outil = \"grille-main\"\nforme = \"0000000000000000\"\n{mark}\n\n[[colonnes]]\ntitre = \"{}\"\nvers = \"REL-3-OBS-1\"\n",
        w[2]
    );
    std::fs::write(folder.join("grille-main-0000000000000000.toml"), elsewhere).expect("written");
    let fourth: [&[&str]; 4] = [&[w[2], "4"], &[w[3], "1"], &[w[0], "3"], &[w[1], "2"]];
    let mut visit = head;
    visit[2] = &["Visite : 4"];
    let path = atelier.write(
        "d.csv",
        csv(";", &[&visit[..], &fourth].concat()).as_bytes(),
    );
    let (exit, said) = import(&atelier, &path);
    assert_eq!(exit, 1, "{said:#}");
    let disputed = told(&said, "ELE-306").join(" ");
    assert!(disputed.contains("REL-2-OBS-1 et REL-3-OBS-1"), "{said:#}");
}

/// Sentences and a column « Note » under no title: a grid, or answers. Nobody chooses but a person.
#[test]
fn what_may_be_a_grid_or_answers_is_asked_once() {
    let lines: [&[&str]; 6] = [
        &["Votre avis sur ce moment", "Note"],
        &["On salue chaque enfant", "3"],
        &["Chacun sait où aller", "1"],
        &["À hauteur des petits pour parler", "4"],
        &["Un ton calme même dans le bruit", "2"],
        &["Les plus discrets ont leur place", "3"],
    ];
    for (kind, code) in [("grille", "FIC-111"), ("tableau", "FIC-111")] {
        let atelier = atelier();
        let path = atelier.write("avis.csv", csv(";", &lines).as_bytes());
        let (exit, said) = import(&atelier, &path);
        assert_eq!(exit, 1, "{said:#}");
        assert_eq!(told(&said, "FIC-119").len(), 1, "{said:#}");
        let question = "Ce tableau est-il une grille (une ligne par critère observé) ?";
        correct(&atelier, &[say(question, "Accepter", kind)]);
        let (_, said) = import(&atelier, &path);
        assert!(told(&said, "FIC-119").is_empty(), "{said:#}");
        assert!(
            !told(&said, code).is_empty() || !told(&said, "FIC-106").is_empty(),
            "{said:#}"
        );
        let lines = asks(&atelier, "On salue chaque enfant", "Accepter");
        assert_eq!(lines, kind == "grille", "{said:#}");
    }
}

/// A line that says that it sums up, and does not, bears a note like any other.
#[test]
fn a_summary_that_sums_nothing_up_is_asked() {
    let w = LINES.map(|line| line[0]);
    let atelier = atelier();
    for (last, summed) in [("Moyenne", "2,6"), ("Total", "13"), ("Note globale", "2.6")] {
        for (value, right) in [(summed, true), ("1", false)] {
            let lines: [&[&str]; 10] = [
                &["Accueil : R01"],
                &["Observateur : O1"],
                &["Visite : 1"],
                &["Critère", "Note"],
                &[w[0], "3"],
                &[w[1], "1"],
                &[w[2], "4"],
                &[w[3], "2"],
                &[w[4], "3"],
                &[last, value],
            ];
            let path = atelier.write("grille.csv", csv(";", &lines).as_bytes());
            let (_, said) = import(&atelier, &path);
            assert_eq!(
                asks(&atelier, last, "Accepter"),
                !right,
                "{last} {value} {said:#}"
            );
            assert_eq!(
                told(&said, "ELE-310").is_empty(),
                right,
                "{last} {value} {said:#}"
            );
        }
    }
}

/// What a person said of a legend turns the grids that bear it, and no other with the same lines.
#[test]
fn a_turned_legend_turns_its_own_grid_alone() {
    let w = LINES.map(|line| line[0]);
    let atelier = atelier();
    let grid = |legend: &'static str, visit: &'static str| {
        let lines: [&[&str]; 9] = [
            &["Accueil : R01"],
            &["Observateur : O1"],
            &[visit],
            &[legend],
            &["Critère", "Note"],
            &[w[0], "1"],
            &[w[1], "2"],
            &[w[2], "4"],
            &[w[3], "1"],
        ];
        csv(";", &lines)
    };
    let turned = "Note de 1 à 4 (1 = tout à fait, 4 = pas du tout)";
    let plain = "Note de 1 à 4 (1 = pas du tout, 4 = tout à fait)";
    atelier.write("reçus/a.csv", grid(turned, "Visite : 1").as_bytes());
    atelier.write("reçus/b.csv", grid(plain, "Visite : 2").as_bytes());
    let folder = atelier.root().join("reçus").display().to_string();
    assert_eq!(import(&atelier, &folder).0, 1);
    let mut answers = wordings();
    answers.truncate(4);
    for (written, worth) in [("1", "4"), ("2", "3"), ("3", "2"), ("4", "1")] {
        answers.push(say(written, "Vaut", worth));
    }
    correct(&atelier, &answers);
    let (exit, said) = import(&atelier, &folder);
    assert_eq!(exit, 0, "{said:#}");
    let mut expected = notes("R01 1 O1 ", ["4", "3", "1", "4", ""]);
    expected.extend(notes("R01 2 O1 ", ["1", "2", "4", "1", ""]));
    assert_eq!(stored(&atelier), expected);
}

/// A day of the week that cannot be is a question, answered once; a title says which visit.
#[test]
fn a_day_that_cannot_be_is_asked() {
    let w = LINES.map(|line| line[0]);
    let atelier = atelier();
    let lines: [&[&str]; 8] = [
        &["Observation – visite 3"],
        &["Accueil : R01"],
        &["Observateur : O1", "Date : lundi 12 mai"],
        &["Critère", "Note"],
        &[w[0], "3"],
        &[w[1], "1"],
        &[w[2], "4"],
        &[w[3], "2"],
    ];
    let path = atelier.write("grille.csv", csv(";", &lines).as_bytes());
    let (exit, said) = import(&atelier, &path);
    assert_eq!((exit, told(&said, "VAL-406").len()), (1, 1), "{said:#}");
    let mut answers = wordings();
    answers.truncate(4);
    answers.push(say("lundi 12 mai", "Vaut", "2026-05-12"));
    correct(&atelier, &answers);
    let (exit, said) = import(&atelier, &path);
    assert_eq!(exit, 0, "{said:#}");
    assert_eq!(
        stored(&atelier),
        notes("R01 3 O1 2026-05-12", ["3", "1", "4", "2", ""])
    );
}

/// A grid with codes, and one noted line that has none: it may be said to ask an élément, in the list.
#[test]
fn a_line_without_code_is_said_in_the_list_too() {
    let atelier = atelier();
    let lines: [&[&str]; 8] = [
        &["Accueil : R01"],
        &["Observateur : O1"],
        &["Visite : 1"],
        &["Code", "Critère", "Note"],
        &["REL-1-OBS-1", "On salue", "3"],
        &["REL-1-OBS-2", "Où aller", "1"],
        &["REL-2-OBS-1", "À hauteur", "4"],
        &["", "Un ton calme même dans le bruit", "2"],
    ];
    let path = atelier.write("grille.csv", csv(";", &lines).as_bytes());
    let (exit, said) = import(&atelier, &path);
    assert_eq!((exit, told(&said, "ELE-310").len()), (1, 1), "{said:#}");
    correct(&atelier, &[say(LINES[3][0], "Autre code", "rel-2-obs-2")]);
    let (exit, said) = import(&atelier, &path);
    assert_eq!(exit, 0, "{said:#}");
    let expected = notes("R01 1 O1 ", ["3", "1", "4", "2", ""]);
    assert_eq!(stored(&atelier), expected);
}

/// What is not answered is asked again, and values are offered within their scale.
#[test]
fn what_is_left_is_asked_again() {
    let w = LINES.map(|line| line[0]);
    let atelier = atelier();
    let lines: [&[&str]; 8] = [
        &["Accueil : R01"],
        &["Observateur : O1"],
        &["Visite : 1"],
        &["Critère", "Note"],
        &[w[0], "3/4"],
        &[w[1], "1"],
        &[w[2], "4"],
        &[w[3], "2"],
    ];
    let path = atelier.write("grille.csv", csv(";", &lines).as_bytes());
    import(&atelier, &path);
    correct(&atelier, &wordings()[..3]);
    let (exit, said) = import(&atelier, &path);
    assert_eq!(exit, 1, "{said:#}");
    assert!(
        asks(&atelier, w[3], "Accepter") && asks(&atelier, "3/4", "Vaut"),
        "{said:#}"
    );
    let remarks = cells(&list(&atelier), "Remarques");
    let one = remarks
        .iter()
        .find(|row| row[2].contains("3/4"))
        .expect("a cause");
    assert!(
        !one[2].contains("REL-1-OBS-1"),
        "a value, whichever élément: {one:?}"
    );
    let last = wordings().swap_remove(3);
    correct(&atelier, &[last, say("3/4", "Vaut", "3")]);
    let (exit, said) = import(&atelier, &path);
    assert_eq!(
        (exit, &said["resultat"]["questions"]),
        (0, &serde_json::json!(0)),
        "{said:#}"
    );
    assert_eq!(
        stored(&atelier),
        notes("R01 1 O1 ", ["3", "1", "4", "2", ""])
    );
}

/// One cell of an attendance that is no number is named, and its column stays a question.
#[test]
fn one_slip_in_an_attendance_costs_its_own_cell() {
    let atelier = atelier();
    let mut text =
        "Présences\n\nJour;Centre;Moins de 6 ans;6 ans et +;Nb anim;Remarque\n".to_owned();
    for (day, adults) in [
        ("04", "3"),
        ("05", "3 ou 4"),
        ("06", "2"),
        ("07", "3"),
        ("11", "4"),
        ("12", "3"),
    ] {
        let remark = if day == "06" { "sortie" } else { "" };
        let line = [&format!("{day}/05/2026"), "R01", "6", "20", adults, remark].join(";");
        text.push_str(&line);
        text.push('\n');
    }
    let path = atelier.write("présences.csv", text.as_bytes());
    let (exit, said) = import(&atelier, &path);
    assert_eq!(exit, 1, "{said:#}");
    let slips = told(&said, "VAL-405");
    assert_eq!(slips.len(), 1, "{said:#}");
    assert!(slips[0].contains("3 ou 4"), "{slips:?}");
    assert!(
        told(&said, "ELE-306")
            .iter()
            .any(|m| m.contains("6 ans et +")),
        "{said:#}"
    );
    assert!(
        !told(&said, "ELE-309").iter().any(|m| m.contains("Nb anim")),
        "{said:#}"
    );
    for column in ["6 ans et +", "Remarque"] {
        assert!(asks(&atelier, column, "Accepter"), "{column} {said:#}");
    }
}

/// An archive that is named after a person is told under a neutral name; a name that signs a grid is in no file of
/// the store.
#[test]
fn names_of_persons_are_kept_nowhere() {
    let w = LINES.map(|line| line[0]);
    let atelier = atelier();
    let lines: [&[&str]; 7] = [
        &["Accueil : R01"],
        &["Observateur : Dubreuil Odile"],
        &["Visite : 1"],
        &["Critère", "Note"],
        &[w[0], "3"],
        &[w[1], "1"],
        &[w[2], "4"],
    ];
    let fourth: [&[&str]; 1] = [&[w[3], "2"]];
    let grid = csv(";", &[&lines[..], &fourth].concat());
    let archive = zip(&[
        ("grille.csv", &grid),
        ("grille.xlsx", ""),
        ("note.docx", ""),
    ]);
    let path = atelier.write("Grilles de Théo Martin.zip", &archive);
    let (_, said) = import(&atelier, &path);
    assert!(!said.to_string().contains("Théo"), "{said:#}");
    let path = atelier.write("grille.csv", grid.as_bytes());
    import(&atelier, &path);
    let mut answers = wordings();
    answers.truncate(4);
    answers.push(say("Dubreuil Odile", "C’est", "O4"));
    correct(&atelier, &answers);
    assert_eq!(import(&atelier, &path).0, 0);
    let mut folders = vec![atelier.root().join("data/store")];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).expect("a folder").flatten() {
            if entry.path().is_dir() {
                folders.push(entry.path());
                continue;
            }
            let bytes = std::fs::read(entry.path()).expect("read");
            let held = bytes
                .windows(8)
                .any(|w| w.eq_ignore_ascii_case(b"dubreuil"));
            assert!(!held, "{}", entry.path().display());
        }
    }
    assert_eq!(
        stored(&atelier),
        notes("R01 1 O4 ", ["3", "1", "4", "2", ""])
    );
}
