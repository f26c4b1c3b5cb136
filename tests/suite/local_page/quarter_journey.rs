//! A quarter of the convention as a coordinator does it: a list of attendance comes in, the next COPIL is prepared, the
//! quarter is written and read. Six gestures, the file that is dropped and the page that is opened included.

use std::path::Path;
use std::time::Instant;

use super::browser::Browser;
use super::served::Served;
use crate::atelier::{Atelier, files};

/// What she clicks, counted: a file that is dropped and a choice of a list are gestures too.
struct Counted<'b> {
    browser: &'b Browser,
    gestures: usize,
}

impl Counted<'_> {
    fn click(&mut self, css: &str) {
        self.gestures += 1;
        self.browser.click(css);
    }

    fn drop(&mut self, css: &str, file: &Path) {
        self.gestures += 1;
        self.browser.drop_files(css, &[file]);
    }

    fn press_on(&mut self, words: &str) {
        self.gestures += 1;
        self.browser.press_on(words);
    }
}

#[test]
fn a_quarter_is_a_list_a_meeting_and_two_pages() {
    let atelier = Atelier::demo();
    let served = Served::on(Some(&atelier.root()));
    let Some(browser) = Browser::open(&[]) else {
        return;
    };
    // A meeting to come, and the list of one that was held: it bears its day and its title.
    let coming = [
        ("registre", "temps"),
        ("nouvelle", "oui"),
        ("c_date", "2027-01-20"),
        ("c_type", "COPIL"),
        ("c_intitule", "COPIL d’hiver"),
    ];
    assert_eq!(served.post("/ctg/ligne", &coming).status, 303);
    let folder = tempfile::tempdir().expect("a folder");
    let list = folder.path().join("Émargement.csv");
    let text = "Date : 10/12/2026;;\nNom;Structure;Service;Signature\nMartinelli;CDC;coopération enfance;x\nRoumier;FOY;;x\n";
    std::fs::write(&list, text).expect("written");

    let start = Instant::now();
    browser.go(&format!("file://{}", served.handover.display()));
    browser.wait_for("a[href='/ctg']");
    browser.click("a[href='/ctg']");
    let mut her = Counted {
        browser: &browser,
        gestures: 0,
    };
    browser.wait_for("input[name=fichiers]");
    her.drop("input[name=fichiers]", &list);
    her.press_on("Regarder");
    browser.wait_for_words("Ce qui attend");
    browser.picture("trimestre-liste");
    her.press_on("Faire entrer");
    browser.wait_for_words("L’historique de chaque ligne garde");
    browser.picture("trimestre-entre");
    her.press_on("La préparer");
    browser.wait_for_words("feuille des présences, pour");
    browser.picture("trimestre-copil");
    her.click("details#suivi button.principal");
    browser.wait_for_words("Suivi du");
    browser.picture("trimestre-suivi");
    her.click("a[aria-label^='PDF : Suivi']");

    let written = files(&atelier.root().join("reports/ctg"));
    let has = |words: &str| written.iter().any(|name| name.contains(words));
    assert!(has("ordre-du-jour-T-") && has("presences-T-") && has("suivi/suivi-"));
    println!(
        "le trimestre : {} gestes, {} s",
        her.gestures,
        start.elapsed().as_secs()
    );
    assert!(her.gestures <= 6, "{} gestures", her.gestures);
}
