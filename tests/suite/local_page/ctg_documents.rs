//! Documents of the convention written and opened from their page; exchanges of data listed, a request noted.

use super::served::{Response, Served};
use crate::atelier::Atelier;

fn read(served: &Served, response: Response) -> String {
    let text = served.follow(response).text();
    text.replace(['\u{a0}', '\u{202f}'], " ")
        .replace("&#x2f;", "/")
}

#[test]
fn a_quarter_is_written_and_opened() {
    let atelier = Atelier::demo();
    let served = Served::on(Some(&atelier.root()));
    let asked = [
        ("document", "suivi"),
        ("trimestre", "2026-T3"),
        ("public", "copil"),
        ("format", "html"),
    ];
    let written = read(&served, served.post("/ctg/documents/ecrire", &asked));
    assert!(
        written.contains("Suivi du") && written.contains("/ctg/documents/fichier/"),
        "{written}"
    );
    let links = written.split("href=\"/ctg/documents/fichier/").skip(1);
    let mut links = links.map(|after| after.split('"').next().expect("its end"));
    let link = links.find(|l| l.contains("2026-T3")).expect("a file");
    let page = served.get(&format!("/ctg/documents/fichier/{link}"));
    let policy = page.header("content-security-policy").expect("its own");
    assert!(page.status == 200 && page.text().contains("trimestre") && policy.contains("'none'"));
    for (field, typed) in [
        ("format", ""),
        ("public", "voisins"),
        ("trimestre", "hier"),
        ("document", "roman"),
    ] {
        let mut wrong = asked.to_vec();
        wrong.retain(|(n, _)| *n != field);
        wrong.push((field, typed));
        let said = read(&served, served.post("/ctg/documents/ecrire", &wrong));
        assert!(
            said.contains("class=\"erreur\"") || said.contains("n’est pas un trimestre"),
            "{field} : {said}"
        );
    }
    let outside = served.get("/ctg/documents/fichier/../../observatoire.toml");
    assert_ne!(outside.status, 200);
    let outside = served.get("/ctg/documents/fichier/..%2F..%2Fobservatoire.toml");
    assert_ne!(outside.status, 200);
}

#[test]
fn a_request_for_data_is_noted_with_what_it_lacks() {
    let atelier = Atelier::demo();
    let served = Served::on(Some(&atelier.root()));
    let new = [
        ("sens", "sortant"),
        ("demandeur", "La Caf"),
        ("detenteur", "La communauté de communes"),
        ("objet", "Le nombre de places par commune"),
    ];
    for missing in ["demandeur", "detenteur", "objet", "sens"] {
        let mut wrong = new.to_vec();
        wrong.retain(|(n, _)| *n != missing);
        assert_eq!(
            served.post("/ctg/echanges/nouveau", &wrong).status,
            400,
            "{missing}"
        );
    }
    let noted = read(&served, served.post("/ctg/echanges/nouveau", &new));
    assert!(
        noted.contains("est au registre") && noted.contains("Le nombre de places par commune"),
        "{noted}"
    );
    let line = noted
        .split("Le nombre de places par commune")
        .nth(1)
        .expect("its line");
    let line = line.split("</tr>").next().expect("its end");
    assert!(line.contains("<li>"), "what it lacks is said: {line}");
}

/// Every other document, from the lists that its form offers.
#[test]
fn every_document_is_written_from_its_form() {
    let atelier = Atelier::demo();
    let served = Served::on(Some(&atelier.root()));
    let page = served.get("/ctg/documents").text();
    for (code, typed, words) in [
        ("seance", &[("temps", "T-001")][..], "feuille des présences"),
        ("gouvernance", &[("annee", "2026")], "Gouvernance de 2026"),
        (
            "experimentation",
            &[("experimentation", "EXP1")],
            "C1 comparée à C2",
        ),
        (
            "territoire",
            &[("annee", "2026")],
            "sur le territoire, 2026",
        ),
        ("bilan", &[("type", "point_etape")], "Point d’étape"),
    ] {
        let form = page.split(&format!("value=\"{code}\">")).nth(1);
        let form = form.unwrap_or_else(|| panic!("{code}")).split("</form>");
        let form = form.into_iter().next().expect("its end");
        for (name, value) in typed {
            assert!(
                form.contains(&format!("name=\"{name}\"")) && form.contains(value),
                "{code} : {form}"
            );
        }
        let mut asked = vec![("document", code), ("public", "copil"), ("format", "html")];
        asked.extend(typed);
        let written = read(&served, served.post("/ctg/documents/ecrire", &asked));
        assert!(
            written.contains(words) && written.contains("Relisez avant de transmettre"),
            "{code} : {written}"
        );
        for missing in typed.iter().map(|(n, _)| *n).chain(["public"]) {
            let mut wrong = asked.clone();
            wrong.retain(|(n, _)| *n != missing);
            let refused = served.post("/ctg/documents/ecrire", &wrong);
            assert_eq!(refused.status, 400, "{code}, {missing}");
        }
    }
    let not_for_all = [
        ("document", "experimentation"),
        ("experimentation", "EXP1"),
        ("public", "habitants"),
        ("format", "html"),
    ];
    assert_eq!(
        served.post("/ctg/documents/ecrire", &not_for_all).status,
        400
    );
}

/// What changed is said typed again once all of it was seen.
#[test]
fn what_is_to_be_typed_again_is_given_once() {
    let atelier = Atelier::demo();
    let served = Served::on(Some(&atelier.root()));
    let first = read(&served, served.get("/ctg/poche"));
    assert!(first.contains("à ressaisir, depuis le début"), "{first}");
    let stale = served.post("/ctg/poche/fait", &[("vu", "A000")]);
    assert_eq!(stale.status, 400);
    let form = served.form("/ctg/poche", "/ctg/poche/fait", &[]);
    let form: Vec<(&str, &str)> = form.iter().map(|(n, v)| (n.as_str(), v.as_str())).collect();
    let done = read(&served, served.post("/ctg/poche/fait", &form));
    assert!(
        done.contains("C’est retenu") && done.contains("Rien à ressaisir"),
        "{done}"
    );
    let since = read(&served, served.get("/ctg/poche?depuis=2024-01-01"));
    assert!(
        since.contains("depuis le 01/01/2024") && !since.contains("J’ai tout ressaisi"),
        "{since}"
    );
}

/// What was agreed leaves from the page; the rest says who must give what.
#[test]
fn an_exchange_agreed_on_is_prepared() {
    let atelier = Atelier::demo();
    let served = Served::on(Some(&atelier.root()));
    let sent = [("id", "E01"), ("format", "csv")];
    let done = read(&served, served.post("/ctg/echanges/exporter", &sent));
    assert!(
        done.contains("à transmettre") && done.contains("echanges/E01/E01-"),
        "{done}"
    );
    let listed = read(&served, served.get("/ctg/echanges"));
    assert!(listed.contains("1 transmission"), "{listed}");
    for wrong in [("id", "E02"), ("format", "pdf"), ("campagne", "C9")] {
        let mut asked = sent.to_vec();
        asked.retain(|(n, _)| *n != wrong.0);
        asked.push(wrong);
        let refused = served.post("/ctg/echanges/exporter", &asked);
        assert_eq!(refused.status, 400, "{wrong:?} : {}", refused.text());
    }
    let refused = read(
        &served,
        served.post(
            "/ctg/echanges/exporter",
            &[("id", "E02"), ("format", "csv")],
        ),
    );
    assert!(refused.contains("Il a été refusé le"), "{refused}");
}
