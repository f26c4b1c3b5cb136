//! The booklet of good practices, from a flag in a grid to the page: consent, screen, no figure moved.

use std::collections::{BTreeSet, HashMap};

use calamine::{Data, Reader, Xlsx};
use observatoire::forms::{FilledRating, FormIdentity, write};
use observatoire::vocabulary::referentiel::{SourceCode, StructureType, parse};

use crate::former::embedded_v1;

use crate::atelier::Atelier;

const SEEN: &str = "Un sablier à l'entrée du goûter : chacun voit le temps qui reste";

/// A grid of R01 where everything is rated 3; `flags` are described, and flagged when `x`.
fn grid(consent: &str, observer: &str, x: bool, flags: &[(&str, &str)]) -> Vec<u8> {
    let referentiel = parse("v1", embedded_v1()).expect("the référentiel");
    let elements = referentiel.instrument(SourceCode::Obs, StructureType::Mixte);
    let mut answers: HashMap<String, FilledRating> = elements
        .map(|(_, e)| (e.code.clone(), FilledRating::new("3", "")))
        .collect();
    for (code, seen) in flags {
        answers.insert((*code).to_owned(), FilledRating::new("4", *seen));
    }
    let flagged = flags.iter().filter(|_| x).map(|f| f.0.to_owned());
    let identity = FormIdentity {
        code: "R01".to_owned(),
        visit: "1".to_owned(),
        date: "2026-05-12".to_owned(),
        observer: observer.to_owned(),
        consent: consent.to_owned(),
        remarkable: flagged.collect::<BTreeSet<String>>(),
        ..FormIdentity::default()
    };
    let kind = StructureType::Mixte;
    write(
        &referentiel,
        SourceCode::Obs,
        kind,
        &identity,
        &answers,
        false,
    )
    .expect("a form")
}

fn import(atelier: &Atelier, name: &str, bytes: &[u8]) {
    import_with(atelier, name, bytes, &[]);
}

fn import_with(atelier: &Atelier, name: &str, bytes: &[u8], more: &[&str]) {
    let path = atelier.write(&format!("reçus/{name}"), bytes);
    let (exit, said) = atelier.json(&[&["importer", &path, "--campagne", "C1"], more].concat());
    assert_eq!(exit, 0, "{said:#}");
}

/// The booklet as a page, then as the texts of its workbook.
fn booklet(atelier: &Atelier) -> (String, Vec<String>) {
    let arguments = ["rapport", "--campagne", "C1", "--public", "pratiques"];
    let formats = ["--format", "html,pdf,xlsx", "--date", "2026-07-10"];
    let answer = atelier.run(&[&arguments[..], &formats[..]].concat());
    assert_eq!(answer.code, 0, "{}", answer.stderr);
    let folder = atelier.root().join("reports/rendus/C1/pratiques");
    let page = std::fs::read_to_string(folder.join("bonnes-pratiques.html")).expect("a page");
    let printed = std::fs::read(folder.join("bonnes-pratiques.pdf")).expect("a document");
    assert!(printed.starts_with(b"%PDF"));
    let bytes = std::fs::read(folder.join("bonnes-pratiques.xlsx")).expect("a workbook");
    let mut book = Xlsx::new(std::io::Cursor::new(bytes)).expect("a workbook");
    let mut texts = Vec::new();
    for name in book.sheet_names() {
        let formulas = book.worksheet_formula(&name).expect("a sheet");
        assert!(
            formulas.used_cells().next().is_none(),
            "a formula in {name}"
        );
        let range = book.worksheet_range(&name).expect("a sheet");
        let cells = range.used_cells().map(|(_, _, c)| c);
        texts.extend(cells.filter(|c| **c != Data::Empty).map(Data::to_string));
    }
    (page, texts)
}

fn notes(lines: &str) -> Vec<u8> {
    format!("Structure;Date;Critère;Pratique;Accord\n{lines}\n").into_bytes()
}

#[test]
fn a_flag_reaches_the_booklet_if_the_team_agrees_and_only_then() {
    let atelier = Atelier::blank();
    let shown = |atelier: &Atelier| {
        let (page, texts) = booklet(atelier);
        let there = page.contains("chacun voit le temps qui reste");
        assert_eq!(
            there,
            texts.iter().any(|t| t.contains("voit le temps qui reste"))
        );
        assert_ne!(
            there,
            page.contains("il manque l’accord de l’équipe"),
            "{page}"
        );
        if there {
            let axe = page.find("Espaces, rythmes et vie quotidienne");
            let critere = page.find("ENV-5 Repas et goûter");
            let site = page.rfind("R01 ALSH Les Colombages");
            assert!(axe < critere && critere < site && axe.is_some(), "{page}");
        }
        there
    };
    import(
        &atelier,
        "g.xlsx",
        &grid("", "O1", true, &[("ENV-5-OBS-2", SEEN)]),
    );
    assert!(!shown(&atelier), "no answer is no consent");
    let waits = atelier
        .run(&["expliquer", "C1/TERRITOIRE/PRATIQUES"])
        .stdout;
    assert!(
        waits.contains(
            "ENV-5-OBS-2 à R01 : gardée : l’équipe n’a pas encore répondu (g.xlsx › Grille › G"
        ),
        "{waits}"
    );
    // The consent comes later, in a file of its own; then the team changes its mind.
    import(&atelier, "accord.csv", &notes("R01;10/06/2026;;;oui"));
    assert!(shown(&atelier));
    import(&atelier, "retrait.csv", &notes("R01;20/06/2026;;;non"));
    assert!(!shown(&atelier));
    // A grid corrected afterwards is still of the day of the visit.
    import(
        &atelier,
        "g2.xlsx",
        &grid("oui", "O1", true, &[("ENV-5-OBS-2", SEEN)]),
    );
    assert!(!shown(&atelier));
}

#[test]
fn a_practice_heard_of_otherwise_enters_beside() {
    let atelier = Atelier::blank();
    import(&atelier, "g.xlsx", &grid("oui", "O1", false, &[]));
    let heard = "R01;10/06/2026;LIE-4;La ludothèque vient jouer ici un lundi sur deux;\n\
                 R02;10/06/2026;LIE-4;Le club de lecture des aînés passe chaque jeudi;";
    import(&atelier, "pratiques.csv", &notes(heard));
    let (page, _) = booklet(&atelier);
    assert!(page.contains("La ludothèque vient jouer ici"), "{page}");
    assert!(!page.contains("club de lecture") && page.contains("Une autre pratique n’est pas"));
    // Taken back with its file, as any other answer.
    let undone = atelier.run(&["annuler", "I002"]);
    assert_eq!(undone.code, 0, "{}", undone.stderr);
    assert!(!booklet(&atelier).0.contains("La ludothèque"));
}

#[test]
fn no_figure_moves_with_the_flags() {
    let figures = |x: bool| {
        let atelier = Atelier::blank();
        let consent = if x { "oui" } else { "" };
        let flags = [("ENV-5-OBS-2", SEEN), ("REL-4-OBS-1", SEEN)];
        import(&atelier, "a.xlsx", &grid(consent, "O1", x, &flags));
        // Two observers who agree on nearly everything: asked about, since it may be one grid corrected.
        let second = grid("", "O2", x, &flags[..1]);
        import_with(&atelier, "b.xlsx", &second, &["--confirmer"]);
        if x {
            import(
                &atelier,
                "p.csv",
                &notes("R02;10/06/2026;LIE-4;Un goûter partagé;oui"),
            );
        }
        let stored = atelier.run(&["exporter", "observations"]).stdout;
        assert_eq!(stored.contains("REMARQUABLE"), x);
        let figures = atelier.run(&["indicateurs", "--campagne", "C1"]).stdout;
        (
            figures,
            atelier.run(&["fidelite", "--campagne", "C1"]).stdout,
        )
    };
    let (with, without) = (figures(true), figures(false));
    assert!(with.0.contains("ENV-5") && with.1.contains("visite"));
    assert_eq!(with, without);
}

#[test]
fn hostile_words_come_out_safe_and_nobody_is_named() {
    let atelier = Atelier::blank();
    let long = "le jardin ".repeat(1_000);
    let flags = [
        (
            "REL-2-OBS-1",
            "<script>alert(1)</script> l’écoute au coin <b>jeu</b>",
        ),
        (
            "REL-4-OBS-1",
            "=HYPERLINK(\"http://x.fr\";\"le conseil\") puis le vote",
        ),
        (
            "ENV-1-OBS-1",
            "Mme Durand, 06 12 34 56 78, a.b@mairie.fr : le coin lecture avec Kylian et mon fils lucas",
        ),
        (
            "ENV-3-OBS-1",
            "\u{202e}le tri des jeux\u{202c} 🎉 avec \u{2066}שלום\u{2069}",
        ),
        ("ENV-5-OBS-2", long.as_str()),
        // About an impératif, by its code in the words: never printed.
        ("ACT-3-OBS-1", "Le pointage secret, voir SEC-6-OBS-1"),
        ("SEC-1-OBS-1", "Le taux secret est affiché"),
        ("INC-2-OBS-1", "06 12 34 56 78"),
    ];
    import(&atelier, "g.xlsx", &grid("oui", "O1", true, &flags));
    let (page, texts) = booklet(&atelier);
    let all = format!("{page}\n{}", texts.join("\n"));
    // What names or reaches someone is not said at all, not even in part.
    for gone in [
        "puis le vote",
        "coin lecture",
        "x.fr",
        "Durand",
        "06 12",
        "mairie",
        "Kylian",
        "lucas",
        "secret",
        "\u{202e}",
        "\u{2066}",
        "INC-2",
    ] {
        assert!(!all.contains(gone), "{gone} in {page}");
    }
    // The only script is that of the template, which sorts tables.
    assert_eq!(page.matches("<script").count(), 1, "{page}");
    assert!(!page.contains("<b>"), "{page}");
    for kept in [
        "&lt;script&gt;",
        "l’écoute au coin",
        "le tri des jeux 🎉",
        "שלום",
    ] {
        assert!(page.contains(kept), "{kept} in {page}");
    }
    assert!(texts.iter().all(|t| !t.starts_with('=')));
    assert!(page.contains('…') && page.matches("le jardin").count() < 100);
    assert!(
        page.contains("3\u{a0}pratiques remarquables"),
        "{}",
        &page[page.find("<main").unwrap_or(0)..]
    );
    assert!(!page.contains("il manque l’accord"), "{page}");
}
