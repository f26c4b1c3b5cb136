//! What people wrote and may not be quoted reaches no report, whichever way it came in; a name in the
//! name of a file is kept nowhere.

use crate::atelier::on;
use observatoire::decide::plans::{ActionField, PlanBook, PlanLine, write};

use crate::atelier::{Atelier, files};

const CORPUS: &str = include_str!("fixtures/phrases_a.tsv");

/// Guilty sentences of the corpus, from one channel; `@`, `;` and quotes would break the columns.
fn guilty(channel: &str) -> Vec<&'static str> {
    let rows = CORPUS
        .lines()
        .skip(1)
        .map(|l| l.splitn(4, '\t').collect::<Vec<_>>());
    let of = rows.filter(|r| r[1] == channel && !r[2].is_empty());
    let texts = of.map(|r| r[3]);
    texts.filter(|t| !t.contains([';', '"'])).collect()
}

fn import(atelier: &Atelier, name: &str, text: &str) {
    let path = atelier.write(&format!("reçus/{name}"), text.as_bytes());
    let (exit, said) = atelier.json(&["importer", &path, "--campagne", "C2"]);
    assert_eq!(exit, 0, "{said:#}");
}

fn csv(header: &str, rows: impl Iterator<Item = String>) -> String {
    rows.fold(format!("{header}\n"), |text, row| text + &row + "\n")
}

fn plan_of(atelier: &Atelier, texts: &[&str]) {
    let lines = texts.iter().map(|text| {
        let fields = [
            (ActionField::Structure, "R01"),
            (ActionField::Campagne, "C2"),
            (ActionField::Criteres, "REL-2"),
            (ActionField::Priorite, "haute"),
            (ActionField::Constat, text),
            (ActionField::Action, text),
            (ActionField::Statut, "en cours"),
        ];
        PlanLine {
            record: fields.iter().map(|(f, t)| (*f, (*t).to_owned())).collect(),
            ..PlanLine::default()
        }
    });
    let book = PlanBook {
        lines: lines.collect(),
        structures: vec!["R01".into()],
        campaigns: vec!["C2".into()],
        criteres: vec!["REL-2".into()],
        date: on("2026-11-15"),
        territory: String::new(),
        version: String::new(),
        fictitious: false,
    };
    let path = atelier.write("reçus/plan.xlsx", &write(&book).expect("a workbook"));
    let (exit, said) = atelier.json(&["plan", "importer", &path]);
    assert_eq!(exit, 0, "{said:#}");
}

/// Letters and digits alone, as they stand in a page: typography and marks aside.
fn bare(text: &str) -> String {
    let open = text.replace("&#x27;", "'").replace("&amp;", "&");
    open.chars().filter(|c| c.is_alphanumeric()).collect()
}

#[test]
fn no_guilty_sentence_reaches_a_report_by_any_way() {
    let atelier = Atelier::demo();
    let families = guilty("famille");
    import(
        &atelier,
        "familles.csv",
        &csv(
            "Structure;REL-1-FAM-1;Un mot à ajouter",
            families.iter().map(|t| format!("R01;3;{t} goûter")),
        ),
    );
    let heard = guilty("entretien");
    import(
        &atelier,
        "entretiens.csv",
        &csv(
            "Structure;Date;Qui;Critère;Thèmes;Propos",
            heard
                .iter()
                .map(|t| format!("R01;12/11/2026;parent;REL-2;bruit;{t}")),
        ),
    );
    let remarks = guilty("equipe");
    import(
        &atelier,
        "remarques.csv",
        &csv(
            "Structure;Critère;Remarque de l’équipe",
            remarks.iter().map(|t| format!("R01;REL-2;{t}")),
        ),
    );
    let practices: Vec<&str> = [guilty("pratique"), guilty("observation")].concat();
    import(
        &atelier,
        "pratiques.csv",
        &csv(
            "Structure;Date;Critère;Pratique;Accord de l’équipe",
            practices
                .iter()
                .map(|t| format!("R01;12/11/2026;REL-2;{t};oui")),
        ),
    );
    // Some are refused at import already, which names them: a plan holds the others.
    let actions: Vec<&str> = guilty("action");
    let kept: Vec<&str> = actions
        .iter()
        .copied()
        .filter(|t| !t.contains("01 99") && !t.contains('@'))
        .collect();
    plan_of(&atelier, &kept);
    let answer = atelier.run(&[
        "rapport",
        "--campagne",
        "C2",
        "--date",
        "2026-12-15",
        "--format",
        "html",
    ]);
    assert_eq!(answer.code, 0, "{}", answer.stderr);
    assert!(
        answer.stdout.contains("relisez les citations"),
        "{}",
        answer.stdout
    );
    let folder = atelier.root().join("reports/rendus/C2");
    let all = [families, heard, remarks, practices, kept].concat();
    assert!(all.len() > 100, "{}", all.len());
    let mut read = 0;
    for name in files(&folder)
        .iter()
        .filter(|n| crate::atelier::is(n, "html"))
    {
        let page = std::fs::read_to_string(folder.join(name)).expect("a page");
        let page = bare(&page);
        read += 1;
        for text in &all {
            assert!(!page.contains(&bare(text)), "{name} : {text}");
        }
    }
    assert!(read > 20);
    let arguments = ["verifier", "--campagne", "C2", "--public", "elus"];
    let (_, said) = atelier.json(&arguments);
    let stopped = &said["resultat"]["textes_ecartes"];
    for reason in ["nom", "contact", "allégation", "violence", "santé"] {
        assert!(stopped[reason].as_u64() > Some(0), "{stopped:#}");
    }
}

#[test]
fn a_name_in_the_name_of_a_file_is_kept_nowhere() {
    let atelier = Atelier::blank();
    let text = "Structure;REL-1-FAM-1;LIE-1-FAM-1\nR01;4;3\n";
    let path = atelier.write("reçus/Questionnaire Théo Martin.csv", text.as_bytes());
    let answer = atelier.run(&["importer", &path, "--campagne", "C1"]);
    assert_eq!(answer.code, 0, "{}", answer.stderr);
    assert!(
        answer.stdout.contains("(Questionnaire Théo Martin.csv)"),
        "{}",
        answer.stdout
    );
    let seen = |text: &str| text.contains("Théo") || text.contains("Martin");
    for name in files(atelier.root().as_path()) {
        if name.starts_with("reçus") || name.starts_with("../") {
            continue;
        }
        let bytes = std::fs::read(atelier.root().join(&name)).expect("readable");
        assert!(!seen(&String::from_utf8_lossy(&bytes)), "{name}");
    }
    let table = atelier.run(&["exporter", "observations"]).stdout;
    assert!(table.contains("fichier ") && !seen(&table), "{table}");
    // The same file comes back corrected: it replaces itself, and is taken back by its own name.
    let path = atelier.write(
        "reçus/Questionnaire Théo Martin.csv",
        text.replace(";4;", ";2;").as_bytes(),
    );
    let (exit, said) = atelier.json(&["importer", &path, "--campagne", "C1"]);
    assert_eq!(exit, 0, "{said:#}");
    let codes: Vec<&str> = said["diagnostics"]
        .as_array()
        .expect("diagnostics")
        .iter()
        .filter_map(|d| d["code"].as_str())
        .collect();
    assert!(
        codes.contains(&"FIC-112") && !seen(&said.to_string()),
        "{said:#}"
    );
    assert_eq!(
        atelier
            .run(&["exporter", "observations"])
            .stdout
            .matches(",REL-1-FAM-1,")
            .count(),
        1
    );
    let import = said["resultat"]["import"]
        .as_str()
        .expect("an import")
        .to_owned();
    let answer = atelier.run(&[
        "annuler",
        &import,
        "--fichier",
        "Questionnaire Théo Martin.csv",
    ]);
    assert_eq!(answer.code, 0, "{}", answer.stderr);
    assert!(!seen(&answer.stdout), "{}", answer.stdout);
}
