//! Reading the vectors' JSON into plain values, and answers back.

use observatoire::stats::interval::Interval;
use std::cell::RefCell;
use std::collections::BTreeSet;
use std::ops::Index;

use observatoire::stats::proportion::ShareCount;
use observatoire::stats::shrinkage::Centre;
use observatoire::stats::{Reason, Stat};
use serde_json::{Map, Value, json};

/// Options of a vector, and which of them the method looked at: one that it did not look at is one
/// that it does not know.
pub struct Options<'a> {
    all: &'a Value,
    read: RefCell<BTreeSet<String>>,
}

impl<'a> Options<'a> {
    pub fn new(all: &'a Value) -> Self {
        let read = RefCell::default();
        Self { all, read }
    }

    /// Names of the options that nothing looked at.
    pub fn ignored(&self) -> Vec<&'a str> {
        let read = self.read.borrow();
        let names = self.all.as_object().into_iter().flatten().map(|o| o.0);
        names
            .filter(|n| !read.contains(*n))
            .map(String::as_str)
            .collect()
    }
}

impl Index<&str> for Options<'_> {
    type Output = Value;

    fn index(&self, name: &str) -> &Value {
        self.read.borrow_mut().insert(name.to_owned());
        &self.all[name]
    }
}

/// Numbers of a list; what is not a number (missing, NC, NO, NSP) is none.
pub fn optional(list: &Value) -> Vec<Option<f64>> {
    list.as_array()
        .into_iter()
        .flatten()
        .map(Value::as_f64)
        .collect()
}

/// Numbers of a list, the others dropped.
pub fn numbers(list: &Value) -> Vec<f64> {
    optional(list).into_iter().flatten().collect()
}

/// Rows of numbers, missing ones kept.
pub fn table(rows: &Value) -> Vec<Vec<Option<f64>>> {
    rows.as_array()
        .into_iter()
        .flatten()
        .map(optional)
        .collect()
}

/// Rows of numbers, missing ones dropped.
pub fn rows(list: &Value) -> Vec<Vec<f64>> {
    list.as_array().into_iter().flatten().map(numbers).collect()
}

/// Rows of words.
pub fn words(list: &Value) -> Vec<Vec<String>> {
    let row = |r: &Value| {
        r.as_array()
            .into_iter()
            .flatten()
            .filter_map(Value::as_str)
            .map(str::to_owned)
            .collect()
    };
    list.as_array().into_iter().flatten().map(row).collect()
}

pub fn texts(list: &Value) -> Vec<String> {
    let all = list.as_array().into_iter().flatten();
    all.filter_map(Value::as_str).map(str::to_owned).collect()
}

pub fn count(value: &Value) -> usize {
    value.as_u64().unwrap_or(0) as usize
}

pub fn number(value: &Value, default: f64) -> f64 {
    value.as_f64().unwrap_or(default)
}

pub fn conf(options: &Options) -> f64 {
    number(&options["conf"], 0.95)
}

/// Values and standard errors of centres.
pub fn centres(input: &Value) -> Vec<Centre> {
    numbers(&input["y"])
        .into_iter()
        .zip(numbers(&input["se"]))
        .map(|(value, se)| Centre { value, se })
        .collect()
}

/// Successes and answers of centres.
pub fn shares(input: &Value) -> Vec<ShareCount> {
    let whole =
        |key: &str| -> Vec<usize> { numbers(&input[key]).iter().map(|x| *x as usize).collect() };
    whole("x")
        .into_iter()
        .zip(whole("n"))
        .map(|(favourable, answers)| ShareCount {
            favourable,
            answers,
        })
        .collect()
}

/// The answer of a statistic, or its reason.
pub fn answer<T>(stat: Stat<T>, say: impl FnOnce(T) -> Value) -> Value {
    stat.map_or_else(|reason| refused(reason, json!({})), say)
}

/// What is known besides a reason.
pub fn refused(reason: Reason, mut known: Value) -> Value {
    if let Value::Object(map) = &mut known {
        map.insert("reason".to_owned(), json!(reason.as_str()));
    }
    known
}

/// Joins two objects.
pub fn with(mut a: Value, b: Value) -> Value {
    if let (Value::Object(a), Value::Object(b)) = (&mut a, b) {
        a.extend(b);
    }
    a
}

/// `{lower, upper}` of an interval.
pub fn bounds(interval: Option<Interval>) -> Value {
    json!({ "lower": interval.map(|b| b.low), "upper": interval.map(|b| b.high) })
}

pub fn object(pairs: impl Iterator<Item = (String, Value)>) -> Value {
    Value::Object(pairs.collect::<Map<_, _>>())
}
