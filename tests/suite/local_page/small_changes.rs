//! Small things that a page changes: a cell that two machines filled, a name forgotten, a weight, a code to scan.

use super::served::{Served, escaped};
use crate::atelier::{Atelier, files};

fn plain(text: &str) -> String {
    text.replace(['\u{a0}', '\u{202f}'], " ")
        .replace("&#x2f;", "/")
        .replace("&quot;", "\"")
}

fn sent(served: &Served, page: &str, to: &str, typed: &[(&str, &str)]) -> String {
    let fields = served.form(page, to, typed);
    let fields: Vec<(&str, &str)> = fields
        .iter()
        .map(|(n, v)| (n.as_str(), v.as_str()))
        .collect();
    plain(&served.follow(served.post(to, &fields)).text())
}

fn bring(from: &Atelier, to: &Atelier) {
    let plans = |a: &Atelier| a.root().join("data/plans");
    for name in files(&plans(from)).iter().filter(|n| n.starts_with('A')) {
        let bytes = std::fs::read(plans(from).join(name)).expect("readable");
        to.write(&format!("data/plans/{name}"), &bytes);
    }
}

/// Two machines, one cell: what stands is as good a choice as what either wrote.
#[test]
fn a_contested_cell_of_the_plan_is_settled_on_its_page() {
    for choice in ["reste", "0"] {
        let (one, two) = (Atelier::blank(), Atelier::blank());
        let (here, there) = (Served::on(Some(&one.root())), Served::on(Some(&two.root())));
        let new = [
            ("c_structure", "R01"),
            ("c_campagne", "C1"),
            ("critere", "REL-2"),
            ("criteres_vus", ""),
            ("c_constat", "Peu d’écoute"),
            ("c_action", "Un temps de parole"),
            ("c_objectif", "Niveau 2"),
            ("c_statut", "à lancer"),
            ("c_priorite", "moyenne"),
            ("vu", ""),
        ];
        let added = plain(&here.follow(here.post("/plan/ajouter", &new)).text());
        assert!(added.contains("R01-C1-01 est au plan"), "{added}");
        bring(&one, &two);
        let card = "/plan/action/R01-C1-01";
        assert!(
            sent(&here, card, "/plan/garder", &[("c_objectif", "Niveau 3")])
                .contains("c’est écrit")
        );
        assert!(
            sent(&there, card, "/plan/garder", &[("c_objectif", "Niveau 4")])
                .contains("c’est écrit")
        );
        bring(&two, &one);
        let page = plain(&here.get("/plan").text());
        assert!(
            page.contains("À trancher : R01-C1-01")
                && page.contains("« Niveau 3 »")
                && page.contains("« Niveau 4 »")
                && page.contains("« Niveau 2 »"),
            "{page}"
        );
        let stale = here.form(
            "/plan",
            "/plan/trancher",
            &[("choix", choice), ("vu", "A001")],
        );
        let stale: Vec<(&str, &str)> = stale
            .iter()
            .map(|(n, v)| (n.as_str(), v.as_str()))
            .collect();
        assert_eq!(here.post("/plan/trancher", &stale).status, 400);
        let settled = sent(&here, "/plan", "/plan/trancher", &[("choix", choice)]);
        assert!(
            settled.contains("c’est tranché") && !settled.contains("À trancher"),
            "{settled}"
        );
        let list = one.run(&["plan", "lister"]);
        assert!(!list.stderr.contains("PLA-916"), "{}", list.stderr);
        let now = one.json(&["plan", "lister", "--date", "2026-12-15"]).1;
        let kept = now["resultat"][0]["objectif"]
            .as_str()
            .expect("an objective");
        assert_eq!(kept == "Niveau 2", choice == "reste", "{now:#}");
        // A second click finds nothing left to settle.
        assert_eq!(
            here.post(
                "/plan/trancher",
                &[
                    ("action", "R01-C1-01"),
                    ("champ", "objectif"),
                    ("choix", "reste"),
                    ("vu", "A004")
                ]
            )
            .status,
            400
        );
    }
}

#[test]
fn the_name_behind_a_code_is_forgotten() {
    let atelier = Atelier::blank();
    let served = Served::on(Some(&atelier.root()));
    served.post(
        "/reglages/observateur",
        &[("code", "O1"), ("nom", "Marie D.")],
    );
    served.post("/reglages/observateur", &[("code", "O2"), ("nom", "PB")]);
    let file = atelier.root().join("data/observateurs.csv");
    let said = plain(
        &served
            .follow(served.post("/reglages/observateur/oublier", &[("code", "O1")]))
            .text(),
    );
    assert!(said.contains("Le nom de O1 est oublié"), "{said}");
    let left = std::fs::read_to_string(&file).expect("text");
    assert!(!left.contains("Marie") && left.contains("PB"), "{left}");
    assert_eq!(
        served
            .post("/reglages/observateur/oublier", &[("code", "O1")])
            .status,
        400
    );
}

#[test]
fn a_question_of_ones_own_bears_its_weight() {
    let atelier = Atelier::demo();
    let served = Served::on(Some(&atelier.root()));
    let page = "/referentiel/REL-2?campagne=C2";
    let typed = |weight: &'static str| {
        let mut fields = served.form(page, "/referentiel/regarder", &[]);
        fields.retain(|(n, _)| matches!(n.as_str(), "vu" | "code" | "campagne"));
        for (n, v) in [
            ("geste", "ajouter"),
            ("phrase", "Un adulte salue chaque enfant."),
            ("reponse", "OBS|frequence4"),
            ("depuis", "2027-01-04"),
            ("poids", weight),
        ] {
            fields.push((n.to_owned(), v.to_owned()));
        }
        fields
    };
    for (weight, words) in [
        ("0", "n’est pas un poids"),
        ("beaucoup", "n’est pas un poids"),
        ("2,5", "C’est gardé"),
    ] {
        let fields = typed(weight);
        let fields: Vec<(&str, &str)> = fields
            .iter()
            .map(|(n, v)| (n.as_str(), v.as_str()))
            .collect();
        let said = plain(
            &served
                .follow(served.post("/referentiel/garder", &fields))
                .text(),
        );
        assert!(said.contains(words), "{weight} : {said}");
    }
    let layer = std::fs::read_to_string(atelier.root().join("grids/local.toml")).expect("a layer");
    assert!(layer.contains("poids = 2.5"), "{layer}");
}

#[test]
fn the_link_of_a_form_becomes_a_code_that_is_drawn_here() {
    let atelier = Atelier::blank();
    let served = Served::on(Some(&atelier.root()));
    let link = escaped("https://enquetes.exemple.fr/123456?lang=fr");
    let page = plain(&served.get(&format!("/formulaires?lien={link}")).text());
    assert!(
        page.contains("Code à scanner qui mène à https://enquetes.exemple.fr/123456?lang=fr"),
        "{page}"
    );
    let drawn = served.get(&format!("/formulaires/code?lien={link}&garder=oui"));
    let kind = drawn.header("content-type").expect("a kind");
    let kept = drawn.header("content-disposition").expect("a name");
    assert!(
        kind == "image/svg+xml" && kept.contains("Code enquetes.exemple.fr.svg"),
        "{kind} {kept}"
    );
    assert!(
        drawn.text().starts_with("<svg ") && !drawn.text().contains("<image"),
        "{}",
        drawn.text()
    );
    for wrong in [
        "javascript:alert(1)",
        "https://marie:secret@exemple.fr",
        "bonjour",
    ] {
        let said = plain(
            &served
                .get(&format!("/formulaires?lien={}", escaped(wrong)))
                .text(),
        );
        assert!(
            said.contains("role=\"alert\"") && !said.contains("<figure"),
            "{wrong}"
        );
        assert_eq!(
            served
                .get(&format!("/formulaires/code?lien={}", escaped(wrong)))
                .status,
            400
        );
    }
}

/// Said by the loader, with the line, whoever wrote the file.
#[test]
fn campaigns_at_the_same_time_are_told_with_their_line() {
    let atelier = Atelier::blank();
    let path = atelier.root().join("observatoire.toml");
    let text = std::fs::read_to_string(&path).expect("settings");
    let more = format!(
        "{text}\n[[campagnes]]\nid = \"C9\"\nlabel = \"Autre\"\ndebut = \"2026-06-01\"\nfin = \"2026-09-01\"\nreferentiel = \"v1\"\n"
    );
    let line = more
        .lines()
        .position(|l| l.trim() == "id = \"C9\"")
        .expect("its line");
    atelier.write("observatoire.toml", more.as_bytes());
    let told = atelier.run(&["verifier", "--campagne", "C1"]).stderr;
    for words in [
        "BAS-116".to_owned(),
        format!("ligne {line}"),
        "01/06/2026".to_owned(),
        "03/07/2026".to_owned(),
    ] {
        assert!(told.contains(&words), "{words} : {told}");
    }
}
