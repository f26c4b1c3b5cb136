//! Answers drawn straight into the store are those of any import: as many as asked for, the same from
//! the same seed, each in its place.

use crate::atelier::{Atelier, files};

/// Sixty centres: two batches of threads, so that positions are counted on from one to the next.
fn drawn(seed: &str) -> Atelier {
    drawn_of(["60", "30000"], seed)
}

fn drawn_of([structures, answers]: [&str; 2], seed: &str) -> Atelier {
    let atelier = Atelier::empty();
    let simulate = ["simuler", "observatoire", "--structures", structures];
    let direct = ["--campagnes", "2", "--reponses", answers, "--direct"];
    let answer = atelier.raw(&[&simulate[..], &direct[..], &["--graine", seed]].concat());
    assert_eq!(answer.code, 0, "{}", answer.stderr);
    atelier
}

fn imports(atelier: &Atelier) -> Vec<String> {
    let all = files(&atelier.root().join("data/store/imports"));
    all.into_iter()
        .filter(|f| f.ends_with("reponses.parquet"))
        .collect()
}

#[test]
fn the_same_seed_gives_the_same_bytes() {
    let (one, same, other) = (drawn("7"), drawn("7"), drawn("8"));
    assert_eq!(imports(&one).len(), 2);
    // Folders bear the name of their content.
    assert_eq!(imports(&one), imports(&same));
    assert_ne!(imports(&one), imports(&other));
}

#[test]
fn answers_are_as_many_as_asked_and_read_back_in_their_place() {
    let atelier = drawn("7");
    let export = ["exporter", "observations", "--campagne", "C2"];
    let table = atelier.run(&[&export[..], &["--format", "csv"]].concat());
    assert_eq!(table.code, 0, "{}", table.stderr);
    let text = table.stdout.trim_start_matches('\u{feff}');
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let headings = reader.headers().expect("headings").clone();
    let column = |name: &str| {
        let position = headings.iter().position(|h| h == name);
        position.unwrap_or_else(|| panic!("{name}: {headings:?}"))
    };
    let [source, statut, element, value, reason] =
        ["source", "statut", "element", "valeur_brute", "commentaire"].map(column);
    let (mut answers, mut reasons) = (0, 0);
    for row in reader.records() {
        let row = row.expect("a row");
        if &row[source] == "DON" {
            continue;
        }
        answers += 1;
        assert!(row[element].contains(&row[source]), "{row:?}");
        assert_eq!(&row[statut] == "nc", &row[value] == "NC", "{row:?}");
        // A reason stands beside its own answer, and there only.
        assert_eq!(&row[statut] == "nc", !row[reason].is_empty(), "{row:?}");
        reasons += usize::from(!row[reason].is_empty());
    }
    assert_eq!(answers, 30_000);
    assert!(reasons > 10, "{reasons}");
}

#[test]
fn nothing_that_a_store_is_made_of_is_missing() {
    let atelier = drawn_of(["3", "1500"], "7");
    let deep = atelier.run(&["verifier", "--profond"]);
    assert_eq!(deep.code, 0, "{}", deep.stderr);
}

#[test]
fn every_source_gives_figures_and_nothing_is_refused() {
    let atelier = drawn("7");
    let figures = atelier.run(&["indicateurs", "--campagne", "C1", "--format", "csv"]);
    assert_eq!(figures.code, 0, "{}", figures.stderr);
    for source in ["OBS", "AUT", "DIR", "FAM", "ENF", "EQP"] {
        let scored = format!(",{source},");
        let ok = |line: &&str| line.contains(&scored) && line.contains(",ok");
        assert!(figures.stdout.lines().any(|l| ok(&l)), "{source}");
    }
}
