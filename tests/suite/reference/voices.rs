//! Sections 8 and 9: interviews, words, secrets.

use observatoire::stats::{margin_audit, themes, words};
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
        "audit_intervals" => audit(input),
        _ => return None,
    })
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
    let found = margin_audit::audit(&counts(input), &hidden);
    let exact = found.iter().filter(|f| f.least == f.most);
    json!({
        "intervals": found.iter().map(|f| json!([f.row, f.column, f.least, f.most])).collect::<Vec<_>>(),
        "exactly_disclosed": exact.map(|f| json!([f.row, f.column])).collect::<Vec<_>>(),
    })
}
