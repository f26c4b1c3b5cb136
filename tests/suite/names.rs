//! Names that people write: of accueils and of observers, proposed, learnt once confirmed, known from then
//! on, and forgotten with the rest.

use observatoire::vocabulary::referentiel::SourceCode;

use crate::atelier::Atelier;
use crate::fixtures::form;

const FAMILIES: &str = "Quel centre fréquente votre enfant ?;LIE-1-FAM-1;REL-1-FAM-1\n";

fn import(atelier: &Atelier, path: &str) -> (i32, serde_json::Value) {
    atelier.json(&["importer", path, "--campagne", "C1"])
}

fn told(said: &serde_json::Value, code: &str) -> Vec<(String, String)> {
    let all = said["diagnostics"].as_array().expect("diagnostics");
    let text = |d: &serde_json::Value, key: &str| d[key].as_str().unwrap_or("").to_owned();
    let own = all.iter().filter(|d| d["code"] == code);
    own.map(|d| (text(d, "message"), text(d, "remede")))
        .collect()
}

/// The words of a command proposed in a sentence, as a shell cuts them.
fn pasted(remedy: &str) -> Vec<String> {
    let start = remedy.find("observatoire ").expect("a command") + "observatoire ".len();
    let end = remedy[start..]
        .find(" ;")
        .map_or(remedy.len(), |at| start + at);
    let mut words = Vec::new();
    for (i, part) in remedy[start..end].split('"').enumerate() {
        if i % 2 == 1 {
            words.push(part.to_owned());
        } else {
            words.extend(part.split_whitespace().map(str::to_owned));
        }
    }
    words
}

#[test]
fn a_name_is_proposed_learnt_by_the_command_and_known() {
    let atelier = Atelier::blank();
    let before = "\u{feff}code;nom;type;notes\r\nR01;\"ALSH; Les Colombages\";mixte;à garder\r\n\r\nP01;Périscolaire Jean Moulin;periscolaire;\r\n";
    atelier.write("data/structures.csv", before.as_bytes());
    let path = atelier.write(
        "familles.csv",
        format!("{FAMILIES}Jean Moulin;4;3\n").as_bytes(),
    );
    let (exit, said) = import(&atelier, &path);
    assert_eq!(exit, 1, "{said:#}");
    let (message, remedy) = told(&said, "STR-201").remove(0);
    assert_eq!(
        message,
        "« Jean Moulin » n’est pas au registre. Est-ce P01 Périscolaire Jean Moulin ?"
    );
    let command = pasted(&remedy);
    assert_eq!(
        command[..4],
        ["reconnaitre", "Jean Moulin", "--structure", "P01"]
    );
    // The folder that was given is in it.
    let words: Vec<&str> = command.iter().map(String::as_str).collect();
    assert_eq!(words[4], "--dossier");
    let learnt = atelier.raw(&words);
    assert_eq!(learnt.code, 0, "{}", learnt.stderr);
    assert!(learnt.stdout.contains("cellule E4"), "{}", learnt.stdout);
    let after = std::fs::read_to_string(atelier.root().join("data/structures.csv")).expect("read");
    let expected = before
        .replace(";notes\r\n", ";notes;alias\r\n")
        .replace("periscolaire;\r\n", "periscolaire;;Jean Moulin\r\n");
    assert_eq!(after, expected);
    let (exit, said) = import(&atelier, &path);
    assert_eq!(exit, 0, "{said:#}");
    assert_eq!(said["resultat"]["fichiers"][0]["structures"][0], "P01");
    // Said again, it writes nothing; said of another, it is refused.
    let again = atelier.run(&["reconnaitre", "JEAN-MOULIN", "--structure", "P01"]);
    assert!(again.stdout.contains("désigne déjà"), "{}", again.stdout);
    let formula = atelier.run(&["reconnaitre", "=1+1", "--structure", "R01"]);
    assert_eq!(formula.code, 2, "{}", formula.stdout);
    let other = atelier.run(&["reconnaitre", "Jean Moulin", "--structure", "R01"]);
    assert_eq!(other.code, 2, "{}", other.stdout);
    let still = std::fs::read_to_string(atelier.root().join("data/structures.csv")).expect("read");
    assert_eq!(still, expected);
}

#[test]
fn two_who_may_be_meant_are_a_question() {
    let atelier = Atelier::blank();
    let registry =
        "code,nom,type\nP01,Périscolaire Jean Moulin,periscolaire\nR01,ALSH Jean Moulin,mixte\n";
    atelier.write("data/structures.csv", registry.as_bytes());
    let path = atelier.write(
        "familles.csv",
        format!("{FAMILIES}Jean Moulin;4;3\n").as_bytes(),
    );
    let (exit, said) = import(&atelier, &path);
    assert_eq!(exit, 1, "{said:#}");
    let (message, remedy) = told(&said, "STR-201").remove(0);
    assert!(
        message.contains("P01 Périscolaire Jean Moulin, R01 ALSH Jean Moulin"),
        "{message}"
    );
    assert_eq!(pasted(&remedy)[3], "CODE");
}

#[test]
fn a_workbook_is_left_to_the_person_who_keeps_it() {
    let atelier = Atelier::blank();
    std::fs::remove_file(atelier.root().join("data/structures.csv")).expect("removed");
    let path = atelier.root().join("data/structures.xlsx");
    let mut book = rust_xlsxwriter::Workbook::new();
    let sheet = book.add_worksheet();
    for (row, line) in [
        ["code", "nom", "type"],
        ["P01", "Périscolaire Jean Moulin", "periscolaire"],
    ]
    .iter()
    .enumerate()
    {
        for (col, text) in line.iter().enumerate() {
            sheet.write(row as u32, col as u16, *text).expect("written");
        }
    }
    book.save(&path).expect("saved");
    let bytes = std::fs::read(&path).expect("read");
    let said = atelier.run(&["reconnaitre", "Jean Moulin", "--structure", "P01"]);
    assert_eq!(said.code, 2, "{}", said.stdout);
    for words in ["« Jean Moulin »", "cellule D2", "« alias »"] {
        assert!(said.stderr.contains(words), "{words} : {}", said.stderr);
    }
    assert_eq!(std::fs::read(&path).expect("read"), bytes);
}

#[test]
fn an_observer_is_known_by_initials_once_said_and_never_kept_in_the_store() {
    let atelier = Atelier::blank();
    let path = atelier.write("g.xlsx", &form(SourceCode::Obs, "1", "M. Dubreuil", &[]));
    let (exit, said) = import(&atelier, &path);
    assert_eq!(exit, 1, "{said:#}");
    let (_, remedy) = told(&said, "VIS-505").remove(0);
    let mut command = pasted(&remedy);
    assert_eq!(
        command[..4],
        ["reconnaitre", "M. Dubreuil", "--observateur", "CODE"]
    );
    command[3] = "O3".to_owned();
    let words: Vec<&str> = command.iter().map(String::as_str).collect();
    let learnt = atelier.raw(&words);
    assert_eq!(learnt.code, 0, "{}", learnt.stderr);
    let (exit, said) = import(&atelier, &path);
    assert_eq!(exit, 0, "{said:#}");
    assert!(told(&said, "VIS-509")[0].0.contains("O3"), "{said:#}");
    let table = atelier.run(&["exporter", "observations"]).stdout;
    assert!(
        table.contains(",O3,") && !table.contains("Dubreuil"),
        "{table}"
    );
    for file in crate::atelier::files(&atelier.root().join("data/store")) {
        let bytes = std::fs::read(atelier.root().join("data/store").join(&file)).expect("read");
        let is_there = bytes.windows(8).any(|w| w == b"Dubreuil");
        assert!(!is_there, "{file}");
    }
    // Close to one who is known: proposed with the code, never taken.
    atelier.run(&["reconnaitre", "Paul Brun", "--observateur", "O4"]);
    let near = |name: &str| {
        let path = atelier.write("h.xlsx", &form(SourceCode::Obs, "2", name, &[]));
        let (exit, said) = import(&atelier, &path);
        assert_eq!(exit, 1, "{said:#}");
        told(&said, "VIS-505").remove(0).1
    };
    assert_eq!(pasted(&near("PB"))[3], "O4");
    atelier.run(&["reconnaitre", "Maud Dubreuil-Petit", "--observateur", "O5"]);
    let remedy = near("Dubreuil Maud");
    assert!(remedy.contains("O3 ou O5"), "{remedy}");
    assert_eq!(pasted(&remedy)[3], "CODE");
}

#[test]
fn names_of_observers_leave_with_the_grids() {
    let atelier = Atelier::blank();
    let file = atelier.root().join("data/observateurs.csv");
    atelier.write(
        "data/observateurs.csv",
        b"code;noms\r\nO1;MD\r\nO7;Qui viendra\r\n",
    );
    let path = atelier.write("g.xlsx", &form(SourceCode::Obs, "1", "MD", &[]));
    let (exit, said) = import(&atelier, &path);
    assert_eq!(exit, 0, "{said:#}");
    let look = atelier.run(&["purger", "--avant", "2028-12-31", "--simulation"]);
    assert!(
        look.stdout.contains("1\u{a0}nom d’observateur"),
        "{}",
        look.stdout
    );
    let kept = std::fs::read_to_string(&file).expect("read");
    assert!(kept.contains("MD"), "{kept}");
    let purged = atelier.run(&["purger", "--avant", "2028-12-31", "--confirmer"]);
    assert_eq!(purged.code, 0, "{}", purged.stderr);
    let left = std::fs::read_to_string(&file).expect("read");
    assert!(!left.contains("MD") && left.contains("O7"), "{left}");
}
