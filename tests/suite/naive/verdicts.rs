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
use super::thought::{Change, Weighed};
use super::{Expected, Given, QUESTIONNAIRES, Row, SOURCES, list, mean, number, organiser, word};

/// Variances read in the answers of both campaigns, beside what the référentiel declares.
struct Known {
    element: f64,
    day: f64,
    mark: f64,
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
        let declared = |key: &str, usual: f64| {
            let rules = referentiel.get("regles").and_then(Value::as_table);
            number(rules.and_then(|r| r.get(key)), usual).powi(2)
        };
        // What is declared weighs as twenty gaps, as four pairs of visits.
        let told = (squares + 20.0 * declared("ecart_element", 0.6)) / (freedom + 20.0);
        let held = told.max(declared("ecart_element", 0.6));
        let gaps: f64 = pairs.iter().map(spread).sum();
        let n = pairs.len() as f64;
        let element = (gaps + 20.0 * held) / (count - n + 20.0);
        let days: f64 = pairs
            .iter()
            .map(|p| p.len() as f64 * mean(p).expect("gaps").powi(2) / 2.0 - element)
            .sum();
        let seen = if pairs.is_empty() {
            0.0
        } else {
            (days / count).max(0.0)
        };
        Self {
            element,
            day: (4.0 * declared("ecart_jour", 0.2) + n * seen) / (4.0 + n),
            // Nobody marks an interview twice in these worlds.
            mark: declared("ecart_entretien", 0.4),
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
    visits: f64,
    days: f64,
    marks: f64,
    answered: f64,
    lone: bool,
}

impl Seen<'_> {
    fn value(&self, site: &str, level: &str, code: &str, source: &str) -> Option<f64> {
        let key = (level.to_owned(), code.to_owned(), source.to_owned());
        self.levels[site].get(&key)?.0
    }

    /// Variance of one respondent's level, within structures.
    fn respondent_variance(&self, element: &str) -> f64 {
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
        let rules = self.referentiel.get("regles").and_then(Value::as_table);
        let declared = number(rules.and_then(|r| r.get("ecart_reponse")), 0.9).powi(2);
        (squares + 4.0 * declared) / (freedom + 4.0)
    }

    /// Sources that enter a critère, with their weights.
    fn used(&self, given: &Given, critere: &Table) -> BTreeMap<String, f64> {
        let site = &given.structure["code"];
        let code = word(critere, "code");
        let has_value = |s: &str| self.value(site, "source", code, s).is_some();
        let mut used: BTreeMap<String, f64> = SOURCES
            .iter()
            .map(|(s, default)| ((*s).to_owned(), given.weight(critere, s, *default)))
            .filter(|(s, weight)| *weight > 0.0 && has_value(s))
            .collect();
        let key = ("source".to_owned(), code.to_owned(), "OBS".to_owned());
        let nobody = (self.levels[site].get(&key)).is_some_and(|row| row.1 == "absent");
        let rules = self.referentiel.get("regles").and_then(Value::as_table);
        let allowed = rules.and_then(|r| r.get("auto_remplace_obs"));
        let allowed = allowed.and_then(Value::as_bool).unwrap_or(true);
        let observation = given.weight(critere, "OBS", 3.0);
        if nobody && allowed && observation > 0.0 && has_value("AUT") {
            *used.entry("AUT".to_owned()).or_default() += observation;
        }
        used
    }

    /// Adds what the sources compared of a critère owe to each of their éléments, with its own weight in
    /// the figure.
    fn add(
        &self,
        parts: &mut Parts,
        given: &Given,
        critere: &Table,
        (used, share): (&BTreeMap<String, f64>, f64),
    ) {
        let site = &given.structure["code"];
        let total: f64 = used.values().sum();
        for (source, weight) in used {
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
                let c = share * weight / total * number(element.get("poids"), 1.0) / all;
                self.add_element(parts, site, (word(element, "code"), source), c);
            }
        }
    }

    fn add_element(&self, parts: &mut Parts, site: &str, (code, source): (&str, &str), c: f64) {
        let seen = visits(self.answers, site, code);
        let v = seen.len() as f64;
        if source == "OBS" || source == "AUT" {
            parts.visits += c * c / v;
            parts.days += c / v.sqrt();
        } else if source == "DIR" {
            let inverse: f64 = seen.values().map(|s| 1.0 / s.0.len() as f64).sum();
            parts.marks += c * c * inverse / (v * v);
        } else if QUESTIONNAIRES.contains(&source) {
            let n = self
                .answers
                .iter()
                .filter(|r| r["structure"] == site && r["element"] == code)
                .filter(|r| !r["niveau"].is_empty())
                .count();
            parts.lone |= n == 1;
            parts.answered += c * (self.respondent_variance(code) / n as f64).sqrt();
        }
    }
}

impl Parts {
    fn error(&self, known: &Known) -> Option<f64> {
        let variance = self.visits * known.element
            + self.days * self.days * known.day
            + self.marks * known.mark
            + self.answered.powi(2);
        (!self.lone && variance > 0.0).then(|| variance.sqrt())
    }
}

/// Verdict of rule 8, the line being given this `risk` of a false claim; none where the last digits of a
/// probability would decide.
fn verdict((delta, error): (f64, f64), table: &Weighed, risk: f64) -> Option<&'static str> {
    let z = Normal::standard().inverse_cdf(1.0 - risk / 2.0);
    let [rise, above, below] = table.thought((delta, error));
    let direction = if delta > 0.0 { rise } else { 1.0 - rise };
    let near = |p: f64, bar: f64| (p - bar).abs() < 2e-3;
    if near(direction, 0.90)
        || near(direction, 0.95)
        || near(direction, 0.99)
        || near(above, 0.025)
        || near(below, 0.025)
    {
        return None;
    }
    let way = |up, down| Some(if delta > 0.0 { up } else { down });
    let counts = delta.abs() >= 0.3 - 1e-9;
    if counts && direction >= 0.99 && delta.abs() >= z * error - 1e-9 {
        way("progresse", "recule")
    } else if direction >= 0.95 {
        way("plutot_progresse", "plutot_recule")
    } else if !counts && above < 0.025 && below < 0.025 {
        Some("stable")
    } else if direction >= 0.90 {
        way("plutot_progresse", "plutot_recule")
    } else {
        Some("indetermine")
    }
}

/// Éléments of a source have the same value from as many answers on both sides.
fn identical(sides: [&Seen; 2], site: &str, critere: &Table, source: &str) -> bool {
    let own = list(critere, "elements").into_iter();
    let mut own = own.filter(|e| word(e, "source") == source);
    own.all(|e| {
        let key = (
            "element".to_owned(),
            word(e, "code").to_owned(),
            source.to_owned(),
        );
        let of = |s: &Seen| {
            s.levels[site]
                .get(&key)
                .map(|r| (r.0.map(f64::to_bits), r.2))
        };
        of(sides[0]) == of(sides[1])
    })
}

/// A change of levels: its size, its error (none of a lone answer), whether the ratings are the same, whether
/// anybody judges it.
struct JudgedLine {
    delta: f64,
    error: Option<f64>,
    /// What of it the days of visits make.
    day: f64,
    same: bool,
    judged: bool,
}

type Judged = BTreeMap<(String, String), JudgedLine>;

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
    // What is compared of a critère: the sources of both, but for data that changed.
    let kept = |critere: &Table| -> BTreeMap<String, f64> {
        let [first, mut second] = [0, 1].map(|i| sides[i].used(given[i], critere));
        second.retain(|source, _| {
            let moved = source == "DON" && !identical(sides, site, critere, source);
            first.contains_key(source) && !moved
        });
        second
    };
    let level = |side: &Seen, critere: &Table, used: &BTreeMap<String, f64>| -> f64 {
        let code = word(critere, "code");
        let terms = used.iter().map(|(source, weight)| {
            weight * side.value(site, "source", code, source).expect("a score")
        });
        terms.sum::<f64>() / used.values().sum::<f64>()
    };
    let change = |criteres: &[&Table]| {
        let all: f64 = criteres.iter().map(|c| number(c.get("poids"), 1.0)).sum();
        let mut line = JudgedLine {
            delta: 0.0,
            error: None,
            day: 0.0,
            same: true,
            judged: false,
        };
        let mut parts = [Parts::default(); 2];
        for critere in criteres {
            let share = number(critere.get("poids"), 1.0) / all;
            let used = kept(critere);
            line.delta +=
                share * (level(sides[1], critere, &used) - level(sides[0], critere, &used));
            line.same &= used
                .keys()
                .all(|source| identical(sides, site, critere, source));
            line.judged |= used.keys().any(|source| source != "DON");
            for i in 0..2 {
                sides[i].add(&mut parts[i], given[i], critere, (&used, share));
            }
        }
        let [first, second] = parts.map(|p| p.error(known));
        line.day = parts[0].days.hypot(parts[1].days) * known.day.sqrt();
        line.error = first.zip(second).map(|(a, b)| a.hypot(b));
        line
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
        let common: Vec<&Table> = common.into_iter().filter(|c| !kept(c).is_empty()).collect();
        for critere in &common {
            let key = ("critere".to_owned(), word(critere, "code").to_owned());
            all.insert(key, change(&[critere]));
        }
        let weigh = |c: &[&Table]| c.iter().map(|c| number(c.get("poids"), 1.0)).sum::<f64>();
        let least = given[0].rule("couverture_axe", 2.0 / 3.0) - 1e-9;
        if !expected.is_empty() && weigh(&common) / weigh(&expected) >= least {
            let key = ("axe".to_owned(), axe.to_owned());
            all.insert(key, change(&common));
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
    let mut all: Vec<(String, Judged)> = Vec::new();
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
        all.push((structure["code"].clone(), lines));
    }
    // All the lines of a level are thought of together, but those that are the same twice.
    let pool = |level: &str| -> Vec<Vec<Change>> {
        let of_centre = |(_, lines): &(String, Judged)| {
            let own = lines.iter();
            let own = own.filter(|(key, line)| key.0 == level && line.judged && !line.same);
            own.filter_map(|(_, line)| Some([line.delta, line.error?, line.day]))
                .collect()
        };
        all.iter().map(of_centre).collect()
    };
    let pools = ["critere", "axe"].map(|level| (level, Weighed::of(&pool(level))));
    for (site, lines) in &all {
        checked += confront(&produced, site, lines, &pools, seed);
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
        let any = given(Vec::new(), &sites[0]);
        let critere = list(any.referentiel, "criteres").into_iter();
        let critere = critere
            .into_iter()
            .find(|c| word(c, "code") == key.1)
            .expect("known");
        let narrowed = first
            .zip(value.0)
            .and_then(|_| of_both([&before, &after], &any, critere));
        let (first, last) = match narrowed {
            Some((first, last)) => (Some(first), Some(last)),
            None => (first, value.0),
        };
        for (found, expected) in [(read("valeur_1"), first), (read("valeur_2"), last)] {
            match (found, expected) {
                (Some(a), Some(b)) => assert!((a - b).abs() < 1e-6, "{line:?}: {b}"),
                (a, b) => assert_eq!(a, b, "{line:?}"),
            }
        }
        changed += usize::from(read("delta").is_some());
    }
    changed
}

/// Values of what the organiser decides over the sources of both campaigns, data that changed left out; none
/// where nothing is in both.
fn of_both(sides: [&Expected; 2], any: &Given, critere: &Table) -> Option<(f64, f64)> {
    let code = word(critere, "code");
    let at = |side: &Expected, level: &str, code: &str, source: &str| {
        let key = (level.to_owned(), code.to_owned(), source.to_owned());
        side.get(&key).copied()
    };
    let score = |side: &Expected, source: &str| at(side, "source", code, source).and_then(|s| s.0);
    let data = |side: &Expected| -> Vec<Option<f64>> {
        let own = list(critere, "elements").into_iter();
        let own = own.filter(|e| word(e, "source") == "DON");
        own.map(|e| at(side, "element", word(e, "code"), "DON").and_then(|v| v.0))
            .collect()
    };
    let weight = |side: &Expected, source: &str, default: f64| {
        let own = any.weight(critere, source, default);
        let rules = any.referentiel.get("regles").and_then(Value::as_table);
        let allowed = rules.and_then(|r| r.get("auto_remplace_obs"));
        let allowed = allowed.and_then(Value::as_bool).unwrap_or(true);
        let nobody = at(side, "source", code, "OBS").is_some_and(|s| s.1 == "absent");
        own + match source {
            "AUT" if nobody && allowed => any.weight(critere, "OBS", 3.0),
            _ => 0.0,
        }
    };
    let (mut sums, mut total) = ([0.0; 2], 0.0);
    for (source, default) in SOURCES {
        let both =
            sides.map(|side| score(side, source).filter(|_| weight(side, source, default) > 0.0));
        let [Some(first), Some(last)] = both else {
            continue;
        };
        if source == "DON" && data(sides[0]) != data(sides[1]) {
            continue;
        }
        let weight = weight(sides[1], source, default);
        sums[0] += weight * first;
        sums[1] += weight * last;
        total += weight;
    }
    (total > 0.0).then(|| (sums[0] / total, sums[1] / total))
}

/// Four fifths of 5 % for the axes of a structure, the rest for its critères; all of it when only
/// one of the two is judged.
fn risk(lines: &Judged, level: &str) -> f64 {
    let judged = || lines.iter().filter(|(_, line)| line.judged);
    let count = |level: &str| judged().filter(|(k, _)| k.0 == level).count() as f64;
    let (axes, criteres) = (count("axe"), count("critere"));
    let share = match level {
        _ if axes == 0.0 || criteres == 0.0 => 1.0,
        "axe" => 0.8,
        _ => 0.2,
    };
    0.05 * share / count(level)
}

/// Every judged line of the program, against the second computation.
fn confront(
    produced: &[Row],
    site: &str,
    lines: &Judged,
    pools: &[(&str, Weighed); 2],
    seed: u64,
) -> usize {
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
        let Some(line) = lines.get(&key) else {
            continue;
        };
        let found: f64 = row["delta"].parse().expect("a change");
        let delta = line.delta;
        assert!((found - delta).abs() < 2e-6, "{place} {key:?}: {delta}");
        let (_, table) = pools.iter().find(|p| p.0 == key.0).expect("a level");
        let expected = match line.error {
            _ if !line.judged => Some(""),
            None => Some(""),
            Some(_) if line.same => Some("stable"),
            Some(error) => verdict((delta, error), table, risk(lines, &key.0)),
        };
        let word = row["verdict"].split('+').next().unwrap_or("");
        if let Some(expected) = expected {
            assert_eq!(word, expected, "{place} {key:?} {:?}", line.error);
        }
    }
    lines.len()
}

#[test]
fn a_second_computation_of_200_random_comparisons_gives_every_verdict() {
    let checked: usize = (0..200).map(one).sum();
    assert!(checked > 2000, "{checked} verdicts");
}
