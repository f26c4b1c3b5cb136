//! Interviews that two people mark: the second grid stands beside the first, the figures rest on both, and what the
//! two differ by says what a mark is worth.

use std::collections::HashMap;

use observatoire::forms::{FilledRating, FormIdentity, write};
use observatoire::vocabulary::referentiel::{Referentiel, SourceCode, StructureType, parse};
use serde_json::Value;

use crate::atelier::Atelier;
use crate::fixtures::sheet;
use crate::naive::rows;

/// Declared by the référentiel: one mark of an interview from a person to another.
const DECLARED: f64 = 0.4;

fn referentiel(atelier: &Atelier) -> Referentiel {
    let path = atelier.root().join("grids/referentiel-v2.toml");
    let text = std::fs::read_to_string(path).expect("the référentiel");
    parse("v2", &text).expect("the référentiel")
}

/// What the first coder wrote of an accueil in C2, by élément.
fn first(atelier: &Atelier, structure: &str) -> HashMap<String, FilledRating> {
    let answer = atelier.run(&["exporter", "observations", "--campagne", "C2", "--brut"]);
    assert_eq!(answer.code, 0, "{}", answer.stderr);
    let own = rows(&answer.stdout).into_iter();
    let own = own.filter(|r| r["structure"] == structure && r["source"] == "DIR");
    own.map(|r| {
        (
            r["element"].clone(),
            FilledRating::new(r["valeur_brute"].clone(), r["commentaire"].clone()),
        )
    })
    .collect()
}

fn kind(atelier: &Atelier, structure: &str) -> StructureType {
    let registry = std::fs::read_to_string(atelier.root().join("data/structures.csv"));
    let registry = registry.expect("a registry");
    let mut lines = registry
        .lines()
        .map(|l| l.split(',').collect::<Vec<&str>>());
    let own = lines.find(|l| l[0] == structure).expect("registered");
    own[2].parse().expect("a type")
}

/// Our own form, filled by a second coder (by nobody in particular when empty).
fn grid(
    atelier: &Atelier,
    structure: &str,
    coder: &str,
    marks: &HashMap<String, FilledRating>,
) -> Vec<u8> {
    let identity = FormIdentity {
        code: structure.into(),
        date: "2026-11-20".into(),
        observer: coder.into(),
        ..FormIdentity::default()
    };
    let kind = kind(atelier, structure);
    write(
        &referentiel(atelier),
        SourceCode::Dir,
        kind,
        &identity,
        marks,
        false,
    )
    .expect("a form")
}

/// `times` marks moved by one level, in the order of codes; their éléments.
fn moved(marks: &mut HashMap<String, FilledRating>, times: usize) -> Vec<String> {
    let mut codes: Vec<String> = marks.keys().cloned().collect();
    codes.sort_unstable();
    let on_levels = |code: &String| ["3", "4"].contains(&marks[code].rating.as_str());
    let chosen: Vec<String> = codes.into_iter().filter(on_levels).take(times).collect();
    assert_eq!(chosen.len(), times);
    for code in &chosen {
        let mark = marks.get_mut(code).expect("a mark");
        let other = if mark.rating == "3" { "4" } else { "3" };
        other.clone_into(&mut mark.rating);
    }
    chosen
}

fn import(atelier: &Atelier, name: &str, bytes: &[u8]) -> (i32, Value) {
    let path = atelier.write(name, bytes);
    atelier.json(&["importer", &path, "--campagne", "C2"])
}

fn codes(said: &Value) -> Vec<&str> {
    let all = said["diagnostics"].as_array().into_iter().flatten();
    all.filter_map(|d| d["code"].as_str()).collect()
}

/// The sentences of « Entretiens codés à deux », and its last line.
fn reliability(atelier: &Atelier) -> (String, Value) {
    let (exit, said) = atelier.json(&["fidelite", "--campagne", "C2"]);
    assert_eq!(exit, 0, "{said}");
    let sections = said["resultat"]["sections"].as_array().expect("sections");
    let own = sections
        .iter()
        .find(|s| s["titre"] == "Entretiens codés à deux");
    let own = own.expect("a section");
    let lines = own["lignes"].as_array().expect("lines");
    (
        own["phrases"]
            .to_string()
            .replace(['\u{a0}', '\u{202f}'], " "),
        lines.last().cloned().unwrap_or_default(),
    )
}

fn dir_levels(atelier: &Atelier, structure: &str) -> HashMap<String, String> {
    let answer = atelier.run(&["indicateurs", "--campagne", "C2"]);
    assert_eq!(answer.code, 0, "{}", answer.stderr);
    let own = rows(&answer.stdout).into_iter();
    let own = own.filter(|r| {
        r["structure"] == structure && r["source"] == "DIR" && r["niveau"] == "element"
    });
    own.map(|r| (r["code"].clone(), r["valeur"].clone()))
        .collect()
}

#[test]
fn a_second_coder_stands_beside_the_first_and_measures_the_marks() {
    let atelier = Atelier::demo();
    let (before, _) = reliability(&atelier);
    assert!(
        before.contains("aucun codé à deux") && before.contains("0,40 niveau"),
        "{before}"
    );
    let was = dir_levels(&atelier, "R02");
    let mut marks = first(&atelier, "R02");
    let both = marks.len();
    let chosen = moved(&mut marks, 10);
    let second = grid(&atelier, "R02", "O2", &marks);
    let (exit, said) = import(&atelier, "DIR_R02_O2.xlsx", &second);
    assert_eq!(exit, 0, "{said}");
    // Nothing of the first was replaced: each moved mark is halfway, the others are as they were.
    let now = dir_levels(&atelier, "R02");
    assert_eq!(was.len(), now.len());
    for (code, level) in &was {
        let (Ok(was), Ok(now)) = (level.parse::<f64>(), now[code].parse::<f64>()) else {
            assert_eq!(level, &now[code], "{code}");
            continue;
        };
        let expected = if chosen.contains(code) { 0.5 } else { 0.0 };
        assert!(
            ((now - was).abs() - expected).abs() < 1e-9,
            "{code} {was} {now}"
        );
    }
    // Sums by hand: ten pairs a level apart are 10 × 0,5; every élément marked by both is one degree of freedom.
    let (words, all) = reliability(&atelier);
    assert!(words.contains("1 entretien codé sur"), "{words}");
    let pairs = all["elements_notes"].as_u64().expect("a count") as f64;
    assert!(pairs > 30.0 && pairs <= both as f64);
    assert!((all["accord_exact"].as_f64().expect("a share") - (pairs - 10.0) / pairs).abs() < 1e-9);
    let measured = format!("{:.2}", (5.0 / pairs).sqrt()).replace('.', ",");
    assert!(
        words.contains(&format!("{measured} niveau mesuré")),
        "{words}"
    );
    // One pair of coders narrows no margin.
    assert!(
        words.contains("retiennent 0,40") && words.contains("jamais les resserrer"),
        "{words}"
    );
    let mut sum = 5.0;
    let mut freedom = pairs;
    for (site, times) in [("R03", 4), ("R01", 0)] {
        let mut marks = first(&atelier, site);
        moved(&mut marks, times);
        let name = format!("DIR_{site}_O2.xlsx");
        let (exit, said) = import(&atelier, &name, &grid(&atelier, site, "O2", &marks));
        assert_eq!(exit, 0, "{said}");
        // Marks that are the first's, one by one, are told to a person.
        assert_eq!(codes(&said).contains(&"VIS-530"), times == 0, "{said}");
        sum += 0.5 * f64::from(times as u32);
    }
    let (words, all) = reliability(&atelier);
    freedom = all["elements_notes"].as_u64().map_or(freedom, |n| n as f64);
    let retained = ((sum + 20.0 * DECLARED * DECLARED) / (freedom + 20.0)).sqrt();
    let retained = format!("retiennent {retained:.2}").replace('.', ",");
    assert!(
        words.contains(&retained) && !words.contains("jamais"),
        "{retained} {words}"
    );
    let explained = atelier.run(&["expliquer", "C2/R01/PRO-1"]).stdout;
    assert!(
        explained.contains("mesuré sur les entretiens codés à deux"),
        "{explained}"
    );
}

#[test]
fn a_second_coder_survives_a_purge_without_a_name() {
    let atelier = Atelier::demo();
    let mut marks = first(&atelier, "R01");
    moved(&mut marks, 10);
    let second = grid(&atelier, "R01", "Z7793", &marks);
    assert_eq!(import(&atelier, "DIR_R01_bis.xlsx", &second).0, 0);
    let (was, of) = (dir_levels(&atelier, "R01"), reliability(&atelier).1);
    let purge = ["purger", "--avant", "2030-01-01", "--confirmer"];
    let answer = atelier.run(&purge);
    assert_eq!(answer.code, 0, "{}", answer.stderr);
    assert_eq!(dir_levels(&atelier, "R01"), was);
    assert_eq!(reliability(&atelier).1, of);
    for name in crate::atelier::files(&atelier.root().join("data/store")) {
        let bytes = std::fs::read(atelier.root().join("data/store").join(&name)).expect("bytes");
        // Five signs: three come by chance in bytes that are packed.
        let holds = bytes.windows(5).any(|w| w.eq_ignore_ascii_case(b"z7793"));
        assert!(!holds, "{name}");
    }
}

#[test]
fn a_second_coder_is_a_code_and_two_first_grids_are_a_question() {
    let atelier = Atelier::demo();
    let was = dir_levels(&atelier, "R01");
    let mut marks = first(&atelier, "R01");
    moved(&mut marks, 10);
    let named = grid(&atelier, "R01", "Mme Durand", &marks);
    let (exit, said) = import(&atelier, "a/DIR_R01.xlsx", &named);
    assert_eq!(exit, 1);
    assert!(
        codes(&said).contains(&"VIS-529") && !said.to_string().contains("Durand"),
        "{said}"
    );
    let one = atelier.write("b/un.xlsx", &grid(&atelier, "R01", "", &marks));
    moved(&mut marks, 3);
    let two = atelier.write("b/deux.xlsx", &grid(&atelier, "R01", "", &marks));
    let (exit, said) = atelier.json(&["importer", &one, &two, "--campagne", "C2"]);
    assert_eq!(exit, 1);
    assert!(
        said.to_string()
            .contains("case « Second codeur » de sa grille"),
        "{said}"
    );
    assert_eq!(dir_levels(&atelier, "R01"), was);
}

/// A hand-made grid and a table of answers say it too; elsewhere than in an interview the words are nobody's code.
#[test]
fn any_layout_may_name_a_second_coder() {
    let atelier = Atelier::demo();
    let marks = first(&atelier, "R01");
    let mut codes: Vec<&String> = marks.keys().collect();
    codes.sort_unstable();
    codes.retain(|c| ["3", "4"].contains(&marks[*c].rating.as_str()));
    let r = referentiel(&atelier);
    let scored = |c: &&String| {
        r.element(c)
            .is_some_and(|e| !r.scales[r.elements[e].scale].is_finding())
    };
    codes.retain(scored);
    let other = |code: &String| if marks[code].rating == "3" { "4" } else { "3" };
    let mut lines: Vec<Vec<&str>> = vec![
        vec!["Accueil", "R01"],
        vec!["Date", "20/11/2026"],
        vec!["Second codeur :", "O3"],
        vec![],
        vec!["Code", "Note"],
    ];
    lines.extend(codes.iter().map(|c| vec![c.as_str(), other(c)]));
    let lines: Vec<&[&str]> = lines.iter().map(Vec::as_slice).collect();
    let (exit, said) = import(&atelier, "entretien.xlsx", &sheet("Entretien", &lines));
    assert_eq!(exit, 0, "{said}");
    let (words, all) = reliability(&atelier);
    assert!(words.contains("1 entretien codé sur"), "{words}");
    assert_eq!(all["elements_notes"].as_u64(), Some(codes.len() as u64));
    let mut heads = vec!["Structure", "Date", "Code du second codeur"];
    heads.extend(codes.iter().map(|c| c.as_str()));
    let mut row = vec!["R02", "2026-11-20", "O3"];
    row.extend(codes.iter().map(|c| other(c)));
    let (exit, said) = import(
        &atelier,
        "reponses.xlsx",
        &sheet("Réponses", &[&heads, &row]),
    );
    assert_eq!(exit, 0, "{said}");
    assert!(reliability(&atelier).0.contains("2 entretiens codés sur"));
}
