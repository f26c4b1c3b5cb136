//! Sections 6 and 7: comparing centres, priorities.

use observatoire::stats::composite::{self, Scenario, Trait};
use observatoire::stats::importance::{self, RankCorrelation};
use observatoire::stats::ranks::{self, Critical};
use observatoire::stats::shrinkage::{self, Tau};
use serde_json::{Value, json};

use super::read::{
    Options, answer, centres, conf, number, numbers, optional, refused, rows, shares,
};

pub fn run(method: &str, options: &Options, input: &Value) -> Option<Value> {
    let sites = centres(input);
    Some(match method {
        "tau2" => {
            let q = shrinkage::cochran_q(&sites).ok();
            answer(
                shrinkage::tau2(&sites, tau(options)?),
                |t| json!({ "tau2": t, "Q": q }),
            )
        }
        "eb_shrinkage" => answer(shrinkage::shrink(&sites, tau(options)?), |s| {
            json!({
                "tau2": s.tau2, "mu": s.mu, "se_mu": s.se_mu, "reliability": s.reliability,
                "shrunken": s.estimates, "shrunk": s.estimates, "se": s.errors,
            })
        }),
        "eb_proportions" => eb_shares(input),
        "james_stein" => {
            let found =
                shrinkage::james_stein(&numbers(&input["y"]), number(&options["sigma2"], 0.0));
            answer(
                found,
                |(c, mean, estimates)| json!({ "c": c, "mean": mean, "estimates": estimates }),
            )
        }
        "rankability" => answer(
            shrinkage::rankability(&sites, tau(options)?),
            |(t, median, mean)| json!({ "tau2": t, "rankability_median": median, "rankability_mean": mean }),
        ),
        "rank_intervals" => {
            let critical = match options["critical"].as_str() {
                Some("tukey") | None => Critical::Tukey,
                Some("bonferroni") => Critical::Bonferroni,
                _ => return None,
            };
            answer(
                ranks::rank_intervals(&sites, critical, conf(options)),
                |r| {
                    let side = |f: fn(&(usize, usize)) -> usize| {
                        r.intervals.iter().map(f).collect::<Vec<_>>()
                    };
                    json!({
                        "critical_value": r.critical, "rank": r.ranks,
                        "rank_lower": side(|i| i.0), "rank_upper": side(|i| i.1),
                    })
                },
            )
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
                    "target": f.target, "z": f.z, "phi_winsorised": f.phi, "phi_raw": f.phi_raw,
                    "tau2": f.tau2, "z_additive": f.z_additive, "overdispersed": f.overdispersed,
                    "flag": f.flags.iter().map(|x| x.as_str()).collect::<Vec<_>>(),
                })
            },
        ),
        "composite_scenarios" => scenarios(options, input)?,
        "dirichlet_dominance" => {
            let found = composite::dominance(&numbers(&input["a"]), &numbers(&input["b"]));
            answer(found, |p| json!({ "probability": p }))
        }
        "gower" => gower(options, input),
        "good_practice" => good(options, &sites)?,
        "correlation" => correlation(options, input)?,
        "relative_weights" => answer(
            drivers(input, importance::relative_weights),
            |d| json!({ "raw": d.raw, "rescaled": d.rescaled(), "r2": d.r2 }),
        ),
        "lmg" => answer(
            drivers(input, importance::lmg),
            |d| json!({ "raw": d.raw, "r2": d.r2 }),
        ),
        "ipa_quadrants" => quadrants(options, input)?,
        "gap_to_target" => targets(options, input),
        _ => return None,
    })
}

fn tau(options: &Options) -> Option<Tau> {
    Some(match options["estimator"].as_str() {
        Some("PM") | None => Tau::PauleMandel,
        Some("DL") => Tau::DerSimonianLaird,
        Some("REML") => Tau::Reml,
        _ => return None,
    })
}

fn eb_shares(input: &Value) -> Value {
    let counts = shares(input);
    match shrinkage::shrink_shares(&counts) {
        Err(reason) => {
            let pooled = shrinkage::pooled_share(&counts);
            let own: Vec<f64> = counts.iter().map(|(x, n)| *x as f64 / *n as f64).collect();
            refused(reason, json!({ "pooled": pooled, "shrunk": own }))
        }
        Ok((pooled, s)) => json!({
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
                "rank_min": r.spans.iter().map(|s| s.0).collect::<Vec<_>>(),
                "rank_max": r.spans.iter().map(|s| s.1).collect::<Vec<_>>(),
                "rank_median": r.spans.iter().map(|s| s.2).collect::<Vec<_>>(),
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
    json!({ "distance": composite::gower(&table) })
}

fn good(options: &Options, sites: &[(f64, f64)]) -> Option<Value> {
    let found = shrinkage::standouts(sites, tau(options)?, number(&options["fdr"], 0.1));
    Some(answer(found, |all| {
        let of = |f: &dyn Fn(&shrinkage::Standout) -> Value| all.iter().map(f).collect::<Vec<_>>();
        json!({
            "z": of(&|s| json!(s.z)), "p_upper": of(&|s| json!(s.p)),
            "p_adjusted": of(&|s| json!(s.adjusted)), "good_practice": of(&|s| json!(s.stands_out)),
        })
    }))
}

fn correlation(options: &Options, input: &Value) -> Option<Value> {
    let kind = match options["kind"].as_str() {
        Some("spearman") => RankCorrelation::Spearman,
        Some("kendall") => RankCorrelation::Kendall,
        _ => return None,
    };
    let (x, y) = (optional(&input["x"]), optional(&input["y"]));
    let pairs: Vec<(f64, f64)> = x.into_iter().zip(y).filter_map(|(a, b)| a.zip(b)).collect();
    let known = json!({ "n": pairs.len(), "r": null });
    Some(match importance::correlation(&pairs, kind) {
        Err(reason) => refused(reason, known),
        Ok(r) => json!({ "n": pairs.len(), "r": r }),
    })
}

type Method = fn(&[Vec<f64>], &[f64]) -> observatoire::stats::Stat<importance::Drivers>;

fn drivers(input: &Value, method: Method) -> observatoire::stats::Stat<importance::Drivers> {
    method(&rows(&input["X"]), &numbers(&input["y"]))
}

/// Cuts at the means, or at values given as `[importance, performance]`.
fn quadrants(options: &Options, input: &Value) -> Option<Value> {
    let cuts = match &options["cut"] {
        Value::Null => None,
        Value::String(name) if name == "mean" => None,
        given => Some((given[0].as_f64()?, given[1].as_f64()?)),
    };
    let (x, y) = (
        optional(&input["importance"]),
        optional(&input["performance"]),
    );
    let points: Vec<Option<(f64, f64)>> = x.into_iter().zip(y).map(|(a, b)| a.zip(b)).collect();
    let found = importance::quadrants(&points, cuts);
    Some(answer(found, |(cuts, places)| {
        let names = places.iter().map(|p| p.map(importance::Quadrant::as_str));
        json!({
            "importance_cut": cuts.0, "performance_cut": cuts.1,
            "quadrant": names.collect::<Vec<_>>(),
        })
    }))
}

fn targets(options: &Options, input: &Value) -> Value {
    let range = number(&options["scale_max"], 4.0) - number(&options["scale_min"], 1.0);
    let one = |c: &Value| {
        let (Some(score), Some(target)) = (c["score"].as_f64(), c["target"].as_f64()) else {
            return json!({ "gap": null, "status": "non_evaluable", "priority": null });
        };
        let (se, weight) = (c["se"].as_f64(), number(&c["weight"], 1.0));
        let found = importance::target_gap((score, se), target, weight, range, conf(options));
        json!({
            "gap": found.gap, "status": found.status.as_str(), "priority": found.priority,
            // Without an error there is no probability to print, only a comparison.
            "p_below": se.map(|_| found.p_below),
        })
    };
    let all = input["criteria"].as_array().into_iter().flatten();
    json!({ "criteria": all.map(one).collect::<Vec<_>>() })
}
