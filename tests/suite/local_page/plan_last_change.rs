//! The last change of the plan taken back, by requests and by clicks.

use std::collections::BTreeSet;

use observatoire::decide::plans::ActionField;

use super::accueils_pages::{hidden, read};
use super::browser::Browser;
use super::plan_pages::{NEW, journal, keep, with_action};
use super::served::Served;
use crate::atelier::{Atelier, files, is};
use crate::plan::{line, with, workbook};

#[test]
fn the_last_change_is_taken_back_and_history_keeps_both() {
    let (atelier, served) = with_action();
    let seen = hidden(&served.get("/plan").text(), "vu");
    keep(
        &served,
        &seen,
        &[("c_statut", "en cours"), ("c_responsable", "direction")],
    );
    let list = read(&served, served.get("/plan"));
    assert!(list.contains("« en cours » redeviendrait"), "{list}");
    let stale = served.post("/plan/annuler", &[("vu", "A001")]);
    assert_eq!(stale.status, 400);
    let done = read(&served, served.post("/plan/annuler", &[("vu", "A002")]));
    assert!(
        done.contains("C’est annulé") && done.contains("R01-C1-01"),
        "{done}"
    );
    let entries = journal(&atelier);
    assert_eq!(entries[2]["changements"]["R01-C1-01"]["statut"], "à lancer");
    assert_eq!(entries[2]["changements"]["R01-C1-01"]["responsable"], "");
    let history = read(&served, served.get("/plan/action/R01-C1-01"));
    assert!(history.contains("A002 annulé"), "{history}");
    // What was added stays, given up with its reason.
    let mut fields = NEW.to_vec();
    fields[4] = ("c_action", "Une sortie");
    read(&served, served.post("/plan/ajouter", &fields));
    let done = read(&served, served.post("/plan/annuler", &[("vu", "A004")]));
    assert!(done.contains("R01-C1-02"), "{done}");
    let back = served.get("/plan/action/R01-C1-02").text();
    assert!(
        back.contains("ajoutée par erreur") && back.contains("abandonnée"),
        "{back}"
    );
}

#[test]
fn what_another_machine_changed_since_is_not_taken_back() {
    let (atelier, served) = with_action();
    let seen = hidden(&served.get("/plan").text(), "vu");
    keep(&served, &seen, &[("c_responsable", "direction")]);
    let filled = with(&[(ActionField::Responsable, "coordination")]);
    let book = workbook("A002", vec![line("R01-C1-01", &filled)]);
    let path = atelier.write("../Plan.xlsx", &book);
    let other = std::process::Command::new(env!("CARGO_BIN_EXE_observatoire"))
        .env("COMPUTERNAME", "AUTRE")
        .arg("--dossier")
        .arg(atelier.root())
        .args(["plan", "importer", &path])
        .output()
        .expect("it runs");
    assert!(
        other.status.success(),
        "{}",
        String::from_utf8_lossy(&other.stderr)
    );
    let list = read(&served, served.get("/plan"));
    assert!(
        list.contains("ne peut plus être annulée d’un coup"),
        "{list}"
    );
    assert_eq!(served.post("/plan/annuler", &[("vu", "A002")]).status, 400);
    assert_eq!(journal(&atelier).len(), 3);
}

/// An action that was added is given up by who added it only while nobody worked on it.
#[test]
fn an_action_that_another_machine_went_on_with_is_not_given_up() {
    let (atelier, served) = with_action();
    let filled = with(&[
        (ActionField::Statut, "en cours"),
        (ActionField::Responsable, "coordination"),
    ]);
    let book = workbook("A001", vec![line("R01-C1-01", &filled)]);
    let path = atelier.write("../Plan.xlsx", &book);
    let other = std::process::Command::new(env!("CARGO_BIN_EXE_observatoire"))
        .env("COMPUTERNAME", "AUTRE")
        .arg("--dossier")
        .arg(atelier.root())
        .args(["plan", "importer", &path])
        .output()
        .expect("it runs");
    assert!(
        other.status.success(),
        "{}",
        String::from_utf8_lossy(&other.stderr)
    );
    let list = read(&served, served.get("/plan"));
    assert!(
        list.contains("ne peut plus être annulée d’un coup"),
        "{list}"
    );
    assert_eq!(served.post("/plan/annuler", &[("vu", "A001")]).status, 400);
    let shown = read(&served, served.get("/plan/action/R01-C1-01"));
    assert!(!shown.contains("ajoutée par erreur"), "{shown}");
    assert_eq!(journal(&atelier).len(), 2);
}

/// One action, then one more of each of two machines that had not seen each other’s.
fn with_two_heads() -> (Atelier, Served) {
    let (atelier, served) = with_action();
    let other = Atelier::empty();
    for name in files(&atelier.root()) {
        let bytes = std::fs::read(atelier.root().join(&name)).expect("readable");
        other.write(&name, &bytes);
    }
    let mut fields = NEW.to_vec();
    fields[4] = ("c_action", "Une sortie");
    read(&served, served.post("/plan/ajouter", &fields));
    let filled = with(&[(ActionField::Action, "Un atelier")]);
    let path = other.write("../Plan.xlsx", &workbook("A001", vec![line("", &filled)]));
    let added = std::process::Command::new(env!("CARGO_BIN_EXE_observatoire"))
        .env("COMPUTERNAME", "AUTRE")
        .arg("--dossier")
        .arg(other.root())
        .args(["plan", "importer", &path])
        .output()
        .expect("it runs");
    let said = String::from_utf8_lossy(&added.stderr);
    assert!(added.status.success(), "{said}");
    let plans = other.root().join("data/plans");
    for name in files(&plans).into_iter().filter(|n| is(n, "json")) {
        let bytes = std::fs::read(plans.join(&name)).expect("readable");
        atelier.write(&format!("data/plans/{name}"), &bytes);
    }
    assert_eq!(journal(&atelier).len(), 3);
    (atelier, served)
}

/// Two machines each added an action before they were synchronised: whichever entry comes last, both are edited.
#[test]
fn actions_that_two_machines_added_at_once_are_edited_both() {
    let (_atelier, served) = with_two_heads();
    let page = read(&served, served.get("/plan"));
    let ids: BTreeSet<&str> = (page.split("/plan/action/").skip(1))
        .filter_map(|rest| rest.split(['"', '?', '#']).next())
        .collect();
    assert_eq!(ids.len(), 3, "{ids:?}");
    for id in ids {
        let shown = served.get(&format!("/plan/action/{id}")).text();
        let vu = hidden(&shown, "vu");
        let fields = [("id", id), ("vu", &vu), ("c_responsable", "direction")];
        let kept = read(&served, served.post("/plan/garder", &fields));
        assert!(kept.contains("c’est écrit"), "{id}: {kept}");
    }
}

/// Both machines gave the same number: what is taken back is what this one added.
#[test]
fn of_two_actions_added_at_once_the_own_one_is_taken_back() {
    let (atelier, served) = with_two_heads();
    let page = read(&served, served.get("/plan"));
    let (_, last) = page.split_once("class=\"derniere\"").expect("a change");
    let entry = hidden(last, "vu");
    let done = read(&served, served.post("/plan/annuler", &[("vu", &entry)]));
    assert!(done.contains("C’est annulé"), "{done}");
    let (code, said) = atelier.json(&["plan", "lister"]);
    assert_eq!(code, 0, "{said:#}");
    let actions = said["resultat"].as_array().expect("actions");
    let given_up = actions.iter().filter(|a| a["statut"] == "abandonnée");
    let given_up: Vec<&str> = given_up.filter_map(|a| a["action"].as_str()).collect();
    assert_eq!(given_up, ["Une sortie"], "{said:#}");
}

/// From « ce qu’il vous reste à faire » to an action changed, and back.
#[test]
fn an_action_is_changed_by_clicks_alone() {
    let atelier = Atelier::demo();
    let served = Served::on(Some(&atelier.root()));
    let Some(browser) = Browser::open(&[]) else {
        return;
    };
    browser.go(&format!("file://{}", served.handover.display()));
    browser.wait_for("a[href='/plan?retard=oui']");
    browser.click("a[href='/plan?retard=oui']");
    browser.wait_for("tbody details summary");
    browser.click("tbody details summary");
    let field = "tbody details[open] input[name=c_responsable]";
    browser.wait_for(field);
    browser.fill(field, "référente enfance");
    browser.click("tbody details[open] button.principal");
    browser.wait_for(".dit");
    assert!(browser.text(".dit").contains("c’est écrit"));
    assert!(browser.source().contains("référente enfance"));
    browser.click("details.derniere summary");
    browser.picture("plan-annuler");
    browser.click("details.derniere button");
    browser.wait_for(".dit");
    assert!(browser.text(".dit").contains("C’est annulé"));
    assert_eq!(journal(&atelier).len(), 4);
}
