//! Journeys that only click, type and drop files.

use std::time::{Duration, Instant};

use super::browser::Browser;
use super::served::Served;
use crate::atelier::Atelier;

/// From nothing to the example's PDF for the élus: no command, no file edited.
#[test]
fn the_example_is_three_clicks_away() {
    let place = Atelier::empty();
    let served = Served::on(None);
    let Some(browser) = Browser::open(&[]) else {
        return;
    };
    browser.go(&format!("file://{}", served.handover.display()));
    browser.wait_for("form[action='/dossiers/exemple']");
    browser.picture("bienvenue");
    let dir = place.root().join("exemple");
    browser.fill(
        "form[action='/dossiers/exemple'] input[name=dossier]",
        &dir.display().to_string(),
    );
    browser.press_on("Essayer l’exemple");
    let start = Instant::now();
    while !browser.has(".a-faire") && start.elapsed() < Duration::from_mins(5) {
        std::thread::sleep(Duration::from_millis(300));
    }
    browser.picture("exemple-accueil");
    assert!(browser.source().contains("DONNÉES FICTIVES"));
    browser.press_on("Rapports");
    browser.press_on("Pour les élus");
    browser.press_on("Pour les élus");
    browser.press_on("PDF");

    let written = crate::atelier::files(&dir.join("reports/rendus/C2"));
    assert!(
        written
            .iter()
            .any(|name| name.ends_with("synthese-elus.pdf")),
        "{written:?}"
    );
}

/// Two tabs and a second double-click: one program, one folder.
#[test]
fn a_second_start_finds_the_first() {
    let atelier = Atelier::blank();
    let served = Served::on(Some(&atelier.root()));
    let output = std::process::Command::new(env!("CARGO_BIN_EXE_observatoire"))
        .args(["ouvrir", "--sans-navigateur"])
        .env("OBSERVATOIRE_DOSSIER_PERSONNEL", &served.user)
        .current_dir(std::env::temp_dir())
        .output()
        .expect("it runs");
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(
        output.status.success() && said.contains("déjà ouvert") && said.contains(&served.host()),
        "{said}"
    );
    // One whose program is gone is forgotten, whoever answers on its port.
    let elsewhere = Atelier::blank();
    let mut other = Served::with(Some(&elsewhere.root()), &served.user);
    assert_ne!(other.port, served.port);
    let file = served
        .user
        .join("ouverts")
        .join(format!("{}.json", other.port));
    assert!(file.exists());
    other.kill();
    let again = Served::with(Some(&atelier.root()), &served.user);
    drop(again);
    assert!(!file.exists());
}

/// Without arguments the page opens; closed from the page, the program ends and its files are gone.
#[test]
fn closed_from_the_page_it_ends() {
    let atelier = Atelier::blank();
    let mut served = Served::on(Some(&atelier.root()));
    let said = served.post("/fermer", &[]);
    assert!(
        said.status == 200 && said.text().contains("fermé"),
        "{}",
        said.text()
    );
    let start = Instant::now();
    while served.runs() && start.elapsed() < Duration::from_secs(20) {
        std::thread::sleep(Duration::from_millis(100));
    }
    assert!(!served.runs() && !served.handover.exists());
}

/// From an empty folder to the PDF of the élus, with her own list and an export whose accueils bear their names: clicks,
/// typed words and dropped files alone.
#[test]
fn from_her_own_list_to_the_pdf_of_the_elus() {
    let place = Atelier::empty();
    let files = tempfile::tempdir().expect("a folder");
    let write = |name: &str, text: &str| {
        let path = files.path().join(name);
        std::fs::write(&path, text).expect("written");
        path
    };
    let list = write(
        "Mes centres 2026.csv",
        "Nom du centre;Ville;Genre\nLes Ormeaux;Aubac;mixte\nLa Grange aux Loups;Thil;périscolaire\nL’Étang;Épaignes;mixte\n",
    );
    let mut rows = String::from(
        "structure;visite;observateur;REL-1-OBS-1;REL-1-OBS-2;REL-2-OBS-1;REL-2-OBS-2\n",
    );
    for (name, notes) in [
        ("Les Ormeaux", "3;3;4;3"),
        ("La Grange aux Loups", "2;3;3;3"),
        ("L’Étang", "4;4;3;3"),
    ] {
        rows.push_str(&[name, ";1;O1;", notes, "\n"].concat());
    }
    let grids = write("Observations du printemps.csv", &rows);
    let served = Served::on(None);
    let Some(browser) = Browser::open(&[]) else {
        return;
    };
    let start = Instant::now();
    browser.go(&format!("file://{}", served.handover.display()));
    browser.wait_for("form[action='/dossiers/creer']");
    let dir = place.root().join("Observatoire d’ici");
    browser.fill("input[name=territoire]", "Communauté de communes d’ici");
    browser.fill(
        "form[action='/dossiers/creer'] input[name=dossier]",
        &dir.display().to_string(),
    );
    browser.press_on("Créer");
    browser.drop_files("input[type=file]", &[&list]);
    browser.press_on("Regarder");
    browser.picture("ma-liste");
    // « Genre » is her own word for the type: she says so.
    browser.choose("select[name=c3]", "Type");
    browser.press_on("Regarder avec ces choix");
    browser.press_on("Faire entrer (");
    browser.wait_for("a[href^='/accueils?code=']");
    let registry = std::fs::read_to_string(dir.join("data/structures.csv")).expect("a registry");
    assert!(
        registry.contains("La Grange aux Loups") && registry.contains("Épaignes"),
        "{registry}"
    );
    browser.press_on("Recevoir");
    browser.drop_files("input[type=file]", &[&grids]);
    browser.press_on("Regarder");
    browser.wait_for(".fichier");
    browser.picture("ce-qui-attend");
    if browser.has("input[name=confirme]") {
        browser.click("input[name=confirme]");
    }
    browser.press_on("Faire entrer 1");
    browser.wait_for_words("est entré");
    browser.press_on("Rapports");
    browser.click("input[name=public][value=elus]");
    browser.choose("select[name=structure]", "tous");
    browser.press_on("Écrire les rapports");
    let waited = Instant::now();
    while !browser.has("details.groupe") && waited.elapsed() < Duration::from_mins(2) {
        std::thread::sleep(Duration::from_millis(200));
    }
    browser.picture("rapports-ecrits");
    let written = crate::atelier::files(&dir.join("reports/rendus/C1"));
    assert!(
        written.iter().any(|n| n.ends_with("synthese-elus.pdf")),
        "{written:?}"
    );
    println!(
        "de la liste au PDF : 8 écrans, 11 clics, {} s",
        start.elapsed().as_secs()
    );
}
