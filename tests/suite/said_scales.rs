//! Notes of another scale than the référentiel's, however a file says so: none enters before a person has said
//! what each is worth. Codes beside other words, struck notes, near words that deny.

use std::path::PathBuf;

use rust_xlsxwriter::{Format, Note, Workbook};
use serde_json::Value;

use crate::atelier::{Atelier, worth};
use crate::correspondences::{Choice, cells, fill, names};
use crate::layouts::{csv, label};

const LINES: [&str; 4] = ["REL-1-OBS-1", "REL-1-OBS-2", "REL-2-OBS-1", "REL-2-OBS-2"];
const HEADINGS: [&str; 3] = ["Ce que l’on regarde", "Note", "Commentaire"];

fn atelier() -> Atelier {
    let atelier = Atelier::blank();
    let registry = "code;nom;type\nR01;Les Colombages;mixte\n";
    atelier.write("data/structures.csv", registry.as_bytes());
    atelier
}

fn list(atelier: &Atelier) -> PathBuf {
    atelier.root().join("à corriger.xlsx")
}

fn import(atelier: &Atelier, path: &str, more: &[&str]) -> (i32, Value) {
    let list = list(atelier).display().to_string();
    let all = [
        &["importer", path, "--campagne", "C1", "--liste", &list],
        more,
    ]
    .concat();
    atelier.json(&all)
}

fn told(said: &Value, code: &str) -> Vec<String> {
    let all = said["diagnostics"].as_array().into_iter().flatten();
    let own = all.filter(|d| d["code"] == code);
    own.map(|d| d["message"].as_str().unwrap_or_default().to_owned())
        .collect()
}

/// « REL-1-OBS-1=3 », one an answer, in order.
fn stored(atelier: &Atelier) -> Vec<String> {
    let answer = atelier.run(&["exporter", "observations", "--campagne", "C1"]);
    if answer.code != 0 {
        return Vec::new();
    }
    let mut reader = csv::Reader::from_reader(answer.stdout.as_bytes());
    let headings = reader.headers().expect("headings").clone();
    let at = |name: &str| headings.iter().position(|h| h == name).expect(name);
    let (element, value) = (at("element"), at("valeur_brute"));
    let [source, level, statut] = ["source", "niveau", "statut"].map(at);
    let rows = reader.records().map(|r| r.expect("a row"));
    let mut notes: Vec<String> = rows
        .map(|r| {
            let value = worth(&r[source], &r[level], &r[statut], &r[value]);
            format!("{}={value}", &r[element])
        })
        .collect();
    notes.sort();
    notes
}

/// What the list asks of answers: question, answer, what is proposed.
fn asked(atelier: &Atelier) -> Vec<[String; 3]> {
    let path = list(atelier);
    let sheets = names(&path)
        .into_iter()
        .filter(|n| n.starts_with("Réponses"));
    let rows = sheets.flat_map(|name| cells(&path, &name).into_iter().skip(4));
    let rows =
        rows.filter(|r| r.len() > 2 && !r[1].is_empty() && r[1] != "Réponse dans votre fichier");
    rows.map(|r| [r[0].clone(), r[1].clone(), r[2].clone()])
        .collect()
}

/// Answers some of it, and gives the list back.
fn answer(atelier: &Atelier, worth: &[(&str, &str)]) {
    let path = list(atelier);
    let sheet = names(&path).into_iter().find(|n| n.starts_with("Réponses"));
    let sheet = sheet.expect("a sheet of answers");
    let rows = cells(&path, &sheet);
    let under = rows
        .iter()
        .flatten()
        .find(|c| c.starts_with("Vaut"))
        .expect("a column")
        .clone();
    let choices: Vec<Choice> = (worth.iter())
        .map(|(row, value)| Choice {
            sheet: &sheet,
            row,
            under: &under,
            value,
        })
        .collect();
    fill(&path, &choices);
    let kept = atelier.run(&["corriger", &path.display().to_string()]);
    assert_eq!(kept.code, 0, "{}", kept.stderr);
}

/// A grid of R01: lines above its headings, headings, notes, lines below.
fn grid(above: &[&[&str]], headings: &[&str], notes: [&str; 4], below: &[&[&str]]) -> String {
    let labels = LINES.map(label);
    let lines: Vec<[&str; 2]> = (labels.iter().zip(notes))
        .map(|(l, n)| [l.as_str(), n])
        .collect();
    let lines: Vec<&[&str]> = lines.iter().map(<[&str; 2]>::as_slice).collect();
    let head: [&[&str]; 3] = [
        &["Accueil", "R01"],
        &["Observateur", "O1"],
        &["Date", "12/05/2026"],
    ];
    let blank: [&[&str]; 1] = [&[""]];
    csv(
        ";",
        &[&head[..], above, &blank, &[headings], &lines, below].concat(),
    )
}

fn kept_out(what: &str, text: &str) {
    let atelier = atelier();
    let path = atelier.write("grille.csv", text.as_bytes());
    let (exit, said) = import(&atelier, &path, &[]);
    assert_eq!(exit, 1, "{what}: {said:#}");
    assert!(!told(&said, "ELE-313").is_empty(), "{what}: {said:#}");
    assert!(stored(&atelier).is_empty(), "{what}");
}

#[test]
fn whatever_a_grid_says_of_another_scale_keeps_it_out() {
    let plain = ["1", "3", "2", "4"];
    for heading in [
        "Note (4 = à revoir)",
        "Note : 1 (excellent) à 4 (à revoir)",
        "Note inversée",
        "Note (1 meilleur)",
        "Note /5",
        "Note sur 10",
        "Note (%)",
        "Note de 0 à 3",
        "Note (1 à 6)",
    ] {
        kept_out(heading, &grid(&[], &[HEADINGS[0], heading], plain, &[]));
    }
    let legends: [&[&[&str]]; 8] = [
        &[&["1 = très bien, 4 = insuffisant"]],
        &[&["Attention : 1 est la meilleure note"]],
        &[&["De 1 (tout va bien) à 4 (à revoir)"]],
        &[
            &["1 : très bien"],
            &["2 : bien"],
            &["3 : à améliorer"],
            &["4 : insuffisant"],
        ],
        &[
            &["1", "maîtrisé"],
            &["2", "installé"],
            &["3", "en démarrage"],
            &["4", "non engagé"],
        ],
        &[&["1 = maîtrisé"]],
        &[&["Barème : notes de 0 (non engagé) à 3 (maîtrisé)"]],
        &[&["1 = non acquis ; 2 = en cours ; 3 = acquis"]],
    ];
    for legend in legends {
        let what = legend[0].join(" ");
        kept_out(&what, &grid(legend, &HEADINGS, plain, &[]));
        kept_out(&what, &grid(&[], &HEADINGS, plain, legend));
    }
    // What is not of the scale casts doubt on what seems to be.
    kept_out("0 à 3", &grid(&[], &HEADINGS, ["0", "3", "2", "1"], &[]));
    kept_out("sur 10", &grid(&[], &HEADINGS, ["8", "3", "2", "1"], &[]));
    kept_out(
        "/5",
        &grid(&[], &HEADINGS, ["3/5", "2/5", "4/5", "1/5"], &[]),
    );
}

#[test]
fn what_says_the_scale_itself_keeps_nobody_out() {
    let legends: [&[&[&str]]; 5] = [
        &[&["1 = non engagé, 2 = en démarrage, 3 = installé, 4 = maîtrisé"]],
        &[&["Note de 1 (pas du tout) à 4 (tout à fait)"]],
        &[
            &["1 : jamais"],
            &["2 : parfois"],
            &["3 : souvent"],
            &["4 : toujours"],
        ],
        &[&["Enfants présents : 24, de 3 à 11 ans"]],
        &[&["Accueil du matin, 7 h 30 à 9 h"]],
    ];
    for legend in legends {
        let atelier = atelier();
        let text = grid(
            legend,
            &["Ce que l’on regarde", "Note sur 4"],
            ["1", "3", "2", "4"],
            &[],
        );
        let path = atelier.write("grille.csv", text.as_bytes());
        let (exit, said) = import(&atelier, &path, &[]);
        assert_eq!(exit, 0, "{legend:?}: {said:#}");
        assert_eq!(stored(&atelier).len(), 4);
    }
}

#[test]
fn a_scale_is_answered_note_by_note_and_half_an_answer_is_none() {
    let atelier = atelier();
    let text = grid(
        &[],
        &[HEADINGS[0], "Note sur 10"],
        ["2", "8", "5", "4"],
        &[],
    );
    let path = atelier.write("grille.csv", text.as_bytes());
    assert_eq!(import(&atelier, &path, &[]).0, 1);
    let question = "Note sur 10".to_owned();
    let open = |note: &str| [question.clone(), note.to_owned(), String::new()];
    assert_eq!(
        asked(&atelier),
        ["2", "4", "5", "8"].map(open),
        "nothing is proposed"
    );
    answer(&atelier, &[("8", "3"), ("5", "2")]);
    assert_eq!(import(&atelier, &path, &[]).0, 1, "half an answer");
    assert!(stored(&atelier).is_empty());
    answer(&atelier, &[("2", "1"), ("4", "2")]);
    let (exit, said) = import(&atelier, &path, &[]);
    assert_eq!(exit, 0, "{said:#}");
    let wanted = [
        "REL-1-OBS-1=1",
        "REL-1-OBS-2=3",
        "REL-2-OBS-1=2",
        "REL-2-OBS-2=2",
    ];
    assert_eq!(stored(&atelier), wanted);
}

/// A workbook of the same grid; `dress` writes the notes.
fn workbook(dress: impl Fn(&mut rust_xlsxwriter::Worksheet, u32, u32)) -> Vec<u8> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    for (row, cells) in [
        ["Accueil", "R01"],
        ["Observateur", "O1"],
        ["Date", "12/05/2026"],
    ]
    .iter()
    .enumerate()
    {
        sheet.write(row as u32, 0, cells[0]).expect("written");
        sheet.write(row as u32, 1, cells[1]).expect("written");
    }
    for (col, heading) in HEADINGS.iter().enumerate() {
        sheet.write(4, col as u16, *heading).expect("written");
    }
    for (i, code) in (0..).zip(LINES) {
        sheet.write(5 + i, 0, label(code)).expect("written");
        dress(sheet, 5 + i, i);
    }
    book.save_to_buffer().expect("a workbook")
}

#[test]
fn a_note_is_what_the_sheet_shows() {
    let shown = |format: Format, values: [f64; 4]| {
        workbook(move |sheet, row, i| {
            sheet
                .write_with_format(row, 1, values[i as usize], &format)
                .expect("written");
        })
    };
    let percent = shown(Format::new().set_num_format("0%"), [0.25, 1.0, 0.5, 0.75]);
    let whole = shown(Format::new().set_num_format("0%"), [1.0, 1.0, 1.0, 1.0]);
    let of_ten = shown(
        Format::new().set_num_format("0\"/10\""),
        [1.0, 3.0, 2.0, 4.0],
    );
    for (what, bytes) in [("0%", percent), ("100 %", whole), ("/10", of_ten)] {
        let atelier = atelier();
        let path = atelier.write("grille.xlsx", &bytes);
        let (exit, said) = import(&atelier, &path, &[]);
        assert_eq!(exit, 1, "{what}: {said:#}");
        assert!(!told(&said, "ELE-313").is_empty(), "{what}: {said:#}");
    }
    let struck = shown(Format::new().set_font_strikethrough(), [1.0, 3.0, 2.0, 4.0]);
    let atelier = atelier();
    let path = atelier.write("grille.xlsx", &struck);
    let (exit, said) = import(&atelier, &path, &[]);
    assert_eq!(exit, 1, "{said:#}");
    assert!(
        told(&said, "VAL-401").iter().any(|m| m.contains("(barré)")),
        "{said:#}"
    );
    // A format that says nothing of a scale changes nothing.
    let plain = shown(Format::new().set_num_format("0.0"), [1.0, 3.0, 2.0, 4.0]);
    let path = atelier.write("grille.xlsx", &plain);
    let (exit, said) = import(&atelier, &path, &[]);
    assert_eq!(exit, 0, "{said:#}");
}

#[test]
fn a_comment_or_another_sheet_may_say_the_scale() {
    let noted = |sheet: &mut rust_xlsxwriter::Worksheet, row: u32, i: u32| {
        sheet.write(row, 1, i + 1).expect("written");
        if i == 0 {
            let note = Note::new("1 = très bien").add_author_prefix(false);
            sheet.insert_note(4, 1, &note).expect("written");
        }
    };
    let atelier = atelier();
    let path = atelier.write("grille.xlsx", &workbook(noted));
    let (exit, said) = import(&atelier, &path, &[]);
    assert_eq!(exit, 1, "{said:#}");
    assert!(
        told(&said, "ELE-313")
            .iter()
            .any(|m| m.contains("très bien")),
        "{said:#}"
    );
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    sheet
        .write(0, 0, "Accueil")
        .and_then(|s| s.write(0, 1, "R01"))
        .expect("written");
    sheet
        .write(1, 0, "Observateur")
        .and_then(|s| s.write(1, 1, "O1"))
        .expect("written");
    sheet
        .write(2, 0, "Date")
        .and_then(|s| s.write(2, 1, "12/05/2026"))
        .expect("written");
    sheet
        .write(4, 0, HEADINGS[0])
        .and_then(|s| s.write(4, 1, "Note"))
        .expect("written");
    for (i, code) in (0..).zip(LINES) {
        let sheet = sheet.write(5 + i, 0, label(code)).expect("written");
        sheet.write(5 + i, 1, i + 1).expect("written");
    }
    let legend = book.add_worksheet();
    legend.set_name("Légende").expect("named");
    legend.write(0, 0, "1 = maîtrisé").expect("written");
    let path = atelier.write("autre.xlsx", &book.save_to_buffer().expect("a workbook"));
    let (exit, said) = import(&atelier, &path, &[]);
    assert_eq!(exit, 1, "{said:#}");
    assert!(
        told(&said, "ELE-313")
            .iter()
            .any(|m| m.contains("maîtrisé")),
        "{said:#}"
    );
}

const FAMILIES: [&str; 3] = ["REL-1-FAM-1", "REL-1-FAM-2", "LIE-1-FAM-1"];

fn responses(above: &[&[&str]], mark: &str, answers: &[[&str; 3]]) -> String {
    let titles = FAMILIES.map(|code| format!("{code} {}{mark}", label(code)));
    let heads = ["Accueil", &titles[0], &titles[1], &titles[2]];
    let rows: Vec<[&str; 4]> = answers
        .iter()
        .map(|[a, b, c]| ["R01", *a, *b, *c])
        .collect();
    let rows: Vec<&[&str]> = rows.iter().map(<[&str; 4]>::as_slice).collect();
    csv(";", &[above, &[&heads], &rows].concat())
}

#[test]
fn digits_of_a_questionnaire_are_those_of_the_scale_that_it_says() {
    let answers = [["1", "2", "3"], ["4", "3", "2"], ["2", "2", "1"]];
    let legend: [&[&str]; 1] = [&["Échelle : 1 = tout à fait d’accord … 4 = pas du tout d’accord"]];
    // Once is a slip, of the cell alone.
    let beyond = [["1", "9", "3"], ["4", "8", "7"], ["2", "2", "1"]];
    let files = [
        responses(
            &[],
            " (1 = tout à fait d’accord, 4 = pas du tout d’accord)",
            &answers,
        ),
        responses(&[], " (note de 0 à 10)", &answers),
        responses(&legend, "", &answers),
        responses(&[], "", &beyond),
    ];
    for text in files {
        let atelier = atelier();
        let path = atelier.write("familles.csv", text.as_bytes());
        let (exit, said) = import(&atelier, &path, &["--source", "FAM", "--accepter-proches"]);
        assert_eq!(exit, 1, "{text}\n{said:#}");
        assert!(!told(&said, "ELE-313").is_empty(), "{text}\n{said:#}");
        assert!(stored(&atelier).is_empty());
    }
    // The legend of one file turns its own answers alone.
    let atelier = atelier();
    let turned = responses(&legend, "", &answers);
    let path = atelier.write("tournes.csv", turned.as_bytes());
    assert_eq!(import(&atelier, &path, &["--source", "FAM"]).0, 1);
    answer(&atelier, &[("1", "4"), ("2", "3"), ("3", "2"), ("4", "1")]);
    let (exit, said) = import(&atelier, &path, &["--source", "FAM"]);
    assert_eq!(exit, 0, "{said:#}");
    let plain = atelier.write("droits.csv", responses(&[], "", &answers).as_bytes());
    let (exit, said) = import(&atelier, &plain, &["--source", "FAM"]);
    assert_eq!(exit, 0, "{said:#}");
    let first = stored(&atelier)
        .into_iter()
        .filter(|s| s.starts_with("REL-1-FAM-1"));
    let first: Vec<String> = first.collect();
    let wanted = ["1", "1", "2", "3", "4", "4"].map(|v| format!("REL-1-FAM-1={v}"));
    assert_eq!(first, wanted, "1 4 2, and 4 1 3");
}

#[test]
fn a_code_beside_the_words_of_another_is_refused() {
    let atelier = atelier();
    let [a, b, c, d] = LINES.map(label);
    let lines: [&[&str]; 4] = [
        &[LINES[0], &b, "1"],
        &[LINES[1], &a, "2"],
        &[LINES[2], &c, "3"],
        &[LINES[3], &d, "4"],
    ];
    let head: [&[&str]; 3] = [
        &["Accueil", "R01"],
        &["Observateur", "O1"],
        &["Code", "Critère", "Note"],
    ];
    let path = atelier.write(
        "grille.csv",
        csv(";", &[&head[..], &lines].concat()).as_bytes(),
    );
    let (exit, said) = import(&atelier, &path, &[]);
    assert_eq!((exit, told(&said, "ELE-314").len()), (1, 2), "{said:#}");
    let titles = FAMILIES.map(label);
    let swapped = format!(
        "structure;{} {};{} {}\nR01;3;4\nR01;2;1\n",
        FAMILIES[0], titles[1], FAMILIES[1], titles[0]
    );
    let path = atelier.write("familles.csv", swapped.as_bytes());
    let (exit, said) = import(&atelier, &path, &["--source", "FAM"]);
    assert_eq!((exit, told(&said, "ELE-314").len()), (1, 2), "{said:#}");
}

#[test]
fn near_words_that_deny_wait_for_a_person_and_those_assumed_are_told() {
    let atelier = atelier();
    let [a, b, c, d] = LINES.map(label);
    let denied = d.replace("reste posé", "ne reste pas posé");
    assert_ne!(denied, d, "the line says the contrary");
    let near = format!("{} aussi", c.trim_end_matches('.'));
    let head: [&[&str]; 3] = [
        &["Accueil", "R01"],
        &["Observateur", "O1"],
        &["Ce que l’on regarde", "Note"],
    ];
    let sure: [&[&str]; 3] = [&[&a, "1"], &[&b, "2"], &[&near, "3"]];
    let path = atelier.write(
        "proche.csv",
        csv(";", &[&head[..], &sure].concat()).as_bytes(),
    );
    let (exit, said) = import(&atelier, &path, &["--accepter-proches", "--simulation"]);
    assert_eq!(exit, 0, "{said:#}");
    assert_eq!(told(&said, "ELE-307").len(), 1, "{said:#}");
    let contrary: [&[&str]; 4] = [&[&a, "1"], &[&b, "2"], &[&c, "3"], &[&denied, "4"]];
    let path = atelier.write(
        "nie.csv",
        csv(";", &[&head[..], &contrary].concat()).as_bytes(),
    );
    let (exit, said) = import(&atelier, &path, &["--accepter-proches", "--simulation"]);
    assert_eq!(exit, 1, "{said:#}");
    assert!(
        told(&said, "ELE-306")
            .iter()
            .any(|m| m.contains("nie ce que")),
        "{said:#}"
    );
}

#[test]
fn a_column_named_to_be_left_out_is_and_one_that_nobody_has_is_told() {
    let atelier = atelier();
    let labels = LINES.map(label);
    let head: [&[&str]; 3] = [
        &["Accueil", "R01"],
        &["Observateur", "O1"],
        &["Ce que l’on regarde", "Note", "Niveau"],
    ];
    let lines: Vec<[&str; 3]> = labels.iter().map(|l| [l.as_str(), "1", "3"]).collect();
    let lines: Vec<&[&str]> = lines.iter().map(<[&str; 3]>::as_slice).collect();
    let path = atelier.write(
        "grille.csv",
        csv(";", &[&head[..], &lines].concat()).as_bytes(),
    );
    let (exit, said) = import(
        &atelier,
        &path,
        &["--ignorer", "Note", "--ignorer", "Constat"],
    );
    assert_eq!(exit, 0, "{said:#}");
    assert!(
        told(&said, "ELE-304")
            .iter()
            .any(|m| m.contains("« Constat »")),
        "{said:#}"
    );
    assert!(
        stored(&atelier).iter().all(|n| n.ends_with("=3")),
        "the other column is read"
    );
}

#[test]
fn a_remark_that_takes_a_note_back_is_told() {
    let atelier = atelier();
    let [a, b, c, d] = LINES.map(label);
    let head: [&[&str]; 3] = [&["Accueil", "R01"], &["Observateur", "O1"], &HEADINGS];
    let lines: [&[&str]; 4] = [
        &[&a, "1", "erreur de saisie, lire 2"],
        &[&b, "2", "beau moment"],
        &[&c, "3", "pas vu ce jour"],
        &[&d, "4", ""],
    ];
    let path = atelier.write(
        "grille.csv",
        csv(";", &[&head[..], &lines].concat()).as_bytes(),
    );
    let (exit, said) = import(&atelier, &path, &[]);
    assert_eq!((exit, told(&said, "VAL-411").len()), (0, 2), "{said:#}");
}

#[test]
fn another_table_further_down_is_no_part_of_the_grid() {
    let plain = ["1", "3", "2", "4"];
    let more = label("REL-3-OBS-1");
    let others: [&[&[&str]]; 3] = [
        &[&["Ce que l’on regarde", "Note 2025"], &[&more, "4"]],
        &[&["Accueil", "R02"], &[&more, "4"]],
        &[
            &["Date : 09/06/2026"],
            &["Ce que l’on regarde", "Note"],
            &[&more, "4"],
        ],
    ];
    for below in others {
        let atelier = atelier();
        let text = grid(&[], &HEADINGS[..2], plain, below);
        let path = atelier.write("grille.csv", text.as_bytes());
        let (exit, said) = import(&atelier, &path, &["--ignorer", "toutes"]);
        assert_eq!(exit, 1, "{below:?}: {said:#}");
        assert_eq!(told(&said, "ELE-315").len(), 1, "{below:?}: {said:#}");
    }
    // The same headings again, above a part of the same grid.
    let atelier = atelier();
    let again: [&[&str]; 2] = [&["Ce que l’on regarde", "Note"], &[&more, "4"]];
    let path = atelier.write(
        "grille.csv",
        grid(&[], &HEADINGS[..2], plain, &again).as_bytes(),
    );
    let (exit, said) = import(&atelier, &path, &[]);
    assert_eq!(exit, 0, "{said:#}");
    assert_eq!(stored(&atelier).len(), 5);
}

#[test]
fn lines_that_say_whose_they_are_make_as_many_grids() {
    let atelier = Atelier::blank();
    let registry = "code;nom;type\nR01;Les Colombages;mixte\nR02;La Mare;mixte\n";
    atelier.write("data/structures.csv", registry.as_bytes());
    let [a, b, ..] = LINES.map(label);
    let rows: [&[&str]; 5] = [
        &["Accueil", "Date", "Observateur", "Critère", "Note"],
        &["R01", "12/05/2026", "O1", &a, "1"],
        &["R01", "12/05/2026", "O1", &b, "2"],
        &["R02", "13/05/2026", "O1", &a, "3"],
        &["R02", "13/05/2026", "O1", &b, "4"],
    ];
    let path = atelier.write("longue.csv", csv(";", &rows).as_bytes());
    let (exit, said) = import(&atelier, &path, &[]);
    assert_eq!(exit, 0, "{said:#}");
    let table = atelier
        .run(&["exporter", "observations", "--campagne", "C1"])
        .stdout;
    let of = |place: &str| table.lines().filter(|l| l.contains(place)).count();
    assert_eq!((of("R01"), of("R02")), (2, 2), "{table}");
}

#[test]
fn wordings_in_two_columns_are_a_question_and_what_turns_them_too() {
    let [a, b, c, d] = LINES.map(label);
    let head: [&[&str]; 3] = [
        &["Accueil", "R01"],
        &["Observateur", "O1"],
        &["Critère", "Note", "", "À revoir"],
    ];
    let lines: [&[&str]; 4] = [
        &[&a, "1"],
        &[&b, "2", "", &a],
        &[&c, "3"],
        &[&d, "4", "", &b],
    ];
    let atelier = atelier();
    let path = atelier.write(
        "deux.csv",
        csv(";", &[&head[..], &lines].concat()).as_bytes(),
    );
    let (exit, said) = import(&atelier, &path, &[]);
    assert_eq!((exit, told(&said, "ELE-311").len()), (1, 1), "{said:#}");
    let (exit, said) = import(&atelier, &path, &["--ignorer", "À revoir", "--simulation"]);
    assert_eq!(exit, 0, "{said:#}");
    for prefix in ["Jamais : ", "Pas de : ", "2025 : "] {
        let turned = format!("{prefix}{a}");
        let lines: [&[&str]; 3] = [&[&turned, "1"], &[&b, "2"], &[&c, "3"]];
        let path = atelier.write(
            "prefixe.csv",
            csv(";", &[&head[..], &lines].concat()).as_bytes(),
        );
        let (exit, said) = import(&atelier, &path, &[]);
        assert_eq!(exit, 1, "{prefix}: {said:#}");
    }
    let numbered = [
        format!("1. {a}"),
        format!("Q2) {b}"),
        format!("• {c} (impératif)"),
    ];
    let lines: Vec<[&str; 2]> = numbered.iter().map(|l| [l.as_str(), "2"]).collect();
    let lines: Vec<&[&str]> = lines.iter().map(<[&str; 2]>::as_slice).collect();
    let path = atelier.write(
        "numeros.csv",
        csv(";", &[&head[..], &lines].concat()).as_bytes(),
    );
    let (exit, said) = import(&atelier, &path, &[]);
    assert_eq!(exit, 0, "{said:#}");
}

#[test]
fn our_own_form_sorted_without_its_codes_is_refused() {
    let atelier = Atelier::blank();
    let [a, b, ..] = LINES.map(label);
    let who = crate::fixtures::WHO;
    let lines: [&[&str]; 2] = [
        &[LINES[0], "", "", &b, "1", ""],
        &[LINES[1], "", "", &a, "2", ""],
    ];
    let path = atelier.write("triee.xlsx", &crate::fixtures::retyped(&who, &lines));
    let (exit, said) = import(&atelier, &path, &[]);
    assert_eq!((exit, told(&said, "ELE-314").len()), (1, 2), "{said:#}");
}

#[test]
fn what_was_said_of_a_form_is_not_said_of_its_other_scales() {
    let atelier = atelier();
    let enters = |name: &str, text: &str| {
        let path = atelier.write(name, text.as_bytes());
        let (exit, said) = import(&atelier, &path, &["--source", "FAM"]);
        assert_eq!(exit, 0, "{name}: {said:#}");
    };
    let kept_out = |name: &str, text: &str, word: &str| {
        let path = atelier.write(name, text.as_bytes());
        let (exit, said) = import(&atelier, &path, &["--source", "FAM"]);
        assert_eq!(exit, 1, "{name}: {said:#}");
        let told = told(&said, "ELE-313");
        assert!(told.iter().any(|m| m.contains(word)), "{name}: {said:#}");
    };
    let ten = responses(
        &[],
        "",
        &[["0", "3", "7"], ["10", "7", "3"], ["3", "10", "0"]],
    );
    kept_out("dix.csv", &ten, "hors de l’échelle");
    answer(&atelier, &[("0", "1"), ("3", "2"), ("7", "3"), ("10", "4")]);
    enters("dix.csv", &ten);
    let four = responses(
        &[],
        "",
        &[["1", "2", "3"], ["4", "3", "2"], ["2", "4", "1"]],
    );
    kept_out("quatre.csv", &four, "réponses de 1 à 4");
    answer(&atelier, &[("1", "1"), ("2", "2"), ("3", "3"), ("4", "4")]);
    enters("quatre.csv", &four);
    let own = stored(&atelier).into_iter();
    let own: Vec<String> = own.filter(|s| s.starts_with("REL-1-FAM-1")).collect();
    let wanted = ["1", "1", "2", "2", "4", "4"].map(|v| format!("REL-1-FAM-1={v}"));
    assert_eq!(own, wanted, "0 10 3, then 1 4 2");
}

#[test]
fn letters_are_worth_what_each_file_says_of_them() {
    let atelier = atelier();
    let letters = [["A", "B", "C"], ["D", "C", "B"], ["B", "A", "D"]];
    let path = atelier.write("lettres.csv", responses(&[], "", &letters).as_bytes());
    assert_eq!(import(&atelier, &path, &["--source", "FAM"]).0, 1);
    answer(&atelier, &[("A", "1"), ("B", "2"), ("C", "3"), ("D", "4")]);
    let (exit, said) = import(&atelier, &path, &["--source", "FAM"]);
    assert_eq!(exit, 0, "{said:#}");
    for legend in [
        "A = très bien, B = bien, C = moyen, D = mauvais",
        "A (le mieux) à D (le moins bien)",
    ] {
        let text = responses(&[&[legend]], "", &letters);
        let path = atelier.write("autres.csv", text.as_bytes());
        let (exit, said) = import(&atelier, &path, &["--source", "FAM"]);
        assert_eq!(exit, 1, "{legend}: {said:#}");
        assert!(!told(&said, "ELE-313").is_empty(), "{legend}: {said:#}");
    }
}

#[test]
fn an_answer_may_be_said_to_be_none_and_no_other_word_is_a_worth() {
    let atelier = atelier();
    let text = responses(
        &[],
        "",
        &[["1", "-", "3"], ["4", "3", "-"], ["2", "2", "1"]],
    );
    let path = atelier.write("tirets.csv", text.as_bytes());
    assert_eq!(import(&atelier, &path, &["--source", "FAM"]).0, 1);
    let sheets = names(&list(&atelier));
    let sheet = sheets.into_iter().find(|n| n.starts_with("Réponses"));
    let sheet = sheet.expect("a sheet of answers");
    let wrong = Choice {
        sheet: &sheet,
        row: "-",
        under: "Vaut",
        value: "Satisfait",
    };
    fill(&list(&atelier), &[wrong]);
    let refused = atelier.run(&["corriger", &list(&atelier).display().to_string()]);
    assert_ne!(refused.code, 0);
    assert!(
        refused.stderr.contains("« Satisfait »"),
        "{}",
        refused.stderr
    );
    answer(&atelier, &[("-", "vide — sans réponse")]);
    let (exit, said) = import(&atelier, &path, &["--source", "FAM"]);
    assert_eq!(exit, 0, "{said:#}");
    let given = stored(&atelier).into_iter().filter(|s| !s.ends_with('='));
    assert_eq!(given.count(), 7);
}
