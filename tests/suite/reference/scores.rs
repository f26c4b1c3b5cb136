//! Rules 1 to 6 and the rounding of what is printed.

use std::collections::{BTreeMap, HashMap};

use observatoire::base::text::decimals;
use observatoire::stats::score::{
    self, Child, Least, MeanKind, Ratings, SourceTerm, Visit, Weighted,
};
use serde_json::{Value, json};

use super::read::{Options, answer, count, number, object, optional};

/// Parts that make a level: any power of ten keeps levels of one decimal whole.
const UNIT: i64 = 1_000_000;

pub fn run(method: &str, options: &Options, input: &Value) -> Option<Value> {
    Some(match method {
        "generalised_mean" => generalised(options, input)?,
        "aggregate_tree" => tree(options, input),
        "imperative_criterion" => imperative(options, input),
        "combine_observers" => combine(input),
        "critere_score" => critere(options, input),
        "display_rounding" => rounding(options, input),
        _ => return None,
    })
}

/// Arithmetic unless another is named.
pub fn kind(name: &Value) -> Option<MeanKind> {
    match name.as_str() {
        None | Some("arithmetic") => Some(MeanKind::Arithmetic),
        Some("geometric") => Some(MeanKind::Geometric),
        _ => None,
    }
}

fn generalised(options: &Options, input: &Value) -> Option<Value> {
    let weights = optional(&input["weights"]);
    let terms: Vec<Weighted> = optional(&input["values"])
        .into_iter()
        .enumerate()
        .filter_map(|(i, value)| {
            let weight = weights.get(i).copied().flatten().unwrap_or(1.0);
            Some(Weighted {
                weight,
                value: value?,
            })
        })
        .collect();
    let mean = score::generalised_mean(&terms, kind(&options["kind"])?);
    Some(answer(mean, |m| json!({ "mean": m })))
}

/// A rating on a grid: a level, nothing, or « non concerné ».
fn child(weight: f64, rating: &Value) -> Child {
    Child {
        weight,
        score: rating.as_f64(),
        applies: rating != "NC",
    }
}

/// Children come after their parents: the list is read backwards.
fn tree(options: &Options, input: &Value) -> Value {
    let nodes: Vec<&Value> = input["nodes"].as_array().into_iter().flatten().collect();
    let mut children: HashMap<&str, Vec<Child>> = HashMap::new();
    let mut told = BTreeMap::new();
    for node in nodes.iter().rev() {
        let id = node["id"].as_str().unwrap_or("");
        let level = node["level"].as_str().unwrap_or("");
        let weight = number(&node["weight"], 1.0);
        let own = if level == "item" {
            let given = &node["rating"];
            child(
                weight,
                if given.is_null() {
                    &input["ratings"][id]
                } else {
                    given
                },
            )
        } else {
            let least = Least {
                coverage: number(&options["min_coverage"][level], 0.5),
                children: count(&options["min_children"][level]),
            };
            // Read backwards, told in order: sums do not depend on it beyond the last digit.
            let mut below = children.remove(id).unwrap_or_default();
            below.reverse();
            let node = score::node(&below, least);
            let status = match (node.applicable, node.score) {
                (0, _) => "nc",
                (_, Some(_)) => "ok",
                _ => "couverture_insuffisante",
            };
            told.insert(
                id.to_owned(),
                json!({
                    "status": status, "score": node.score, "coverage": node.coverage,
                    "applicable": node.applicable, "scored": node.scored,
                }),
            );
            Child {
                weight,
                score: node.score,
                applies: node.applicable > 0,
            }
        };
        children
            .entry(node["parent"].as_str().unwrap_or(""))
            .or_default()
            .push(own);
    }
    json!({ "nodes": object(told.into_iter()) })
}

fn imperative(options: &Options, input: &Value) -> Value {
    let levels = optional(&input["ratings"]);
    let status = match score::imperatif(&levels, number(&options["scale_max"], 4.0)) {
        Some(true) => "atteint",
        Some(false) => "non_atteint",
        None => "indetermine",
    };
    json!({ "status": status })
}

fn add(ratings: &mut Ratings, rating: &Value) {
    if let Some(level) = rating.as_f64() {
        ratings.sum += (level * UNIT as f64).round() as i64;
        ratings.levels += 1;
    }
    ratings.nc += usize::from(rating == "NC");
}

fn combine(input: &Value) -> Value {
    let mut visits: BTreeMap<&str, Visit> = BTreeMap::new();
    for given in input["ratings"].as_array().into_iter().flatten() {
        let visit = visits
            .entry(given["visit"].as_str().unwrap_or(""))
            .or_default();
        let consensus = given["consensus"] == true;
        let ratings = if consensus {
            &mut visit.consensus
        } else {
            &mut visit.observers
        };
        add(ratings, &given["rating"]);
    }
    let torn: Vec<&&str> = visits
        .iter()
        .filter(|(_, visit)| visit.is_torn())
        .map(|(name, _)| name)
        .collect();
    let combined = score::combine(visits.values().copied(), UNIT);
    let status = match (combined.score, combined.is_nc) {
        (Some(_), _) => "ok",
        (None, true) => "nc",
        (None, false) => "non_observe",
    };
    json!({
        "status": status, "score": combined.score, "n_visits": combined.visits,
        "n_ratings": combined.ratings, "inverse_ratings": combined.inverse_ratings,
        "applicability_conflict": torn,
    })
}

/// Coverages are 1 where there is a score, unless they are given; `stand_in` names the source that
/// takes the place of a missing one.
fn critere(options: &Options, input: &Value) -> Value {
    let weights = options["weights"].as_object().into_iter().flatten();
    let terms: Vec<SourceTerm> = weights
        .map(|(source, weight)| {
            let score = input["scores"][source].as_f64();
            let coverage = f64::from(u8::from(score.is_some()));
            SourceTerm {
                weight: number(weight, 0.0),
                score,
                applies: input["scores"][source] != "NC",
                coverage: number(&input["coverage"][source], coverage),
            }
        })
        .collect();
    let stand_in = input["stand_in"].as_object().map(|term| Weighted {
        weight: number(&term["weight"], 0.0),
        value: number(&term["score"], 0.0),
    });
    let mean = score::critere(&terms, stand_in);
    json!({
        "score": mean.score, "coverage": mean.coverage, "expected": mean.expected,
        "used": mean.used,
    })
}

/// Vectors write numbers as machines do, pages as French readers do.
fn rounding(options: &Options, input: &Value) -> Value {
    let digits = count(&options["digits"]);
    let shown = |f: &Value| {
        let value = number(&f[0], 0.0) / number(&f[1], 1.0);
        decimals(value, digits).replace(',', ".").replace('−', "-")
    };
    let fractions = input["fractions"].as_array().into_iter().flatten();
    json!({ "displayed": fractions.map(shown).collect::<Vec<_>>() })
}
