//! What a cell of a workbook holds, from what the library reads in it.

use calamine::{Data, DataRef, ExcelDateTime};

use super::cells::Value;

/// In place of what a formula would give, where nobody computed it.
pub const UNCOMPUTED: &str = "formule non calculée";

/// What a streamed cell holds; none when it is blank.
pub(super) fn value_ref(data: &DataRef) -> Option<Value> {
    match data {
        DataRef::SharedString(text) => text_value(text),
        DataRef::Int(n) => Some(Value::Number(*n as f64)),
        DataRef::Float(n) => Some(Value::Number(*n)),
        DataRef::Empty => None,
        other => value(&Data::from(other.clone())),
    }
}

/// Whether a streamed cell holds something.
pub(super) fn is_filled(data: &DataRef) -> bool {
    match data {
        DataRef::SharedString(text) => !text.trim().is_empty(),
        DataRef::String(text) => !text.trim().is_empty(),
        DataRef::Empty => false,
        _ => true,
    }
}

/// What a cell of a rectangle holds; none when it is blank.
pub(super) fn value(data: &Data) -> Option<Value> {
    match data {
        Data::Empty => None,
        Data::Int(n) => Some(Value::Number(*n as f64)),
        Data::Float(n) => Some(Value::Number(*n)),
        Data::Bool(b) => Some(Value::Bool(*b)),
        Data::String(text) => text_value(text),
        Data::DateTime(date) => Some(date_value(date)),
        Data::DateTimeIso(text) => Some(Value::Date(text.trim_end_matches("T00:00:00").to_owned())),
        Data::DurationIso(text) => Some(Value::Text(text.clone())),
        Data::Error(error) => Some(Value::Error(error.to_string())),
    }
}

/// Error words that some writers store as text.
const ERRORS: [&str; 12] = [
    "#REF!",
    "#DIV/0!",
    "#VALUE!",
    "#NAME?",
    "#N/A",
    "#NUM!",
    "#NULL!",
    "#NOM?",
    "#VALEUR!",
    "#NOMBRE!",
    "#NUL!",
    "#REFERENCE!",
];

/// A text, or an error that was stored as one; none when it is blank.
pub(super) fn text_value(text: &str) -> Option<Value> {
    let trimmed = text.trim();
    let error = || ERRORS.contains(&trimmed) || trimmed.starts_with("Err:5");
    match trimmed.as_bytes().first()? {
        b'#' | b'E' if error() => Some(Value::Error(trimmed.to_owned())),
        _ => Some(Value::Text(text.to_owned())),
    }
}

/// What a cell whose type is an error shows.
pub(super) fn typed_error(text: &str) -> Value {
    let shown = text.trim();
    Value::Error(if shown.is_empty() { "#ERREUR" } else { shown }.to_owned())
}

/// A day, a day and hour, or an hour alone (a fraction of a day).
fn date_value(date: &ExcelDateTime) -> Value {
    let serial = date.as_f64();
    if date.is_duration() || (0.0..1.0).contains(&serial) {
        let minutes = (serial * 1440.0).round() as i64;
        return Value::Text(format!("{:02}:{:02}", minutes / 60, minutes % 60));
    }
    // A small number that got a date format: « 4 enfants » shown as 04/01/1900.
    if serial < 367.0 && serial.fract() == 0.0 {
        return Value::Number(serial);
    }
    let (y, m, d, h, min, s, _) = date.to_ymd_hms_milli();
    if (h, min, s) == (0, 0, 0) {
        Value::Date(format!("{y:04}-{m:02}-{d:02}"))
    } else {
        Value::Date(format!("{y:04}-{m:02}-{d:02}T{h:02}:{min:02}:{s:02}"))
    }
}
