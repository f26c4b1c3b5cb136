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
    browser.press_on("Poser l’exemple");
    let start = Instant::now();
    while !browser.has(".a-faire") && start.elapsed() < Duration::from_secs(300) {
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
