//! The short pages that people ask for: the carte d’identité of an accueil, the documents to have ready for its visit, its
//! Plan mercredi.

use std::collections::BTreeSet;

use lopdf::Document;

use crate::atelier::{Atelier, files, is};
use crate::guides::word_file::{WordFile, plain};
use crate::naive::rows;

const REPORTS: &str = "reports/rendus/C2";

fn report(atelier: &Atelier, more: &[&str]) {
    let all = ["rapport", "--campagne", "C2", "--date", "2026-12-15"];
    let answer = atelier.run(&[&all, more].concat());
    assert_eq!(answer.code, 0, "{}", answer.stderr);
}

/// What a page says, without its tags and style.
fn page(atelier: &Atelier, name: &str) -> String {
    let path = atelier.root().join(REPORTS).join(format!("{name}.html"));
    let text = std::fs::read_to_string(path).expect("a page");
    let body = text.split_once("<main").map_or("", |parts| parts.1);
    let mut said = String::new();
    for part in body.split('<').skip(1) {
        let after = part.split_once('>').map_or("", |parts| parts.1);
        said.push_str(after);
        said.push(' ');
    }
    plain(&said)
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ")
}

/// Gives an accueil of the example what its registry says of it.
fn registry(atelier: &Atelier, code: &str, told: [&str; 4]) {
    let path = "data/structures.csv";
    let text = std::fs::read_to_string(atelier.root().join(path)).expect("a registry");
    let lines = text.lines().map(|line| {
        if !line.starts_with(&format!("{code},")) {
            return line.to_owned();
        }
        let known: Vec<&str> = line.split(',').take(14).collect();
        let told = told.map(|text| format!("\"{text}\""));
        format!("{},,,,{}", known.join(","), told.join(","))
    });
    let lines: Vec<String> = lines.collect();
    atelier.write(path, lines.join("\n").as_bytes());
}

#[test]
fn each_short_page_is_one() {
    let atelier = Atelier::demo();
    let folder = atelier.root().join(REPORTS);
    let mut counted = 0;
    for name in files(&folder).into_iter().filter(|n| is(n, "pdf")) {
        if name.contains("carte-identite") || name.contains("plan-mercredi") {
            let pages = Document::load(folder.join(&name))
                .expect("a PDF")
                .get_pages();
            assert_eq!(pages.len(), 1, "{name}");
            counted += 1;
        }
    }
    assert_eq!(counted, 14 + 14 + 4 + 1);
    for structure in ["P01", "R04", "P10"] {
        let out = atelier.root().join("dossier.pdf");
        let arguments = [
            "guide",
            "dossier",
            "--structure",
            structure,
            "--date",
            "2027-01-10",
        ];
        let out_name = out.to_string_lossy().into_owned();
        let answer = atelier.run(&[&arguments[..], &["--sortie", &out_name]].concat());
        assert_eq!(answer.code, 0, "{}", answer.stderr);
        let pages = Document::load(&out).expect("a PDF").get_pages();
        assert!(pages.len() <= 2, "{structure}: {} pages", pages.len());
        std::fs::remove_file(&out).expect("removed");
    }
}

#[test]
fn a_card_says_what_files_say_and_once_what_they_do_not() {
    let atelier = Atelier::demo();
    registry(
        &atelier,
        "P01",
        [
            "7 h 15 – 8 h 40",
            "2,15 € par soir",
            "la bibliothèque",
            "3 contrats aidés",
        ],
    );
    registry(&atelier, "P04", ["", "", "", ""]);
    report(&atelier, &["--format", "html", "--public", "equipe"]);
    let card = page(&atelier, "equipes/carte-identite-P01");
    for said in [
        "7 h 15 – 8 h 40",
        "2,15 € par soir",
        "la bibliothèque",
        "3 contrats aidés",
        "20 places pour les moins de six ans, 36 places à partir de six ans, 56 places en tout",
        "140 jours par an",
        "66 enfants",
    ] {
        assert!(card.contains(said), "{said} : {card}");
    }
    assert!(!card.contains("Non renseigné"), "{card}");
    let large = page(&atelier, "equipes/carte-identite-R01");
    assert!(large.contains("3,8 équivalents temps plein"), "{large}");
    let bare = page(&atelier, "equipes/carte-identite-P04");
    assert_eq!(
        bare.to_lowercase().matches("non renseigné").count(),
        1,
        "{bare}"
    );
    assert!(bare.contains("horaires, tarifs et contrats"), "{bare}");
    // What the registry says is told as it is printed.
    let explained = atelier.run(&["expliquer", "C2/P01/IDENTITE", "--date", "2026-12-15"]);
    assert!(
        explained.stdout.contains("7 h 15 – 8 h 40"),
        "{}",
        explained.stdout
    );
    assert!(
        explained.stdout.contains("registre des accueils"),
        "{}",
        explained.stdout
    );
}

/// A person who is named in the registry is printed nowhere, nor how long one of four works.
#[test]
fn a_card_names_nobody() {
    let atelier = Atelier::demo();
    registry(
        &atelier,
        "P02",
        [
            "appeler Mélanie au 06 12 34 56 78",
            "gratuit",
            "Mme Martine Durand",
            &"voir le règlement ".repeat(40),
        ],
    );
    report(&atelier, &["--format", "html,xlsx,pdf"]);
    for folder in ["equipes", "renouvellement"] {
        let card = page(&atelier, &format!("{folder}/carte-identite-P02"));
        for hidden in [
            "Mélanie",
            "06 12",
            "Durand",
            "voir le règlement",
            "équivalents",
        ] {
            assert!(!card.contains(hidden), "{folder}: {hidden}");
        }
        assert_eq!(card.matches("non imprimé").count(), 3, "{card}");
        assert!(card.contains("gratuit"), "{card}");
        assert!(card.contains("4 postes occupés"), "{card}");
    }
    let team = page(&atelier, "equipes/carte-identite-P02");
    assert!(team.contains("effectif trop faible"), "{team}");
    // Who reads no team by itself is not told of its working time, however many they are.
    let partners = page(&atelier, "renouvellement/carte-identite-R01");
    assert!(!partners.contains("équivalents"), "{partners}");
    let exported = atelier.run(&["exporter", "structures"]).stdout;
    assert!(!exported.contains("Durand"), "no export hands it on");
}

/// A registry of before is read as it was, a column of the user's own that resembles one of these too.
#[test]
fn a_registry_of_before_is_read() {
    let atelier = Atelier::blank();
    let registry = "code,nom,type,pedt,contacts,horaire\nR01,Les Colombages,mixte,oui,\"voir « fichier »\",8 h – 18 h\n";
    atelier.write("data/structures.csv", registry.as_bytes());
    let answer = atelier.run(&["exporter", "structures"]);
    assert_eq!(answer.code, 0, "{}", answer.stderr);
    assert!(!answer.stdout.contains("8 h"), "{}", answer.stdout);
    // Two headings of one meaning are refused, where they stand.
    atelier.write(
        "data/structures.csv",
        registry.replace("contacts", "horaires").as_bytes(),
    );
    let refused = atelier.run(&["exporter", "structures"]);
    assert_eq!(refused.code, 3, "{}", refused.stdout);
    assert!(refused.stderr.contains("F1"), "{}", refused.stderr);
}

fn papers(atelier: &Atelier, arguments: &[&str]) -> WordFile {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("dossier.docx");
    let out = path.to_string_lossy().into_owned();
    let own = ["--format", "docx", "--date", "2026-12-15", "--sortie", &out];
    let answer = atelier.run(&[&["guide", "dossier"], arguments, &own].concat());
    assert_eq!(answer.code, 0, "{}", answer.stderr);
    WordFile::read(&std::fs::read(&path).expect("a guide"))
}

fn lines(file: &WordFile) -> Vec<String> {
    let all = file.sections.iter().flat_map(|section| &section.lines);
    all.map(|line| plain(line)).collect()
}

/// The list is the référentiel's, for the accueil asked about; what the last campaign found is what its report says.
#[test]
fn the_documents_of_a_visit_are_those_of_the_referentiel() {
    let atelier = Atelier::demo();
    let path = atelier.root().join("grids/referentiel-v2.toml");
    let text = std::fs::read_to_string(path).expect("a référentiel");
    let r: toml::Table = text.parse().expect("sound");
    let pieces = r["pieces"].as_array().expect("documents");
    let names = |file: &WordFile| -> Vec<String> {
        let known: BTreeSet<String> = (pieces.iter())
            .map(|p| plain(p["nom"].as_str().expect("a name")))
            .collect();
        lines(file)
            .into_iter()
            .filter(|l| known.contains(l))
            .collect()
    };
    let whole = names(&papers(&atelier, &[]));
    let expected: Vec<String> = (pieces.iter())
        .map(|p| plain(p["nom"].as_str().expect("a name")))
        .collect();
    assert_eq!(whole, expected, "each once, in order");
    let evening = papers(&atelier, &["--structure", "P01"]);
    let asked = names(&evening);
    // A garderie that is not declared has no declaration to show.
    let garderie = names(&papers(&atelier, &["--structure", "P10"]));
    assert!(
        asked.len() > garderie.len() && garderie.len() > 10,
        "{garderie:?}"
    );
    assert!(!garderie.iter().any(|n| n.starts_with("Récépissé")));
    let said = lines(&evening);
    assert!(said.iter().any(|l| l == "À C2"), "{said:?}");
    assert!(said.iter().any(|l| l == "conforme"), "{said:?}");
    assert_eq!(said.iter().filter(|l| *l == "□").count(), asked.len());
    assert!(said.iter().any(|l| l.contains("CASF L.227-5")), "{said:?}");
    // Without an accueil nothing was found, and nothing says so.
    assert!(
        !lines(&papers(&atelier, &["--type", "periscolaire"]))
            .iter()
            .any(|l| l == "À C2")
    );
}

/// An accueil where a document was missing is told which; nothing is told of a finding that leaves the tool.
#[test]
fn what_is_to_be_taken_up_again_is_said() {
    let atelier = Atelier::demo();
    let answer = atelier.run(&["indicateurs", "--campagne", "C2"]);
    let missed: Vec<(String, String)> = rows(&answer.stdout)
        .into_iter()
        .filter(|row| row["niveau"] == "regle" && row["statut"].starts_with("non_conforme"))
        .map(|row| (row["structure"].clone(), row["code"].clone()))
        .collect();
    let text = std::fs::read_to_string(atelier.root().join("grids/referentiel-v2.toml"));
    let text = text.expect("a référentiel");
    let r: toml::Table = text.parse().expect("sound");
    let listed = |code: &str| {
        let pieces = r["pieces"].as_array().expect("documents").iter();
        let mut elements = pieces.flat_map(|p| p["elements"].as_array().expect("éléments"));
        elements.any(|e| e.as_str() == Some(code))
    };
    let mut sites: BTreeSet<&str> = BTreeSet::new();
    for (site, code) in &missed {
        if listed(code) {
            sites.insert(site);
        }
    }
    println!("à reprendre : {missed:?}");
    for site in ["P01", "P06", "R01", "R04"] {
        let said = lines(&papers(&atelier, &["--structure", site]));
        let is_told = said.iter().any(|l| l == "à reprendre");
        assert_eq!(is_told, sites.contains(site), "{site}");
    }
}

/// The page of the Plan mercredi: for accueils of Wednesdays under a PEDT, every critère of the table once under its axe,
/// no mean; none without the table.
#[test]
fn the_plan_mercredi_shows_the_table_of_the_referentiel() {
    let atelier = Atelier::demo();
    let folder = atelier.root().join(REPORTS);
    let concerned: Vec<String> = (files(&folder).into_iter())
        .filter_map(|n| {
            let rest = n.strip_prefix("renouvellement/plan-mercredi-")?;
            Some(rest.strip_suffix(".html")?.to_owned())
        })
        .collect();
    assert_eq!(concerned, ["R01", "R02", "R04", "R05"]);
    let path = "grids/referentiel-v2.toml";
    let text = std::fs::read_to_string(atelier.root().join(path)).expect("a référentiel");
    let r: toml::Table = text.parse().expect("sound");
    let said = page(&atelier, "renouvellement/plan-mercredi-R04");
    for axe in r["plan_mercredi"].as_array().expect("axes") {
        let label = plain(axe["label"].as_str().expect("a label"));
        let (_, after) = said.split_once(&label).expect("an axe");
        let mut at = 0;
        for code in axe["criteres"].as_array().expect("critères") {
            let code = code.as_str().expect("a code");
            let row = after.find(&format!(" {code} ")).expect("a critère");
            assert!(row > 0, "{label} {code}");
            at += 1;
        }
        assert!(at >= 3, "{label}");
    }
    assert!(
        said.contains("non retenus dans cette campagne") && said.contains("Aucune moyenne"),
        "{said}"
    );
    assert!(said.contains("décidé par l’organisateur"), "{said}");
    // Without the table there is no page, and figures are the same.
    let begin = text.find("[[plan_mercredi]]").expect("a table");
    let end = text.find("[[axes]]").expect("axes");
    let bare = format!("{}{}", &text[..begin], &text[end..]);
    let before = atelier.run(&["indicateurs", "--campagne", "C2"]).stdout;
    atelier.write(path, bare.as_bytes());
    assert_eq!(
        atelier.run(&["indicateurs", "--campagne", "C2"]).stdout,
        before
    );
    std::fs::remove_dir_all(&folder).expect("removed");
    report(
        &atelier,
        &["--public", "renouvellement", "--format", "html"],
    );
    assert!(!files(&folder).iter().any(|n| n.contains("plan-mercredi")));
    assert!(
        files(&folder)
            .iter()
            .any(|n| n.contains("carte-identite-R04"))
    );
}
