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
    for (field, typed) in [("format", ""), ("public", "voisins"), ("trimestre", "hier")] {
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
