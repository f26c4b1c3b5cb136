//! From an empty folder to the PDF of the élus with a keyboard alone: no click, no focus that a script moves.

use std::time::Instant;

use super::browser::Browser;
use super::keyboard::{DOWN, ENTER, ESCAPE, Keyboard, SPACE, TAB};
use super::served::Served;
use crate::atelier::Atelier;

#[test]
fn from_an_empty_folder_to_the_pdf_of_the_elus_without_a_mouse() {
    let place = Atelier::empty();
    let dir = place.root().join("Observatoire");
    let served = Served::on(None);
    let Some(browser) = Browser::open(&[]) else {
        return;
    };
    let start = Instant::now();
    browser.go(&format!("file://{}", served.handover.display()));
    browser.wait_for("input[name=territoire]");
    let keyboard = Keyboard::of(&browser);
    skip_link(&keyboard);
    let created = folder(&keyboard, &dir.display().to_string());
    assert!(created, "{}", browser.source());
    list_typed(&keyboard);
    answers_typed(&keyboard);
    reports(&keyboard);
    let written = crate::atelier::files(&dir.join("reports/rendus/C1"));
    let pdf = written.iter().find(|n| n.ends_with("synthese-elus.pdf"));
    assert!(pdf.is_some(), "{written:?}");
    println!(
        "au clavier seul, d’un dossier vide au PDF des élus : {} touches, {} s",
        keyboard.pressed(),
        start.elapsed().as_secs()
    );
}

/// The first key leads past the menu.
fn skip_link(keyboard: &Keyboard) {
    keyboard.press(TAB);
    let focus = keyboard.focus();
    assert!(
        focus["text"] == "Aller au contenu" && focus["seen"] == true && focus["ring"] == true,
        "{focus}"
    );
    keyboard.press(ENTER);
    keyboard.press(TAB);
    assert_eq!(
        keyboard.focus()["name"],
        "territoire",
        "{}",
        keyboard.focus()
    );
}

fn folder(keyboard: &Keyboard, dir: &str) -> bool {
    keyboard.write("Communauté de communes d’ici");
    keyboard.field("dossier");
    // What a field held is chosen when Tab comes to it: typing takes its place.
    keyboard.write(dir);
    keyboard.go("Créer le dossier");
    keyboard.wait_for("textarea[name=texte]");
    std::path::Path::new(dir)
        .join("observatoire.toml")
        .is_file()
}

fn list_typed(keyboard: &Keyboard) {
    keyboard.field("texte");
    keyboard.write("Nom;Commune;Type\nLes Ormeaux;Aubac;mixte\nLa Grange;Thil;mixte");
    keyboard.go("Regarder");
    keyboard.wait_for("button[value=entrer]");
    keyboard.go("Faire entrer");
    keyboard.wait_for("a[href^='/accueils?code=']");
}

/// An observation of a few éléments, through the menu.
fn answers_typed(keyboard: &Keyboard) {
    keyboard.go("Recueillir");
    // A menu closes by Escape, and the focus is back on its word.
    keyboard.press(ESCAPE);
    assert_eq!(keyboard.focus()["tag"], "SUMMARY");
    keyboard.press(ENTER);
    keyboard.go("Saisir");
    keyboard.wait_for("select[name=structure]");
    keyboard.field("structure");
    keyboard.press(DOWN);
    keyboard.go("Commencer");
    keyboard.wait_for("form.autogarde");
    let head = keyboard.browser.run("return [...document.querySelectorAll('form.autogarde fieldset:first-of-type input')].map(i => i.name + ':' + i.type).join(' ')");
    for (name, typed) in [("observateur", "O1"), ("visite", "1")] {
        if head.contains(name) {
            let field = head
                .split(' ')
                .find_map(|h| h.split(':').next().filter(|n| n.contains(name)));
            keyboard.field(field.expect("its name"));
            keyboard.write(typed);
        }
    }
    for code in ["REL-1-OBS-1", "REL-1-OBS-2", "REL-2-OBS-1", "REL-2-OBS-2"] {
        keyboard.field(&format!("note.{code}"));
        // The group is entered on « pas encore répondu », the last one: the arrow that goes on comes round to the first.
        keyboard.press(DOWN);
        keyboard.press(DOWN);
        keyboard.press(DOWN);
        keyboard.press(SPACE);
    }
    keyboard.go("Relire avant de faire entrer");
    keyboard.wait_for("form[action='/saisir/entrer']");
    if keyboard.browser.has("input[name=confirme]") {
        keyboard.field("confirme");
        keyboard.press(SPACE);
    }
    keyboard.go("Faire entrer");
    keyboard.wait_for(".dit");
}

fn reports(keyboard: &Keyboard) {
    keyboard.go("Rapports");
    keyboard.wait_for("form[action='/rapports/ecrire']");
    keyboard.field("public");
    for _ in 0..8 {
        if keyboard.focus()["value"] == "elus" {
            break;
        }
        keyboard.press(DOWN);
    }
    assert_eq!(keyboard.focus()["value"], "elus");
    keyboard.go("Écrire les rapports");
    keyboard.wait_for("details.groupe");
    keyboard.tab_to("le PDF", |f| {
        f["text"] == "PDF" && f["href"].as_str().is_some_and(|h| h.contains("elus"))
    });
    keyboard.browser.picture("clavier-pdf");
}
