//! Nothing read wrong in silence: what becomes of each cell adds up to what its sheet holds, and what
//! nobody understands keeps the file out, or is named.

mod edits;
mod kinds;
mod workbooks;

use std::collections::BTreeMap;
use std::path::Path;

use serde_json::Value;

use crate::atelier::Atelier;
use crate::fixtures;
use crate::tools;
use workbooks::filled;

/// What of a simulation does not add up: a column whose four counts are not its cells, a sheet that
/// holds more or fewer cells than the file does.
pub fn unbalanced(said: &Value, name: &str, bytes: &[u8]) -> Vec<String> {
    let files = said["resultat"]["fichiers"].as_array();
    let files = files.expect("files").iter();
    let Some(file) = files.into_iter().find(|f| f["fichier"] == name) else {
        return Vec::new();
    };
    let mut wrong = Vec::new();
    let mut counted: BTreeMap<String, u64> = BTreeMap::new();
    for sheet in file["cellules"].as_array().expect("sheets") {
        let title = sheet["feuille"].as_str().expect("a name").to_owned();
        let mut total = 0;
        for column in sheet["colonnes"].as_array().expect("columns") {
            let n = |key: &str| column[key].as_u64().unwrap_or(0);
            let aside = column["ecartees"].as_object();
            let aside = aside.into_iter().flat_map(|a| a.values());
            let aside: u64 = aside.filter_map(Value::as_u64).sum();
            let parts = n("reponses") + n("reperes") + n("signalees") + aside;
            if parts != n("cellules") {
                wrong.push(format!("{name} › {title} : {column}"));
            }
            total += n("cellules");
        }
        if sheet["non_ouverte"] != true {
            counted.insert(title, total);
        }
    }
    // A file that was not even opened has nothing to add up.
    if file["cellules"].as_array().is_some_and(Vec::is_empty) {
        return wrong;
    }
    for (title, cells) in filled(Path::new(name), bytes) {
        let found = counted.get(&title);
        if found.is_some_and(|n| *n != cells) {
            wrong.push(format!(
                "{name} › {title} : {found:?} counted, {cells} filled"
            ));
        }
    }
    wrong
}

#[test]
fn the_ledger_adds_up_on_the_files_of_every_tool() {
    let atelier = Atelier::blank();
    let mut wrong = Vec::new();
    let mut seen = 0;
    for (_, name, bytes) in tools::files() {
        let path = atelier.write(&format!("reçus/{name}"), &bytes);
        let (_, said) = atelier.json(&["importer", &path, "--campagne", "C1", "--simulation"]);
        wrong.extend(unbalanced(&said, name, &bytes));
        let file = &said["resultat"]["fichiers"][0];
        seen += usize::from(file["cellules"].as_array().is_some_and(|c| !c.is_empty()));
    }
    assert!(seen > 10, "{seen} files were counted");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_ledger_adds_up_on_the_fictitious_example_and_its_manifest_keeps_it() {
    let atelier = Atelier::demo();
    let folder = atelier.root().join("data/exemple");
    let mut wrong = Vec::new();
    for name in crate::atelier::files(&folder) {
        let path = folder.join(&name);
        let bytes = std::fs::read(&path).expect("readable");
        let path = path.to_string_lossy().into_owned();
        let fresh = Atelier::blank();
        let registry = std::fs::read(atelier.root().join("data/structures.csv")).expect("readable");
        fresh.write("data/structures.csv", &registry);
        let (_, said) = fresh.json(&["importer", &path, "--campagne", "C1", "--simulation"]);
        let name = name.rsplit('/').next().unwrap_or_default();
        wrong.extend(unbalanced(&said, name, &bytes));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    let manifests = atelier.root().join("data/store/manifestes");
    let kept = crate::atelier::files(&manifests).into_iter().any(|name| {
        let text = std::fs::read_to_string(manifests.join(name)).expect("readable");
        text.contains("\"cellules\"") && text.contains("\"reponses\"")
    });
    assert!(kept, "no manifest keeps what became of the cells");
}

/// A person reads the account in a simulation; « ignorer » is answered once, for that shape.
#[test]
fn a_column_that_nobody_understands_waits_for_one_answer() {
    let atelier = Atelier::blank();
    let text = |structure: &str| {
        format!("Structure;LIE-1-FAM-1;Tranche;REL-1-FAM-1\n{structure};4;6-8 ans;3\n")
    };
    let first = atelier.write("reçus/a.csv", text("R01").as_bytes());
    let second = atelier.write("reçus/b.csv", text("R02").as_bytes());
    let import = |path: &str, more: &[&str]| {
        let mut all = vec!["importer", path, "--campagne", "C1"];
        all.extend(more);
        atelier.json(&all)
    };
    let (exit, said) = import(&first, &[]);
    let all = said["diagnostics"].as_array().expect("diagnostics");
    let asked = all
        .iter()
        .find(|d| d["code"] == "ELE-309")
        .expect("a question");
    assert_eq!(
        (exit, asked["cellule"].as_str()),
        (1, Some("C1")),
        "{said:#}"
    );
    // Coming back changes nothing: nobody answered.
    assert_eq!(import(&first, &[]).0, 1);
    let (exit, _) = import(&first, &["--ignorer", "Tranche", "--simulation"]);
    assert_eq!(
        (exit, import(&first, &[]).0),
        (0, 1),
        "a simulation remembers nothing"
    );
    let (exit, said) = import(&first, &["--ignorer", "tranche"]);
    assert_eq!(exit, 0, "{said:#}");
    let columns = &said["resultat"]["fichiers"][0]["cellules"][0]["colonnes"];
    assert_eq!(
        columns[2]["ecartees"]["ignorée à la demande"], 1,
        "{columns:#}"
    );
    let (exit, said) = import(&second, &[]);
    assert_eq!(exit, 0, "remembered for that shape: {said:#}");
    let shown = atelier.run(&["importer", &second, "--campagne", "C2", "--simulation"]);
    for words in [
        "Cellules, colonne par colonne",
        "Repères",
        "1 ignorée à la demande",
    ] {
        assert!(shown.stdout.contains(words), "{words} in {}", shown.stdout);
    }
}

/// Imports that kept no such account are read as before, and said to have none.
#[test]
fn a_manifest_without_an_account_is_read_and_says_so() {
    let atelier = Atelier::blank();
    let text = "Structure;LIE-1-FAM-1;REL-1-FAM-1\nR01;4;3\n";
    let path = atelier.write("reçus/a.csv", text.as_bytes());
    assert_eq!(atelier.json(&["importer", &path, "--campagne", "C1"]).0, 0);
    let shown = atelier.run(&["verifier"]).stdout;
    assert!(
        shown.contains("compte des cellules tenu (6\u{a0}cellules)"),
        "{shown}"
    );
    let manifests = atelier.root().join("data/store/manifestes");
    let names = crate::atelier::files(&manifests);
    let text = std::fs::read_to_string(manifests.join(&names[0])).expect("readable");
    let mut said: Value = serde_json::from_str(&text).expect("JSON");
    let file = &mut said["action"]["import"]["fichiers"][0];
    file.as_object_mut()
        .expect("a file")
        .remove("cellules")
        .expect("an account");
    // Written as the former program did, under the name that its bytes give.
    let bytes = serde_json::to_string_pretty(&said).expect("JSON") + "\n";
    std::fs::remove_file(manifests.join(&names[0])).expect("removed");
    let digest = <sha2::Sha256 as sha2::Digest>::digest(bytes.as_bytes());
    let name = &const_hex::encode(digest)[..names[0].len() - ".json".len()];
    std::fs::write(manifests.join(format!("{name}.json")), &bytes).expect("written");
    std::fs::remove_dir_all(atelier.root().join("data/reperes")).expect("forgotten");
    let shown = atelier.run(&["verifier"]);
    assert_eq!(shown.code, 0, "{}", shown.stderr);
    assert!(
        shown.stdout.contains("compte des cellules non tenu"),
        "{}",
        shown.stdout
    );
}

#[test]
fn the_cases_of_fixtures_add_up() {
    let mut wrong = Vec::new();
    for (name, bytes) in fixtures::all_files() {
        let atelier = Atelier::blank();
        let path = atelier.write(&format!("reçus/{name}"), &bytes);
        let (_, said) = atelier.json(&["importer", &path, "--campagne", "C1", "--simulation"]);
        wrong.extend(unbalanced(&said, name, &bytes));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
