//! Settings written or refused from their page, a backup made and put back, answers purged once agreed.

use std::collections::BTreeMap;

use observatoire::vocabulary::referentiel::SourceCode;

use super::accueils_pages::{hidden, read};
use super::served::Served;
use crate::atelier::{Atelier, files};
use crate::fixtures::form;

fn settings(atelier: &Atelier) -> String {
    std::fs::read_to_string(atelier.root().join("observatoire.toml")).expect("settings")
}

fn page(served: &Served) -> String {
    read(served, served.get("/reglages"))
}

fn keep(served: &Served, seen: &str, fields: &[(&str, &str)]) -> String {
    let mut all = vec![("vu", seen)];
    all.extend(fields);
    read(served, served.post("/reglages/garder", &all))
}

#[test]
fn settings_are_written_refused_with_what_was_typed_and_put_back() {
    let atelier = Atelier::blank();
    atelier.write(
        "observatoire.toml",
        format!("# À nous.\n{}", settings(&atelier)).as_bytes(),
    );
    let served = Served::on(Some(&atelier.root()));
    let before = settings(&atelier);
    let seen = hidden(&page(&served), "vu");
    let fields = [
        ("territoire.nom", "Val d’Orme « l’été »"),
        ("territoire.contact", "Service enfance"),
        ("territoire.couleur", "#1f4e79"),
        ("publics.elus.repondants", "12"),
        ("publics.elus.marge_niveau", "0,5"),
        ("conservation.FAM", "6"),
        ("conservation_mois", "24"),
        ("protection.sdjes", "02 00 00 00 00"),
        ("plan.haute_jours", "90"),
    ];
    let kept = keep(&served, &seen, &fields);
    assert!(
        kept.contains("C’est écrit") && kept.contains("value=\"12\""),
        "{kept}"
    );
    let written = settings(&atelier);
    for said in [
        "# À nous.",
        "Val d’Orme « l’été »",
        "repondants = 12",
        "marge_niveau = 0.5",
        "FAM = 6",
        "conservation_mois = 24",
        "haute_jours = 90",
    ] {
        assert!(written.contains(said), "{said}: {written}");
    }
    let seen = hidden(&kept, "vu");
    // As the loader refuses them; what was typed is still there.
    for (name, typed, said) in [
        ("territoire.nom", "", "Il manque le nom"),
        ("territoire.couleur", "#FFD700", "trop claire"),
        ("territoire.couleur", "rouge", "RRVVBB"),
        ("publics.elus.repondants", "2", "2"),
        ("publics.elus.repondants", "beaucoup", "pas un nombre"),
        ("publics.elus.repondants", "-4", "pas un nombre"),
        ("conservation_mois", "99999", "mois"),
        ("protection.sdjes", "Mme Martin", "au moins un chiffre"),
        ("territoire.contact", &"é".repeat(10_000), "200 au plus"),
        ("formation.exact", "0,x", "pas un nombre"),
    ] {
        let refused = keep(&served, &seen, &[(name, typed)]);
        assert!(
            refused.contains("Rien n’a été écrit") && refused.contains(said),
            "{name} {typed}: {refused}"
        );
        assert!(
            refused.contains(&format!("name=\"{name}\" value=\"{typed}\"")),
            "{name}"
        );
    }
    let stale = keep(&served, "0", &[("territoire.contact", "Autre")]);
    assert!(
        stale.contains("ont changé depuis")
            && stale.contains("value=\"Autre\"")
            && stale.contains("il y a maintenant : Service enfance"),
        "{stale}"
    );
    assert_eq!(settings(&atelier), written);
    // Emptied, the default holds again.
    let kept = keep(&served, &seen, &[("conservation_mois", "")]);
    assert!(
        kept.contains("C’est écrit") && !settings(&atelier).contains("conservation_mois"),
        "{kept}"
    );

    // The settings of before come back, one by one.
    let name = hidden(&kept, "nom");
    assert_eq!(
        served
            .post(
                "/reglages/remettre",
                &[("vu", &hidden(&kept, "vu")), ("nom", "../ailleurs.toml")]
            )
            .status,
        400
    );
    let back = read(
        &served,
        served.post(
            "/reglages/remettre",
            &[("vu", &hidden(&kept, "vu")), ("nom", &name)],
        ),
    );
    assert!(back.contains("C’est écrit"), "{back}");
    assert_eq!(settings(&atelier), written);
    assert!(before != written);
}

#[test]
fn a_logo_is_what_reports_read_or_leaves_nothing() {
    let atelier = Atelier::blank();
    let served = Served::on(Some(&atelier.root()));
    let drop = |name: &str, bytes: &[u8]| {
        let seen = hidden(&page(&served), "vu");
        read(
            &served,
            served.drop_files("/reglages/logo", &[("vu", &seen)], &[(name, bytes)]),
        )
    };
    let svg = |inside: &str| {
        format!("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"9\" height=\"9\">{inside}</svg>")
    };
    for (name, bytes, said) in [
        ("vide.png", Vec::new(), "ne correspond pas"),
        ("photo.png", b"du texte".to_vec(), "ne correspond pas"),
        ("logo.bmp", b"BM".to_vec(), "png, jpg ou svg"),
        ("logo", b"x".to_vec(), "png, jpg ou svg"),
        // Over the bound that the library sets to forms: our own says what is wrong.
        ("gros.svg", svg(&" ".repeat(3 << 20)).into_bytes(), "2 Mo"),
        (
            "script.svg",
            svg("<script>alert(1)</script>").into_bytes(),
            "script",
        ),
        (
            "clic.svg",
            svg("<rect onload=\"x()\"/>").into_bytes(),
            "script",
        ),
    ] {
        let refused = drop(name, &bytes);
        assert!(
            refused.contains("Rien n’a été écrit") && refused.contains(said),
            "{name}: {refused}"
        );
    }
    let logos = || {
        files(&atelier.root())
            .into_iter()
            .filter(|n| n.starts_with("logo"))
            .collect::<Vec<_>>()
    };
    assert_eq!(
        logos(),
        Vec::<String>::new(),
        "nothing stays of what was refused"
    );
    assert_eq!(
        served
            .drop_files("/reglages/logo", &[("vu", "x")], &[])
            .status,
        400
    );
    let kept = drop(
        "Notre logo d’été.SVG",
        svg("<rect width=\"9\" height=\"9\"/>").as_bytes(),
    );
    assert!(
        kept.contains("C’est écrit") && settings(&atelier).contains("logo = \"logo.svg\""),
        "{kept}"
    );
    // Another takes its place in the settings; the first stays for whoever goes back.
    drop("autre.svg", svg("<circle r=\"3\"/>").as_bytes());
    assert!(
        settings(&atelier).contains("logo-2.svg"),
        "{}",
        settings(&atelier)
    );
    assert_eq!(logos().len(), 2);
    let seen = hidden(&page(&served), "vu");
    let none = read(
        &served,
        served.post("/reglages/logo", &[("vu", &seen), ("geste", "retirer")]),
    );
    assert!(
        none.contains("Aucun logo") && !settings(&atelier).contains("logo ="),
        "{none}"
    );
}

#[test]
fn an_observer_is_noted_or_refused() {
    let atelier = Atelier::blank();
    let served = Served::on(Some(&atelier.root()));
    let note = |code: &str, name: &str| {
        served.post("/reglages/observateur", &[("code", code), ("nom", name)])
    };
    assert!(read(&served, note("O1", "L. d’Orme")).contains("C’est noté"));
    assert!(page(&served).contains("Connus : O1") && !page(&served).contains("d’Orme"));
    assert!(read(&served, note("O1", "L. d’Orme")).contains("déjà noté"));
    assert_eq!(note("rouge", "Z").status, 400);
    assert_eq!(note("O2", "").status, 400);
}

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

    let address = format!(
        "/reglages/restaurer?archive={}",
        super::served::escaped(&archive)
    );
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
