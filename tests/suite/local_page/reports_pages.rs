//! **Rapports**: what will be masked, before anything is written; an edition in one archive; what was delivered.

use super::served::Served;
use crate::atelier::{Atelier, files};

fn page(served: &Served, path: &str) -> String {
    let answer = served.get(path);
    assert_eq!(answer.status, 200, "{path}: {}", answer.text());
    answer.text().replace(['\u{a0}', '\u{202f}'], " ")
}

#[test]
fn what_will_be_masked_is_told_before_and_is_what_reports_mask() {
    let atelier = Atelier::demo();
    let served = Served::on(Some(&atelier.root()));
    let before = files(&atelier.root());
    let plain = page(&served, "/rapports?campagne=C2");
    assert!(!plain.contains("id=\"masques\"") && plain.contains("formmethod=\"get\""));
    let seen = page(
        &served,
        "/rapports?campagne=C2&public=elus&format=docx&structure=R02&masquage=voir",
    );
    let (_, masked) = seen.split_once("id=\"masques\"").expect("a plan");
    let (code, plan) = atelier.json(&["verifier", "--campagne", "C2", "--public", "elus"]);
    assert_eq!(code, 0, "{plan}");
    let all = plan["resultat"]["masques"].as_array().expect("cells").len();
    assert!(all > 0, "{plan}");
    assert!(
        masked.contains(&format!("<p>{all} chiffres sont masqués")),
        "{all}: {masked}"
    );
    assert!(
        masked.contains("Les élus et le comité de pilotage")
            && !masked.contains("<h3>Les équipes</h3>")
    );
    // What was chosen is still chosen, and F5 asks for the same.
    assert!(
        seen.contains("value=\"docx\" checked") && !seen.contains("value=\"pdf\" checked"),
        "{seen}"
    );
    assert!(seen.contains("value=\"R02\" selected") && seen.contains("value=\"elus\" checked"));
    let everybody = page(&served, "/rapports?campagne=C2&public=&masquage=voir");
    assert!(
        everybody.contains("<h3>Les équipes</h3>") && everybody.contains("<h3>Les familles</h3>")
    );
    assert_eq!(
        files(&atelier.root()),
        before,
        "nothing is written by a look"
    );
}

#[test]
fn an_edition_comes_in_one_archive_and_deliveries_are_told() {
    let atelier = Atelier::demo();
    let served = Served::on(Some(&atelier.root()));
    let seen = page(&served, "/rapports?campagne=C2");
    assert!(
        seen.contains("Ce qui a été remis") && seen.contains("Les familles"),
        "{seen}"
    );
    let made = served.get("/rapports/archive/C2?jour=");
    assert_eq!(made.status, 200);
    assert!(
        made.header("content-disposition")
            .expect("a name")
            .contains("Rapports - Suivi_ automne 2026 (C2).zip")
    );
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(made.body)).expect("a zip");
    let held = std::fs::read(
        atelier
            .root()
            .join("reports/rendus/C2/elus/synthese-elus.html"),
    )
    .expect("a report");
    let mut packed = Vec::new();
    let mut one = archive
        .by_name("elus/synthese-elus.html")
        .expect("in the archive");
    std::io::Read::read_to_end(&mut one, &mut packed).expect("read");
    assert_eq!(packed, held);
    drop(one);
    let rendered = files(&atelier.root()).into_iter();
    // The mark of a delivery is for the program.
    let rendered = rendered.map(|n| n.replace('\\', "/"));
    let rendered = rendered.filter(|n| n.starts_with("reports/rendus/C2/") && !n.contains("/."));
    assert_eq!(archive.len(), rendered.count());
    for path in [
        "/rapports/archive/C2?jour=2020-01-01",
        "/rapports/archive/C9",
        "/rapports/archive/C2?jour=../..",
    ] {
        assert_eq!(served.get(path).status, 400, "{path}");
    }
}
