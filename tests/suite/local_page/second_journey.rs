//! The year after: the next campaign from the last, a target changed, an action of the plan edited, what changed read, a
//! figure followed down to its cell. Clicks and typed words alone. And two tabs with a command line beside.

use std::time::Instant;

use super::browser::Browser;
use super::served::Served;
use crate::atelier::{Atelier, files};
use crate::fixtures::form;
use observatoire::vocabulary::referentiel::SourceCode;

#[test]
fn the_year_after_is_clicked_from_the_campaign_to_the_cell() {
    let atelier = Atelier::demo();
    let served = Served::on(Some(&atelier.root()));
    let Some(browser) = Browser::open(&[]) else {
        return;
    };
    let start = Instant::now();
    browser.go(&format!("file://{}", served.handover.display()));
    browser.wait_for("a[href='/campagnes']");
    browser.click("a[href='/campagnes']");
    browser.click("a[href^='/campagnes/creer']");
    browser.picture("annee-campagne");
    browser.click("button.principal[value=regarder]");
    browser.wait_for_words("aucune série n’est rompue");
    browser.picture("annee-campagne-2");
    browser.click("button.principal[value=garder]");
    browser.wait_for_words("est créée");

    browser.click("a[href='/referentiel']");
    // A critère is folded under its code; its own page changes it.
    browser.press_on("REL-2");
    browser.click("a[href^='/referentiel/REL-2']");
    browser.press_on("Fixer la cible");
    browser.fill("input[name=niveau]", "3,4");
    let day = "document.querySelector('input[name=decision]').value";
    browser.run(&format!("{day} = '2026-11-20'"));
    browser.fill("input[name=instance]", "COPIL");
    browser.click("form[action='/referentiel/regarder'] button");
    browser.wait_for_words("Rien n’est encore écrit");
    browser.picture("annee-cible");
    browser.press_on("Garder");
    browser.wait_for_words("C’est gardé pour REL-2");

    browser.click("a[href='/plan']");
    browser.click("a[href^='/plan/action/']");
    browser.fill("input[name=c_responsable]", "coordination enfance");
    browser.click("form[action='/plan/garder'] button");
    browser.wait_for_words("c’est écrit");
    browser.picture("annee-plan");

    browser.click("a[href='/resultats']");
    browser.choose("select[name=campagne]", "automne");
    browser.wait_for("a[href^='/resultats/R01?campagne=C2']");
    browser.click("a[href^='/resultats/R01?campagne=C2']");
    browser.wait_for("a[href^='/resultats/R01/REL-2']");
    browser.picture("annee-resultats");
    browser.click("a[href^='/resultats/R01/REL-2']");
    browser.wait_for_words("REL-2-OBS-1");
    browser.click("a[href^='/resultats/R01/REL-2-OBS-1']");
    browser.wait_for_words(".xlsx");
    browser.picture("annee-cellule");

    let settings = std::fs::read_to_string(atelier.root().join("observatoire.toml"));
    assert!(settings.expect("settings").contains("id = \"C3\""));
    let layer = std::fs::read_to_string(atelier.root().join("grids/local.toml"));
    assert!(layer.expect("a layer").contains("3.4"));
    let plans = atelier.root().join("data/plans");
    let kept = files(&plans).into_iter().any(|name| {
        let text = std::fs::read_to_string(plans.join(name)).unwrap_or_default();
        text.contains("coordination enfance")
    });
    assert!(kept, "the action is in the journal");
    println!("l’année d’après : {} s", start.elapsed().as_secs());
}

#[test]
fn two_tabs_and_a_command_line_at_once_lose_nothing() {
    let atelier = Atelier::blank();
    let served = Served::on(Some(&atelier.root()));
    let grid = atelier.write(
        "Grille R01.xlsx",
        &form(SourceCode::Obs, "1", "O1", &[("REL-1-OBS-1", "2", "")]),
    );
    let [one, two] = [("secteur", "Nord"), ("commune", "Aubac")].map(|cell| {
        let fields = served.form("/accueils?code=R01", "/accueils/garder", &[cell]);
        let fields: Vec<(&str, &str)> = fields
            .iter()
            .map(|(n, v)| (n.as_str(), v.as_str()))
            .collect();
        served.prepared("/accueils/garder", &fields)
    });
    let (first, second, import) = std::thread::scope(|scope| {
        let first = scope.spawn(|| served.follow(served.raw(&one)).text());
        let second = scope.spawn(|| served.follow(served.raw(&two)).text());
        let import = scope.spawn(|| atelier.run(&["importer", &grid, "--campagne", "C1"]));
        let joined = "joined";
        (
            first.join().expect(joined),
            second.join().expect(joined),
            import.join().expect(joined),
        )
    });
    assert_eq!(import.code, 0, "{}", import.stderr);
    // Each is told: one kept, the other too, or refused with what was typed since what it shows changed meanwhile.
    let refused = "Rien n’a été écrit";
    for page in [&first, &second] {
        assert!(
            page.contains("class=\"dit\"") != page.contains(refused),
            "{page}"
        );
    }
    assert!(!(first.contains(refused) && second.contains(refused)));
    for (page, cell) in [
        (&first, ("secteur", "Nord")),
        (&second, ("commune", "Aubac")),
    ] {
        if page.contains(refused) {
            assert!(
                page.contains(cell.1),
                "what was typed is still there: {page}"
            );
            let fields = served.form("/accueils?code=R01", "/accueils/garder", &[cell]);
            let fields: Vec<(&str, &str)> = fields
                .iter()
                .map(|(n, v)| (n.as_str(), v.as_str()))
                .collect();
            served.follow(served.post("/accueils/garder", &fields));
        }
    }
    let registry = std::fs::read_to_string(atelier.root().join("data/structures.csv"));
    let registry = registry.expect("a registry");
    assert!(
        registry.contains("Nord") && registry.contains("Aubac"),
        "{registry}"
    );
    let told = atelier.run(&["verifier", "--profond"]);
    assert!(told.code < 2, "{}{}", told.stdout, told.stderr);
}
