//! Sections 3 and 4: observers and scales.

use observatoire::stats::agreement::{self, Agreement};
use observatoire::stats::calibration::{self, Standard};
use observatoire::stats::interval::Interval;
use observatoire::stats::{Reason, Stat, consistency, icc, krippendorff};
use serde_json::{Value, json};

use super::read::{Options, answer, bounds, conf, number, numbers, optional, table, with};

pub fn run(method: &str, options: &Options, input: &Value) -> Option<Value> {
    Some(match method {
        "percent_agreement" => {
            let tolerance = number(&options["tolerance"], 0.0);
            answer(
                agreement::percent(&table(&input["ratings"]), tolerance),
                |p| json!({ "n_units": p.units, "mean_over_units": p.mean, "pooled_pairs": p.pooled }),
            )
        }
        "cohen_kappa" => cohen(options, input)?,
        "gwet_ac" => gwet(options, input)?,
        "krippendorff_alpha" => alpha(options, input)?,
        "icc" => answer(icc::icc(&table(&input["ratings"]), conf(options)), |i| {
            said(&i)
        })
        .pipe(|v| with(shape(input), v)),
        "calibration" => calibrate(options, input),
        "cronbach_alpha" => cronbach(options, input),
        "item_analysis" => {
            let found = consistency::item_analysis(&consistency::complete(&table(&input["items"])));
            json!({ "item_rest": found.item_rest, "alpha_if_deleted": found.alpha_if_deleted })
        }
        "omega_one_factor" => omega(options, input)?,
        _ => return None,
    })
}

trait Pipe: Sized {
    fn pipe<T>(self, f: impl FnOnce(Self) -> T) -> T {
        f(self)
    }
}

impl Pipe for Value {}

fn coefficient(name: &str, found: Stat<Agreement>) -> Value {
    answer(found, |a| {
        let mut value = json!({
            "n": a.units, "n_units": a.units, "n_units_2plus": a.paired,
            "po": a.observed, "pa": a.observed, "pe": a.expected,
        });
        let known = a.coefficient.map_or_else(
            |reason| json!({ name: null, "reason": reason.as_str() }),
            |c| with(json!({ name: c, "se": a.se }), bounds(a.interval)),
        );
        value = with(value, known);
        value
    })
}

fn cohen(options: &Options, input: &Value) -> Option<Value> {
    let (a, b) = (optional(&input["rater1"]), optional(&input["rater2"]));
    let pairs: Vec<(f64, f64)> = a.into_iter().zip(b).filter_map(|(a, b)| a.zip(b)).collect();
    let categories = numbers(&options["categories"]);
    let kappa = agreement::quadratic_kappa(&pairs, &categories, conf(options));
    (options["weights"] == "quadratic").then(|| coefficient("kappa", kappa))
}

fn gwet(options: &Options, input: &Value) -> Option<Value> {
    let categories = numbers(&options["categories"]);
    let ac = agreement::gwet_ac2(&table(&input["ratings"]), &categories, conf(options));
    (options["weights"] == "quadratic").then(|| coefficient("coefficient", ac))
}

fn alpha(options: &Options, input: &Value) -> Option<Value> {
    if options["level"] != "ordinal" {
        return None;
    }
    Some(answer(
        krippendorff::krippendorff(&table(&input["ratings"])),
        |a| {
            let known = json!({ "n_units": a.units, "n_pairable": a.ratings });
            let value = a.alpha.map_or_else(
                |reason| json!({ "alpha": null, "reason": reason.as_str() }),
                |alpha| json!({ "alpha": alpha, "Do": a.observed, "De": a.expected }),
            );
            with(known, value)
        },
    ))
}

fn shape(input: &Value) -> Value {
    let complete = consistency::complete(&table(&input["ratings"]));
    json!({ "n": complete.len(), "k": complete.first().map(Vec::len) })
}

fn said(i: &icc::Icc) -> Value {
    let pair = |b: Option<Interval>| b.map(|b| [b.low, b.high]);
    json!({
        "MSR": i.msr, "MSC": i.msc, "MSE": i.mse, "MSW": i.msw,
        "ICC1": i.one, "ICC1k": i.one_k, "ICCA1": i.agreement, "ICCAk": i.agreement_k,
        "ICCC1": i.consistency, "ICCCk": i.consistency_k,
        "ICC1_ci": pair(i.one_bounds), "ICC1k_ci": pair(i.one_k_bounds),
        "ICCA1_df": i.agreement_df, "ICCA1_ci": pair(i.agreement_bounds),
        "ICCAk_ci": pair(i.agreement_k_bounds), "ICCC1_ci": pair(i.consistency_bounds),
        "ICCCk_ci": pair(i.consistency_k_bounds), "reason": i.reason.map(Reason::as_str),
    })
}

fn calibrate(options: &Options, input: &Value) -> Value {
    let pairs: Vec<_> = optional(&input["trainee"])
        .into_iter()
        .zip(optional(&input["master"]))
        .collect();
    let standard = Standard {
        exact: number(&options["min_exact"], 0.8),
        within_one: number(&options["min_within1"], 0.95),
    };
    let categories = numbers(&options["categories"]);
    answer(
        calibration::calibrate(&pairs, &categories, standard, conf(options)),
        |c| {
            json!({
                "n_compared": c.n, "applicability_agreement": c.applicability, "exact": c.exact,
                "within1": c.within_one, "exact_lower": c.exact_interval.low,
                "exact_upper": c.exact_interval.high, "bias": c.bias, "mae": c.mean_error,
                "kappa_w": c.kappa.ok(), "pass": c.pass,
            })
        },
    )
}

fn cronbach(options: &Options, input: &Value) -> Value {
    let rows = consistency::complete(&table(&input["items"]));
    let known = json!({ "n": rows.len(), "k": rows.first().map(Vec::len) });
    let found = answer(consistency::cronbach(&rows, conf(options)), |c| {
        with(
            json!({ "alpha": c.alpha, "alpha_standardised": c.standardised }),
            bounds(c.interval),
        )
    });
    with(known, found)
}

fn omega(options: &Options, input: &Value) -> Option<Value> {
    let rows = consistency::complete(&table(&input["items"]));
    if options["matrix"] != "covariance" {
        return None;
    }
    Some(answer(consistency::omega(&rows), |o| {
        json!({
            "loadings": o.loadings, "uniqueness": o.uniqueness, "omega": o.omega.ok(),
            "omega_model": o.omega_model.ok(), "reason": o.omega.err().map(Reason::as_str),
        })
    }))
}
