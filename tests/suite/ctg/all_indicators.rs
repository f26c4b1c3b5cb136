//! Check 2 on the example: every indicator that the convention declares, over three periods, as `ctg indicateurs` gives it
//! and as a second computation finds it in the files that people typed and exported; each explained to its rows.

use std::collections::BTreeMap;

use observatoire::base::sheets;
use serde_json::Value;

use super::naive_calculations::{Asked, Book, Counting};
use super::surveys::{TOOLS, naive as favourable};
use super::{World, on};
use crate::atelier::Atelier;
use crate::territory::naive_access;
use crate::territory::naive_campaign::{Line, Written, lines};

const DAY: &str = "2026-12-15";

/// What the files of the example say, for the second computation.
struct Second {
    world: World,
    book: Book,
    written: Written,
    /// The same at the first campaign.
    first: Written,
    sites: Vec<Line>,
    structures: Vec<(String, String, String)>,
    /// Answers to each questionnaire: favourable, given, item by item.
    answers: BTreeMap<&'static str, Vec<(usize, usize)>>,
    /// n and n_attendu of O1–O3 for the territory.
    observatory: BTreeMap<String, (f64, f64)>,
}

fn read(demo: &Atelier, name: &str) -> String {
    std::fs::read_to_string(demo.root().join(name)).expect("a file")
}

fn table(demo: &Atelier, asked: &[&str]) -> Vec<Line> {
    lines(&demo.run(asked).stdout)
}

/// Answers of families to what both campaigns asked, or the first alone: levels 3 and 4 of four.
fn families(demo: &Atelier, campaign: &str) -> Vec<Line> {
    let of = |campaign: &str| {
        let all = table(demo, &["exporter", "observations", "--campagne", campaign]);
        let own = all
            .into_iter()
            .filter(|l| l["source"] == "FAM" && l["statut"] == "note");
        own.collect::<Vec<Line>>()
    };
    let (before, now) = (of("C1"), of(campaign));
    let asked = |l: &&Line| before.iter().any(|b| b["element"] == l["element"]);
    let told = now.iter().filter(asked).map(|l| {
        let level: f64 = l["niveau"].parse().expect("a level");
        let favourable = if level > 2.5 { "1" } else { "0" };
        [("favorables", favourable), ("reponses", "1")]
            .map(|(k, v)| (k.to_owned(), v.to_owned()))
            .into_iter()
            .collect()
    });
    told.collect()
}

/// Axes of the same accueils, with their targets.
fn levels(demo: &Atelier) -> Vec<Line> {
    let targets = table(demo, &["indicateurs", "--campagne", "C2"]);
    let lines = table(demo, &["comparer", "C1", "C2"]);
    let kept = lines.into_iter().filter(|l| {
        l["niveau"] == "axe"
            && !l["structure"].is_empty()
            && !l["delta"].is_empty()
            && !l["raison"].contains("la donnée est la même")
    });
    kept.map(|mut l| {
        let target = targets
            .iter()
            .find(|t| t["niveau"] == "axe" && t["code"] == l["code"]);
        let target = target.expect("an axe")["cible"].clone();
        l.insert("cible".to_owned(), target);
        for (from, to) in [
            ("code", "axe"),
            ("valeur_1", "avant"),
            ("valeur_2", "apres"),
        ] {
            let own = l[from].clone();
            l.insert(to.to_owned(), own);
        }
        l
    })
    .collect()
}

impl Second {
    fn of(demo: &Atelier) -> Self {
        let root = demo.root();
        let out = root.join("suivi.xlsx");
        let exported = [
            "ctg",
            "exporter",
            "--date",
            DAY,
            "--sortie",
            &out.to_string_lossy(),
        ];
        assert_eq!(demo.run(&exported).code, 0);
        let bytes = std::fs::read(&out).expect("written");
        let world = World::new(&root, &read(demo, "ctg/convention.toml"));
        let day =
            |d: Option<observatoire::base::day::Day>| d.map_or_else(String::new, |d| d.to_string());
        let observatory = table(demo, &["indicateurs", "--campagne", "C2"]).into_iter();
        let observatory = observatory
            .filter(|l| l["structure"].is_empty() && l["code"].starts_with('O'))
            .filter_map(|l| {
                Some((
                    l["code"].clone(),
                    (l["n"].parse().ok()?, l["n_attendu"].parse().ok()?),
                ))
            });
        let exp = [
            (
                "EXP1. Cette organisation répond à un besoin réel des enfants",
                false,
            ),
            ("EXP2. Je peux la tenir avec les moyens que j’ai", false),
        ];
        let (top, low) = (
            ["Tout à fait d’accord", "Plutôt d’accord"],
            ["Plutôt pas d’accord", "Pas du tout d’accord"],
        );
        let heads = headings(demo, "LimeSurvey Retours des équipes.csv");
        let exp = exp.map(|(words, reversed)| {
            let code = &words[..4];
            let own = heads
                .iter()
                .find(|h| h.starts_with(code) || words.ends_with(h.as_str()));
            (own.expect("a column").as_str(), reversed)
        });
        Self {
            structures: (world.observatory.registry.all().iter())
                .map(|s| (s.code.clone(), day(s.ouverture), day(s.fermeture)))
                .collect(),
            book: Book::of(&sheets::open(&out, &bytes).expect("it opens").value),
            written: Written {
                sites: lines(&read(demo, "data/exemple/C2/denominateurs.csv")),
                communes: lines(&read(demo, "data/communes.csv")),
                context: lines(&read(demo, "data/contexte.csv")),
                levels: levels(demo),
                families: families(demo, "C2"),
                is_second: true,
            },
            first: Written {
                sites: lines(&read(demo, "data/exemple/C1/denominateurs.csv")),
                communes: lines(&read(demo, "data/communes.csv")),
                context: Vec::new(),
                levels: Vec::new(),
                families: families(demo, "C1"),
                is_second: false,
            },
            sites: lines(&read(demo, "data/structures.csv")),
            answers: BTreeMap::from([
                (
                    "OUTILS",
                    favourable(
                        demo,
                        "Forms Les outils de la coopération.xlsx",
                        &TOOLS,
                        &["Tout à fait", "Plutôt oui"],
                        &["Plutôt non", "Pas du tout"],
                    ),
                ),
                (
                    "EXP",
                    favourable(demo, "LimeSurvey Retours des équipes.csv", &exp, &top, &low),
                ),
            ]),
            observatory: observatory.collect(),
            world,
        }
    }

    /// The value of an indicator over a period; none where there is none, or where this computation has no source.
    fn value(&self, declared: &toml::Value, label: &str) -> Option<f64> {
        let word = |key: &str| {
            declared
                .get(key)
                .and_then(toml::Value::as_str)
                .unwrap_or("")
        };
        let year: i32 = label[..4].parse().expect("a year");
        let is_2026 = label.starts_with("2026");
        match word("calcul") {
            "contexte" => self.written.series(word("serie"), year),
            "maillage" => self.measure(declared, label, year),
            "observatoire" => {
                let (n, of) = self
                    .observatory
                    .get(word("figure"))
                    .filter(|_| label == "2026")?;
                (*of > 0.0).then(|| n / of)
            }
            "favorable" => {
                let counted = self.answers[word("enquete")].iter().filter(|_| is_2026);
                let rank = match word("code") {
                    "E1" => Some(0),
                    "E2" => Some(1),
                    _ => None,
                };
                let own = counted
                    .enumerate()
                    .filter(|(r, c)| rank.is_none_or(|rank| rank == *r) && c.1 >= 5);
                let (n, of) = own.fold((0, 0), |(n, of), (_, c)| (n + c.0, of + c.1));
                (of > 0).then(|| n as f64 / of as f64)
            }
            _ => {
                let period = self.world.period(label, DAY);
                let (from, to) = (period.from.to_string(), period.to.to_string());
                let asked = Asked {
                    label,
                    from: &from,
                    to: &to,
                    seen_on: DAY,
                    structures: &self.structures,
                    convention: &self.world.written,
                };
                let counting = Counting {
                    book: &self.book,
                    asked: &asked,
                    indicator: declared,
                };
                counting.value().0
            }
        }
    }

    fn measure(&self, declared: &toml::Value, label: &str, year: i32) -> Option<f64> {
        let word = |key: &str| {
            declared
                .get(key)
                .and_then(toml::Value::as_str)
                .unwrap_or("")
        };
        let end = self.world.period(label, DAY).end().to_string();
        let of_map = ["T01", "T02", "T03"]
            .iter()
            .position(|m| *m == word("mesure"));
        if let Some(rank) = of_map {
            let km = declared
                .get("distance_km")
                .and_then(toml::Value::as_integer);
            let asked = naive_access::Asked {
                day: &end,
                time: word("temps"),
                km: km.unwrap_or(10) as f64,
            };
            return naive_access::naive(&self.sites, &self.written.communes, &asked)[rank];
        }
        // Campaigns began on 27 April and on 2 November.
        let written = match end.as_str() {
            day if day >= "2026-11-02" => &self.written,
            day if day >= "2026-04-27" => &self.first,
            _ => return None,
        };
        written.value(word("mesure"), word("axe"), year)
    }
}

fn headings(demo: &Atelier, file: &str) -> Vec<String> {
    let path = demo.root().join("data/exemple/ctg").join(file);
    let bytes = std::fs::read(&path).expect("of the example");
    let book = sheets::open(&path, &bytes).expect("it opens").value;
    book.sheets[0].rows[0]
        .cells
        .iter()
        .map(|c| c.value.text())
        .collect()
}

/// As its terms give it: files round what they divide.
fn exact(row: &Value) -> Option<f64> {
    let value = row["valeur"].as_f64()?;
    match (row["numerateur"].as_f64(), row["denominateur"].as_f64()) {
        (Some(n), Some(of)) if (value - n / of).abs() < 1e-5 => Some(n / of),
        (Some(n), Some(of)) => Some(100.0 * n / of)
            .filter(|v| (v - value).abs() < 1e-4)
            .or(Some(value)),
        _ => Some(value),
    }
}

#[test]
fn every_indicator_of_the_example_is_that_of_a_second_computation_and_explained() {
    let demo = Atelier::demo();
    let second = Second::of(&demo);
    let declared = second.world.written["indicateurs"]
        .as_array()
        .expect("indicators");
    let (mut compared, mut valued, mut explained) = (0, 0, 0);
    for label in ["2026", "2026-T2", "2026-T4"] {
        let (_, said) = demo.json(&["ctg", "indicateurs", "--periode", label, "--date", DAY]);
        let rows = said["resultat"].as_array().expect("rows");
        assert_eq!(rows.len(), declared.len());
        for (row, declared) in rows.iter().zip(declared) {
            let code = declared["code"].as_str().expect("a code");
            assert_eq!(row["indicateur"], code);
            let own = exact(row);
            let calculation = declared["calcul"].as_str().unwrap_or_default();
            let of_2026 = ["observatoire", "favorable"].contains(&calculation);
            if of_2026 && label != "2026" {
                continue;
            }
            let wanted = second.value(declared, label);
            // Places for a hundred children: the second computation divides once.
            let is_same = match (own, wanted) {
                (Some(a), Some(b)) => (a - b).abs() <= 1e-9 * b.abs().max(1.0),
                (a, b) => a.is_none() && b.is_none(),
            };
            assert!(is_same, "{code} {label}: {own:?}, naively {wanted:?}");
            compared += 1;
            if own.is_none() || label != "2026" {
                continue;
            }
            valued += 1;
            let key = format!("CTG/{code}/{label}");
            let answer = demo.run(&["expliquer", &key, "--date", DAY]);
            assert_eq!(answer.code, 0, "{key}: {}", answer.stderr);
            // Lines of registers and files, accueils, campaigns, imports of responses.
            let places = [" › ", "Observatoire", "Accueil ", "Axe ", "E00"];
            let leads = places.iter().any(|p| answer.stdout.contains(p));
            assert!(leads || own == Some(0.0), "{key}: {}", answer.stdout);
            explained += 1;
        }
    }
    assert_eq!(on(DAY).to_string(), DAY);
    println!(
        "{} indicateurs, {compared} valeurs comparées à 1e-9 près sur trois périodes, {valued} calculables en 2026, {explained} expliquées jusqu’à leurs lignes",
        declared.len()
    );
    assert!(declared.len() >= 30 && valued >= 30, "{valued}");
}
