//! Guides to hold in one's hand: what stands in them is what the référentiel, the regulation and the settings say,
//! for the accueils asked about and no other; as a file of a word processor and as a PDF.

pub mod word_file;

use std::collections::BTreeSet;

use toml::Table;

use crate::atelier::Atelier;
use word_file::{WordFile, plain};

const GUIDES: [&str; 6] = [
    "preparation",
    "dossier",
    "visite",
    "entretien",
    "atelier",
    "lecture",
];
const DAY: &str = "2026-12-01";
const MOMENTS: [(&str, &str); 6] = [
    ("lieux", "Tour des lieux"),
    ("arrivee_matin", "Arrivée"),
    ("activite", "Activité"),
    ("repas", "Repas"),
    ("gouter", "Goûter"),
    ("depart", "Départ"),
];

/// A guide as a file of a word processor.
fn guide(atelier: &Atelier, arguments: &[&str]) -> WordFile {
    WordFile::read(&bytes(atelier, arguments, "docx"))
}

/// A guide in a format, written in a file of its own.
fn bytes(atelier: &Atelier, arguments: &[&str], format: &str) -> Vec<u8> {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("guide");
    let out = path.to_str().expect("a path");
    let own = ["--format", format, "--date", DAY, "--sortie", out];
    let answer = atelier.run(&[&["guide"], arguments, &own].concat());
    assert_eq!(answer.code, 0, "{arguments:?}: {}", answer.stderr);
    std::fs::read(&path).expect("a guide")
}

/// Éléments of a source as the file of the folder says them, read without the program.
struct Asked {
    code: String,
    label: String,
    moments: Vec<String>,
}

fn texts(table: &Table, key: &str) -> Option<Vec<String>> {
    let all = table.get(key)?.as_array()?;
    Some(
        all.iter()
            .filter_map(|t| Some(t.as_str()?.to_owned()))
            .collect(),
    )
}

/// What a source is asked in these types of accueil.
fn asked(atelier: &Atelier, source: &str, kinds: &[&str]) -> Vec<Asked> {
    let mut all = Vec::new();
    for critere in criteres(atelier) {
        let elements = critere["elements"].as_array().expect("éléments");
        for element in elements.iter().filter_map(toml::Value::as_table) {
            let allows = |table: &Table, kind: &str| {
                texts(table, "types").is_none_or(|types| types.iter().any(|t| t == kind))
            };
            let applies = |kind: &&str| allows(&critere, kind) && allows(element, kind);
            if element["source"].as_str() == Some(source) && kinds.iter().any(applies) {
                all.push(Asked {
                    code: element["code"].as_str().expect("a code").to_owned(),
                    label: element["label"].as_str().expect("a label").to_owned(),
                    moments: texts(element, "moments").unwrap_or_default(),
                });
            }
        }
    }
    all
}

fn criteres(atelier: &Atelier) -> Vec<Table> {
    let path = atelier.root().join("grids/referentiel-v2.toml");
    let text = std::fs::read_to_string(path).expect("a référentiel");
    let file: Table = text.parse().expect("TOML");
    let all = file["criteres"].as_array().expect("critères");
    all.iter().filter_map(|c| c.as_table().cloned()).collect()
}

/// « REL-2-OBS-1 » in a text, of a source.
fn codes(lines: &[String], source: &str) -> BTreeSet<String> {
    let middle = format!("-{source}-");
    let words = lines.iter().flat_map(|line| line.split([' ', '\n']));
    words
        .filter(|word| word.contains(&middle))
        .map(str::to_owned)
        .collect()
}

/// Every élément of a moment stands under it, and no other; their number is that of the title.
#[test]
fn the_visit_holds_the_elements_of_each_moment_and_no_other() {
    let atelier = Atelier::demo();
    let all = [
        "extrascolaire",
        "mercredi",
        "mixte",
        "periscolaire",
        "periscolaire_repas",
    ];
    for (asks, kinds) in [
        (
            vec!["visite", "--type", "periscolaire"],
            vec!["periscolaire"],
        ),
        (
            vec!["visite", "--type", "non_declaree"],
            vec!["non_declaree"],
        ),
        (vec!["visite", "--structure", "R01"], vec!["mixte"]),
        (vec!["visite", "--type", all[4]], vec![all[4]]),
    ] {
        let file = guide(&atelier, &asks);
        let elements = asked(&atelier, "OBS", &kinds);
        let mut shown = BTreeSet::new();
        for (moment, title) in MOMENTS {
            let own = elements
                .iter()
                .filter(|e| e.moments.iter().any(|m| m == moment));
            let own: BTreeSet<String> = own.map(|e| e.code.clone()).collect();
            let Some(section) = file.section(&format!("{title} : ")) else {
                continue;
            };
            assert_eq!(codes(&section.lines, "OBS"), own, "{asks:?} {moment}");
            let counted = format!("{title} : {} élément", own.len());
            assert!(section.title.starts_with(&counted), "{}", section.title);
            shown.extend(own);
        }
        // Whatever moments are left out of its course, nothing of the accueil is.
        let whole: BTreeSet<String> = elements.iter().map(|e| e.code.clone()).collect();
        assert_eq!(shown, whole, "{asks:?}");
        for element in &elements {
            assert!(file.says(&element.label), "{}", element.label);
        }
    }
}

/// An evening fits ninety minutes, a day takes two moments; each is rated against the ratios of its own law.
#[test]
fn the_visit_of_an_evening_and_that_of_a_day() {
    let atelier = Atelier::demo();
    let evening = guide(&atelier, &["visite", "--type", "periscolaire"]);
    assert!(evening.section("Repas").is_none());
    let course = evening.section("Le parcours").expect("a course");
    let at = course.lines.iter().position(|l| l == "Le soir : en tout");
    assert_eq!(
        course.lines[at.expect("a sum") + 2],
        "90",
        "{:?}",
        course.lines
    );
    let counted = evening.section("Compter").expect("a box").lines.join(" ");
    for said in ["Comptage à", "14 enfants", "18 enfants", "CASF R.227-16 II"] {
        assert!(counted.contains(said), "{said} : {counted}");
    }
    assert!(
        !counted.contains("Vacances") && !counted.contains("plus de 5 h"),
        "{counted}"
    );
    let day = guide(&atelier, &["visite", "--type", "mixte"]);
    let course = day
        .section("Le parcours")
        .expect("a course")
        .lines
        .join("|");
    assert_eq!(course.matches(" : en tout").count(), 2, "{course}");
    let counted = day.section("Compter").expect("a box").lines.join(" ");
    for said in ["Vacances 8 enfants 12 enfants CASF R.227-15", "plus de 5 h"] {
        assert!(counted.contains(said), "{said} : {counted}");
    }
    let outside = guide(&atelier, &["visite", "--type", "non_declaree"]);
    let counted = outside.section("Compter").expect("a box").lines.join(" ");
    assert!(
        !counted.contains("R.227"),
        "no ratio where no law sets one: {counted}"
    );
}

/// Under its own PEDT, or without one, an accueil reads its own ratios; those of the regulation of its folder.
#[test]
fn ratios_are_those_of_the_accueil_and_of_its_regulation() {
    let atelier = Atelier::demo();
    let registry = "code,nom,type,pedt\nP01,Un,periscolaire,non\nP02,Deux,periscolaire,oui\n";
    atelier.write("data/structures.csv", registry.as_bytes());
    let counted = |code: &str| {
        let file = guide(&atelier, &["visite", "--structure", code]);
        file.section("Compter").expect("a box").lines.join(" ")
    };
    let (without, under) = (counted("P01"), counted("P02"));
    assert!(
        without.contains("10 enfants 14 enfants") && !without.contains("18 enfants"),
        "{without}"
    );
    assert!(
        under.contains("14 enfants 18 enfants") && !under.contains("sans PEDT"),
        "{under}"
    );
    let path = atelier.root().join("grids/reglement-2026.toml");
    let text = std::fs::read_to_string(path).expect("a regulation");
    let changed = text.replace(
        "situation = \"periscolaire_pedt\"\nmoins6 = 14",
        "situation = \"periscolaire_pedt\"\nmoins6 = 13",
    );
    assert_ne!(text, changed);
    atelier.write("grids/reglement-2026.toml", changed.as_bytes());
    assert!(counted("P02").contains("13 enfants 18 enfants"));
}

/// Whom to call is written once, and printed on all that may meet a child in danger.
#[test]
fn numbers_of_the_protocol_are_those_of_the_settings() {
    let atelier = Atelier::demo();
    let settings = std::fs::read_to_string(atelier.root().join("observatoire.toml")).expect("read");
    // The example has numbers of its own, kept for fictions.
    let (before, own) = settings.split_once("[protection]").expect("numbers");
    let after = own.split_once("\n[").expect("what follows them").1;
    let with = |numbers: &str| {
        let text = format!("{before}[protection]\n{numbers}\n\n[{after}");
        atelier.write("observatoire.toml", text.as_bytes());
    };
    with("sdjes = \"02 99 00 11 22\"\ncrip = \"02 99 33 44 55\"\nenfance_en_danger = \"119\"");
    for name in ["visite", "entretien", "atelier"] {
        let file = guide(&atelier, &[name]);
        assert_eq!(file.sections[1].title, "Protéger d’abord", "{name}");
        let lines = file.sections[1].lines.join("|");
        for said in [
            "SDJES|02 99 00 11 22",
            "(CRIP)|02 99 33 44 55",
            "gratuit|119",
            "à écrire",
        ] {
            assert!(lines.contains(said), "{name} {said} : {lines}");
        }
    }
    with("organisateur = \"06 00 00 00 01\"\nsdjes = \"01 01 01 01 01\"\nurgences = \"15\"");
    let lines = guide(&atelier, &["visite"]).sections[1].lines.join("|");
    for said in [
        "SDJES|01 01 01 01 01",
        "Organisateur|06 00 00 00 01",
        "urgences|15",
    ] {
        assert!(lines.contains(said), "{said} : {lines}");
    }
    assert!(!lines.contains("02 99 00 11 22"), "{lines}");
    let paper = ["grille", "DIR", "--format", "pdf", "--structure", "R01"];
    assert_eq!(atelier.run(&paper).code, 0);
    let paper = atelier.root().join("grids/vierges/Papier DIR R01.pdf");
    let text = pdf_text(&std::fs::read(paper).expect("a form"));
    assert!(text.contains("06 00 00 00 01"), "{text}");
    with("sdjes = \"le service\"");
    let refused = atelier.run(&["guide", "visite"]);
    assert_eq!(refused.code, 3);
    assert!(
        refused.stderr.contains("protection.sdjes"),
        "{}",
        refused.stderr
    );
    with("sdjs = \"01\"");
    let refused = atelier.run(&["guide", "visite"]);
    assert!(refused.stderr.contains("« sdjes »"), "{}", refused.stderr);
}

/// Nothing that lives in the référentiel is said from elsewhere.
#[test]
fn a_changed_referentiel_changes_every_guide() {
    let atelier = Atelier::demo();
    let path = atelier.root().join("grids/referentiel-v2.toml");
    let text = std::fs::read_to_string(path).expect("a référentiel");
    let pairs = [
        (
            "visite",
            "Les issues de secours sont dégagées.",
            "Les issues sont libres.",
        ),
        (
            "entretien",
            "Un bilan écrit de la dernière période existe.",
            "Le bilan tient sur une page.",
        ),
        (
            "atelier",
            "Ici, je peux jouer dehors.",
            "Ici, on sort quand je veux.",
        ),
        (
            "lecture",
            "Joindre le projet, ou son adresse en ligne, au prochain message envoyé aux familles.",
            "Lire le projet à voix haute.",
        ),
    ];
    for (name, former, new) in pairs {
        let before = guide(&atelier, &[name]);
        assert!(before.says(former) && !before.says(new), "{name}");
    }
    let changed = pairs.iter().fold(text.clone(), |text, (_, former, new)| {
        text.replace(former, new)
    });
    let changed = changed.replace("mettez l’enfant en sécurité.", "mettez l’enfant à l’abri.");
    atelier.write("grids/referentiel-v2.toml", changed.as_bytes());
    for (name, former, new) in pairs {
        let after = guide(&atelier, &[name]);
        assert!(after.says(new) && !after.says(former), "{name}");
        assert!(
            name == "lecture" || after.says("mettez l’enfant à l’abri."),
            "{name}"
        );
    }
}

/// The words around are the folder's, when it has its own; a mistake there is placed.
#[test]
fn words_around_are_replaced_by_the_folder() {
    let atelier = Atelier::demo();
    let own = include_str!("../../reports/modeles/guides.toml");
    let changed = own.replace(
        "Ne pas promettre le secret.",
        "Dire que rien ne restera secret.",
    );
    atelier.write("reports/modeles/guides.toml", changed.as_bytes());
    let file = guide(&atelier, &["atelier"]);
    assert!(file.says("Dire que rien ne restera secret.") && !file.says("Ne pas promettre"));
    atelier.write(
        "reports/modeles/guides.toml",
        own.replace("ne_pas = [", "nepas = [").as_bytes(),
    );
    let refused = atelier.run(&["guide", "atelier"]);
    assert_eq!(refused.code, 3, "{}", refused.stderr);
    assert!(
        refused
            .stderr
            .contains("reports/modeles/guides.toml, ligne"),
        "{}",
        refused.stderr
    );
}

/// Every question of the direction, its article, and minutes that add up.
#[test]
fn the_interview_holds_every_question_with_its_text() {
    let atelier = Atelier::demo();
    let file = guide(&atelier, &["entretien", "--type", "periscolaire"]);
    let elements = asked(&atelier, "DIR", &["periscolaire"]);
    let whole: BTreeSet<String> = elements.iter().map(|e| e.code.clone()).collect();
    let shown = file.sections.iter().flat_map(|s| codes(&s.lines, "DIR"));
    assert_eq!(shown.collect::<BTreeSet<String>>(), whole);
    assert!(elements.iter().all(|e| file.says(&e.label)));
    assert!(
        file.says("Loi : CASF R.227-25")
            && file.says("CASF R.227-25 : projet pédagogique : sept rubriques.")
    );
    let times = &file.section("Le temps").expect("sittings").lines;
    let head = times.iter().position(|l| l == "Séance").expect("a table");
    let rows: Vec<&[String]> = times[head + 1..]
        .chunks(4)
        .filter(|r| r.len() == 4)
        .collect();
    let number = |row: &[String], at: usize| row[at].parse::<usize>().expect("a number");
    let (last, axes) = rows.split_last().expect("rows");
    let sum = |at| axes.iter().map(|row| number(row, at)).sum::<usize>();
    assert_eq!((sum(1), sum(2)), (elements.len(), 90));
    assert_eq!((number(last, 1), number(last, 2)), (elements.len(), 90));
    let sittings: Vec<usize> = axes.iter().map(|row| number(row, 3)).collect();
    assert!(sittings.is_sorted() && sittings.first() == Some(&1) && sittings.last() == Some(&2));
    for critere in criteres(&atelier) {
        let own = critere["elements"].as_array().expect("éléments").iter();
        let code = critere["code"].as_str().expect("a code");
        let is_asked = own
            .filter_map(|e| e["code"].as_str())
            .any(|c| whole.contains(c));
        let proofs = critere["preuves"].as_str().expect("proofs");
        assert_eq!(file.says(proofs), is_asked, "{code}");
    }
}

/// Every question of the children as its sheet draws it, within half an hour.
#[test]
fn the_workshop_holds_every_question_as_it_is_drawn() {
    let atelier = Atelier::demo();
    let file = guide(&atelier, &["atelier", "--structure", "P01"]);
    let elements = asked(&atelier, "ENF", &["periscolaire"]);
    let section = file
        .section("Les ")
        .filter(|s| s.title.ends_with("questions"));
    let lines = &section.expect("questions").lines;
    for element in &elements {
        assert!(lines.contains(&plain(&element.label)), "{}", element.label);
    }
    assert_eq!(codes(lines, "ENF").len(), elements.len());
    for drawn in [
        "○ jamais · ◐ parfois · ● souvent · je ne sais pas (?)",
        "mal (visage triste) · ça dépend (visage neutre) · bien (visage souriant)",
        "non · je ne sais pas · oui",
    ] {
        let spaced = lines
            .iter()
            .map(|l| l.split_whitespace().collect::<Vec<_>>().join(" "));
        assert!(
            spaced.clone().any(|l| l.starts_with(drawn)),
            "{drawn}: {lines:?}"
        );
    }
    assert!(lines.iter().any(|l| l == "8–11 ans"));
    assert!(file.section("Le déroulé : 30 minutes").is_some());
    for said in [
        "passer une question",
        "t’arrêter",
        "le 119",
        "Sous 5 réponses",
        "mots exacts",
    ] {
        assert!(
            file.sections
                .iter()
                .any(|s| s.lines.iter().any(|l| l.contains(said))),
            "{said}"
        );
    }
}

/// What a team opens is in its report, and what it may begin with is what the référentiel says of its accueil.
#[test]
fn the_reading_opens_what_the_report_holds() {
    let atelier = Atelier::demo();
    let out = atelier.root().with_file_name("rendus");
    let out = out.to_str().expect("a path").to_owned();
    let asks = [
        "rapport",
        "--public",
        "equipe",
        "--structure",
        "P01",
        "--format",
        "docx",
        "--sortie",
        &out,
    ];
    let answer = atelier.run(&asks);
    assert_eq!(answer.code, 0, "{}", answer.stderr);
    let report = std::path::Path::new(&out).join("equipes/equipe-P01.docx");
    let report = WordFile::read(&std::fs::read(report).expect("a report"));
    let file = guide(&atelier, &["lecture", "--structure", "P01"]);
    let meeting = file.section("La réunion : 45 minutes").expect("a meeting");
    let head = meeting
        .lines
        .iter()
        .position(|l| l == "Partie du rapport à ouvrir");
    let rows = meeting.lines[head.expect("a table") + 1..].chunks(4);
    let opened: Vec<&String> = rows.map(|r| &r[3]).take(5).collect();
    for part in opened {
        assert!(
            report.section(part).is_some_and(|s| s.title == *part),
            "{part}"
        );
    }
    let applies = |critere: &Table| {
        texts(critere, "types").is_none_or(|types| types.iter().any(|t| t == "periscolaire"))
    };
    for critere in criteres(&atelier) {
        let steps = texts(&critere, "premiers_pas").expect("steps");
        let code = critere["code"].as_str().expect("a code");
        let shown = file
            .section("Annexe")
            .expect("steps")
            .lines
            .iter()
            .any(|l| l.contains(&plain(&steps[0])));
        assert_eq!(shown, applies(&critere), "{code}");
    }
    let rules = &file.section("Les mots").expect("words").lines;
    assert!(rules.iter().any(|l| l.contains("0,3 niveau")), "{rules:?}");
}

/// Observers go where no child undresses: no sentence sends them there, and nobody is named.
#[test]
fn no_guide_sends_an_observer_to_toilets_or_names_anybody() {
    let atelier = Atelier::demo();
    let file = guide(&atelier, &["visite"]);
    let private = ["toilette", "vestiaire", "sanitaires", "déshabill", "douche"];
    let mut seen = 0;
    for line in file.sections.iter().flat_map(|s| &s.lines) {
        let words = line.to_lowercase();
        if private.iter().any(|word| words.contains(word)) && !words.contains("fiches sanitaires") {
            seen += 1;
            assert!(
                words.contains("ne jamais entrer") || words.contains("aucune privation"),
                "{line}"
            );
        }
    }
    assert!(seen >= 2, "the rule itself is said");
    for name in GUIDES {
        let file = guide(&atelier, &[name, "--structure", "R01"]);
        assert!(
            file.sections[0]
                .lines
                .iter()
                .any(|l| l.starts_with("R01 · ")),
            "{name}"
        );
        assert!(
            !file
                .sections
                .iter()
                .any(|s| s.lines.iter().any(|l| l.contains("Colombages")))
        );
    }
}

fn pdf_text(bytes: &[u8]) -> String {
    let document = lopdf::Document::load_mem(bytes).expect("a PDF");
    let pages: Vec<u32> = document.get_pages().keys().copied().collect();
    let text = document.extract_text(&pages).expect("text");
    plain(&text.split_whitespace().collect::<Vec<_>>().join(" "))
}

/// Letters and digits alone: lines and hyphens fall elsewhere in each format.
fn letters(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).collect()
}

#[test]
fn a_guide_says_the_same_in_both_formats() {
    let atelier = Atelier::demo();
    for name in GUIDES {
        let asks = [name, "--type", "mixte"];
        let file = guide(&atelier, &asks);
        let printed = letters(&pdf_text(&bytes(&atelier, &asks, "pdf")));
        let lines = file.sections.iter().flat_map(|s| &s.lines);
        let (mut whole, mut all) = (0, 0);
        for line in lines {
            all += 1;
            whole += usize::from(printed.contains(&letters(line)));
            for word in line.split_whitespace().map(letters) {
                assert!(printed.contains(&word), "{name}: « {word} » of « {line} »");
            }
        }
        // A sentence that goes over to the next page has the foot of the page in its middle.
        assert!(
            all > 50 && whole * 100 >= all * 95,
            "{name}: {whole} of {all}"
        );
    }
}

#[test]
fn the_same_guide_is_the_same_bytes() {
    let atelier = Atelier::demo();
    for format in ["docx", "pdf"] {
        let first = bytes(&atelier, &["visite", "--structure", "P01"], format);
        assert!(
            first == bytes(&atelier, &["visite", "--structure", "P01"], format),
            "{format}"
        );
        assert!(
            first != bytes(&atelier, &["visite", "--structure", "R01"], format),
            "{format}"
        );
    }
}

/// Parts, relations and styles all lead somewhere; headings, lists and tables are real; French, A4.
#[test]
fn a_word_processor_finds_all_that_the_file_names() {
    let atelier = Atelier::demo();
    let png = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\x01\x2c\0\0\0\x64\x08\x02\0\0\0";
    atelier.write("logo.png", png);
    let settings = std::fs::read_to_string(atelier.root().join("observatoire.toml")).expect("read");
    let branded = settings.replacen(
        "[territoire]",
        "[territoire]\nlogo = \"logo.png\"\ncouleur = \"#7A1F5C\"",
        1,
    );
    atelier.write("observatoire.toml", branded.as_bytes());
    for name in GUIDES {
        let file = guide(&atelier, &[name]);
        file.check();
        assert!(file.parts["word/document.xml"].contains("r:embed=\"logo\""));
        assert!(
            file.parts["word/styles.xml"].contains("7A1F5C"),
            "the colour of the territory"
        );
        assert!(file.parts["word/header1.xml"].contains("DONNÉES FICTIVES"));
    }
}

#[test]
fn what_is_unknown_is_refused_and_a_file_that_was_reworded_is_kept() {
    let atelier = Atelier::demo();
    let refused = |asks: &[&str], code: i32, said: &str| {
        let answer = atelier.run(&[&["guide"], asks].concat());
        assert_eq!(answer.code, code, "{asks:?}: {}", answer.stderr);
        assert!(answer.stderr.contains(said), "{asks:?}: {}", answer.stderr);
    };
    refused(&["visit"], 2, "vouliez-vous dire « visite » ?");
    refused(&["visite", "--structure", "P1"], 2, "Vouliez-vous dire");
    refused(
        &["visite", "--type", "periscolere"],
        2,
        "Vouliez-vous dire periscolaire",
    );
    refused(&["visite", "--format", "xlsx"], 2, "docx");
    refused(
        &["visite", "--structure", "P01", "--type", "mixte"],
        2,
        "ne va pas avec",
    );
    refused(&["--structure", "P01"], 2, "il manque");
    refused(&["visite", "--campagne", "C9"], 2, "C9");
    refused(&["visite", "--date", "demain"], 2, "AAAA-MM-JJ");
    let own = atelier.root().join("observatoire.toml");
    refused(
        &["visite", "--sortie", &own.to_string_lossy()],
        2,
        "à l’observatoire lui-même",
    );
    refused(
        &["visite", "--sortie", &atelier.root().to_string_lossy()],
        2,
        "n’est pas un fichier",
    );
    let inside = own.join("guide.pdf");
    refused(
        &["visite", "--sortie", &inside.to_string_lossy()],
        3,
        "impossible",
    );
    let again = [
        "guide",
        "visite",
        "--structure",
        "P01",
        "--format",
        "docx",
        "--date",
        DAY,
    ];
    let path = atelier.root().join("guides/guide-visite-P01.docx");
    for _ in 0..2 {
        let answer = atelier.run(&again);
        assert_eq!(
            answer.code, 0,
            "the same may be written again: {}",
            answer.stderr
        );
    }
    std::fs::write(&path, b"reworded").expect("written");
    refused(&again[1..], 2, "existe déjà");
    assert_eq!(std::fs::read(&path).expect("kept"), b"reworded");
}

/// Without a name it is the page of commands, wherever one stands, reworded or printed.
#[test]
fn the_page_of_commands_is_a_word_file_too() {
    let atelier = Atelier::empty();
    let path = atelier.root().with_file_name("commandes.docx");
    let out = path.to_str().expect("a path");
    let answer = atelier.raw(&["guide", "--format", "docx", "--sortie", out, "--date", DAY]);
    assert_eq!(answer.code, 0, "{}", answer.stderr);
    let file = WordFile::read(&std::fs::read(&path).expect("a guide"));
    file.check();
    assert!(
        file.section("2. Recueillir")
            .expect("a step")
            .lines
            .iter()
            .any(|l| l.contains("observatoire importer"))
    );
}

/// The guide that prepares a campaign holds the table of « puissance », a fifth of the accueils visited twice; a file
/// reworded before it existed does not stop it.
#[test]
fn the_preparation_holds_what_would_be_seen() {
    let atelier = Atelier::demo();
    let (exit, said) = atelier.json(&["puissance", "--secondes-visites", "3"]);
    assert_eq!(exit, 0, "{said}");
    let lines = said["resultat"]["lignes"].as_array().expect("lines");
    let file = guide(&atelier, &["preparation"]);
    let seen = file.section("Ce que l’on verrait").expect("a table");
    for line in lines {
        let subject = line["suivi"].as_str().expect("a subject");
        assert!(seen.lines.iter().any(|l| l == subject), "{subject}");
    }
    let words = include_str!("../../reports/modeles/guides.toml");
    let start = words.find("[preparation]").expect("its words");
    let end = start + words[start..].find("[lecture]").expect("the next");
    let former = format!("{}{}", &words[..start], &words[end..]);
    atelier.write("reports/modeles/guides.toml", former.as_bytes());
    let again = guide(&atelier, &["preparation"]);
    assert!(again.section("Les secondes visites").is_some());
}
