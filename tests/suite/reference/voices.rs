//! Sections 8 and 9: interviews, words, secrets.

use observatoire::stats::{suppression, themes, words};
use serde_json::{Value, json};

use super::read::{Options, conf, number, object, rows, texts, words as documents};

pub fn run(method: &str, options: &Options, input: &Value) -> Option<Value> {
    let interviews = documents(&input["documents"]);
    Some(match method {
        "theme_counts" => {
            let found = themes::count(&interviews, conf(options))
                .into_iter()
                .map(|(theme, c)| {
                    let value = json!({
                        "documents": c.interviews, "mentions": c.mentions, "share": c.share,
                        "lower": c.interval.low, "upper": c.interval.high,
                    });
                    (theme, value)
                });
            json!({ "n": interviews.len(), "themes": object(found) })
        }
        "french_tokens" => {
            let stop = texts(&options["stopwords"]);
            let stop: Vec<&str> = stop.iter().map(String::as_str).collect();
            let least = number(&options["min_length"], 2.0) as usize;
            json!({ "tokens": words::tokens(input["text"].as_str()?, &stop, least) })
        }
        "french_stem" => {
            let stems = texts(&input["words"])
                .iter()
                .map(|w| words::stem(w))
                .collect::<Vec<_>>();
            json!({ "stems": stems })
        }
        "primary_suppression" => {
            let zeros = options.flag("zero_sensitive")?;
            let mask = suppression::primary(&counts(input), threshold(options), zeros);
            json!({ "suppressed": mask })
        }
        "attribute_disclosure" => {
            let own: Vec<u64> = input["counts"]
                .as_array()?
                .iter()
                .filter_map(Value::as_u64)
                .collect();
            let unanimity = options.flag("unanimity")?;
            let refusal = suppression::attribute(&own, threshold(options), unanimity).err();
            json!({ "publish": refusal.is_none(), "reason": refusal.map(<&str>::from) })
        }
        "audit_intervals" => audit(input),
        "complementary_suppression" => {
            let threshold = threshold(options);
            let width = number(&options["min_width"], threshold as f64) as u64;
            let p = suppression::protect(&counts(input), threshold, width);
            json!({
                "n_primary": p.primary, "n_secondary": p.secondary, "secondary_total": p.cost,
                "reason": (!p.safe).then_some("protection_impossible"),
            })
        }
        _ => return None,
    })
}

fn threshold(options: &Options) -> u64 {
    options["threshold"].as_u64().unwrap_or(5)
}

fn counts(input: &Value) -> Vec<Vec<u64>> {
    let whole = |row: Vec<f64>| row.into_iter().map(|x| x as u64).collect();
    rows(&input["table"]).into_iter().map(whole).collect()
}

fn audit(input: &Value) -> Value {
    let mask = input["suppressed"].as_array().into_iter().flatten();
    let hidden: Vec<Vec<bool>> = mask
        .map(|r| {
            r.as_array()
                .into_iter()
                .flatten()
                .map(|b| b == true)
                .collect()
        })
        .collect();
    let found = suppression::audit(&counts(input), &hidden);
    let exact = found.iter().filter(|f| f.bounds.0 == f.bounds.1);
    json!({
        "intervals": found.iter().map(|f| json!([f.cell.0, f.cell.1, f.bounds.0, f.bounds.1])).collect::<Vec<_>>(),
        "exactly_disclosed": exact.map(|f| json!([f.cell.0, f.cell.1])).collect::<Vec<_>>(),
    })
}
