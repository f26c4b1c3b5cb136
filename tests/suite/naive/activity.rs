//! The second computation of activity: regulatory ratios session by session, rates.

use std::collections::{BTreeMap, BTreeSet};

use super::convention::{is_in_projet, took_part};
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

/// A session examined.
struct Session {
    present: u32,
    required: u32,
    qualified: Option<u32>,
    unqualified: Option<u32>,
}

/// Minors that the accueil is organised for: its places, else the most children of one moment.
fn size(given: &Given) -> f64 {
    let places = |k: &str| given.structure.get(k).and_then(|v| v.parse::<f64>().ok());
    if let (Some(small), Some(big)) = (places("capacite_moins6"), places("capacite_6plus")) {
        return small + big;
    }
    let mut moments: BTreeMap<&str, f64> = BTreeMap::new();
    for (id, line) in &lines(given) {
        let get = |k: &str| line.get(k).and_then(|v| v.parse::<f64>().ok());
        if id.starts_with("seance") {
            let all = get("presents_moins6").unwrap_or(0.0) + get("presents_6plus").unwrap_or(0.0);
            *moments
                .entry(id.split(" · ").next().unwrap_or(id))
                .or_default() += all;
        }
    }
    moments.into_values().fold(0.0, f64::max)
}

fn sessions(given: &Given) -> Vec<Session> {
    let global = given.regulation["ages_melanges"].as_str() == Some("global");
    sessions_by(given, !global)
}

/// What mixed ages read the other way give, where nobody has said how they count.
pub fn read_otherwise(given: &Given, code: &str) -> Option<f64> {
    let unsettled = given.regulation["ages_melanges"].as_str() == Some("a_verifier");
    unsettled.then(|| of_sessions(&sessions_by(given, false), code))?
}

/// An indicator that sessions make.
fn of_sessions(sessions: &[Session], code: &str) -> Option<f64> {
    match code {
        "I04" => share(
            sessions.iter().filter(|s| s.present >= s.required).count(),
            sessions.len(),
        ),
        "I06a" => over_required(sessions, |s| s.qualified),
        "I06c" => {
            let known: Vec<bool> = sessions.iter().filter_map(qualified).collect();
            share(known.iter().filter(|ok| **ok).count(), known.len())
        }
        "I07a" => over_required(sessions, |s| s.unqualified),
        _ => None,
    }
}

fn sessions_by(given: &Given, strict: bool) -> Vec<Session> {
    let law = given.regulation;
    let organised_for = size(given);
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
        let required = if strict {
            a.ceil() + b.ceil()
        } else {
            (a + b - 1e-9).ceil()
        };
        let most = law["directeur"].get("compte_si_organise_pour_au_plus");
        let director =
            line.get("directeur_compte") == Some(&"oui") && organised_for > number(most, 50.0);
        let counted = if director {
            (present - 1.0).max(0.0)
        } else {
            present
        };
        // R.227-20: under a PEDT, beside one animateur.
        let beside = situation.starts_with("periscolaire_pedt") && present > 0.0;
        let speakers = get("intervenants").filter(|_| beside).unwrap_or(0.0);
        let people = |key: &str| get(key).map(|n| n as u32);
        all.push(Session {
            present: (counted + speakers) as u32,
            required: required as u32,
            qualified: people("dont_qualifies"),
            unqualified: people("dont_non_qualifies"),
        });
    }
    all
}

/// CASF R.227-12: half of the required, rounded up; a fifth, rounded down, or one of 3 or 4.
/// None when an empty cell leaves it open.
fn qualified(session: &Session) -> Option<bool> {
    let required = session.required;
    let allowed = if [3, 4].contains(&required) {
        1
    } else {
        required / 5
    };
    let enough = session.qualified.map(|q| 2 * q >= required);
    let few = session.unqualified.map(|u| u <= allowed);
    if enough == Some(false) || few == Some(false) {
        return Some(false);
    }
    Some(enough? && few?)
}

/// Those of sessions that say how many, over what they need.
fn over_required(sessions: &[Session], people: impl Fn(&Session) -> Option<u32>) -> Option<f64> {
    let known = sessions
        .iter()
        .filter_map(|s| Some((people(s)?, s.required)));
    let (found, needed) = known.fold((0, 0), |(f, n), (p, r)| (f + p as usize, n + r as usize));
    share(found, needed)
}

/// The children of each moment against the places, where those are known.
fn within_places(given: &Given) -> Option<f64> {
    let places = |k: &str| given.structure.get(k).and_then(|v| v.parse::<f64>().ok());
    let (small, big) = (places("capacite_moins6"), places("capacite_6plus"));
    let lines = lines(given);
    let examined: BTreeSet<&str> = examined(given).collect();
    let mut verdicts = Vec::new();
    for id in &examined {
        let moment = id.split(" · ").next().unwrap_or(id);
        let count = |column: &str| -> f64 {
            let same = lines
                .iter()
                .filter(|(other, _)| other.split(" · ").next() == Some(moment));
            same.filter_map(|(_, l)| l.get(column)?.parse::<f64>().ok())
                .sum()
        };
        let (under, over) = (count("presents_moins6"), count("presents_6plus"));
        let enrolled = lines
            .get("denominateurs")
            .and_then(|d| d.get("effectif_ecole")?.parse::<f64>().ok());
        let holidays = lines[*id].get("temps") == Some(&"extrascolaire");
        let most = enrolled.filter(|_| !holidays).unwrap_or(300.0);
        let total = small.zip(big).map_or(most, |(a, b)| (a + b).min(most));
        let fits = under <= small.unwrap_or(f64::INFINITY) && under + over <= total;
        if small.is_some() || under + over > total {
            verdicts.push(fits);
        }
    }
    share(verdicts.iter().filter(|v| **v).count(), verdicts.len())
}

/// Ids of the sessions examined.
fn examined<'a>(given: &'a Given) -> impl Iterator<Item = &'a str> {
    lines(given).into_iter().filter_map(|(id, line)| {
        let known = |k: &str| line.get(k).is_some_and(|v| v.parse::<f64>().is_ok());
        let numbers = ["presents_moins6", "presents_6plus", "animateurs", "duree_h"];
        let time = line.get("temps").copied().unwrap_or("");
        let is_timed = ["extrascolaire", "periscolaire"].contains(&time);
        (id.starts_with("seance") && numbers.into_iter().all(known) && is_timed).then_some(id)
    })
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

/// Posts of the last day whose diploma is such, of those of which it is written.
fn diplomas(given: &Given, is_such: impl Fn(&str) -> bool) -> Option<f64> {
    let lines = lines(given);
    let posts = lines.iter().filter(|(id, _)| id.starts_with("poste"));
    let known: Vec<String> = posts
        .filter(|(_, l)| {
            let date = |k: &str| l.get(k).copied().unwrap_or("");
            date("entree") <= given.end && (date("sortie").is_empty() || date("sortie") > given.end)
        })
        .filter_map(|(_, l)| Some(l.get("diplome")?.to_lowercase()))
        .filter(|d| !d.is_empty())
        .collect();
    share(known.iter().filter(|d| is_such(d)).count(), known.len())
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
pub fn issued<'a>(given: &'a Given) -> Vec<&'a Row> {
    let mine = |r: &&Row| r["structure"] == given.structure["code"];
    let over = |r: &&Row| r["emise_le"].as_str() < given.end;
    given.actions.iter().filter(mine).filter(over).collect()
}

/// Whether any plan speaks for the territory by the end of the campaign.
pub fn planned_by(given: &Given) -> bool {
    let mut actions = given.actions.iter();
    actions.any(|r| r["emise_le"].as_str() < given.end)
}

/// I20, O3 and I21 from the plan, at the end of the campaign.
fn planned(given: &Given, code: &str) -> Option<f64> {
    let issued = issued(given);
    if code != "I21" {
        let written = issued.iter().filter(|r| is_in_projet(r, given.end));
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
    match code {
        "I01" => ratio("heures_realisees", "heures_capacite"),
        "I04" | "I06a" | "I06c" | "I07a" => of_sessions(&sessions, code),
        "I06b" => diplomas(given, |d| d != "aucun" && d != "stagiaire"),
        "I07b" => diplomas(given, |d| d == "aucun"),
        "I09" => ratio("seances_avec_referent", "seances_observees"),
        "I10" => ratio("heures_preparation", "animateurs"),
        "I22" => within_places(given),
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
        "O2" | "O2b" => took_part(given, code),
        "O3" | "I20" | "I21" if planned_by(given) => planned(given, code),
        "O3" => None,
        "I20" => ratio("recommandations_integrees", "recommandations_emises"),
        "I21" => ratio("actions_closes", "actions_echues"),
        _ => match code.split_once('/') {
            Some((a, b)) => ratio(a, b),
            None => column(code),
        },
    }
}

/// What a measure is divided by at a structure: sessions examined, people or things counted; one, of a number.
pub fn divided_by(given: &Given, code: &str) -> f64 {
    let lines = lines(given);
    let column = |name: &str| {
        let said = lines.get("denominateurs").and_then(|l| l.get(name));
        said.and_then(|v| v.parse::<f64>().ok()).unwrap_or(1.0)
    };
    let sessions = sessions(given);
    let all = match code {
        "I04" => sessions.len() as f64,
        "I06c" => sessions.iter().filter_map(qualified).count() as f64,
        "I16" => column("familles"),
        "I17" => column("jours_ouverts"),
        "I19" => column("demandes"),
        _ => code
            .split_once('/')
            .map_or(1.0, |(_, bottom)| column(bottom)),
    };
    all.max(1.0)
}

/// Compares the activity rows that are computed twice; gives how many.
pub fn check(produced: &[Row], given: &Given, active: bool) -> usize {
    let code = &given.structure["code"];
    let mine = |r: &&Row| r["structure"] == *code && r["niveau"] == "activite";
    let twice = [
        "I01", "I04", "I06a", "I06b", "I06c", "I07a", "I07b", "I09", "I10", "I08", "I11", "I12a",
        "I12b", "I14", "I15", "I16", "I17", "I19", "I20", "I21", "I22", "O2", "O2b", "O3",
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
