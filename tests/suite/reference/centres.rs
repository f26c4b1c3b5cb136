//! Sections 6 and 7: comparing centres, priorities.

use observatoire::stats::composite::{self, Scenario, Trait};
use observatoire::stats::importance::{self, CountedPair, Estimate};
use observatoire::stats::ranks;
use observatoire::stats::shrinkage::{self, Centre, ShrunkenShares};
use serde_json::{Value, json};

use super::read::{
    Options, answer, centres, conf, number, numbers, optional, refused, rows, shares,
};

pub fn run(method: &str, options: &Options, input: &Value) -> Option<Value> {
    let sites = centres(input);
    Some(match method {
        "tau2" if is_paule_mandel(options) => {
            answer(shrinkage::tau2(&sites), |t| json!({ "tau2": t }))
        }
        "eb_shrinkage" if is_paule_mandel(options) => answer(shrinkage::shrink(&sites), |s| {
            json!({
                "tau2": s.tau2, "mu": s.mu, "se_mu": s.se_mu, "reliability": s.reliability,
                "shrunken": s.estimates, "shrunk": s.estimates, "se": s.errors,
            })
        }),
        "eb_proportions" => eb_shares(input),
        "rankability" if is_paule_mandel(options) => answer(
            shrinkage::rankability(&sites),
            |r| json!({ "tau2": r.tau2, "rankability_median": r.of_median, "rankability_mean": r.of_mean }),
        ),
        "rank_intervals" => {
            if options["critical"] != "tukey" {
                return None;
            }
            answer(ranks::rank_intervals(&sites, conf(options)), |r| {
                let side = |f: fn(&ranks::RankInterval) -> usize| {
                    r.intervals.iter().map(f).collect::<Vec<_>>()
                };
                json!({
                    "critical_value": r.critical, "rank": r.ranks,
                    "rank_lower": side(|i| i.best), "rank_upper": side(|i| i.worst),
                })
            })
        }
        "funnel_binomial_limits" => {
            let (target, p) = (
                number(&options["target"], 0.5),
                numbers(&options["probabilities"]),
            );
            let limits = |n: f64| ranks::binomial_limits(n as usize, target, &p).ok();
            json!({ "limits": numbers(&input["n"]).into_iter().map(limits).collect::<Vec<_>>() })
        }
        "funnel_mean_limits" => {
            let (target, sd) = (number(&options["target"], 0.0), number(&options["sd"], 1.0));
            let p = numbers(&options["probabilities"]);
            let limits = |n: f64| ranks::mean_limits(n as usize, target, sd, &p).ok();
            json!({ "limits": numbers(&input["n"]).into_iter().map(limits).collect::<Vec<_>>() })
        }
        "funnel_zscores" => answer(
            ranks::funnel(&shares(input), options["target"].as_f64()),
            |f| {
                json!({
                    "target": f.target, "z": f.z,
                    "phi_winsorised": f.dispersion.phi, "phi_raw": f.dispersion.phi_raw,
                    "tau2": f.dispersion.tau2, "z_additive": f.z_additive,
                    "overdispersed": f.dispersion.is_over,
                    // The vectors flag unadjusted scores.
                    "flag": f.z.iter().map(|z| <&str>::from(ranks::Flag::of(*z))).collect::<Vec<_>>(),
                })
            },
        ),
        "composite_scenarios" => scenarios(options, input)?,
        "gower" => gower(options, input),
        "good_practice" if is_paule_mandel(options) => good(options, &sites),
        "correlation" => correlation(options, input)?,
        "gap_to_target" => targets(options, input),
        _ => return None,
    })
}

fn is_paule_mandel(options: &Options) -> bool {
    options["estimator"] == "PM"
}

fn eb_shares(input: &Value) -> Value {
    let counts = shares(input);
    match shrinkage::shrink_shares(&counts) {
        Err(reason) => {
            let pooled = shrinkage::pooled_share(&counts);
            let own: Vec<f64> = counts
                .iter()
                .map(|c| c.favourable as f64 / c.answers as f64)
                .collect();
            refused(reason, json!({ "pooled": pooled, "shrunk": own }))
        }
        Ok(ShrunkenShares { pooled, shares: s }) => json!({
            "pooled": pooled, "tau2": s.tau2, "mu": s.mu,
            "reliability": s.reliability, "shrunk": s.estimates,
        }),
    }
}

fn scenarios(options: &Options, input: &Value) -> Option<Value> {
    let scenario = |s: &Value| {
        Some(Scenario {
            weights: numbers(&s["weights"]),
            kind: super::scores::kind(&s["aggregation"])?,
        })
    };
    let all = options["scenarios"].as_array().into_iter().flatten();
    let all = all.map(scenario).collect::<Option<Vec<Scenario>>>()?;
    Some(answer(
        composite::robustness(&rows(&input["scores"]), &all),
        |r| {
            json!({
                "scores": r.scores, "ranks": r.ranks, "average_rank_shift": r.shifts,
            })
        },
    ))
}

fn gower(options: &Options, input: &Value) -> Value {
    let variables: Vec<(&String, bool)> = options["variables"]
        .as_object()
        .into_iter()
        .flatten()
        .map(|(name, kind)| (name, kind == "numeric"))
        .collect();
    let units = input["units"].as_array().into_iter().flatten();
    let trait_of = |unit: &Value, name: &str, numeric: bool| match &unit[name] {
        Value::Null => Trait::Missing,
        v if numeric => v.as_f64().map_or(Trait::Missing, Trait::Number),
        v => Trait::Kind(v.to_string()),
    };
    let table: Vec<Vec<Trait>> = units
        .map(|u| {
            variables
                .iter()
                .map(|(name, n)| trait_of(u, name, *n))
                .collect()
        })
        .collect();
    let distances = composite::Gower::of(&table);
    let all = 0..table.len();
    let row = |a: usize| all.clone().map(|b| distances.distance(a, b)).collect();
    let rows: Vec<Vec<Option<f64>>> = all.clone().map(row).collect();
    json!({ "distance": rows })
}

fn good(options: &Options, sites: &[Centre]) -> Value {
    let found = shrinkage::standouts(sites, number(&options["fdr"], 0.1));
    answer(found, |all| {
        let of = |f: &dyn Fn(&shrinkage::Standout) -> Value| all.iter().map(f).collect::<Vec<_>>();
        json!({
            "z": of(&|s| json!(s.z)), "p_upper": of(&|s| json!(s.p)),
            "p_adjusted": of(&|s| json!(s.adjusted)), "good_practice": of(&|s| json!(s.stands_out)),
        })
    })
}

fn correlation(options: &Options, input: &Value) -> Option<Value> {
    if options["kind"] != "spearman" {
        return None;
    }
    let (x, y) = (optional(&input["x"]), optional(&input["y"]));
    let known = x.into_iter().zip(y).filter_map(|(a, b)| a.zip(b));
    let pairs: Vec<CountedPair> = known.map(|(x, y)| CountedPair { x, y, count: 1 }).collect();
    let known = json!({ "n": pairs.len(), "r": null });
    Some(match importance::spearman(&pairs) {
        Err(reason) => refused(reason, known),
        Ok(r) => json!({ "n": pairs.len(), "r": r }),
    })
}

fn targets(options: &Options, input: &Value) -> Value {
    let range = number(&options["scale_max"], 4.0) - number(&options["scale_min"], 1.0);
    let one = |c: &Value| {
        let (Some(score), Some(target)) = (c["score"].as_f64(), c["target"].as_f64()) else {
            return json!({ "gap": null, "status": "non_evaluable", "priority": null });
        };
        let (se, weight) = (c["se"].as_f64(), number(&c["weight"], 1.0));
        let found =
            importance::target_gap(Estimate { score, se }, target, weight, range, conf(options));
        json!({
            "gap": found.gap, "status": <&str>::from(found.status), "priority": found.priority,
            // Without an error there is no probability to print, only a comparison.
            "p_below": se.map(|_| found.p_below),
        })
    };
    let all = input["criteria"].as_array().into_iter().flatten();
    json!({ "criteria": all.map(one).collect::<Vec<_>>() })
}
