//! What the convention reads: its own files, the registers filled, lists, calendars, responses, tables of elsewhere.

use std::path::PathBuf;

use observatoire::convention::territory::TerritoryData;
use observatoire::convention::{
    Convention, EXCHANGES_FILE, IncomingChoices, SuiviImport, TempsKind, import_suivi,
    load_convention, parse_convention, parse_exchanges, parse_survey,
};
use observatoire::vocabulary::config::Observatory;

use super::mutations::Shape;
use super::targets::{Call, Target, read, target, text};
use crate::atelier::{Atelier, files, is, on};

/// Every target of the convention.
pub const CONVENTION: [Target; 13] = [
    target("suivi", Shape::Zip, suivi_seeds, || incoming("s.xlsx")),
    target(
        "emargement",
        Shape::Zip,
        || example(&["Émargement du 10 décembre.xlsx"]),
        || incoming("e.xlsx"),
    ),
    target(
        "agenda",
        Shape::Text,
        || example(&["Agenda de la coopération.ics"]),
        || incoming("a.ics"),
    ),
    target(
        "sphinx",
        Shape::Table,
        || example(&["Sphinx Bilan des coopérations 2026.csv"]),
        || incoming("b.csv"),
    ),
    target(
        "retours",
        Shape::Table,
        || example(&["LimeSurvey Retours des équipes.csv"]),
        || incoming("r.csv"),
    ),
    target(
        "forms",
        Shape::Zip,
        || example(&["Forms Les outils de la coopération.xlsx"]),
        || incoming("f.xlsx"),
    ),
    target("poche", Shape::Zip, minutes_seeds, || incoming("p.docx")),
    target(
        "convention",
        Shape::Text,
        || vec![read("data/init/convention.toml")],
        || {
            let (_atelier, observatory) = blank();
            text(move |t| parse_convention("convention.toml", t, &observatory).is_ok())
        },
    ),
    target("enquete", Shape::Text, survey_seeds, || {
        text(|t| parse_survey("enquete.toml", t).is_ok())
    }),
    target(
        "echanges",
        Shape::Text,
        || vec![include_bytes!("../killed/agreed.toml").to_vec()],
        || {
            let (_atelier, observatory) = blank();
            text(move |t| parse_exchanges(EXCHANGES_FILE, t, &observatory).is_ok())
        },
    ),
    target(
        "contexte",
        Shape::Table,
        || series("contexte.csv"),
        || territory("contexte.csv"),
    ),
    target(
        "communes",
        Shape::Table,
        || series("communes.csv"),
        || territory("communes.csv"),
    ),
    target(
        "ecoles",
        Shape::Table,
        || series("ecoles.csv"),
        || incoming("ecoles.csv"),
    ),
];

fn blank() -> (Atelier, Observatory) {
    let atelier = Atelier::blank();
    let observatory = Observatory::open(Some(&atelier.root())).expect("an observatory");
    (atelier, observatory)
}

/// A convention laid.
fn signed() -> (Atelier, Observatory, Convention) {
    let (atelier, _) = blank();
    let answer = atelier.run(&["ctg", "init"]);
    assert_eq!(answer.code, 0, "{}", answer.stderr);
    atelier.signed_model();
    let observatory = Observatory::open(Some(&atelier.root())).expect("an observatory");
    let read = load_convention(&observatory).expect("readable");
    (atelier, observatory, read.expect("laid").value)
}

/// Files of the example, as they come.
fn example(names: &[&str]) -> Vec<Vec<u8>> {
    let of_example = |name: &&str| read(&format!("data/exemple/ctg/{name}"));
    names.iter().map(of_example).collect()
}

/// The register of a convention that has lines, as it is written.
fn suivi_seeds() -> Vec<Vec<u8>> {
    let (atelier, _, _) = signed();
    let calendar = atelier.write("a.ics", &example(&["Agenda de la coopération.ics"])[0]);
    atelier.run(&["ctg", "importer", &calendar, "--type", "coordination"]);
    let path = atelier.root().join("s.xlsx");
    atelier.run(&["ctg", "exporter", "--sortie", &path.to_string_lossy()]);
    vec![std::fs::read(path).expect("written")]
}

/// What comes back of a meeting, written by the program.
fn minutes_seeds() -> Vec<Vec<u8>> {
    let (atelier, _, _) = signed();
    let calendar = atelier.write("a.ics", &example(&["Agenda de la coopération.ics"])[0]);
    atelier.run(&["ctg", "importer", &calendar, "--type", "coordination"]);
    atelier.run(&["ctg", "seance", "T-001", "--date", "2026-12-15"]);
    let root = atelier.root().join("reports/ctg/seances");
    let names = files(&root).into_iter().filter(|n| is(n, "docx"));
    names
        .map(|n| std::fs::read(root.join(n)).expect("readable"))
        .collect()
}

fn survey_seeds() -> Vec<Vec<u8>> {
    let (atelier, _, _) = signed();
    let root = atelier.root().join("ctg/enquetes");
    let names = files(&root).into_iter();
    names
        .map(|n| std::fs::read(root.join(n)).expect("readable"))
        .collect()
}

/// The input brought in, under a name, into a convention that has nothing yet.
fn incoming(name: &'static str) -> Call {
    let (atelier, observatory, convention) = signed();
    // Which schools are of the territory.
    atelier.write("data/communes.csv", &series("communes.csv")[0]);
    Box::new(move |bytes| {
        let path: PathBuf = atelier.write(&format!("../{name}"), bytes).into();
        let request = SuiviImport {
            paths: &[path],
            date: on("2026-12-15"),
            simulation: true,
            choices: IncomingChoices {
                all_present: true,
                kind: Some(TempsKind::Coordination),
                accept_near: true,
                ..IncomingChoices::default()
            },
        };
        import_suivi(&observatory, &convention, &request).is_ok()
    })
}

/// Tables of a territory, their heads.
fn series(name: &str) -> Vec<Vec<u8>> {
    let rows: &[u8] = match name {
        "contexte.csv" => b"serie;libelle;unite;annee;maille;code;valeur;source;licence\r\nnaissances;Naissances;naissances;2024;epci;246700488;120;Insee;ouverte\r\n",
        "ecoles.csv" => "Rentrée scolaire;Code Postal;Commune;Numéro de l'école;Dénomination principale;Patronyme;Nombre total d'élèves;Nombre d'élèves en pré-élémentaire hors ULIS;Nombre d'élèves en élémentaire hors ULIS\r\n2025;51100;REIMS;0510001A;ECOLE PRIMAIRE;JULES VERNE;83;30;53\r\n".as_bytes(),
        _ => b"insee;nom;latitude;longitude;enfants_3_11;enfants_0_2;annee\r\n51454;Reims;49.25;4.03;1200;400;2024\r\n",
    };
    vec![rows.to_vec()]
}

fn territory(name: &'static str) -> Call {
    let atelier = Atelier::blank();
    Box::new(move |bytes| {
        atelier.write(&format!("data/{name}"), bytes);
        // A refusal says why; the seed only has to be read or refused.
        let _ = TerritoryData::load(&atelier.root()).is_ok();
        true
    })
}
