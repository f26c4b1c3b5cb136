//! What plans draw from figures and give back: proposals, effect, follow-up, indicators.

use observatoire::base::sheets::open;
use observatoire::decide::plans::ActionField;

use super::{actions, exported};
use crate::atelier::Atelier;
use crate::naive::{Row, rows};

#[test]
fn proposals_are_the_unmet_imperatifs_and_the_priorities_and_come_once() {
    let atelier = Atelier::demo();
    let propose = [
        "plan",
        "proposer",
        "--campagne",
        "C2",
        "--date",
        "2026-12-15",
    ];
    let (_, tried) = atelier.json(&[propose.as_slice(), &["--simulation"]].concat());
    let (_, said) = atelier.json(&propose);
    let new = said["resultat"].as_array().expect("actions").clone();
    assert_eq!(tried["resultat"].as_array().map(Vec::len), Some(new.len()));
    let table = rows(&atelier.run(&["indicateurs", "--campagne", "C2"]).stdout);
    for row in table.iter().filter(|r| r["statut"] == "non_atteint") {
        let made = new.iter().any(|a| {
            a["structure"] == row["structure"]
                && a["criteres"] == row["code"]
                && a["priorite"] == "impératif"
        });
        assert!(made, "{row:?}");
    }
    let musts = new.iter().filter(|a| a["priorite"] == "impératif").count();
    assert!(musts > 0 && new.len() > musts);
    let observations = atelier.run(&["exporter", "observations"]).stdout;
    let comments: Vec<String> = rows(&observations)
        .into_iter()
        .map(|r| r["commentaire"].clone())
        .filter(|c| c.len() > 12)
        .collect();
    for action in &new {
        let said = action.to_string();
        assert!(
            !comments.iter().any(|c| said.contains(c.as_str())),
            "{said}"
        );
        assert!(
            !action["constat"].as_str().unwrap_or("").is_empty(),
            "{said}"
        );
    }
    let (_, again) = atelier.json(&propose);
    assert_eq!(again["resultat"].as_array().map(Vec::len), Some(0));
}

#[test]
fn a_campaign_shows_the_effect_of_what_was_done_or_begun() {
    let atelier = Atelier::demo();
    let (_, said) = atelier.json(&["plan", "effet", "--campagne", "C2"]);
    let effects = said["resultat"].as_array().expect("effects");
    assert!(effects.len() > 5, "{}", effects.len());
    let compared = rows(&atelier.run(&["comparer", "C1", "C2"]).stdout);
    let list = actions(&atelier, &["--date", "2026-12-11"]);
    for effect in effects {
        let action = list
            .iter()
            .find(|a| a["id"] == effect["action"])
            .expect("its action");
        assert!(
            ["réalisée", "en cours"].contains(&action["statut_au"].as_str().unwrap_or("")),
            "{action}"
        );
        let line = compared.iter().find(|l| {
            l["niveau"] == "critere"
                && effect["structure"] == l["structure"]
                && effect["critere"] == l["code"]
        });
        let Some(line) = line else {
            assert!(effect["delta"].is_null(), "{effect}");
            continue;
        };
        let delta = line["delta"].parse::<f64>().ok();
        assert_eq!(effect["delta"].as_f64(), delta, "{effect}");
        assert_eq!(
            effect["verdict"].as_str().unwrap_or(""),
            line["verdict"],
            "{effect}"
        );
    }
    let cells = exported(&atelier);
    assert!(
        cells.iter().any(|row| row[30].contains("à C2 :")),
        "effects in the workbook"
    );
}

const PARTS: [&str; 4] = ["a_lancer", "en_cours", "realisees", "abandonnees"];

fn number(row: &Row, column: &str) -> usize {
    row[column].parse().expect("a count")
}

/// Runs `plan suivi` to a file of the observatory, seen at the end of 2026.
fn follow_up(atelier: &Atelier, file: &str, more: &[&str]) -> Vec<u8> {
    let path = atelier.root().join(file);
    let path = path.to_string_lossy();
    let head = ["plan", "suivi", "--date", "2026-12-31", "--sortie", &path];
    let said = atelier.run(&[head.as_slice(), more].concat());
    assert_eq!(said.code, 0, "{}", said.stderr);
    std::fs::read(&*path).expect("a file")
}

#[test]
fn the_follow_up_adds_up() {
    let atelier = Atelier::demo();
    let csv = follow_up(&atelier, "suivi.csv", &["--trimestre", "2026-T4"]);
    let rows = rows(std::str::from_utf8(&csv).expect("UTF-8"));
    for quarter in ["2026-T3", "2026-T4"] {
        let of = |territory: bool| {
            let own = rows.iter().filter(move |r| r["trimestre"] == quarter);
            own.filter(move |r| r["structure"].is_empty() == territory)
        };
        let all = of(true).next().expect("the territory");
        for column in [&PARTS[..], &["emises", "en_retard", "echues"]].concat() {
            let sites: usize = of(false).map(|r| number(r, column)).sum();
            assert_eq!(sites, number(all, column), "{quarter} {column}");
        }
        let parts = PARTS.iter().map(|p| number(all, p));
        assert_eq!(parts.sum::<usize>(), number(all, "emises"));
    }
    let mut territory = rows.iter().filter(|r| r["structure"].is_empty());
    let last = territory.next_back().expect("the territory");
    for column in [&PARTS[1..], &["en_retard", "recommandations_integrees"]].concat() {
        assert!(number(last, column) > 0, "the example shows no {column}");
    }
    let soon = [
        "plan",
        "suivi",
        "--trimestre",
        "2027-T2",
        "--date",
        "2026-12-31",
    ];
    assert_eq!(atelier.run(&soon).code, 2);
}

#[test]
fn both_ctg_indicators_add_up_their_sites() {
    let atelier = Atelier::demo();
    let bytes = follow_up(&atelier, "suivi.xlsx", &["--format", "xlsx"]);
    let book = open(std::path::Path::new("suivi.xlsx"), &bytes).expect("readable");
    let ctg = book
        .value
        .sheet("Données Indicateurs CTG")
        .expect("a sheet");
    let column = |name: &str| (0..30).find(|c| ctg.text(0, *c) == name).expect("a column");
    let of = |row: u32, name: &str| ctg.text(row, column(name)).parse::<usize>().unwrap_or(0);
    let territory = (1..60).rfind(|r| ctg.text(*r, 0) == "C2" && ctg.text(*r, 1).is_empty());
    let territory = territory.expect("the territory at C2");
    for name in ["equipes_participantes", "equipes", "recommandations_emises"] {
        let sites = (territory + 1..60).map(|r| of(r, name)).sum::<usize>();
        assert!(sites > 0 && of(territory, name) == sites, "{name}");
    }
    // P07 closed before C2: its three actions are issued, but it is no site of that campaign. P08
    // opened for C2: no action yet, whatever its table declares.
    let issued = actions(&atelier, &["--date", "2026-12-31"]).len();
    assert_eq!(of(territory, "recommandations_emises") + 3, issued);
    let opened = (territory..60).find(|r| ctg.text(*r, 1) == "P08");
    assert_eq!(of(opened.expect("P08"), "recommandations_emises"), 0);
}

#[test]
fn indicators_of_the_plan_are_explained_action_by_action() {
    let atelier = Atelier::demo();
    for code in ["I20", "I21", "O3"] {
        let explain = |campaign: &str| {
            let figure = format!("{campaign}/R03/{code}");
            atelier.run(&["expliquer", &figure]).stdout
        };
        let said = explain("C2");
        assert!(
            said.contains("plan d’amélioration") && said.contains("R03-C1-01"),
            "{said}"
        );
        // Nothing of a campaign is issued before it ends.
        assert!(!explain("C1").contains("R03-C1-01"), "{code}");
    }
}

/// A grid of R01 where every élément of a critère has a rating, the others 3.
fn grid(critere: &str, rating: &str) -> Vec<u8> {
    let r = crate::fixtures::v1();
    let position = r.critere(critere).expect("a critère");
    let own = r.criteres[position]
        .elements
        .iter()
        .map(|&e| &r.elements[e].code);
    let edits: Vec<(&str, &str, &str)> = own
        .map(|code| (code.as_str(), rating, "une scène précise, avec le prénom"))
        .collect();
    crate::fixtures::form(
        observatoire::vocabulary::referentiel::SourceCode::Obs,
        "1",
        "O1",
        &edits,
    )
}

#[test]
fn a_serious_finding_leaves_the_tool_and_nothing_of_it_is_copied() {
    let atelier = Atelier::blank();
    let path = atelier.write("g.xlsx", &grid("REL-5", "1"));
    let read = atelier.run(&["importer", &path, "--campagne", "C1"]);
    assert_eq!(read.code, 0, "{}", read.stderr);
    let (_, said) = atelier.json(&["plan", "proposer", "--campagne", "C1"]);
    let new = said["resultat"].as_array().expect("actions");
    let mine = new
        .iter()
        .find(|a| a["criteres"] == "REL-5")
        .expect("mandatory");
    assert_eq!(
        mine["constat"],
        "à traiter hors de l’observatoire : organisateur, SDJES, 119"
    );
    assert_eq!(mine["priorite"], "impératif");
    for field in ["objectif", "action", "indicateur", "cible"] {
        assert!(mine[field].is_null(), "{mine:#}");
    }
    assert!(!said.to_string().contains("prénom"), "{said:#}");
    // What protects the child comes first, before the projet.
    let order: Vec<&str> = new.iter().filter_map(|a| a["criteres"].as_str()).collect();
    let place = |code| order.iter().position(|c| *c == code);
    assert!(place("REL-5") < place("PRO-1"), "{order:?}");
}

/// Proposes on a day from one grid of R01, where every note of a critère is `rating`.
fn proposed(atelier: &Atelier, campaign: &str, bytes: &[u8], day: &str) -> serde_json::Value {
    let path = atelier.write(&format!("{campaign}.xlsx"), bytes);
    let read = atelier.run(&["importer", &path, "--campagne", campaign, "--confirmer"]);
    assert_eq!(read.code, 0, "{}", read.stderr);
    let (code, said) = atelier.json(&["plan", "proposer", "--campagne", campaign, "--date", day]);
    assert_eq!(code, 0, "{said:#}");
    said
}

/// Proposed in November for a campaign of the spring, an action is issued that day, is due after it, and
/// nothing says that it was late before.
#[test]
fn a_plan_proposed_in_november_is_of_november() {
    let atelier = Atelier::blank();
    let said = proposed(&atelier, "C1", &grid("REL-5", "2"), "2026-11-20");
    let new = said["resultat"].as_array().expect("actions");
    assert!(!new.is_empty(), "{said:#}");
    for action in new {
        assert_eq!(action["emise_le"], "2026-11-20", "{action}");
        let due = action["echeance"].as_str().unwrap_or("2026-12-31");
        assert!(due > "2026-11-20", "{action}");
    }
    let musts = new.iter().filter(|a| a["priorite"] == "impératif");
    let due: Vec<&str> = musts.filter_map(|a| a["echeance"].as_str()).collect();
    assert!(
        due.iter().all(|d| *d == "2027-01-19"),
        "sixty days: {due:?}"
    );
    // Nobody took it up: « proposée », never late, not due.
    assert!(actions(&atelier, &["--retard", "--date", "2030-01-01"]).is_empty());
    let shown = atelier.run(&["plan", "--date", "2030-01-01"]);
    assert!(shown.stdout.contains("proposée"), "{}", shown.stdout);
    assert!(!shown.stdout.contains("EN RETARD"), "{}", shown.stdout);
    // A team takes one up: due, then late, and never before it was proposed.
    let id = new[0]["id"].as_str().expect("an id");
    let taken = super::with(&[
        (ActionField::Criteres, "REL-2"),
        (ActionField::Responsable, "direction"),
        (ActionField::Echeance, "2026-09-30"),
    ]);
    let first = new[0]["criteres"].as_str().expect("a critère");
    let line = super::line(
        id,
        &taken
            .iter()
            .map(|(f, t)| {
                (
                    *f,
                    if *f == ActionField::Criteres {
                        first
                    } else {
                        *t
                    },
                )
            })
            .collect::<Vec<(ActionField, &str)>>(),
    );
    super::enter(&atelier, "pris.xlsx", &super::workbook("A001", vec![line]));
    let late = |day: &str| actions(&atelier, &["--retard", "--date", day]).len();
    assert_eq!((late("2026-10-15"), late("2026-11-20")), (0, 1));
    // What was known in September is nothing.
    let csv = follow_up(&atelier, "suivi.csv", &["--trimestre", "2026-T4"]);
    let quarters = rows(std::str::from_utf8(&csv).expect("UTF-8"));
    let of = |quarter: &str, column: &str| -> usize {
        let own = quarters
            .iter()
            .filter(|r| r["trimestre"] == quarter && r["structure"].is_empty());
        own.map(|r| number(r, column)).sum()
    };
    assert_eq!(
        (of("2026-T3", "emises"), of("2026-T3", "en_retard")),
        (0, 0)
    );
    assert_eq!(of("2026-T4", "emises"), new.len());
}

/// What the next campaign shows attained is closed, and said; what it does not show stays open.
#[test]
fn attained_criteres_close_their_actions() {
    let atelier = Atelier::demo();
    let table = rows(&atelier.run(&["indicateurs", "--campagne", "C2"]).stdout);
    let attained = |structure: &str, code: &str| {
        let mut own = table
            .iter()
            .filter(|r| r["structure"] == structure && r["code"] == code);
        let must = own.clone().find(|r| r["niveau"] == "imperatif");
        must.map_or_else(
            || {
                own.any(|r| {
                    r["niveau"] == "critere"
                        && r["statut"] == "ok"
                        && r["ecart_cible"].parse::<f64>().is_ok_and(|gap| gap >= 0.0)
                })
            },
            |row| row["statut"] == "atteint",
        )
    };
    let text = |a: &serde_json::Value, key: &str| a[key].as_str().unwrap_or("").to_owned();
    let open = || -> Vec<serde_json::Value> {
        let all = actions(&atelier, &["--date", "2026-12-15"]).into_iter();
        all.filter(|a| {
            a["campagne"] == "C1" && ["à lancer", "en cours"].contains(&text(a, "statut").as_str())
        })
        .collect()
    };
    let is_attained = |a: &serde_json::Value| {
        let codes = text(a, "criteres");
        codes
            .split(", ")
            .all(|code| attained(&text(a, "structure"), code))
    };
    let before = open();
    let due = before.iter().filter(|a| is_attained(a)).count();
    assert!(due > 0 && due < before.len(), "{due} of {}", before.len());
    let ask = [
        "plan",
        "proposer",
        "--campagne",
        "C2",
        "--date",
        "2026-12-15",
    ];
    let tried = atelier.run(&[ask.as_slice(), &["--simulation"]].concat());
    let would = ["serait close", "seraient closes"];
    assert!(
        would.iter().any(|w| tried.stderr.contains(w)),
        "{}",
        tried.stderr
    );
    assert_eq!(open().len(), before.len());
    let said = atelier.run(&ask);
    let closed = ["est close", "sont closes"];
    assert!(
        closed.iter().any(|w| said.stderr.contains(w)),
        "{}",
        said.stderr
    );
    let after = open();
    assert_eq!(after.len() + due, before.len());
    assert!(!after.iter().any(is_attained), "{after:#?}");
    let again = atelier.run(&ask);
    assert!(
        !closed.iter().any(|w| again.stderr.contains(w)),
        "{}",
        again.stderr
    );
}
