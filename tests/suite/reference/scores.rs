//! Section 1: from ratings to indicators.

use std::collections::{BTreeMap, HashMap};

use observatoire::stats::instruments::{self, Indicator};
use observatoire::stats::score::{
    self, Across, MeanKind, Node, NodeStatus, Observed, Rating, SourceTerm,
};
use observatoire::stats::{likert, proportion};
use serde_json::{Value, json};

use super::read::{
    Options, answer, bounds, conf, count, number, object, optional, refused, texts, with,
};

pub fn run(method: &str, options: &Options, input: &Value) -> Option<Value> {
    Some(match method {
        "normalise_0_100" => {
            let scale = (
                number(&options["scale_min"], 1.0),
                number(&options["scale_max"], 4.0),
            );
            let reversed = options.flag("reversed")?;
            let score = |v: Option<f64>| v.map(|v| score::normalise(v, scale, reversed));
            json!({ "scores": optional(&input["values"]).into_iter().map(score).collect::<Vec<_>>() })
        }
        "generalised_mean" => generalised(options, input)?,
        "aggregate_tree" => tree(options, input)?,
        "imperative_criterion" => imperative(options, input),
        "ers_item_score" => ers_item(input),
        "ers_scale_scores" => ers_scales(input),
        "pqa_scores" => pqa(options, input),
        "likert_summary" => likert_summary(options, input),
        "net_score_ci" => net(options, input)?,
        "combine_observers" => combine(options, input)?,
        "triangulate" => triangulate(options, input),
        "perception_gap" => gap(options, input),
        "display_rounding" => {
            let digits = count(&options["digits"]);
            let shown = |f: &Value| {
                score::round_fraction(
                    f[0].as_i64().unwrap_or(0),
                    f[1].as_i64().unwrap_or(1),
                    digits,
                )
            };
            let fractions = input["fractions"].as_array()?;
            json!({ "displayed": fractions.iter().map(shown).collect::<Vec<_>>() })
        }
        _ => return None,
    })
}

/// Arithmetic unless another is named.
pub fn kind(name: &Value) -> Option<MeanKind> {
    match name.as_str() {
        None | Some("arithmetic") => Some(MeanKind::Arithmetic),
        Some("geometric") => Some(MeanKind::Geometric),
        Some("harmonic") => Some(MeanKind::Harmonic),
        _ => None,
    }
}

fn generalised(options: &Options, input: &Value) -> Option<Value> {
    let values = optional(&input["values"]);
    let weights = optional(&input["weights"]);
    let pairs = values.iter().enumerate().filter_map(|(i, v)| {
        let weight = weights.get(i).copied().flatten().unwrap_or(1.0);
        Some((weight, (*v)?))
    });
    let pairs: Vec<(f64, f64)> = pairs.collect();
    let kind = kind(&options["kind"])?;
    let found = score::generalised_mean(&pairs, kind);
    Some(answer(found, |m| json!({ "mean": m })))
}

fn rating(value: &Value) -> Rating {
    match (value.as_f64(), value.as_str()) {
        (Some(v), _) => Rating::Level(v),
        (_, Some("NC")) => Rating::Nc,
        _ => Rating::No,
    }
}

fn tree(options: &Options, input: &Value) -> Option<Value> {
    let nodes: Vec<&Value> = input["nodes"].as_array().into_iter().flatten().collect();
    let ratings = &input["ratings"];
    let mut done: HashMap<&str, Node> = HashMap::new();
    let id = |n: &Value| n["id"].as_str().unwrap_or("").to_owned();
    // Children come after their parents: the list is read backwards.
    for node in nodes.iter().rev() {
        let name = node["id"].as_str().unwrap_or("");
        let children: Vec<(f64, Node)> = nodes
            .iter()
            .filter(|c| c["parent"].as_str() == Some(name))
            .filter_map(|c| Some((number(&c["weight"], 1.0), *done.get(id(c).as_str())?)))
            .collect();
        let level = node["level"].as_str().unwrap_or("");
        let value = if level == "item" {
            let written = if node["rating"].is_null() {
                &ratings[name]
            } else {
                &node["rating"]
            };
            score::leaf(rating(written))
        } else {
            let least = (
                number(&options["min_coverage"][level], 0.5),
                number(&options["min_children"][level], 1.0) as usize,
            );
            score::aggregate(&children, least, kind(&options["aggregation"][level])?)
        };
        done.insert(name, value);
    }
    let said = nodes.iter().filter(|n| n["level"] != "item").map(|n| {
        let node = done[n["id"].as_str().unwrap_or("")];
        let status = match node.status {
            NodeStatus::Ok => "ok",
            NodeStatus::Nc => "nc",
            NodeStatus::Coverage => "couverture_insuffisante",
        };
        let value = json!({
            "status": status, "score": node.score, "coverage": node.coverage,
            "items_applicable": node.applicable, "items_observed": node.observed,
        });
        (id(n), value)
    });
    Some(json!({ "nodes": object(said) }))
}

fn imperative(options: &Options, input: &Value) -> Value {
    let ratings: Vec<Rating> = input["ratings"]
        .as_array()
        .into_iter()
        .flatten()
        .map(rating)
        .collect();
    let status = match score::imperatif(&ratings, number(&options["scale_max"], 4.0)) {
        Some(true) => "atteint",
        Some(false) => "non_atteint",
        None => "indetermine",
    };
    json!({ "status": status })
}

fn ers_item(input: &Value) -> Value {
    let level = |name: &str| -> Vec<Indicator> {
        let all = input["indicators"][name].as_array().into_iter().flatten();
        all.map(|i| match i.as_str() {
            Some("Y") => Indicator::Yes,
            Some("N") => Indicator::No,
            Some("NA") => Indicator::NotApplicable,
            _ => Indicator::Empty,
        })
        .collect()
    };
    let levels = [level("1"), level("3"), level("5"), level("7")];
    instruments::ers_item(&levels).map_or_else(
        |_| json!({ "score": null, "reason": "incomplet" }),
        |score| json!({ "score": score }),
    )
}

fn lists(map: &Value) -> BTreeMap<String, Vec<Option<f64>>> {
    let pairs = map.as_object().into_iter().flatten();
    pairs.map(|(k, v)| (k.clone(), optional(v))).collect()
}

fn ers_scales(input: &Value) -> Value {
    let found = instruments::ers_scales(&lists(&input["subscales"]));
    json!({
        "subscales": found.subscales, "total": found.total,
        "mean_of_subscales": found.mean_of_subscales,
    })
}

fn pqa(options: &Options, input: &Value) -> Value {
    let domains = input["domains"].as_object().into_iter().flatten();
    let domains = domains
        .map(|(d, scales)| (d.clone(), lists(scales)))
        .collect();
    answer(
        instruments::pqa(&domains, &texts(&options["total_domains"])),
        |s| json!({ "scales": s.scales, "domains": s.domains, "total": s.total }),
    )
}

fn likert_summary(options: &Options, input: &Value) -> Value {
    let scale = (
        number(&options["scale_min"], 1.0),
        number(&options["scale_max"], 5.0),
    );
    let (mut values, mut nsp, mut missing) = (Vec::new(), 0, 0);
    for answer in input["values"].as_array().into_iter().flatten() {
        match (answer.as_f64(), answer.as_str()) {
            (Some(v), _) => values.push(v),
            (_, Some("NSP")) => nsp += 1,
            _ => missing += 1,
        }
    }
    for (modality, n) in input["counts"].as_object().into_iter().flatten() {
        let n = count(n);
        match (modality.parse::<f64>(), modality.as_str()) {
            (Ok(v), _) => values.extend(std::iter::repeat_n(v, n)),
            (_, "NSP") => nsp += n,
            _ => missing += n,
        }
    }
    let counted = json!({ "n_valid": values.len(), "n_nsp": nsp, "n_missing": missing });
    let summary = answer(likert::summary(&values, scale), |s| {
        json!({
            "mean": s.mean, "median": s.median, "sd": s.sd, "top1": s.top1, "top2": s.top2,
            "bottom2": s.bottom2, "net": s.net, "score_0_100": s.score,
        })
    });
    with(counted, summary)
}

fn net(options: &Options, input: &Value) -> Option<Value> {
    let adjusted = match options["kind"].as_str() {
        Some("adjusted_wald") | None => true,
        Some("wald") => false,
        _ => return None,
    };
    let (up, down, n) = (
        count(&input["promoters"]),
        count(&input["detractors"]),
        count(&input["n"]),
    );
    Some(answer(
        likert::net_score(up, down, n, conf(options), adjusted),
        |s| {
            let net = json!({ "net": s.net, "centre": s.centre, "se": s.se });
            with(net, bounds(Some(s.interval)))
        },
    ))
}

fn combine(options: &Options, input: &Value) -> Option<Value> {
    let across = match options["across_visits"].as_str() {
        None | Some("mean") => Across::Mean,
        Some("last") => Across::Last,
        _ => return None,
    };
    let ratings: Vec<Observed> = input["ratings"]
        .as_array()
        .into_iter()
        .flatten()
        .map(|r| Observed {
            visit: r["visit"].as_str().unwrap_or(""),
            rating: rating(&r["rating"]),
            consensus: r["consensus"] == true,
        })
        .collect();
    let found = score::combine(&ratings, across);
    let status = match (found.score, found.nc) {
        (Some(_), _) => "ok",
        (None, true) => "nc",
        (None, false) => "non_observe",
    };
    Some(json!({
        "status": status, "score": found.score, "n_visits": found.visits,
        "n_ratings": found.ratings, "range_between_visits": found.range,
        "applicability_conflict": found.conflicts,
    }))
}

fn triangulate(options: &Options, input: &Value) -> Value {
    let required = texts(&options["required"]);
    let weights: Vec<(String, f64)> = options["weights"]
        .as_object()
        .into_iter()
        .flatten()
        .map(|(k, v)| (k.clone(), number(v, 0.0)))
        .collect();
    let terms: Vec<SourceTerm> = weights
        .iter()
        .map(|(name, weight)| SourceTerm {
            score: input["scores"][name].as_f64(),
            weight: *weight,
            required: required.contains(name),
        })
        .collect();
    match score::triangulate(&terms, number(&options["min_sources"], 2.0) as usize) {
        Err(reason) => refused(reason, json!({ "composite": null })),
        Ok(found) => {
            let used = weights
                .iter()
                .zip(&found.weights)
                .filter(|(_, w)| **w > 0.0);
            let used = object(used.map(|((name, _), w)| (name.clone(), json!(w))));
            json!({ "composite": found.value, "weights_used": used, "range": found.range })
        }
    }
}

fn gap(options: &Options, input: &Value) -> Value {
    let (own, other) = (optional(&input["self"]), optional(&input["observer"]));
    let pairs: Vec<(f64, f64)> = own
        .into_iter()
        .zip(other)
        .filter_map(|(a, b)| a.zip(b))
        .collect();
    answer(score::perception_gap(&pairs, conf(options)), |g| {
        let (over, equal, under) = g.over_equal_under;
        let counts = json!({
            "n": g.n, "mean_gap": g.mean, "n_over": over, "n_equal": equal, "n_under": under,
            "mean_abs_gap": g.mean_abs, "sd": g.sd,
        });
        with(counts, bounds(g.interval))
    })
}

/// Kept close to the shares it comes with.
pub fn response_rate(input: &Value) -> Value {
    let eligible = input["eligible"].as_u64().map(|n| n as usize);
    let (valid, favourable) = (count(&input["valid"]), count(&input["favourable"]));
    match proportion::response_rate(eligible, count(&input["returned"]), valid, favourable) {
        Err(reason) => json!({ "error": reason.as_str() }),
        Ok(r) => json!({
            "response_rate": r.rate, "item_response_rate": r.item_rate, "p": r.favourable,
            "bound_lower": r.bounds.map(|b| b.0), "bound_upper": r.bounds.map(|b| b.1),
            "reason": r.rate.is_none().then_some("effectif_inconnu"),
        }),
    }
}
