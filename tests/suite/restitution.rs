//! Reports in the three formats: what they hold, that anyone can read them, that a mistake in a
//! template costs nothing.

mod accessible;
mod agreed;
mod golden;
mod hostile;
mod keyed;
mod keyed_convention;
mod pdf_ua;
mod printed;
mod said;
mod typeset;
mod word_pictures;
mod written_boxes;

use std::path::PathBuf;

use crate::atelier::{Atelier, files, is};

/// Delivered files of a campaign.
fn delivered(atelier: &Atelier, campaign: &str) -> PathBuf {
    atelier.root().join("reports/rendus").join(campaign)
}

/// Writes the reports asked for and gives the folder.
fn deliver(atelier: &Atelier, arguments: &[&str]) -> PathBuf {
    let mut all = vec!["rapport", "--campagne", "C2", "--date", "2026-12-15"];
    all.extend(arguments);
    let answer = atelier.run(&all);
    assert_eq!(answer.code, 0, "{}", answer.stderr);
    delivered(atelier, "C2")
}

#[test]
fn each_audience_gets_its_reports_in_the_formats_asked() {
    let atelier = Atelier::demo();
    for (audience, expected) in [
        ("equipe", "equipes/equipe-R01"),
        ("elus", "elus/synthese-elus"),
        ("familles", "familles/familles"),
        ("renouvellement", "renouvellement/renouvellement-R01"),
        ("pratiques", "pratiques/bonnes-pratiques"),
    ] {
        // A delivery keeps what an earlier one left there.
        let _ = std::fs::remove_dir_all(delivered(&atelier, "C2"));
        let folder = deliver(&atelier, &["--public", audience, "--format", "html,xlsx"]);
        let names = files(&folder);
        for extension in ["html", "xlsx"] {
            let wanted = format!("{expected}.{extension}");
            assert!(names.contains(&wanted), "{wanted}: {names:?}");
        }
        let other = names.iter().filter(|n| is(n, "pdf")).count();
        assert_eq!(other, 0, "only what was asked");
        let folder_of = expected.split('/').next().expect("a folder");
        let elsewhere = names
            .iter()
            .find(|n| n.contains('/') && !n.starts_with(&format!("{folder_of}/")));
        assert_eq!(elsewhere, None, "{audience}");
    }
    let _ = std::fs::remove_dir_all(delivered(&atelier, "C2"));
    let one = deliver(&atelier, &["--structure", "r01", "--format", "html"]);
    let names = files(&one);
    assert!(
        names.iter().all(|n| !n.contains('/') || n.contains("-R01")),
        "{names:?}"
    );
}

/// What was masked is said, and is what the plan of masking announced.
#[test]
fn masking_is_announced_then_said() {
    let atelier = Atelier::demo();
    let (code, planned) = atelier.json(&["verifier", "--campagne", "C2", "--public", "elus"]);
    assert_eq!(code, 0);
    let arguments = [
        "rapport",
        "--campagne",
        "C2",
        "--public",
        "elus",
        "--format",
        "html",
    ];
    let (code, written) = atelier.json(&arguments);
    assert_eq!(code, 0);
    let said = written["resultat"]["masques"][0]
        .as_str()
        .expect("a sentence");
    let count = planned["resultat"]["masques"]
        .as_array()
        .expect("cells")
        .len();
    assert!(
        said.contains(&format!("{count}\u{a0}chiffres")),
        "{said} / {count}"
    );
}

/// The same date gives the same bytes, in any format, on any number of threads.
#[test]
fn the_same_day_gives_the_same_bytes() {
    let atelier = Atelier::demo();
    let arguments = ["--structure", "R04"];
    let read = |folder: &std::path::Path| -> Vec<(String, Vec<u8>)> {
        // What a folder says of itself names every file of the log, one more each time.
        let names = files(folder).into_iter();
        let names = names.filter(|n| !n.ends_with(".observatoire-livraison"));
        names
            .map(|n| (n.clone(), std::fs::read(folder.join(n)).expect("readable")))
            .collect()
    };
    let first = read(&deliver(&atelier, &arguments));
    let second = read(&deliver(&atelier, &arguments));
    assert!(first.iter().any(|(n, _)| is(n, "pdf")));
    for (a, b) in first.iter().zip(&second) {
        assert!(a == b, "{} differs", a.0);
    }
    assert_eq!(first.len(), second.len());
}

/// Each template may be replaced by name; a mistake in one is placed, and nothing half-written
/// takes the place of the earlier delivery.
#[test]
fn a_mistake_in_a_template_is_placed_and_costs_nothing() {
    let atelier = Atelier::demo();
    let before = files(&delivered(&atelier, "C2"));
    for (name, text, place) in [
        (
            "equipe.html",
            "<p>\n{{ page.tete.titre }\n",
            "equipe.html, ligne 2",
        ),
        (
            "elus.html",
            "{% extends \"base.html\" %}\n{% block contenu %}\n{{ page.inconnu.rien }}{% endblock %}",
            "elus.html, ligne 3",
        ),
        (
            "rapport.typ",
            "#let d = json(\"/document.json\")\n#set document(title: \"x\")\n#d.inconnu\n",
            "rapport.typ, ligne 3, colonne",
        ),
    ] {
        let file = format!("reports/modeles/{name}");
        let path = atelier.write(&file, text.as_bytes());
        let answer = atelier.run(&["rapport", "--campagne", "C2", "--date", "2026-12-15"]);
        assert_eq!(answer.code, 3, "{name}: {}", answer.stderr);
        assert!(answer.stderr.contains(place), "{}", answer.stderr);
        assert_eq!(files(&delivered(&atelier, "C2")), before, "{name}");
        let left = std::fs::read_dir(atelier.root().join("reports/rendus"))
            .expect("a folder")
            .flatten()
            .filter(|e| e.file_name().to_string_lossy().starts_with(".livraison"))
            .count();
        assert_eq!(left, 0, "{name}: nothing lies about");
        std::fs::remove_file(path).expect("removed");
    }
    let own = "{% extends \"base.html\" %}{% block contenu %}<p>À notre façon</p>{% endblock %}";
    atelier.write("reports/modeles/pratiques.html", own.as_bytes());
    let folder = deliver(&atelier, &["--public", "pratiques", "--format", "html"]);
    let page = std::fs::read_to_string(folder.join("pratiques/bonnes-pratiques.html"));
    assert!(page.expect("a page").contains("À notre façon"));
}

/// Logo, colour and outlines of the collectivité.
#[test]
fn the_collectivite_is_recognised() {
    let atelier = Atelier::demo();
    let settings =
        std::fs::read_to_string(atelier.root().join("observatoire.toml")).expect("settings");
    let branded = settings.replace(
        "[territoire]\n",
        "[territoire]\nlogo = \"logo.svg\"\ncouleur = \"#7A1F3D\"\n",
    );
    atelier.write("observatoire.toml", branded.as_bytes());
    let logo = r#"<svg xmlns="http://www.w3.org/2000/svg" width="40" height="20"><rect width="40" height="20"/></svg>"#;
    atelier.write("logo.svg", logo.as_bytes());
    let ring = "[[[0.6,49.2],[0.9,49.2],[0.9,49.4],[0.6,49.2]]]";
    let outline = format!("{{\"type\":\"Polygon\",\"coordinates\":{ring}}}");
    atelier.write("data/communes.geojson", outline.as_bytes());
    let folder = deliver(&atelier, &["--public", "elus", "--format", "html,pdf"]);
    let page = std::fs::read_to_string(folder.join("elus/synthese-elus.html")).expect("a page");
    assert!(page.contains("data:image/svg+xml;base64,") && page.contains("--accent:#7A1F3D"));
    let with = page.matches("<polyline").count();
    std::fs::remove_file(atelier.root().join("data/communes.geojson")).expect("removed");
    let folder = deliver(&atelier, &["--public", "elus", "--format", "html"]);
    let page = std::fs::read_to_string(folder.join("elus/synthese-elus.html")).expect("a page");
    assert!(
        with > page.matches("<polyline").count(),
        "outlines are drawn"
    );

    for (from, to, said) in [
        ("#7A1F3D", "#FFD700", "contraste"),
        ("logo.svg", "absent.png", "absent.png"),
    ] {
        atelier.write("observatoire.toml", branded.replace(from, to).as_bytes());
        let answer = atelier.run(&["rapport", "--campagne", "C2"]);
        assert_eq!(answer.code, 3, "{to}");
        assert!(answer.stderr.contains(said), "{}", answer.stderr);
    }
}

/// The report of one structure to its team is computed by itself: it is the one of the whole edition,
/// in the example and in territories on both sides of what is looked at secteur by secteur.
#[test]
fn a_team_asked_alone_reads_what_it_reads_among_all() {
    let example = Atelier::demo();
    for campaign in ["C1", "C2"] {
        teams_read_the_same(&example, campaign, 1);
    }
    for (structures, step) in [("40", 3), ("330", 29)] {
        let vast = Atelier::empty();
        let simulate = ["simuler", "observatoire", "--structures", structures];
        let direct = ["--campagnes", "2", "--graine", "3", "--direct"];
        let answers = format!("{structures}000");
        let all = [&simulate[..], &direct[..], &["--reponses", &answers]].concat();
        let made = vast.raw(&all);
        assert_eq!(made.code, 0, "{}", made.stderr);
        for campaign in ["C1", "C2"] {
            teams_read_the_same(&vast, campaign, step);
        }
    }
}

/// Every `step`-th report of an edition for teams, then the same asked by itself.
fn teams_read_the_same(atelier: &Atelier, campaign: &str, step: usize) {
    let edition = |more: &[&str], folder: &str| {
        let asked = ["rapport", "--campagne", campaign, "--public", "equipe"];
        let printed = ["--format", "html", "--date", "2027-12-15"];
        let out = atelier.root().join(folder);
        // A delivery keeps what an earlier one left there.
        let _ = std::fs::remove_dir_all(out.join("equipes"));
        let written = out.to_string_lossy().into_owned();
        let place = ["--sortie", written.as_str()];
        let answer = atelier.run(&[&asked[..], &printed[..], &place[..], more].concat());
        assert_eq!(answer.code, 0, "{}", answer.stderr);
        out.join("equipes")
    };
    let all = edition(&[], "toutes");
    let names = files(&all);
    assert!(names.len() > 10, "{names:?}");
    for name in names.iter().step_by(step) {
        let whole = std::fs::read(all.join(name)).expect("readable");
        let (_, own) = name.rsplit_once('-').expect("a team");
        let code = own.strip_suffix(".html").expect("a page");
        let alone = edition(&["--structure", code], "seule");
        let expected = [format!("carte-identite-{own}"), format!("equipe-{own}")];
        assert_eq!(files(&alone), expected);
        let page = std::fs::read(alone.join(name)).expect("readable");
        assert!(page == whole, "{campaign}: {name} differs");
    }
}
