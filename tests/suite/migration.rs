//! A store that the program wrote in format 1 (`fixtures/format1`, with what the program of the time
//! printed) is converted when it is opened, and nothing of it is lost.

use std::path::{Path, PathBuf};

use crate::atelier::{Atelier, files};

fn fixture() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/suite/fixtures/format1")
}

/// What the program of the time printed.
fn expected(name: &str) -> String {
    std::fs::read_to_string(fixture().join("attendu").join(name)).expect(name)
}

fn old() -> Atelier {
    let atelier = Atelier::blank();
    let from = fixture();
    for name in files(&from).iter().filter(|n| !n.starts_with("attendu/")) {
        atelier.write(name, &std::fs::read(from.join(name)).expect("readable"));
    }
    atelier
}

fn observations(atelier: &Atelier) -> String {
    let answer = atelier.run(&["exporter", "observations"]);
    assert_eq!(answer.code, 0, "{}", answer.stderr);
    answer.stdout
}

/// Bytes of format 1's files, wherever they stand in the store.
fn kept(atelier: &Atelier, folder: &str) -> Vec<Vec<u8>> {
    let names = [
        "manifeste.json",
        "I001.parquet",
        "I004.parquet",
        "I006.parquet",
    ];
    let read = |name: &&str| std::fs::read(atelier.root().join(folder).join(name)).expect(name);
    names.iter().map(read).collect()
}

#[test]
fn a_store_of_format_1_is_converted_and_prints_the_same() {
    let atelier = old();
    let before = kept(&atelier, "data/store");
    let answer = atelier.run(&["exporter", "observations"]);
    assert_eq!(answer.code, 0, "{}", answer.stderr);
    assert!(answer.stderr.contains("convertie"), "{}", answer.stderr);
    assert_eq!(answer.stdout, expected("observations.csv"));
    for campaign in ["C1", "C2"] {
        let answer = atelier.run(&["indicateurs", "--campagne", campaign]);
        let name = format!("indicateurs_{campaign}.csv");
        assert_eq!(answer.stdout, expected(&name));
        assert!(!answer.stderr.contains("convertie"), "{}", answer.stderr);
    }
    // Kept whole, and not beside any more.
    assert_eq!(kept(&atelier, "data/store/format1"), before);
    let store = files(&atelier.root().join("data/store"));
    let outside = store
        .iter()
        .filter(|n| !n.contains('/') && n.ends_with(".parquet"));
    assert_eq!(outside.count(), 0, "{store:?}");
    let mark = std::fs::read_to_string(atelier.root().join("data/store/manifeste.json"));
    assert_eq!(mark.expect("a mark"), "{\"format\":2}");
}

#[test]
fn converted_imports_are_taken_back_and_replaced_as_before() {
    let atelier = old();
    for arguments in [
        &["annuler", "I004"][..],
        &["annuler", "I001", "--fichier", "auto.csv"],
    ] {
        let answer = atelier.run(arguments);
        assert_eq!(answer.code, 0, "{}", answer.stderr);
    }
    let now = observations(&atelier);
    assert_eq!(now, expected("observations_apres_annulation.csv"));
    for label in ["I004", "I006"] {
        let again = atelier.run(&["annuler", label]);
        assert!(again.stderr.contains("déjà annulé"), "{}", again.stderr);
    }
    let gone = atelier.run(&["annuler", "I003", "--fichier", "remarques.csv"]);
    assert_eq!(gone.code, 2, "{}", gone.stderr);
    // The same bytes as an import taken back: they enter again, under a new label.
    let file = atelier.root().join("familles_bis.csv");
    let (code, said) = atelier.json(&["importer", &file.to_string_lossy(), "--campagne", "C1"]);
    assert_eq!((code, &said["resultat"]["import"]), (0, &"I007".into()));
    let now = observations(&atelier);
    assert_eq!(now, expected("observations_apres_import.csv"));
}

/// Killed at any point before the mark is replaced: format 1 stands, whatever was written beside.
#[test]
fn a_conversion_cut_short_starts_again() {
    let whole = old();
    observations(&whole);
    let atelier = old();
    for name in files(&whole.root().join("data/store")) {
        let written = ["imports/", "manifestes/", "referentiels/"];
        if written.iter().any(|w| name.starts_with(w)) {
            let from = whole.root().join("data/store").join(&name);
            let mut bytes = std::fs::read(from).expect("readable");
            // The last table and the last manifest are cut in the middle.
            if name.ends_with("unites.parquet") || name.starts_with("manifestes/") {
                bytes.truncate(bytes.len() / 2);
            }
            atelier.write(&format!("data/store/{name}"), &bytes);
        }
    }
    assert_eq!(observations(&atelier), expected("observations.csv"));
}

/// Killed between the mark and the end: what remains is put aside at the next opening.
#[test]
fn what_a_kill_left_beside_is_put_aside() {
    let atelier = old();
    observations(&atelier);
    let store = atelier.root().join("data/store");
    std::fs::rename(
        store.join("format1/I004.parquet"),
        store.join("I004.parquet"),
    )
    .expect("moved");
    assert_eq!(observations(&atelier), expected("observations.csv"));
    assert!(store.join("format1/I004.parquet").is_file());
}

/// The référentiel was edited since: codes are found by their text, and read again by position.
#[test]
fn a_referentiel_that_was_edited_since_loses_no_answer() {
    let atelier = old();
    let path = atelier.root().join("grids/referentiel-v9.toml");
    let text = std::fs::read_to_string(&path).expect("a référentiel");
    // An élément goes, which was answered.
    let from = text
        .find("[[criteres.elements]]\ncode = \"REL-1-FAM-1\"")
        .expect("FAM-1");
    let until = text
        .find("[[criteres.elements]]\ncode = \"REL-1-FAM-2\"")
        .expect("FAM-2");
    std::fs::write(&path, format!("{}{}", &text[..from], &text[until..])).expect("written");
    assert_eq!(observations(&atelier), expected("observations.csv"));
    assert_eq!(observations(&atelier), expected("observations.csv"));
}

/// A file of an import is damaged: it is said as before, and taking the import back mends it.
#[test]
fn a_damaged_import_of_format_1_can_still_be_taken_back() {
    let atelier = old();
    atelier.write("data/store/I005.parquet", b"PAR1 cut in the middle");
    let refused = atelier.run(&["indicateurs", "--campagne", "C2"]);
    assert_eq!(refused.code, 3);
    assert!(refused.stderr.contains("I005"), "{}", refused.stderr);
    let answer = atelier.run(&["annuler", "I005"]);
    assert_eq!(answer.code, 0, "{}", answer.stderr);
    assert_eq!(atelier.run(&["indicateurs", "--campagne", "C2"]).code, 0);
}
