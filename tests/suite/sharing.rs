//! Aggregates that a territory shares: the same figures as from its answers, and no answer in them.

use crate::atelier::{Atelier, files};

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
    described["territoire"].as_str().expect("a name").to_owned()
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
