//! Correspondences that a person fills in a workbook: her words for columns, her words for answers, her
//! tables of sessions, without a line of text to edit.

use std::fmt::Write;
use std::path::{Path, PathBuf};

use calamine::{Data, Reader, Xlsx, open_workbook};
use serde_json::Value;

use crate::atelier::Atelier;

/// What a person writes: in which sheet, on which row (by the text of its first or second cell), under
/// which heading.
pub struct Choice<'a> {
    pub sheet: &'a str,
    pub row: &'a str,
    pub under: &'a str,
    pub value: &'a str,
}

/// Row of the headings.
const HEADINGS: usize = 4;

/// Cells of a sheet, as text.
pub fn cells(path: &Path, sheet: &str) -> Vec<Vec<String>> {
    let mut book: Xlsx<_> = open_workbook(path).expect("a workbook");
    let range = book.worksheet_range(sheet).expect("a sheet");
    let text = |data: &Data| data.to_string();
    (0..=range.end().expect("cells").0)
        .map(|row| {
            let last = range.end().expect("cells").1;
            let cell = |col| range.get_value((row, col)).map_or_else(String::new, text);
            (0..=last).map(cell).collect()
        })
        .collect()
}

/// Names of its sheets.
pub fn names(path: &Path) -> Vec<String> {
    let book: Xlsx<_> = open_workbook(path).expect("a workbook");
    book.sheet_names()
}

/// The workbook with what a person wrote, saved by another program.
pub fn fill(path: &Path, choices: &[Choice]) {
    let mut made = rust_xlsxwriter::Workbook::new();
    let mut written = 0;
    for name in names(path) {
        let mut rows = cells(path, &name);
        for choice in choices.iter().filter(|c| c.sheet == name) {
            let column = rows[HEADINGS].iter().position(|h| h == choice.under);
            let column = column.unwrap_or_else(|| panic!("no « {} »", choice.under));
            let row = (rows.iter_mut()).find(|r| r[0] == choice.row || r[1] == choice.row);
            let row = row.unwrap_or_else(|| panic!("no row « {} »", choice.row));
            row.resize(column.max(row.len() - 1) + 1, String::new());
            choice.value.clone_into(&mut row[column]);
            written += 1;
        }
        let sheet = made.add_worksheet();
        sheet.set_name(&name).expect("a name");
        for (r, row) in rows.iter().enumerate() {
            for (c, text) in row.iter().enumerate().filter(|(_, text)| !text.is_empty()) {
                sheet
                    .write_string(r as u32, c as u16, text)
                    .expect("a cell");
            }
        }
    }
    assert_eq!(written, choices.len());
    made.save(path).expect("saved");
}

/// The only workbook of correspondences.
pub fn workbook(atelier: &Atelier) -> PathBuf {
    let folder = atelier.root().join("grids/correspondances");
    let all = std::fs::read_dir(folder).expect("a folder").flatten();
    let mut found = all
        .map(|entry| entry.path())
        .filter(|path| path.extension().is_some_and(|e| e == "xlsx"));
    let only = found.next().expect("a workbook");
    assert!(found.next().is_none());
    only
}

fn of_code<'a>(said: &'a Value, code: &str) -> Vec<&'a Value> {
    let all = said["diagnostics"].as_array().into_iter().flatten();
    all.filter(|d| d["code"] == code).collect()
}

/// Answers of an élément in the store, in the order of respondents.
fn stored(atelier: &Atelier, element: &str) -> Vec<String> {
    let answer = atelier.run(&["exporter", "observations", "--campagne", "C1"]);
    assert_eq!(answer.code, 0, "{}", answer.stderr);
    let mut reader = csv::Reader::from_reader(answer.stdout.as_bytes());
    let headings = reader.headers().expect("headings").clone();
    let at = |name: &str| headings.iter().position(|h| h == name).expect(name);
    let (element_at, value_at) = (at("element"), at("valeur_brute"));
    let rows = reader.records().map(|r| r.expect("a row"));
    let mut found: Vec<String> = rows
        .filter(|r| r[element_at] == *element)
        .map(|r| r[value_at].to_owned())
        .collect();
    found.sort();
    found
}

#[test]
fn questions_and_answers_in_words_of_her_own_are_said_in_a_workbook() {
    let atelier = Atelier::blank();
    let mut file = "Structure;Il est content d’y aller;Il s’y ennuie;Note à moi\n".to_owned();
    for (a, b) in [("A1", "A4"), ("A2", "A4"), ("A1", "A3"), ("A4", "A1")] {
        let _ = writeln!(file, "R01;{a};{b};");
    }
    let path = atelier.write("avis.csv", file.as_bytes());
    let import = ["importer", &path, "--campagne", "C1", "--source", "FAM"];
    let (exit, said) = atelier.json(&import);
    assert_eq!(exit, 1, "{said}");
    let proposed = of_code(&said, "ELE-308");
    assert!(proposed[0].to_string().contains(".xlsx"), "{proposed:?}");

    let book = workbook(&atelier);
    let column = |row, under, value| Choice {
        sheet: "Colonnes",
        row,
        under,
        value,
    };
    fill(
        &book,
        &[
            column("Il est content d’y aller", "Autre code", "REL-1-FAM-1"),
            column("Il s’y ennuie", "Autre code", "REL-1-FAM-2"),
            column("Il s’y ennuie", "Sens inversé", "oui"),
        ],
    );
    // Columns are said: now her words are asked, once for all questions of the same scale.
    let (exit, said) = atelier.json(&import);
    assert_eq!(exit, 1, "{said}");
    let unknown = of_code(&said, "VAL-401");
    assert!(!unknown.is_empty(), "{said}");
    for one in &unknown {
        assert!(one["remede"].to_string().contains(".xlsx"), "{one}");
    }
    let words: Vec<String> = (cells(&book, "Réponses").into_iter().skip(HEADINGS + 1))
        .map(|row| row[1].clone())
        .collect();
    assert_eq!(words, ["A1", "A2", "A3", "A4"]);
    let worth = |row, value| Choice {
        sheet: "Réponses",
        row,
        under: "Vaut",
        value,
    };
    fill(
        &book,
        &[
            worth("A1", "4"),
            worth("A2", "3"),
            worth("A3", "2"),
            worth("A4", "1"),
        ],
    );
    let (exit, said) = atelier.json(&import);
    assert_eq!(exit, 0, "{said}");
    assert_eq!(stored(&atelier, "REL-1-FAM-1"), ["1", "3", "4", "4"]);
    // A4 is worth 1, and this question goes the other way.
    assert_eq!(stored(&atelier, "REL-1-FAM-2"), ["1", "3", "4", "4"]);
}

#[test]
fn the_nearest_elements_stand_beside_her_words_and_one_is_accepted() {
    let atelier = Atelier::blank();
    let label = "Je sais ce que mon enfant mange à midi";
    let file = format!("Structure;{label} chaque jour;Note à moi\nR01;4;\nR01;3;\n");
    let path = atelier.write("avis.csv", file.as_bytes());
    let import = ["importer", &path, "--campagne", "C1", "--source", "FAM"];
    assert_eq!(atelier.json(&import).0, 1);
    let book = workbook(&atelier);
    let rows = cells(&book, "Colonnes");
    let row = rows
        .iter()
        .find(|r| r[0].starts_with(label))
        .expect("her words");
    let near: Vec<&String> = row[1..4]
        .iter()
        .filter(|text| text.contains(" — "))
        .collect();
    assert!(!near.is_empty(), "{row:?}");
    let heading = row[0].clone();
    let choose = |value| {
        let choice = Choice {
            sheet: "Colonnes",
            row: &heading,
            under: "Accepter",
            value,
        };
        fill(&book, &[choice]);
    };
    choose("1");
    let code = near[0].split(" — ").next().expect("a code").to_owned();
    let (exit, said) = atelier.json(&import);
    assert_eq!(exit, 0, "{said}");
    assert_eq!(stored(&atelier, &code), ["3", "4"]);

    // Two answers that contradict each other are refused with their cell.
    let both = Choice {
        sheet: "Colonnes",
        row: &heading,
        under: "Autre code",
        value: "REL-1-FAM-9",
    };
    fill(&book, &[both]);
    let other = atelier.write("avis2.csv", file.replace("R01;4", "R01;2").as_bytes());
    let said = atelier.run(&["importer", &other, "--campagne", "C1", "--source", "FAM"]);
    assert_eq!(said.code, 3, "{}", said.stderr);
    assert!(said.stderr.contains("se contredisent"), "{}", said.stderr);
    assert!(said.stderr.contains('E'), "{}", said.stderr);
}

#[test]
fn a_workbook_that_comes_back_by_mail_is_put_in_its_place() {
    let atelier = Atelier::blank();
    let file = "Structure;Il est content d’y aller;Note à moi\nR01;4;\nR01;3;\n";
    let path = atelier.write("avis.csv", file.as_bytes());
    let import = ["importer", &path, "--campagne", "C1", "--source", "FAM"];
    assert_eq!(atelier.json(&import).0, 1);
    let book = workbook(&atelier);
    let name = book
        .file_stem()
        .expect("a name")
        .to_string_lossy()
        .into_owned();
    let mailed = atelier.root().join(format!("recu/{name} (1).xlsx"));
    std::fs::create_dir_all(mailed.parent().expect("a folder")).expect("a folder");
    std::fs::copy(&book, &mailed).expect("copied");
    fill(
        &mailed,
        &[Choice {
            sheet: "Colonnes",
            row: "Il est content d’y aller",
            under: "Autre code",
            value: "REL-1-FAM-1",
        }],
    );
    let mailed = mailed.to_string_lossy().into_owned();
    let simulated = ["importer", &mailed, "--campagne", "C1", "--simulation"];
    let before = std::fs::read(&book).expect("readable");
    assert_eq!(atelier.json(&simulated).0, 0);
    assert_eq!(std::fs::read(&book).expect("readable"), before);
    // With the file that waited for it, in one command.
    let together = [
        "importer",
        &mailed,
        &path,
        "--campagne",
        "C1",
        "--source",
        "FAM",
    ];
    let (exit, said) = atelier.json(&together);
    assert_eq!(exit, 0, "{said}");
    assert_eq!(of_code(&said, "ELE-312").len(), 1, "{said}");
    assert_eq!(stored(&atelier, "REL-1-FAM-1"), ["3", "4"]);

    // A damaged one is refused alone, like any other file.
    let damaged = atelier.write(&format!("recu/{name} (2).xlsx"), b"");
    let third = atelier.write("avis3.csv", file.replace("R01;4", "R01;2").as_bytes());
    let both = [
        "importer",
        &damaged,
        &third,
        "--campagne",
        "C1",
        "--source",
        "FAM",
    ];
    let (exit, said) = atelier.json(&both);
    assert_eq!(exit, 1, "{said}");
    assert_eq!(of_code(&said, "FIC-101").len(), 1, "{said}");
    assert!(!said["resultat"]["import"].is_null(), "{said}");

    // Of a form that nobody here has met, it is refused.
    let elsewhere = Atelier::blank();
    let said = elsewhere.run(&["importer", &mailed, "--campagne", "C1"]);
    assert_eq!(said.code, 3, "{}", said.stderr);
    assert!(said.stderr.contains("ne connaît pas"), "{}", said.stderr);
}

#[test]
fn a_table_of_attendance_in_her_words_enters_once_she_agreed() {
    let atelier = Atelier::blank();
    let file = "Lieu d’accueil;Jour;Créneau;Moins de 6;6 ans et +;Nb anim.;dont BAFA\n\
        R01;04/05/2026;Matin 7h30–8h30;6;9;2;1\n\
        R01;04/05/2026;Soir 16h30–18h30;8;10;2;1\n";
    let path = atelier.write("presences.csv", file.as_bytes());
    let import = ["importer", &path, "--campagne", "C1"];
    let (exit, said) = atelier.json(&import);
    assert_eq!(exit, 1, "{said}");
    let near = of_code(&said, "ELE-306");
    assert!(near.len() >= 4, "{said}");
    let book = workbook(&atelier);
    let rows = cells(&book, "Colonnes");
    // « Jour » and « Nb anim. » are known by themselves.
    let headings = ["Lieu d’accueil", "Moins de 6", "6 ans et +", "dont BAFA"];
    let column = |row| Choice {
        sheet: "Colonnes",
        row,
        under: "Accepter",
        value: "1",
    };
    assert!(
        rows.iter()
            .any(|r| r[0] == "Moins de 6" && r[1] == "presents_moins6"),
        "{rows:?}"
    );
    let words = cells(&book, "Réponses");
    assert!(
        words
            .iter()
            .any(|r| r[1].starts_with("Matin") && r[2] == "periscolaire"),
        "{words:?}"
    );
    let mut choices: Vec<Choice> = headings.into_iter().map(column).collect();
    choices.extend(["Matin 7h30–8h30", "Soir 16h30–18h30"].map(|row| Choice {
        sheet: "Réponses",
        row,
        under: "Vaut",
        value: "periscolaire",
    }));
    fill(&book, &choices);
    let (exit, said) = atelier.json(&import);
    assert_eq!(exit, 0, "{said}");
    assert!(of_code(&said, "VAL-409").is_empty(), "{said}");
    assert_eq!(stored(&atelier, "presents_moins6"), ["6", "8"]);
    assert_eq!(stored(&atelier, "duree_h"), ["1", "2"]);
    assert_eq!(stored(&atelier, "temps"), ["periscolaire", "periscolaire"]);
}

/// Three sections said to be the under-sixes would count for one of them: ten children instead of thirty.
#[test]
fn groups_counted_apart_are_not_one_measure() {
    let atelier = Atelier::blank();
    let file = "Lieu d’accueil;Jour;Créneau;Petite section;Moyenne section;Grande section;6 ans et +;Nb anim.\n\
        R01;04/05/2026;Soir 16h30–18h30;10;10;10;0;1\n";
    let path = atelier.write("presences.csv", file.as_bytes());
    let import = ["importer", &path, "--campagne", "C1"];
    let (exit, said) = atelier.json(&import);
    assert_eq!(exit, 1, "{said}");
    let book = workbook(&atelier);
    let choice = |row, value| Choice {
        sheet: "Colonnes",
        row,
        under: "Accepter",
        value,
    };
    let sections = ["Petite section", "Moyenne section", "Grande section"];
    let near = ["Lieu d’accueil", "6 ans et +"];
    let mut choices: Vec<Choice> = near.map(|row| choice(row, "1")).into();
    choices.extend(sections.map(|row| choice(row, "presents_moins6")));
    choices.push(Choice {
        sheet: "Réponses",
        row: "Soir 16h30–18h30",
        under: "Vaut",
        value: "periscolaire",
    });
    fill(&book, &choices);
    let (exit, said) = atelier.json(&import);
    assert_eq!(exit, 1, "{said}");
    let repeated = of_code(&said, "ELE-311");
    let message = repeated[0]["message"].as_str().expect("a message");
    assert!(sections.iter().all(|s| message.contains(s)), "{message}");
    assert!(stored(&atelier, "presents_moins6").is_empty());
}
