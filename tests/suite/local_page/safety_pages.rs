//! A backup made and put back, answers purged once agreed, folders opened.

use std::collections::BTreeMap;

use observatoire::vocabulary::referentiel::SourceCode;

use super::accueils_pages::{hidden, read};
use super::served::{Served, escaped};
use super::settings_pages::{keep, page};
use crate::atelier::{Atelier, files};
use crate::fixtures::form;

/// What a folder holds, but locks and what restorations keep.
fn bytes_of(atelier: &Atelier) -> BTreeMap<String, Vec<u8>> {
    let names = files(&atelier.root()).into_iter();
    let names = names.filter(|n| !n.ends_with("verrou") && !n.starts_with("avant-restauration"));
    names
        .map(|n| {
            (
                n.clone(),
                std::fs::read(atelier.root().join(&n)).expect("readable"),
            )
        })
        .collect()
}

fn beside(atelier: &Atelier) -> Vec<String> {
    let parent = atelier.root().parent().expect("a parent").to_path_buf();
    let names = std::fs::read_dir(parent).expect("readable").flatten();
    let mut names: Vec<String> = names
        .map(|e| e.file_name().to_string_lossy().into_owned())
        .filter(|n| n.starts_with("Sauvegarde"))
        .collect();
    names.sort();
    names
}

fn with_answers() -> Atelier {
    let atelier = Atelier::blank();
    let bytes = form(SourceCode::Obs, "1", "O1", &[("REL-1-OBS-1", "3", "")]);
    atelier.write("../reçus/O1.xlsx", &bytes);
    let answer = atelier.run(&["importer", "reçus", "--campagne", "C1"]);
    assert_eq!(answer.code, 0, "{}", answer.stderr);
    atelier
}

#[test]
fn a_restoration_brings_back_exactly_the_backup() {
    let atelier = with_answers();
    let served = Served::on(Some(&atelier.root()));
    let saved = read(
        &served,
        served.post("/reglages/sauvegarder", &[("rapports", "oui")]),
    );
    assert!(
        saved.contains("Sauvegarde écrite, puis relue en entier"),
        "{saved}"
    );
    let whole = bytes_of(&atelier);
    let archive = beside(&atelier).remove(0);
    read(
        &served,
        served.post(
            "/recevoir/annuler",
            &[("campagne", "C1"), ("import", "I001")],
        ),
    );
    let changed = bytes_of(&atelier);
    assert!(changed != whole);

    let address = format!("/reglages/restaurer?archive={}", escaped(&archive));
    let looked = read(&served, served.get(&address));
    assert!(looked.contains("Elle est entière"), "{looked}");
    let vu = hidden(&looked, "vu");
    let order = |vu: &str, confirmed: &str| {
        served.post(
            "/reglages/restaurer/remettre",
            &[
                ("archive", &archive),
                ("vu", vu),
                ("confirme", confirmed),
                ("sauver", "oui"),
            ],
        )
    };
    assert_eq!(order("0", "oui").status, 400);
    assert_eq!(order(&vu, "").status, 400);
    assert_eq!(bytes_of(&atelier), changed, "nothing was agreed");
    let done = read(&served, order(&vu, "oui"));
    assert!(
        done.contains("est remise en place") && done.contains("avant-restauration-"),
        "{done}"
    );
    assert_eq!(bytes_of(&atelier), whole);
    assert_eq!(
        beside(&atelier).len(),
        2,
        "what was there was backed up first"
    );
    assert!(read(&served, served.get("/")).contains("Accueil"));
    let dropped = std::fs::read(atelier.root().with_file_name(&archive)).expect("readable");
    refused_or_shown(&served, &dropped);
}

/// The same file dropped; files that are no backup.
fn refused_or_shown(served: &Served, bytes: &[u8]) {
    for (name, bytes) in [
        ("photo.zip", b"rien".to_vec()),
        ("vide.zip", Vec::new()),
        ("forms.zip", crate::layouts::zip(&[("a.txt", "x")])),
    ] {
        let page = read(
            served,
            served.drop_files("/reglages/restaurer/deposer", &[], &[(name, &bytes)]),
        );
        assert!(
            page.contains("role=\"alert\"") && !page.contains("Remettre cette sauvegarde"),
            "{name}: {page}"
        );
    }
    assert_eq!(
        served
            .drop_files("/reglages/restaurer/deposer", &[], &[])
            .status,
        400
    );
    let page = read(
        served,
        served.drop_files("/reglages/restaurer/deposer", &[], &[("s.zip", bytes)]),
    );
    assert!(page.contains("Elle est entière"), "{page}");
    let cut = &bytes[..bytes.len() / 2];
    let page = read(
        served,
        served.drop_files("/reglages/restaurer/deposer", &[], &[("s.zip", cut)]),
    );
    assert!(
        page.contains("role=\"alert\"") && page.contains("Retirer « s.zip »"),
        "{page}"
    );
    let gone = read(served, served.post("/reglages/restaurer/retirer", &[]));
    assert!(
        gone.contains("n’attend plus") && !gone.contains("Retirer «"),
        "{gone}"
    );
    assert_eq!(
        served.get("/reglages/restaurer?archive=..%2Fx.zip").status,
        400
    );
}

#[test]
fn a_purge_is_shown_agreed_then_done() {
    let atelier = with_answers();
    let served = Served::on(Some(&atelier.root()));
    let nothing = read(&served, served.get("/reglages/purge"));
    assert!(
        nothing.contains("Aucune réponse") && !nothing.contains("Purger</button>"),
        "{nothing}"
    );
    let ahead = read(&served, served.get("/reglages/purge?avant=2028-01-01"));
    assert!(
        ahead.contains("Campagne C1") && !ahead.contains("Purger</button>"),
        "{ahead}"
    );
    assert_eq!(served.get("/reglages/purge?avant=2028-02-31").status, 400);
    let seen = hidden(&page(&served), "vu");
    keep(&served, &seen, &[("conservation_mois", "0")]);
    let looked = read(&served, served.get("/reglages/purge"));
    assert!(looked.contains("63 réponses"), "{looked}");
    let vu = hidden(&looked, "vu");
    let before = bytes_of(&atelier);
    let stale = read(
        &served,
        served.post("/reglages/purge/faire", &[("vu", "0"), ("confirme", "oui")]),
    );
    assert!(stale.contains("rien n’a été purgé"), "{stale}");
    assert_eq!(
        served.post("/reglages/purge/faire", &[("vu", &vu)]).status,
        400
    );
    assert_eq!(bytes_of(&atelier), before);
    let done = read(
        &served,
        served.post(
            "/reglages/purge/faire",
            &[("vu", &vu), ("confirme", "oui"), ("sauver", "oui")],
        ),
    );
    assert!(
        done.contains("Purge terminée") && done.contains("Sauvegarde écrite"),
        "{done}"
    );
    assert_eq!(beside(&atelier).len(), 1);
    let (_, imports) = atelier.json(&["imports"]);
    assert!(imports.to_string().contains("purgé"), "{imports}");
}

#[test]
fn only_known_folders_are_opened() {
    let atelier = Atelier::blank();
    let served = Served::on(Some(&atelier.root()));
    for place in ["", "ailleurs", "../.."] {
        assert_eq!(
            served.post("/reglages/dossier", &[("lieu", place)]).status,
            400,
            "{place}"
        );
    }
}
