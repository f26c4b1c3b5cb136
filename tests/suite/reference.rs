//! Every statistic against checked values: the shared file where it exists, another one named by
//! `OBSERVATOIRE_REFERENCE_VALUES`, else the copy kept here. A method that is not implemented
//! counts as failed.

mod agreement;
mod centres;
mod changes;
mod read;
mod scores;
mod uncertainty;
mod voices;

use std::path::{Path, PathBuf};

use serde_json::Value;

/// What a method answers to options and input; none when it is not known here.
type Adapter = fn(&str, &Value, &Value) -> Option<Value>;

const ADAPTERS: [Adapter; 6] = [
    scores::run,
    uncertainty::run,
    agreement::run,
    changes::run,
    centres::run,
    voices::run,
];

fn vectors() -> PathBuf {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let named = std::env::var_os("OBSERVATOIRE_REFERENCE_VALUES").map(PathBuf::from);
    let shared = here.join("../shared/reference-values.json");
    let kept = here.join("tests/vectors/reference-values.json");
    named.unwrap_or(if shared.is_file() { shared } else { kept })
}

/// Absolute and relative tolerance of a key.
fn tolerance(entry: &Value, key: &str) -> (f64, f64) {
    let all = &entry["tolerance"];
    let own = &all["keys"][key];
    let of = |name: &str, default: f64| {
        let found = if own.is_object() {
            &own[name]
        } else {
            &all[name]
        };
        found
            .as_f64()
            .unwrap_or(if own.is_object() { 0.0 } else { default })
    };
    (of("abs", 1e-9), of("rel", 1e-8))
}

/// First difference between what was got and what was expected, as a path.
fn differs(got: &Value, expected: &Value, (abs, rel): (f64, f64), path: &str) -> Option<String> {
    let apart = || Some(format!("{path}: {got} au lieu de {expected}"));
    match (got, expected) {
        (Value::Number(a), Value::Number(b)) => {
            let (a, b) = (
                a.as_f64().unwrap_or(f64::NAN),
                b.as_f64().unwrap_or(f64::NAN),
            );
            ((a - b).abs().partial_cmp(&(abs + rel * b.abs())) != Some(std::cmp::Ordering::Less)
                && a.to_bits() != b.to_bits()
                && (a - b).abs() > 0.0)
                .then(apart)
                .flatten()
        }
        (Value::Array(a), Value::Array(b)) if a.len() == b.len() => {
            let mut pairs = a.iter().zip(b).enumerate();
            pairs.find_map(|(i, (a, b))| differs(a, b, (abs, rel), &format!("{path}[{i}]")))
        }
        (Value::Object(a), Value::Object(b)) => b.iter().find_map(|(key, b)| {
            let a = a.get(key).unwrap_or(&Value::Null);
            differs(a, b, (abs, rel), &format!("{path}.{key}"))
        }),
        _ if got == expected => None,
        _ => apart(),
    }
}

fn check(entry: &Value) -> Result<(), String> {
    let method = entry["method"].as_str().unwrap_or("");
    let (options, input) = (&entry["options"], &entry["input"]);
    let got = ADAPTERS
        .iter()
        .find_map(|adapter| adapter(method, options, input))
        .ok_or_else(|| format!("méthode « {method} » ou option non implémentée"))?;
    let expected = entry["expected"].as_object().ok_or("rien d’attendu")?;
    for (key, value) in expected.iter().filter(|(key, _)| *key != "info") {
        let found = got.get(key).unwrap_or(&Value::Null);
        if let Some(gap) = differs(found, value, tolerance(entry, key), key) {
            return Err(gap);
        }
    }
    Ok(())
}

#[test]
fn reference_values_are_found_again() {
    let path = vectors();
    let text = std::fs::read_to_string(&path).expect("the vectors");
    let file: Value = serde_json::from_str(&text).expect("JSON");
    let entries = file["entries"].as_array().expect("entries");
    let mut failures = Vec::new();
    for entry in entries {
        let id = entry["id"].as_str().unwrap_or("?");
        match check(entry) {
            Ok(()) => println!("ok      {id} {}", entry["method"]),
            Err(gap) => {
                println!("ÉCHEC   {id} {} : {gap}", entry["method"]);
                failures.push(format!("{id} : {gap}"));
            }
        }
    }
    let all = entries.len();
    assert!(all > 0, "{} is empty", path.display());
    assert!(
        failures.is_empty(),
        "{} sur {all} :\n{}",
        failures.len(),
        failures.join("\n")
    );
}
