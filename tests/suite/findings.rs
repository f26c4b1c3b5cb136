//! Faults that a first référentiel had, each with the input that showed it: a descriptor nobody chose printed as seen, a
//! wish of good practice that failed a title of child protection, observers sent where children wash, questions that
//! cannot be answered. Those of the law are in `law`, of a référentiel that changes in `reference_life`.

use std::collections::BTreeMap;

use observatoire::vocabulary::referentiel::{
    Referentiel, SourceCode, StructureType, embedded, parse,
};

use crate::atelier::is;
use crate::corrections::{figures, grid, report};
use crate::reference_life::{cells, shipped};

fn v2() -> Referentiel {
    parse("v2", embedded()).expect("the shipped référentiel")
}

/// Rest was rated 4 and the rest of ENV-4 at 1 and 2: the descriptor of its level says « imposé », which nobody saw. It is
/// named a landmark, and is no more than that.
#[test]
fn no_report_prints_a_descriptor_as_seen() {
    let atelier = shipped();
    let low = [
        ("ENV-4-OBS-1", "4"),
        ("ENV-4-OBS-2", "1"),
        ("ENV-4-OBS-3", "1"),
    ];
    grid(&atelier, SourceCode::Obs, "1", "2026-05-12", &low);
    let page = report(&atelier, "2026-05-20", &[]);
    assert!(
        !page.contains("Ce que l’on voit"),
        "a descriptor is no observation"
    );
    let r = v2();
    let all = r.criteres.iter().flat_map(|c| &c.descripteurs);
    let mut printed = 0;
    for descriptor in all {
        for (at, _) in page.match_indices(descriptor.as_str()) {
            // Beside it, or at the head of its column.
            let start = page[..at].rfind("<section").unwrap_or(0);
            let before = &page[start..at];
            // What comes next is said to be the next step.
            let named = ["Repère le plus proche", "La marche suivante"];
            assert!(
                named.iter().any(|name| before.contains(name)),
                "{descriptor}\n{before}"
            );
            printed += 1;
        }
    }
    assert!(printed > 0, "a landmark is printed");
    // What was rated is printed as it was: rest at the top, whatever the mean of the critère.
    let rated = page.replace('\u{a0}', " ");
    assert!(rated.contains("Ce qui a été noté"), "{rated}");
}

/// What no text asks for makes a level and fails no impératif: a yearly reminder, a project handed to each family, a
/// first-aid diploma, drills, a dirty corner.
#[test]
fn no_imperatif_fails_on_what_no_text_asks_for() {
    let atelier = shipped();
    let wishes = [
        ("SEC-7-DIR-2", "3"),
        ("SEC-7-DIR-1", "NF"),
        ("PRO-1-DIR-1", "7"),
        ("PRO-1-DIR-2", "1"),
        ("SEC-4-DIR-2", "NF"),
        ("SEC-5-DIR-1", "NF"),
        ("SEC-5-DIR-2", "NF"),
        ("SEC-8-DIR-1", "NF"),
        ("SEC-8-DIR-4", "1"),
    ];
    grid(&atelier, SourceCode::Dir, "", "2026-05-11", &wishes);
    let seen = [
        ("ENV-3-OBS-1", "1"),
        ("ENV-3-OBS-2", "1"),
        ("ENV-3-OBS-3", "1"),
        ("SEC-1-OBS-1", "8 + 12 / 2"),
    ];
    grid(&atelier, SourceCode::Obs, "1", "2026-05-12", &seen);
    let all = figures(&atelier);
    for code in ["SEC-7", "PRO-1", "SEC-4", "SEC-5", "SEC-8"] {
        assert_eq!(all[&format!("imperatif/{code}")], "1 atteint", "{code}");
    }
    // Each is in the level of its critère all the same.
    let level = |code: &str| {
        let told = &all[&format!("critere/{code}")];
        told.split(' ')
            .next()
            .and_then(|v| v.parse::<f64>().ok())
            .expect("a level")
    };
    for code in ["SEC-7", "PRO-1", "SEC-4", "SEC-5", "SEC-8"] {
        assert!(level(code) < 4.0, "{code} {}", level(code));
    }
    // And one fact of law is enough to fail one.
    grid(
        &atelier,
        SourceCode::Obs,
        "2",
        "2026-05-19",
        &[("SEC-7-OBS-1", "NF"), ("SEC-1-OBS-1", "8 + 12 / 2")],
    );
    assert_eq!(figures(&atelier)["imperatif/SEC-7"], "0 non_atteint");
}

/// Seven headings are the law; six are a level, and no more the law (R.227-25).
#[test]
fn headings_of_the_project_are_counted() {
    for (count, level, must) in [
        ("7", "4", "1 atteint"),
        ("6", "3", "0 non_atteint"),
        ("4", "2", "0 non_atteint"),
        ("3", "1", "0 non_atteint"),
    ] {
        let atelier = shipped();
        grid(
            &atelier,
            SourceCode::Dir,
            "",
            "2026-05-11",
            &[("PRO-1-DIR-1", count)],
        );
        grid(&atelier, SourceCode::Obs, "1", "2026-05-12", &[]);
        let all = figures(&atelier);
        assert_eq!(all["element/PRO-1-DIR-1"], format!("{level} ok"));
        assert_eq!(all["imperatif/PRO-1"], must, "{count}");
    }
}

/// Nobody is sent where children wash, change or sleep, whatever the moment; and no sentence rests on words that two people
/// read differently, or speaks of one sex alone.
#[test]
fn sentences_are_plain_and_send_nobody_where_children_wash() {
    const INTIMATE: [&str; 5] = ["toilette", "vestiaire", "sanitaire", "douche", "habill"];
    const VAGUE: [&str; 9] = [
        "réellement",
        "utilement",
        "vraiment",
        "assez long",
        "équilibr",
        "correcte",
        "vivant",
        "respectueu",
        "bons relais",
    ];
    for element in &v2().elements {
        let text = element.label.to_lowercase();
        if element.source == SourceCode::Obs {
            let sent = INTIMATE
                .iter()
                .find(|w| text.split([' ', '’', ',', '.']).any(|t| t.starts_with(**w)));
            // « Fiches sanitaires » are papers, « échanges » are words, and a violence « (repas, toilettes, jeu) » is none seen there.
            let is_paper = text.contains("fiches sanitaires") || element.code == "REL-5-OBS-1";
            assert!(
                sent.is_none() || is_paper,
                "{} : {}",
                element.code,
                element.label
            );
        }
        for word in VAGUE {
            assert!(!text.contains(word), "{} : {word}", element.code);
        }
        let words = text.split(|c: char| !c.is_alphabetic());
        let alone = words
            .filter(|w| ["animateur", "animateurs"].contains(w))
            .count();
        let double = usize::from(text.contains("animatrice"));
        assert!(alone <= double, "{} : {}", element.code, element.label);
        assert!(!text.contains('·'), "{} : no median dot", element.code);
    }
}

/// Every instrument that adults carry, and the workshop with children, begins with the protocol, in each of its formats.
#[test]
fn every_instrument_carries_the_protocol() {
    let atelier = shipped();
    let settings = atelier.root().join("observatoire.toml");
    let said = std::fs::read_to_string(&settings).expect("settings");
    let own = "\n[protection]\ncrip = \"02 61 91 00 03\"\n";
    std::fs::write(&settings, said + own).expect("written");
    let mut protocol = v2().purpose.protocol;
    assert_eq!(protocol.len(), 4);
    protocol.push("Cellule départementale (CRIP) : 02 61 91 00 03".to_owned());
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    for source in ["OBS", "DIR", "AUT", "ENF"] {
        for format in ["xlsx", "xlsform", "limesurvey", "pdf"] {
            let made = atelier.run(&["grille", source, "--format", format, "--structure", "R01"]);
            assert_eq!(made.code, 0, "{source} {format} {}", made.stderr);
        }
    }
    let dir = atelier.root().join("grids/vierges");
    for file in std::fs::read_dir(&dir).expect("forms").flatten() {
        let name = file.file_name().to_string_lossy().into_owned();
        let bytes = std::fs::read(file.path()).expect("a form");
        let text = match () {
            () if is(&name, "pdf") => pdf_text(&bytes),
            // What children read on a screen is not what who leads the workshop holds.
            () if name.contains("ENF") => continue,
            () if name.starts_with("Grille") => {
                cells(&bytes, "Lisez-moi").concat().concat()
                    + &cells(&bytes, "Grille").concat().concat()
            }
            () if name.starts_with("XLSForm") => cells(&bytes, "survey").concat().concat(),
            () if is(&name, "txt") => String::from_utf8_lossy(&bytes).into_owned(),
            // Typed from paper, which carries it.
            () => continue,
        };
        let plain = |t: &str| t.replace(['\u{a0}', '\u{202f}', '\n', ' '], "");
        let text = plain(&text);
        for line in &protocol {
            assert!(text.contains(&plain(line)), "{name} : {line}");
        }
        *seen.entry(name.chars().take(6).collect()).or_default() += 1;
    }
    assert!(seen.values().sum::<usize>() >= 10, "{seen:?}");
}

fn pdf_text(bytes: &[u8]) -> String {
    let document = lopdf::Document::load_mem(bytes).expect("a PDF");
    let pages: Vec<u32> = document.get_pages().keys().copied().collect();
    document.extract_text(&pages[..1]).expect("its text")
}

/// What is decided, measured or promised has an élément: labels that nothing measured were the fault.
#[test]
fn what_a_label_promises_is_measured() {
    let r = v2();
    let asks = |critere: &str, word: &str| {
        let critere = &r.criteres[r.critere(critere).expect(critere)];
        let texts = critere
            .elements
            .iter()
            .map(|e| r.elements[*e].label.to_lowercase());
        let anchors = critere
            .elements
            .iter()
            .filter_map(|e| r.elements[*e].anchors.as_ref());
        let anchors = anchors.flatten().map(|a| a.to_lowercase());
        let mut all = texts.chain(anchors);
        all.any(|t| t.contains(word))
    };
    for (critere, word) in [
        ("ENV-5", "allergi"),
        ("INC-6", "laïcité"),
        ("REL-4", "instance d’enfants"),
        ("SEC-7", "119"),
        ("LIE-3", "charte éducative"),
        ("EQU-4", "désaccords"),
        ("SEC-8", "seul avec un enfant"),
    ] {
        assert!(asks(critere, word), "{critere} : {word}");
    }
    // Of four adults no questionnaire says anything: the interview does.
    for critere in ["EQU-4", "REL-4", "PRO-4"] {
        let c = r.critere(critere).expect(critere);
        let told = r
            .elements_of(c, SourceCode::Dir, StructureType::Periscolaire)
            .count();
        assert!(told > 0, "{critere}");
    }
    // The observatory’s own success is no quality of a centre.
    let own = r.elements.iter().filter_map(|e| e.don.as_ref());
    assert!(own.filter(|d| d.measure == "I20").count() == 0);
}
