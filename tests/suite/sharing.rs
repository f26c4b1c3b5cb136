//! Aggregates that a territory shares: the same figures as from its answers, and no answer in them;
//! the same again when another engine computed them.

use std::ffi::OsString;
use std::path::Path;
use std::process::Command;

use crate::atelier::{Atelier, files};
use crate::naive::rows;

/// The example, and the folder of aggregates that it shares.
fn shared() -> (Atelier, String) {
    let atelier = Atelier::demo();
    let folder = atelier.root().join("partage").display().to_string();
    let answer = atelier.run(&["exporter", "agregats", "--sortie", &folder]);
    assert_eq!(answer.code, 0, "{}", answer.stderr);
    assert!(answer.stderr.contains("jamais avec le public"));
    (atelier, folder)
}

/// A table without the territory in front of structures' codes.
fn without_territory(csv: &str, territory: &str) -> String {
    csv.replace(&format!("{territory}:"), "")
}

fn territory(folder: &str) -> String {
    let text = std::fs::read_to_string(format!("{folder}/agregats.json")).expect("a description");
    let described: serde_json::Value = serde_json::from_str(&text).expect("JSON");
    let name = &described["contenu"]["territoire"];
    name.as_str().expect("a name").to_owned()
}

#[test]
fn aggregates_give_the_figures_of_the_answers() {
    let (atelier, folder) = shared();
    let territory = territory(&folder);
    for campaign in ["C1", "C2"] {
        let own = atelier.run(&["indicateurs", "--campagne", campaign]);
        let ask = ["indicateurs", "--campagne", campaign, "--agregats", &folder];
        let added = atelier.run(&ask);
        assert_eq!(added.code, 0, "{}", added.stderr);
        assert!(added.stdout.contains(&format!("{territory}:R01")));
        let added = without_territory(&added.stdout, &territory);
        let differs = own.stdout.lines().zip(added.lines()).find(|(a, b)| a != b);
        assert_eq!(differs, None, "{campaign}");
        assert_eq!(own.stdout.lines().count(), added.lines().count());
    }
    let own = atelier.run(&["comparer", "C1", "C2"]);
    let added = atelier.run(&["comparer", "C1", "C2", "--agregats", &folder]);
    assert_eq!(own.stdout, without_territory(&added.stdout, &territory));
}

/// Python with DuckDB, where `tests/run` could install it.
fn duckdb() -> Option<OsString> {
    let python = std::env::var_os("OBSERVATOIRE_DUCKDB");
    if python.is_none() {
        eprintln!("duckdb n’est pas installé : agrégats non recalculés par un autre moteur.");
    }
    python
}

/// Has DuckDB compute the partials of a store by `exporter sql`, compares them row for row with those of
/// the program, and brings its own back as a folder of aggregates.
fn by_duckdb(python: &OsString, atelier: &Atelier) -> String {
    let path = |name: &str| atelier.root().join(name).display().to_string();
    let (sql, frame, out) = (path("requetes.sql"), path("cadre"), path("duckdb"));
    for ask in [
        vec!["exporter", "agregats", "--sortie", &frame],
        vec!["exporter", "sql", "--sortie", &sql],
    ] {
        let answer = atelier.run(&ask);
        assert_eq!(answer.code, 0, "{}", answer.stderr);
    }
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/agregats/duckdb_egal.py");
    let output = Command::new(python)
        // Nothing is written beside the sources.
        .arg("-B")
        .arg(script)
        .args([&atelier.root().display().to_string(), &sql, &frame, &out])
        .output()
        .expect("Python runs");
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{said}{errors}");
    let tables: Vec<serde_json::Value> = said
        .lines()
        .map(|line| serde_json::from_str(line).expect("a line of JSON"))
        .collect();
    assert_eq!(tables.len(), 6, "{said}");
    for table in &tables {
        assert!(table["lignes"].as_u64() > Some(0), "{table}");
        assert_eq!(table["differentes"], 0, "{table}");
    }
    out
}

/// What `indicateurs` says from the store, and from a folder, without the territory.
fn assert_same_figures(atelier: &Atelier, campaign: &str, folder: &str) {
    let own = atelier.run(&["indicateurs", "--campagne", campaign]);
    let ask = ["indicateurs", "--campagne", campaign, "--agregats", folder];
    let brought = atelier.run(&ask);
    assert_eq!(brought.code, 0, "{}", brought.stderr);
    let brought = without_territory(&brought.stdout, &territory(folder));
    assert!(own.stdout.lines().count() > 1_000);
    let mut lines = own.stdout.lines().zip(brought.lines());
    assert_eq!(lines.find(|(a, b)| a != b), None, "{campaign}");
    assert_eq!(own.stdout, brought, "{campaign}");
}

#[test]
fn duckdb_finds_the_aggregates_of_the_example_and_brings_them_back() {
    let Some(python) = duckdb() else { return };
    let atelier = Atelier::demo();
    let folder = by_duckdb(&python, &atelier);
    for campaign in ["C1", "C2"] {
        assert_same_figures(&atelier, campaign, &folder);
    }
}

#[test]
fn duckdb_finds_the_aggregates_of_two_hundred_thousand_answers() {
    let Some(python) = duckdb() else { return };
    let atelier = Atelier::empty();
    let simulate = ["simuler", "observatoire", "--structures", "120"];
    let drawn = ["--campagnes", "1", "--graine", "7"];
    let direct = ["--reponses", "200000", "--direct"];
    let answer = atelier.raw(&[&simulate[..], &drawn[..], &direct[..]].concat());
    assert_eq!(answer.code, 0, "{}", answer.stderr);
    let folder = by_duckdb(&python, &atelier);
    assert_same_figures(&atelier, "C1", &folder);
}

#[test]
fn no_answer_and_no_respondent_is_shared() {
    let (atelier, folder) = shared();
    let store = atelier.root().join("data/store/imports");
    let is_of_answers = |name: &String| name.ends_with("reponses.parquet");
    assert!(files(&store).iter().any(is_of_answers));
    let names = files(std::path::Path::new(&folder));
    assert!(!names.iter().any(is_of_answers), "{names:?}");
    assert!(!names.iter().any(|n| n.contains("propos")), "{names:?}");
}

/// The example's aggregates that may leave, and their folder.
fn released() -> (Atelier, String) {
    let atelier = Atelier::demo();
    let folder = atelier.root().join("departement").display().to_string();
    let export = [
        "exporter",
        "agregats",
        "--diffusable",
        "--date",
        "2026-12-20",
    ];
    let answer = atelier.run(&[&export[..], &["--sortie", &folder]].concat());
    assert_eq!(answer.code, 0, "{}", answer.stderr);
    let said = "effectif trop faible";
    assert!(answer.stderr.contains(said), "{}", answer.stderr);
    (atelier, folder)
}

#[test]
fn aggregates_that_may_leave_say_what_stays_and_are_remembered() {
    let (atelier, folder) = released();
    let read = |name: &str| std::fs::read_to_string(name).expect(name);
    let described: serde_json::Value =
        serde_json::from_str(&read(&format!("{folder}/agregats.json"))).expect("JSON");
    let described = &described["contenu"];
    assert_eq!(described["diffusable"], true);
    for campaign in described["campagnes"].as_array().expect("campaigns") {
        let few = campaign["masques"]["effectif trop faible"].as_u64();
        assert!(few > Some(0), "{campaign}");
    }
    let log = files(&atelier.root().join("data/livraisons"));
    let own = log
        .iter()
        .filter(|name| name.contains("2026-12-20-departement"));
    assert_eq!(own.count(), 2, "{log:?}");
    for ask in [
        vec!["indicateurs", "--agregats", &folder],
        vec!["comparer", "C1", "C2", "--agregats", &folder],
        vec!["rapport", "--format", "html", "--agregats", &folder],
    ] {
        let answer = atelier.run(&ask);
        assert_eq!(answer.code, 0, "{}", answer.stderr);
        let told = answer.stderr.matches("CMP-805").count();
        assert_eq!(told, 1, "{ask:?}: {}", answer.stderr);
    }
    // Whole aggregates claim nothing of the kind.
    let (atelier, whole) = shared();
    let answer = atelier.run(&["indicateurs", "--agregats", &whole]);
    assert!(!answer.stderr.contains("CMP-805"), "{}", answer.stderr);
}

#[test]
fn what_leaves_is_true_and_nothing_that_few_people_said() {
    let (atelier, folder) = released();
    let (mut shown, mut stayed, mut ratings) = (0, 0, 0);
    for campaign in ["C1", "C2"] {
        let own = rows(&atelier.run(&["indicateurs", "--campagne", campaign]).stdout);
        let ask = ["indicateurs", "--campagne", campaign, "--agregats", &folder];
        let left = without_territory(&atelier.run(&ask).stdout, &territory(&folder));
        let left = rows(&left);
        assert_eq!(own.len(), left.len());
        for (own, left) in own
            .iter()
            .zip(&left)
            // What the organiser decides is made of what is left.
            .filter(|(o, _)| o["niveau"] == "element" && !o["structure"].is_empty())
        {
            assert_eq!(
                (&own["structure"], &own["code"]),
                (&left["structure"], &left["code"])
            );
            let questionnaire = ["FAM", "ENF", "EQP", "ENS"].contains(&own["source"].as_str());
            if left["valeur"].is_empty() {
                stayed += usize::from(questionnaire && !own["valeur"].is_empty());
                continue;
            }
            assert_eq!(own["valeur"], left["valeur"], "{own:?}");
            if questionnaire {
                let n: usize = own["n"].parse().expect("a number");
                assert!(
                    n >= 10 && ["FAM", "ENF"].contains(&own["source"].as_str()),
                    "{own:?}"
                );
                shown += 1;
            } else {
                ratings += usize::from(own["source"] == "OBS");
            }
        }
    }
    assert!(
        shown > 50 && stayed > 100 && ratings > 100,
        "{shown} {stayed} {ratings}"
    );
}

#[test]
fn the_departement_gets_aggregates_and_no_report() {
    let atelier = Atelier::demo();
    let report = atelier.run(&["rapport", "--public", "departement"]);
    assert_eq!(report.code, 2, "{}", report.stderr);
    let plan = atelier.run(&["verifier", "--public", "departement"]);
    assert!(
        plan.stdout.contains("effectif trop faible"),
        "{}",
        plan.stderr
    );
    let table = atelier.run(&["exporter", "structures", "--diffusable"]);
    assert_eq!(table.code, 2, "{}", table.stderr);
    assert!(
        table.stderr.contains("exporter agregats"),
        "{}",
        table.stderr
    );
}

/// Whatever becomes of a file of a shared folder, no figure is made from it, and it is named.
#[test]
fn a_shared_folder_that_was_altered_is_refused_with_the_name_of_the_file() {
    let (atelier, folder) = shared();
    let ask = ["indicateurs", "--campagne", "C1", "--agregats", &folder];
    let expected = atelier.run(&ask).stdout;
    let (mut refused, mut unread) = (0, 0);
    for (rank, name) in files(Path::new(&folder)).iter().enumerate() {
        let path = Path::new(&folder).join(name);
        let bytes = std::fs::read(&path).expect("readable");
        let mut flipped = bytes.clone();
        let at = bytes.len() * (rank % 7 + 1) / 9;
        flipped[at] ^= 1 << (rank % 8);
        let cut = bytes[..bytes.len() / 2].to_vec();
        for altered in [Some(flipped), Some(cut), Some(Vec::new()), None] {
            match &altered {
                Some(altered) => std::fs::write(&path, altered).expect("written"),
                None => std::fs::remove_file(&path).expect("removed"),
            }
            let answer = atelier.run(&ask);
            if answer.code == 3 {
                let own = path.file_name().expect("a name").to_string_lossy();
                assert!(answer.stderr.contains(&*own), "{name}: {}", answer.stderr);
                refused += 1;
            } else {
                // Tables of the other campaign are not read.
                assert_eq!((answer.code, &answer.stdout), (0, &expected), "{name}");
                unread += 1;
            }
        }
        std::fs::write(&path, &bytes).expect("put back");
    }
    assert!(refused >= 40, "{refused} refused, {unread} unread");
    // As an earlier version wrote it, without a seal.
    let path = format!("{folder}/agregats.json");
    std::fs::write(
        &path,
        "{\"format\": 1, \"territoire\": \"x\", \"campagnes\": []}",
    )
    .expect("written");
    let answer = atelier.run(&ask);
    assert_eq!(answer.code, 3, "{}", answer.stderr);
    assert!(
        answer.stderr.contains("version précédente"),
        "{}",
        answer.stderr
    );
}

#[test]
fn folders_that_cannot_be_added_are_refused() {
    let (atelier, folder) = shared();
    let twice = atelier.run(&["indicateurs", "--agregats", &folder, &folder]);
    assert_eq!(twice.code, 2, "{}", twice.stderr);
    assert!(
        twice.stderr.contains("n’en donnez qu’un"),
        "{}",
        twice.stderr
    );
    let over = atelier.run(&["exporter", "agregats", "--sortie", &folder]);
    assert_eq!(over.code, 2, "{}", over.stderr);
    let file = format!("{folder}/agregats.json");
    let not_one = atelier.run(&["indicateurs", "--agregats", &file]);
    assert_eq!(not_one.code, 2, "{}", not_one.stderr);
    assert!(
        not_one.stderr.contains("n’est pas un dossier"),
        "{}",
        not_one.stderr
    );
    std::fs::remove_file(&file).expect("removed");
    let missing = atelier.run(&["indicateurs", "--agregats", &folder]);
    assert_eq!(missing.code, 3, "{}", missing.stderr);
    assert!(
        missing.stderr.contains("agregats.json"),
        "{}",
        missing.stderr
    );
}

/// Days of an export, as another engine reads the Parquet and as the CSV writes them.
#[test]
fn days_are_dates_to_another_engine() {
    let Some(python) = duckdb() else { return };
    let atelier = Atelier::demo();
    let path = |name: &str| atelier.root().join(name).display().to_string();
    let (parquet, csv) = (path("reponses.parquet"), path("reponses.csv"));
    for (format, file) in [("parquet", &parquet), ("csv", &csv)] {
        let ask = [
            "exporter",
            "observations",
            "--format",
            format,
            "--sortie",
            file,
        ];
        assert_eq!(atelier.run(&ask).code, 0);
    }
    let script = "import sys, duckdb
day = lambda file, options: duckdb.sql(f\"select date from {options} order by all\").fetchall()
kind = duckdb.sql(f\"select distinct typeof(date) from '{sys.argv[1]}'\").fetchall()
own = [str(d[0]) for d in day(sys.argv[1], f\"'{sys.argv[1]}'\") if d[0]]
text = [d[0] for d in day(sys.argv[2], f\"read_csv('{sys.argv[2]}', all_varchar=true)\") if d[0]]
print(kind, len(own) > 1000, own == text)";
    let output = Command::new(python)
        .args(["-B", "-c", script, &parquet, &csv])
        .output()
        .expect("Python runs");
    let said = String::from_utf8_lossy(&output.stdout);
    let errors = String::from_utf8_lossy(&output.stderr);
    assert_eq!(said.trim(), "[('DATE',)] True True", "{errors}");
}

/// Sessions of R01: before and after the last day of its PEDT, with someone who takes part, on two sites at once,
/// above what its school has.
const CUT: &str = "structure,site,date,plage,temps,duree_h,presents_moins6,presents_6plus,animateurs,dont_qualifies,dont_stagiaires,dont_non_qualifies,directeur_compte,intervenants
R01,,2026-05-12,soir,periscolaire,2,14,18,2,1,0,1,non,
R01,,2026-05-19,soir,periscolaire,2,14,18,1,1,0,0,non,1
R01,,2026-05-20,matin,periscolaire,2,12,10,2,1,1,0,non,
R01,Bourg,2026-05-26,soir,periscolaire,2,8,16,2,1,0,1,non,
R01,Hameau,2026-05-26,soir,periscolaire,2,7,9,1,1,0,0,non,
R01,,2026-06-09,soir,periscolaire,2,14,18,2,1,0,1,non,1
R01,,2026-06-16,soir,periscolaire,2,5,8,2,1,1,0,non,
R01,,2026-06-17,journée,extrascolaire,9,8,12,2,1,1,0,non,
";

/// What leaves keeps no day: whether the PEDT covered a session is said at export, and the sites of one moment stay
/// together.
#[test]
fn a_pedt_that_ends_within_a_campaign_reads_the_same_from_what_leaves() {
    let codes = ["I04", "I05a", "I05b", "I06a", "I06c", "I07a", "I22"];
    let of = |limits: &str| {
        let atelier = Atelier::blank();
        let registry = format!(
            "code,nom,type,pedt,capacite_moins6,capacite_6plus,pedt_debut,pedt_fin,pedt_temps\nR01,Les Colombages,mixte,oui,14,40,{limits}\n"
        );
        atelier.write("data/structures.csv", registry.as_bytes());
        let tables = [
            ("seances.csv", CUT),
            ("denominateurs.csv", "structure,effectif_ecole\nR01,36\n"),
        ];
        for (name, text) in tables {
            let path = atelier.write(&format!("reçus/{name}"), text.as_bytes());
            let answer = atelier.run(&["importer", &path, "--campagne", "C1", "--confirmer"]);
            assert_eq!(answer.code, 0, "{}", answer.stderr);
        }
        let folder = atelier.root().join("departement").display().to_string();
        let export = [
            "exporter",
            "agregats",
            "--diffusable",
            "--date",
            "2026-12-20",
        ];
        let answer = atelier.run(&[&export[..], &["--sortie", &folder]].concat());
        assert_eq!(answer.code, 0, "{}", answer.stderr);
        let own = rows(&atelier.run(&["indicateurs", "--campagne", "C1"]).stdout);
        let ask = ["indicateurs", "--campagne", "C1", "--agregats", &folder];
        let left = without_territory(&atelier.run(&ask).stdout, &territory(&folder));
        let left = rows(&left);
        let figure = |all: &[crate::naive::Row], code: &str| {
            let mut own = all.iter().filter(|r| r["structure"] == "R01");
            let row = own.find(|r| r["code"] == code).expect(code);
            ["valeur", "statut", "n", "n_attendu"].map(|column| row[column].clone())
        };
        codes.map(|code| {
            let home = figure(&own, code);
            assert_eq!(home, figure(&left, code), "{limits} {code}");
            home
        })
    };
    let whole = of(",,");
    let dated = of(",2026-05-31,");
    let timed = of("2026-05-01,2026-05-31,soir ; mercredi");
    assert_ne!(whole[0], dated[0], "the PEDT cuts the campaign in two");
    assert_ne!(dated[0][0], "");
    assert_eq!(dated[0][2], "8", "every session is examined");
    assert_eq!(dated[6][2], "8");
    assert_ne!(dated[6][0], "1.000000", "a moment has too many children");
    assert_eq!(timed[0][2], "8");
}
