//! Verdicts of two campaigns a second time: noise and margins from the exported answers, by loops,
//! each élément's own share of the figure written out.

use std::collections::{BTreeMap, BTreeSet};

use observatoire::compare::{Side, compare};
use observatoire::exports;
use observatoire::figures::compute;
use statrs::distribution::{ContinuousCDF, Normal};
use toml::{Table, Value};

use super::random::exported;
use super::random_worlds::{World, table};
use super::{Expected, Given, QUESTIONNAIRES, Row, SOURCES, list, mean, number, organiser, word};

/// Variances read in the answers of both campaigns.
#[derive(Default)]
struct Known {
    rating: Option<f64>,
    visit: Option<(f64, f64)>,
}

/// Levels of one élément at one structure, per visit: observers, then the value kept.
fn visits(answers: &[Row], structure: &str, element: &str) -> BTreeMap<String, (Vec<f64>, f64)> {
    let mine = |consensus: bool| {
        let rows = answers.iter().filter(move |r| {
            r["structure"] == structure
                && r["element"] == element
                && (r["observateur"] == "consensus") == consensus
        });
        rows.collect::<Vec<_>>()
    };
    let level = |r: &&Row| r["niveau"].parse::<f64>().ok();
    let mut all = BTreeMap::new();
    for row in mine(false).iter().chain(&mine(true)) {
        all.insert(row["visite"].clone(), (Vec::new(), f64::NAN));
    }
    for (visit, slot) in &mut all {
        let of = |rows: Vec<&Row>| -> Vec<Row> {
            let kept = rows.into_iter().filter(|r| &r["visite"] == visit);
            kept.cloned().collect()
        };
        let (own, common) = (of(mine(false)), of(mine(true)));
        let levels: Vec<f64> = own.iter().filter_map(|r| level(&r)).collect();
        let settled = common
            .iter()
            .any(|r| ["note", "nc"].contains(&r["statut"].as_str()));
        let used = if settled {
            common.iter().filter_map(|r| level(&r)).collect()
        } else {
            levels.clone()
        };
        *slot = (
            if settled { used.clone() } else { levels },
            mean(&used).unwrap_or(f64::NAN),
        );
    }
    all.retain(|_, (_, value)| !value.is_nan());
    all
}

fn elements(referentiel: &Table) -> Vec<(&str, &str)> {
    let criteres = list(referentiel, "criteres").into_iter();
    let elements = criteres.flat_map(|c| list(c, "elements"));
    elements
        .map(|e| (word(e, "code"), word(e, "source")))
        .collect()
}

impl Known {
    fn read(campaigns: [&[Row]; 2], referentiel: &Table, sites: &[Row]) -> Self {
        let observed: Vec<&str> = elements(referentiel)
            .into_iter()
            .filter(|e| e.1 == "OBS")
            .map(|e| e.0)
            .collect();
        let (mut squares, mut freedom) = (0.0, 0.0);
        let mut pairs: Vec<Vec<f64>> = Vec::new();
        for answers in campaigns {
            for (group, count) in observer_groups(answers, &observed) {
                let centre = mean(&group).expect("two ratings");
                squares += group.iter().map(|x| (x - centre).powi(2)).sum::<f64>();
                freedom += count - 1.0;
            }
            for site in sites {
                let by_element: Vec<_> = observed
                    .iter()
                    .map(|e| visits(answers, &site["code"], e))
                    .collect();
                let gaps: Vec<f64> = by_element
                    .iter()
                    .filter_map(|v| Some(v.get("V2")?.1 - v.get("V1")?.1))
                    .collect();
                if gaps.len() >= 2 {
                    pairs.push(gaps);
                }
            }
        }
        let count: f64 = pairs.iter().map(|p| p.len() as f64).sum();
        let spread = |p: &Vec<f64>| {
            let centre = mean(p).expect("gaps");
            p.iter().map(|d| (d - centre).powi(2)).sum::<f64>() / 2.0
        };
        let element = pairs.iter().map(spread).sum::<f64>() / (count - pairs.len() as f64);
        let days: f64 = pairs
            .iter()
            .map(|p| p.len() as f64 * mean(p).expect("gaps").powi(2) / 2.0 - element)
            .sum();
        Self {
            rating: (freedom > 0.0).then(|| squares / freedom),
            visit: (pairs.len() >= 3).then(|| (element, (days / count).max(0.0))),
        }
    }
}

/// Ratings of several observers on one élément during one visit, when all of them gave a number.
fn observer_groups(answers: &[Row], observed: &[&str]) -> Vec<(Vec<f64>, f64)> {
    let mut groups: BTreeMap<[&str; 3], Vec<f64>> = BTreeMap::new();
    for row in answers.iter().filter(|r| r["observateur"] != "consensus") {
        if let (true, Ok(level)) = (observed.contains(&&*row["element"]), row["niveau"].parse()) {
            let key = [&*row["structure"], &*row["element"], &*row["visite"]];
            groups.entry(key).or_default().push(level);
        }
    }
    let groups = groups.into_values().filter(|g| g.len() >= 2);
    groups.map(|g| (g.clone(), g.len() as f64)).collect()
}

/// One campaign as the second computation sees it.
struct Seen<'a> {
    answers: &'a [Row],
    levels: BTreeMap<String, Expected>,
    referentiel: &'a Table,
}

/// Contributions to a figure's error.
#[derive(Default, Clone, Copy)]
struct Parts {
    ratings: f64,
    visits: f64,
    days: f64,
    answered: f64,
    lone: bool,
    unknown: bool,
}

impl Seen<'_> {
    fn value(&self, site: &str, level: &str, code: &str, source: &str) -> Option<f64> {
        let key = (level.to_owned(), code.to_owned(), source.to_owned());
        self.levels[site].get(&key)?.0
    }

    /// Variance of one respondent's level, within structures.
    fn respondent_variance(&self, element: &str) -> Option<f64> {
        let mut sites: BTreeMap<&str, Vec<f64>> = BTreeMap::new();
        for row in self.answers.iter().filter(|r| r["element"] == element) {
            if let Ok(level) = row["niveau"].parse() {
                sites.entry(&row["structure"]).or_default().push(level);
            }
        }
        let (mut squares, mut freedom) = (0.0, 0.0);
        for group in sites.values().filter(|g| g.len() >= 2) {
            let centre = mean(group).expect("two answers");
            squares += group.iter().map(|x| (x - centre).powi(2)).sum::<f64>();
            freedom += group.len() as f64 - 1.0;
        }
        (freedom > 0.0).then(|| squares / freedom)
    }

    /// Adds what a critère owes to each of its éléments, with its own weight in the figure.
    fn add(&self, parts: &mut Parts, given: &Given, critere: &Table, share: f64) {
        let site = &given.structure["code"];
        let code = word(critere, "code");
        let weight = |s: &str, d: f64| given.weight(critere, s, d);
        let used = |s: &&(&str, f64)| {
            weight(s.0, s.1) > 0.0 && self.value(site, "source", code, s.0).is_some()
        };
        let used: Vec<&(&str, f64)> = SOURCES.iter().filter(used).collect();
        let mut total: f64 = used.iter().map(|s| weight(s.0, s.1)).sum();
        let obs = list(critere, "elements")
            .into_iter()
            .any(|e| word(e, "source") == "OBS" && given.applies(e));
        let key = ("source".to_owned(), code.to_owned(), "OBS".to_owned());
        let row = self.levels[site].get(&key);
        let missing = obs && row.is_some_and(|r| r.0.is_none() && r.1 != "nc");
        let rules = self.referentiel.get("regles").and_then(Value::as_table);
        let stands_in = rules.and_then(|r| r.get("auto_remplace_obs"));
        let allowed = stands_in.and_then(Value::as_bool).unwrap_or(true);
        if missing
            && allowed
            && weight("OBS", 3.0) > 0.0
            && self.value(site, "source", code, "AUT").is_some()
        {
            total += weight("OBS", 3.0);
        }
        for (source, default) in used {
            let own = list(critere, "elements").into_iter().filter(|e| {
                word(e, "source") == *source
                    && given.applies(e)
                    && self
                        .value(site, "element", word(e, "code"), source)
                        .is_some()
            });
            let own: Vec<&Table> = own.collect();
            let all: f64 = own.iter().map(|e| number(e.get("poids"), 1.0)).sum();
            for element in own {
                let c = share * weight(source, *default) / total
                    * number(element.get("poids"), 1.0)
                    / all;
                self.add_element(parts, site, (word(element, "code"), source), c);
            }
        }
    }

    fn add_element(&self, parts: &mut Parts, site: &str, (code, source): (&str, &str), c: f64) {
        if source == "OBS" {
            let seen = visits(self.answers, site, code);
            let v = seen.len() as f64;
            let inverse: f64 = seen.values().map(|s| 1.0 / s.0.len() as f64).sum();
            parts.ratings += c * c * inverse / (v * v);
            parts.visits += c * c / v;
            parts.days += c / v.sqrt();
        } else if QUESTIONNAIRES.contains(&source) {
            let n = self
                .answers
                .iter()
                .filter(|r| r["structure"] == site && r["element"] == code)
                .filter(|r| !r["niveau"].is_empty())
                .count();
            parts.lone |= n == 1;
            match self.respondent_variance(code) {
                Some(v) => parts.answered += c * (v / n as f64).sqrt(),
                None => parts.unknown = true,
            }
        }
    }
}

impl Parts {
    fn error(&self, known: &Known) -> Option<f64> {
        if self.unknown || self.lone {
            return None;
        }
        let observed = match (known.visit, known.rating) {
            _ if self.visits == 0.0 => 0.0,
            (Some((element, day)), _) => self.visits * element + self.days * self.days * day,
            (None, Some(rating)) => self.ratings * rating,
            (None, None) => return None,
        };
        let any = self.visits > 0.0 || self.answered > 0.0;
        any.then(|| (observed + self.answered.powi(2)).sqrt())
    }
}

/// Verdict of rule 8, the line being given this `risk` of a false claim.
fn verdict(delta: f64, errors: [Option<f64>; 2], identical: bool, risk: f64) -> &'static str {
    let z = Normal::standard().inverse_cdf(1.0 - risk / 2.0);
    let sdc = errors[0].zip(errors[1]).map(|(a, b)| z * a.hypot(b));
    let margin = sdc.unwrap_or(0.0).max(0.3);
    match () {
        () if delta >= margin - 1e-9 => "progresse",
        () if delta <= -margin + 1e-9 => "recule",
        () if delta.abs() < 0.3 - 1e-9 && (identical || sdc.is_none_or(|s| s <= 0.3 + 1e-9)) => {
            "stable"
        }
        () => "indetermine",
    }
}

/// Éléments of a critère have the same value from as many answers on both sides.
fn identical(sides: [&Seen; 2], site: &str, critere: &Table) -> bool {
    list(critere, "elements").iter().all(|e| {
        let key = (
            "element".to_owned(),
            word(e, "code").to_owned(),
            word(e, "source").to_owned(),
        );
        let of = |s: &Seen| {
            s.levels[site]
                .get(&key)
                .map(|r| (r.0.map(f64::to_bits), r.2))
        };
        of(sides[0]) == of(sides[1])
    })
}

type Judged = BTreeMap<(String, String), (f64, [Option<f64>; 2], bool, bool)>;

/// Every critère and axe of a structure that can be judged.
fn judged(sides: [&Seen; 2], given: [&Given; 2], known: &Known) -> Judged {
    let site = &given[0].structure["code"];
    let referentiel = sides[0].referentiel;
    let mut all = Judged::new();
    let mut axes: BTreeMap<&str, Vec<&Table>> = BTreeMap::new();
    for critere in list(referentiel, "criteres") {
        axes.entry(word(critere, "axe")).or_default().push(critere);
    }
    let value = |side: &Seen, c: &Table| side.value(site, "critere", word(c, "code"), "");
    let change = |criteres: &[&Table]| {
        let all: f64 = criteres.iter().map(|c| number(c.get("poids"), 1.0)).sum();
        let mut delta = 0.0;
        let mut parts = [Parts::default(); 2];
        for critere in criteres {
            let share = number(critere.get("poids"), 1.0) / all;
            let [a, b] = [0, 1].map(|i| value(sides[i], critere).unwrap_or(0.0));
            delta += share * (b - a);
            for i in 0..2 {
                sides[i].add(&mut parts[i], given[i], critere, share);
            }
        }
        let lone = parts.iter().any(|p| p.lone);
        (delta, parts.map(|p| p.error(known)), lone)
    };
    for (axe, criteres) in axes {
        let expected: Vec<&Table> = criteres
            .iter()
            .copied()
            .filter(|c| {
                let key = (
                    "critere".to_owned(),
                    word(c, "code").to_owned(),
                    String::new(),
                );
                let figure = |s: &Seen| s.levels[site].get(&key).is_some_and(|f| f.1 != "nc");
                figure(sides[0]) && figure(sides[1])
            })
            .collect();
        let common: Vec<&Table> = expected
            .iter()
            .copied()
            .filter(|c| sides.iter().all(|s| value(s, c).is_some()))
            .collect();
        let same = |c: &&Table| identical(sides, site, c);
        for critere in &common {
            let (delta, errors, lone) = change(&[critere]);
            let key = ("critere".to_owned(), word(critere, "code").to_owned());
            all.insert(key, (delta, errors, same(critere), lone));
        }
        let weigh = |c: &[&Table]| c.iter().map(|c| number(c.get("poids"), 1.0)).sum::<f64>();
        let least = given[0].rule("couverture_axe", 2.0 / 3.0) - 1e-9;
        if !expected.is_empty() && weigh(&common) / weigh(&expected) >= least {
            let (delta, errors, lone) = change(&common);
            let key = ("axe".to_owned(), axe.to_owned());
            all.insert(key, (delta, errors, common.iter().all(same), lone));
        }
    }
    all
}

fn one(seed: u64) -> usize {
    let mut world = World::new(seed);
    let first = world.answers();
    let second = world.changed(&first);
    let (first, second) = (table(&first), table(&second));
    let figures = [&first, &second]
        .map(|answers| compute(answers, &world.scope()).expect("indicators").value);
    let side = |indicators| Side {
        indicators,
        referentiel: &world.referentiel,
    };
    let compared = compare(side(&figures[0]), side(&figures[1])).value;
    let produced = exported(&exports::comparisons(&compared));
    let answers =
        [&first, &second].map(|o| exported(&exports::observations(o).expect("observations")));
    let referentiel: Table = world.text.parse().expect("TOML");
    let law: Table = world.law.parse().expect("TOML");
    let sites = exported(&exports::structures(&world.registry));
    let campaign = &world.settings.campaigns[0];
    let end = campaign.fin.to_string();
    let sources: Vec<String> = campaign.sources.iter().map(ToString::to_string).collect();
    let given = |rows: &'_ [Row], structure| -> Vec<Row> {
        let mine = rows.iter().filter(|r| &r["structure"] == structure);
        mine.cloned().collect()
    };
    let known = Known::read([&answers[0], &answers[1]], &referentiel, &sites);
    let mut seen = [0, 1].map(|i| Seen {
        answers: &answers[i],
        levels: BTreeMap::new(),
        referentiel: &referentiel,
    });
    let mut checked = organiser_lines(
        [&answers[0], &answers[1]],
        &sites,
        &produced,
        |answers, structure| Given {
            answers,
            structure,
            referentiel: &referentiel,
            regulation: &law,
            end: &end,
            criteres: &[],
            sources: &sources,
            actions: &[],
        },
    );
    for structure in &sites {
        let mine = [0, 1].map(|i| given(&answers[i], &structure["code"]));
        let both = [0, 1].map(|i| Given {
            answers: mine[i].iter().collect(),
            structure,
            referentiel: &referentiel,
            regulation: &law,
            end: &end,
            criteres: &[],
            sources: &sources,
            actions: &[],
        });
        for i in 0..2 {
            seen[i]
                .levels
                .insert(structure["code"].clone(), both[i].levels());
        }
        let lines = judged([&seen[0], &seen[1]], [&both[0], &both[1]], &known);
        checked += confront(&produced, &structure["code"], &lines, seed);
    }
    checked
}

/// What the organiser decides has a line for the territory alone, from one value to the other; gives how many
/// change.
fn organiser_lines<'a>(
    answers: [&'a [Row]; 2],
    sites: &'a [Row],
    produced: &[Row],
    given: impl Fn(Vec<&'a Row>, &'a Row) -> Given<'a>,
) -> usize {
    let [before, after] = answers.map(|rows| {
        let of = |structure: &'a Row| {
            let mine = rows.iter().filter(|r| r["structure"] == structure["code"]);
            given(mine.collect(), structure)
        };
        let sites: Vec<Given> = sites.iter().map(of).collect();
        organiser::territory(&sites)
    });
    let mut changed = 0;
    for (key, value) in after.iter().filter(|(key, _)| key.0 == "critere") {
        let mut lines = produced
            .iter()
            .filter(|r| r["niveau"] == "critere" && r["code"] == key.1);
        let line = lines.next().expect(&key.1);
        assert!(
            line["structure"].is_empty() && lines.next().is_none(),
            "{line:?}"
        );
        let read = |column: &str| line[column].parse::<f64>().ok();
        let first = before.get(key).and_then(|v| v.0);
        for (found, expected) in [(read("valeur_1"), first), (read("valeur_2"), value.0)] {
            match (found, expected) {
                (Some(a), Some(b)) => assert!((a - b).abs() < 1e-6, "{line:?}: {b}"),
                (a, b) => assert_eq!(a, b, "{line:?}"),
            }
        }
        changed += usize::from(read("delta").is_some());
    }
    changed
}

/// Four fifths of 5 % for the axes of a structure, the rest for its critères; all of it when only
/// one of the two is judged.
fn risk(lines: &Judged, level: &str) -> f64 {
    let count = |level: &str| lines.keys().filter(|k| k.0 == level).count() as f64;
    let (axes, criteres) = (count("axe"), count("critere"));
    let share = match level {
        _ if axes == 0.0 || criteres == 0.0 => 1.0,
        "axe" => 0.8,
        _ => 0.2,
    };
    0.05 * share / count(level)
}

/// Every judged line of the program, against the second computation.
fn confront(produced: &[Row], site: &str, lines: &Judged, seed: u64) -> usize {
    let judged: BTreeSet<(String, String)> = produced
        .iter()
        .filter(|r| r["structure"] == site && ["critere", "axe"].contains(&&*r["niveau"]))
        .filter(|r| !r["delta"].is_empty())
        .map(|r| (r["niveau"].clone(), r["code"].clone()))
        .collect();
    let place = format!("graine {seed}, {site}");
    assert_eq!(judged, lines.keys().cloned().collect(), "{place}");
    for row in produced.iter().filter(|r| r["structure"] == site) {
        let key = (row["niveau"].clone(), row["code"].clone());
        let Some((delta, errors, same, lone)) = lines.get(&key) else {
            continue;
        };
        let found: f64 = row["delta"].parse().expect("a change");
        assert!((found - delta).abs() < 2e-6, "{place} {key:?}: {delta}");
        let expected = match lone {
            true => "",
            false => verdict(*delta, *errors, *same, risk(lines, &key.0)),
        };
        let word = row["verdict"].split('+').next().unwrap_or("");
        assert_eq!(word, expected, "{place} {key:?} {errors:?}");
    }
    lines.len()
}

#[test]
fn a_second_computation_of_200_random_comparisons_gives_every_verdict() {
    let checked: usize = (0..200).map(one).sum();
    assert!(checked > 2000, "{checked} verdicts");
}
