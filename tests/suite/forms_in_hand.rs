//! Forms as hands hold them: one sheet for families without any code, one page for each age of children, what each level
//! looks like beside each élément, room to write, nothing printed too small, nothing asked that does not apply.

use std::collections::BTreeMap;
use std::io::Read;
use std::path::Path;

use observatoire::vocabulary::referentiel::{
    Element, Referentiel, SourceCode, StructureType, embedded, parse,
};

use crate::atelier::{Atelier, is};
use crate::naive::rows;
use crate::reference_life::{cells, shipped};

fn v2() -> Referentiel {
    parse("v2", embedded()).expect("the shipped référentiel")
}

/// Makes a form of the shipped référentiel.
fn made(atelier: &Atelier, arguments: &[&str]) {
    let answer = atelier.run(&[&["grille"], arguments].concat());
    assert_eq!(answer.code, 0, "{arguments:?} {}", answer.stderr);
}

fn blank(atelier: &Atelier, name: &str) -> Vec<u8> {
    std::fs::read(atelier.root().join("grids/vierges").join(name)).expect(name)
}

/// The texts of the pages of a PDF, without any space: words are cut where columns end.
fn pages(bytes: &[u8]) -> Vec<String> {
    let document = lopdf::Document::load_mem(bytes).expect("a PDF");
    let numbers: Vec<u32> = document.get_pages().keys().copied().collect();
    let text = |n: &u32| bare(&document.extract_text(&[*n]).expect("text"));
    numbers.iter().map(text).collect()
}

fn bare(text: &str) -> String {
    text.split_whitespace().collect()
}

/// Whether a text holds a code of the référentiel: `REL-1`, `REL1FAM2`.
fn has_code(text: &str, r: &Referentiel) -> bool {
    let criteres = r.criteres.iter().map(|c| &c.code);
    let elements = r.elements.iter().map(|e| &e.code);
    let both =
        |code: &String| text.contains(code.as_str()) || text.contains(&code.replace('-', ""));
    criteres.chain(elements).any(both)
}

#[test]
fn families_hold_one_sheet_that_says_what_it_is_for() {
    let (atelier, r) = (shipped(), v2());
    for (source, most) in [("FAM", 2), ("EQP", 2), ("ENS", 2)] {
        made(&atelier, &[source, "--format", "pdf", "--campagne", "C2"]);
        for place in ["R01", "P02"] {
            let name = format!("Papier {source} {place}.pdf");
            let pages = pages(&blank(&atelier, &name));
            assert!(pages.len() <= most, "{name}: {} sides", pages.len());
            let text = pages.concat();
            assert!(!has_code(&text, &r), "{name}: {text}");
            for words in [
                "À quoi cela sert",
                "À rendre au plus tard le 11 décembre 2026",
                "Vos données (RGPD)",
                "réclamation : Cnil",
                "Je ne sais pas",
            ] {
                assert!(text.contains(&bare(words)), "{name}: {words} in {text}");
            }
            let kind = if place == "R01" {
                StructureType::Mixte
            } else {
                StructureType::Periscolaire
            };
            let asked: Vec<&Element> = r
                .instrument(source.parse().expect("a source"), kind)
                .map(|(_, e)| e)
                .collect();
            for element in &asked {
                assert!(text.contains(&bare(&element.label)), "{}", element.code);
            }
            // Each sentence has its own boxes, with their words.
            let first = text.matches("Pasdutoutd’accord").count();
            assert_eq!(first, asked.len(), "{name}");
        }
    }
}

#[test]
fn children_hold_one_page_for_their_age() {
    let (atelier, r) = (shipped(), v2());
    made(&atelier, &["ENF", "--format", "pdf", "--structure", "R01"]);
    let pages = pages(&blank(&atelier, "Papier ENF R01.pdf"));
    assert_eq!(pages.len(), 3, "the adult’s page, then one for each age");
    assert!(pages[1].contains("4à7ans") && pages[2].contains("8à11ans"));
    let asked: Vec<&Element> = r
        .instrument(SourceCode::Enf, StructureType::Mixte)
        .map(|(_, e)| e)
        .collect();
    for element in asked {
        let label = bare(&element.label);
        let young = element.ages.is_none();
        assert_eq!(pages[1].contains(&label), young, "{}", element.code);
        assert!(pages[2].contains(&label), "{}", element.code);
    }
    assert!(pages[1..].iter().all(|p| !has_code(p, &r)));
    assert!(pages[0].contains("119") && pages[0].contains("imprimezpourchacun"));
    assert!(
        pages[1..]
            .iter()
            .all(|p| p.contains("souvent") && p.contains("çadépend"))
    );
}

/// The very boxes to tick say what their level looks like, one after the other, in the order of the scale.
#[test]
fn what_a_level_looks_like_is_in_its_box() {
    let (atelier, r) = (shipped(), v2());
    let mut anchored = 0;
    for source in [SourceCode::Obs, SourceCode::Dir, SourceCode::Aut] {
        let code = source.as_str();
        for format in ["pdf", "xlsx", "xlsform", "limesurvey"] {
            made(&atelier, &[code, "--format", format, "--structure", "R01"]);
        }
        let paper = pages(&blank(&atelier, &format!("Papier {code} R01.pdf"))).concat();
        let grid = cells(
            &blank(&atelier, &format!("Grille {code} R01.xlsx")),
            "Grille",
        );
        let form = blank(&atelier, &format!("XLSForm {code}.xlsx"));
        let (survey, choices) = (cells(&form, "survey"), cells(&form, "choices"));
        let lime = String::from_utf8(blank(&atelier, &format!("LimeSurvey {code}.txt")));
        let lime = lime.expect("UTF-8");
        for (_, element) in r.instrument(source, StructureType::Mixte) {
            if element.headcount {
                continue;
            }
            let scale = &r.scales[element.scale];
            let words = |rank: usize| match &element.anchors {
                Some(own) => own[rank].clone(),
                None => scale.modalities[rank].label.clone(),
            };
            let codes: Vec<&str> = scale.modalities.iter().map(|m| m.code.as_str()).collect();
            let beside = codes.iter().enumerate();
            let beside = beside.fold(String::new(), |all, (rank, c)| all + c + &words(rank));
            let line = bare(&format!("{}{}{beside}", element.label, element.code));
            assert!(paper.contains(&line), "{line}");
            let own = grid
                .iter()
                .find(|row| row[0] == element.code)
                .expect("a line");
            let folded = own[3].to_lowercase();
            for rank in 0..codes.len() {
                assert!(folded.contains(&words(rank).to_lowercase()), "{}", own[3]);
            }
            if element.anchors.is_none() {
                continue;
            }
            anchored += 1;
            let name = element.code.replace('-', "");
            let question = survey.iter().find(|l| l[1] == name).expect("a question");
            let list = question[0].split(' ').nth(1).expect("a list");
            for (rank, code) in codes.iter().enumerate() {
                let label = format!("{code} : {}", words(rank));
                assert!(choices.iter().any(|c| c[0] == list && c[2] == label));
                assert!(lime.contains(&label), "{label}");
            }
        }
    }
    assert!(anchored >= 30, "{anchored}");
}

/// The size of each piece of text of a PDF, in points.
fn sizes(bytes: &[u8]) -> Vec<f32> {
    let document = lopdf::Document::load_mem(bytes).expect("a PDF");
    let mut found = Vec::new();
    for page in document.get_pages().values() {
        let content = document.get_page_content(*page);
        let content = lopdf::content::Content::decode(&content).expect("its content");
        let (mut size, mut scale) = (0.0, 1.0);
        for operation in content.operations {
            let number = |at: usize| operation.operands[at].as_float().expect("a number");
            match operation.operator.as_str() {
                "Tf" => size = number(1),
                "Tm" => scale = number(3).abs(),
                "Tj" | "TJ" => found.push(size * scale),
                _ => {}
            }
        }
    }
    found
}

#[test]
fn nothing_is_printed_under_nine_points() {
    let atelier = shipped();
    for source in ["OBS", "AUT", "DIR", "FAM", "ENF", "EQP", "ENS"] {
        made(&atelier, &[source, "--format", "pdf", "--structure", "R01"]);
        let all = sizes(&blank(&atelier, &format!("Papier {source} R01.pdf")));
        let least = all.iter().copied().fold(f32::MAX, f32::min);
        assert!(all.len() > 20 && least >= 8.99, "{source}: {least}");
    }
}

/// The moment, the hours and who was there are printed before anything is written; a grid of some moments is shorter, and
/// asks what they let see alone.
#[test]
fn a_visit_says_when_it_was() {
    let atelier = shipped();
    made(&atelier, &["OBS", "--format", "pdf", "--structure", "R01"]);
    let own = [
        "OBS",
        "--format",
        "pdf",
        "--structure",
        "R01",
        "--moment",
        "depart",
    ];
    made(&atelier, &own);
    let whole = pages(&blank(&atelier, "Papier OBS R01.pdf"));
    let short = pages(&blank(&atelier, "Papier OBS R01 depart.pdf"));
    for first in [&whole[0], &short[0]] {
        for words in ["Moments vus :", "Goûter", "Heures : de", "Présents :"] {
            assert!(first.contains(&bare(words)), "{words} in {first}");
        }
    }
    assert!(
        short.len() <= 3 && whole.len() <= 12,
        "{} {}",
        short.len(),
        whole.len()
    );
    made(
        &atelier,
        &["OBS", "--structure", "R01", "--moment", "depart,gouter"],
    );
    let grid = cells(
        &blank(&atelier, "Grille OBS R01 depart gouter.xlsx"),
        "Grille",
    );
    let head: Vec<&str> = grid[1..4].iter().map(|row| row[2].as_str()).collect();
    assert_eq!(head, ["Moments vus", "Heures", "Présents"]);
    assert_eq!(grid[1][3], "Départ, Goûter");
}

/// Every row that holds something has a height of its own: LibreOffice finds none by itself.
#[test]
fn rows_are_as_high_as_their_texts() {
    let atelier = shipped();
    for source in ["OBS", "AUT", "DIR", "FAM", "RETOURS"] {
        made(&atelier, &[source, "--structure", "R01"]);
    }
    let mut seen = BTreeMap::new();
    let folder = std::fs::read_dir(atelier.root().join("grids/vierges")).expect("forms");
    for file in folder.flatten() {
        let name = file.file_name().to_string_lossy().into_owned();
        assert!(is(&name, "xlsx"), "{name}");
        seen.insert(name.clone(), heights(&file.path(), &name));
    }
    assert_eq!(seen.len(), 5, "{seen:?}");
    assert!(seen.values().all(|n| *n >= 3), "{seen:?}");
}

/// Checks the heights of a workbook; gives how many rows it has.
fn heights(path: &Path, name: &str) -> usize {
    let file = std::fs::File::open(path).expect(name);
    let mut archive = zip::ZipArchive::new(file).expect(name);
    let names = archive
        .file_names()
        .map(|n| n.expect("a name").into_owned());
    let parts: Vec<String> = names.collect();
    let mut count = 0;
    for part in parts
        .iter()
        .filter(|p| p.starts_with("xl/worksheets/sheet"))
    {
        let mut xml = String::new();
        let mut entry = archive.by_name(part).expect(part);
        entry.read_to_string(&mut xml).expect("text");
        for row in xml.split("<row ").skip(1) {
            let (head, rest) = row.split_once('>').expect("a row");
            let is_filled = rest
                .split("</row>")
                .next()
                .is_some_and(|r| r.contains("<v>"));
            if is_filled {
                count += 1;
                assert!(head.contains("customHeight=\"1\""), "{name} {part}: {head}");
            }
        }
    }
    count
}

/// What an earlier edition of the program wrote, filled in with Excel: the protocol and the legends in column D, no
/// circumstance, a heading « Commentaire » alone.
#[test]
fn a_grid_of_the_first_edition_still_enters() {
    let atelier = shipped();
    let bytes = include_bytes!("fixtures/grille-obs-premiere-edition.xlsx");
    let path = atelier.write("grille.xlsx", bytes);
    let (exit, said) = atelier.json(&["importer", &path, "--campagne", "C1"]);
    assert_eq!(exit, 0, "{}", said["diagnostics"]);
    let stored = rows(&atelier.run(&["exporter", "observations"]).stdout);
    let noted: Vec<_> = stored.iter().filter(|r| r["statut"] == "note").collect();
    assert_eq!(noted.len(), 9, "{stored:?}");
    assert!(noted.iter().all(|r| r["commentaire"] == "vu au départ"));
}

/// A grid of today, its moments, hours and numbers written: nothing of it is a doubt, nothing is left unread.
#[test]
fn a_grid_filled_in_with_its_circumstances_enters() {
    let atelier = shipped();
    made(
        &atelier,
        &["OBS", "--structure", "P01", "--moment", "depart"],
    );
    let lines = cells(&blank(&atelier, "Grille OBS P01 depart.xlsx"), "Grille");
    let mut book = rust_xlsxwriter::Workbook::new();
    let sheet = book.add_worksheet();
    sheet.set_name("Grille").expect("a name");
    for (r, line) in (0..).zip(&lines) {
        for (c, text) in (0..).zip(line).filter(|(_, text)| !text.is_empty()) {
            sheet.write_string(r, c, text).expect("written");
        }
        let own = match line[0].as_str() {
            "Visite" => "1",
            "Date" => "12/05/2026",
            "Observateur" => "O1",
            _ => continue,
        };
        sheet.write_string(r, 1, own).expect("written");
    }
    for (row, text) in [(2, "De 16 h 30 à 18 h 15"), (3, "12 + 20 / 3")] {
        sheet.write_string(row, 3, text).expect("written");
    }
    for (r, line) in (0..)
        .zip(&lines)
        .filter(|(_, line)| line[0].contains("-OBS-"))
    {
        let note = if line[3].contains("Conforme") || line[3].contains("CF ") {
            "CF"
        } else {
            "3"
        };
        sheet.write_string(r, 4, note).expect("written");
    }
    let bytes = book.save_to_buffer().expect("a workbook");
    let path = atelier.write("grille.xlsx", &bytes);
    let (exit, said) = atelier.json(&["importer", &path, "--campagne", "C1"]);
    assert_eq!(exit, 0, "{}", said["diagnostics"]);
    assert_eq!(said["diagnostics"], serde_json::json!([]));
    let stored = rows(&atelier.run(&["exporter", "observations"]).stdout);
    assert_eq!(stored.iter().filter(|r| r["statut"] == "note").count(), 9);
}
