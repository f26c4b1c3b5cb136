//! Tables of sessions, posts and denominators: what nobody meant is asked, what cannot be is refused, and ordinary
//! tables enter without a question.

use std::path::PathBuf;

use serde_json::Value;

use crate::atelier::Atelier;
use crate::correspondences::{Choice, fill};

const SESSIONS: &str =
    "structure,site,date,plage,temps,duree_h,presents_moins6,presents_6plus,animateurs\n";
const REGISTRY: &str = "code;nom;type;capacite_moins6;capacite_6plus\nR01;Les Colombages;mixte;20;40\nP01;Périscolaire Jean Moulin;periscolaire;20;40\nM01;Mercredis de la Vallée;mercredi;16;24\n";

pub(crate) struct Tables {
    atelier: Atelier,
}

impl Tables {
    pub(crate) fn new() -> Self {
        let atelier = Atelier::blank();
        atelier.write("data/structures.csv", REGISTRY.as_bytes());
        Self { atelier }
    }

    fn list(&self) -> PathBuf {
        self.atelier.root().join("à corriger.xlsx")
    }

    pub(crate) fn import(&self, name: &str, text: &str, more: &[&str]) -> (i32, Value) {
        let path = self
            .atelier
            .write(&format!("reçus/{name}"), text.as_bytes());
        let list = self.list().display().to_string();
        let own = ["importer", &path, "--campagne", "C1", "--liste", &list];
        self.atelier.json(&[&own[..], more].concat())
    }

    /// Stopped by this code, with these words; let in by who confirms.
    pub(crate) fn asks(text: &str, code: &str, words: &[&str]) {
        let tables = Self::new();
        let (exit, said) = tables.import("t.csv", text, &[]);
        assert_eq!(exit, 1, "{text}\n{said:#}");
        tells(&said, code, words);
        let (exit, said) = tables.import("t.csv", text, &["--confirmer"]);
        assert_eq!(exit, 0, "{text}\n{said:#}");
    }

    /// Stopped by this code, whoever confirms.
    pub(crate) fn refuses(text: &str, code: &str, words: &[&str]) {
        let tables = Self::new();
        let (exit, said) = tables.import("t.csv", text, &["--confirmer"]);
        assert_eq!(exit, 1, "{text}\n{said:#}");
        tells(&said, code, words);
    }

    /// Enters, and nobody is asked.
    pub(crate) fn enters(text: &str) -> Self {
        let tables = Self::new();
        let (exit, said) = tables.import("t.csv", text, &[]);
        assert_eq!(exit, 0, "{text}\n{said:#}");
        tables
    }

    fn corrects(&self, choices: &[Choice]) {
        fill(&self.list(), choices);
        let list = self.list().display().to_string();
        let kept = self.atelier.run(&["corriger", &list]);
        assert_eq!(kept.code, 0, "{}{}", kept.stdout, kept.stderr);
    }

    /// The values of a measure, in order.
    pub(crate) fn values(&self, measure: &str) -> Vec<String> {
        let export = ["exporter", "observations", "--campagne", "C1"];
        let (_, table) = self.atelier.json(&export);
        let rows = table["resultat"].as_array().expect("rows");
        let own = rows.iter().filter(|r| r["element"] == measure);
        own.map(|r| r["valeur_brute"].as_str().unwrap_or("").to_owned())
            .collect()
    }
}

pub(crate) fn tells(said: &Value, code: &str, words: &[&str]) {
    let all = said["diagnostics"].as_array().into_iter().flatten();
    let own: Vec<String> = all
        .filter(|d| d["code"] == code)
        .map(|d| format!("{} {}", d["message"], d["remede"]))
        .collect();
    assert!(!own.is_empty(), "{code} : {said:#}");
    for word in words {
        assert!(
            own.iter().any(|told| told.contains(word)),
            "{word} : {own:#?}"
        );
    }
}

pub(crate) fn sessions(lines: &[&str]) -> String {
    format!("{SESSIONS}{}\n", lines.join("\n"))
}

#[test]
fn ordinary_sessions_enter_without_a_question() {
    let tables = Tables::enters(&sessions(&[
        "P01,,2026-06-01,7h30-8h30,periscolaire,1,8,14,3",
        "P01,,2026-06-01,16h30-18h30,periscolaire,2,9,15,3",
        "P01,maternelle,2026-06-02,Matin,périscolaire,\"1,5\",8,0,1",
        "P01,élémentaire,2026-06-02,Matin,périscolaire,1.5,0,14,2",
        "P01,,2026-06-04,Matin 1,periscolaire,1,8,14,3",
        "P01,,2026-06-04,Matin 2,periscolaire,1,6,14,3",
        "P01,,2026-06-04,16h30-18,periscolaire,1.5,0,0,2",
        "M01,,2026-06-03,journée,mercredi,9,8,14,3",
        "Total,,,,,,53,71,17",
        "Fait le 30/06/2026 par la direction,,,,,,,,",
    ]));
    assert_eq!(tables.values("animateurs").len(), 8);
}

#[test]
fn one_moment_under_two_spellings_is_asked() {
    for (one, two) in [
        ("7h30-8h30", "7:30 - 8:30"),
        ("Matin", "Accueil du matin"),
        ("Matin", "matin (7h30-8h30)"),
        ("7h30-8h30", "7h30-8h00"),
    ] {
        let line = |plage: &str| format!("P01,,2026-06-01,{plage},periscolaire,1,8,14,3");
        let text = sessions(&[&line(one), &line(two)]);
        Tables::asks(&text, "VIS-519", &[one, two, "--confirmer"]);
    }
    let with_and_without = sessions(&[
        "P01,maternelle,2026-06-01,Matin,periscolaire,1,8,0,3",
        "P01,,2026-06-01,Matin,periscolaire,1,8,14,3",
    ]);
    Tables::asks(&with_and_without, "VIS-519", &["maternelle"]);
    // Across the files of one import too.
    let tables = Tables::new();
    for (name, plage) in [("a.csv", "Matin"), ("b.csv", "Accueil du matin")] {
        let line = format!("P01,,2026-06-01,{plage},periscolaire,1,8,14,3");
        let text = sessions(&[&line]);
        tables
            .atelier
            .write(&format!("tous/{name}"), text.as_bytes());
    }
    let folder = tables.atelier.root().join("tous").display().to_string();
    let (exit, said) = tables
        .atelier
        .json(&["importer", &folder, "--campagne", "C1"]);
    assert_eq!(exit, 1, "{said:#}");
    tells(&said, "VIS-519", &["Accueil du matin"]);
}

#[test]
fn a_length_that_its_plage_denies_is_asked_and_minutes_have_a_way_in() {
    let line = |plage: &str, hours: &str| {
        sessions(&[&format!(
            "P01,,2026-06-01,{plage},periscolaire,{hours},8,14,3"
        )])
    };
    Tables::asks(&line("7h30-8h30", "2"), "VIS-524", &["2 h", "dure 1 h"]);
    Tables::asks(&line("Matin", "9"), "VIS-524", &["9 h"]);
    Tables::refuses(&line("Matin", "25"), "VAL-412", &["25 heures"]);
    Tables::enters(&line("7h30-8h30", "1.25"));
    let tables = Tables::new();
    let minutes = line("7h30-8h30", "60");
    let (exit, said) = tables.import("t.csv", &minutes, &[]);
    assert_eq!(exit, 1, "{said:#}");
    tells(&said, "VAL-412", &["duree_min"]);
    tables.corrects(&[Choice {
        sheet: "Colonnes",
        row: "duree_h",
        under: "Accepter",
        value: "1",
    }]);
    let (exit, said) = tables.import("t.csv", &minutes, &[]);
    assert_eq!(exit, 0, "{said:#}");
    assert_eq!(tables.values("duree_h"), ["1"]);
    let told = Tables::enters(&minutes.replace("duree_h", "Durée (min)"));
    assert_eq!(told.values("duree_h"), ["1"]);
}

#[test]
fn numbers_that_nobody_meant_are_asked() {
    let line = |small: &str, big: &str, adults: &str| {
        sessions(&[&format!(
            "P01,,2026-06-01,Matin,periscolaire,1,{small},{big},{adults}"
        )])
    };
    for (small, big, adults, words) in [
        ("8", "1 000", "3", "60 places"),
        ("2026", "14", "3", "2\u{202f}040\u{a0}enfants"),
        ("8", "14", "30", "colonnes inversées"),
        ("3", "14", "24", "colonnes inversées"),
        ("8", "14", "0", "0\u{a0}animateur"),
    ] {
        Tables::asks(&line(small, big, adults), "VIS-524", &[words]);
    }
    Tables::refuses(&line("1 2", "14", "3"), "VAL-405", &["1 2"]);
    Tables::refuses(
        &line("1.120", "14", "3"),
        "VAL-405",
        &["deux façons", "1120"],
    );
    let days = ["01", "02", "04", "05", "08"];
    let sums = days.iter().zip(1..).map(|(day, n)| {
        format!(
            "P01,,2026-06-{day},Matin,periscolaire,1,{},{},3",
            5 * n,
            8 * n
        )
    });
    let sums: Vec<String> = sums.collect();
    let sums: Vec<&str> = sums.iter().map(String::as_str).collect();
    Tables::asks(&sessions(&sums), "VIS-524", &["comme un cumul"]);
}

#[test]
fn a_title_over_a_table_is_asked_when_it_says_something_else() {
    let line = "P01,,2026-06-01,Matin,periscolaire,1,8,14,3";
    for (title, words) in [
        ("Prévisionnel des effectifs", "l’on prévoit"),
        ("Nombre d’enfants inscrits (et non présents)", "inscrits"),
        ("Présences juin 2025", "autre année"),
        ("Présences de mai", "de ce mois"),
        ("Les Colombages", "R01"),
    ] {
        let text = format!("{title},,,,,,,,\n{}", sessions(&[line]));
        Tables::asks(&text, "VIS-517", &[words, "--confirmer"]);
    }
    Tables::enters(&format!(
        "Présences de juin 2026,,,,,,,,\n{}",
        sessions(&[line])
    ));
}

#[test]
fn a_day_that_is_no_session_of_its_date_is_asked() {
    let line = |code: &str, plage: &str, temps: &str| {
        sessions(&[&format!("{code},,2026-06-01,{plage},{temps},1,8,14,3")])
    };
    Tables::asks(&line("P01", "Matin", "mercredi"), "VIS-524", &["mercredi"]);
    Tables::asks(
        &line("P01", "semaine 23", "periscolaire"),
        "VIS-524",
        &["plusieurs jours"],
    );
    Tables::asks(
        &line("M01", "Matin", "periscolaire"),
        "VIS-514",
        &["mercredi"],
    );
}

#[test]
fn words_of_a_temps_and_of_a_diploma_are_said_once() {
    let tables = Tables::new();
    let text = sessions(&["P01,,2026-06-01,7h30-8h30,matin,1,8,14,3"]);
    let (exit, said) = tables.import("t.csv", &text, &[]);
    assert_eq!(exit, 1, "{said:#}");
    tells(&said, "VAL-401", &["matin"]);
    let vaut = |row, value| Choice {
        sheet: "Réponses",
        row,
        under: "Vaut",
        value,
    };
    tables.corrects(&[vaut("temps", "periscolaire")]);
    let (exit, said) = tables.import("t.csv", &text, &[]);
    assert_eq!(exit, 0, "{said:#}");
    assert_eq!(tables.values("temps"), ["periscolaire"]);

    let team = "structure,fonction,diplome\nP01,animation,BAFA\nP01,animation,sans\nP01,animation,BAFA en cours\nP01,animation,?\n";
    let tables = Tables::new();
    let (exit, said) = tables.import("equipe.csv", team, &[]);
    assert_eq!(exit, 1, "{said:#}");
    tells(&said, "VAL-401", &["« ? »"]);
    tables.corrects(&[vaut("diplome", "aucun")]);
    let (exit, said) = tables.import("equipe.csv", team, &[]);
    assert_eq!(exit, 0, "{said:#}");
    assert_eq!(
        tables.values("diplome"),
        ["BAFA", "aucun", "stagiaire", "aucun"]
    );
}

#[test]
fn a_post_says_a_part_of_full_time_and_days_in_order() {
    let post = |part: &str, entry: &str, exit: &str, trainings: &str| {
        format!(
            "structure,fonction,diplome,quotite,entree,sortie,formations\nP01,animation,BAFA,{part},{entry},{exit},{trainings}\n"
        )
    };
    Tables::enters(&post("50 %", "2024-09-01", "", "1"));
    Tables::refuses(
        &post("17.5", "2024-09-01", "", "1"),
        "VAL-412",
        &["quotite_pct"],
    );
    Tables::refuses(
        &post("1", "2025-09-01", "2024-01-31", "1"),
        "VAL-412",
        &["avant l’entrée"],
    );
    Tables::asks(&post("1", "2062-09-01", "", "1"), "VIS-524", &["2062"]);
    Tables::asks(
        &post("1", "2024-09-01", "", "2026"),
        "VIS-524",
        &["formations"],
    );
    let percents = post("50", "2024-09-01", "", "1").replace("quotite", "Quotité (%)");
    assert_eq!(Tables::enters(&percents).values("quotite"), ["0.5"]);
}

#[test]
fn a_post_that_names_someone_or_nobody_is_told() {
    let team = |role: &str, diploma: &str| {
        format!("structure,fonction,diplome\nP01,{role},{diploma}\nP01,animation,BAFA\n")
    };
    Tables::asks(
        &team("animation (poste vacant)", "BAFA"),
        "VIS-524",
        &["vacant"],
    );
    let tables = Tables::enters(&team("Animatrice (Julie Martin)", "BAFA"));
    assert!(!tables.values("fonction").concat().contains("Julie"));
    let tables = Tables::new();
    let (exit, said) = tables.import("t.csv", &team("animation", ""), &[]);
    assert_eq!(exit, 0, "{said:#}");
    tells(&said, "VAL-409", &["sans diplôme"]);
}

#[test]
fn denominators_are_whole_numbers_of_what_is_measured() {
    let heads = "structure,familles,enfants,animateurs,formes";
    let line = |cells: &str| format!("{heads}\nP01,{cells}\n");
    Tables::enters(&line("1 020,1 150,8,5"));
    Tables::refuses(&line("1.120,1400,8,5"), "VAL-405", &["deux façons"]);
    Tables::refuses(&line("120,160,8,0.5"), "VAL-405", &["nombre entier"]);
    Tables::asks(
        &line("120,160,8,12"),
        "VIS-524",
        &["formes (12)", "animateurs (8)"],
    );
    Tables::asks(&line("160,120,8,5"), "VIS-524", &["moins d’enfants"]);
    Tables::asks(&line("2026,2030,8,5"), "VIS-524", &["60 places"]);
    // What nobody measures would count for nothing.
    for (heading, code) in [
        ("nombre de partenaires", "ELE-306"),
        ("places au sol", "ELE-309"),
    ] {
        let text = format!("{heads},{heading}\nP01,120,160,8,5,4\n");
        Tables::refuses(&text, code, &[heading]);
    }
    let tables = Tables::new();
    let text = format!("{heads},nombre de partenaires\nP01,120,160,8,5,4\n");
    tables.import("d.csv", &text, &[]);
    tables.corrects(&[Choice {
        sheet: "Colonnes",
        row: "nombre de partenaires",
        under: "Accepter",
        value: "partenaires — les partenaires d’une action dans l’année",
    }]);
    let (exit, said) = tables.import("d.csv", &text, &[]);
    assert_eq!(exit, 0, "{said:#}");
    assert_eq!(tables.values("partenaires"), ["4"]);
}

#[test]
fn every_column_of_sessions_can_be_said_in_the_list() {
    let heads = "structure,Groupe,date,plage,temps,duree_h,presents_moins6,presents_6plus,animateurs,Sans BAFA,Direction ?";
    let text = format!(
        "{heads}\nP01,mat,2026-06-01,Matin,periscolaire,1,8,0,3,1,oui\nP01,élem,2026-06-01,Matin,periscolaire,1,0,14,3,0,non\n"
    );
    let tables = Tables::new();
    let (exit, said) = tables.import("t.csv", &text, &[]);
    assert_eq!(exit, 1, "{said:#}");
    let is = |row, value| Choice {
        sheet: "Colonnes",
        row,
        under: "Accepter",
        value,
    };
    tables.corrects(&[
        is("Groupe", "site"),
        is("Sans BAFA", "dont_non_qualifies"),
        is("Direction ?", "directeur_compte"),
    ]);
    let (exit, said) = tables.import("t.csv", &text, &[]);
    assert_eq!(exit, 0, "{said:#}");
    assert_eq!(tables.values("dont_non_qualifies"), ["1", "0"]);
    assert_eq!(tables.values("directeur_compte"), ["oui", "non"]);
}

#[test]
fn totals_are_set_aside_where_they_sum_something_up() {
    let tables = Tables::enters(&sessions(&[
        "P01,maternelle,2026-06-01,Matin,periscolaire,1,8,0,1",
        "P01,élémentaire,2026-06-01,Matin,periscolaire,1,0,14,2",
        "P01,ensemble,2026-06-01,Matin,periscolaire,1,8,14,3",
    ]));
    assert_eq!(tables.values("animateurs"), ["1", "2"]);
    // All that there is of a day sums nothing up.
    let whole = sessions(&[
        "P01,maternelle,2026-06-01,Matin,periscolaire,1,8,0,1",
        "P01,tous,2026-06-02,Matin,periscolaire,1,8,14,3",
    ]);
    Tables::refuses(&whole, "ELE-310", &["tous", "--ignorer"]);
    let tables = Tables::new();
    let (exit, said) = tables.import("t.csv", &whole, &["--ignorer", "tous"]);
    assert_eq!(exit, 0, "{said:#}");
    assert_eq!(tables.values("animateurs"), ["1"]);
}
