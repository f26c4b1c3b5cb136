//! A past day printed again is what was known that day, byte for byte, whatever was edited, imported or taken away since:
//! registers, the convention, questionnaires, series and communes; settings, accueils, targets, imports, plans, contributions
//! and exchanges of data.

use std::collections::BTreeSet;

use observatoire::base::diagnostics::Code;

use super::edited;
use super::random_registers::Dice;
use crate::atelier::{Atelier, files};

const DAY: &str = "2026-07-15";

/// Documents and tables of the day.
fn printed(demo: &Atelier, rank: usize) -> Vec<(String, Vec<u8>)> {
    let out = demo.root().join(format!("relu-{rank}"));
    let folder = out.to_string_lossy();
    let documents: [&[&str]; 6] = [
        &["ctg", "suivi", "--trimestre", "2026-T2"],
        &["ctg", "gouvernance", "--annee", "2026"],
        &["ctg", "territoire", "--annee", "2026"],
        &["ctg", "bilan", "--type", "final"],
        &["ctg", "experimentation", "EXP1"],
        &["ctg", "seance", "T-012"],
    ];
    let mut all = Vec::new();
    for (i, asked) in documents.iter().enumerate() {
        for audience in ["equipe_projet", "copil"] {
            let own = format!("{folder}/{i}-{audience}");
            let mut asked = asked.to_vec();
            asked.extend(["--public", audience, "--date", DAY, "--sortie", &own]);
            if i < 3 {
                asked.extend(["--format", "html,xlsx"]);
            } else if i < 5 {
                asked.extend(["--format", "html"]);
            }
            let answer = demo.run(&asked);
            assert_eq!(answer.code, 0, "{asked:?}: {}", answer.stderr);
        }
    }
    for name in files(&out).into_iter().filter(|n| !n.contains("/.")) {
        all.push((
            name.clone(),
            std::fs::read(out.join(&name)).expect("written"),
        ));
    }
    let tables: [&[&str]; 6] = [
        &["ctg", "indicateurs", "--periode", "C1", "--date", DAY],
        &["ctg", "verifier", "--date", DAY],
        &["echange", "lister", "--date", DAY],
        &["ctg", "indicateurs", "--periode", "2026-T2", "--date", DAY],
        &["ctg", "indicateurs", "--periode", "2026", "--date", DAY],
        &["expliquer", "CTG/G07/2026-T2", "--date", DAY],
    ];
    for asked in tables {
        all.push((asked.join(" "), demo.run(asked).stdout.into_bytes()));
    }
    all
}

/// One thing more that happens after the day.
fn later(demo: &Atelier, dice: &mut Dice) -> &'static str {
    let path = |name: &str| demo.root().join(name);
    let text = |name: &str| std::fs::read_to_string(path(name)).expect("a file");
    match dice.below(13) {
        0 => {
            let edited = text("ctg/convention.toml").replace("cible = 0.7", "cible = 0.9");
            demo.write("ctg/convention.toml", edited.as_bytes());
            "une cible"
        }
        1 => {
            let edited = text("ctg/convention.toml")
                .replace(
                    "libelle = \"Réunions de pilotage",
                    "libelle = \"Réunions utiles, de pilotage",
                )
                .replace(
                    "intitule = \"Soutenir les parents",
                    "intitule = \"Mieux soutenir les parents",
                );
            demo.write("ctg/convention.toml", edited.as_bytes());
            "des libellés"
        }
        2 => {
            let own = text("ctg/convention.toml");
            if let Some((head, rest)) = own.split_once("code = \"G11\"") {
                let head = head.rsplit_once("[[indicateurs]]").expect("a head").0;
                let rest = rest.split_once("[[indicateurs]]").expect("another").1;
                let shorter = format!("{head}[[indicateurs]]{rest}");
                demo.write("ctg/convention.toml", shorter.as_bytes());
            }
            "un indicateur en moins"
        }
        3 => {
            let own = text("data/contexte.csv");
            let kept: Vec<&str> = own.lines().take(1 + dice.below(40)).collect();
            demo.write("data/contexte.csv", (kept.join("\n") + "\n").as_bytes());
            "des séries"
        }
        4 => {
            if path("data/communes.csv").is_file() {
                std::fs::remove_file(path("data/communes.csv")).expect("taken away");
            }
            "les communes"
        }
        5 => {
            let edited = text("ctg/enquetes/outils.toml").replace("Les outils", "Nos outils");
            demo.write("ctg/enquetes/outils.toml", edited.as_bytes());
            "une enquête"
        }
        6..=11 => later_in_the_observatory(demo, dice),
        _ => {
            let out = path("suivi.xlsx");
            let exported = ["ctg", "exporter", "--sortie", &*out.to_string_lossy()];
            assert_eq!(demo.run(&exported).code, 0);
            let bytes = std::fs::read(&out).expect("written");
            let hours = (1 + dice.below(9)).to_string();
            let row = 2 + dice.below(20) as u32;
            let cells: [(&str, u32, u16, &str); 1] = [("Temps", row, 8, hours.leak())];
            let path = demo.write("rempli.xlsx", &edited(&bytes, &cells));
            let answer = demo.run(&["ctg", "importer", &path]);
            assert_eq!(answer.code, 0, "{}", answer.stderr);
            "le suivi"
        }
    }
}

/// The same outside the convention.
fn later_in_the_observatory(demo: &Atelier, dice: &mut Dice) -> &'static str {
    let path = |name: &str| demo.root().join(name);
    let text = |name: &str| std::fs::read_to_string(path(name)).expect("a file");
    match dice.below(6) {
        0 => {
            let own = text("data/structures.csv");
            let edited = own
                .replacen(",oui,", ",non,", 1)
                .replacen(",36,", ",35,", 1);
            demo.write("data/structures.csv", edited.as_bytes());
            "les accueils"
        }
        1 => {
            let own = text("observatoire.toml");
            let edited = own.replace("fin = \"2026-07-03\"", "fin = \"2026-07-04\"");
            demo.write("observatoire.toml", edited.as_bytes());
            "la fin d’une campagne"
        }
        2 => {
            let level = 2.0 + dice.below(15) as f64 / 10.0;
            let layer = format!(
                "[[cibles]]\ncode = \"REL-2\"\ncible = {level:.1}\ndecision = \"2026-05-01\"\n"
            );
            demo.write("grids/local.toml", layer.as_bytes());
            "une cible du territoire"
        }
        3 => {
            // Taken back the first time, brought again by the next: neither was known that day.
            let files = path("data/exemple/C1").to_string_lossy().into_owned();
            if demo.run(&["annuler", "I001"]).code != 0 {
                demo.run(&["importer", &files, "--campagne", "C1"]);
            }
            "un import"
        }
        4 => {
            let edited = text("ctg/textes/contributions.md").replacen("probable", "établi", 1);
            demo.write("ctg/textes/contributions.md", edited.as_bytes());
            "une contribution"
        }
        _ => {
            let edited = text("ctg/echanges.toml").replace("favorable avec réserves", "favorable");
            demo.write("ctg/echanges.toml", edited.as_bytes());
            "un échange"
        }
    }
}

#[test]
fn a_past_day_is_printed_again_whatever_came_since() {
    let times = std::env::var("OBSERVATOIRE_PASSE").ok();
    let times: u64 = times.and_then(|n| n.parse().ok()).unwrap_or(2);
    let (mut changes, mut bytes) = (Vec::new(), 0);
    for seed in 0..times {
        let demo = Atelier::demo();
        let before = printed(&demo, 0);
        let mut dice = Dice::new(seed + 71);
        for round in 0..3 {
            for _ in 0..=dice.below(3) {
                changes.push(later(&demo, &mut dice));
            }
            let again = printed(&demo, round + 1);
            assert_eq!(before.len(), again.len());
            for ((name, one), (_, other)) in before.iter().zip(&again) {
                assert!(one == other, "{name} after {changes:?}");
                bytes += one.len();
            }
        }
    }
    println!(
        "{times} observatoires, {} changements plus tard ({}), {bytes} octets relus : les mêmes",
        changes.len(),
        changes
            .iter()
            .collect::<BTreeSet<_>>()
            .into_iter()
            .copied()
            .collect::<Vec<_>>()
            .join(", ")
    );
}

/// Today's convention counts today; who asks for an earlier day is told that a file has changed since.
#[test]
fn a_file_that_has_changed_since_is_told() {
    let demo = Atelier::demo();
    let own = std::fs::read_to_string(demo.root().join("ctg/convention.toml")).expect("a file");
    let asked = ["ctg", "indicateurs", "--periode", "2026-T2"];
    let past = [&asked[..], &["--date", DAY]].concat();
    let told = |answer: &serde_json::Value| {
        let all = answer["diagnostics"].as_array().expect("a list").iter();
        all.filter(|d| d["code"] == Code::WrittenSince.as_str())
            .count()
    };
    let (_, before) = demo.json(&past);
    // Questionnaires of the example came after that day.
    let others = told(&before);
    let edited = own.replace("cible = 0.7", "cible = 0.9");
    demo.write("ctg/convention.toml", edited.as_bytes());
    let (_, now) = demo.json(&asked);
    let (_, after) = demo.json(&past);
    assert_eq!((told(&now), told(&after)), (0, others + 1), "{after:#}");
    assert_eq!(before["resultat"], after["resultat"]);
    assert_ne!(now["resultat"], after["resultat"]);
}

/// A kept version that somebody edited is not believed.
#[test]
fn a_version_that_was_edited_is_refused() {
    let demo = Atelier::demo();
    let kept = demo.root().join("data/ctg/versions");
    let name = files(&kept)
        .into_iter()
        .find(|n| n.ends_with("-convention.toml"));
    let path = kept.join(name.expect("a version"));
    let text = std::fs::read_to_string(&path).expect("a text");
    std::fs::write(&path, text.replace("0.7", "0.8")).expect("written");
    let deep = demo.run(&["verifier", "--profond"]);
    let said = deep.stdout + &deep.stderr;
    let file = path.file_name().expect("a name").to_string_lossy();
    assert!(deep.code != 0 && said.contains(&*file), "{said}");
    let answer = demo.run(&["ctg", "indicateurs", "--date", DAY]);
    assert_ne!(answer.code, 0);
    assert!(answer.stderr.contains("sauvegarde"), "{}", answer.stderr);
}
