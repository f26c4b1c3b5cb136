//! Section 5: comparing campaigns.

use observatoire::stats::independent::{self, CliffQuantile, CliffVariance};
use observatoire::stats::multiplicity::{Correction, adjust};
use observatoire::stats::paired::{self, PMethod, Zeros};
use observatoire::stats::proportion::{self, DifferenceMethod};
use observatoire::stats::sign_flip::sign_flip;
use observatoire::stats::{change, pilot, trend};
use serde_json::{Value, json};

use super::read::{
    Options, answer, bounds, conf, count, number, numbers, optional, refused, rows, texts, with,
};

pub fn run(method: &str, options: &Options, input: &Value) -> Option<Value> {
    let (x, y, d) = (
        numbers(&input["x"]),
        numbers(&input["y"]),
        numbers(&input["d"]),
    );
    let sides = || {
        (
            (count(&input["x1"]), count(&input["n1"])),
            (count(&input["x2"]), count(&input["n2"])),
        )
    };
    Some(match method {
        "wilcoxon_signed_rank" => wilcoxon(options, &d)?,
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
        "mann_whitney" => mann_whitney(options, &x, &y)?,
        "two_sample_permutation" => answer(
            independent::mean_permutation(&x, &y),
            |m| json!({ "diff": m.difference, "p_two_sided": m.p, "p_two_sided_absdev": m.p_distance }),
        ),
        "risk_difference" => {
            let method = match options["kind"].as_str() {
                Some("newcombe") | None => DifferenceMethod::Newcombe,
                Some("agresti_caffo") => DifferenceMethod::AgrestiCaffo,
                _ => return None,
            };
            let (first, second) = sides();
            let found = proportion::difference(first, second, conf(options), method);
            answer(found, |(diff, b)| {
                with(json!({ "diff": diff }), bounds(Some(b)))
            })
        }
        "fisher_exact" => {
            let (first, second) = sides();
            json!({ "p_two_sided": proportion::fisher_exact(first, second) })
        }
        "mcnemar_exact" => {
            let (p, mid) = proportion::mcnemar_exact(count(&input["b"]), count(&input["c"]));
            json!({ "p_two_sided": p, "p_mid": mid })
        }
        "cliffs_delta" => cliff(options, &x, &y)?,
        "hedges_g" => hedges(options, input)?,
        "p_adjust" => {
            let correction = match options["method"].as_str() {
                Some("holm") => Correction::Holm,
                Some("bh" | "BH" | "fdr_bh") => Correction::BenjaminiHochberg,
                _ => return None,
            };
            json!({ "adjusted": adjust(&optional(&input["p"]), correction) })
        }
        "tost_paired" => answer(
            paired::equivalence(&d, number(&options["margin"], 0.3)),
            |e| {
                json!({
                    "mean": e.mean, "p_tost": e.p, "equivalent": e.equivalent,
                    "ci90": [e.interval.0, e.interval.1],
                })
            },
        ),
        "smallest_detectable_change" => {
            let sem = change::sem(
                number(&input["sd"], 0.0),
                number(&input["reliability"], 0.0),
            );
            let z = observatoire::stats::dist::z_of(conf(options));
            let sdc = change::smallest_detectable_change(Some(sem), Some(sem), z);
            json!({ "sem": sem, "sdc": sdc })
        }
        "mann_kendall" => answer(trend::mann_kendall(&y), |m| {
            json!({
                "S": m.s, "var_S": m.variance, "tau_b": m.tau_b, "z": m.z,
                "p_asymptotic": m.p_asymptotic, "p_exact": m.p_exact,
            })
        }),
        "theil_sen" => theil_sen(input, &y),
        "page_trend" => page(input),
        "jonckheere" => jonckheere(options, input)?,
        "did_permutation" => did(input),
        _ => return None,
    })
}

fn method_of(options: &Options) -> Option<PMethod> {
    Some(match options["method"].as_str() {
        Some("exact") | None => PMethod::Exact,
        Some("asymptotic") => PMethod::Asymptotic,
        Some("asymptotic_cc") => PMethod::AsymptoticCorrected,
        _ => return None,
    })
}

fn wilcoxon(options: &Options, d: &[f64]) -> Option<Value> {
    let zeros = match options["zero"].as_str() {
        Some("drop") | None => Zeros::Drop,
        Some("pratt") => Zeros::Pratt,
        _ => return None,
    };
    let w = paired::signed_rank(d, zeros, method_of(options)?);
    Some(json!({
        "n": w.n, "n_zero": w.zeros, "W_plus": w.plus, "W_minus": w.minus,
        "rank_biserial": w.rank_biserial, "z": w.z, "p_two_sided": w.p,
        "p_greater": w.one_sided.map(|p| p.0), "p_less": w.one_sided.map(|p| p.1),
        "reason": w.reason.map(observatoire::stats::Reason::as_str),
    }))
}

fn mann_whitney(options: &Options, x: &[f64], y: &[f64]) -> Option<Value> {
    let found = independent::mann_whitney(x, y, method_of(options)?);
    Some(answer(found, |m| {
        json!({
            "U1": m.u1, "U2": m.u2, "prob_superiority": m.superiority, "cliffs_delta": m.cliff(),
            "z": m.z, "p_two_sided": m.p, "p_two_sided_absdev": m.p_distance,
            "p_greater": m.one_sided.map(|p| p.0), "p_less": m.one_sided.map(|p| p.1),
            "reason": m.reason.map(observatoire::stats::Reason::as_str),
        })
    }))
}

fn cliff(options: &Options, x: &[f64], y: &[f64]) -> Option<Value> {
    let kind = match options["variance"].as_str() {
        None | Some("unbiased") => CliffVariance::Unbiased,
        Some("consistent") => CliffVariance::Consistent,
        _ => return None,
    };
    let quantile = match options["quantile"].as_str() {
        None | Some("t") => CliffQuantile::Student,
        Some("normal") => CliffQuantile::Normal,
        _ => return None,
    };
    let found = independent::cliffs_delta(x, y, conf(options), (kind, quantile));
    Some(answer(found, |c| {
        let known = json!({
            "delta": c.delta, "variance": c.variance, "reason": c.reason.map(observatoire::stats::Reason::as_str),
        });
        with(known, bounds(c.interval))
    }))
}

fn hedges(options: &Options, input: &Value) -> Option<Value> {
    Some(match options["design"].as_str() {
        Some("independent") => {
            let found =
                independent::hedges_independent(&numbers(&input["x"]), &numbers(&input["y"]));
            answer(found, |h| {
                json!({
                    "d": h.d, "J": h.factor, "g": h.d * h.factor,
                    "g_approx": h.d * h.factor_approximate,
                })
            })
        }
        Some("paired") => {
            let (before, after) = (optional(&input["before"]), optional(&input["after"]));
            let pairs = before.into_iter().zip(after).filter_map(|(a, b)| a.zip(b));
            let (before, after): (Vec<f64>, Vec<f64>) = pairs.unzip();
            answer(independent::hedges_paired(&before, &after), |h| {
                let average = h.d_average.unwrap_or(f64::NAN);
                json!({
                    "d_z": h.d, "d_av": average, "J": h.factor,
                    "g_z": h.d * h.factor, "g_av": average * h.factor,
                })
            })
        }
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
            "var_ties": p.variance, "z_no_ties": p.no_ties.0, "p_no_ties": p.no_ties.1,
            "z_ties": p.with_ties.0, "p_ties": p.with_ties.1, "p_exact": p.p_exact,
        })
    })
}

fn jonckheere(options: &Options, input: &Value) -> Option<Value> {
    let exact = options.flag("exact")?;
    let found = trend::jonckheere(&rows(&input["groups"]));
    Some(answer(found, |j| {
        json!({
            "JT": j.jt, "expected": j.expected, "var_no_ties": j.variance_no_ties,
            "var_ties": j.variance, "z": j.z, "p_increasing": j.p_increasing,
            "p_two_sided": j.p, "p_exact_increasing": j.p_exact.filter(|_| exact),
        })
    }))
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
            "n_controls": p.sizes.1, "did": p.did, "p_two_sided": p.p,
            "p_greater": p.p_greater, "p_min_attainable": p.attainable,
        }),
    }
}
