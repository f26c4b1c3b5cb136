//! Section 5: comparing campaigns.

use observatoire::stats::multiplicity::{Correction, adjust};
use observatoire::stats::proportion::{self, ShareCount};
use observatoire::stats::sign_flip::sign_flip;
use observatoire::stats::{change, paired, pilot, trend};
use serde_json::{Value, json};

use super::read::{Options, answer, bounds, conf, count, numbers, optional, refused, texts, with};

pub fn run(method: &str, options: &Options, input: &Value) -> Option<Value> {
    let (y, d) = (numbers(&input["y"]), numbers(&input["d"]));
    let side = |favourable: &str, answers: &str| ShareCount {
        favourable: count(&input[favourable]),
        answers: count(&input[answers]),
    };
    Some(match method {
        "sign_test" => {
            let s = paired::signs(&d);
            json!({
                "n_plus": s.plus, "n_minus": s.minus, "n_zero": s.zeros,
                "p_two_sided": s.p, "p_mid": s.mid_p,
            })
        }
        "paired_permutation" => answer(sign_flip(&d), |s| {
            json!({
                "n": s.n, "mean_diff": s.mean, "p_two_sided": s.p, "p_greater": s.p_greater,
                "p_min_attainable": s.attainable,
            })
        }),
        "risk_difference" => {
            if options["kind"] != "newcombe" {
                return None;
            }
            let (first, second) = (side("x1", "n1"), side("x2", "n2"));
            answer(proportion::difference(first, second, conf(options)), |d| {
                with(json!({ "diff": d.difference }), bounds(Some(d.interval)))
            })
        }
        "p_adjust" => {
            let correction = match options["method"].as_str() {
                Some("holm") => Correction::Holm,
                Some("bh" | "BH" | "fdr_bh") => Correction::BenjaminiHochberg,
                _ => return None,
            };
            json!({ "adjusted": adjust(&optional(&input["p"]), correction) })
        }
        "smallest_detectable_change" => {
            let z = observatoire::stats::dist::z_of(conf(options));
            let of = |key: &str| input[key].as_f64().expect("an error");
            let (first, second) = (of("sem1"), of("sem2"));
            json!({ "sdc": change::smallest_detectable_change(first, second, z) })
        }
        "mann_kendall" => answer(trend::mann_kendall(&y), |m| {
            json!({
                "S": m.s, "var_S": m.variance, "tau_b": m.tau_b, "z": m.z,
                "p_asymptotic": m.p_asymptotic, "p_exact": m.p_exact,
            })
        }),
        "theil_sen" => theil_sen(input, &y),
        "page_trend" => page(input),
        "did_permutation" => did(input),
        _ => return None,
    })
}

fn theil_sen(input: &Value, y: &[f64]) -> Value {
    let given = numbers(&input["t"]);
    let ranks: Vec<f64> = (0..y.len()).map(|i| i as f64).collect();
    let t = if given.is_empty() { &ranks } else { &given };
    answer(trend::theil_sen(t, y), |s| {
        json!({
            "slope": s.slope, "intercept_median_residual": s.intercept,
            "intercept_of_medians": s.intercept_of_medians, "n_slopes": s.slopes,
        })
    })
}

fn page(input: &Value) -> Value {
    let complete = observatoire::stats::consistency::complete(&super::read::table(&input["data"]));
    answer(trend::page(&complete), |p| {
        json!({
            "L": p.l, "expected": p.expected, "var_no_ties": p.variance_no_ties,
            "var_ties": p.variance, "z_no_ties": p.no_ties.z, "p_no_ties": p.no_ties.p,
            "z_ties": p.with_ties.z, "p_ties": p.with_ties.p, "p_exact": p.p_exact,
        })
    })
}

fn did(input: &Value) -> Value {
    let treated = texts(&input["treated"]);
    let (mut pilots, mut others) = (Vec::new(), Vec::new());
    for (name, before) in input["pre"].as_object().into_iter().flatten() {
        if let (Some(a), Some(b)) = (before.as_f64(), input["post"][name].as_f64()) {
            let group = if treated.contains(name) {
                &mut pilots
            } else {
                &mut others
            };
            group.push(b - a);
        }
    }
    match pilot::pilot(&pilots, &others) {
        Err(reason) => refused(reason, json!({ "n_controls": others.len(), "did": null })),
        Ok(p) => json!({
            "n_controls": p.others, "did": p.did, "p_two_sided": p.p,
            "p_greater": p.p_greater, "p_min_attainable": p.attainable,
        }),
    }
}
