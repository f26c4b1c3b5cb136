//! The first minutes of somebody who never saw the program: a folder of her own, her list asked at once, nothing late.

use std::path::Path;

use super::browser::Browser;
use super::served::{Served, escaped};
use crate::atelier::Atelier;

fn plain(text: &str) -> String {
    text.replace(['\u{a0}', '\u{202f}'], " ")
        .replace("&#x2f;", "/")
}

fn created(served: &Served, dir: &Path, more: &[(&str, &str)]) -> String {
    let dir = dir.display().to_string();
    let mut fields = vec![("territoire", "CC d’ici"), ("dossier", dir.as_str())];
    fields.extend(more);
    plain(
        &served
            .follow(served.post("/dossiers/creer", &fields))
            .text(),
    )
}

/// Nothing is late, nobody is awaited, the campaign is not over: her accueils come first.
#[test]
fn in_a_new_folder_the_list_is_asked_and_nothing_is_late() {
    let place = Atelier::empty();
    let served = Served::on(None);
    let page = created(&served, &place.root().join("neuf"), &[]);
    for words in [
        "La première campagne va du",
        "Déposez votre liste telle qu’elle est",
    ] {
        assert!(page.contains(words), "{words} : {page}");
    }
    let first = plain(&served.get("/").text());
    let tasks = first
        .split("<ol class=\"a-faire\">")
        .nth(1)
        .expect("a list");
    let tasks = tasks.split("</ol>").next().expect("an end");
    assert_eq!(tasks.matches("<li").count(), 1, "{tasks}");
    assert!(tasks.contains("Décrire vos accueils"), "{tasks}");
    let main = first.split("<main").nth(1).expect("a page");
    for words in ["en retard", "Accueil à nommer", "finie depuis", "urgent"] {
        assert!(!main.contains(words), "{words} : {first}");
    }
    // The line that shows how a registry is filled in is not awaited either beside a real accueil.
    let root = place.root().join("neuf");
    let registry = root.join("data/structures.csv");
    let text = std::fs::read_to_string(&registry).expect("a registry");
    let more = text
        .trim_end()
        .replace("A01,Accueil à nommer", "A02,Les Pins");
    let line = more.lines().last().expect("a line").to_owned();
    std::fs::write(&registry, format!("{}\n{line}\n", text.trim_end())).expect("written");
    let first = plain(&served.get("/").text());
    assert!(
        first.contains("Les Pins") && first.contains("Distribuer les formulaires"),
        "{first}"
    );
    assert!(!first.contains("Accueil à nommer"), "{first}");
}

/// The days that were typed are those of the campaign; those that cannot be create nothing.
#[test]
fn the_first_campaign_is_when_she_says() {
    let place = Atelier::empty();
    let served = Served::on(None);
    let dir = place.root().join("neuf");
    for (debut, fin, why) in [
        ("2027-03-01", "2027-02-01", "avant de commencer"),
        ("hier", "", "n’est pas un jour"),
    ] {
        let page = created(&served, &dir, &[("debut", debut), ("fin", fin)]);
        assert!(page.contains(why), "{why} : {page}");
        assert!(!dir.exists());
    }
    created(
        &served,
        &dir,
        &[("debut", "2027-03-01"), ("fin", "2027-05-31")],
    );
    let settings = std::fs::read_to_string(dir.join("observatoire.toml")).expect("settings");
    assert!(
        settings.contains("debut = \"2027-03-01\"\nfin = \"2027-05-31\""),
        "{settings}"
    );
    assert!(plain(&served.get("/").text()).contains("du 1er mars 2027 au 31 mai 2027"));
    // At a terminal it says them, and takes others.
    let told = place.raw(&["init", "autre", "--debut", "2027-03-01"]);
    assert!(
        told.stdout.contains("01/03/2027") && told.stdout.contains("09/05/2027"),
        "{}",
        told.stdout
    );
    let refused = place.raw(&[
        "init",
        "encore",
        "--debut",
        "2027-03-01",
        "--fin",
        "2027-02-01",
    ]);
    assert!(
        refused.code != 0 && !place.root().join("encore").exists(),
        "{}",
        refused.stderr
    );
}

/// Folders are walked by links, by name alone, and what was typed comes along.
#[test]
fn folders_are_walked_by_links() {
    let place = Atelier::empty();
    let served = Served::on(None);
    let root = place.root();
    std::fs::create_dir_all(root.join("Enfance & jeunesse")).expect("made");
    std::fs::write(root.join("salaires.xlsx"), b"x").expect("written");
    place.raw(&["init", &root.join("Le nôtre").display().to_string()]);
    let at = escaped(&root.display().to_string());
    let page = plain(
        &served
            .get(&format!(
                "/dossiers/parcourir?pour=creer&lieu={at}&territoire=CC%20d%E2%80%99ici"
            ))
            .text(),
    );
    assert!(
        page.contains("Enfance &amp; jeunesse") && page.contains("Le ranger ici"),
        "{page}"
    );
    assert!(page.contains("<strong>observatoire</strong>"), "{page}");
    assert!(!page.contains("salaires"), "{page}");
    assert!(page.contains("territoire=CC%20d%E2%80%99ici"), "{page}");
    let chosen = escaped(&root.join("Observatoire").display().to_string());
    let back = plain(
        &served
            .get(&format!(
                "/dossiers?pour=creer&dossier={chosen}&territoire=CC%20d%E2%80%99ici"
            ))
            .text(),
    );
    assert!(
        back.contains("value=\"CC d’ici\"")
            && back.contains(&root.join("Observatoire").display().to_string()),
        "{back}"
    );
    for wrong in [
        format!("{at}%2F..%2F.."),
        "Documents".to_owned(),
        escaped("/nulle part"),
    ] {
        let said = served.get(&format!("/dossiers/parcourir?pour=ouvrir&lieu={wrong}"));
        assert!(
            said.status == 200 && said.text().contains("role=\"alert\""),
            "{wrong}"
        );
        assert!(said.text().contains("Les endroits habituels"), "{wrong}");
    }
    let ours = root.join("Le nôtre").display().to_string();
    let opened = served.follow(served.post("/dossiers/ouvrir", &[("dossier", &ours)]));
    assert!(
        opened.text().contains("Dossier ouvert."),
        "{}",
        opened.text()
    );
}

/// What was done is said by the page that follows, and by no other.
#[test]
fn a_message_is_said_once() {
    let atelier = Atelier::blank();
    let served = Served::on(None);
    let root = atelier.root().display().to_string();
    let led = served.post("/dossiers/ouvrir", &[("dossier", &root)]);
    let address = led.header("location").expect("an address");
    assert!(served.get(&address).text().contains("Dossier ouvert."));
    assert!(!served.get(&address).text().contains("Dossier ouvert."));
    let Some(browser) = Browser::open(&[]) else {
        return;
    };
    browser.go(&format!("file://{}", served.handover.display()));
    browser.wait_for(".bandeau nav");
    let led = served.post("/dossiers/ouvrir", &[("dossier", &root)]);
    browser.go(&served.address(&led.header("location").expect("an address")));
    browser.wait_for_words("Dossier ouvert.");
    assert_eq!(browser.run("return location.search"), "");
}

/// The menu is one line at 1 280 px, holds at 320, tells where one is, and opens without a script.
#[test]
fn the_menu_is_one_line_in_the_order_of_the_work() {
    let atelier = Atelier::demo();
    let served = Served::on(Some(&atelier.root()));
    let page = served.get("/recevoir").text();
    let nav = page
        .split("<nav aria-label=\"Pages\">")
        .nth(1)
        .expect("a menu");
    let nav = nav
        .split("</nav>")
        .next()
        .expect("its end")
        .replace("&#x2f;", "/");
    let order = [
        "/\"",
        "/accueils",
        "/campagnes",
        "/referentiel",
        "/formulaires",
        "/saisir",
        "/recevoir",
        "/a-corriger",
        "/resultats",
        "/rapports",
        "/plan",
        "/reglages",
    ];
    let places: Vec<Option<usize>> = order
        .iter()
        .map(|a| nav.find(&format!("href=\"{a}")))
        .collect();
    assert!(
        places.iter().all(Option::is_some) && places.is_sorted(),
        "{places:?}"
    );
    assert_eq!(nav.matches("aria-current").count(), 1);
    assert!(nav.contains("où vous êtes") && page.contains("Quitter l’observatoire"));
    for (width, scripts) in [(1280, false), (320, true)] {
        let Some(browser) = Browser::sized(width, &[], scripts) else {
            return;
        };
        browser.go(&format!("file://{}", served.handover.display()));
        browser.wait_for(".bandeau nav");
        browser.go(&served.address("/recevoir"));
        browser.picture(&format!("menu-{width}"));
        let lines = "return new Set([...document.querySelectorAll('.bandeau nav > ul > li')].map(l => Math.round(l.getBoundingClientRect().top))).size";
        let lines: usize = browser.run(lines).parse().expect("a number");
        assert!(
            if width == 1280 {
                lines == 1
            } else {
                lines <= 4
            },
            "{width} : {lines}"
        );
        browser.click(".bandeau details:nth-of-type(1) summary");
        let over = browser.run("return document.documentElement.scrollWidth - window.innerWidth");
        assert!(over.parse::<i32>().is_ok_and(|px| px <= 0), "{over}");
        browser.picture(&format!("menu-ouvert-{width}"));
    }
}
