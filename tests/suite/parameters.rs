//! What reports and commands say follows the référentiel: no sentence keeps a number that the file
//! has changed.

use std::path::Path;

use crate::atelier::{Atelier, files, is};

/// A parameter as shipped, as changed here, and words that only the first may make.
struct Change {
    shipped: &'static str,
    changed: &'static str,
    stale: &'static [&'static str],
    fresh: &'static str,
}

const CHANGES: [Change; 2] = [
    Change {
        shipped: "mic = 0.3 ",
        changed: "mic = 0.6 ",
        stale: &["0,3 niveau et", "atteint 0,3 niveau", "minimal : 0,3"],
        fresh: "0,6 niveau",
    },
    Change {
        shipped: "couverture_axe = \"2/3\"",
        changed: "couverture_axe = \"1/2\"",
        stale: &["les deux tiers", "au moins 67 %"],
        fresh: "la moitié de ses critères",
    },
];

/// Every report and what commands answer about a figure of each kind, without no-break spaces.
fn everything_said(atelier: &Atelier) -> String {
    let mut said = Vec::new();
    let answer = atelier.run(&["rapport", "--campagne", "C2", "--format", "html"]);
    assert_eq!(answer.code, 0, "{}", answer.stderr);
    said.push(answer.stdout);
    let folder = atelier.root().join("reports/rendus/C2");
    // Editions of other days keep what was said on theirs.
    let today = |name: &&String| is(name, "html") && !name.starts_with("editions/");
    for name in files(&folder).iter().filter(today) {
        said.push(std::fs::read_to_string(folder.join(name)).expect("a report"));
    }
    for code in [
        "C2/R01/REL",
        "C2/R01/REL-2",
        "C2/R01/PRIORITES",
        "C2/R04/SEC-7",
    ] {
        said.push(atelier.run(&["expliquer", code]).stdout);
    }
    said.push(atelier.run(&["comparer", "C1", "C2"]).stdout);
    said.join("\n").replace(['\u{a0}', '\u{202f}'], " ")
}

/// Changes the référentiel of the example; the answers stay those that were imported.
fn with(atelier: &Atelier, changes: &[(&str, &str)]) {
    let path = atelier.root().join("grids/referentiel-v2.toml");
    let mut text = std::fs::read_to_string(&path).expect("the référentiel");
    for (from, to) in changes {
        assert!(text.contains(from), "{from}");
        text = text.replacen(from, to, 1);
    }
    std::fs::write(Path::new(&path), text).expect("written");
}

#[test]
fn no_sentence_keeps_a_parameter_that_the_file_changed() {
    let shipped = everything_said(&Atelier::demo());
    let atelier = Atelier::demo();
    let changes: Vec<(&str, &str)> = CHANGES.iter().map(|c| (c.shipped, c.changed)).collect();
    with(&atelier, &changes);
    let changed = everything_said(&atelier);
    for change in &CHANGES {
        assert!(changed.contains(change.fresh), "{}", change.fresh);
        for stale in change.stale {
            assert!(!changed.contains(stale), "{stale}");
        }
    }
    // What is looked for is what the shipped parameters say.
    for said in ["0,3 niveau et", "les deux tiers", "8 axes et 49 critères"] {
        assert!(shipped.contains(said), "{said}");
    }
}

const SHIPPED: &str = "hors_observatoire = [\"REL-5\", \"SEC-7\", \"SEC-8\"]";

/// P04 has a level of 1 on REL-3: printed, unless the référentiel says that it is treated elsewhere.
#[test]
fn the_referentiel_says_what_is_treated_outside() {
    let atelier = Atelier::demo();
    let report = || {
        let asked = [
            "--campagne",
            "C2",
            "--public",
            "equipe",
            "--structure",
            "P04",
        ];
        let answer = atelier.run(&[&["rapport", "--format", "html"], &asked[..]].concat());
        assert_eq!(answer.code, 0, "{}", answer.stderr);
        let path = "reports/rendus/C2/equipes/equipe-P04.html";
        std::fs::read_to_string(atelier.root().join(path)).expect("the report")
    };
    let outside = "à traiter hors de l’observatoire";
    assert!(!report().contains(outside));
    let named = "hors_observatoire = [\"REL-5\", \"SEC-7\", \"REL-3\"]";
    with(&atelier, &[(SHIPPED, named)]);
    assert!(report().contains(outside));
}

#[test]
fn a_critere_that_is_not_there_is_refused() {
    let atelier = Atelier::demo();
    with(&atelier, &[(SHIPPED, "hors_observatoire = [\"REL-55\"]")]);
    let refused = atelier.run(&["verifier"]);
    assert_eq!(refused.code, 3, "{}", refused.stderr);
    for said in ["ce critère n’est pas déclaré", "REL-5"] {
        assert!(refused.stderr.contains(said), "{}", refused.stderr);
    }
}
