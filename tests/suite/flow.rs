//! The store, the contract and the laws that hold whatever the files: order, threads, corrections,
//! crashes, a campaign against itself.

use std::path::Path;
use std::process::Command;

use observatoire::vocabulary::referentiel::SourceCode;

use crate::atelier::{Atelier, files};
use crate::fixtures::form;

fn header(answer: &str) -> &str {
    answer.lines().next().unwrap_or("").trim_end()
}

#[test]
fn tables_have_the_columns_of_the_contract() {
    let atelier = Atelier::demo();
    let table = |arguments: &[&str]| atelier.run(arguments).stdout;
    let expected: [(&[&str], &str); 4] = [
        (
            &["indicateurs"],
            "campagne,structure,niveau,code,source,valeur,statut,n,n_attendu,couverture,cible,ecart_cible,version",
        ),
        (
            &["exporter", "observations"],
            "campagne,structure,source,version,visite,observateur,repondant,date,element,statut,niveau,valeur_brute,commentaire,import,fichier,feuille,cellule",
        ),
        (
            &["exporter", "structures"],
            "code,nom,type,secteur,commune,insee,pedt,capacite_moins6,capacite_6plus,jours_an,latitude,longitude,ouverture,fermeture,pedt_debut,pedt_fin,pedt_temps",
        ),
        (
            &["comparer", "C1", "C2"],
            "niveau,code,source,structure,valeur_1,valeur_2,delta,borne_basse,borne_haute,erreur_type,probabilite_hausse,verdict,raison,version_1,version_2",
        ),
    ];
    for (arguments, columns) in expected {
        assert_eq!(header(&table(arguments)), columns);
    }
    let side = table(&["comparer", "--structures"]);
    assert_eq!(header(&side), expected[3].1);
}

/// Runs the binary on a folder with so many threads.
fn threaded(root: &Path, threads: &str, arguments: &[&str]) -> Vec<u8> {
    let output = Command::new(env!("CARGO_BIN_EXE_observatoire"))
        .arg("--dossier")
        .arg(root)
        .args(arguments)
        .env("RAYON_NUM_THREADS", threads)
        .env("POLARS_MAX_THREADS", threads)
        .output()
        .expect("the binary runs");
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    output.stdout
}

#[test]
fn threads_and_the_order_of_files_change_no_byte() {
    let produce = |threads: &str, reverse: bool| {
        let atelier = Atelier::blank();
        let example = Path::new(env!("CARGO_MANIFEST_DIR")).join("data/exemple");
        let manifest = Path::new(env!("CARGO_MANIFEST_DIR"));
        let copy = |name: &str| {
            atelier.write(name, &std::fs::read(manifest.join(name)).expect(name));
        };
        copy("observatoire.toml");
        copy("data/structures.csv");
        for campaign in ["C1", "C2"] {
            let folder = example.join(campaign);
            let mut paths: Vec<String> = files(&folder)
                .iter()
                .map(|f| folder.join(f).to_string_lossy().into_owned())
                .collect();
            if reverse {
                paths.reverse();
            }
            let mut arguments = vec!["importer", "--campagne", campaign];
            arguments.extend(paths.iter().map(String::as_str));
            threaded(&atelier.root(), threads, &arguments);
        }
        threaded(
            &atelier.root(),
            threads,
            &["rapport", "--campagne", "C2", "--date", "2026-12-15"],
        );
        let table = threaded(
            &atelier.root(),
            threads,
            &["indicateurs", "--campagne", "C1"],
        );
        let rendered = atelier.root().join("reports/rendus");
        // What a folder says of itself names files of the log, whose key is drawn at random.
        let pages: Vec<(String, Vec<u8>)> = files(&rendered)
            .into_iter()
            .filter(|f| !f.ends_with(".observatoire-livraison"))
            .map(|f| (f.clone(), std::fs::read(rendered.join(&f)).expect("a page")))
            .collect();
        assert!(pages.len() > 10);
        (table, pages)
    };
    let (table, pages) = produce("1", false);
    let (again, others) = produce("2", true);
    assert!(table == again, "indicateurs differ");
    for (a, b) in pages.iter().zip(&others) {
        assert!(a == b, "{} differs", a.0);
    }
    assert_eq!(pages.len(), others.len());
}

#[test]
fn a_campaign_against_itself_is_stable_everywhere() {
    let atelier = Atelier::demo();
    let table = atelier.run(&["comparer", "C1", "C1"]).stdout;
    let verdicts: Vec<&str> = table
        .lines()
        .skip(1)
        .filter_map(|l| l.split(',').nth(11))
        .collect();
    let moved: Vec<&&str> = verdicts
        .iter()
        .filter(|v| !["stable", ""].contains(*v))
        .collect();
    assert!(moved.is_empty(), "{moved:?}");
    assert!(verdicts.iter().filter(|v| **v == "stable").count() > 700);
}

fn import(atelier: &Atelier, name: &str, bytes: &[u8]) -> (i32, serde_json::Value) {
    let path = atelier.write(&format!("reçus/{name}"), bytes);
    atelier.json(&["importer", &path, "--campagne", "C1"])
}

fn codes(said: &serde_json::Value) -> Vec<&str> {
    let all = said["diagnostics"].as_array().expect("diagnostics");
    all.iter().filter_map(|d| d["code"].as_str()).collect()
}

fn rating(atelier: &Atelier, element: &str) -> Vec<String> {
    let table = atelier.run(&["exporter", "observations"]).stdout;
    crate::naive::rows(&table)
        .into_iter()
        .filter(|r| r["element"] == element)
        .map(|r| r["valeur_brute"].clone())
        .collect()
}

#[test]
fn a_correction_replaces_and_annuler_brings_back() {
    let atelier = Atelier::blank();
    let obs = |rating| form(SourceCode::Obs, "1", "O1", &[("REL-2-OBS-1", rating, "")]);
    assert_eq!(import(&atelier, "a.xlsx", &obs("2")).0, 0);
    let (exit, said) = import(&atelier, "a.xlsx", &obs("4"));
    assert_eq!((exit, codes(&said)), (0, vec!["VIS-502"]));
    assert_eq!(rating(&atelier, "REL-2-OBS-1"), ["4"]);
    let (exit, said) = import(&atelier, "copie.xlsx", &obs("4"));
    assert_eq!((exit, codes(&said)), (0, vec!["FIC-109"]));
    assert_eq!(atelier.run(&["annuler", "I002"]).code, 0);
    assert_eq!(rating(&atelier, "REL-2-OBS-1"), ["2"]);
    assert_eq!(import(&atelier, "a.xlsx", &obs("4")).0, 0);
    assert_eq!(rating(&atelier, "REL-2-OBS-1"), ["4"]);
    let unknown = atelier.run(&["annuler", "I999"]);
    assert_ne!(unknown.code, 0);
    assert!(unknown.stderr.contains("I999"), "{}", unknown.stderr);
}

#[test]
fn one_file_of_an_import_can_be_taken_back() {
    let atelier = Atelier::blank();
    for observer in ["O1", "O2"] {
        atelier.write(
            &format!("reçus/{observer}.xlsx"),
            &form(SourceCode::Obs, "1", observer, &[]),
        );
    }
    let folder = atelier.root().join("reçus");
    let answer = atelier.run(&["importer", &folder.to_string_lossy(), "--campagne", "C1"]);
    assert_eq!(answer.code, 0, "{}", answer.stderr);
    assert_eq!(rating(&atelier, "REL-2-OBS-1").len(), 2);
    let answer = atelier.run(&["annuler", "I001", "--fichier", "O2.xlsx"]);
    assert_eq!(answer.code, 0, "{}", answer.stderr);
    assert_eq!(rating(&atelier, "REL-2-OBS-1").len(), 1);
}

/// What a kill leaves: tables that no manifest names, half a table, a temporary file.
#[test]
fn leftovers_of_a_crash_are_invisible_and_harmless() {
    let atelier = Atelier::blank();
    import(&atelier, "a.xlsx", &form(SourceCode::Obs, "1", "O1", &[]));
    let before = atelier.run(&["exporter", "observations"]).stdout;
    let cut = b"PAR1 cut in the middle";
    atelier.write("data/store/imports/tmp-00aa/reponses.parquet", cut);
    atelier.write(
        "data/store/imports/0123456789abcdef0123456789abcdef/unites.parquet",
        cut,
    );
    atelier.write("data/store/manifestes/0123456789abcdef.tmp", b"{ \"form");
    assert_eq!(atelier.run(&["exporter", "observations"]).stdout, before);
    let (exit, _) = import(&atelier, "b.xlsx", &form(SourceCode::Obs, "1", "O2", &[]));
    assert_eq!(exit, 0);
    assert_eq!(rating(&atelier, "REL-2-OBS-1").len(), 2);
}

#[test]
fn a_damaged_manifest_stops_and_says_so() {
    let atelier = Atelier::blank();
    import(&atelier, "a.xlsx", &form(SourceCode::Obs, "1", "O1", &[]));
    let folder = atelier.root().join("data/store/manifestes");
    let name = crate::atelier::files(&folder).remove(0);
    let path = format!("data/store/manifestes/{name}");
    let whole = std::fs::read(folder.join(&name)).expect("readable");
    let edited = String::from_utf8_lossy(&whole).replace("a.xlsx", "b.xlsx");
    for (path, bytes, says) in [
        (
            "data/store/manifeste.json",
            &b"{ \"imports\": ["[..],
            "illisible",
        ),
        (
            &path,
            b"{ \"imports\": [",
            "n’est plus celui qui a été écrit",
        ),
        (&path, edited.as_bytes(), "n’est plus celui qui a été écrit"),
    ] {
        let before = std::fs::read(atelier.root().join(path)).expect("readable");
        atelier.write(path, bytes);
        let answer = atelier.run(&["indicateurs"]);
        assert_eq!(answer.code, 3);
        let file = path.rsplit('/').next().unwrap_or(path);
        let said = &answer.stderr;
        assert!(said.contains(file) && said.contains(says), "{said}");
        atelier.write(path, &before);
    }
    assert_eq!(atelier.run(&["indicateurs"]).code, 0);
}

/// Eight imports at once: each waits for its turn and none is lost.
#[test]
fn imports_at_the_same_time_all_enter() {
    let atelier = Atelier::blank();
    let paths: Vec<String> = (1..=8)
        .map(|i| {
            atelier.write(
                &format!("reçus/{i}.xlsx"),
                &form(SourceCode::Obs, "1", &format!("O{i}"), &[]),
            )
        })
        .collect();
    let atelier = &atelier;
    std::thread::scope(|scope| {
        for path in &paths {
            scope.spawn(move || {
                let answer = atelier.run(&["importer", path, "--campagne", "C1"]);
                assert_eq!(answer.code, 0, "{}", answer.stderr);
            });
        }
    });
    assert_eq!(rating(atelier, "REL-2-OBS-1").len(), 8);
}

#[cfg(unix)]
#[test]
fn a_file_that_the_system_refuses_is_named_and_the_others_enter() {
    let atelier = Atelier::blank();
    atelier.write("reçus/a.xlsx", &form(SourceCode::Obs, "1", "O1", &[]));
    let folder = atelier.root().join("reçus");
    // A socket opens for nobody, whatever the rights: the nearest thing to Excel's hold.
    let _socket =
        std::os::unix::net::UnixListener::bind(folder.join("tenu.xlsx")).expect("a socket");
    // Nobody writes into this pipe: reading it would wait without end.
    let pipe = std::process::Command::new("mkfifo")
        .arg(folder.join("tuyau.csv"))
        .status();
    assert!(pipe.expect("mkfifo").success());
    let (exit, said) = atelier.json(&["importer", &folder.to_string_lossy(), "--campagne", "C1"]);
    assert_eq!(exit, 1);
    assert_eq!(codes(&said), ["FIC-110", "FIC-110"]);
    assert_eq!(rating(&atelier, "REL-2-OBS-1").len(), 1);
}

#[test]
fn a_simulation_changes_nothing() {
    let atelier = Atelier::blank();
    let path = atelier.write("reçus/a.xlsx", &form(SourceCode::Obs, "1", "O1", &[]));
    let before = files(&atelier.root());
    let (exit, said) = atelier.json(&["importer", &path, "--campagne", "C1", "--simulation"]);
    assert_eq!(exit, 0);
    assert_eq!(said["resultat"]["fichiers"][0]["outil"], "grille fournie");
    assert_eq!(files(&atelier.root()), before);
}

/// The remarks about figures rather than files.
#[test]
fn figures_say_what_limits_them() {
    let atelier = Atelier::demo();
    let said = |arguments: &[&str]| atelier.json(arguments).1;
    let indicators = said(&["indicateurs", "--campagne", "C1"]);
    for code in ["IND-701", "IND-702"] {
        assert!(codes(&indicators).contains(&code), "{code}");
    }
    let compared = said(&["comparer", "C1", "C2"]);
    assert_eq!(
        codes(&compared).iter().filter(|c| **c == "CMP-802").count(),
        2
    );
    let blank = Atelier::blank();
    import(&blank, "a.xlsx", &form(SourceCode::Obs, "1", "O1", &[]));
    import(&blank, "d.csv", b"structure,familles\nR01,30\n");
    let (_, indicators) = blank.json(&["indicateurs"]);
    let (_, indicators_c1) = blank.json(&["indicateurs", "--campagne", "C1"]);
    assert!(!codes(&indicators).contains(&"IND-703"));
    assert!(codes(&indicators_c1).contains(&"IND-703"));
    let (_, compared) = blank.json(&["comparer", "C1", "C2"]);
    assert!(
        codes(&compared).contains(&"CMP-803"),
        "{:?}",
        codes(&compared)
    );
}

#[test]
fn a_changed_critere_is_a_version_break_and_the_others_compare() {
    let atelier = Atelier::demo();
    let read = |name: &str| std::fs::read_to_string(atelier.root().join(name)).expect(name);
    let v3 = read("grids/referentiel-v2.toml")
        .replacen("version = \"v2\"", "version = \"v3\"", 1)
        .replacen(
            "donnent leurs consignes sans élever",
            "donnent des consignes sans élever",
            1,
        );
    atelier.write("grids/referentiel-v3.toml", v3.as_bytes());
    let settings = read("observatoire.toml");
    let (first, second) = settings.split_at(settings.rfind("referentiel = \"v2\"").expect("C2"));
    let settings = format!("{first}{}", second.replacen("v2", "v3", 1));
    atelier.write("observatoire.toml", settings.as_bytes());
    let (_, said) = atelier.json(&["comparer", "C1", "C2"]);
    let lines = said["resultat"].as_array().expect("lines");
    let of = |code: &str| {
        let line = lines
            .iter()
            .find(|l| l["code"] == code && l["structure"] == "R01" && l["niveau"] == "critere");
        line.unwrap_or_else(|| panic!("{code}")).clone()
    };
    assert_eq!(of("REL-2")["verdict"], "non_comparable");
    assert!(of("REL-2")["delta"].is_null());
    assert_ne!(of("REL-4")["verdict"], "non_comparable");
    assert!(codes(&said).contains(&"CMP-801"));
}

#[test]
fn expliquer_goes_down_to_the_cell() {
    let atelier = Atelier::demo();
    let said = atelier.run(&["expliquer", "C1/R01/REL-2"]).stdout;
    for part in [
        "Écoute, ton et disponibilité des adultes",
        "Calcul :",
        "observation externe), poids 3",
        "Grille OBS R01 visite 1 O1.xlsx › Grille › E19 (import I001)",
        "Auto-évaluation R01.xlsx › Grille",
        "seule leur répartition est montrée",
    ] {
        assert!(said.contains(part), "{part} in {said}");
    }
    let sessions = atelier.run(&["expliquer", "C1/P04/I04"]).stdout;
    assert!(
        sessions.contains("requis") && sessions.contains("seances.csv › J"),
        "{sessions}"
    );
    let meaning = atelier.run(&["expliquer", "VAL-402"]).stdout;
    assert!(meaning.contains("NC sur un critère impératif"), "{meaning}");
    let slip = atelier.run(&["expliquer", "C1/R01/RELL-2"]);
    assert_eq!(slip.code, 2);
    assert!(slip.stderr.contains("REL-2"), "{}", slip.stderr);
}
