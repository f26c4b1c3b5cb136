//! Every statistic that figures use against checked values: the file kept here, or another one
//! named by `OBSERVATOIRE_REFERENCE_VALUES`. A method that is not implemented counts as failed.

mod agreement;
mod centres;
mod changes;
mod read;
mod scores;
mod uncertainty;
mod voices;

use std::path::{Path, PathBuf};

use std::io::Write;

use read::Options;
use serde_json::Value;

/// What a method answers to options and input; none when it is not known here.
type Adapter = fn(&str, &Options, &Value) -> Option<Value>;

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
    named.unwrap_or_else(|| here.join("tests/vectors/reference-values.json"))
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
            let (a, b) = a.as_f64().zip(b.as_f64())?;
            let near = (a - b).abs() <= abs + rel * b.abs();
            (!near).then(apart).flatten()
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
    let (options, input) = (Options::new(&entry["options"]), &entry["input"]);
    let got = ADAPTERS
        .iter()
        .find_map(|adapter| adapter(method, &options, input))
        .ok_or_else(|| format!("méthode « {method} » ou option non implémentée"))?;
    let ignored = options.ignored();
    if !ignored.is_empty() {
        return Err(format!("option non implémentée : {}", ignored.join(", ")));
    }
    let expected = entry["expected"].as_object().ok_or("rien d’attendu")?;
    if expected.is_empty() {
        return Err("rien d’attendu".to_owned());
    }
    for (key, value) in expected.iter().filter(|(key, _)| *key != "info") {
        let found = got.get(key).unwrap_or(&Value::Null);
        if let Some(gap) = differs(found, value, tolerance(entry, key), key) {
            return Err(gap);
        }
    }
    Ok(())
}

/// Entries of a file of vectors.
fn entries(path: &Path) -> Vec<Value> {
    let text = std::fs::read_to_string(path).unwrap_or_else(|e| panic!("{} : {e}", path.display()));
    let mut file: Value = serde_json::from_str(&text).expect("JSON");
    let entries = file["entries"].take();
    let Value::Array(entries) = entries else {
        panic!("{} : no entries", path.display());
    };
    assert!(!entries.is_empty(), "{} is empty", path.display());
    entries
}

/// Checks every entry of a file, one line per case.
fn all_hold(path: &Path) {
    let entries = entries(path);
    let mut failures = Vec::new();
    // Straight to standard output: the lines of a test that passes would be kept back.
    let mut out = std::io::stdout().lock();
    let mut say = |line: String| writeln!(out, "{line}").expect("standard output");
    say(format!("\n{} : {} cas", path.display(), entries.len()));
    for entry in &entries {
        let id = entry["id"].as_str().unwrap_or("?");
        let method = entry["method"].as_str().unwrap_or("?");
        match check(entry) {
            Ok(()) => say(format!("ok      {id} {method}")),
            Err(gap) => {
                say(format!("ÉCHEC   {id} {method} : {gap}"));
                failures.push(format!("{id} : {gap}"));
            }
        }
    }
    drop(out);
    assert!(
        failures.is_empty(),
        "{} sur {} :\n{}",
        failures.len(),
        entries.len(),
        failures.join("\n")
    );
}

#[test]
fn reference_values_are_found_again() {
    all_hold(&vectors());
}

/// Options and ties that the shared file does not try, from other packages and by enumeration.
#[test]
fn reference_values_of_other_options_are_found_again() {
    all_hold(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/vectors/completions.json"));
}

/// Every leaf of a value, altered one at a time: a number moved beyond its tolerance, another word,
/// a verdict turned, something where nothing was expected.
fn altered(value: &Value, (abs, rel): (f64, f64)) -> Vec<Value> {
    let within = |parts: Vec<(usize, &Value)>, put: &dyn Fn(usize, Value) -> Value| {
        let changed = |(i, part): (usize, &Value)| {
            let all = altered(part, (abs, rel)).into_iter();
            all.map(|other| put(i, other)).collect::<Vec<_>>()
        };
        parts.into_iter().flat_map(changed).collect::<Vec<Value>>()
    };
    match value {
        Value::Number(n) => {
            let n = n.as_f64().unwrap_or(0.0);
            vec![Value::from(n + 3.0 * (abs + rel * n.abs()) + 1e-12)]
        }
        Value::String(text) => vec![Value::from(format!("{text}?"))],
        Value::Bool(b) => vec![Value::from(!b)],
        Value::Null => vec![Value::from("?")],
        Value::Array(parts) => within(parts.iter().enumerate().collect(), &|i, other| {
            let mut all = parts.clone();
            all[i] = other;
            Value::Array(all)
        }),
        Value::Object(parts) => {
            let names: Vec<&String> = parts.keys().collect();
            within(parts.values().enumerate().collect(), &|i, other| {
                let mut all = parts.clone();
                all.insert(names[i].clone(), other);
                Value::Object(all)
            })
        }
    }
}

/// Whatever is altered in what a vector expects, the vector fails; so it does when it asks for an
/// option or a method that nothing here knows.
#[test]
fn reference_values_that_are_altered_are_refused() {
    let kept = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/vectors/reference-values.json");
    let mut tried = 0;
    for entry in entries(&kept) {
        let refused = |wrong: &Value| {
            assert!(check(wrong).is_err(), "{}", wrong["id"]);
        };
        for (key, value) in entry["expected"].as_object().expect("expected") {
            for other in altered(value, tolerance(&entry, key)) {
                let mut wrong = entry.clone();
                wrong["expected"][key] = other;
                refused(&wrong);
                tried += 1;
            }
        }
        let mut wrong = entry.clone();
        wrong["options"]["inconnue"] = Value::from(1);
        refused(&wrong);
        wrong = entry.clone();
        wrong["method"] = Value::from("inconnue");
        refused(&wrong);
    }
    assert!(tried > 900, "{tried}");
}
