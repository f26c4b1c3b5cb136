//! One test a kind of fault that used to enter without a word.

use serde_json::Value;

use super::workbooks::{TextSheet, read, written};
use crate::atelier::{Atelier, worth};
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
    let columns = [
        "visite",
        "element",
        "valeur_brute",
        "commentaire",
        "statut",
        "source",
        "niveau",
    ]
    .map(at);
    let rows = reader.records().flatten().filter_map(|r| {
        let [visit, element, raw, comment, statut, source, level] =
            columns.map(|c| r[c].to_owned());
        let raw = worth(&source, &level, &statut, &raw);
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
    // A space before a unit is unbreakable.
    let said = said.to_string().replace('\u{a0}', " ");
    let said = serde_json::from_str(&said).expect("JSON");
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
    assert!(path.is_file(), "{named}");
    let path = path.with_extension("toml");
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
        // A sheet that says another visit than its cell is asked about first.
        let code = if name == "Visite 2" {
            "VIS-517"
        } else {
            "VIS-501"
        };
        assert!(found.codes().contains(&code), "{:?}", found.codes());
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
    // The same answers again may be a copy, or people who answered alike: both enter, and it is said.
    let rows: &[&[&str]] = &[FAMILIES, &["R01", "1", "2"], &["R01", "3", "3"]];
    let sheets = ["Maternelle", "Élémentaire"].map(|name| TextSheet::of(name, rows));
    let found = import("familles.xlsx", &written(&sheets));
    assert_eq!((found.exit, found.notes.len()), (0, 8), "{:#}", found.said);
    assert_eq!(found.says("VIS-508")["feuille"], "Élémentaire");
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
    let message = left["message"]
        .as_str()
        .expect("a message")
        .replace('\u{a0}', " ");
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

#[test]
fn a_sign_a_word_or_a_date_beside_a_note_is_refused_with_its_cause() {
    for (written, cause) in [
        ("3-", "un signe accompagne la note"),
        ("-1", "un signe accompagne la note"),
        ("–4", "un signe accompagne la note"),
        ("_3", "un signe accompagne la note"),
        ("3 presque", "écrivez la note seule"),
        ("2026-04-03", "changé la note en date"),
    ] {
        let mut lines = CODES.map(|code| [code, "Une phrase", "3"]);
        lines[0][2] = written;
        let lines: Vec<&[&str]> = lines.iter().map(<[&str; 3]>::as_slice).collect();
        let found = import_grid(&["Code", "Élément", "Note"], &lines);
        assert_eq!(found.exit, 1, "{written}: {:#}", found.said);
        let said = found.says("VAL-401")["message"].to_string();
        assert!(said.contains(cause), "{written}: {said}");
        let text = format!("structure;REL-1-FAM-1;ENV-4-FAM-1\nR01;{written};3\n");
        let found = import("familles.csv", text.as_bytes());
        assert!(
            found.says("VAL-401")["message"].to_string().contains(cause),
            "{written}"
        );
    }
}

/// « 3,0 », « 3.0 » and « NO. » read alike in our form, in a grid and in a table.
#[test]
fn one_reader_of_values_serves_every_source() {
    for (written, value) in [
        ("3,0", "3"),
        ("3.0", "3"),
        (" 3 ", "3"),
        ("NO.", "NO"),
        ("n.o.", "NO"),
    ] {
        let statut = |notes: &[String], element: &str| notes.iter().any(|n| n.contains(element));
        let mut lines = CODES.map(|code| [code, "Une phrase", "4"]);
        lines[0][2] = written;
        let lines: Vec<&[&str]> = lines.iter().map(<[&str; 3]>::as_slice).collect();
        let text = |rows: &[&[&str]]| written_as_text(rows);
        let mut rows: Vec<&[&str]> = vec![
            &["Structure :", "R01", "Visite :", "1"],
            &["Observateur :", "O1"],
            &["Code", "Élément", "Note"],
        ];
        rows.extend(&lines);
        let found = import("grille.xlsx", &text(&rows));
        assert_eq!(found.exit, 0, "{written}: {:#}", found.said);
        assert!(
            statut(&found.notes, "REL-1-OBS-1"),
            "{written}: {:?}",
            found.notes
        );
        let bytes = form(SourceCode::Obs, "1", "O1", &[("REL-1-OBS-1", written, "")]);
        let found = import("grille.xlsx", &bytes);
        assert_eq!(found.exit, 0, "{written} for {value}: {:#}", found.said);
    }
}

/// The same cells, each of them text.
fn written_as_text(rows: &[&[&str]]) -> Vec<u8> {
    crate::fixtures::sheet("Feuil1", rows)
}

#[test]
fn formulas_that_nobody_computed_are_told_and_never_blank() {
    let mut made = rust_xlsxwriter::Workbook::new();
    let sheet = made.add_worksheet();
    let blank = rust_xlsxwriter::Format::new().set_bold();
    for (r, row) in [["Structure :", "R01"], ["Observateur :", "O1"]]
        .iter()
        .enumerate()
    {
        sheet.write_row(r as u32, 0, *row).expect("a row");
    }
    sheet
        .write_row(3, 0, ["Code", "Élément", "Note"])
        .expect("a row");
    for (i, code) in CODES.iter().enumerate() {
        let row = 4 + i as u32;
        sheet
            .write_row(row, 0, [code, "Une phrase"])
            .expect("a row");
        sheet.write_number(row, 2, 3).expect("a note");
        sheet.write_blank(row, 3, &blank).expect("a blank");
    }
    let bytes = made.save_to_buffer().expect("a workbook");
    let bare = without_value(&bytes, "C6");
    let found = import("grille.xlsx", &bytes);
    assert_eq!(found.exit, 0, "{:#}", found.said);
    let found = import("grille.xlsx", &bare);
    assert_eq!(found.exit, 1, "{:#}", found.said);
    let said = found.says("VAL-401");
    assert_eq!(said["cellule"], "C6");
    assert!(
        said["message"].to_string().contains("laissez-le calculer"),
        "{said:#}"
    );
}

/// The same workbook with, in place of a note, a formula and no value: as programs write that compute nothing.
fn without_value(bytes: &[u8], cell: &str) -> Vec<u8> {
    use std::io::{Cursor, Read, Write};
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).expect("an archive");
    let mut made = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for i in 0..archive.len() {
        let mut part = archive.by_index(i).expect("a part");
        let name = part.name().expect("a name").into_owned();
        let mut content = String::new();
        part.read_to_string(&mut content).expect("text");
        if name.ends_with("sheet1.xml") {
            let noted = format!("<c r=\"{cell}\"><v>3</v></c>");
            assert!(content.contains(&noted), "{content}");
            content = content.replace(&noted, &format!("<c r=\"{cell}\"><f>1+2</f></c>"));
        }
        let options = zip::write::SimpleFileOptions::default();
        made.start_file(name, options).expect("a part");
        made.write_all(content.as_bytes()).expect("written");
    }
    made.finish().expect("an archive").into_inner()
}

#[test]
fn comments_laid_on_cells_are_read_without_their_author() {
    let mut made = rust_xlsxwriter::Workbook::new();
    let sheet = made.add_worksheet();
    for (r, row) in [["Structure :", "R01"], ["Observateur :", "O1"]]
        .iter()
        .enumerate()
    {
        sheet.write_row(r as u32, 0, *row).expect("a row");
    }
    sheet
        .write_row(3, 0, ["Code", "Élément", "Note"])
        .expect("a row");
    for (i, code) in CODES.iter().enumerate() {
        let row = 4 + i as u32;
        sheet
            .write_row(row, 0, [code, "Une phrase"])
            .expect("a row");
        sheet.write_number(row, 2, 3).expect("a note");
    }
    let note = rust_xlsxwriter::Note::new("vu au départ").set_author("Jeanne Martin");
    sheet.insert_note(4, 2, &note).expect("a note");
    let above = rust_xlsxwriter::Note::new("à revoir");
    sheet.insert_note(0, 0, &above).expect("a note");
    let found = import("grille.xlsx", &made.save_to_buffer().expect("a workbook"));
    assert_eq!(found.exit, 0, "{:#}", found.said);
    assert_eq!(found.notes[0], "1 REL-1-OBS-1=3 (vu au départ)");
    assert!(
        !found.said.to_string().contains("Jeanne"),
        "{:#}",
        found.said
    );
    let said = found.says("ELE-304")["message"].to_string();
    assert!(said.contains("1 commentaire posé"), "{said}");
}

#[test]
fn tools_are_told_apart_and_say_what_they_leave_out() {
    // The questions of SurveyMonkey stand above « Response »: two surveys are two forms.
    let survey = |questions: &str, answers: &str| {
        let answers = answers.repeat(2);
        format!(
            "Respondent ID,Collector ID,Start Date,End Date,IP Address,{questions}\n,,,,,Response,Response,Response\n{answers}"
        )
    };
    let labels = ["REL-1-FAM-1", "ENV-4-FAM-1"].map(crate::layouts::label);
    let [first, second] = &labels;
    let atelier = Atelier::blank();
    let other = survey(
        "Votre commune ?,Votre âge ?,Comment venez-vous ?",
        "1,9,05/13/2026,05/13/2026,,X,30,à pied\n",
    );
    let ours = survey(
        &format!("Votre accueil,\"{first}\",\"{second}\""),
        "1,9,05/13/2026,05/13/2026,,R01,3,2\n",
    );
    let ours = ours.replacen("1,9,", "2,9,", 1);
    let other = atelier.write("reçus/autre.csv", other.as_bytes());
    let ours = atelier.write("reçus/familles.csv", ours.as_bytes());
    assert_eq!(atelier.json(&["importer", &other, "--campagne", "C1"]).0, 1);
    let proposals = atelier.root().join("grids/correspondances");
    let text: String = crate::atelier::files(&proposals)
        .iter()
        .filter(|n| crate::atelier::is(n, "toml"))
        .map(|n| std::fs::read_to_string(proposals.join(n)).expect("readable"))
        .collect();
    assert!(
        text.contains("Comment venez-vous ?") && !text.contains("\"Response\""),
        "{text}"
    );
    let (exit, said) = atelier.json(&["importer", &ours, "--campagne", "C1"]);
    assert_eq!((exit, notes(&atelier).len()), (0, 4), "{said:#}");
    // Nextcloud words a grid « Question (ligne) ».
    let text = format!(
        "\"Identifiant utilisateur\",\"Nom d'affichage de l'utilisateur\",\"Horodatage\",\"Votre accueil\",\"Que pensez-vous de… ({first})\",\"Que pensez-vous de… ({second})\"\n\"\",\"Utilisateur anonyme\",\"2026-05-03T10:00:00+02:00\",\"R01\",\"Plutôt d’accord\",\"Ne sait pas\"\n"
    );
    let found = import("nextcloud.csv", text.as_bytes());
    assert_eq!((found.exit, found.notes.len()), (0, 2), "{:#}", found.said);
    let text = "\"start\";\"structure\";\"libre\";\"_id\";\"_uuid\";\"_submission_time\";\"_index\"\n\"2026-05-03T10:00:00.000+02:00\";\"R01\";\"merci\";\"100\";\"uuid-0\";\"2026-05-03T08:00:00\";\"1\"\n";
    let found = import("kobo.csv", text.as_bytes());
    let said = found.says("FIC-111")["message"].to_string();
    assert!(said.contains("exportez en XLSX"), "{:#}", found.said);
}
