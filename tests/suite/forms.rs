//! Blank forms out, filled and back: what each tool exports imports without any correspondence.

use std::path::Path;

use calamine::{Data, Reader, Xlsx};

use crate::atelier::Atelier;
use crate::naive::rows;

fn sheet(path: &Path, name: &str) -> Vec<Vec<String>> {
    let bytes = std::fs::read(path).expect("a workbook");
    let mut book = Xlsx::new(std::io::Cursor::new(bytes)).expect("a workbook");
    let range = book.worksheet_range(name).expect("a sheet");
    let text = |cell: &Data| match cell {
        Data::Empty => String::new(),
        cell => cell.to_string(),
    };
    range.rows().map(|r| r.iter().map(text).collect()).collect()
}

fn csv(lines: &[Vec<String>]) -> String {
    let quoted = |line: &Vec<String>| {
        let cells: Vec<String> = line
            .iter()
            .map(|c| format!("\"{}\"", c.replace('"', "\"\"")))
            .collect();
        cells.join(";")
    };
    let all: Vec<String> = lines.iter().map(quoted).collect();
    all.join("\r\n") + "\r\n"
}

fn forms(atelier: &Atelier, source: &str, format: &str) -> std::path::PathBuf {
    let answer = atelier.run(&["grille", source, "--format", format]);
    assert_eq!(answer.code, 0, "{}", answer.stderr);
    atelier.root().join("grids/vierges")
}

/// Imports a text and gives how many answers of each status came back, by élément.
fn imported(atelier: &Atelier, name: &str, text: &str, source: &str) -> Vec<(String, String)> {
    let path = atelier.write(name, text.as_bytes());
    let (exit, said) = atelier.json(&["importer", &path, "--campagne", "C1"]);
    assert_eq!(exit, 0, "{source}: {}", said["diagnostics"]);
    // Columns matched by their exact words are listed in a file to read, never to fill in.
    assert!(
        name.contains("labels") || !said.to_string().contains("ELE-308"),
        "no correspondence is needed"
    );
    let stored = rows(&atelier.run(&["exporter", "observations"]).stdout);
    let words = ["LIBRE", "REMARQUABLE", "ACCORD"];
    let mine = stored
        .iter()
        .filter(|r| r["source"] == source && !words.contains(&r["element"].as_str()));
    mine.map(|r| (r["element"].clone(), r["statut"].clone()))
        .collect()
}

#[test]
fn a_sheet_of_typed_answers_comes_back() {
    let atelier = Atelier::blank();
    let folder = forms(&atelier, "FAM", "xlsx");
    let lines = sheet(&folder.join("Saisie FAM.xlsx"), "Saisie");
    let mut filled = lines.clone();
    filled.push(
        lines[2]
            .iter()
            .map(|code| match code.as_str() {
                "Structure" => "R01".to_owned(),
                "LIBRE" => "merci".to_owned(),
                _ => "Plutôt d’accord".to_owned(),
            })
            .collect(),
    );
    let found = imported(&atelier, "saisie.csv", &csv(&filled), "FAM");
    assert!(
        found.len() >= 12 && found.iter().all(|f| f.1 == "note"),
        "{found:?}"
    );
}

#[test]
fn a_form_for_tablets_comes_back_from_kobo() {
    let atelier = Atelier::blank();
    let folder = forms(&atelier, "OBS", "xlsform");
    let path = folder.join("XLSForm OBS.xlsx");
    let survey = sheet(&path, "survey");
    let choices = sheet(&path, "choices");
    // What Kobo exports: names behind their group, then its own columns.
    let (mut heads, mut cells, mut groups) = (Vec::new(), Vec::new(), Vec::new());
    for line in survey.iter().skip(1) {
        match line[0].as_str() {
            "begin_group" => groups.push(format!("{}/", line[1])),
            "end_group" => _ = groups.pop(),
            // Notes are shown, and exported by nobody.
            "note" => {}
            kind => {
                heads.push(format!("{}{}", groups.concat(), line[1]));
                cells.push(match (kind, line[1].as_str()) {
                    (_, "structure") => "R01".to_owned(),
                    (_, "date") => "2026-05-12".to_owned(),
                    (_, "visite") => "1".to_owned(),
                    (_, "observateur") => "O1".to_owned(),
                    ("select_one oui_non", _) => "oui".to_owned(),
                    (list, _) if list.starts_with("select_multiple") => {
                        // All of them were ticked; the last one was emptied afterwards.
                        let list = list.split(' ').nth(1);
                        let lines = choices.iter().filter(|l| Some(l[0].as_str()) == list);
                        let codes: Vec<&str> = lines.map(|l| l[1].as_str()).collect();
                        codes.join(" ")
                    }
                    (_, "LIE1_pratique") => String::new(),
                    (_, name) if name.ends_with("_pratique") => "le tableau des humeurs".to_owned(),
                    ("text", _) => "sans objet ici".to_owned(),
                    ("select_one niveaux4", _) => "NC".to_owned(),
                    _ => "4".to_owned(),
                });
            }
        }
    }
    let own = ["_id", "_uuid", "_submission_time", "_index"];
    heads.extend(own.map(str::to_owned));
    cells.extend(["1", "u1", "2026-05-12T10:00:00", "1"].map(str::to_owned));
    let found = imported(&atelier, "kobo.csv", &csv(&[heads, cells]), "OBS");
    let nc = found.iter().filter(|f| f.1 == "nc").count();
    let rated = found.iter().filter(|f| f.1 == "note").count();
    assert!(
        nc > 30 && rated > 8 && nc + rated == found.len(),
        "{nc} {rated}"
    );
    let stored = rows(&atelier.run(&["exporter", "observations"]).stdout);
    let seen = |element: &str| stored.iter().filter(|r| r["element"] == element).count();
    assert_eq!((seen("REMARQUABLE"), seen("ACCORD")), (15, 1));
    let path = atelier.root().join("kobo.csv");
    let (_, said) = atelier.json(&[
        "importer",
        &path.to_string_lossy(),
        "--campagne",
        "C2",
        "--simulation",
    ]);
    let said = said["diagnostics"].to_string();
    assert!(
        said.matches("PRA-601").count() == 1 && said.contains("« LIE-1 » est marqué"),
        "{said}"
    );
}

/// An export by labels: groups and questions by their words, accueils with their name, every
/// reason of an NC under a heading of its own.
#[test]
fn a_form_for_tablets_comes_back_from_kobo_by_labels() {
    let atelier = Atelier::blank();
    let folder = forms(&atelier, "OBS", "xlsform");
    let path = folder.join("XLSForm OBS.xlsx");
    let survey = sheet(&path, "survey");
    let choices = sheet(&path, "choices");
    let word = |list: &str, name: &str| {
        let found = choices.iter().find(|c| c[0] == list && c[1] == name);
        // Practices and the team's consent are other lists: left blank.
        found.map_or_else(String::new, |c| c[2].clone())
    };
    let (mut heads, mut cells, mut groups) = (Vec::new(), Vec::new(), Vec::new());
    for line in survey.iter().skip(1) {
        match line[0].as_str() {
            "begin_group" => groups.push(format!("{}/", line[2])),
            "end_group" => _ = groups.pop(),
            "note" => {}
            kind => {
                heads.push(format!("{}{}", groups.concat(), line[2]));
                cells.push(match (kind, line[1].as_str()) {
                    (_, "structure") => word("structures", "R01"),
                    (_, "date") => "2026-05-12".to_owned(),
                    (_, "visite") => "1".to_owned(),
                    (_, "observateur") => "O1".to_owned(),
                    ("text", name) if name.ends_with("_pratique") => String::new(),
                    ("text", _) => "sans objet ici".to_owned(),
                    ("select_one niveaux4", _) => word("niveaux4", "NC"),
                    (select, _) => word(select.trim_start_matches("select_one "), "4"),
                });
            }
        }
    }
    let own = ["_id", "_uuid", "_submission_time", "_index"];
    heads.extend(own.map(str::to_owned));
    cells.extend(["1", "u1", "2026-05-13T10:00:00", "1"].map(str::to_owned));
    let found = imported(&atelier, "kobo labels.csv", &csv(&[heads, cells]), "OBS");
    let nc = found.iter().filter(|f| f.1 == "nc").count();
    let rated = found.iter().filter(|f| f.1 == "note").count();
    assert!(
        nc > 30 && rated > 8 && nc + rated == found.len(),
        "{nc} {rated}"
    );
    let stored = rows(&atelier.run(&["exporter", "observations"]).stdout);
    assert!(stored.iter().all(|r| r["date"] == "2026-05-12"));
}

/// Paper: tagged, titled, with every question of the accueil; faces for children.
#[test]
fn forms_on_paper_hold_every_question() {
    let atelier = Atelier::demo();
    let answer = atelier.run(&["grille", "FAM", "--format", "pdf"]);
    assert_eq!(answer.code, 0, "{}", answer.stderr);
    let folder = atelier.root().join("grids/vierges");
    let read = |name: &str| {
        let bytes = std::fs::read(folder.join(name)).expect(name);
        let document = lopdf::Document::load_mem(&bytes).expect("a PDF");
        let pages: Vec<u32> = document.get_pages().keys().copied().collect();
        let text = document.extract_text(&pages).expect("text");
        let catalog = document.catalog().expect("a catalogue");
        assert!(catalog.get(b"StructTreeRoot").is_ok() && catalog.get(b"Lang").is_ok());
        (text.split_whitespace().collect::<Vec<_>>().join(" "), bytes)
    };
    let (families, bytes) = read("Papier FAM R01.pdf");
    for words in [
        "Mon enfant est salué quand il arrive",
        "Tout à fait",
        "Les Colombages",
        "DONNÉES FICTIVES",
    ] {
        assert!(families.contains(words), "{words} in {families}");
    }
    let again = atelier.run(&["grille", "FAM", "--format", "pdf", "--structure", "R01"]);
    assert_eq!(again.code, 0);
    assert_eq!(
        read("Papier FAM R01.pdf").1,
        bytes,
        "the same bytes each time"
    );
    let children = atelier.run(&["grille", "ENF", "--format", "pdf", "--structure", "R01"]);
    assert_eq!(children.code, 0, "{}", children.stderr);
    let (text, _) = read("Papier ENF R01.pdf");
    assert!(
        text.contains("Entoure la réponse")
            && text.contains("parfois")
            && text.contains("je ne sais pas"),
        "{text}"
    );
    let grid = atelier.run(&["grille", "OBS", "--format", "pdf", "--structure", "P01"]);
    assert_eq!(grid.code, 0, "{}", grid.stderr);
    assert!(
        read("Papier OBS P01.pdf")
            .0
            .contains("Les repères, sous le titre d’un critère")
    );
    atelier.write("reports/modeles/questionnaire.typ", b"#let a = (");
    let broken = atelier.run(&["grille", "FAM", "--format", "pdf", "--structure", "R01"]);
    assert_eq!(broken.code, 3);
    assert!(
        broken.stderr.contains("questionnaire.typ, ligne 1"),
        "{}",
        broken.stderr
    );
}

/// Compiled by the reference tool, where the tests' set-up installed it.
#[test]
fn the_tablet_tool_compiles_every_form_without_warning() {
    let Some(tool) = std::env::var_os("OBSERVATOIRE_XLS2XFORM") else {
        eprintln!("xls2xform n’est pas installé : formulaires non compilés.");
        return;
    };
    let atelier = Atelier::demo();
    for source in ["OBS", "AUT", "DIR", "FAM", "ENF", "EQP", "ENS"] {
        let folder = forms(&atelier, source, "xlsform");
        let out = folder.join("formulaire.xml");
        let answer = std::process::Command::new(&tool)
            .arg("--json")
            .arg("--skip_validate")
            .arg(folder.join(format!("XLSForm {source}.xlsx")))
            .arg(&out)
            .output()
            .expect("the tool runs");
        // Its result goes to stderr.
        let said = [answer.stdout, answer.stderr].concat();
        let said: serde_json::Value = serde_json::from_slice(&said).expect("JSON");
        assert_eq!(said["code"], 100, "{source}: {said}");
        assert_eq!(said["warnings"], serde_json::json!([]), "{source}");
    }
}

#[test]
fn a_survey_for_limesurvey_comes_back() {
    for (source, least) in [("FAM", 12), ("OBS", 60)] {
        let atelier = Atelier::blank();
        let folder = forms(&atelier, source, "limesurvey");
        let text = std::fs::read_to_string(folder.join(format!("LimeSurvey {source}.txt")));
        let text = text.expect("a structure");
        let (mut heads, mut cells) = (Vec::new(), Vec::new());
        heads.extend(["id", "submitdate"].map(str::to_owned));
        cells.extend(["1", "2026-05-12 10:00:00"].map(str::to_owned));
        let mut question = String::new();
        for row in text.lines().map(|l| l.split('\t').collect::<Vec<_>>()) {
            let class = row[0].trim_start_matches('\u{feff}');
            if matches!(class, "Q" | "SQ" | "A") {
                let (name, longest) = (row[2], if class == "A" { 5 } else { 20 });
                let fits = name.chars().all(|c| c.is_ascii_alphanumeric());
                assert!(fits && name.len() <= longest, "{name}");
            }
            if class == "Q" {
                question = row[2].to_owned();
                if row[1] != "F" {
                    heads.push(question.clone());
                    cells.push(
                        match question.as_str() {
                            "STRUCTURE" => "R01",
                            "VISITE" => "1",
                            "DATE" => "2026-05-12 00:00:00",
                            "OBSERVATEUR" => "O1",
                            "LIBRE" => "merci",
                            _ => "3",
                        }
                        .to_owned(),
                    );
                }
                if row[1] == "O" {
                    heads.push(format!("{question}[comment]"));
                    cells.push("vu".to_owned());
                }
            } else if class == "SQ" {
                heads.push(format!("{question}[{}]", row[2]));
                cells.push("3".to_owned());
            }
        }
        let found = imported(
            &atelier,
            "results-survey1.csv",
            &csv(&[heads, cells]),
            source,
        );
        assert!(found.len() >= least, "{source}: {}", found.len());
        assert!(found.iter().all(|f| f.1 == "note"));
    }
}

#[test]
fn forms_follow_the_structure_and_refuse_what_has_none() {
    let atelier = Atelier::demo();
    let one = atelier.run(&["grille", "OBS", "--structure", "P01"]);
    assert_eq!(one.code, 0, "{}", one.stderr);
    let folder = atelier.root().join("grids/vierges");
    let whole = |code: &str| {
        let answer = atelier.run(&["grille", "OBS", "--structure", code]);
        assert_eq!(answer.code, 0, "{}", answer.stderr);
        sheet(&folder.join(format!("Grille OBS {code}.xlsx")), "Grille").len()
    };
    assert!(
        whole("P01") < whole("R01"),
        "a short evening has fewer éléments"
    );
    assert_eq!(atelier.run(&["grille", "DON"]).code, 2);
    assert_eq!(
        atelier.run(&["grille", "OBS", "--structure", "R99"]).code,
        2
    );
    assert_eq!(atelier.run(&["grille", "OBS", "--type", "crèche"]).code, 2);
    let kind = atelier.run(&["grille", "ENS", "--type", "periscolaire"]);
    assert_eq!(kind.code, 0, "{}", kind.stderr);
}

/// Who returned what: late only once the campaign is over, and what will be too rare to show.
#[test]
fn the_follow_up_says_what_is_late_and_what_will_be_hidden() {
    let atelier = Atelier::demo();
    let state = |day: &str| {
        let (exit, said) = atelier.json(&["verifier", "--campagne", "C1", "--date", day]);
        assert_eq!(exit, 0);
        let sites = said["resultat"]["structures"]
            .as_array()
            .expect("sites")
            .clone();
        let site = sites.iter().find(|s| s["structure"] == "P05").expect("P05");
        let sources = site["sources"].as_array().expect("sources").clone();
        let aut = sources.iter().find(|s| s["source"] == "AUT").expect("AUT");
        aut["etat"].as_str().expect("a state").to_owned()
    };
    assert_eq!(state("2026-06-01"), "manque");
    assert_eq!(state("2026-07-04"), "en retard");
    let answer = atelier.run(&["verifier", "--campagne", "C1"]);
    assert!(
        answer
            .stdout
            .contains("FAM ne sera pas montré aux élus, par accueil : P02, P04")
    );
    let file = atelier.root().join("suivi.xlsx");
    let path = file.to_string_lossy().into_owned();
    let answer = atelier.run(&["verifier", "--campagne", "C1", "--sortie", &path]);
    assert_eq!(answer.code, 0, "{}", answer.stderr);
    // The first sheet is for people; this one has the columns of the contract.
    let lines = sheet(&file, "Données Suivi");
    assert_eq!(lines.len(), 1 + 14 * 8);
    assert!(
        lines
            .iter()
            .any(|l| l[0] == "R03" && l[2] == "ENS" && l[5] == "sans objet")
    );
    assert_eq!(atelier.run(&["verifier", "--date", "demain"]).code, 2);
}
