//! `data/ecoles.csv`: the open file of the Éducation nationale laid as it is; pupils as a series, and out of whom children of
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
