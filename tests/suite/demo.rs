//! The main job, from raw files to the index page.

use std::path::Path;

use crate::atelier::{Atelier, files};

#[test]
fn the_index_opens_every_report() {
    let atelier = Atelier::demo();
    let rendered = atelier.root().join("reports/rendus/C2");
    let index = std::fs::read_to_string(rendered.join("index.html")).expect("an index");
    let reports: Vec<String> = files(&rendered)
        .into_iter()
        .filter(|f| f.contains(".html") && f != "index.html")
        .collect();
    // Fourteen sites for their teams, families and conventions, their card twice; the Plan mercredi of four; four
    // reports of the territory.
    assert_eq!(reports.len(), 14 * 5 + 4 + 4);
    for report in reports {
        assert!(index.contains(&format!("href=\"{report}\"")), "{report}");
        let page = std::fs::read_to_string(rendered.join(&report)).expect("a page");
        assert!(
            page.contains("DONNÉES FICTIVES") && page.contains("lang=\"fr\""),
            "{report}"
        );
        assert!(
            !page.contains("NaN") && !page.contains("http://www.w3.org/1999"),
            "{report}"
        );
    }
}

#[test]
fn the_example_of_the_repository_is_what_the_generator_writes() {
    let atelier = Atelier::demo();
    let kept = Path::new(env!("CARGO_MANIFEST_DIR")).join("data/exemple");
    let made = atelier.root().join("data/exemple");
    assert_eq!(files(&kept), files(&made));
    for file in files(&kept) {
        let read = |dir: &Path| std::fs::read(dir.join(&file)).expect("readable");
        assert!(read(&kept) == read(&made), "{file} differs");
    }
}

#[test]
fn the_same_files_twice_change_nothing() {
    let atelier = Atelier::demo();
    let before = atelier.run(&["indicateurs", "--campagne", "C1"]).stdout;
    let folder = atelier.root().join("data/exemple/C1");
    let again = atelier.run(&["importer", &folder.to_string_lossy(), "--campagne", "C1"]);
    assert_eq!(again.code, 0, "{}", again.stderr);
    assert!(again.stderr.contains("51 déjà connus"), "{}", again.stderr);
    assert_eq!(
        atelier.run(&["indicateurs", "--campagne", "C1"]).stdout,
        before
    );
}

/// What Windows refuses in a name, and what a copy by mail or archive would lose.
#[test]
fn every_name_is_valid_on_windows() {
    let reserved = ["con", "prn", "aux", "nul", "com1", "lpt1"];
    let atelier = Atelier::demo();
    let mut seen = std::collections::BTreeSet::new();
    for path in files(&atelier.root()) {
        assert!(path.chars().count() < 120, "{path}");
        assert!(
            seen.insert(path.to_lowercase()),
            "{path} twice but for case"
        );
        for name in path.split('/') {
            let stem = name.split('.').next().unwrap_or("").to_lowercase();
            assert!(!reserved.contains(&stem.as_str()), "{path}");
            assert!(
                !name.ends_with(['.', ' ']) && !name.starts_with(' '),
                "{path}"
            );
            let refused = |c: char| c.is_control() || "<>:\"\\|?*".contains(c);
            assert!(!name.contains(refused), "{path}");
        }
    }
}

/// The fifteen sites of `docs/domain.md` §1, each with what it is there to exercise.
#[test]
fn each_site_of_the_example_exercises_its_particularity() {
    let atelier = Atelier::demo();
    let table = |arguments: &[&str]| crate::naive::rows(&atelier.run(arguments).stdout);
    let answers = table(&["exporter", "observations"]);
    let figures = table(&["indicateurs", "--campagne", "C1"]);
    let sites = table(&["exporter", "structures"]);
    assert_eq!(sites.len(), 15);
    let distinct = |campaign: &str, site: &str, source: &str, column: &str| {
        let mine = answers.iter().filter(|r| {
            r["campagne"] == campaign && r["structure"] == site && r["source"] == source
        });
        let values: std::collections::BTreeSet<&str> = mine.map(|r| r[column].as_str()).collect();
        values.len()
    };
    let session = |site: &str, element: &str, value: &str| {
        answers.iter().any(|r| {
            r["structure"] == site && r["element"] == element && r["valeur_brute"] == value
        })
    };
    let figure = |site: &str, code: &str| {
        let mine = figures
            .iter()
            .find(|r| r["structure"] == site && r["code"] == code);
        mine.map(|r| r["valeur"].clone())
    };
    // Two observers at R02; no self-assessment of P05; six families at P06; four posts at P02.
    assert_eq!(distinct("C1", "R02", "OBS", "observateur"), 2);
    assert_eq!(distinct("C1", "P05", "AUT", "element"), 0);
    assert_eq!(distinct("C1", "P06", "FAM", "repondant"), 6);
    assert!(session("P02", "animateurs", "4"));
    // Travel to the canteen, a director who counts, three children with AEEH, two addresses.
    assert!(session("P03", "trajet", "oui"));
    assert!(session("R05", "directeur_compte", "oui"));
    assert_eq!(figure("R04", "I13a").as_deref(), Some("3.000000"));
    let addresses: std::collections::BTreeSet<&str> = answers
        .iter()
        .filter(|r| r["structure"] == "P09" && r["visite"].starts_with("seance"))
        .filter_map(|r| r["visite"].splitn(4, ' ').nth(3))
        .collect();
    assert_eq!(addresses.len(), 2, "{addresses:?}");
    // R03 opens in holidays only, and is visited then; P10 is out of the law of accueils.
    assert!(answers.iter().all(|r| r["structure"] != "R03"
        || r["element"] != "temps"
        || r["valeur_brute"] == "extrascolaire"));
    let day = |campaign: &str, date: &str| {
        answers.iter().any(|r| {
            r["campagne"] == campaign
                && r["structure"] == "R03"
                && r["source"] == "OBS"
                && r["date"] == date
        })
    };
    assert!(day("C1", "2026-07-08") && day("C2", "2026-10-22"));
    for code in ["SEC-1", "SEC-2", "SEC-3", "I04"] {
        assert_eq!(figure("P10", code), None, "{code}");
    }
    // One closes, one opens.
    let active = |campaign: &str, site: &str| distinct(campaign, site, "OBS", "visite") > 0;
    assert!(active("C1", "P07") && !active("C2", "P07"));
    assert!(!active("C1", "P08") && active("C2", "P08"));
}
