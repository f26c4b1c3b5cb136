//! The plan edited, added to, proposed, taken back, exported and brought back from its pages: the same checks, the
//! same journal as the workbook.

use observatoire::decide::plans::ActionField;
use serde_json::Value;

use super::accueils_pages::{hidden, read};
use super::served::Served;
use crate::atelier::{Atelier, files, is};
use crate::plan::{line, with, workbook};

pub const NEW: [(&str, &str); 6] = [
    ("c_structure", "R01"),
    ("c_campagne", "C1"),
    ("c_priorite", "haute"),
    ("c_constat", "Niveau 2,3."),
    ("c_action", "Une demi-journée de formation"),
    ("c_statut", "à lancer"),
];

/// Entries of the journal, the oldest first.
pub fn journal(atelier: &Atelier) -> Vec<Value> {
    let dir = atelier.root().join("data/plans");
    let mut names: Vec<String> = files(&dir).into_iter().filter(|n| is(n, "json")).collect();
    names.sort();
    let read = |name: &String| {
        let text = std::fs::read_to_string(dir.join(name)).expect("readable");
        serde_json::from_str(&text).expect("json")
    };
    names.iter().map(read).collect()
}

/// A small observatory with one action, R01-C1-01.
pub fn with_action() -> (Atelier, Served) {
    let atelier = Atelier::blank();
    let served = Served::on(Some(&atelier.root()));
    let mut fields = NEW.to_vec();
    fields.extend([("criteres_vus", ""), ("critere", "REL-2"), ("vu", "")]);
    let page = read(&served, served.post("/plan/ajouter", &fields));
    assert!(page.contains("R01-C1-01 est au plan"), "{page}");
    (atelier, served)
}

pub fn keep(served: &Served, seen: &str, fields: &[(&str, &str)]) -> String {
    let mut all = vec![("id", "R01-C1-01"), ("vu", seen)];
    all.extend(fields);
    read(served, served.post("/plan/garder", &all))
}

#[test]
fn an_action_is_added_edited_and_refused_as_the_line_of_a_workbook() {
    let (atelier, served) = with_action();
    let card = served.get("/plan/action/R01-C1-01").text();
    let seen = hidden(&card, "vu");
    let fields = [
        ("c_statut", "en cours"),
        ("c_responsable", "direction"),
        ("c_echeance", "2026-12-01"),
    ];
    let kept = keep(&served, &seen, &fields);
    assert!(
        kept.contains("c’est écrit") && kept.contains("page Plan"),
        "{kept}"
    );
    let entries = journal(&atelier);
    assert_eq!(entries.len(), 2);
    let changed = &entries[1]["changements"]["R01-C1-01"];
    assert_eq!(
        changed.as_object().map(serde_json::Map::len),
        Some(3),
        "{changed}"
    );
    assert_eq!(
        (entries[1]["origine"].as_str(), changed["statut"].as_str()),
        (Some("import"), Some("en cours"))
    );

    // Each as a workbook would be refused, with what was typed still there.
    let seen = hidden(&kept, "vu");
    for (fields, said) in [
        (vec![("c_echeance", "2026-02-31")], "2026-02-31"),
        (vec![("c_responsable", "Mme Lefèvre")], "Mme Lefèvre"),
        (vec![("c_statut", "abandonnée")], "sans raison"),
        (vec![("c_statut", "réalisée")], "sans date"),
        (vec![("c_statut", "en retard")], "en retard"),
        (vec![("c_cout", "beaucoup")], "beaucoup"),
        (vec![("c_integree", "oui")], "il manque"),
        (
            vec![("criteres_vus", "REL-2"), ("critere", "ZZZ-9")],
            "ZZZ-9",
        ),
        (vec![("c_objectif", &"é".repeat(40_000))], "32 767"),
    ] {
        let page = keep(&served, &seen, &fields);
        assert!(
            page.contains("Rien n’a été écrit") && page.contains(said),
            "{said}: {page}"
        );
    }
    assert_eq!(journal(&atelier).len(), 2, "nothing was written");
    // What a person types is kept as it was typed.
    let odd = format!(
        "L’« été » d’Anaé <b>&amp;</b>\r\n=1+1 {}",
        "x".repeat(10_000)
    );
    let page = keep(&served, &seen, &[("c_objectif", &odd)]);
    assert!(
        page.contains("c’est écrit") && page.contains("&lt;b&gt;"),
        "{page}"
    );
    let written = &journal(&atelier)[2]["changements"]["R01-C1-01"]["objectif"];
    assert_eq!(written.as_str(), Some(odd.replace("\r\n", "\n").as_str()));
    assert_eq!(
        served
            .post("/plan/garder", &[("id", "R99"), ("vu", "A001")])
            .status,
        400
    );
    assert_eq!(
        served
            .post("/plan/garder", &[("id", "R01-C1-01"), ("vu", "A9")])
            .status,
        400
    );
    assert_eq!(served.get("/plan/action/R99").status, 400);

    let mut wrong = NEW.to_vec();
    wrong[0] = ("c_structure", "R77");
    let page = read(&served, served.post("/plan/ajouter", &wrong));
    assert!(
        page.contains("Rien n’a été écrit") && page.contains("R77"),
        "{page}"
    );
    let mut twice = NEW.to_vec();
    twice.extend([("criteres_vus", ""), ("critere", "REL-2")]);
    let page = read(&served, served.post("/plan/ajouter", &twice));
    assert!(page.contains("était déjà au plan"), "{page}");
    assert_eq!(journal(&atelier).len(), 3);
}

#[test]
fn the_page_and_the_workbook_write_the_same() {
    let (one, served) = with_action();
    let (two, other) = with_action();
    let fields = [
        ("c_statut", "en cours"),
        ("c_responsable", "coordination"),
        ("c_cout", "1 200,50"),
    ];
    keep(&served, &hidden(&served.get("/plan").text(), "vu"), &fields);
    let filled = with(&[
        (ActionField::Statut, "en cours"),
        (ActionField::Responsable, "coordination"),
        (ActionField::Cout, "1200.5"),
    ]);
    let book = workbook("A001", vec![line("R01-C1-01", &filled)]);
    other.follow(other.drop_files("/plan/classeurs/deposer", &[], &[("Plan.xlsx", &book)]));
    let vu = hidden(&other.get("/plan/classeurs").text(), "vu");
    let entered = read(&other, other.post("/plan/classeurs/entrer", &[("vu", &vu)]));
    assert!(entered.contains("1 action modifiée"), "{entered}");
    let (page, file) = (journal(&one).remove(1), journal(&two).remove(1));
    assert_eq!(page["changements"], file["changements"]);
    let kind = |entry: &Value| {
        let names: Vec<String> = entry
            .as_object()
            .expect("an entry")
            .keys()
            .cloned()
            .collect();
        (
            names,
            entry["origine"].clone(),
            entry["format"].clone(),
            entry["id"].clone(),
            entry["poste"].clone(),
        )
    };
    assert_eq!(kind(&page), kind(&file));
    let listed = |atelier: &Atelier| {
        atelier.json(&["plan", "lister", "--date", "2026-12-15"]).1["resultat"].clone()
    };
    assert_eq!(listed(&one), listed(&two));
}

#[test]
fn what_others_changed_meanwhile_is_said_with_both_values() {
    let (atelier, served) = with_action();
    let seen = hidden(&served.get("/plan/action/R01-C1-01").text(), "vu");
    keep(&served, &seen, &[("c_responsable", "direction")]);
    // A workbook exported before, brought back after.
    let bytes = workbook(
        &seen,
        vec![line(
            "R01-C1-01",
            &with(&[(ActionField::Responsable, "coordination")]),
        )],
    );
    let looked = read(
        &served,
        served.drop_files("/plan/classeurs/deposer", &[], &[("Plan.xlsx", &bytes)]),
    );
    assert!(
        looked.contains("Cases changées de deux côtés")
            && looked.contains("direction")
            && looked.contains("coordination"),
        "{looked}"
    );
    assert!(looked.contains("« coordination » le remplace"), "{looked}");
    assert_eq!(journal(&atelier).len(), 2, "looking writes nothing");
    let stale = read(
        &served,
        served.post("/plan/classeurs/entrer", &[("vu", "0")]),
    );
    assert!(stale.contains("rien n’est entré"), "{stale}");
    let gone = read(
        &served,
        served.post("/plan/classeurs/retirer", &[("rang", "000001")]),
    );
    assert!(gone.contains("n’attend plus"), "{gone}");
    assert_eq!(
        served
            .post("/plan/classeurs/retirer", &[("rang", "000001")])
            .status,
        400
    );

    // Another tab, that saw what was before: told, not written, until it is said to replace.
    let page = keep(
        &served,
        &seen,
        &[("c_responsable", "équipe"), ("c_appui", "CEMÉA")],
    );
    assert!(
        page.contains("d’autres ont changé les mêmes cases")
            && page.contains("direction")
            && page.contains("value=\"équipe\""),
        "{page}"
    );
    assert_eq!(
        (journal(&atelier).len(), hidden(&page, "vu")),
        (2, seen.clone())
    );
    let page = keep(
        &served,
        &seen,
        &[("c_responsable", "équipe"), ("remplace", "oui")],
    );
    assert!(page.contains("c’est écrit"), "{page}");
    // Cells that this one did not touch stay as others left them.
    let page = keep(
        &served,
        &seen,
        &[("c_responsable", ""), ("c_appui", "CEMÉA")],
    );
    assert!(
        page.contains("c’est écrit") && page.contains("value=\"équipe\""),
        "{page}"
    );
}

#[test]
fn proposals_are_looked_at_then_written_and_filters_keep_what_they_say() {
    let atelier = Atelier::demo();
    let served = Served::on(Some(&atelier.root()));
    let before = journal(&atelier).len();
    let looked = read(&served, served.get("/plan/proposer"));
    let stale = read(
        &served,
        served.post("/plan/proposer/ecrire", &[("campagne", "C2"), ("vu", "0")]),
    );
    assert!(stale.contains("rien n’a été écrit"), "{stale}");
    assert_eq!(journal(&atelier).len(), before);
    let vu = hidden(&looked, "vu");
    let done = read(
        &served,
        served.post("/plan/proposer/ecrire", &[("campagne", "C2"), ("vu", &vu)]),
    );
    assert!(done.contains("actions proposées"), "{done}");
    assert!(journal(&atelier).len() > before);
    // A draft that is touched then put back is a draft again.
    let draft = atelier.json(&["plan", "lister"]).1["resultat"]
        .as_array()
        .expect("actions")
        .iter()
        .find(|a| a["campagne"] == "C2")
        .expect("a draft")["id"]
        .as_str()
        .expect("an id")
        .to_owned();
    let page = || served.get(&format!("/plan/action/{draft}")).text();
    assert!(page().contains("<strong>proposée</strong>"), "{}", page());
    let seen = hidden(&page(), "vu");
    read(
        &served,
        served.post(
            "/plan/garder",
            &[("id", &draft), ("vu", &seen), ("c_appui", "CEMÉA")],
        ),
    );
    assert!(!page().contains("<strong>proposée</strong>"));
    let last = served.get("/plan").text();
    let entry = hidden(
        last.split("action=\"/plan/annuler\"").nth(1).unwrap_or(""),
        "vu",
    );
    read(&served, served.post("/plan/annuler", &[("vu", &entry)]));
    assert!(page().contains("<strong>proposée</strong>"), "{}", page());

    let lines = |address: &str| served.get(address).text().matches("<tr id=").count();
    let all = lines("/plan");
    let late = lines("/plan?retard=oui");
    let site = lines("/plan?accueil=R01");
    let earlier = lines("/plan?campagne=C1");
    assert!(
        late > 0 && late < all && site > 0 && site < all && earlier > 0 && earlier < all,
        "{all} {late} {site} {earlier}"
    );
    assert_eq!(served.get("/plan?accueil=R99").status, 400);
    let book = served.get("/plan/classeur?accueil=R01");
    assert!(
        book.body.starts_with(b"PK")
            && book
                .header("content-disposition")
                .is_some_and(|d| d.contains("Plan d_actions - ") && d.contains("(R01) - 20"))
    );
    assert_eq!(served.get("/plan/classeur?accueil=R99").status, 400);
}

#[test]
fn a_workbook_that_is_none_waits_and_says_why() {
    let (atelier, served) = with_action();
    let none = served.drop_files("/plan/classeurs/deposer", &[], &[]);
    assert_eq!(none.status, 400);
    let bad: &[(&str, &[u8])] = &[
        ("vide.xlsx", b""),
        ("notes.txt", b"rien"),
        ("autre.csv", b"a;b\n1;2\n"),
    ];
    let page = read(
        &served,
        served.drop_files("/plan/classeurs/deposer", &[], bad),
    );
    assert!(
        page.matches("fichier refuse").count() == 3 && !page.contains("Faire entrer 1"),
        "{page}"
    );
    let vu = hidden(&served.get("/plan/classeurs").text(), "vu");
    read(
        &served,
        served.post("/plan/classeurs/entrer", &[("vu", &vu)]),
    );
    assert_eq!(journal(&atelier).len(), 1);
}

/// Typography is for what is read: what stands in a box goes back as it was, and only what is typed over changes.
#[test]
fn what_is_not_typed_over_stays_to_the_letter() {
    let atelier = Atelier::blank();
    let served = Served::on(Some(&atelier.root()));
    let mut fields = NEW.to_vec();
    fields.retain(|(name, _)| *name != "c_objectif");
    let words = "L'enfant est écouté ; on sait « quoi » faire : 100 % des fois !";
    fields.extend([
        ("criteres_vus", ""),
        ("critere", "REL-2"),
        ("vu", ""),
        ("c_objectif", words),
    ]);
    read(&served, served.post("/plan/ajouter", &fields));
    let shown = served.form(
        "/plan/action/R01-C1-01",
        "/plan/garder",
        &[("c_responsable", "direction")],
    );
    let shown: Vec<(&str, &str)> = shown
        .iter()
        .map(|(n, v)| (n.as_str(), v.as_str()))
        .collect();
    read(&served, served.post("/plan/garder", &shown));
    let entries = journal(&atelier);
    let changed = &entries[1]["changements"]["R01-C1-01"];
    assert_eq!(changed, &serde_json::json!({ "responsable": "direction" }));
}
