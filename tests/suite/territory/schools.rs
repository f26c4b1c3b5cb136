//! `data/ecoles.csv`: the open file of the Éducation nationale laid as it is or brought in; pupils as a series, and out of whom children of
//! accueils before and after school are told; what does not read is told with its place.

use std::fmt::Write as _;

use super::naive_campaign::lines;
use crate::atelier::Atelier;

const TITLES: &str = "rentree_scolaire;region_academique;departement;commune;numero_ecole;denomination_principale;secteur;nombre_total_classes;nombre_total_eleves;nombre_eleves_preelementaire_hors_ulis;nombre_eleves_elementaire_hors_ulis";

fn plain(text: &str) -> String {
    text.replace(['\u{a0}', '\u{202f}'], " ")
}

/// The example, with two indicators that read pupils.
fn asking(schools: &str) -> Atelier {
    let demo = Atelier::demo();
    demo.write("data/ecoles.csv", schools.as_bytes());
    let path = demo.root().join("ctg/convention.toml");
    let mut text = std::fs::read_to_string(&path).expect("a convention");
    _ = write!(
        text,
        "\n[[indicateurs]]\ncode = \"Y1\"\nlibelle = \"Élèves\"\ncalcul = \"contexte\"\nserie = \"eleves\"\nunite = \"élèves\"\nperiode = \"annee\"\n\n[[indicateurs]]\ncode = \"Y2\"\nlibelle = \"Recours au périscolaire\"\ncalcul = \"maillage\"\nmesure = \"T05\"\ntemps = \"periscolaire\"\nunite = \"%\"\nperiode = \"annee\"\n"
    );
    demo.write("ctg/convention.toml", text.as_bytes());
    demo
}

fn row(demo: &Atelier, code: &str) -> serde_json::Value {
    let (_, said) = demo.json(&[
        "ctg",
        "indicateurs",
        "--periode",
        "2026",
        "--date",
        "2026-12-15",
    ]);
    let all = said["resultat"].as_array().expect("rows").iter();
    let mut own = all.filter(|r| r["indicateur"] == code);
    own.next().expect("computed").clone()
}

#[test]
fn pupils_of_schools_are_a_series_and_what_use_is_divided_by() {
    let communes = [
        "Tilleville",
        "Linetot",
        "Le Mesnil-Forgier",
        "Grand-Thérolde",
        "Ailleurs",
    ];
    let mut file = format!("{TITLES}\n");
    let (mut of_2025, mut of_2024) = (0, 0);
    for (rank, commune) in communes.iter().enumerate() {
        for year in [2024, 2025, 2027] {
            let (young, older) = (20 + rank * 7, 45 + rank * 11 + year % 10);
            let all = young + older + rank;
            _ = writeln!(
                file,
                "{year};Normandie;Eure;{commune};027000{rank}A;ECOLE {rank};PUBLIC;4;{all};{young};{older}"
            );
            if *commune != "Ailleurs" {
                of_2024 += if year == 2024 { all } else { 0 };
                of_2025 += if year == 2025 { all } else { 0 };
            }
        }
    }
    let demo = asking(&file);
    let pupils = row(&demo, "Y1");
    assert_eq!(
        pupils["valeur"].as_f64(),
        Some(of_2025 as f64),
        "{pupils:#}"
    );
    let gap = format!("écart avec 2024 : {}", of_2025 as i64 - of_2024 as i64);
    assert!(
        plain(&pupils["detail"].to_string()).contains(&gap),
        "{pupils:#}"
    );
    // Children of the accueils before and after school, added up from the table that was imported.
    let read = |name: &str| {
        let text = std::fs::read_to_string(demo.root().join(name)).expect("a file");
        lines(&text)
    };
    let sites = read("data/structures.csv");
    let kept = |code: &str| {
        let own = sites.iter().find(|s| s["code"] == code).expect("a site");
        own["type"].starts_with("periscolaire")
    };
    let told = read("data/exemple/C2/denominateurs.csv");
    let own = told.iter().filter(|l| kept(&l["structure"]));
    let children: f64 = own.filter_map(|l| l["enfants"].parse::<f64>().ok()).sum();
    let use_of = row(&demo, "Y2");
    assert_eq!(
        (
            use_of["numerateur"].as_f64(),
            use_of["denominateur"].as_f64()
        ),
        (Some(children), Some(of_2025 as f64)),
        "{use_of:#}"
    );
    let said = plain(&demo.run(&["expliquer", "CTG/Y1/2026"]).stdout);
    for words in [
        "data/ecoles.csv › ligne 3",
        "ECOLE 0 (0270000A)",
        "Licence Ouverte",
    ] {
        assert!(said.contains(words), "{words} in {said}");
    }
    let (_, said) = demo.json(&["ctg", "indicateurs", "--periode", "2026"]);
    let all = said["diagnostics"].as_array().expect("a list");
    let aside = all.iter().find(|d| d["code"] == "CTG-296").expect("told");
    assert!(
        plain(&aside["message"].to_string()).contains("3 lignes"),
        "{aside:#}"
    );
    println!(
        "{of_2025} élèves à la rentrée 2025, {children} enfants au périscolaire : deux calculs, les mêmes"
    );
}

#[test]
fn cells_of_schools_that_do_not_read_are_told_with_their_place() {
    for (line, cell, says) in [
        (
            "2025;N;E;Tilleville;02700A;X;P;4;80;20;60",
            "E2",
            "n’est pas un numéro d’école",
        ),
        (
            "vingt;N;E;Tilleville;0270001A;X;P;4;80;20;60",
            "A2",
            "n’est pas une rentrée",
        ),
        (
            "2025;N;E;Tilleville;0270001A;X;P;4;beaucoup;20;60",
            "I2",
            "n’est pas un nombre",
        ),
        (
            "2025;N;E;Tilleville;0270001A;X;P;4;70;20;60",
            "I2",
            "dépassent ce total",
        ),
        (
            "2025;N;E;Tilleville;0270001A;X;P;4;80;20;60\n2025-2026;N;E;Tilleville;270001A;X;P;4;80;20;60",
            "E3",
            "la ligne 2 est déjà",
        ),
    ] {
        let demo = asking(&format!("{TITLES}\n{line}\n"));
        let (_, said) = demo.json(&[
            "ctg",
            "indicateurs",
            "--periode",
            "2026",
            "--date",
            "2026-12-15",
        ]);
        let all = said["diagnostics"].as_array().expect("a list").iter();
        let own = all.filter(|d| d["fichier"] == "data/ecoles.csv");
        let told: Vec<&serde_json::Value> = own.collect();
        assert!(
            told.iter()
                .any(|d| d["cellule"] == cell && plain(&d["message"].to_string()).contains(says)),
            "{says}: {told:#?}"
        );
        assert!(row(&demo, "Y1")["valeur"].is_null());
    }
    let demo = asking("rentree_scolaire;numero_ecole\n2025;0270001A\n");
    let (_, said) = demo.json(&["ctg", "indicateurs"]);
    assert!(plain(&said["diagnostics"].to_string()).contains("il manque la colonne eleves"));
}

/// Labels of the open file as it is downloaded from data.education.gouv.fr; it bears no INSEE code.
const LABELS: &str = "Rentrée scolaire;Code région académique;Région académique;Code département;Département;Code Postal;Commune;Numéro de l'école;Dénomination principale;Patronyme;Secteur;REP;REP +;Nombre total de classes;Nombre total d'élèves;Nombre d'élèves en pré-élémentaire hors ULIS;Nombre d'élèves en élémentaire hors ULIS;Nombre d'élèves en ULIS";

fn of_labels(year: u16, commune: &str, uai: &str, patron: &str, pupils: [u32; 3]) -> String {
    let [all, young, older] = pupils;
    format!(
        "{year};28;NORMANDIE;027;EURE;27000;{commune};{uai};ECOLE PRIMAIRE PUBLIQUE;{patron};PUBLIC;0;0;4;{all};{young};{older};0\n"
    )
}

fn imported(demo: &Atelier, name: &str, bytes: &[u8], more: &[&str]) -> serde_json::Value {
    let path = demo.write(name, bytes);
    let (_, said) = demo.json(&[&["ctg", "importer", path.as_str()], more].concat());
    said
}

fn told(said: &serde_json::Value, code: &str) -> String {
    let all = said["diagnostics"].as_array().expect("a list").iter();
    let own = all.filter(|d| d["code"] == code);
    own.map(|d| plain(d["message"].as_str().unwrap_or_default()))
        .collect::<Vec<_>>()
        .join(" | ")
}

#[test]
fn the_open_file_comes_in_with_the_schools_of_the_territory_alone() {
    let demo = asking("");
    std::fs::remove_file(demo.root().join("data/ecoles.csv")).expect("taken away");
    let whole = [
        LABELS.to_owned() + "\n",
        of_labels(2024, "TILLEVILLE", "0270001A", "JULES VERNE", [83, 30, 53]),
        of_labels(2025, "TILLEVILLE", "0270001A", "JULES VERNE", [80, 28, 52]),
        of_labels(2025, "LE MESNIL FORGIER", "0270002B", "", [41, 0, 41]),
        // Another commune of the same name, far away: its number is of another département.
        of_labels(2025, "TILLEVILLE", "0590001Z", "AILLEURS", [300, 100, 200]),
        of_labels(2025, "VERNON", "0270009Z", "", [200, 80, 120]),
    ]
    .concat();
    let file = demo.root().join("data/ecoles.csv");
    let simulated = imported(&demo, "effectifs.csv", whole.as_bytes(), &["--simulation"]);
    assert_eq!(
        simulated["resultat"]["fichiers"][0]["genre"],
        "effectifs des écoles"
    );
    assert!(!file.exists());
    let said = imported(&demo, "effectifs.csv", whole.as_bytes(), &[]);
    let entered = &said["resultat"]["fichiers"][0];
    assert_eq!(
        entered["nouvelles"].as_array().map(Vec::len),
        Some(3),
        "{said:#}"
    );
    let aside = told(&said, "CTG-296");
    assert!(
        aside.contains("2 lignes") && aside.contains("AILLEURS"),
        "{aside}"
    );
    assert!(aside.contains("communes du territoire"), "{aside}");
    assert_eq!(row(&demo, "Y1")["valeur"].as_f64(), Some(121.0));
    // Again: nothing new. A year more and a number that changed: told, the rest stays.
    let again = imported(&demo, "effectifs.csv", whole.as_bytes(), &[]);
    assert_eq!(
        again["resultat"]["fichiers"][0]["resultat"],
        "rien de nouveau"
    );
    let next = [
        LABELS.to_owned() + "\n",
        of_labels(2025, "TILLEVILLE", "0270001A", "JULES VERNE", [88, 30, 58]),
        of_labels(2026, "TILLEVILLE", "0270001A", "JULES VERNE", [90, 30, 60]),
    ]
    .concat();
    let said = imported(&demo, "effectifs 2026.csv", next.as_bytes(), &[]);
    let changed = told(&said, "CTG-297");
    assert!(changed.contains("80 élèves devient 88"), "{changed}");
    let text = std::fs::read_to_string(&file).expect("written");
    assert_eq!(text.lines().count(), 5, "{text}");
    for line in ["2024,0270001A", "2025,0270002B", "2026,0270001A"] {
        assert!(text.contains(line), "{line} in {text}");
    }
}

#[test]
fn a_table_of_schools_with_a_fault_changes_nothing() {
    let demo = asking("");
    let there = format!("{TITLES}\n2025;N;E;Tilleville;0270001A;X;P;4;80;20;60\n");
    demo.write("data/ecoles.csv", there.as_bytes());
    let file = demo.root().join("data/ecoles.csv");
    let wrong = LABELS.to_owned()
        + "\n"
        + &of_labels(2025, "TILLEVILLE", "0270001A", "X", [80, 60, 60])
        + &of_labels(2025, "LINETOT", "0270003C", "Y", [50, 20, 30]);
    let said = imported(&demo, "faux.csv", wrong.as_bytes(), &[]);
    assert!(
        told(&said, "CTG-263").contains("dépassent ce total"),
        "{said:#}"
    );
    assert_eq!(std::fs::read_to_string(&file).expect("there"), there);
    // Without communes nobody knows which schools are of the territory.
    std::fs::remove_file(demo.root().join("data/communes.csv")).expect("taken away");
    let right =
        LABELS.to_owned() + "\n" + &of_labels(2025, "LINETOT", "0270003C", "Y", [50, 20, 30]);
    let said = imported(&demo, "juste.csv", right.as_bytes(), &[]);
    assert!(
        told(&said, "CTG-263").contains("ne nomme aucune commune"),
        "{said:#}"
    );
    assert_eq!(std::fs::read_to_string(&file).expect("there"), there);
}

/// What somebody laid by hand stays among versions when a table that comes in takes its place.
#[test]
fn the_file_laid_by_hand_is_kept_before_it_is_written_again() {
    let demo = asking("");
    let there = format!(
        "{TITLES}\n2024;N;E;Tilleville;0270001A;X;P;4;80;20;60\n2024;N;E;Ailleurs;0270008H;Z;P;4;70;20;50\n"
    );
    demo.write("data/ecoles.csv", there.as_bytes());
    let more =
        LABELS.to_owned() + "\n" + &of_labels(2025, "LINETOT", "0270003C", "Y", [50, 20, 30]);
    imported(&demo, "plus.csv", more.as_bytes(), &[]);
    let now = std::fs::read_to_string(demo.root().join("data/ecoles.csv")).expect("written");
    assert!(
        now.contains("0270001A") && now.contains("0270003C") && !now.contains("Ailleurs"),
        "{now}"
    );
    let versions = demo.root().join("data/ctg/versions");
    let kept = crate::atelier::files(&versions).into_iter();
    let mut own = kept.filter(|name| name.ends_with("-ecoles.csv"));
    assert!(own.any(|name| std::fs::read_to_string(versions.join(name)).is_ok_and(|text| text == there)));
}
