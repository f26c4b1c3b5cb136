//! **Résultats**: what is shown is what the command line tells, and every code leads on.

use super::served::Served;
use crate::atelier::Atelier;

fn plain(text: &str) -> String {
    text.replace(['\u{a0}', '\u{202f}'], " ")
        .replace("&#x2f;", "/")
}

#[test]
fn a_figure_is_followed_from_the_list_to_its_cell() {
    let atelier = Atelier::demo();
    let served = Served::on(Some(&atelier.root()));
    let page = |path: &str| {
        let answer = served.get(path);
        assert_eq!(answer.status, 200, "{path}: {}", answer.text());
        plain(&answer.text())
    };
    let all = page("/resultats?campagne=C2");
    assert!(all.contains("href=\"/resultats/R01?campagne=C2\""), "{all}");
    let site = page("/resultats/R01?campagne=C2");
    assert!(site.contains("En C1") && site.contains("stable"), "{site}");
    assert!(
        site.contains("href=\"/resultats/R01/REL-2?campagne=C2\""),
        "{site}"
    );
    let first = page("/resultats/R01?campagne=C1");
    assert!(first.contains("aucune campagne avant elle") && !first.contains("En C1"));
    let axe = page("/resultats/R01/REL?campagne=C2");
    assert!(
        axe.contains("/resultats/R01/REL-1?campagne=C2"),
        "an axe leads to its critères: {axe}"
    );
    assert!(!axe.contains("observatoire expliquer"), "{axe}");
    let critere = page("/resultats/R01/REL-2?campagne=C2");
    for wanted in [
        "C2/R01/REL-2",
        "Grille OBS R01 visite 1 O1.xlsx › Grille › E19",
        "/resultats/R01/REL-2-OBS-1?campagne=C2",
        "/resultats/R01/REL?campagne=C2",
    ] {
        assert!(critere.contains(wanted), "{wanted}: {critere}");
    }
    assert!(
        !critere.contains("/resultats/R01/O1"),
        "an observer is no figure: {critere}"
    );
    let element = page("/resultats/R01/REL-2-OBS-1?campagne=C2");
    assert!(element.contains("/resultats/R01/REL-2?campagne=C2"));
}

#[test]
fn the_list_shows_the_levels_that_the_table_of_figures_holds() {
    let atelier = Atelier::demo();
    let served = Served::on(Some(&atelier.root()));
    let told = plain(&served.get("/resultats/R01/REL?campagne=C2").text());
    assert!(told.contains("3,705 sur 4"), "{told}");
    let all = plain(&served.get("/resultats?campagne=C2").text());
    assert!(all.contains("3,7, REL, "), "{all}");
}

#[test]
fn what_does_not_exist_is_refused_with_a_page() {
    let atelier = Atelier::demo();
    let served = Served::on(Some(&atelier.root()));
    for path in [
        "/resultats/R99",
        "/resultats/R01/ZZZ-9",
        "/resultats?campagne=C9",
    ] {
        let answer = served.get(path);
        assert_eq!(answer.status, 400, "{path}: {}", answer.text());
        assert!(answer.text().contains("<h1>"), "{path}");
    }
}
