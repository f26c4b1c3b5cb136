//! The sender's own workbook, sent back with what is wrong lit: nothing else of it changes, and it comes back as the
//! same file.

use std::collections::BTreeMap;
use std::io::{Cursor, Read};
use std::path::Path;

use calamine::{Reader, Xlsx};
use observatoire::vocabulary::referentiel::SourceCode;

use crate::atelier::Atelier;
use crate::fixtures::form;

/// Name of a part → its bytes.
fn parts(bytes: &[u8]) -> BTreeMap<String, Vec<u8>> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).expect("a zip");
    let mut all = BTreeMap::new();
    for rank in 0..archive.len() {
        let mut part = archive.by_index(rank).expect("a part");
        let name = part.name().expect("a name").into_owned();
        let mut bytes = Vec::new();
        part.read_to_end(&mut bytes).expect("readable");
        all.insert(name, bytes);
    }
    all
}

/// Sheet, cell → what it holds.
fn values(bytes: &[u8]) -> Vec<String> {
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes.to_vec())).expect("a workbook");
    let names = book.sheet_names();
    let sheets = names.iter().flat_map(|name| {
        let range = book.worksheet_range(name).expect("a sheet");
        let (top, left) = range.start().unwrap_or_default();
        let cells = range.used_cells();
        cells
            .map(|(row, col, value)| {
                format!(
                    "{name} {} {} {value:?}",
                    top as usize + row,
                    left as usize + col
                )
            })
            .collect::<Vec<String>>()
    });
    sheets.collect()
}

/// A grid with two notes that no scale knows.
fn faulty() -> Vec<u8> {
    form(
        SourceCode::Obs,
        "1",
        "O1",
        &[("REL-1-OBS-1", "7", ""), ("REL-1-OBS-2", "bof", "")],
    )
}

fn back(atelier: &Atelier, name: &str) -> Vec<u8> {
    std::fs::read(atelier.root().join("renvois").join(name)).expect("sent back")
}

#[test]
fn only_faulty_cells_change_and_their_notes_say_why() {
    let atelier = Atelier::blank();
    let sent = faulty();
    let path = atelier.write("reçus/Grille R01.xlsx", &sent);
    let dir = atelier.root().join("renvois").display().to_string();
    let words = ["importer", &path, "--campagne", "C1", "--renvoyer", &dir];
    let (code, told) = atelier.json(&words);
    assert_eq!(code, 1, "{told}");
    let file = &told["resultat"]["renvoi"]["fichiers"][0];
    assert_eq!(file["classeur"], "Grille R01 (à corriger).xlsx", "{told}");
    assert_eq!(file["cellules"], 2, "{told}");
    let lit = back(&atelier, "Grille R01 (à corriger).xlsx");
    assert_eq!(values(&sent), values(&lit));
    let (before, after) = (parts(&sent), parts(&lit));
    let mut changed: Vec<&str> = Vec::new();
    for (name, bytes) in &before {
        if after.get(name) != Some(bytes) {
            changed.push(name);
        }
    }
    let may_change = |name: &&str| {
        name.rsplit('.').next() == Some("rels")
            || name.starts_with("xl/worksheets/sheet")
            || ["[Content_Types].xml", "xl/styles.xml"].contains(name)
    };
    assert!(changed.iter().all(may_change), "{changed:?}");
    let notes: String = after
        .iter()
        .filter(|(name, _)| name.starts_with("xl/comments"))
        .map(|(_, bytes)| String::from_utf8_lossy(bytes).into_owned())
        .collect();
    assert!(
        notes.contains("À corriger (observatoire)") && notes.contains("« bof »"),
        "{notes}"
    );
    assert_eq!(notes.matches("<comment ").count(), 2, "{notes}");
    // The sheet is the same but for the styles of two cells and the drawing of notes.
    let sheet = after.iter().find(|(name, bytes)| {
        name.starts_with("xl/worksheets/sheet") && before.get(*name) != Some(bytes)
    });
    let (name, lit) = sheet.expect("a sheet changed");
    let was = String::from_utf8_lossy(&before[name]).into_owned();
    let is = String::from_utf8_lossy(lit).into_owned();
    let cells = |xml: &str| xml.matches("<c ").count();
    assert_eq!(cells(&was), cells(&is));
    assert!(is.contains("<legacyDrawing "), "{name}");
    assert!(was.contains("<dataValidations") && is.contains("<dataValidations"));
    // Sent once more: the same workbook stands there, and says so.
    let (_, told) = atelier.json(&words);
    assert_eq!(
        told["resultat"]["renvoi"]["fichiers"][0]["deja_la"], true,
        "{told}"
    );
}

#[test]
fn what_stands_in_the_folder_is_never_written_over() {
    let atelier = Atelier::blank();
    let path = atelier.write("reçus/Grille R01.xlsx", &faulty());
    let filled = atelier.write("renvois/Grille R01 (à corriger).xlsx", b"in hand");
    let dir = atelier.root().join("renvois").display().to_string();
    let words = [
        "importer",
        &path,
        "--campagne",
        "C1",
        "--renvoyer",
        &dir,
        "--simulation",
    ];
    let (_, told) = atelier.json(&words);
    let file = &told["resultat"]["renvoi"]["fichiers"][0];
    assert_eq!(file["classeur"], "Grille R01 (à corriger 2).xlsx", "{told}");
    assert_eq!(std::fs::read(filled).expect("there"), b"in hand");
}

#[test]
fn a_corrected_workbook_comes_back_as_the_same_file_and_its_notes_are_nobodys() {
    let atelier = Atelier::blank();
    let path = atelier.write("reçus/Grille R01.xlsx", &faulty());
    let dir = atelier.root().join("renvois").display().to_string();
    atelier.json(&["importer", &path, "--campagne", "C1", "--renvoyer", &dir]);
    // As a spreadsheet would save it: the notes stay, the two cells are right.
    let lit = back(&atelier, "Grille R01 (à corriger).xlsx");
    let right = form(
        SourceCode::Obs,
        "1",
        "O1",
        &[("REL-1-OBS-1", "2", ""), ("REL-1-OBS-2", "3", "")],
    );
    let corrected = with_values_of(&lit, &right);
    let name = "reçus/corrigés/Grille R01 (à corriger) (1).xlsx";
    let path = atelier.write(name, &corrected);
    let (code, told) = atelier.json(&["importer", &path, "--campagne", "C1"]);
    assert_eq!(code, 0, "{told}");
    let file = &told["resultat"]["fichiers"][0];
    assert_eq!(file["fichier"], "Grille R01.xlsx", "{told}");
    let said = told["diagnostics"].as_array().expect("remarks");
    let ours = said
        .iter()
        .filter(|d| d.to_string().contains("observatoire)"));
    assert_eq!(ours.count(), 0, "{told}");
}

/// The same workbook, in other bytes.
pub fn repacked(bytes: &[u8]) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in parts(bytes) {
        let options = zip::write::SimpleFileOptions::default();
        let options = options.compression_method(zip::CompressionMethod::Stored);
        writer.start_file(name, options).expect("a part");
        std::io::Write::write_all(&mut writer, &bytes).expect("written");
    }
    writer.finish().expect("a zip").into_inner()
}

/// A workbook whose strings and sheets hold what another's hold, its notes and looks kept.
fn with_values_of(lit: &[u8], right: &[u8]) -> Vec<u8> {
    let right = parts(right);
    let own = parts(lit);
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in own {
        let bytes = if name == "xl/sharedStrings.xml" {
            right[&name].clone()
        } else if name.starts_with("xl/worksheets/sheet") {
            let drawn = String::from_utf8_lossy(&bytes).into_owned();
            let drawing = drawn
                .split("<legacyDrawing")
                .nth(1)
                .and_then(|rest| rest.split("/>").next())
                .map(|rest| format!("<legacyDrawing{rest}/>"));
            let text = String::from_utf8_lossy(&right[&name]).into_owned();
            let at = ["<tableParts", "<extLst", "</worksheet>"];
            let at = at.iter().find_map(|mark| text.find(mark)).expect("an end");
            let drawing = drawing.filter(|_| !text.contains("<legacyDrawing"));
            format!(
                "{}{}{}",
                &text[..at],
                drawing.unwrap_or_default(),
                &text[at..]
            )
            .into_bytes()
        } else {
            bytes
        };
        let options = zip::write::SimpleFileOptions::default();
        writer.start_file(name, options).expect("a part");
        std::io::Write::write_all(&mut writer, &bytes).expect("written");
    }
    writer.finish().expect("a zip").into_inner()
}

#[test]
fn what_cannot_be_marked_is_said_file_by_file() {
    let atelier = Atelier::blank();
    let text = "structure,date,REL-1-FAM-1\nR01,2026-05-12,12\n";
    let path = atelier.write("reçus/familles.csv", text.as_bytes());
    let dir = atelier.root().join("renvois").display().to_string();
    let words = [
        "importer",
        &path,
        "--campagne",
        "C1",
        "--source",
        "FAM",
        "--renvoyer",
        &dir,
    ];
    let answer = atelier.run(&words);
    assert!(
        answer
            .stdout
            .contains("familles.csv : ne peut pas être marqué"),
        "{}",
        answer.stdout
    );
    assert!(answer.stdout.contains("--liste"), "{}", answer.stdout);
    assert!(!Path::new(&dir).exists());
}

/// A file that is in already is read again when it is to be sent back: what it asks about is lit all the same, and
/// nothing enters twice.
#[test]
fn a_file_that_entered_is_read_again_to_be_sent_back() {
    let atelier = Atelier::blank();
    let doubtful = [("REL-1-OBS-1", "3", "erreur : mettre 2")];
    let path = atelier.write(
        "reçus/Grille R01.xlsx",
        &form(SourceCode::Obs, "1", "O1", &doubtful),
    );
    let words = ["importer", &path, "--campagne", "C1"];
    let (code, told) = atelier.json(&words);
    assert!(code == 0 && told.to_string().contains("VAL-411"), "{told}");
    let (_, quiet) = atelier.json(&words);
    assert!(!quiet.to_string().contains("VAL-411"), "{quiet}");
    let dir = atelier.root().join("renvois").display().to_string();
    let (_, told) = atelier.json(&[&words[..], &["--renvoyer", &dir]].concat());
    let file = &told["resultat"]["renvoi"]["fichiers"][0];
    assert_eq!(file["cellules"], 1, "{told}");
    let lit = parts(&back(&atelier, "Grille R01 (à corriger).xlsx"));
    let notes: String = (lit.iter())
        .filter(|(name, _)| name.starts_with("xl/comments"))
        .map(|(_, bytes)| String::from_utf8_lossy(bytes).into_owned())
        .collect();
    assert!(notes.contains("À vérifier"), "{notes}");
    let (_, imports) = atelier.json(&["imports"]);
    assert_eq!(
        imports["resultat"].as_array().map(Vec::len),
        Some(1),
        "{imports}"
    );
}
