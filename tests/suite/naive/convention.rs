//! The second computation of what the convention asks: whether a team took part, what plans wrote into projets.

use std::collections::BTreeSet;

use super::{Given, Row, list, word};

/// Whether the campaign asks a source anything at the structure.
fn asks(given: &Given, source: &str) -> bool {
    let expected = given.sources.is_empty() || given.sources.iter().any(|s| s == source);
    let criteres = list(given.referentiel, "criteres").into_iter();
    let mut criteres = criteres.filter(|c| {
        given.applies(c)
            && (given.criteres.is_empty() || given.criteres.iter().any(|k| k == word(c, "code")))
    });
    expected
        && criteres.any(|c| {
            let mut elements = list(c, "elements").into_iter();
            elements.any(|e| word(e, "source") == source && given.applies(e))
        })
}

/// People of the team, when the table says how many.
fn headcount(given: &Given) -> Option<f64> {
    let mut rows = given.answers.iter();
    let row = rows.find(|r| r["visite"] == "denominateurs" && r["element"] == "animateurs")?;
    row["valeur_brute"].parse().ok().filter(|n| *n > 0.0)
}

/// What came of what was asked of the team: none for what cannot be judged.
fn came(given: &Given) -> Vec<Option<bool>> {
    let asked = ["OBS", "DIR", "AUT", "EQP"].into_iter();
    asked
        .filter(|source| asks(given, source))
        .map(|source| {
            let rows = given.answers.iter().filter(|r| r["source"] == source);
            if source != "EQP" {
                return Some(rows.count() > 0);
            }
            let people = rows
                .filter(|r| r["statut"] != "vide")
                .map(|r| &r["repondant"]);
            let people = people.collect::<BTreeSet<_>>().len() as f64;
            headcount(given).map(|team| people / team >= 0.5)
        })
        .collect()
}

/// O2 (all of it) or O2b (any of it): 1, 0, or nothing to judge.
pub fn took_part(given: &Given, code: &str) -> Option<f64> {
    let judged: Vec<bool> = came(given).into_iter().flatten().collect();
    if judged.is_empty() {
        return None;
    }
    let yes = match code {
        "O2" => judged.iter().all(|came| *came),
        _ => judged.iter().any(|came| *came),
    };
    Some(f64::from(yes))
}

/// Whether an action of a plan is in a projet, found at a page, by a day.
pub fn is_in_projet(action: &Row, day: &str) -> bool {
    let title = action["document"].to_lowercase();
    let projet = match action["type_document"].as_str() {
        "" => title.contains("projet pédagogique") || title.contains("projet de fonctionnement"),
        chosen => chosen != "autre",
    };
    let written = action["date_integration"].as_str();
    action["integree"] == "oui"
        && projet
        && !action["document"].is_empty()
        && !action["page"].is_empty()
        && !written.is_empty()
        && written <= day
}

/// Sums over the structures of a campaign.
#[derive(Default)]
pub struct Sums {
    teams: [(f64, usize); 2],
    plans: (usize, usize),
}

impl Sums {
    /// Adds an active structure.
    pub fn add(&mut self, given: &Given, issued: &[&Row]) {
        for (code, (n, of)) in ["O2", "O2b"].iter().zip(&mut self.teams) {
            if let Some(value) = took_part(given, code) {
                *n += value;
                *of += 1;
            }
        }
        let integrated = issued.iter().filter(|r| is_in_projet(r, given.end));
        self.plans.0 += integrated.count();
        self.plans.1 += issued.len();
    }

    /// The rows of the territory say as much; gives how many.
    pub fn check(&self, produced: &[Row], planned: bool) -> usize {
        let row = |code: &str| {
            let mut own = produced.iter().filter(|r| r["structure"].is_empty());
            own.find(|r| r["code"] == code).expect(code)
        };
        let counts = |code: &str| {
            let count = |column: &str| row(code)[column].parse::<usize>().expect("a count");
            (count("n"), count("n_attendu"))
        };
        assert_eq!(row("O1")["statut"], "non_calculable");
        assert_eq!(row("O1")["valeur"], "");
        for (code, (n, of)) in ["O2", "O2b"].into_iter().zip(self.teams) {
            assert_eq!(counts(code), (n as usize, of), "{code}");
            let value: f64 = row(code)["valeur"].parse().expect("a share");
            assert!((value - n / of as f64).abs() < 1e-6, "{code}");
        }
        let expected = if planned { self.plans } else { (0, 0) };
        assert_eq!(counts("O3"), expected);
        4
    }
}
