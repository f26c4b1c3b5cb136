//! Section 2: uncertainty with few answers.

use observatoire::stats::average::{self, BootstrapKind};
use observatoire::stats::describe::quantile7;
use observatoire::stats::proportion::{self, ShareMethod};
use serde_json::{Value, json};

use super::read::{Options, answer, bounds, conf, count, number, numbers, refused, rows, with};

pub fn run(method: &str, options: &Options, input: &Value) -> Option<Value> {
    Some(match method {
        "proportion_ci" => share(options, input)?,
        "hypergeometric_ci" => {
            let population = count(&input["N"]);
            let found = proportion::hypergeometric(
                count(&input["x"]),
                count(&input["n"]),
                population,
                conf(options),
            );
            answer(found, |(low, high)| {
                let part = |k: usize| k as f64 / population as f64;
                json!({ "K_lower": low, "K_upper": high, "lower": part(low), "upper": part(high) })
            })
        }
        "mean_t_ci" => mean(options, input),
        "bootstrap_mean_ci_ideal" => bootstrap(options, input)?,
        "cluster_mean" => cluster(options, input),
        "anova_icc" => answer(
            average::nesting(&rows(&input["groups"])),
            |n| json!({ "msb": n.msb, "msw": n.msw, "n0": n.n0, "icc1": n.icc1, "deff_approx": n.deff }),
        ),
        "response_rate" => super::scores::response_rate(input),
        "quantiles7" => {
            let values = numbers(&input["values"]);
            let q = numbers(&options["p"])
                .into_iter()
                .map(|p| quantile7(&values, p));
            json!({ "q": q.collect::<Vec<_>>() })
        }
        _ => return None,
    })
}

fn share(options: &Options, input: &Value) -> Option<Value> {
    let method = match options["kind"].as_str() {
        Some("wilson") | None => ShareMethod::Wilson,
        Some("wilson_cc") => ShareMethod::WilsonCorrected,
        Some("clopper_pearson") => ShareMethod::ClopperPearson,
        Some("agresti_coull") => ShareMethod::AgrestiCoull,
        Some("jeffreys") => ShareMethod::Jeffreys,
        _ => return None,
    };
    let (x, n) = (count(&input["x"]), count(&input["n"]));
    let p = json!({ "p": (n > 0).then(|| x as f64 / n as f64) });
    let Some(population) = options["population"].as_u64() else {
        let found = proportion::interval(x as f64, n as f64, conf(options), method);
        return Some(with(p, answer(found, |b| bounds(Some(b)))));
    };
    let found = proportion::finite(x, n, population as usize, conf(options), method);
    Some(match found {
        Err(reason) => with(refused(reason, p), json!({ "error": reason.as_str() })),
        Ok((interval, effective)) => with(
            with(p, json!({ "n_effective": effective })),
            bounds(Some(interval)),
        ),
    })
}

fn mean(options: &Options, input: &Value) -> Value {
    let values = numbers(&input["values"]);
    let population = options["population"].as_u64().map(|n| n as usize);
    answer(
        average::t_interval(&values, population, conf(options)),
        |m| {
            let known = json!({
                "n": m.n, "mean": m.mean, "sd": m.sd, "se": m.se, "degenerate": m.degenerate,
                "reason": (m.n == 1).then_some("n=1"),
            });
            let scale = (
                number(&options["bounds"][0], f64::MIN),
                number(&options["bounds"][1], f64::MAX),
            );
            let shown = json!({
                "lower_display": m.interval.map(|b| b.0.max(scale.0)),
                "upper_display": m.interval.map(|b| b.1.min(scale.1)),
            });
            with(with(known, shown), bounds(m.interval))
        },
    )
}

fn bootstrap(options: &Options, input: &Value) -> Option<Value> {
    let kind = match options["kind"].as_str() {
        Some("percentile") => BootstrapKind::Percentile,
        Some("bca") => BootstrapKind::Bca,
        _ => return None,
    };
    if !matches!(options["ties"].as_str(), None | Some("mid")) {
        return None;
    }
    let values = numbers(&input["values"]);
    let mean = observatoire::stats::describe::mean(&values);
    Some(
        match average::bootstrap_mean(&values, conf(options), kind) {
            Err(reason) => refused(reason, json!({ "mean": mean })),
            Ok(b) => with(
                json!({ "mean": b.mean, "z0": b.z0, "acceleration": b.acceleration }),
                bounds(Some(b.interval)),
            ),
        },
    )
}

fn cluster(options: &Options, input: &Value) -> Value {
    answer(
        average::cluster_mean(&rows(&input["groups"]), conf(options)),
        |c| {
            json!({
                "k": c.k, "n": c.n, "pooled_mean": c.pooled, "mean_of_means": c.of_means,
                "pooled_se": c.pooled_se, "deff": c.deff,
                "n_effective": c.deff.map(|d| c.n as f64 / d),
                "pooled_lower": c.pooled_interval.map(|b| b.0),
                "pooled_upper": c.pooled_interval.map(|b| b.1),
                "se_of_means": c.means_se,
                "means_lower": c.means_interval.map(|b| b.0),
                "means_upper": c.means_interval.map(|b| b.1),
            })
        },
    )
}
