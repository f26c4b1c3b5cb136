//! What is said of files that are not what they should be, one test a diagnostic: tables that nothing
//! names, what `verifier --profond` finds, marks and keys.

use crate::atelier::{Answer, Atelier, files};
use crate::integrity::made;

/// Asserts that a command says all of these.
fn says(answer: &Answer, words: &[&str]) {
    for word in words {
        assert!(answer.stderr.contains(word), "{word}: {}", answer.stderr);
    }
}

fn one_of(atelier: &Atelier, folder: &str, ends: &str) -> String {
    let names = files(&atelier.root().join(folder));
    let found = names.into_iter().find(|name| name.ends_with(ends));
    format!("{folder}/{}", found.expect("a file"))
}

fn import(atelier: &Atelier, name: &str, text: &str) -> Answer {
    let path = atelier.write(&format!("reçus/{name}"), text.as_bytes());
    atelier.run(&["importer", &path, "--campagne", "C1", "--source", "FAM"])
}

const MORE_FAMILIES: &str = "structure,date,REL-1-FAM-1
R02,2026-05-14,3
R02,2026-05-14,2
";

#[test]
fn tables_that_no_import_names_are_set_aside_and_told() {
    let atelier = made();
    let figures = atelier.run(&["indicateurs", "--campagne", "C1"]).stdout;
    let table = one_of(&atelier, "data/store/imports", "unites.parquet");
    let bytes = std::fs::read(atelier.root().join(&table)).expect("readable");
    atelier.write("data/store/imports/abandon/unites.parquet", &bytes);
    let deep = atelier.run(&["verifier", "--profond"]);
    says(&deep, &["BAS-104", "abandon"]);
    assert_eq!(
        atelier.run(&["indicateurs", "--campagne", "C1"]).stdout,
        figures
    );
    // Whoever writes next is told, and nothing is deleted.
    let answer = import(&atelier, "d’autres familles.csv", MORE_FAMILIES);
    assert_eq!(answer.code, 0, "{}", answer.stderr);
    says(&answer, &["BAS-104", "abandon"]);
    assert!(atelier.root().join("data/store/imports/abandon").is_dir());
}

#[test]
fn every_damaged_file_is_named_at_once() {
    let atelier = made();
    let damaged = [
        one_of(&atelier, "data/store/imports", "reponses.parquet"),
        one_of(&atelier, "data/store/imports", "mesures.parquet"),
        one_of(&atelier, "data/store/referentiels", ".toml"),
        "data/livraisons/journal.json".to_owned(),
    ];
    for path in &damaged {
        let mut bytes = std::fs::read(atelier.root().join(path)).expect("readable");
        let middle = bytes.len() / 2;
        bytes[middle] ^= 4;
        atelier.write(path, &bytes);
    }
    let deep = atelier.run(&["verifier", "--profond"]);
    assert_eq!(deep.code, 1, "{}", deep.stderr);
    let names = damaged
        .each_ref()
        .map(|path| path.rsplit('/').next().expect("a name"));
    says(&deep, &names);
    assert!(
        deep.stderr.matches("BAS-107").count() >= 4,
        "{}",
        deep.stderr
    );
}

#[test]
fn a_mark_that_cannot_be_read_is_told_and_stops_nothing() {
    let atelier = made();
    let figures = atelier.run(&["indicateurs", "--campagne", "C1"]).stdout;
    let names = files(&atelier.root().join("data/reperes"));
    let own = names.iter().find(|name| !name.contains('/'));
    let mark = format!("data/reperes/{}", own.expect("a mark"));
    atelier.write(&mark, b"{\"sceau\":\"");
    let answer = atelier.run(&["indicateurs", "--campagne", "C1"]);
    assert_eq!(
        (answer.code, &answer.stdout),
        (0, &figures),
        "{}",
        answer.stderr
    );
    says(
        &answer,
        &["BAS-109", mark.rsplit('/').next().expect("a name")],
    );
}

#[test]
fn a_key_that_was_lost_is_made_again_and_told() {
    let atelier = made();
    let key = "data/store/cle-repondants-C1";
    std::fs::remove_file(atelier.root().join(key)).expect("removed");
    let answer = import(&atelier, "d’autres familles.csv", MORE_FAMILIES);
    assert_eq!(answer.code, 0, "{}", answer.stderr);
    says(&answer, &["BAS-110", "cle-repondants-C1"]);
    assert!(atelier.root().join(key).is_file());
    // Once made, it is nobody's loss.
    let again = import(&atelier, "encore.csv", &MORE_FAMILIES.replace("R02", "R01"));
    assert_eq!(again.code, 0, "{}", again.stderr);
    assert!(!again.stderr.contains("BAS-110"), "{}", again.stderr);
}

/// Two people filled the registry in at once.
#[test]
fn two_registries_are_one_and_a_person_chooses_where_they_differ() {
    let atelier = made();
    let registry = "data/structures.csv";
    let read = |name: &str| std::fs::read_to_string(atelier.root().join(name)).expect("readable");
    let before = read(registry);
    let structures = || atelier.run(&["exporter", "structures"]);
    let line = |code: &str| {
        let table = structures().stdout;
        let found = table.lines().find(|l| l.contains(code)).expect("a line");
        found.to_owned()
    };
    let nom = "ALSH Les Colombages";
    assert!(line("R01").contains(nom));
    let more = before.trim_end().to_owned() + "\n";
    let added = format!("{more}Z09,La Prairie,mixte,,\n");
    atelier.write("data/structures-PC2.csv", added.as_bytes());
    atelier.write(registry, before.replace(nom, "Les Grands Pins").as_bytes());
    let told = structures();
    assert_eq!(told.code, 0, "{}", told.stderr);
    says(&told, &["BAS-111", "structures-PC2.csv", "la ligne Z09"]);
    assert!(told.stdout.contains("La Prairie") && told.stdout.contains("Les Grands Pins"));
    assert!(!told.stderr.contains("BAS-112"), "{}", told.stderr);
    let other = more.replace(nom, "Les Petits Pins");
    atelier.write("data/structures-PC2.csv", other.as_bytes());
    let told = structures();
    says(&told, &["BAS-112", "Les Grands Pins", "Les Petits Pins"]);
    assert!(line("R01").contains(nom), "{}", told.stdout);
    says(&atelier.run(&["verifier", "--profond"]), &["BAS-112"]);
    std::fs::remove_file(atelier.root().join("data/structures-PC2.csv")).expect("removed");
    let told = structures();
    assert!(!told.stderr.contains("BAS-11"), "{}", told.stderr);
    assert!(line("R01").contains("Les Grands Pins"));
}
