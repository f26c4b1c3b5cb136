//! The journal of plans: entries added up, altered, brought by another machine.

use std::path::Path;

use super::field::ActionField;
use super::plan_journal::*;
use crate::base::day::on;
use crate::base::journal::{JournalPlaces, NUMBERED, Origin};

fn entry(date: &str, fields: &[(ActionField, &str)]) -> Entry {
    let mut entry = Entry::new(on(date), Origin::Import, "plan.xlsx", date);
    let fields = fields.iter().map(|(f, t)| (*f, (*t).to_owned())).collect();
    entry.changements.insert("R01-C1-01".to_owned(), fields);
    entry
}

fn in_folder(dir: &Path) -> JournalPlaces {
    JournalPlaces {
        entries: dir.to_path_buf(),
        marks: dir.join("reperes"),
    }
}

/// Nothing names the last entry but what this machine remembers of it.
#[test]
fn a_last_entry_that_is_gone_is_said() {
    let dir = tempfile::tempdir().expect("a folder");
    let places = in_folder(dir.path());
    let mut held = Held::take(&places).expect("free");
    for day in ["2026-09-01", "2026-10-01"] {
        held.commit(entry(day, &[(ActionField::Structure, "R01")]))
            .expect("written");
    }
    drop(held);
    let last = entries_of(dir.path()).remove(1);
    std::fs::remove_file(dir.path().join(&last)).expect("removed");
    assert!(Journal::read(dir.path()).is_ok(), "nothing names it");
    let error = Journal::whole(&places).expect_err("a gap").to_string();
    assert!(
        error.contains(&last[5..]) && error.contains("reperes"),
        "{error}"
    );
    assert!(Held::take(&places).is_err());
    // Whoever deleted it on purpose deletes what remembers it too.
    std::fs::remove_dir_all(&places.marks).expect("removed");
    assert_eq!(Journal::whole(&places).expect("whole").entries.len(), 1);
}

#[test]
fn the_state_is_what_entries_add_up_to() {
    let dir = tempfile::tempdir().expect("a folder");
    let mut held = Held::take(&in_folder(dir.path())).expect("free");
    let first = [
        (ActionField::Structure, "R01"),
        (ActionField::Statut, "à lancer"),
        (ActionField::Raison, "x"),
    ];
    assert_eq!(
        held.commit(entry("2026-09-01", &first)).expect("written"),
        "A001"
    );
    let second = [(ActionField::Statut, "en cours"), (ActionField::Raison, "")];
    held.commit(entry("2026-10-01", &second)).expect("written");
    drop(held);
    let journal = Journal::read(dir.path()).expect("readable");
    let record = &journal.records["R01-C1-01"];
    assert_eq!(
        record.get(&ActionField::Statut).map(String::as_str),
        Some("en cours")
    );
    assert!(!record.contains_key(&ActionField::Raison));
    let before = journal.state_of("A001").expect("there");
    assert_eq!(before["R01-C1-01"][&ActionField::Statut], "à lancer");
    let changes = journal.changes("R01-C1-01");
    assert_eq!(changes.len(), 5);
    let last = changes
        .iter()
        .rfind(|c| c.champ == ActionField::Statut)
        .expect("there");
    assert_eq!(
        (last.avant.as_str(), last.entree.as_str()),
        ("à lancer", "A002")
    );
}

#[test]
fn a_missing_entry_is_said_and_a_half_written_one_is_not_seen() {
    let dir = tempfile::tempdir().expect("a folder");
    let mut held = Held::take(&in_folder(dir.path())).expect("free");
    for day in ["2026-09-01", "2026-10-01"] {
        held.commit(entry(day, &[(ActionField::Structure, "R01")]))
            .expect("written");
    }
    drop(held);
    std::fs::write(dir.path().join("A003.tmp"), "{\"format\":").expect("written");
    assert_eq!(
        Journal::read(dir.path()).expect("readable").entries.len(),
        2
    );
    let first = entries_of(dir.path()).remove(0);
    std::fs::remove_file(dir.path().join(&first)).expect("removed");
    let error = Journal::read(dir.path()).expect_err("a gap").to_string();
    assert!(
        error.contains(&first[5..]) && error.contains("manque"),
        "{error}"
    );
}

fn entries_of(dir: &Path) -> Vec<String> {
    let names = std::fs::read_dir(dir).expect("readable").flatten();
    let entries = names.filter(|e| e.path().extension().is_some_and(|end| end == "json"));
    let names = entries.map(|e| e.file_name().to_string_lossy().into_owned());
    let mut names: Vec<String> = names.collect();
    names.sort();
    names
}

fn copy(from: &Path, to: &Path) {
    for name in entries_of(from) {
        std::fs::copy(from.join(&name), to.join(&name)).expect("copied");
    }
}

#[test]
fn an_entry_that_was_altered_is_named_and_an_older_journal_goes_on() {
    let dir = tempfile::tempdir().expect("a folder");
    for (rank, status) in ["à lancer", "en cours"].into_iter().enumerate() {
        let mut old = entry("2026-09-01", &[(ActionField::Statut, status)]);
        (old.format, old.id) = (NUMBERED, format!("A{:03}", rank + 1));
        let text = serde_json::to_string_pretty(&old).expect("JSON");
        std::fs::write(dir.path().join(format!("{}.json", old.id)), text).expect("written");
    }
    let mut held = Held::take(&in_folder(dir.path())).expect("free");
    assert_eq!(
        held.journal.records["R01-C1-01"][&ActionField::Statut],
        "en cours"
    );
    let third = entry("2026-10-01", &[(ActionField::Raison, "x")]);
    assert_eq!(held.commit(third).expect("written"), "A003");
    drop(held);
    let sound = Journal::read(dir.path()).expect("readable");
    assert_eq!(sound.entries.len(), 3);
    for name in entries_of(dir.path()) {
        let path = dir.path().join(&name);
        let bytes = std::fs::read(&path).expect("readable");
        for at in (0..bytes.len()).step_by(7) {
            let mut flipped = bytes.clone();
            flipped[at] ^= 1;
            std::fs::write(&path, &flipped).expect("written");
            assert!(Journal::read(dir.path()).is_err(), "{name}, {at}");
        }
        std::fs::write(&path, &bytes).expect("put back");
    }
    assert_eq!(Journal::read(dir.path()).expect("readable"), sound);
}

#[test]
fn two_machines_are_merged_cell_by_cell() {
    let (one, two) = (
        tempfile::tempdir().expect("a folder"),
        tempfile::tempdir().expect("a folder"),
    );
    let commit = |dir: &Path, entry: Entry| {
        Held::take(&in_folder(dir))
            .expect("free")
            .commit(entry)
            .expect("written")
    };
    let first = [
        (ActionField::Structure, "R01"),
        (ActionField::Statut, "à lancer"),
    ];
    commit(one.path(), entry("2026-09-01", &first));
    copy(one.path(), two.path());
    // One writes the leader and the status, the other the reason and another status.
    let here = [
        (ActionField::Responsable, "direction"),
        (ActionField::Statut, "en cours"),
    ];
    let there = [
        (ActionField::Raison, "travaux"),
        (ActionField::Statut, "abandonnée"),
    ];
    assert_eq!(commit(one.path(), entry("2026-10-01", &here)), "A002");
    assert_eq!(commit(two.path(), entry("2026-10-02", &there)), "A002");
    copy(one.path(), two.path());
    copy(two.path(), one.path());
    let merged = Journal::read(one.path()).expect("readable");
    assert_eq!(merged, Journal::read(two.path()).expect("readable"));
    let record = &merged.records["R01-C1-01"];
    assert_eq!(record[&ActionField::Responsable], "direction");
    assert_eq!(record[&ActionField::Raison], "travaux");
    assert_eq!(
        record[&ActionField::Statut],
        "à lancer",
        "what both had stands"
    );
    let told = merged.remarks();
    assert_eq!(told.len(), 1, "{told:?}");
    assert!(told[0].message.contains("« en cours »") && told[0].message.contains("« abandonnée »"));
    assert!(merged.entries[1].id.starts_with("A002-") && merged.entries[2].id.starts_with("A002-"));
    // Who starts from « A002 » is taken to know what both had.
    let before = merged.state_of("A002").expect("there");
    assert_eq!(before["R01-C1-01"].len(), 2);
    let chosen = [(ActionField::Statut, "en cours")];
    assert_eq!(commit(one.path(), entry("2026-11-01", &chosen)), "A003");
    let chosen = Journal::read(one.path()).expect("readable");
    assert_eq!(
        chosen.records["R01-C1-01"][&ActionField::Statut],
        "en cours"
    );
    assert!(chosen.remarks().is_empty());
}

#[test]
fn an_action_that_two_machines_created_under_one_id_is_two_actions() {
    let (one, two) = (
        tempfile::tempdir().expect("a folder"),
        tempfile::tempdir().expect("a folder"),
    );
    let commit = |dir: &Path, entry: Entry| {
        Held::take(&in_folder(dir))
            .expect("free")
            .commit(entry)
            .expect("written")
    };
    commit(
        one.path(),
        entry("2026-09-01", &[(ActionField::Action, "peindre")]),
    );
    commit(
        two.path(),
        entry("2026-09-02", &[(ActionField::Action, "planter")]),
    );
    commit(
        two.path(),
        entry("2026-09-03", &[(ActionField::Statut, "en cours")]),
    );
    copy(two.path(), one.path());
    let merged = Journal::read(one.path()).expect("readable");
    assert!(merged.contested.is_empty(), "{:?}", merged.contested);
    assert_eq!(merged.records.len(), 2);
    let planted = merged
        .records
        .values()
        .find(|r| r[&ActionField::Action] == "planter");
    assert_eq!(planted.expect("kept")[&ActionField::Statut], "en cours");
}
