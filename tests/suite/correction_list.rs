//! Everything that is to be corrected, in one workbook: names, columns and words of many files said once,
//! read back by `corriger`, and the files enter.

use std::path::{Path, PathBuf};

use observatoire::vocabulary::referentiel::SourceCode;

use crate::atelier::Atelier;
use crate::correspondences::{Choice, cells, fill};
use crate::fixtures::form;

const FAMILIES: &str = "Quel centre fréquente votre enfant ?;LIE-1-FAM-1;REL-1-FAM-1\n";
const LIST: &str = "à corriger.xlsx";

/// An observatory with files of families, a form in words of her own, and grids signed by a name.
fn received(atelier: &Atelier) -> String {
    let registry = "code;nom;type\nR01;Les Colombages;mixte\nP01;Périscolaire Jean Moulin;periscolaire\nP02;Périscolaire du Bourg;periscolaire\n";
    atelier.write("data/structures.csv", registry.as_bytes());
    for (file, name) in [
        ("a", "Jean Moulin"),
        ("b", "Jean Moulin"),
        ("c", "Le Bourg"),
    ] {
        let text = format!("{FAMILIES}{name};4;3\n{name};3;3\nR01;4;4\n");
        atelier.write(&format!("reçus/familles {file}.csv"), text.as_bytes());
    }
    let own = "Structure;Il est content d’y aller;Il s’y ennuie\nR01;A1;A4\nR01;A2;A4\nR01;A4;A1\n";
    atelier.write("avis/avis.csv", own.as_bytes());
    let grid = form(SourceCode::Obs, "1", "M. Dubreuil", &[]);
    atelier.write("reçus/grille.xlsx", &grid);
    atelier.root().join("reçus").display().to_string()
}

fn list(atelier: &Atelier) -> PathBuf {
    atelier.root().join(LIST)
}

fn import<'a>(folder: &'a str, more: &[&'a str]) -> Vec<&'a str> {
    let own = ["importer", folder, "--campagne", "C1"];
    [&own[..], more].concat()
}

fn rows(path: &Path, sheet: &str) -> Vec<Vec<String>> {
    let rows = cells(path, sheet).into_iter().skip(5);
    rows.filter(|row| !row[0].is_empty()).collect()
}

fn choice<'a>(sheet: &'a str, row: &'a str, under: &'a str, value: &'a str) -> Choice<'a> {
    Choice {
        sheet,
        row,
        under,
        value,
    }
}

#[test]
fn what_is_said_once_in_the_list_lets_every_file_in() {
    let atelier = Atelier::blank();
    let folder = received(&atelier);
    let path = list(&atelier);
    let shown = path.display().to_string();
    let simulated = import(&folder, &["--simulation", "--liste", &shown]);
    let (exit, said) = atelier.json(&simulated);
    assert_eq!(exit, 1, "{said:#}");
    // Each name once, with how often it is written; the one that comes most often first.
    let names = rows(&path, "Noms");
    let told: Vec<[&str; 4]> = names
        .iter()
        .map(|row| [&*row[0], &*row[1], &*row[2], &*row[3]])
        .collect();
    assert_eq!(
        told,
        [
            ["Jean Moulin", "accueil", "4", "2"],
            ["Le Bourg", "accueil", "2", "1"],
            ["M. Dubreuil", "observateur", "1", "1"],
        ]
    );
    assert_eq!(names[0][4], "P01 — Périscolaire Jean Moulin");
    let causes = rows(&path, "Remarques");
    let unknown = causes.iter().find(|row| row[2].contains("Jean Moulin"));
    let unknown = unknown.expect("a cause");
    assert_eq!(
        (&*unknown[0], &*unknown[1], &*unknown[3]),
        ("erreur", "STR-201", "4")
    );
    assert!(unknown[4].contains("familles a.csv") && unknown[4].contains("familles b.csv"));
    let errors = causes.iter().take_while(|row| row[0] == "erreur").count();
    assert!(
        causes[errors..].iter().all(|row| row[0] != "erreur"),
        "worst first"
    );
    // Nothing was written but the list.
    assert!(
        !atelier
            .root()
            .join("grids/correspondances")
            .read_dir()
            .is_ok_and(|mut d| d.next().is_some())
    );

    fill(
        &path,
        &[
            choice("Noms", "Jean Moulin", "C’est", "1"),
            choice("Noms", "Le Bourg", "C’est", "P02 — Périscolaire du Bourg"),
            choice("Noms", "M. Dubreuil", "C’est", "o3"),
        ],
    );
    let kept = atelier.run(&["corriger", &shown]);
    assert_eq!(kept.code, 0, "{}", kept.stderr);
    for words in [
        "« Jean Moulin » désigne P01",
        "« M. Dubreuil » désigne l’observateur O3",
    ] {
        assert!(kept.stdout.contains(words), "{}", kept.stdout);
    }
    // The command that comes next is the import that the list is of.
    let next = kept.stderr.lines().last().unwrap_or("").to_owned();
    assert!(
        next.contains("importer") && next.contains("reçus"),
        "{next}"
    );
    // Said twice, nothing more is written.
    let again = atelier.run(&["corriger", &shown]);
    assert!(
        again.stdout.contains("noms étaient connus déjà"),
        "{}",
        again.stdout
    );

    let (exit, said) = atelier.json(&import(&folder, &[]));
    assert_eq!(
        (exit, &said["resultat"]["questions"]),
        (0, &serde_json::json!(0)),
        "{said:#}"
    );
}

/// Titles of columns first, then her words for answers: each list asks what is left, and nothing else.
#[test]
fn columns_and_words_are_said_in_the_list_too() {
    let atelier = Atelier::blank();
    received(&atelier);
    let folder = atelier.root().join("avis").display().to_string();
    let path = list(&atelier);
    let shown = path.display().to_string();
    let more = ["--source", "FAM", "--simulation", "--liste", &shown];
    let simulated = import(&folder, &more);
    let asked = |questions: u32| {
        let (exit, said) = atelier.json(&simulated);
        let expected = (1, &serde_json::json!(questions));
        assert_eq!((exit, &said["resultat"]["questions"]), expected, "{said:#}");
    };
    asked(2);
    let is = |title, code| choice("Colonnes", title, "Autre code", code);
    fill(
        &path,
        &[
            is("Il est content d’y aller", "REL-1-FAM-1"),
            is("Il s’y ennuie", "REL-1-FAM-2"),
        ],
    );
    assert_eq!(atelier.run(&["corriger", &shown]).code, 0);
    asked(3);
    // She changes her mind: the list that comes later stands.
    let first = choice("Colonnes", "Il s’y ennuie", "Accepter", "");
    fill(&path, &[first, is("Il s’y ennuie", "LIE-1-FAM-1")]);
    let changed = atelier.run(&["corriger", &shown]);
    assert_eq!(changed.code, 0, "{}", changed.stderr);
    asked(3);
    let worth = |word, value| choice("Réponses", word, "Vaut", value);
    fill(
        &path,
        &[worth("A1", "4"), worth("A2", "3"), worth("A4", "1")],
    );
    assert_eq!(atelier.run(&["corriger", &shown]).code, 0);
    let (exit, said) = atelier.json(&import(&folder, &["--source", "FAM"]));
    assert_eq!(
        (exit, &said["resultat"]["questions"]),
        (0, &serde_json::json!(0)),
        "{said:#}"
    );
}

#[test]
fn a_list_that_cannot_be_is_refused_whole_with_its_cell() {
    let atelier = Atelier::blank();
    let folder = received(&atelier);
    let path = list(&atelier);
    let shown = path.display().to_string();
    atelier.json(&import(&folder, &["--simulation", "--liste", &shown]));
    let before = std::fs::read(atelier.root().join("data/structures.csv")).expect("a registry");
    fill(
        &path,
        &[
            choice("Noms", "Jean Moulin", "C’est", "1"),
            choice("Noms", "Le Bourg", "C’est", "P99"),
        ],
    );
    let refused = atelier.run(&["corriger", &shown]);
    assert_eq!(refused.code, 2, "{}", refused.stdout);
    for words in ["Noms › H7", "P99"] {
        assert!(refused.stderr.contains(words), "{}", refused.stderr);
    }
    let after = std::fs::read(atelier.root().join("data/structures.csv")).expect("a registry");
    assert_eq!(after, before, "all or nothing");
    // Given to the wrong command, or the wrong file to this one: told where it belongs.
    let (exit, said) = atelier.json(&["importer", &shown, "--campagne", "C1"]);
    assert_eq!(exit, 1);
    assert!(said.to_string().contains("FIC-118"), "{said:#}");
    let other = atelier
        .root()
        .join("reçus/grille.xlsx")
        .display()
        .to_string();
    let refused = atelier.run(&["corriger", &other]);
    assert_eq!(refused.code, 2, "{}", refused.stdout);
    assert!(
        refused.stderr.contains("n’est pas une liste à corriger"),
        "{}",
        refused.stderr
    );
}

/// An import that would write its list over answers writes nothing at all.
#[test]
fn a_list_never_takes_the_place_of_answers() {
    let atelier = Atelier::blank();
    let registry = "code;nom;type\nR01;Les Colombages;mixte\n";
    atelier.write("data/structures.csv", registry.as_bytes());
    let file = atelier.write("familles.csv", format!("{FAMILIES}R01;4;3\n").as_bytes());
    assert_eq!(atelier.run(&import(&file, &[])).code, 0);
    let refused = atelier.run(&import(&file, &["--liste", &file]));
    assert_eq!(refused.code, 2, "{}", refused.stdout);
    let kept = std::fs::read_to_string(&file).expect("kept");
    assert!(kept.contains("R01;4;3"));
}
