//! What a run changes of what is in place is said before anything is written, and after: unit by unit, note by note,
//! and nothing of what one family answered.

use observatoire::vocabulary::referentiel::SourceCode;
use serde_json::Value;

use crate::atelier::Atelier;
use crate::fixtures::form;

/// The units of the files of a run.
fn units(told: &Value) -> Vec<Value> {
    let files = told["resultat"]["fichiers"].as_array().expect("files");
    let all = files
        .iter()
        .flat_map(|f| f["collectes"].as_array().expect("units").clone());
    all.collect()
}

fn simulated(atelier: &Atelier, path: &str, more: &[&str]) -> Value {
    let words = [
        &["importer", path, "--campagne", "C1", "--simulation"],
        more,
    ]
    .concat();
    atelier.json(&words).1
}

fn grid(note: &str) -> Vec<u8> {
    form(SourceCode::Obs, "1", "O1", &[("REL-1-OBS-1", note, "")])
}

#[test]
fn the_same_again_is_unchanged_and_one_note_is_one_line() {
    let atelier = Atelier::blank();
    let first = atelier.write("reçus/a.xlsx", &grid("2"));
    let before = units(&simulated(&atelier, &first, &[]));
    assert_eq!(before.len(), 1, "{before:?}");
    assert_eq!(before[0]["sort"], "nouveau", "{before:?}");
    let (code, told) = atelier.json(&["importer", &first, "--campagne", "C1"]);
    assert_eq!(code, 0, "{told}");

    // The same bytes, then the same notes in other bytes.
    let again = units(&simulated(&atelier, &first, &[]));
    assert_eq!(again[0]["sort"], "inchange", "{again:?}");
    let copy = crate::returned::repacked(&grid("2"));
    let copy = atelier.write("reçus/copie.xlsx", &copy);
    let again = units(&simulated(&atelier, &copy, &[]));
    assert_eq!(again[0]["sort"], "inchange", "{again:?}");

    let other = atelier.write("corrigés/a.xlsx", &grid("4"));
    let told = simulated(&atelier, &other, &[]);
    let changed = units(&told);
    assert_eq!(changed.len(), 1, "{changed:?}");
    assert_eq!(changed[0]["sort"], "change", "{changed:?}");
    let lines = changed[0]["remplace"]["changements"]
        .as_array()
        .expect("lines");
    assert_eq!(lines.len(), 1, "{lines:?}");
    assert_eq!(lines[0]["element"], "REL-1-OBS-1");
    assert_eq!(
        (&lines[0]["avant"], &lines[0]["apres"]),
        (&"2".into(), &"4".into())
    );

    // Written, it is said again, to who reads and to programs; and then it is what is in place.
    let answer = atelier.run(&["importer", &other, "--campagne", "C1"]);
    assert_eq!(answer.code, 0, "{}", answer.stderr);
    let said = answer.stdout.replace('\u{a0}', " ");
    assert!(
        said.contains("Ce qui a changé") && said.contains("REL-1-OBS-1 : 2 → 4"),
        "{said}"
    );
    let again = units(&simulated(&atelier, &other, &[]));
    assert_eq!(again[0]["sort"], "inchange", "{again:?}");
}

#[test]
fn a_simulation_writes_nothing_and_says_each_unit_in_words() {
    let atelier = Atelier::blank();
    let path = atelier.write("reçus/a.xlsx", &grid("2"));
    let answer = atelier.run(&["importer", &path, "--campagne", "C1", "--simulation"]);
    let said = answer.stdout.replace('\u{a0}', " ");
    assert!(
        said.contains("R01, observation externe, visite 1, O1 (12/05/2026) : nouveau"),
        "{said}"
    );
    assert!(
        answer
            .stderr
            .replace('\u{a0}', " ")
            .contains("1 collecte : 1 nouvelle."),
        "{}",
        answer.stderr
    );
    assert!(!atelier.root().join("data/store/imports").exists());
}

#[test]
fn two_files_of_one_unit_are_a_conflict_and_neither_enters() {
    let atelier = Atelier::blank();
    atelier.write("reçus/a.xlsx", &grid("2"));
    atelier.write("reçus/b.xlsx", &grid("4"));
    let folder = atelier.root().join("reçus").display().to_string();
    let told = units(&simulated(&atelier, &folder, &[]));
    assert_eq!(told.len(), 2, "{told:?}");
    for unit in &told {
        assert_eq!(unit["sort"], "conflit", "{told:?}");
        assert_eq!(unit["entre"], serde_json::json!(["a.xlsx", "b.xlsx"]));
    }
}

#[test]
fn what_is_held_says_what_it_would_change() {
    let atelier = Atelier::blank();
    let first = atelier.write("reçus/a.xlsx", &grid("2"));
    atelier.json(&["importer", &first, "--campagne", "C1"]);
    let fewer = atelier.write("corrigés/a.xlsx", &grid(""));
    let told = units(&simulated(&atelier, &fewer, &[]));
    assert_eq!(told[0]["sort"], "refuse", "{told:?}");
    let lines = told[0]["remplace"]["changements"]
        .as_array()
        .expect("lines");
    assert_eq!(lines.len(), 1, "{lines:?}");
    assert_eq!(
        (&lines[0]["avant"], &lines[0]["apres"]),
        (&"2".into(), &Value::Null)
    );
}

#[test]
fn answers_of_families_are_counted_and_never_told() {
    let atelier = Atelier::blank();
    let head = "structure,date,REL-1-FAM-1,REL-1-FAM-2,LIE-1-FAM-1,LIE-1-FAM-2\n";
    let lines: Vec<String> = (0..8)
        .map(|n| {
            format!(
                "R01,2026-05-1{n},{},{},{},{}\n",
                n % 4 + 1,
                (n + 1) % 4 + 1,
                n / 2 + 1,
                (n * 3) % 4 + 1
            )
        })
        .collect();
    let csv = |n: usize| format!("{head}{}", lines[..n].concat());
    let first = atelier.write("reçus/familles.csv", csv(6).as_bytes());
    let families = ["--source", "FAM"];
    let words = ["importer", &first, "--campagne", "C1", "--source", "FAM"];
    let (code, told) = atelier.json(&words);
    let second = atelier.write("plus tard/familles.csv", csv(8).as_bytes());
    let told_then = simulated(&atelier, &second, &families);
    assert_eq!(code, 0, "{told} {told_then}");
    let unit = &units(&told_then)[0];
    assert_eq!(unit["sort"], "change", "{told_then}");
    let replaced = &unit["remplace"];
    let counts = ["nouvelles", "inchangees", "disparues"].map(|k| replaced[k].as_u64());
    assert_eq!(counts, [Some(2), Some(6), Some(0)], "{told_then}");
    assert!(replaced["changements"].is_null(), "{told_then}");
    let answer = atelier.run(&[
        "importer",
        &second,
        "--campagne",
        "C1",
        "--source",
        "FAM",
        "--simulation",
    ]);
    assert!(
        answer
            .stdout
            .replace('\u{a0}', " ")
            .contains("2 nouvelles, 6 inchangées, 0 disparue"),
        "{}",
        answer.stdout
    );
    // The simulation left what is in place as it was.
    let known = units(&simulated(&atelier, &first, &families));
    assert_eq!(known[0]["sort"], "inchange", "{known:?}");
}

/// Two machines replaced the same grid at once, and a synchroniser brought both: a preview says the conflict, names
/// both, and a file that a person confirms settles it.
#[test]
fn a_unit_that_two_machines_replaced_at_once_is_a_conflict_until_a_person_chooses() {
    let here = Atelier::blank();
    let import = |atelier: &Atelier, name: &str, note: &str| {
        let path = atelier.write(name, &grid(note));
        let (code, told) = atelier.json(&["importer", &path, "--campagne", "C1"]);
        assert_eq!(code, 0, "{told}");
    };
    import(&here, "reçus/a.xlsx", "2");
    let there = Atelier::empty();
    for name in crate::atelier::files(&here.root()) {
        let bytes = std::fs::read(here.root().join(&name)).expect("readable");
        there.write(&name, &bytes);
    }
    import(&here, "ici/a.xlsx", "3");
    import(&there, "là/a.xlsx", "4");
    for name in crate::atelier::files(&there.root()) {
        let is_new = !here.root().join(&name).exists();
        if is_new && name.replace('\\', "/").starts_with("data/store/") {
            let bytes = std::fs::read(there.root().join(&name)).expect("readable");
            here.write(&name, &bytes);
        }
    }
    let choice = here.write("choix/a.xlsx", &crate::returned::repacked(&grid("3")));
    let told = simulated(&here, &choice, &[]);
    let seen = units(&told);
    assert_eq!(seen.len(), 1, "{told:#}");
    assert_eq!(seen[0]["sort"], "conflit", "{told:#}");
    let said = here.run(&["importer", &choice, "--campagne", "C1", "--simulation"]);
    let said = said.stdout.replace('\u{a0}', " ");
    assert!(said.contains("conflit entre"), "{said}");
    assert!(said.matches("I002").count() >= 2, "both are named: {said}");
    let (_, told) = here.json(&["importer", &choice, "--campagne", "C1", "--confirmer"]);
    assert_eq!(told["resultat"]["import"], "I003", "{told}");
    let again = units(&simulated(&here, &choice, &[]));
    assert_eq!(again[0]["sort"], "inchange", "{again:?}");
}
