//! What a workbook of the follow-up was written from: an earlier day, a state that a restored backup no longer has,
//! another machine, nothing that is known. What others did since is never taken back without a word.

use observatoire::convention::{
    DocumentsColumn, PresencesColumn, Register, RegisterColumn, Registers, TempsColumn,
};

use super::edited;
use crate::atelier::{Atelier, files};

/// First free row of the meetings of the example, and of who came.
const NEW_MEETING: u32 = 33;
const NEW_PRESENCE: u32 = 142;

fn exported(demo: &Atelier, more: &[&str]) -> Vec<u8> {
    let out = demo.root().join("suivi.xlsx");
    let out = out.to_string_lossy();
    let asked = [&["ctg", "exporter", "--sortie", &*out], more].concat();
    let answer = demo.run(&asked);
    assert_eq!(answer.code, 0, "{}", answer.stderr);
    std::fs::read(&*out).expect("written")
}

/// Brings a workbook in; the codes of what is told.
fn enter(demo: &Atelier, name: &str, bytes: &[u8], code: i32) -> Vec<String> {
    let path = demo.write(name, bytes);
    let (ended, said) = demo.json(&["ctg", "importer", &path]);
    assert_eq!(ended, code, "{said:#}");
    let told = said["diagnostics"].as_array().expect("a list").iter();
    told.map(|d| d["code"].as_str().expect("a code").to_owned())
        .collect()
}

fn hours(demo: &Atelier, id: &str) -> Option<f64> {
    let registers = Registers::load(&demo.root(), None).expect("a follow-up");
    let row = registers.row(Register::Temps, id).expect("a line");
    row.number(TempsColumn::Duree)
}

/// The journal of a machine, taken over by another.
fn synchronised(to: &Atelier, from: &Atelier) {
    let journal = from.root().join("data/ctg/journal");
    for name in files(&journal).into_iter().filter(|n| n.starts_with('A')) {
        let kept = std::fs::read(journal.join(&name)).expect("readable");
        to.write(&format!("data/ctg/journal/{name}"), &kept);
    }
}

/// A new meeting and who came to it.
fn meeting(title: &'static str) -> Vec<(&'static str, u32, u16, &'static str)> {
    vec![
        ("Temps", NEW_MEETING, 1, "2026-12-14"),
        ("Temps", NEW_MEETING, 2, "formation"),
        ("Temps", NEW_MEETING, 3, title),
        ("Présences", NEW_PRESENCE, 1, title),
        ("Présences", NEW_PRESENCE, 2, "CDC"),
        ("Présences", NEW_PRESENCE, 3, title),
    ]
}

#[test]
fn a_workbook_of_an_earlier_day_is_not_taken_back() {
    let demo = Atelier::demo();
    let before = files(&demo.root().join("data/ctg/journal"));
    let past = exported(&demo, &["--date", "2026-07-01"]);
    let told = enter(
        &demo,
        "passé.xlsx",
        &edited(&past, &[("Temps", 2, 8, "9")]),
        1,
    );
    assert!(told.iter().any(|code| code == "CTG-219"), "{told:?}");
    assert_eq!(before, files(&demo.root().join("data/ctg/journal")));
    // A day after all that is known shows what is filled in.
    let today = exported(&demo, &["--date", "2027-01-01"]);
    enter(
        &demo,
        "jour.xlsx",
        &edited(&today, &[("Temps", 2, 8, "9")]),
        0,
    );
    assert_eq!(hours(&demo, "T-001"), Some(9.0));
}

/// The ids of entries are given again once a backup is back; what they came to is not.
#[test]
fn ids_given_again_after_a_backup_are_no_base() {
    let demo = Atelier::demo();
    let backup = demo.root().join("../sauvegarde.zip");
    let backup = backup.to_string_lossy();
    assert_eq!(demo.run(&["sauvegarder", "--sortie", &*backup]).code, 0);
    let first = exported(&demo, &[]);
    enter(&demo, "a.xlsx", &edited(&first, &[("Temps", 2, 8, "3")]), 0);
    let lost = exported(&demo, &[]);
    let answer = demo.run(&["restaurer", &*backup, "--confirmer"]);
    assert_eq!(answer.code, 0, "{}", answer.stderr);
    let again = exported(&demo, &[]);
    enter(&demo, "b.xlsx", &edited(&again, &[("Temps", 3, 8, "8")]), 0);
    // Written from the entry that is lost: the value that it replaces is told.
    let told = enter(&demo, "c.xlsx", &edited(&lost, &[("Temps", 4, 8, "6")]), 0);
    assert!(told.iter().any(|code| code == "CTG-213"), "{told:?}");
}

/// What is filled further in the same file completes the lines that it added, and adds them no more.
#[test]
fn the_same_workbook_filled_further_adds_nothing_twice() {
    let demo = Atelier::demo();
    let bytes = exported(&demo, &[]);
    let mut edits = meeting("Ajoutée");
    enter(&demo, "un.xlsx", &edited(&bytes, &edits), 0);
    edits.push(("Temps", NEW_MEETING, 8, "2"));
    let told = enter(&demo, "deux.xlsx", &edited(&bytes, &edits), 0);
    assert!(told.iter().any(|code| code == "CTG-214"), "{told:?}");
    assert_eq!(hours(&demo, "T-032"), Some(2.0));
    let registers = Registers::load(&demo.root(), None).expect("a follow-up");
    assert_eq!(registers.rows(Register::Temps).len(), 32);
    assert_eq!(registers.rows(Register::Presences).len(), 141);
}

/// Two machines add a meeting and who came to it, under the same ids: each presence stays with its meeting, and the
/// workbook of either machine, filled before they met, still means its own.
#[test]
fn who_came_stays_with_the_meeting_of_its_machine() {
    let (one, other) = (Atelier::demo(), Atelier::demo());
    let bytes = exported(&one, &[]);
    enter(
        &one,
        "un.xlsx",
        &edited(&bytes, &meeting("Petite enfance")),
        0,
    );
    enter(
        &other,
        "deux.xlsx",
        &edited(&bytes, &meeting("Ludothèques")),
        0,
    );
    let own = [exported(&one, &[]), exported(&other, &[])];
    synchronised(&one, &other);
    let together = |registers: &Registers| {
        for presence in registers.rows(Register::Presences) {
            let service = presence.text(PresencesColumn::Service);
            if ["Petite enfance", "Ludothèques"].contains(&service) {
                let id = presence.text(PresencesColumn::Temps);
                let meeting = registers.row(Register::Temps, id).expect("a meeting");
                assert_eq!(meeting.text(TempsColumn::Intitule), service, "{id}");
            }
        }
    };
    let registers = Registers::load(&one.root(), None).expect("a follow-up");
    assert_eq!(registers.rows(Register::Temps).len(), 33);
    together(&registers);
    for (n, (book, length)) in own.iter().zip(["4", "7"]).enumerate() {
        let filled = edited(book, &[("Temps", NEW_MEETING, 8, length)]);
        enter(&one, &format!("après {n}.xlsx"), &filled, 0);
    }
    let registers = Registers::load(&one.root(), None).expect("a follow-up");
    together(&registers);
    for (title, length) in [("Petite enfance", 4.0), ("Ludothèques", 7.0)] {
        let mut rows = registers.rows(Register::Temps).iter();
        let row = rows.find(|row| row.text(TempsColumn::Intitule) == title);
        assert_eq!(
            row.and_then(|row| row.number(TempsColumn::Duree)),
            Some(length),
            "{title}"
        );
    }
}

/// A line that was removed since is not half filled again; a title that stands is left alone.
#[test]
fn a_line_removed_since_is_said_so() {
    let demo = Atelier::demo();
    let bytes = exported(&demo, &[]);
    let columns = DocumentsColumn::REGISTER.columns().len() as u16;
    let emptied: Vec<_> = (1..=columns).map(|c| ("Documents", 2, c, "")).collect();
    enter(&demo, "retirée.xlsx", &edited(&bytes, &emptied), 0);
    let path = demo.write(
        "suite.xlsx",
        &edited(&bytes, &[("Documents", 2, 8, "tous")]),
    );
    let (code, said) = demo.json(&["ctg", "importer", &path]);
    assert_eq!(code, 1, "{said:#}");
    let told = said["diagnostics"].as_array().expect("a list").iter();
    let mut told = told.filter(|d| d["code"] == "CTG-210");
    assert!(
        told.any(|d| d["message"].to_string().contains("a été retirée du suivi")),
        "{said:#}"
    );
}
