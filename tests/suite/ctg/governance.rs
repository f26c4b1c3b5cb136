//! The governance of a year: what each audience is shown of it, a circle of functions, a state of a past day.

use observatoire::base::diagnostics::Code;
use serde_json::Value;

use crate::atelier::Atelier;

fn written(demo: &Atelier, public: &str, format: &str) -> (Value, String) {
    let out = demo.root().join(format!("gouvernance-{public}"));
    let asked = [
        "ctg",
        "gouvernance",
        "--annee",
        "2026",
        "--public",
        public,
        "--format",
        format,
        "--date",
        "2026-12-31",
        "--sortie",
        &out.to_string_lossy(),
    ];
    let (code, said) = demo.json(&asked);
    assert_eq!(code, 0, "{said:#}");
    let file = said["resultat"]["fichiers"][0].as_str().expect("a file");
    let text = std::fs::read(file).expect("written");
    (
        said.clone(),
        String::from_utf8_lossy(&text).replace(['\u{a0}', '\u{202f}'], " "),
    )
}

#[test]
fn the_thirteen_indicators_the_organigramme_and_who_comes() {
    let demo = Atelier::demo();
    let (_, page) = written(&demo, "equipe_projet", "html");
    for rank in 1..=13 {
        assert!(page.contains(&format!("G{rank:02} ")), "G{rank:02}");
    }
    for part in [
        "Qui travaille avec qui",
        "role=\"img\"",
        "Coopération jeunesse",
        "Rattachée à",
        "non pourvue",
        "coopération enfance",
        "Les outils de la coopération",
    ] {
        assert!(page.contains(part), "{part}");
    }
}

#[test]
fn what_the_governance_prints_is_explained() {
    let demo = Atelier::demo();
    for (key, wanted) in [
        (
            "CTG/ORGANIGRAMME/2026",
            "Fonctions › CCT-ENF : Coopération enfance, rattachée à CCT-TER, pourvue",
        ),
        ("CTG/PRESENCES/2026", "- CAF, action sociale : "),
    ] {
        let told = demo.run(&["expliquer", key, "--date", "2026-12-31"]);
        assert!(
            told.stdout.contains(wanted),
            "{} {}",
            told.stdout,
            told.stderr
        );
    }
}

/// Who sits on the committee is told kinds of posts, and no service alone.
#[test]
fn no_post_and_no_service_is_told_alone_to_the_committee() {
    let demo = Atelier::demo();
    for public in ["copil", "caf"] {
        let (_, page) = written(&demo, public, "html");
        assert!(
            page.contains("Coopération thématique (3 fonctions)")
                && page.contains("n’est montrée qu’à l’équipe projet"),
            "{public}"
        );
        for hidden in [
            "Coopération jeunesse",
            "Référente inclusion",
            "CDC, coopération enfance",
            "vie scolaire",
            "78 %",
        ] {
            assert!(!page.contains(hidden), "{hidden} for {public}");
        }
    }
    let (_, page) = written(&demo, "habitants", "html");
    assert!(!page.contains("(3 fonctions)"));
}

#[test]
fn functions_that_hang_on_each_other_are_told() {
    let demo = Atelier::demo();
    let out = demo.root().join("suivi.xlsx");
    demo.run(&["ctg", "exporter", "--sortie", &out.to_string_lossy()]);
    let bytes = std::fs::read(&out).expect("written");
    // The function that others hang on hangs on one of them.
    let book = observatoire::base::sheets::open(&out, &bytes)
        .expect("it opens")
        .value;
    let sheet = book.sheet("Fonctions").expect("a sheet");
    let row = sheet
        .rows
        .iter()
        .find(|r| r.text(0) == "CCT-TER")
        .expect("a line")
        .index;
    let path = demo.write(
        "rond.xlsx",
        &super::edited(&bytes, &[("Fonctions", row, 5, "CCT-ENF")]),
    );
    assert_eq!(demo.run(&["ctg", "importer", &path]).code, 0);
    let out = demo.root().join("g");
    let (_, said) = demo.json(&[
        "ctg",
        "gouvernance",
        "--format",
        "html",
        "--sortie",
        &out.to_string_lossy(),
    ]);
    assert!(
        super::incoming::says(&said, Code::FunctionCircle, "en rond"),
        "{said:#}"
    );
}
