//! Section 2: uncertainty with few answers.

use observatoire::stats::average;
use observatoire::stats::describe::quantile7;
use observatoire::stats::proportion;
use serde_json::{Value, json};

use super::read::{Options, answer, bounds, conf, count, number, numbers, with};

pub fn run(method: &str, options: &Options, input: &Value) -> Option<Value> {
    Some(match method {
        "proportion_ci" => share(options, input)?,
        "mean_t_ci" => mean(options, input),
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
    if options["kind"] != "wilson" {
        return None;
    }
    let (x, n) = (count(&input["x"]), count(&input["n"]));
    let p = json!({ "p": (n > 0).then(|| x as f64 / n as f64) });
    let interval = proportion::wilson(x, n, conf(options));
    Some(with(p, answer(interval, |b| bounds(Some(b)))))
}

fn mean(options: &Options, input: &Value) -> Value {
    let values = numbers(&input["values"]);
    answer(average::t_interval(&values, conf(options)), |m| {
        let known = json!({
            "n": m.n, "mean": m.mean, "sd": m.sd, "se": m.se, "degenerate": m.degenerate,
            "reason": (m.n == 1).then_some("n=1"),
        });
        let scale = (
            number(&options["bounds"][0], f64::MIN),
            number(&options["bounds"][1], f64::MAX),
        );
        let shown = json!({
            "lower_display": m.interval.map(|b| b.low.max(scale.0)),
            "upper_display": m.interval.map(|b| b.high.min(scale.1)),
        });
        with(with(known, shown), bounds(m.interval))
    })
}
