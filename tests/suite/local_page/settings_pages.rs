//! Settings written, refused with what was typed, put back; a logo; an observer.

use super::accueils_pages::{hidden, read};
use super::served::Served;
use crate::atelier::{Atelier, files};

fn settings(atelier: &Atelier) -> String {
    std::fs::read_to_string(atelier.root().join("observatoire.toml")).expect("settings")
}

pub fn page(served: &Served) -> String {
    read(served, served.get("/reglages"))
}

pub fn keep(served: &Served, seen: &str, fields: &[(&str, &str)]) -> String {
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
