//! The second computation of activity: regulatory ratios session by session, rates.

use std::collections::{BTreeMap, BTreeSet};

use super::{Given, Row, number};

/// Lines of activity of the structure: line id → measure → text.
fn lines<'a>(given: &'a Given) -> BTreeMap<&'a str, BTreeMap<&'a str, &'a str>> {
    let mut all: BTreeMap<&str, BTreeMap<&str, &str>> = BTreeMap::new();
    for row in given.answers.iter().filter(|r| r["source"] == "DON") {
        let line = all.entry(&row["visite"]).or_default();
        line.insert(&row["element"], &row["valeur_brute"]);
    }
    all
}

/// (present who count, required, qualified, unqualified) of each session examined.
fn sessions(given: &Given) -> Vec<[u32; 4]> {
    let law = given.regulation;
    let ratios = law["encadrement"].as_array().expect("ratios");
    let mut all = Vec::new();
    for (_, line) in lines(given)
        .iter()
        .filter(|(id, _)| id.starts_with("seance"))
    {
        let get = |k: &str| line.get(k).and_then(|v| v.parse::<f64>().ok());
        let (Some(small), Some(big)) = (get("presents_moins6"), get("presents_6plus")) else {
            continue;
        };
        let (Some(present), Some(hours)) = (get("animateurs"), get("duree_h")) else {
            continue;
        };
        let long = hours > number(law.get("duree_longue_h"), 5.0) + 1e-9;
        let travel = line.get("trajet") == Some(&"oui");
        let time = line.get("temps").copied().unwrap_or("");
        if !["extrascolaire", "periscolaire"].contains(&time) {
            continue;
        }
        let situation = if time == "extrascolaire" {
            "extrascolaire"
        } else if given.structure["pedt"] != "oui" {
            ["periscolaire_sans_pedt", "periscolaire_sans_pedt_long"][usize::from(long)]
        } else if travel {
            "periscolaire_pedt_trajet"
        } else {
            ["periscolaire_pedt", "periscolaire_pedt_long"][usize::from(long)]
        };
        let ratio = ratios
            .iter()
            .find(|r| r["situation"].as_str() == Some(situation));
        let per = |key: &str| number(ratio.and_then(|r| r.get(key)), 1.0);
        let (a, b) = (small / per("moins6"), big / per("plus6"));
        let strict = law["ages_melanges"].as_str() == Some("strict");
        let required = if strict {
            a.ceil() + b.ceil()
        } else {
            (a + b - 1e-9).ceil()
        };
        let director = line.get("directeur_compte") == Some(&"oui")
            && small + big > number(law.get("directeur_compte_jusqua"), 50.0);
        let counted = if director {
            (present - 1.0).max(0.0)
        } else {
            present
        };
        let people = |key: &str| get(key).unwrap_or(0.0) as u32;
        all.push([
            counted as u32,
            required as u32,
            people("dont_qualifies"),
            people("dont_non_qualifies"),
        ]);
    }
    all
}

/// CASF R.227-12: half of the required, rounded up; a fifth, rounded down, or one of 3 or 4.
fn qualified(session: &[u32; 4]) -> bool {
    let required = session[1];
    let allowed = if [3, 4].contains(&required) {
        1
    } else {
        required / 5
    };
    2 * session[2] >= required && session[3] <= allowed
}

fn share(count: usize, of: usize) -> Option<f64> {
    (of > 0).then(|| count as f64 / of as f64)
}

/// Posts occupied on a day.
fn posts(given: &Given, day: &str) -> usize {
    let lines = lines(given);
    let posts = lines.iter().filter(|(id, _)| id.starts_with("poste"));
    let there = posts.filter(|(_, l)| {
        let date = |k: &str| l.get(k).copied().unwrap_or("");
        date("entree") <= day && (date("sortie").is_empty() || date("sortie") > day)
    });
    there.count()
}

/// Departures of the year over the mean of both ends.
fn turnover(given: &Given) -> Option<f64> {
    let year: i32 = given.end[..4].parse().expect("a year");
    let start = format!("{}{}", year - 1, &given.end[4..]);
    let lines = lines(given);
    let left = lines.iter().filter(|(id, line)| {
        let out = line.get("sortie").copied().unwrap_or("");
        id.starts_with("poste") && out > start.as_str() && out <= given.end
    });
    let both = posts(given, &start) + posts(given, given.end);
    (both > 0).then(|| 2.0 * left.count() as f64 / both as f64)
}

/// Actions of the structure's plan whose campaign was over before this one ended.
fn issued<'a>(given: &'a Given) -> Vec<&'a Row> {
    let mine = |r: &&Row| r["structure"] == given.structure["code"];
    let over = |r: &&Row| r["emise_le"].as_str() < given.end;
    given.actions.iter().filter(mine).filter(over).collect()
}

/// Whether any plan speaks for the territory by the end of the campaign.
fn planned_by(given: &Given) -> bool {
    let mut actions = given.actions.iter();
    actions.any(|r| r["emise_le"].as_str() < given.end)
}

/// I20 and I21 from the plan, at the end of the campaign.
fn planned(given: &Given, code: &str) -> Option<f64> {
    let issued = issued(given);
    if code == "I20" {
        let written = issued.iter().filter(|r| {
            let day = r["date_integration"].as_str();
            r["integree"] == "oui"
                && !r["document"].is_empty()
                && !day.is_empty()
                && day <= given.end
        });
        return share(written.count(), issued.len());
    }
    let due = issued.iter().filter(|r| !r["echeance"].is_empty());
    let due: Vec<_> = due
        .filter(|r| r["echeance"].as_str() <= given.end)
        .collect();
    let in_time = due.iter().filter(|r| {
        let (day, deadline) = (r["close_le"].as_str(), r["echeance"].as_str());
        r["statut"] == "réalisée" && !day.is_empty() && day <= deadline
    });
    share(in_time.count(), due.len())
}

/// An activity indicator, a column of `denominateurs`, or a ratio of two.
pub fn measure(given: &Given, code: &str) -> Option<f64> {
    let lines = lines(given);
    let column = |name: &str| lines.get("denominateurs")?.get(name)?.parse::<f64>().ok();
    let ratio = |a: &str, b: &str| {
        let bottom = column(b).filter(|b| *b > 0.0)?;
        Some(column(a)? / bottom)
    };
    let respondents = |source: &str| {
        let mine = given.answers.iter();
        let mine = mine.filter(|r| r["source"] == source && r["statut"] != "vide");
        mine.map(|r| &r["repondant"]).collect::<BTreeSet<_>>().len()
    };
    let sessions = sessions(given);
    let sum = |i: usize| sessions.iter().map(|s| s[i]).sum::<u32>() as usize;
    match code {
        "I01" => ratio("heures_realisees", "heures_capacite"),
        "I04" => share(
            sessions.iter().filter(|s| s[0] >= s[1]).count(),
            sessions.len(),
        ),
        "I06a" => share(sum(2), sum(1)),
        "I06c" => share(
            sessions.iter().filter(|s| qualified(s)).count(),
            sessions.len(),
        ),
        "I07a" => share(sum(3), sum(1)),
        "I08" => turnover(given),
        "I11" => ratio("formes", "animateurs"),
        "I12a" => Some(f64::from(
            given.answers.iter().any(|r| r["source"] == "AUT"),
        )),
        "I12b" => Some(respondents("EQP") as f64 / column("animateurs").filter(|a| *a > 0.0)?),
        "I14" => ratio("pai_protocoles", "pai_enfants"),
        "I15" => ratio("familles_presentes", "familles"),
        "I16" => Some(respondents("FAM") as f64 / column("familles").filter(|f| *f > 0.0)?),
        "I17" => ratio("sorties", "jours_ouverts").map(|r| 100.0 * r),
        "I19" => ratio("refusees", "demandes"),
        "I20" | "I21" if planned_by(given) => planned(given, code),
        "I20" => ratio("recommandations_integrees", "recommandations_emises"),
        "I21" => ratio("actions_closes", "actions_echues"),
        _ => match code.split_once('/') {
            Some((a, b)) => ratio(a, b),
            None => column(code),
        },
    }
}

/// Compares the activity rows that are computed twice; gives how many.
pub fn check(produced: &[Row], given: &Given, active: bool) -> usize {
    let code = &given.structure["code"];
    let mine = |r: &&Row| r["structure"] == *code && r["niveau"] == "activite";
    let twice = [
        "I01", "I04", "I06a", "I06c", "I07a", "I08", "I11", "I12a", "I12b", "I14", "I15", "I16",
        "I17", "I19", "I20", "I21",
    ];
    let mut seen = 0;
    for row in produced.iter().filter(mine) {
        assert!(active, "{row:?}");
        if !twice.contains(&row["code"].as_str()) {
            continue;
        }
        match (
            row["valeur"].parse::<f64>().ok(),
            measure(given, &row["code"]),
        ) {
            (Some(a), Some(b)) => assert!((a - b).abs() < 1e-6, "{row:?}: {b} expected"),
            (a, b) => assert_eq!(a.is_some(), b.is_some(), "{row:?}: {b:?} expected"),
        }
        seen += 1;
    }
    let all_declared = given.sources.is_empty() && given.structure["type"] != "non_declaree";
    assert!(
        !active || !all_declared || seen == twice.len(),
        "{code}: {seen}"
    );
    seen
}
