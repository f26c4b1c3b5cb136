//! The territory by its name: an EPCI chosen among those that resemble, the commune of an accueil among its communes.

use super::served::{Response, Served};
use crate::atelier::Atelier;

fn read(served: &Served, response: Response) -> String {
    let text = served.follow(response).text();
    text.replace(['\u{a0}', '\u{202f}'], " ")
        .replace("&#x2f;", "/")
}

fn sent(served: &Served, page: &str, to: &str, typed: &[(&str, &str)]) -> String {
    let fields = served.form(page, to, typed);
    let fields: Vec<(&str, &str)> = fields
        .iter()
        .map(|(n, v)| (n.as_str(), v.as_str()))
        .collect();
    read(served, served.post(to, &fields))
}

/// A new folder for a name that several bear asks which; the communes follow, and an accueil's is chosen among them.
#[test]
fn a_folder_is_created_for_an_epci_chosen_by_its_name() {
    let place = Atelier::empty();
    let served = Served::on(None);
    let dir = place.root().join("neuf");
    let typed = [
        ("territoire", "Roumois Seine"),
        ("dossier", &dir.display().to_string()),
    ];
    let asked = read(&served, served.post("/dossiers/creer", &typed));
    assert!(
        asked.contains("Lequel") || asked.contains("De quel territoire"),
        "{asked}"
    );
    assert!(
        asked.contains("CC Roumois Seine") && asked.contains("Eure") && !dir.exists(),
        "{asked}"
    );
    let siren = asked
        .split("name=\"epci\" value=\"")
        .nth(1)
        .expect("a choice")[..9]
        .to_owned();
    let mut chosen = typed.to_vec();
    chosen.push(("epci", &siren));
    let page = read(&served, served.post("/dossiers/creer", &chosen));
    assert!(page.contains("Dossier créé"), "{page}");
    let settings = std::fs::read_to_string(dir.join("observatoire.toml")).expect("settings");
    assert!(
        settings.contains(&siren) && settings.contains("Bourgtheroulde")
            || settings.contains("Grand Bourgtheroulde"),
        "{settings}"
    );
    let told = read(&served, served.get("/reglages/territoire"));
    assert!(
        told.contains("CC Roumois Seine") && told.contains("geo.api.gouv.fr"),
        "{told}"
    );

    // An accueil, its commune from the list: the code follows.
    let form = read(&served, served.get("/accueils"));
    let commune = form.split("name=\"commune\"").nth(1).expect("a list");
    let commune = commune.split("</select>").next().expect("its end");
    let name = commune
        .split("<option value=\"")
        .nth(2)
        .expect("a commune")
        .split('"')
        .next()
        .expect("its name")
        .to_owned();
    let added = served.form(
        "/accueils",
        "/accueils/ajouter",
        &[
            ("code", "B01"),
            ("nom", "Les Pins"),
            ("type", "mixte"),
            ("commune", &name),
        ],
    );
    let added: Vec<(&str, &str)> = added
        .iter()
        .map(|(n, v)| (n.as_str(), v.as_str()))
        .collect();
    let page = read(&served, served.post("/accueils/ajouter", &added));
    assert!(page.contains("est au registre"), "{page}");
    let registry = std::fs::read_to_string(dir.join("data/structures.csv")).expect("a registry");
    let line = registry
        .lines()
        .find(|l| l.contains("Les Pins"))
        .expect("its line");
    let insee = settings
        .lines()
        .find(|l| l.contains(&format!("\"{name}\"")))
        .expect("the commune");
    let insee: String = insee
        .split("insee = \"")
        .nth(1)
        .expect("a code")
        .chars()
        .take(5)
        .collect();
    assert!(line.contains(&insee), "{line} {insee}");
    // Her own list is asked still: the example of the registry counted for nothing.
    assert!(read(&served, served.get("/")).contains("Distribuer les formulaires"));
}

/// « Aucun de ceux-ci » keeps the name; the page of settings finds the EPCI later, by one of its communes.
#[test]
fn an_epci_is_chosen_later_and_refused_when_stale() {
    let place = Atelier::empty();
    let served = Served::on(None);
    let dir = place.root().join("neuf").display().to_string();
    let typed = [
        ("territoire", "Roumois Seine"),
        ("dossier", dir.as_str()),
        ("epci", "aucun"),
    ];
    assert!(read(&served, served.post("/dossiers/creer", &typed)).contains("Dossier créé"));
    let nothing = read(&served, served.get("/reglages/territoire?epci=Xyzzyx"));
    assert!(nothing.contains("role=\"alert\""), "{nothing}");
    let page = "/reglages/territoire?epci=Roumois%20Seine";
    let siren = read(&served, served.get(page))
        .split("name=\"siren\" value=\"")
        .nth(1)
        .expect("a choice")[..9]
        .to_owned();
    let stale = [("siren", siren.as_str()), ("vu", "ailleurs")];
    assert_eq!(
        served.post("/reglages/territoire/garder", &stale).status,
        400
    );
    let kept = sent(
        &served,
        page,
        "/reglages/territoire/garder",
        &[("siren", &siren), ("renommer", "oui")],
    );
    assert!(
        kept.contains("sont dans les réglages")
            && kept.contains("Communauté de communes Roumois Seine"),
        "{kept}"
    );
    let same = sent(
        &served,
        page,
        "/reglages/territoire/garder",
        &[("siren", &siren)],
    );
    assert!(same.contains("le disaient déjà"), "{same}");
    assert_eq!(
        served
            .post("/reglages/territoire/garder", &[("siren", "000000000")])
            .status,
        400
    );
    let odd = served.drop_files(
        "/reglages/territoire/contours",
        &[],
        &[("contours.json", b"{}".as_slice())],
    );
    assert!(
        odd.status == 400 && odd.text().contains("contours.json"),
        "{}",
        odd.text()
    );
    assert_eq!(
        served.post("/reglages/territoire/contours", &[]).status,
        400
    );
}

#[test]
fn the_accueils_are_on_a_map() {
    let atelier = Atelier::demo();
    let served = Served::on(Some(&atelier.root()));
    let page = read(&served, served.get("/accueils"));
    assert!(
        page.contains("src=\"/accueils/carte\"") && page.contains("alt=\""),
        "{page}"
    );
    let drawn = served.get("/accueils/carte");
    assert!(
        drawn.header("content-type").as_deref() == Some("image/svg+xml")
            && drawn.text().contains("R01")
    );
}
