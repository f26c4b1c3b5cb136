//! One test a kind of fault that used to enter without a word.

use serde_json::Value;

use super::workbooks::{TextSheet, read, written};
use crate::atelier::Atelier;
use crate::fixtures::form;
use observatoire::vocabulary::referentiel::SourceCode;

const CODES: [&str; 4] = ["REL-1-OBS-1", "REL-1-OBS-2", "REL-2-OBS-1", "REL-2-OBS-2"];

/// A grid made by hand: headings, then a line per code; who and when above.
fn grid(headings: &[&str], lines: &[&[&str]]) -> TextSheet {
    let mut rows: Vec<&[&str]> = vec![
        &["Grille d’observation"],
        &["Structure :", "R01", "", "Visite :", "1"],
        &["Date :", "04/05/2026", "", "Observateur :", "O1"],
        &[],
        headings,
    ];
    rows.extend(lines);
    TextSheet::of("Feuil1", &rows)
}

struct Imported {
    exit: i32,
    said: Value,
    /// « élément=valeur (commentaire) », sorted.
    notes: Vec<String>,
}

impl Imported {
    fn codes(&self) -> Vec<&str> {
        let all = self.said["diagnostics"].as_array().expect("diagnostics");
        all.iter().filter_map(|d| d["code"].as_str()).collect()
    }

    /// The diagnostic of a code.
    fn says(&self, code: &str) -> &Value {
        let all = self.said["diagnostics"].as_array().expect("diagnostics");
        let found = all.iter().find(|d| d["code"] == code);
        found.unwrap_or_else(|| panic!("{code} in {:#}", self.said))
    }
}

/// The answers of the store: visit, élément, value, comment.
fn notes(atelier: &Atelier) -> Vec<String> {
    let table = atelier.run(&["exporter", "observations"]).stdout;
    let mut reader = csv::Reader::from_reader(table.trim_start_matches('\u{feff}').as_bytes());
    let names = reader.headers().expect("headings").clone();
    let at = |name: &str| names.iter().position(|n| n == name).expect(name);
    let columns = ["visite", "element", "valeur_brute", "commentaire", "statut"].map(at);
    let rows = reader.records().flatten().filter_map(|r| {
        let [visit, element, raw, comment, statut] = columns.map(|c| r[c].to_owned());
        let comment = if comment.is_empty() {
            comment
        } else {
            format!(" ({comment})")
        };
        (statut != "vide").then(|| format!("{visit} {element}={raw}{comment}"))
    });
    let mut rows: Vec<String> = rows.collect();
    rows.sort();
    rows
}

fn import_with(name: &str, bytes: &[u8], more: &[&str]) -> (Atelier, Imported) {
    let atelier = Atelier::blank();
    let path = atelier.write(&format!("reçus/{name}"), bytes);
    let mut all = vec!["importer", path.as_str(), "--campagne", "C1"];
    all.extend(more);
    let (exit, said) = atelier.json(&all);
    let notes = notes(&atelier);
    (atelier, Imported { exit, said, notes })
}

fn import(name: &str, bytes: &[u8]) -> Imported {
    import_with(name, bytes, &[]).1
}

fn import_grid(headings: &[&str], lines: &[&[&str]]) -> Imported {
    import("grille.xlsx", &written(&[grid(headings, lines)]))
}

const NOTED: [&str; 4] = [
    "1 REL-1-OBS-1=4",
    "1 REL-1-OBS-2=3",
    "1 REL-2-OBS-1=2",
    "1 REL-2-OBS-2=1",
];

fn noted() -> Vec<Vec<&'static str>> {
    let notes = ["4", "3", "2", "1"];
    let line =
        |(code, note): (&&'static str, &'static str)| vec![*code, "Une phrase de la grille", note];
    CODES.iter().zip(notes).map(line).collect()
}

fn slices<'a>(lines: &'a [Vec<&'a str>]) -> Vec<&'a [&'a str]> {
    lines.iter().map(Vec::as_slice).collect()
}

#[test]
fn notes_under_an_unknown_title_are_asked_about_and_never_blank() {
    let lines = noted();
    for title in ["Ma note", "Cote", "Valeur", "Acquis ?", "date", ""] {
        let found = import_grid(&["Code", "Élément", title, "Commentaire"], &slices(&lines));
        assert_eq!(found.exit, 1, "{title}: {:#}", found.said);
        assert_eq!(found.notes, [""; 0], "{title}");
        let message = found.says("FIC-111")["message"]
            .as_str()
            .expect("a message");
        assert!(message.contains("« Élément »"), "{message}");
        let asked = found.says("ELE-309");
        assert_eq!(asked["cellule"], "C5", "{title}: {asked:#}");
    }
    let found = import_grid(&["Code", "Élément", "Note", "Commentaire"], &slices(&lines));
    assert_eq!(
        (found.exit, found.notes),
        (0, NOTED.map(str::to_owned).to_vec())
    );
}

/// The remedy leads somewhere: the title is said to be the note, once.
#[test]
fn a_person_says_which_column_holds_the_notes() {
    let lines = noted();
    let bytes = written(&[grid(&["Code", "Élément", "Ma note"], &slices(&lines))]);
    let (atelier, found) = import_with("grille.xlsx", &bytes, &[]);
    let remedy = found.says("ELE-309")["remede"].as_str().expect("a remedy");
    let named = remedy
        .split_whitespace()
        .find(|w| w.contains("grids/"))
        .expect("a file");
    let path = atelier.root().join(named.trim_end_matches('.'));
    let text = std::fs::read_to_string(&path).expect("it was written");
    let said = text.replace("vers = \"ignorer\"", "vers = \"note\"");
    let said = said.replace("confirme = false", "confirme = true");
    std::fs::write(&path, said).expect("written");
    let grid = atelier.root().join("reçus/grille.xlsx");
    let (exit, said) = atelier.json(&["importer", &grid.to_string_lossy(), "--campagne", "C1"]);
    assert_eq!(exit, 0, "{said:#}");
    assert_eq!(notes(&atelier), NOTED);
}

#[test]
fn crosses_under_a_modality_worded_otherwise_are_read_or_asked_about() {
    let cross = |at: usize| -> Vec<&'static str> {
        let mut line = vec!["", "Une phrase", "", "", "", "", "", ""];
        line[2 + at] = "x";
        line
    };
    let lines = |places: [usize; 4]| -> Vec<Vec<&'static str>> {
        let each = CODES.iter().zip(places);
        each.map(|(code, place)| {
            let mut line = cross(place);
            line[0] = *code;
            line
        })
        .collect()
    };
    let worded = lines([3, 2, 1, 0]);
    let heads = [
        "Code",
        "Élément",
        "1",
        "2",
        "3",
        "4 (maîtrisé)",
        "Commentaires",
    ];
    let found = import_grid(&heads, &slices(&worded));
    assert_eq!(
        (found.exit, found.notes),
        (0, NOTED.map(str::to_owned).to_vec())
    );
    let unseen = lines([3, 2, 4, 0]);
    let heads = [
        "Code",
        "Élément",
        "1",
        "2",
        "3",
        "4",
        "Pas vu",
        "Commentaires",
    ];
    let found = import_grid(&heads, &slices(&unseen));
    assert_eq!(found.exit, 1, "{:#}", found.said);
    assert_eq!(found.says("ELE-309")["cellule"], "G5");
    // From the best to the worst, a column of comments beside, filled or not.
    let heads = [
        "Code",
        "Élément",
        "Très bien",
        "Bien",
        "Moyen",
        "Insuffisant",
        "Commentaires",
    ];
    let mut reversed = lines([0, 1, 2, 3]);
    for comment in ["", "vu"] {
        reversed[0][6] = comment;
        let found = import_grid(&heads, &slices(&reversed));
        assert_eq!(found.exit, 1, "{:#}", found.said);
        let message = found.says("ELE-306")["message"]
            .as_str()
            .expect("a message");
        assert!(message.contains("4, 3, 2, 1"), "{message}");
    }
}

/// The program's own form with another column beside the notes, or the comments.
fn own_with(col: usize, title: &str, content: &str) -> Vec<u8> {
    let mut sheets = read(&form(
        SourceCode::Obs,
        "1",
        "O1",
        &[("REL-1-OBS-1", "4", "vu")],
    ));
    for (r, row) in sheets[0].rows.iter_mut().enumerate() {
        let text = match r {
            9 => title,
            10.. => content,
            _ => "",
        };
        if row.len() >= col {
            row.insert(col, text.to_owned());
        }
    }
    written(&sheets)
}

#[test]
fn the_very_title_wins_over_one_that_begins_like_it() {
    for (col, title, content) in [
        (4, "Note de la visite précédente", "1"),
        (5, "Commentaire 2025", "ancien"),
        (5, "Note 2025", "1"),
    ] {
        let bytes = own_with(col, title, content);
        let found = import("grille.xlsx", &bytes);
        assert_eq!(found.exit, 1, "{title}: {:#}", found.said);
        assert!(found.says("ELE-309")["message"].to_string().contains(title));
        let (_, found) = import_with("grille.xlsx", &bytes, &["--ignorer", title]);
        assert_eq!(found.exit, 0, "{title}: {:#}", found.said);
        assert!(
            found.notes.contains(&"1 REL-1-OBS-1=4 (vu)".to_owned()),
            "{:?}",
            found.notes
        );
        let three = found.notes.iter().filter(|n| n.ends_with("=3")).count();
        assert_eq!(three + 1, found.notes.len(), "{title}: {:?}", found.notes);
    }
    let found = import("grille.xlsx", &own_with(4, "Note", "1"));
    assert_eq!(found.exit, 1);
    assert!(found.codes().contains(&"ELE-311"), "{:?}", found.codes());
}

#[test]
fn a_copy_of_the_grid_is_another_visit_or_a_conflict_and_never_lost() {
    for name in ["Grille (2)", "Visite 2"] {
        let mut sheets = read(&form(SourceCode::Obs, "1", "O1", &[]));
        let mut copy = sheets[0].clone();
        name.clone_into(&mut copy.name);
        copy.set(10, 4, "1");
        sheets.push(copy);
        let found = import("grille.xlsx", &written(&sheets));
        assert_eq!(found.exit, 1, "the same visit twice: {:#}", found.said);
        assert!(found.codes().contains(&"VIS-501"), "{:?}", found.codes());
        sheets.last_mut().expect("the copy").set(5, 1, "2");
        let found = import("grille.xlsx", &written(&sheets));
        assert_eq!(found.exit, 0, "{:#}", found.said);
        let of = |visit: &str| found.notes.iter().filter(|n| n.starts_with(visit)).count();
        assert_eq!(of("1 "), of("2 "), "{:?}", found.notes);
        assert!(of("2 ") > 20);
    }
}

#[test]
fn a_sheet_of_which_nothing_is_read_is_named() {
    let lines = noted();
    let notes = TextSheet::of(
        "Mes remarques",
        &[&["À revoir"], &["La cour", "", "trop petite"]],
    );
    let sheets = [grid(&["Code", "Élément", "Note"], &slices(&lines)), notes];
    let found = import("grille.xlsx", &written(&sheets));
    assert_eq!(found.exit, 0, "{:#}", found.said);
    let said = found.says("FIC-114");
    assert_eq!(said["feuille"], "Mes remarques");
    assert!(
        said["message"].to_string().contains("3 cellules"),
        "{said:#}"
    );
}

#[test]
fn a_note_on_a_line_that_asks_nothing_is_asked_about_and_a_total_is_not() {
    let mut lines = noted();
    lines.push(vec!["", "Une phrase ajoutée à la main", "2"]);
    let heads = ["Code", "Élément", "Note"];
    let found = import_grid(&heads, &slices(&lines));
    assert_eq!(found.exit, 1, "{:#}", found.said);
    assert_eq!(found.says("ELE-310")["cellule"], "C10");
    *lines.last_mut().expect("a line") = vec!["", "Moyenne", "2,5"];
    let found = import_grid(&heads, &slices(&lines));
    assert_eq!(
        (found.exit, found.notes),
        (0, NOTED.map(str::to_owned).to_vec())
    );
    // In the program's own form, too.
    let mut sheets = read(&form(SourceCode::Obs, "1", "O1", &[]));
    let last = sheets[0].rows.len();
    sheets[0].set(last, 4, "2");
    let found = import("grille.xlsx", &written(&sheets));
    assert!(found.codes().contains(&"ELE-310"), "{:?}", found.codes());
}

#[test]
fn a_merged_note_holds_for_its_lines() {
    let lines = noted();
    let mut sheet = grid(&["Code", "Élément", "Note"], &slices(&lines));
    sheet.set(6, 2, "");
    sheet.merges.push((5, 6, 2));
    let found = import("grille.xlsx", &written(&[sheet]));
    assert_eq!(found.exit, 0, "{:#}", found.said);
    assert_eq!(found.notes[..2], ["1 REL-1-OBS-1=4", "1 REL-1-OBS-2=4"]);
    let mut sheets = read(&form(SourceCode::Obs, "1", "O1", &[]));
    sheets[0].set(10, 4, "1");
    sheets[0].set(11, 4, "");
    sheets[0].merges.push((10, 11, 4));
    let found = import("grille.xlsx", &written(&sheets));
    let ones = found.notes.iter().filter(|n| n.ends_with("=1")).count();
    assert_eq!((found.exit, ones), (0, 2), "{:?}", found.notes);
}

const FAMILIES: &[&str] = &["structure", "REL-1-FAM-1", "ENV-4-FAM-1"];

#[test]
fn sheets_of_one_survey_go_on_counting_their_respondents() {
    let first = TextSheet::of(
        "Maternelle",
        &[FAMILIES, &["R01", "1", "2"], &["R01", "3", "3"]],
    );
    let second = TextSheet::of(
        "Élémentaire",
        &[FAMILIES, &["R01", "4", "4"], &["R01", "3", "3"]],
    );
    let found = import("familles.xlsx", &written(&[first, second]));
    assert_eq!(found.exit, 0, "{:#}", found.said);
    assert_eq!(found.notes.len(), 8, "{:?}", found.notes);
}

#[test]
fn a_code_and_a_name_of_two_structures_keep_the_file_out() {
    let mut sheets = read(&form(SourceCode::Obs, "1", "O1", &[]));
    sheets[0].set(3, 1, "R02");
    let found = import("grille.xlsx", &written(&sheets));
    assert_eq!(found.exit, 1, "{:#}", found.said);
    assert_eq!(found.says("STR-206")["cellule"], "B5");
    sheets[0].set(4, 1, "ALSH Les Colombes");
    let found = import("grille.xlsx", &written(&sheets));
    assert_eq!(found.exit, 0, "{:#}", found.said);
    assert_eq!(found.says("STR-207")["cellule"], "B5");
}

#[test]
fn a_survey_of_staff_is_no_table_of_posts() {
    let text = "\"id\";\"submitdate\";\"lastpage\";\"STRUCTURE\";\"FONCTION\";\"DIPLOME\";\"EQP[PRO2EQP1]\"\n\
        \"1\";\"2026-05-03 10:00:00\";\"1\";\"R01\";\"animation\";\"BAFA\";\"3\"\n\
        \"2\";\"2026-05-03 10:00:00\";\"1\";\"R02\";\"animation\";\"BAFA\";\"2\"\n";
    let found = import("équipe.csv", text.as_bytes());
    assert_eq!(found.said["resultat"]["fichiers"][0]["outil"], "LimeSurvey");
    // What else was asked waits for one answer.
    let (_, found) = import_with("équipe.csv", text.as_bytes(), &["--ignorer", "toutes"]);
    assert_eq!(found.exit, 0, "{:#}", found.said);
    assert_eq!(found.notes.len(), 2, "{:?}", found.notes);
    let text = "structure;familles;REL-1-FAM-1;ENV-4-FAM-1\nR01;oui;3;2\nR02;oui;1;4\n";
    let (_, found) = import_with("familles.csv", text.as_bytes(), &["--ignorer", "familles"]);
    assert_eq!((found.exit, found.notes.len()), (0, 4), "{:#}", found.said);
}

#[test]
fn lines_of_totals_and_merged_structures_are_understood() {
    let text = "structure;REL-1-FAM-1;ENV-4-FAM-1\nR01;3;2\nR02;1;4\nMoyenne;2,0;3,0\nTOTAL;4;6\n";
    let found = import("familles.csv", text.as_bytes());
    assert_eq!((found.exit, found.notes.len()), (0, 4), "{:#}", found.said);
    let lines = found.codes().iter().filter(|c| **c == "VAL-407").count();
    assert_eq!(lines, 2);
    let mut sheet = TextSheet::of("Familles", &[FAMILIES, &["R01", "3", "2"], &["", "1", "4"]]);
    sheet.merges.push((1, 2, 0));
    let found = import("familles.xlsx", &written(&[sheet]));
    assert_eq!((found.exit, found.notes.len()), (0, 4), "{:#}", found.said);
}

#[test]
fn files_of_a_folder_that_are_left_are_counted_by_kind() {
    let atelier = Atelier::blank();
    let lines = noted();
    let grid = written(&[grid(&["Code", "Élément", "Note"], &slices(&lines))]);
    for (name, bytes) in [
        ("Grille R01.xltx", grid.as_slice()),
        ("compte rendu.docx", b"x"),
        ("affiche.pdf", b"x"),
        ("plan.pdf", b"x"),
        ("réponses", b"a;b"),
        ("._Grille R01.xlsx", b"x"),
    ] {
        atelier.write(&format!("reçus/{name}"), bytes);
    }
    let folder = atelier.root().join("reçus");
    let (exit, said) = atelier.json(&["importer", &folder.to_string_lossy(), "--campagne", "C1"]);
    assert_eq!(exit, 0, "{said:#}");
    let all = said["diagnostics"].as_array().expect("diagnostics");
    let left = all.iter().find(|d| d["code"] == "FIC-115").expect("said");
    let message = left["message"].as_str().expect("a message");
    for kind in [
        "5 fichiers",
        "1 .docx",
        "2 .pdf",
        "1 sans extension",
        "1 fichier du système",
    ] {
        assert!(message.contains(kind), "{kind} in {message}");
    }
    assert_eq!(notes(&atelier), NOTED);
}
