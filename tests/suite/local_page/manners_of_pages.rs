//! Every page: no rule of accessibility broken, at any width, with scripts or without.

use std::time::Instant;

use super::browser::Browser;
use super::served::Served;
use crate::atelier::Atelier;

/// Addresses of the menu, and what they lead to.
pub const PAGES: &[&str] = &[
    "/",
    "/formulaires",
    "/formulaires?lien=https%3A%2F%2Fenquetes.exemple.fr%2F123456",
    "/accueils",
    "/accueils?code=R01",
    "/accueils/liste",
    "/a-lire",
    "/saisir",
    "/campagnes",
    "/campagnes/creer",
    "/campagnes/modifier?campagne=C1",
    "/referentiel",
    "/referentiel/REL",
    "/referentiel/REL-2?reformuler=REL-2-OBS-1",
    "/referentiel/ENV-2",
    "/recevoir",
    "/a-corriger",
    "/correspondances",
    "/resultats",
    "/resultats/R01",
    "/resultats/R01/SEC-1",
    "/plan",
    "/plan?retard=oui&sans=oui",
    "/plan/action/R01-C1-01",
    "/plan/nouvelle",
    "/plan/proposer",
    "/plan/suivi",
    "/plan/classeurs",
    "/ctg",
    "/ctg/registre/temps",
    "/ctg/registre/temps?ligne=T-001",
    "/ctg/registre/actions?ajouter=oui",
    "/ctg/registre/presences",
    "/ctg/indicateurs",
    "/ctg/indicateurs/G07?periode=2026-T4",
    "/ctg/classeurs",
    "/ctg/documents",
    "/ctg/documents?document=bilan",
    "/ctg/convention/prochaine",
    "/ctg/textes",
    "/ctg/textes/01-essentiel.md",
    "/ctg/textes/contributions.md",
    "/ctg/convention",
    "/ctg/convention?bloc=fiches-OBSERVATOIRE",
    "/ctg/convention?bloc=indicateurs-G07&retirer=oui",
    "/ctg/convention?nouveau=experimentations",
    "/ctg/poche",
    "/ctg/echanges",
    "/rapports",
    "/reglages",
    "/reglages/territoire",
    "/reglages/territoire?epci=Roumois",
    "/reglages/restaurer",
    "/reglages/purge",
    "/dossiers",
    "/dossiers/parcourir?pour=creer",
    "/travail",
];

#[test]
fn no_page_breaks_a_rule_of_accessibility() {
    let atelier = Atelier::demo();
    let served = Served::on(Some(&atelier.root()));
    for (width, scripts) in [(1280, true), (640, true), (320, true), (1280, false)] {
        let Some(browser) = Browser::sized(width, &[], scripts) else {
            return;
        };
        browser.go(&format!("file://{}", served.handover.display()));
        browser.wait_for("a[href='/recevoir']");
        for path in PAGES {
            browser.go(&served.address(path));
            let Some(broken) = browser.broken_rules() else {
                return;
            };
            assert!(
                broken.is_empty(),
                "{path}, {width} px, scripts : {scripts} : {broken:#?}"
            );
            if scripts {
                let over =
                    browser.run("return document.documentElement.scrollWidth - window.innerWidth");
                assert!(
                    over.parse::<i32>().is_ok_and(|px| px <= 0),
                    "{path} dépasse de {over} px à {width}"
                );
            }
            browser.picture(&format!(
                "{}-{width}-{scripts}",
                path.trim_matches('/').replace('/', "-")
            ));
        }
    }
}

/// Said, not held: speed belongs in benches.
#[test]
fn pages_say_how_long_they_take() {
    let atelier = Atelier::demo();
    let served = Served::on(Some(&atelier.root()));
    for path in PAGES {
        served.get(path);
        let start = Instant::now();
        let answer = served.get(path);
        println!("{path} : {} ms", start.elapsed().as_millis());
        assert!(
            matches!(answer.status, 200 | 303),
            "{path}: {}",
            answer.head
        );
    }
}
