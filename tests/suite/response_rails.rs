//! Responses that nobody may have given, or that would count twice: asked before anything is written, and let in
//! by who says so.

use rust_xlsxwriter::Workbook;
use serde_json::Value;

use crate::atelier::Atelier;
use crate::layouts::{csv, label};

const ASKED: [&str; 5] = [
    "REL-1-FAM-1",
    "REL-1-FAM-2",
    "LIE-1-FAM-1",
    "LIE-1-FAM-2",
    "ENV-4-FAM-1",
];

fn atelier() -> Atelier {
    let atelier = Atelier::blank();
    let registry = "code;nom;type\nR01;Les Colombages;mixte\nR02;Jules Ferry;mixte\nR03;Le Bourg;mixte\nR04;La Vallée;mixte\n";
    atelier.write("data/structures.csv", registry.as_bytes());
    atelier
}

/// What so many families of an accueil answered, a draw a seed.
fn lot(place: &str, seed: usize, n: usize) -> Vec<Vec<String>> {
    // Drawn, the same each time (splitmix64).
    let level = |i: usize, k: usize| {
        let mut z = ((seed * 1_000 + i) * 10 + k) as u64;
        z = z.wrapping_add(1).wrapping_mul(0x9E37_79B9_7F4A_7C15);
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        (z ^ (z >> 31)) % 4 + 1
    };
    let line = |i: usize| (0..ASKED.len()).map(move |k| level(i, k).to_string());
    (0..n)
        .map(|i| std::iter::once(place.to_owned()).chain(line(i)).collect())
        .collect()
}

fn headings() -> Vec<String> {
    let titles = ASKED.iter().map(|code| label(code));
    std::iter::once("Accueil".to_owned())
        .chain(titles)
        .collect()
}

fn table(lines: &[Vec<String>]) -> String {
    let all: Vec<Vec<String>> = std::iter::once(headings())
        .chain(lines.iter().cloned())
        .collect();
    let all: Vec<Vec<&str>> = (all.iter())
        .map(|line| line.iter().map(String::as_str).collect())
        .collect();
    let all: Vec<&[&str]> = all.iter().map(Vec::as_slice).collect();
    csv(";", &all)
}

fn import(atelier: &Atelier, path: &str, more: &[&str]) -> (i32, Value) {
    let all = [
        &["importer", path, "--campagne", "C1", "--source", "FAM"],
        more,
    ]
    .concat();
    atelier.json(&all)
}

fn enters(atelier: &Atelier, name: &str, text: &str) {
    let path = atelier.write(name, text.as_bytes());
    let (exit, said) = import(atelier, &path, &[]);
    assert_eq!(exit, 0, "{name}: {said:#}");
}

/// Kept out with this code until somebody confirms.
fn asked(atelier: &Atelier, name: &str, bytes: &[u8], code: &str, word: &str, more: &[&str]) {
    let path = atelier.write(name, bytes);
    let (exit, said) = import(atelier, &path, more);
    assert_eq!(exit, 1, "{name}: {said:#}");
    let all = said["diagnostics"].as_array().expect("diagnostics");
    let mut own = all.iter().filter(|d| d["code"] == code);
    let told = own.next().unwrap_or_else(|| panic!("{name}: {said:#}"));
    let told = format!("{} {}", told["message"], told["remede"]);
    assert!(
        told.contains(word) && told.contains("--confirmer"),
        "{told}"
    );
    let (exit, said) = import(atelier, &path, &[more, &["--confirmer"]].concat());
    assert_eq!(exit, 0, "{name}: {said:#}");
}

#[test]
fn a_lot_under_another_name_is_asked_and_another_lot_is_not() {
    let atelier = atelier();
    let first = lot("R01", 1, 12);
    enters(&atelier, "familles.csv", &table(&first));
    enters(&atelier, "autres familles.csv", &table(&lot("R01", 2, 12)));
    enters(&atelier, "ailleurs.csv", &table(&lot("R02", 3, 12)));
    let mut sorted = first.clone();
    sorted.sort();
    sorted.push(lot("R01", 5, 1).remove(0));
    asked(
        &atelier,
        "familles bis.csv",
        table(&sorted).as_bytes(),
        "VIS-521",
        "I001",
        &[],
    );
}

#[test]
fn a_sheet_and_its_copy_or_a_block_pasted_again_are_asked() {
    let lines = lot("R01", 1, 8);
    let mut book = Workbook::new();
    for name in ["Réponses", "Réponses (2)"] {
        let sheet = book.add_worksheet();
        sheet.set_name(name).expect("named");
        for (row, line) in (0..).zip(std::iter::once(&headings()).chain(&lines)) {
            for (col, text) in (0..).zip(line) {
                sheet.write(row, col, text).expect("written");
            }
        }
    }
    let bytes = book.save_to_buffer().expect("a workbook");
    asked(
        &atelier(),
        "réponses.xlsx",
        &bytes,
        "VIS-521",
        "Réponses",
        &[],
    );
    let twice = [lines.clone(), lines].concat();
    asked(
        &atelier(),
        "collé.csv",
        table(&twice).as_bytes(),
        "VIS-521",
        "A10",
        &[],
    );
}

#[test]
fn lines_that_sum_others_up_are_asked() {
    let numbered = |extra: &[&str]| {
        let mut lines: Vec<Vec<String>> = (1..)
            .zip(lot("R01", 1, 9))
            .map(|(n, line)| [vec![n.to_string()], line].concat())
            .collect();
        lines.push(extra.iter().map(|t| (*t).to_owned()).collect());
        let text = table(&lines);
        format!("N°;{text}")
    };
    for (name, extra) in [
        ("année", ["2025", "R01", "3", "2", "3", "2", "3"]),
        ("effectif", ["n = 9", "R01", "3", "2", "3", "2", "3"]),
        ("sans numéro", ["", "R01", "3", "2", "3", "2", "3"]),
    ] {
        let text = numbered(&extra);
        asked(
            &atelier(),
            &format!("{name}.csv"),
            text.as_bytes(),
            "VIS-523",
            "",
            &[],
        );
    }
    let places = ["R01", "R02", "R03", "R04"].iter().zip(1..);
    let means: Vec<Vec<String>> = places.flat_map(|(r, seed)| lot(r, seed, 1)).collect();
    let means = table(&means);
    asked(
        &atelier(),
        "accueils.csv",
        means.as_bytes(),
        "VIS-523",
        "moyennes",
        &[],
    );
    enters(
        &atelier(),
        "familles.csv",
        &numbered(&["10", "R01", "3", "2", "3", "2", "3"]),
    );
}

/// An export of a tool, and beside it a sheet of the same questions.
#[test]
fn a_second_sheet_of_answers_is_asked() {
    let tool = [
        "ID",
        "Heure de début",
        "Heure de fin",
        "Adresse de messagerie",
        "Nom",
    ];
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    for (col, text) in (0..).zip(tool.iter().copied().map(str::to_owned).chain(headings())) {
        sheet.write(0, col, text).expect("written");
    }
    for (row, line) in (1..).zip(lot("R01", 1, 6)) {
        sheet.write(row, 0, row).expect("written");
        for col in [1, 2] {
            sheet
                .write(row, col, "20/05/2026 10:00:00")
                .expect("written");
        }
        for (col, text) in (5..).zip(line) {
            sheet.write(row, col, text).expect("written");
        }
    }
    let paper = book.add_worksheet();
    paper.set_name("Papier").expect("named");
    for (row, line) in (0..).zip(std::iter::once(headings()).chain(lot("R01", 2, 5))) {
        for (col, text) in (0..).zip(line) {
            paper.write(row, col, text).expect("written");
        }
    }
    let bytes = book.save_to_buffer().expect("a workbook");
    asked(
        &atelier(),
        "formulaire.xlsx",
        &bytes,
        "VIS-522",
        "lignes",
        &[],
    );
}

#[test]
fn a_name_or_an_option_against_the_file_is_asked() {
    let text = table(&lot("R01", 1, 6));
    for (name, word) in [
        ("R02 mai.csv", "R02"),
        ("exemple.csv", "vraie collecte"),
        ("Enquête familles 2024.csv", "C1"),
    ] {
        asked(&atelier(), name, text.as_bytes(), "VIS-517", word, &[]);
    }
    for name in ["familles corrigé.csv", "R01.csv", "export 12-05-2026.csv"] {
        enters(&atelier(), name, &text);
    }
    let other = ["--structure", "R02"];
    asked(
        &atelier(),
        "familles.csv",
        text.as_bytes(),
        "VIS-517",
        "--structure R02",
        &other,
    );
}

#[test]
fn another_lot_under_the_same_numbers_would_take_the_first_away() {
    let form = |seed: usize, n: usize| {
        let lines = (1..).zip(lot("R01", seed, n)).map(|(id, line)| {
            let own = [id.to_string(), "2026-05-20 10:00:00".to_owned()];
            [own.to_vec(), line].concat()
        });
        format!("id;submitdate;{}", table(&lines.collect::<Vec<_>>()))
    };
    let atelier = atelier();
    enters(&atelier, "results-survey.csv", &form(1, 8));
    // The same, with one more.
    let mut longer = form(1, 8);
    longer.push_str("9;2026-05-21 10:00:00;R01;3;3;3;2;2\n");
    enters(&atelier, "results-survey plus.csv", &longer);
    let other = form(3, 12);
    asked(
        &atelier,
        "results-survey lot 2.csv",
        other.as_bytes(),
        "VIS-518",
        "autre lot",
        &[],
    );
}

#[test]
fn questions_of_branches_are_one_and_so_is_the_accueil() {
    let head = headings();
    let mut titles = vec![head[0].clone(), "Votre accueil".to_owned()];
    titles.extend([
        head[1].clone(),
        head[2].clone(),
        head[1].clone(),
        head[2].clone(),
    ]);
    let line = |cells: [&str; 6]| cells.join(";");
    let text = [
        titles.join(";"),
        line(["R01", "", "1", "2", "", ""]),
        line(["", "R02", "", "", "3", "4"]),
        line(["R01", "", "2", "2", "", ""]),
    ]
    .join("\n");
    let atelier = atelier();
    enters(&atelier, "branches.csv", &text);
    let table = atelier.run(&["exporter", "observations", "--campagne", "C1"]);
    let ferry = table.stdout.lines().filter(|l| l.contains("R02")).count();
    assert_eq!(ferry, 2, "{}", table.stdout);
}

#[test]
fn a_band_a_code_with_a_word_and_an_accueil_corrected_since_are_asked() {
    let lines = table(&lot("R01", 1, 6));
    let band = format!(";Importance accordée;;;;\n{lines}");
    asked(
        &atelier(),
        "importance.csv",
        band.as_bytes(),
        "VIS-517",
        "questions demandent",
        &[],
    );
    let by = format!("Réponses des animateurs;;;;;\n{lines}");
    asked(
        &atelier(),
        "animateurs.csv",
        by.as_bytes(),
        "VIS-517",
        "EQP",
        &[],
    );
    let atelier = atelier();
    let coded = "Structure;REL-1-FAM-1 (recodé);LIE-1-FAM-1\nR01;4;3\nR01;2;3\n";
    let path = atelier.write("recodé.csv", coded.as_bytes());
    let (exit, said) = import(&atelier, &path, &[]);
    assert_eq!(exit, 1, "{said:#}");
    enters(&atelier, "familles.csv", &lines);
    let moved = table(&lot("R02", 1, 6));
    asked(
        &atelier,
        "familles.csv",
        moved.as_bytes(),
        "VIS-521",
        "pour R01",
        &[],
    );
}
