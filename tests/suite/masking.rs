//! `verifier --public`: what will be masked and why, before anything is written; thresholds in
//! the settings.

use calamine::{Data, Reader, Xlsx};

use crate::atelier::{Atelier, files};

#[test]
fn the_plan_of_masking_is_shown_before_anything_is_written() {
    let atelier = Atelier::demo();
    let before = files(&atelier.root());
    let plan = atelier.root().join("plan.xlsx");
    let plan = plan.to_string_lossy();
    let answer = atelier.run(&[
        "verifier",
        "--public",
        "elus",
        "--campagne",
        "C1",
        "--sortie",
        &plan,
    ]);
    assert_eq!(answer.code, 0, "{}", answer.stderr);
    assert!(
        answer.stdout.contains("ce qui sera masqué aux élus"),
        "{}",
        answer.stdout
    );
    assert!(
        answer.stdout.contains("effectif trop faible"),
        "{}",
        answer.stdout
    );
    let said = format!("{}{}", answer.stdout, answer.stderr);
    assert!(
        said.contains("chiffres sont masqués pour protéger les personnes"),
        "{said}"
    );
    let mut after = files(&atelier.root());
    after.retain(|f| f != "plan.xlsx");
    assert_eq!(before, after);

    let (_, json) = atelier.json(&["verifier", "--public", "elus", "--campagne", "C1"]);
    let cells = json["resultat"]["masques"]
        .as_array()
        .expect("cells")
        .clone();
    let counted: u64 = json["resultat"]["par_raison"]
        .as_object()
        .expect("reasons")
        .values()
        .map(|n| n.as_u64().expect("a number"))
        .sum();
    assert_eq!(counted as usize, cells.len());
    let bytes = std::fs::read(atelier.root().join("plan.xlsx")).expect("written");
    let mut book = Xlsx::new(std::io::Cursor::new(bytes)).expect("a workbook");
    let sheet = book.worksheet_range("Masquage").expect("a sheet");
    assert_eq!(sheet.rows().count(), cells.len() + 1);
    assert!(
        sheet
            .rows()
            .all(|r| r.iter().all(|c| matches!(c, Data::String(_) | Data::Empty)))
    );
    // Staff is never shown by site to elected people, whatever its number.
    let staff = cells.iter().find(|c| c["source"] == "EQP").expect("staff");
    assert_eq!(staff["raison"], "public");
    // Every figure masked for the sake of others says which.
    let derived = cells
        .iter()
        .filter(|c| c["raison"] == "deduction" && c["lieu"] != "territoire");
    assert!(
        derived.clone().count() > 0 && derived.clone().all(|c| c["protege"] != ""),
        "{cells:?}"
    );
}

/// Every hidden mean and count of the example, for each reader, under all that is published at once.
#[test]
fn the_audit_finds_nothing_hidden_in_the_example() {
    let atelier = Atelier::demo();
    for campaign in ["C1", "C2"] {
        for public in ["equipe", "elus", "familles", "renouvellement"] {
            let ask = ["verifier", "--public", public, "--campagne", campaign];
            let (code, json) = atelier.json(&ask);
            assert_eq!(code, 0);
            let plan = &json["resultat"];
            assert_eq!(
                plan["retrouves"],
                serde_json::json!([]),
                "{campaign} {public}"
            );
            assert!(plan["eprouves"].as_u64() > Some(20), "{campaign} {public}");
        }
    }
}

/// `verifier --profond` does the same for every campaign and audience.
#[test]
fn the_deep_check_audits_every_audience_of_every_campaign() {
    let atelier = Atelier::demo();
    let (code, json) = atelier.json(&["verifier", "--profond"]);
    assert_eq!(code, 0, "{json:#}");
    let audits = json["resultat"]["masquage"].as_array().expect("audits");
    assert_eq!(audits.len(), 10);
    for audit in audits {
        assert_eq!(audit["retrouves"], serde_json::json!([]), "{audit}");
        assert!(audit["eprouves"].as_u64() > Some(20), "{audit}");
    }
    let told = atelier.run(&["verifier", "--profond"]);
    assert!(
        told.stdout.contains("aux familles") && told.stderr.contains("aucun ne se retrouve"),
        "{}{}",
        told.stdout,
        told.stderr
    );
    // What is not whole is not computed from.
    let store = atelier.root().join("data/store");
    let kept = files(&store);
    let table = kept.iter().find(|name| crate::atelier::is(name, "parquet"));
    let path = store.join(table.expect("a table"));
    let mut bytes = std::fs::read(&path).expect("bytes");
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    std::fs::write(&path, bytes).expect("written");
    let (code, json) = atelier.json(&["verifier", "--profond"]);
    assert_eq!(code, 1, "{json:#}");
    assert!(json["resultat"]["masquage"].is_null(), "{json:#}");
}

/// A territory of 35 small centres is decided, and nothing of it is given back, whoever reads. How long
/// it takes is for `cargo bench --bench masquage` to say.
#[test]
fn a_territory_of_35_centres_gives_nothing_back() {
    let atelier = Atelier::empty();
    let at = atelier.root().to_string_lossy().into_owned();
    let small = ["--graine", "7", "--reponses", "9", &at];
    let asked = ["simuler", "--structures", "35", "--campagnes", "2"];
    let made = atelier.raw(&[&asked[..], &small].concat());
    assert_eq!(made.code, 0, "{}", made.stderr);
    for campaign in ["C1", "C2"] {
        let raw = atelier.root().join("data/brut").join(campaign);
        let raw = raw.to_string_lossy();
        let answer = atelier.run(&["importer", &raw, "--campagne", campaign]);
        assert_eq!(answer.code, 0, "{}", answer.stderr);
    }
    for public in ["equipe", "elus", "familles"] {
        let (code, json) = atelier.json(&["verifier", "--public", public]);
        assert_eq!(code, 0, "{json:#}");
        let tried = json["resultat"]["eprouves"].as_u64().expect("a number");
        println!("35 accueils, {public} : {tried} cachés, décidés et éprouvés");
        assert!(tried > 300, "{tried}");
        assert_eq!(json["resultat"]["retrouves"], serde_json::json!([]));
    }
}

#[test]
fn a_report_says_how_many_figures_are_masked() {
    let atelier = Atelier::demo();
    let answer = atelier.run(&["rapport", "--campagne", "C1", "--public", "elus"]);
    assert_eq!(answer.code, 0, "{}", answer.stderr);
    assert!(answer.stdout.contains("aux élus : "), "{}", answer.stdout);
    assert!(
        answer
            .stdout
            .contains("masqués pour protéger les personnes"),
        "{}",
        answer.stdout
    );
    assert!(!deliveries_to(&atelier, "elus").is_empty());
}

#[test]
fn thresholds_come_from_the_settings_and_mistakes_are_explained() {
    let plan = |extra: &str| {
        let atelier = Atelier::demo();
        let path = atelier.root().join("observatoire.toml");
        let text = std::fs::read_to_string(&path).expect("settings");
        std::fs::write(&path, format!("{text}\n{extra}\n")).expect("written");
        let answer = atelier.run(&[
            "--json",
            "verifier",
            "--public",
            "renouvellement",
            "--campagne",
            "C1",
        ]);
        (answer.code, answer.stdout, answer.stderr)
    };
    let masked = |json: &str| {
        let json: serde_json::Value = serde_json::from_str(json).expect("JSON");
        json["resultat"]["masques"].as_array().expect("cells").len()
    };
    let (_, usual, _) = plan("");
    let (_, strict, _) = plan("[publics.elus]\nrepondants = 40");
    assert!(masked(&strict) > masked(&usual));
    for (extra, expected) in [
        (
            "[publics.eluss]\nrepondants = 10",
            "le plus proche est « elus »",
        ),
        ("[publics.elus]\nrepondants = 2", "au moins 3 réponses"),
        ("[publics.elus]\nseuil = 10", "seuil"),
        ("[publics.elus]\nmarge_niveau = 9", "marge_niveau"),
    ] {
        let (code, _, said) = plan(extra);
        assert_eq!(code, 3, "{said}");
        assert!(said.contains(expected), "{said}");
    }
}

/// Figures that the last delivery to elected people repeats, by the log.
fn repeated_to_elus(atelier: &Atelier) -> u64 {
    let last = deliveries_to(atelier, "elus").pop().expect("a delivery");
    last["livraisons"][0]["repris"].as_u64().expect("a number")
}

/// Files of the log about an audience, in order.
pub fn deliveries_to(atelier: &Atelier, public: &str) -> Vec<serde_json::Value> {
    let dir = atelier.root().join("data/livraisons");
    let mut all: Vec<serde_json::Value> = files(&dir)
        .iter()
        .filter(|name| *name != "journal.json" && crate::atelier::is(name, "json"))
        .map(|name| std::fs::read_to_string(dir.join(name)).expect("readable"))
        .map(|text| serde_json::from_str(&text).expect("JSON"))
        .collect();
    all.retain(|d| d["livraisons"][0]["public"] == public);
    all.sort_by_key(|d| d["rang"].as_u64());
    all
}

#[test]
fn the_log_counts_what_repeats_whatever_audiences_are_asked() {
    let mut counts = Vec::new();
    for public in [&["--public", "elus"][..], &[]] {
        let atelier = Atelier::demo();
        assert_eq!(repeated_to_elus(&atelier), 0);
        let name = "data/exemple/C2/results-survey998101.csv";
        let mut late = std::fs::read_to_string(atelier.root().join(name)).expect("families");
        for id in 301..305 {
            let line = format!(
                "\"{id}\";\"2026-11-20 10:00:00\";\"3\";\"fr\";\"{id}\";\"R01\";\"AO02\";\"AO02\";\"AO01\";\"AO02\";\"AO03\";\"AO02\";\"\"\r\n"
            );
            late.push_str(&line);
        }
        let path = atelier.write(name, late.as_bytes());
        let answer = atelier.run(&["importer", &path, "--campagne", "C2"]);
        assert_eq!(answer.code, 0, "{}", answer.stderr);
        let ask = ["verifier", "--public", "elus", "--date", "2026-12-16"];
        let (_, foreseen) = atelier.json(&ask);
        let mut command = vec!["rapport", "--date", "2026-12-16", "--format", "html"];
        command.extend(public);
        let answer = atelier.run(&command);
        assert_eq!(answer.code, 0, "{}", answer.stderr);
        let repeated = repeated_to_elus(&atelier);
        assert_eq!(foreseen["resultat"]["repris"].as_u64(), Some(repeated));
        counts.push(repeated);
    }
    assert!(counts[0] > 0 && counts[0] == counts[1], "{counts:?}");
}
