//! A text that tells perhaps of a danger is pointed at, and never printed.

use super::served::Served;
use crate::atelier::Atelier;

#[test]
fn a_text_that_tells_of_a_danger_is_pointed_at_and_not_printed() {
    let atelier = Atelier::demo();
    let quiet = Served::on(Some(&atelier.root()));
    let is_told = |page: String| page.replace("&#x2f;", "/").contains("href=\"/a-lire");
    assert!(!is_told(quiet.get("/").text()), "a false alarm");
    drop(quiet);
    let told = "Un animateur a giflé ma fille pendant le goûter.";
    let notes = format!(
        "Structure;Date;Qui;Critère;Thèmes;Propos\r\nR01;18/11/2026;parent;LIE-1;information;Les affichages sont clairs.\r\nR01;18/11/2026;parent;REL-5;ton des adultes;\"{told}\"\r\n"
    );
    let path = atelier.write("Notes de novembre.csv", notes.as_bytes());
    let entered = atelier.run(&["importer", &path, "--campagne", "C2"]);
    assert!(entered.code < 2, "{}", entered.stderr);
    let served = Served::on(Some(&atelier.root()));
    let first = served.get("/").text();
    assert!(is_told(first.clone()), "{first}");
    let page = served.get("/a-lire?campagne=C2").text();
    assert!(
        page.contains("Notes de novembre.csv")
            && page.contains("<td>F3</td>")
            && page.contains("119"),
        "{page}"
    );
    assert!(
        !page.contains("<td>F2</td>") && !page.contains("giflé"),
        "{page}"
    );
    // Taken back, it is no longer there to be read.
    let label = page
        .split("<td>I")
        .nth(1)
        .and_then(|rest| rest.split('<').next());
    let label = format!("I{}", label.expect("an import"));
    assert_eq!(atelier.run(&["annuler", &label]).code, 0, "{label}");
    assert!(!is_told(served.get("/").text()));
}
