//! Documents of the convention: what each audience reads, the state of a past day.

use std::path::Path;

use crate::atelier::Atelier;

/// The text of a page, without tags nor no-break spaces.
fn text(path: &Path) -> String {
    let page = std::fs::read_to_string(path).expect("a page");
    let body = page.split("<body").nth(1).expect("a body");
    let body = body.split("<script").next().expect("a page");
    let mut text = String::new();
    let mut inside = false;
    for c in body.chars() {
        match c {
            '<' => inside = true,
            '>' => {
                inside = false;
                text.push(' ');
            }
            '\u{a0}' | '\u{202f}' => text.push(' '),
            c if !inside => text.push(c),
            _ => {}
        }
    }
    text.replace("&#x2f;", "/").replace("&#x27;", "'")
}

fn suivi(demo: &Atelier, quarter: &str, audience: &str, more: &[&str]) -> String {
    let mut asked = vec!["ctg", "suivi", "--trimestre", quarter, "--public", audience];
    asked.extend(more);
    let answer = demo.run(&asked);
    assert_eq!(answer.code, 0, "{}", answer.stderr);
    let name = format!("reports/ctg/suivi/suivi-{quarter}-{audience}.html");
    text(&demo.root().join(name))
}

/// Who carries an action: by its title to those who type it, by its kind to the committee, not at all to everybody.
#[test]
fn a_function_is_its_kind_for_who_does_not_type_it() {
    let demo = Atelier::demo();
    let dated = ["--date", "2026-12-15", "--format", "html"];
    let own = suivi(&demo, "2026-T4", "equipe_projet", &dated);
    assert!(own.contains("Coopération enfance"), "{own}");
    for audience in ["copil", "caf"] {
        let told = suivi(&demo, "2026-T4", audience, &dated);
        assert!(told.contains("coopération thématique"), "{told}");
        for title in [
            "Coopération enfance",
            "CCT-ENF",
            "Coordination enfance-jeunesse",
        ] {
            assert!(!told.contains(title), "{audience} reads {title}");
        }
    }
    let everybody = suivi(&demo, "2026-T4", "habitants", &dated);
    for hidden in [
        "coopération thématique",
        "en retard",
        "Prolonger de trois mois",
        "CTG/",
    ] {
        assert!(
            !everybody.contains(hidden),
            "everybody reads {hidden}: {everybody}"
        );
    }
    assert!(
        everybody.contains("Former les équipes à la continuité"),
        "{everybody}"
    );
    let early = suivi(&demo, "2026-T4", "cdsf", &dated);
    assert!(
        !early.contains("Former les équipes") && early.contains("permanences"),
        "fiches of early childhood alone: {early}"
    );
}

/// Two quarters side by side, late actions with whose move it is, what is asked of the committee.
#[test]
fn a_quarter_says_what_moved_and_whose_move_it_is() {
    let demo = Atelier::demo();
    let told = suivi(
        &demo,
        "2026-T4",
        "copil",
        &["--date", "2026-12-15", "--format", "html,xlsx,docx"],
    );
    for words in [
        "Suivi de la convention, 4e trimestre 2026",
        "État connu au 15 décembre 2026",
        "au 30/09/2026",
        "Prolonger de trois mois",
        "réalisée (était à lancer)",
        "abrogée par l’avenant n° 1",
        "Demander un point financier à la Caf",
        "bilan final",
    ] {
        assert!(told.contains(words), "{words} in {told}");
    }
    let folder = demo.root().join("reports/ctg/suivi");
    for name in ["suivi-2026-T4-copil.xlsx", "suivi-2026-T4-copil.docx"] {
        assert!(folder.join(name).exists(), "{name}");
    }
    let first = suivi(&demo, "2026-T2", "copil", &["--format", "html"]);
    assert!(
        first.contains("Rien n’était encore saisi au 31/03/2026"),
        "{first}"
    );
    let wrong = demo.run(&["ctg", "suivi", "--trimestre", "2026-T9"]);
    assert!(
        wrong.code == 2 && wrong.stderr.contains("2026-T2"),
        "{}",
        wrong.stderr
    );
    let before = demo.run(&[
        "ctg",
        "suivi",
        "--trimestre",
        "2026-T4",
        "--date",
        "2026-06-30",
    ]);
    assert_eq!(before.code, 2, "{}", before.stdout);
}
