//! The bilan: made again after someone wrote, its texts stay as they were typed, its figures are those of the day, its cover
//! counts what is left; what its audiences are told of what was written; the convention that could come next.

use std::io::{Cursor, Read};
use std::path::Path;

use observatoire::convention::{Convention, TEXTS_FOLDER, parse_convention};

use super::World;
use crate::atelier::Atelier;

fn bilan(demo: &Atelier, more: &[&str]) -> String {
    let mut asked = vec!["ctg", "bilan", "--format", "html,docx"];
    asked.extend(more);
    let answer = demo.run(&asked);
    assert_eq!(answer.code, 0, "{}", answer.stderr);
    answer.stderr + &answer.stdout
}

/// A page, with plain spaces.
fn page(demo: &Atelier, name: &str) -> String {
    let path = demo.root().join("reports/ctg/bilan").join(name);
    let text = std::fs::read_to_string(&path).expect("a page");
    text.replace(['\u{a0}', '\u{202f}'], " ")
}

fn document(demo: &Atelier, name: &str, part: &str) -> String {
    let path = demo.root().join("reports/ctg/bilan").join(name);
    let bytes = std::fs::read(path).expect("a document");
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).expect("an archive");
    let mut text = String::new();
    let mut read = archive.by_name(part).expect(part);
    read.read_to_string(&mut text).expect("text");
    text
}

fn texts(root: &Path) -> Vec<(String, Vec<u8>)> {
    let folder = std::fs::read_dir(root.join(TEXTS_FOLDER)).expect("a folder");
    let mut all: Vec<(String, Vec<u8>)> = folder
        .flatten()
        .map(|f| {
            let bytes = std::fs::read(f.path()).expect("readable");
            (f.file_name().to_string_lossy().into_owned(), bytes)
        })
        .collect();
    all.sort();
    all
}

/// Check 6 of the convention: a text edited between two editions, as of the end of June, then of December. What may have
/// contributed to changes was written after June.
#[test]
fn a_bilan_made_again_keeps_what_was_written_and_counts_what_is_left() {
    let demo = Atelier::demo();
    bilan(&demo, &["--date", "2026-06-30"]);
    let june = page(&demo, "bilan-final-copil.html");
    assert!(
        june.contains("9 sections complètes, 5 à compléter"),
        "the cover of June"
    );

    let typed = b"\xef\xbb\xbf# Ce qui change\r\n\r\n### Plus bas\r\n\r\nUn d\xc3\xa9tail **vu** par tous : [\xc3\xa0 compl\xc3\xa9ter]\r\nsans fin de ligne";
    demo.write(&format!("{TEXTS_FOLDER}/04-changements.md"), typed);
    let whole = b"Les permanences : nous les gardons.\n";
    demo.write(&format!("{TEXTS_FOLDER}/03-parentalite.md"), whole);
    let before = texts(&demo.root());
    bilan(&demo, &["--date", "2026-12-15"]);
    assert_eq!(texts(&demo.root()), before, "texts are kept byte for byte");

    let december = page(&demo, "bilan-final-copil.html");
    assert!(
        december.contains("9 sections complètes, 4 à compléter"),
        "one more, one less"
    );
    assert!(
        december.contains("12 actions sur 22 sont réalisées"),
        "figures of the day"
    );
    assert!(
        !june.contains("12 actions sur 22 sont réalisées"),
        "and not of the day before"
    );
    assert!(
        december.contains("Un détail <strong>vu</strong> par tous : <mark>[à compléter]</mark>")
    );
    assert!(december.contains("Les permanences : nous les gardons."));

    let body = document(&demo, "bilan-final-copil.docx", "word/document.xml");
    for heading in [
        "4.1 Le maillage",
        "5. L’expérimentation : Ensemble pour grandir !",
        "6.1 L’organigramme fonctionnel",
        "Les changements retenus par le comité de pilotage",
    ] {
        let plain = body.replace(['\u{a0}', '\u{202f}'], " ");
        assert!(plain.contains(heading), "{heading}");
    }
    assert!(
        body.matches("<w:drawing>").count() >= 4,
        "maps and organigramme"
    );
    for style in ["Heading1", "Heading2", "Heading3"] {
        assert!(
            body.contains(&format!("<w:pStyle w:val=\"{style}\"/>")),
            "{style}"
        );
    }
    assert!(
        body.matches("<w:tblHeader/>").count() > 25,
        "tables have header rows"
    );
    let comments = document(&demo, "bilan-final-copil.docx", "word/comments.xml");
    let left = december.matches("<mark>").count();
    assert_eq!(
        comments.matches("<w:comment ").count(),
        left,
        "one comment a place"
    );
    for (number, _) in comments.match_indices("<w:comment ").enumerate() {
        assert!(body.contains(&format!("<w:commentReference w:id=\"{number}\"/>")));
    }
}

/// What is a document of its own is in the bilan too, for who reads it there.
#[test]
fn a_bilan_holds_territory_experiment_and_governance() {
    let demo = Atelier::demo();
    let dated = ["--date", "2026-12-15", "--public"];
    for audience in ["equipe_projet", "copil", "caf", "habitants"] {
        bilan(&demo, &[&dated[..], &[audience]].concat());
        let text = page(&demo, &format!("bilan-final-{audience}.html"));
        let follows = audience != "habitants";
        for (words, is_there) in [
            ("4.1 Le maillage", true),
            (
                "des enfants ont un accueil dans leur commune, le 15/12/2026 (88 % le 31/12/2025)",
                true,
            ),
            ("Accueils à l’objectif, axe par axe", follows),
            ("Les changements retenus par le comité de pilotage", true),
            ("Un d’entre eux a progressé au moins autant", follows),
            ("Périscolaire La Chaumière", follows),
            ("6.1 L’organigramme fonctionnel", follows),
            ("Ses indicateurs sont à la section 6", follows),
            ("Coopération jeunesse", audience == "equipe_projet"),
            ("Nom et qualité", follows),
        ] {
            assert_eq!(text.contains(words), is_there, "{audience}: {words}");
        }
    }
    bilan(&demo, &["--type", "intermediaire", "--date", "2026-12-15"]);
    let text = page(&demo, "bilan-intermediaire-copil.html");
    assert!(text.contains("4.1 Le maillage") && !text.contains(">5. L’exp"));
    bilan(&demo, &["--date", "2026-12-15", "--public", "cdsf"]);
    let text = page(&demo, "bilan-final-cdsf.html");
    assert!(!text.contains("Le maillage") && text.contains("permanences"));
}

/// A table of contributions that is not there, or not whole, is counted on the cover; a line that is whole is printed.
#[test]
fn changes_that_nobody_wrote_yet_are_left_to_write() {
    let demo = Atelier::demo();
    let path = demo.root().join(TEXTS_FOLDER).join("contributions.md");
    std::fs::remove_file(&path).expect("removed");
    bilan(&demo, &["--date", "2026-12-15"]);
    let text = page(&demo, "bilan-final-copil.html");
    assert!(text.contains("9 sections complètes, 5 à compléter"));
    let typed = "| a | b | c | d | e | f |\n|---|---|---|---|---|---|\n| Plus de places | 12 | PASSERELLES | visites |  |  |\n";
    std::fs::write(&path, typed).expect("written");
    bilan(&demo, &["--date", "2026-12-15"]);
    let text = page(&demo, "bilan-final-copil.html");
    assert!(text.contains("9 sections complètes, 5 à compléter"));
    assert!(text.contains("Plus de places") && text.contains("2 cases restent à remplir"));
    assert_eq!(std::fs::read(&path).expect("there"), typed.as_bytes());
}

/// What is printed for others than those who wrote it is told with its line, never changed; what is missing is laid.
#[test]
fn a_name_in_a_text_is_told_to_who_prints_it_and_stays() {
    let demo = Atelier::demo();
    let typed = "Une ligne.\r\nAppelez Mme Martin au 06 12 34 56 78.\r\n";
    demo.write(&format!("{TEXTS_FOLDER}/08-demarche.md"), typed.as_bytes());
    std::fs::remove_file(demo.root().join(TEXTS_FOLDER).join("06-gouvernance.md"))
        .expect("removed");
    let told = bilan(&demo, &["--date", "2026-12-15"]);
    assert!(
        told.contains("CTG-287") && told.contains("08-demarche.md › ligne 2"),
        "{told}"
    );
    assert!(page(&demo, "bilan-final-copil.html").contains("Mme Martin"));
    let laid = std::fs::read_to_string(demo.root().join(TEXTS_FOLDER).join("06-gouvernance.md"));
    assert!(laid.expect("laid").contains("[à compléter]"));
    let own = bilan(
        &demo,
        &["--date", "2026-12-15", "--public", "equipe_projet"],
    );
    assert!(!own.contains("CTG-287"), "{own}");
}

/// Who does not read words has none; who lives there reads no follow-up.
#[test]
fn each_audience_has_the_sections_that_are_its_own() {
    let demo = Atelier::demo();
    for (audience, has_words, has_follow_up) in [
        ("equipe_projet", true, true),
        ("copil", true, true),
        ("caf", false, true),
        ("habitants", true, false),
    ] {
        bilan(&demo, &["--date", "2026-12-15", "--public", audience]);
        let text = page(&demo, &format!("bilan-final-{audience}.html"));
        assert_eq!(text.contains(">7. Paroles<"), has_words, "{audience}");
        assert_eq!(
            text.contains("Dictionnaire des indicateurs"),
            has_follow_up,
            "{audience}"
        );
        assert!(
            !text.contains("On sait à qui parler"),
            "{audience}: words without agreement"
        );
    }
    let own = demo.run(&["ctg", "bilan", "--champ", "petite_enfance"]);
    assert_eq!(own.code, 0, "{}", own.stderr);
    let path = demo.root().join("ctg/convention.toml");
    let signed = std::fs::read_to_string(&path).expect("a convention");
    let without = signed.replace("schema_petite_enfance = true", "");
    demo.write("ctg/convention.toml", without.as_bytes());
    let refused = demo.run(&["ctg", "bilan", "--champ", "petite_enfance"]);
    assert_ne!(refused.code, 0);
    assert!(
        refused.stderr.contains("schema_petite_enfance"),
        "{}",
        refused.stderr
    );
    for kind in ["point_etape", "intermediaire"] {
        bilan(&demo, &["--type", kind, "--date", "2026-12-15"]);
        let text = page(&demo, &format!("bilan-{kind}-copil.html"));
        assert_eq!(
            text.contains(">4. Ce qui a changé"),
            kind == "intermediaire"
        );
        assert!(
            !text.contains(">7. Paroles<") && text.contains(">9. Pour la suite<"),
            "{kind}"
        );
    }
}

/// The convention in force, as it is written, and the one that could come next.
fn prepared(demo: &Atelier) -> (String, Convention) {
    let root = demo.root();
    let target = root.join("suite.toml");
    let asked = target.to_string_lossy().into_owned();
    bilan(
        demo,
        &["--date", "2026-12-15", "--prochaine-convention", &asked],
    );
    let text = std::fs::read_to_string(&target).expect("written");
    let former = std::fs::read_to_string(root.join("ctg/convention.toml")).expect("a convention");
    let world = World::new(&root, &former);
    let next = parse_convention("suite.toml", &text, &world.observatory);
    (former, next.expect("it holds").value)
}

/// The next convention can be read, starts where this one ends, and has neither what was stopped nor what was abrogated.
#[test]
fn the_next_convention_is_one() {
    let demo = Atelier::demo();
    let root = demo.root();
    let typed = "- OBSERVATOIRE : garder\r\n- GOUVERNANCE : arrêter, parce que c’est fait\r\n- Mobilité des jeunes : ajouter\r\n";
    demo.write(&format!("{TEXTS_FOLDER}/09-suite.md"), typed.as_bytes());
    let (former, next) = prepared(&demo);
    assert_eq!(
        (next.from.to_string(), next.title.is_empty()),
        ("2027-01-01".to_owned(), false)
    );
    let codes: Vec<&str> = next.fiches.iter().map(|f| f.code.as_str()).collect();
    assert_eq!(
        codes,
        [
            "OBSERVATOIRE",
            "PASSERELLES",
            "PARENTALITE",
            "MOBILITE-DES-JEUNES"
        ]
    );
    let started = next
        .indicator("O2")
        .and_then(|i| i.start.clone())
        .expect("a value to start from");
    assert!((started.value - 1.0).abs() < 1e-9, "{started:?}");
    assert!(next.indicator("G07").is_none() && next.indicator("L01").is_none());
    // The convention in force is never a place to write.
    let own = root
        .join("ctg/convention.toml")
        .to_string_lossy()
        .into_owned();
    let refused = demo.run(&["ctg", "bilan", "--prochaine-convention", &own]);
    assert_ne!(refused.code, 0);
    assert_eq!(std::fs::read_to_string(&own).expect("there"), former);
}

/// A convention is signed by all: what it starts from is what its steering committee reads, and nothing else.
#[test]
fn the_next_convention_starts_from_what_the_committee_reads() {
    let demo = Atelier::demo();
    let (_, next) = prepared(&demo);
    let (_, said) = demo.json(&["ctg", "indicateurs", "--date", "2026-12-15"]);
    let (mut started, mut left) = (0, 0);
    for row in said["resultat"].as_array().expect("rows") {
        let code = row["indicateur"].as_str().expect("a code");
        let Some(indicator) = next.indicator(code) else {
            continue;
        };
        let Some(start) = &indicator.start else {
            left += 1;
            continue;
        };
        started += 1;
        assert_ne!(row["diffusable"], "non", "{row:#}");
        let read = row["lecture_comite"].as_str().expect("words");
        let digits = |text: &str| {
            text.chars()
                .filter(char::is_ascii_digit)
                .collect::<String>()
        };
        assert!(
            !read.contains("ou plus"),
            "{code} starts from {start:?}, and is read « {read} »"
        );
        let percent = read.contains('%');
        let printed = if percent {
            start.value * 100.0
        } else {
            start.value
        };
        let words = digits(read);
        if !words.is_empty() {
            let plain = digits(&format!("{printed:.1}"));
            let whole = digits(&format!("{printed:.0}"));
            assert!(
                words == plain || words == whole,
                "{code}: {start:?}, « {read} »"
            );
        }
    }
    println!("{started} valeurs de départ, telles que le comité les lit ; {left} laissées de côté");
    assert!(started > 15 && left > 5, "{started} {left}");
}
