//! The second computation: levels from the exported tables, the référentiel and the regulatory
//! parameters alone, by loops over rows, written from the rules and not from the program.

mod activity;
mod convention;
mod laws;
mod organiser;
mod random;
pub mod random_worlds;
mod thought;
mod verdicts;

use std::collections::{BTreeMap, BTreeSet};

use toml::{Table, Value};

use crate::atelier::Atelier;
use activity::measure;

/// One row of an export: column → text.
pub type Row = BTreeMap<String, String>;
/// valeur, statut without marks, n, `n_attendu`.
type Computed = (Option<f64>, &'static str, usize, usize);
/// Weight, value and status of a critère.
type Weighted<'a> = (f64, Option<f64>, &'a str);
/// niveau, code, source → valeur, statut without marks, n, `n_attendu`.
pub type Expected = BTreeMap<(String, String, String), Computed>;

const SOURCES: [(&str, f64); 8] = [
    ("OBS", 3.0),
    ("AUT", 0.0),
    ("DIR", 2.0),
    ("FAM", 1.0),
    ("ENF", 0.0),
    ("EQP", 1.0),
    ("ENS", 1.0),
    ("DON", 2.0),
];
const QUESTIONNAIRES: [&str; 4] = ["FAM", "ENF", "EQP", "ENS"];

/// Rows of a CSV in the contract's dialect.
pub fn rows(text: &str) -> Vec<Row> {
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let names = reader.headers().expect("headers").clone();
    let row = |r: csv::StringRecord| {
        let pairs = names.iter().zip(r.iter());
        pairs.map(|(a, b)| (a.to_owned(), b.to_owned())).collect()
    };
    reader.records().map(|r| row(r.expect("a row"))).collect()
}

/// The actions of the plans.
fn actions(atelier: &Atelier) -> Vec<Row> {
    let (_, said) = atelier.json(&["plan", "--date", "2026-12-31"]);
    let listed = said["resultat"].as_array().expect("actions");
    let row = |action: &serde_json::Value| {
        let fields = action.as_object().expect("an action").iter();
        let text = |v: &serde_json::Value| v.as_str().unwrap_or("").to_owned();
        fields.map(|(k, v)| (k.clone(), text(v))).collect()
    };
    listed.iter().map(row).collect()
}

/// What the campaign and the files say.
pub struct Given<'a> {
    pub answers: Vec<&'a Row>,
    pub structure: &'a Row,
    pub referentiel: &'a Table,
    pub regulation: &'a Table,
    pub end: &'a str,
    pub criteres: &'a [String],
    pub sources: &'a [String],
    /// Actions of the plans, as `plan --json` lists them.
    pub actions: &'a [Row],
}

/// Value, is « nc » everywhere, ratings with a level, anything received.
type Element = (Option<f64>, bool, usize, bool);

fn number(value: Option<&Value>, default: f64) -> f64 {
    match value {
        Some(Value::Integer(i)) => *i as f64,
        Some(Value::Float(f)) => *f,
        Some(Value::String(s)) => {
            let (a, b) = s.split_once('/').expect("a fraction");
            a.parse::<f64>().expect("top") / b.parse::<f64>().expect("bottom")
        }
        _ => default,
    }
}

fn list<'a>(table: &'a Table, key: &str) -> Vec<&'a Table> {
    let array = table.get(key).and_then(Value::as_array);
    let tables = array.into_iter().flatten();
    tables.map(|v| v.as_table().expect("a table")).collect()
}

fn word<'a>(table: &'a Table, key: &str) -> &'a str {
    table.get(key).and_then(Value::as_str).unwrap_or("")
}

fn mean(values: &[f64]) -> Option<f64> {
    (!values.is_empty()).then(|| values.iter().sum::<f64>() / values.len() as f64)
}

/// Rules met of those checked, of those that apply.
fn rule_row(laws: &[Option<f64>]) -> Computed {
    let checked: Vec<f64> = laws.iter().flatten().copied().collect();
    let met = checked.iter().filter(|v| **v >= 4.0 - 1e-9).count();
    let value = (!checked.is_empty()).then(|| met as f64 / checked.len() as f64);
    let status = if checked.is_empty() {
        "non_evalue"
    } else {
        "ok"
    };
    (value, status, checked.len(), laws.len())
}

/// An impératif: met when all that it depends on is at 4.
fn must_row(musts: &[Option<f64>]) -> Computed {
    let scored = musts.iter().flatten().count();
    let (value, status) = match () {
        () if musts.iter().flatten().any(|v| *v < 4.0 - 1e-9) => (Some(0.0), "non_atteint"),
        () if scored == musts.len() && scored > 0 => (Some(1.0), "atteint"),
        () => (None, "non_evalue"),
    };
    (value, status, scored, musts.len())
}

/// The overall mark, of axes that apply.
fn overall_row(marks: &[Computed]) -> Computed {
    let values: Vec<f64> = marks.iter().filter_map(|m| m.0).collect();
    let whole = !values.is_empty() && values.len() == marks.len();
    let status = match () {
        () if !whole => "non_publiable",
        () if marks.iter().any(|m| m.1 == "provisoire") => "provisoire",
        () => "ok",
    };
    let value = mean(&values).filter(|_| whole);
    (value, status, values.len(), marks.len())
}

impl Given<'_> {
    fn rule(&self, name: &str, default: f64) -> f64 {
        let rules = self.referentiel.get("regles").and_then(Value::as_table);
        number(rules.and_then(|r| r.get(name)), default)
    }

    fn applies(&self, table: &Table) -> bool {
        let types = table.get("types").and_then(Value::as_array);
        types.is_none_or(|t| {
            t.iter()
                .any(|t| t.as_str() == Some(&self.structure["type"]))
        })
    }

    /// Rule 1.
    fn element(&self, element: &Table) -> Element {
        let (code, source) = (word(element, "code"), word(element, "source"));
        if source == "DON" {
            let value = measure(self, word(element, "mesure"));
            let level = value.map(|v| converted(element, v));
            let is_measure = |r: &&&Row| !r["visite"].starts_with("correction ");
            let mut sent = self.answers.iter().filter(is_measure);
            let any = sent.any(|r| r["source"] == "DON");
            return (level, false, usize::from(level.is_some()), any);
        }
        let mine = self.answers.iter().filter(|r| r["element"] == code);
        let mine: Vec<&&Row> = mine.collect();
        let level = |r: &&&Row| r["niveau"].parse::<f64>().ok();
        let questionnaire = QUESTIONNAIRES.contains(&source);
        let said = |r: &Row| r["statut"] != "vide" || !questionnaire;
        let any = self
            .answers
            .iter()
            .any(|r| r["source"] == source && said(r));
        if questionnaire {
            let levels: Vec<f64> = mine.iter().filter_map(level).collect();
            let scored = mine.iter().filter(|r| r["statut"] == "note").count();
            return (mean(&levels), false, scored, any);
        }
        let visits: BTreeSet<&String> = mine.iter().map(|r| &r["visite"]).collect();
        let (mut values, mut nc, mut n) = (Vec::new(), 0, 0);
        // Days on which it was found otherwise.
        let mut otherwise: Vec<&str> = Vec::new();
        for visit in &visits {
            let here = |consensus: bool| {
                let rows = mine.iter().filter(move |r| {
                    &&r["visite"] == visit && (r["observateur"] == "consensus") == consensus
                });
                rows.collect::<Vec<_>>()
            };
            let settled = here(true)
                .iter()
                .any(|r| ["note", "nc"].contains(&r["statut"].as_str()));
            let used = here(settled);
            let levels: Vec<f64> = used.iter().filter_map(|r| level(r)).collect();
            n += mine
                .iter()
                .filter(|r| &&r["visite"] == visit && level(r).is_some())
                .count();
            match mean(&levels) {
                Some(value) => {
                    if value < 4.0 - 1e-9 {
                        let days = mine.iter().filter(|r| &&r["visite"] == visit);
                        otherwise.extend(days.map(|r| r["date"].as_str()));
                    }
                    values.push(value);
                }
                None => nc += usize::from(used.iter().any(|r| r["statut"] == "nc")),
            }
        }
        let all_nc = values.is_empty() && nc > 0 && nc == visits.len();
        if self.put_right(code, &otherwise) {
            return (Some(4.0), false, n, any);
        }
        (mean(&values), all_nc, n, any)
    }

    /// Whether a dated line says that it was put right, and no later day found it otherwise.
    fn put_right(&self, code: &str, otherwise: &[&str]) -> bool {
        let line = format!("correction {code}");
        let said = self.answers.iter().filter(|r| r["visite"] == line);
        let mut days = said.map(|r| r["valeur_brute"].as_str());
        let day = days.next_back();
        !otherwise.is_empty() && day.is_some_and(|day| otherwise.iter().all(|seen| *seen <= day))
    }

    fn respondents(&self, source: &str, critere: &[&Table]) -> usize {
        let codes: BTreeSet<&str> = critere.iter().map(|e| word(e, "code")).collect();
        let scored = self.answers.iter().filter(|r| {
            r["source"] == source && r["statut"] == "note" && codes.contains(r["element"].as_str())
        });
        scored
            .map(|r| &r["repondant"])
            .collect::<BTreeSet<_>>()
            .len()
    }

    fn weight(&self, critere: &Table, source: &str, default: f64) -> f64 {
        let own = |t: &Table| {
            let weights = t.get("poids_sources").and_then(Value::as_table);
            weights
                .and_then(|w| w.get(source))
                .map(|v| number(Some(v), 0.0))
        };
        own(critere)
            .or_else(|| own(self.referentiel))
            .unwrap_or(default)
    }

    /// Rule 2: value, status, éléments scored, applicable.
    fn source(
        &self,
        source: &str,
        asked: &[&Table],
        values: &[Element],
        respondents: usize,
    ) -> Computed {
        let pairs = asked.iter().zip(values).filter(|(_, v)| !v.1);
        let pairs: Vec<_> = pairs
            .map(|(e, v)| (number(e.get("poids"), 1.0), v.0))
            .collect();
        let scored: Vec<(f64, f64)> = pairs
            .iter()
            .filter_map(|(w, v)| v.map(|v| (*w, v)))
            .collect();
        let (n, all) = (scored.len(), pairs.len());
        let weight: f64 = scored.iter().map(|p| p.0).sum();
        let cover = weight / pairs.iter().map(|p| p.0).sum::<f64>();
        let enough = n >= all.min(self.rule("elements_min", 2.0) as usize)
            && cover >= self.rule("couverture_critere", 0.5) - 1e-9;
        let few = QUESTIONNAIRES.contains(&source)
            && respondents < self.rule("effectif_min", 5.0) as usize;
        let status = match () {
            () if all == 0 => "nc",
            () if !values.iter().any(|v| v.3) => "absent",
            () if few => "effectif_insuffisant",
            () if self.is_never(word(asked[0], "echelle")) => "non_calculable",
            () if n == 0 && source == "DON" => "non_calculable",
            () if n == 0 => "non_observe",
            () if !enough => "couverture_insuffisante",
            () => "ok",
        };
        let value = scored.iter().map(|p| p.0 * p.1).sum::<f64>() / weight;
        ((status == "ok").then_some(value), status, n, all)
    }

    /// Every level of one structure.
    pub fn levels(&self) -> Expected {
        let mut all = Expected::new();
        let key = |a: &str, b: &str, c: &str| (a.to_owned(), b.to_owned(), c.to_owned());
        let mut axes: BTreeMap<&str, Vec<Weighted>> = BTreeMap::new();
        let mut every_law = Vec::new();
        for critere in list(self.referentiel, "criteres") {
            let code = word(critere, "code");
            let wanted = self.criteres.is_empty() || self.criteres.iter().any(|c| c == code);
            if !wanted || !self.applies(critere) {
                continue;
            }
            let (mut has_musts, mut asked) = (false, false);
            // Of what the organiser decides a structure has its éléments and its rules.
            let decided = organiser::decides(critere);
            let (mut musts, mut laws, mut scores) = (Vec::new(), Vec::new(), BTreeMap::new());
            for (source, default) in SOURCES {
                let elements = list(critere, "elements").into_iter();
                let elements = elements.filter(|e| word(e, "source") == source && self.applies(e));
                let elements: Vec<&Table> = elements.collect();
                let expected = self.sources.is_empty() || self.sources.iter().any(|s| s == source);
                if elements.is_empty() || !expected {
                    continue;
                }
                let values: Vec<Element> = elements.iter().map(|e| self.element(e)).collect();
                for (e, v) in elements.iter().zip(&values) {
                    let status = if v.1 { "nc" } else { "" };
                    all.insert(
                        key("element", word(e, "code"), source),
                        (v.0, status, v.2, 0),
                    );
                }
                if ["OBS", "DIR", "DON"].contains(&source) {
                    for (e, v) in elements.iter().zip(&values) {
                        let (counts, law) = self.counts(e);
                        let known = self.settled(e, v.0);
                        has_musts |= counts;
                        musts.extend((counts && !v.1).then_some(known));
                        laws.extend((law && !v.1).then_some(known));
                        if law {
                            let row = self.rule_of(e, v, known);
                            all.insert(key("regle", word(e, "code"), source), row);
                        }
                    }
                }
                asked = true;
                if decided {
                    continue;
                }
                let respondents = self.respondents(source, &elements);
                let score = self.source(source, &elements, &values, respondents);
                all.insert(key("source", code, source), score);
                scores.insert(source, (self.weight(critere, source, default), score));
            }
            if !asked {
                continue;
            }
            let imperatif = critere.get("imperatif").and_then(Value::as_bool);
            if imperatif == Some(true) && has_musts {
                all.insert(key("imperatif", code, ""), must_row(&musts));
            }
            if !laws.is_empty() {
                all.insert(key("regle", code, ""), rule_row(&laws));
                every_law.extend(laws);
            }
            if decided {
                continue;
            }
            let figure = self.critere(&scores);
            all.insert(key("critere", code, ""), figure);
            let weight = number(critere.get("poids"), 1.0);
            let axe = axes.entry(word(critere, "axe")).or_default();
            axe.push((weight, figure.0, figure.1));
        }
        if !every_law.is_empty() {
            all.insert(key("regle", "REGLES", ""), rule_row(&every_law));
        }
        let mut marks = Vec::new();
        for (axe, criteres) in axes {
            marks.push(self.axe(&criteres));
            all.insert(key("axe", axe, ""), self.axe(&criteres));
        }
        let rules = self.referentiel.get("regles").and_then(Value::as_table);
        let wanted = rules
            .and_then(|r| r.get("note_globale"))
            .and_then(Value::as_bool);
        if wanted == Some(true) && !marks.is_empty() {
            marks.retain(|m| m.1 != "nc");
            all.insert(key("axe", "GLOBAL", ""), overall_row(&marks));
        }
        all
    }

    /// One rule: met, put right since, or not.
    fn rule_of(&self, element: &Table, value: &Element, known: Option<f64>) -> Computed {
        let line = format!("correction {}", word(element, "code"));
        let is_said = self.answers.iter().any(|r| r["visite"] == line);
        let status = match known {
            _ if value.1 => "nc",
            None => "non_evalue",
            Some(level) if level < 4.0 - 1e-9 => "non_conforme",
            // Whether the line changed anything is told by its mark, which is not compared here.
            Some(_) if is_said => "",
            Some(_) => "conforme",
        };
        let met = known
            .filter(|_| !value.1)
            .map(|l| f64::from(u8::from(l >= 4.0 - 1e-9)));
        (met, status, value.2, 0)
    }

    /// Whether an impératif depends on an élément, and whether a text asks for it.
    fn counts(&self, element: &Table) -> (bool, bool) {
        let law = word(element, "origine") == "loi";
        let fact = element.get("compte_imperatif").and_then(Value::as_bool) == Some(true);
        (law || fact || !self.tells_origins(), law)
    }

    /// A level, unless nobody has said how mixed ages count and the other way turns the verdict.
    fn settled(&self, element: &Table, level: Option<f64>) -> Option<f64> {
        let is_met = |level: f64| level >= 4.0 - 1e-9;
        let code = Some(word(element, "mesure")).filter(|_| word(element, "source") == "DON");
        let other = code.and_then(|code| activity::read_otherwise(self, code));
        let other = other.map(|value| is_met(converted(element, value)));
        level.filter(|own| other.is_none_or(|other| other == is_met(*own)))
    }

    /// Whether answers on a scale never become levels.
    fn is_never(&self, scale: &str) -> bool {
        let scales = list(self.referentiel, "echelles").into_iter();
        let mut own = scales.filter(|s| word(s, "code") == scale);
        own.any(|s| word(s, "conversion") == "jamais")
    }

    /// Whether the référentiel says where its éléments come from.
    fn tells_origins(&self) -> bool {
        let criteres = list(self.referentiel, "criteres").into_iter();
        let mut elements = criteres.flat_map(|c| list(c, "elements"));
        elements.any(|e| e.contains_key("origine"))
    }

    /// Rule 3.
    fn critere(&self, scores: &BTreeMap<&str, (f64, Computed)>) -> Computed {
        let expected: Vec<_> = scores
            .iter()
            .filter(|(_, (w, s))| *w > 0.0 && s.1 != "nc")
            .collect();
        let mut terms: Vec<(f64, f64)> = expected
            .iter()
            .filter_map(|(_, (w, s))| s.0.map(|v| (*w, v)))
            .collect();
        let n = terms.len();
        let unseen = expected
            .iter()
            .find(|(s, (_, score))| **s == "OBS" && score.0.is_none());
        let rules = self.referentiel.get("regles").and_then(Value::as_table);
        let stand_in = rules
            .and_then(|r| r.get("auto_remplace_obs"))
            .and_then(Value::as_bool);
        let why = unseen.map(|(_, (_, score))| score.1);
        if let (Some((_, (w, _))), Some((_, (Some(v), ..)))) = (unseen, scores.get("AUT"))
            && stand_in.unwrap_or(true)
            && why == Some("absent")
        {
            terms.push((*w, *v));
        }
        let weight: f64 = terms.iter().map(|t| t.0).sum();
        let value = (weight > 0.0).then(|| terms.iter().map(|t| t.0 * t.1).sum::<f64>() / weight);
        // Too little was seen: what others say does not take its place.
        let is_thin = why == Some("couverture_insuffisante");
        let value = value.filter(|_| !is_thin);
        let status = match (value, unseen) {
            _ if is_thin => "couverture_insuffisante",
            (Some(_), Some(_)) => "provisoire",
            (Some(_), None) => "ok",
            _ if expected.is_empty()
                && scores.values().any(|(_, s)| s.1 == "nc")
                && scores.values().all(|(_, s)| s.0.is_none()) =>
            {
                "nc"
            }
            _ => "",
        };
        (value, status, n, expected.len())
    }

    /// Rule 5.
    fn axe(&self, criteres: &[Weighted]) -> Computed {
        let applicable: Vec<_> = criteres.iter().filter(|c| c.2 != "nc").collect();
        let valued: Vec<_> = applicable.iter().filter(|c| c.1.is_some()).collect();
        let weight: f64 = valued.iter().map(|c| c.0).sum();
        let cover = weight / applicable.iter().map(|c| c.0).sum::<f64>();
        let enough = cover >= self.rule("couverture_axe", 2.0 / 3.0) - 1e-9;
        let total: f64 = valued.iter().map(|c| c.0 * c.1.unwrap_or(0.0)).sum();
        let status = match () {
            () if applicable.is_empty() => "nc",
            () if !enough => "non_publiable",
            () if valued.iter().any(|c| c.2 == "provisoire") => "provisoire",
            () => "ok",
        };
        let value = enough.then(|| total / weight);
        (value, status, valued.len(), applicable.len())
    }
}

/// A measure by its thresholds.
fn converted(element: &Table, value: f64) -> f64 {
    let steps = element["seuils"].as_array().expect("thresholds");
    let low = word(element, "sens") == "bas";
    let reached = steps.iter().filter(|s| {
        let gap = value - number(Some(s), 0.0);
        if low { gap <= 1e-9 } else { gap >= -1e-9 }
    });
    1.0 + reached.count() as f64
}

/// Compares the program's table with the second computation, row by row; gives how many rows.
pub fn check(produced: &[Row], structure: &str, expected: &Expected, context: &str) -> usize {
    let mut seen = 0;
    for row in produced.iter().filter(|r| r["structure"] == structure) {
        if ["activite", "enquete"].contains(&row["niveau"].as_str()) {
            continue;
        }
        let key = (
            row["niveau"].clone(),
            row["code"].clone(),
            row["source"].clone(),
        );
        let place = format!("{context} {structure} {key:?} {row:?}");
        let (value, status, n, applicable) = *expected.get(&key).expect(&place);
        match (row["valeur"].parse::<f64>().ok(), value) {
            (Some(a), Some(b)) => assert!((a - b).abs() < 1e-6, "{place}: {b} expected"),
            (a, b) => assert_eq!(a.is_some(), b.is_some(), "{place}: {b:?} expected"),
        }
        let word = row["statut"].split('+').next().unwrap_or("");
        assert!(status.is_empty() || word == status, "{place}: {status}");
        assert_eq!(row["n"], n.to_string(), "{place}");
        let is_element = key.0 == "element" || key.0 == "regle" && !key.2.is_empty();
        if !is_element {
            assert_eq!(row["n_attendu"], applicable.to_string(), "{place}");
        }
        seen += 1;
    }
    assert_eq!(seen, expected.len(), "{context} {structure}: rows missing");
    seen
}

#[test]
fn a_second_computation_of_the_example_gives_every_level() {
    let atelier = Atelier::demo();
    let read = |name: &str| std::fs::read_to_string(atelier.root().join(name)).expect(name);
    let table = |name: &str| read(name).parse::<Table>().expect(name);
    let referentiel = table("grids/referentiel-v2.toml");
    let regulation = table("grids/reglement-2026.toml");
    let settings = table("observatoire.toml");
    let observations = rows(&atelier.run(&["exporter", "observations"]).stdout);
    let structures = rows(&atelier.run(&["exporter", "structures"]).stdout);
    let actions = actions(&atelier);
    let mut checked = 0;
    for campaign in list(&settings, "campagnes") {
        let mut active_sites = Vec::new();
        let id = word(campaign, "id");
        let texts = |key: &str| -> Vec<String> {
            let array = campaign.get(key).and_then(Value::as_array);
            let texts = array.into_iter().flatten().filter_map(Value::as_str);
            texts.map(str::to_owned).collect()
        };
        let (criteres, sources) = (texts("criteres"), texts("sources"));
        let produced = rows(&atelier.run(&["indicateurs", "--campagne", id]).stdout);
        let (start, end) = (word(campaign, "debut"), word(campaign, "fin"));
        let (mut sums, mut planned) = (convention::Sums::default(), false);
        for structure in &structures {
            let (opens, closes) = (&structure["ouverture"], &structure["fermeture"]);
            let active = (opens.is_empty() || opens.as_str() <= end)
                && (closes.is_empty() || closes.as_str() >= start);
            let mine = |r: &&Row| r["campagne"] == id && r["structure"] == structure["code"];
            let given = Given {
                answers: observations.iter().filter(mine).collect(),
                structure,
                referentiel: &referentiel,
                regulation: &regulation,
                end,
                criteres: &criteres,
                sources: &sources,
                actions: &actions,
            };
            let expected = if active {
                given.levels()
            } else {
                Expected::new()
            };
            checked += check(&produced, &structure["code"], &expected, id);
            checked += activity::check(&produced, &given, active);
            if active {
                sums.add(&given, &activity::issued(&given));
                planned |= activity::planned_by(&given);
            }
            active_sites.extend(active.then_some(given));
        }
        checked += check(&produced, "", &organiser::territory(&active_sites), id);
        checked += sums.check(&produced, planned);
    }
    assert!(checked > 6000, "{checked} rows");
}
