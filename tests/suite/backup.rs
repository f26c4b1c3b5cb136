//! `sauvegarder` and `restaurer`: the same bytes come back, a damaged archive puts nothing back, and what a
//! restoration replaces is kept.

use std::collections::BTreeMap;
use std::io::{Cursor, Read, Write};
use std::path::Path;

use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

use crate::atelier::{Atelier, files};
use crate::fixtures::form;
use observatoire::vocabulary::referentiel::SourceCode;

/// A small observatory with one import.
fn imported() -> Atelier {
    let atelier = Atelier::blank();
    for i in 1..=2 {
        let bytes = form(SourceCode::Obs, "1", &format!("O{i}"), &[]);
        atelier.write(&format!("../reçus/O{i}.xlsx"), &bytes);
    }
    atelier.write("Mes notes/Été 2026 (1).txt", "à garder".as_bytes());
    let answer = atelier.run(&["importer", "reçus", "--campagne", "C1"]);
    assert_eq!(answer.code, 0, "{}", answer.stderr);
    atelier
}

/// What a folder holds, but locks and what restorations keep.
fn bytes_of(dir: &Path) -> BTreeMap<String, Vec<u8>> {
    let names = files(dir).into_iter();
    let names = names.filter(|n| !n.ends_with("verrou") && !n.starts_with("avant-restauration"));
    names
        .map(|name| {
            let bytes = std::fs::read(dir.join(&name)).expect("readable");
            (name, bytes)
        })
        .collect()
}

fn beside(atelier: &Atelier, name: &str) -> String {
    atelier.root().with_file_name(name).display().to_string()
}

fn saved(atelier: &Atelier, name: &str) -> String {
    let archive = beside(atelier, name);
    let answer = atelier.run(&["sauvegarder", "--sortie", &archive]);
    assert_eq!(answer.code, 0, "{}", answer.stderr);
    assert!(answer.stdout.contains("Confidentiel"), "{}", answer.stdout);
    archive
}

fn restored(atelier: &Atelier, archive: &str, dir: &str) -> (i32, String) {
    let answer = atelier.raw(&["restaurer", archive, dir]);
    (answer.code, answer.stdout + &answer.stderr)
}

#[test]
fn what_is_backed_up_comes_back_byte_for_byte() {
    let atelier = imported();
    let report = atelier.run(&["rapport", "--campagne", "C1", "--format", "html"]);
    assert!(report.code < 2, "{}", report.stderr);
    let before = bytes_of(&atelier.root());
    assert!(
        before
            .keys()
            .any(|n| n.ends_with(".observatoire-livraison"))
    );
    let archive = saved(&atelier, "s.zip");
    let copy = beside(&atelier, "copie");
    let (code, said) = restored(&atelier, &archive, &copy);
    assert_eq!(code, 0, "{said}");
    let after = bytes_of(Path::new(&copy));
    // Opening it leaves what a machine has seen, and nothing else.
    let names = |all: &BTreeMap<String, Vec<u8>>| all.keys().cloned().collect::<Vec<_>>();
    assert_eq!(names(&before), names(&after));
    let other: Vec<&String> = before.keys().filter(|n| before[*n] != after[*n]).collect();
    assert!(other.is_empty(), "{other:?}");
    let deep = atelier.raw(&["--dossier", &copy, "verifier", "--profond"]);
    assert_eq!(deep.code, 0, "{}{}", deep.stdout, deep.stderr);
    // A folder that holds something else is no place.
    std::fs::create_dir(beside(&atelier, "autre")).expect("made");
    std::fs::write(beside(&atelier, "autre/lettre.txt"), "x").expect("written");
    let (code, said) = restored(&atelier, &archive, &beside(&atelier, "autre"));
    assert_eq!(code, 2, "{said}");
    assert!(said.contains("autre chose"), "{said}");
    // A backup is not a thing to write over with another one’s name.
    std::fs::write(beside(&atelier, "a.zip"), "x").expect("written");
    let answer = atelier.run(&["sauvegarder", "--sortie", &beside(&atelier, "a.zip")]);
    assert_eq!(answer.code, 2, "{}", answer.stdout);
}

#[test]
fn an_observatory_is_replaced_once_agreed_and_kept() {
    let atelier = imported();
    let archive = saved(&atelier, "s.zip");
    let whole = bytes_of(&atelier.root());
    assert_eq!(atelier.run(&["annuler", "I001"]).code, 0);
    atelier.write("après.txt", b"since");
    let changed = bytes_of(&atelier.root());
    let root = atelier.root().display().to_string();
    let (code, said) = restored(&atelier, &archive, &root);
    assert_eq!(code, 0, "{said}");
    assert!(said.contains("--confirmer"), "{said}");
    assert_eq!(bytes_of(&atelier.root()), changed, "nothing was agreed");
    let answer = atelier.raw(&["restaurer", &archive, &root, "--confirmer"]);
    assert_eq!(answer.code, 0, "{}", answer.stderr);
    assert_eq!(bytes_of(&atelier.root()), whole);
    let aside = std::fs::read_dir(atelier.root())
        .expect("readable")
        .flatten();
    let mut aside = aside.filter(|e| {
        e.file_name()
            .to_string_lossy()
            .starts_with("avant-restauration-")
    });
    let aside = aside.next().expect("what was there is kept").path();
    assert_eq!(bytes_of(&aside), changed);
    // The next backup leaves it, and says so.
    let again = atelier.run(&["sauvegarder", "--sortie", &beside(&atelier, "t.zip")]);
    assert!(
        again.stdout.contains("avant-restauration"),
        "{}",
        again.stdout
    );
}

/// An archive with one of its entries changed, or one more.
fn altered(archive: &str, of: &str, to: &[u8], more: Option<&str>) -> Vec<u8> {
    let bytes = std::fs::read(archive).expect("readable");
    let mut read = ZipArchive::new(Cursor::new(bytes)).expect("an archive");
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for i in 0..read.len() {
        let mut part = read.by_index(i).expect("a part");
        let name = part.name().expect("a name").into_owned();
        let mut content = Vec::new();
        part.read_to_end(&mut content).expect("read");
        if name == of {
            content = to.to_vec();
        }
        writer
            .start_file(name.as_str(), SimpleFileOptions::default())
            .expect("begun");
        writer.write_all(&content).expect("written");
    }
    if let Some(name) = more {
        writer
            .start_file(name, SimpleFileOptions::default())
            .expect("begun");
        writer.write_all(b"evil").expect("written");
    }
    writer.finish().expect("ended").into_inner()
}

#[test]
fn a_damaged_or_foreign_archive_puts_nothing_back() {
    let atelier = imported();
    let archive = saved(&atelier, "s.zip");
    let whole = std::fs::read(&archive).expect("readable");
    let list = "sauvegarde.json";
    let newer = b"{\"sceau\":\"0\",\"contenu\":\n{ \"format\": 99 }\n}\n";
    let cases: Vec<(&str, Vec<u8>, &str)> = vec![
        (
            "a file changed",
            altered(&archive, "observatoire/data/structures.csv", b"code", None),
            "data/structures.csv",
        ),
        (
            "an entry more",
            altered(&archive, "", b"", Some("observatoire/../../evil.txt")),
            "evil.txt",
        ),
        (
            "a list changed",
            altered(&archive, list, b"{}", None),
            "abîmée",
        ),
        (
            "a newer format",
            altered(&archive, list, newer, None),
            "plus récente",
        ),
        ("cut", whole[..whole.len() / 2].to_vec(), "coupée"),
        ("empty", Vec::new(), "coupée"),
        (
            "no backup",
            altered(&archive, list, b"", None)
                .iter()
                .rev()
                .copied()
                .collect(),
            "coupée",
        ),
    ];
    for (case, bytes, told) in cases {
        let path = beside(&atelier, "odd.zip");
        std::fs::write(&path, bytes).expect("written");
        let copy = beside(&atelier, "nulle part");
        let (code, said) = restored(&atelier, &path, &copy);
        assert!(code >= 2, "{case}: {said}");
        assert!(said.contains(told), "{case}: {said}");
        assert!(!Path::new(&copy).exists(), "{case}");
        assert!(
            !atelier.root().with_file_name("evil.txt").exists(),
            "{case}"
        );
    }
    // Any byte flipped is noticed, or changes nothing of what is restored.
    let before = bytes_of(&atelier.root());
    for rank in 0..12 {
        let mut flipped = whole.clone();
        let at = whole.len() * (2 * rank + 1) / 24;
        flipped[at] ^= 0x10;
        let path = beside(&atelier, "flipped.zip");
        std::fs::write(&path, flipped).expect("written");
        let copy = beside(&atelier, &format!("copie{rank}"));
        let (code, said) = restored(&atelier, &path, &copy);
        if code == 0 {
            assert_eq!(bytes_of(Path::new(&copy)), before, "byte {at}");
        } else {
            assert!(
                said.contains("Rien n’a été changé") || said.contains("rien n’a été changé"),
                "{said}"
            );
            assert!(!Path::new(&copy).exists(), "byte {at}: {said}");
        }
    }
}

#[test]
fn purged_answers_do_not_come_back_with_an_older_backup() {
    let atelier = imported();
    let archive = saved(&atelier, "s.zip");
    let purge = atelier.run(&["purger", "--avant", "2050-01-01", "--confirmer"]);
    assert!(purge.code < 2, "{}", purge.stderr);
    let after = bytes_of(&atelier.root());
    let root = atelier.root().display().to_string();
    let answer = atelier.raw(&["restaurer", &archive, &root, "--confirmer"]);
    assert_eq!(answer.code, 2, "{}", answer.stdout);
    assert!(answer.stderr.contains("purge"), "{}", answer.stderr);
    assert_eq!(bytes_of(&atelier.root()), after);
    // A backup made since comes back.
    let later = saved(&atelier, "t.zip");
    let answer = atelier.raw(&["restaurer", &later, &root, "--confirmer"]);
    assert_eq!(answer.code, 0, "{}", answer.stderr);
}
