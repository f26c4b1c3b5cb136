//! A value of `ctg/convention.toml` as a form shows it, as a list tells it, and what was typed as the file keeps it.

use toml_edit::{Item, Value};

use super::convention_choices::ChoiceLists;
use super::convention_document::plain;
use super::convention_fields::{ConventionField, FieldHolds};
use super::written_lists::list_of;
use crate::base::day::Day;
use crate::base::text::{decimals, iso_date};

/// Letters of a code: it stands in names of files and in keys.
const LONGEST_CODE: usize = 24;
/// Letters of a text.
const LONGEST_TEXT: usize = 2000;
/// A share above this was meant in percents.
const LARGEST_SHARE: f64 = 2.0;

/// What becomes of a key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum KeyChange {
    /// It says this already.
    Kept,
    /// It is taken away.
    Removed,
    /// This is written there, as TOML.
    Set(String),
}

/// What the file holds, as the form sends it back when nobody touches it: one text, or the codes that are ticked.
pub(super) fn shown(
    field: &ConventionField,
    held: Option<&Item>,
    lists: &ChoiceLists,
) -> Vec<String> {
    let text = plain(held);
    vec![match field.holds {
        FieldHolds::Pilots | FieldHolds::Criteres => {
            let codes = entries(held).into_iter();
            return codes.map(|code| lists.meant(field, &code)).collect();
        }
        FieldHolds::Lines => entries(held).join("\n"),
        FieldHolds::Decimal => text.replace('.', ","),
        FieldHolds::LongText => text.replace("\r\n", "\n").trim().to_owned(),
        FieldHolds::Text | FieldHolds::Code(_) => one_line(&text),
        FieldHolds::Word(_) | FieldHolds::Axis | FieldHolds::Fiche | FieldHolds::Amendment
            if !text.trim().is_empty() =>
        {
            lists.meant(field, text.trim())
        }
        _ => text.trim().to_owned(),
    }]
}

/// The texts of a list, each on one line.
fn entries(held: Option<&Item>) -> Vec<String> {
    let array = held.and_then(Item::as_array);
    array.into_iter().flatten().map(entry).collect()
}

fn entry(value: &Value) -> String {
    one_line(value.as_str().unwrap_or_default())
}

/// As a box of a form holds it: no space but one between words.
fn one_line(text: &str) -> String {
    let words = text
        .split([' ', '\t', '\n', '\r'])
        .filter(|word| !word.is_empty());
    words.collect::<Vec<_>>().join(" ").trim().to_owned()
}

/// As a list of blocks tells it.
pub(super) fn in_words(
    field: &ConventionField,
    shown: &[String],
    lists: &ChoiceLists,
    is_share: bool,
) -> String {
    let one = shown.first().map_or("", String::as_str);
    match field.holds {
        FieldHolds::Day => one
            .parse::<Day>()
            .map_or_else(|_| one.to_owned(), Day::short),
        FieldHolds::Decimal if is_share => match decimal(one) {
            Some(share) => {
                let percents = share * 100.0;
                let digits = usize::from((percents - percents.round()).abs() > 1e-6);
                format!("{}\u{a0}%", decimals(percents, digits))
            }
            None => one.to_owned(),
        },
        FieldHolds::Word(_) => {
            let mut offered = lists.offered(field).into_iter();
            offered
                .find(|c| c.code == one)
                .map_or_else(|| one.to_owned(), |c| c.label)
        }
        FieldHolds::YesNo if one.is_empty() => "non".to_owned(),
        FieldHolds::Lines => one.replace('\n', "\u{a0}; "),
        _ => shown.join(", "),
    }
}

/// A number as people type it: « 0,8 », « 80 % », « 1 200 ».
fn decimal(typed: &str) -> Option<f64> {
    let bare: String = typed.chars().filter(|c| !c.is_whitespace()).collect();
    let (number, is_percent) = match bare.strip_suffix('%') {
        Some(number) => (number, true),
        None => (bare.as_str(), false),
    };
    let plain = number
        .chars()
        .all(|c| c.is_ascii_digit() || matches!(c, ',' | '.' | '-'));
    let read = number
        .replace(',', ".")
        .parse::<f64>()
        .ok()
        .filter(|n| plain && n.is_finite())?;
    // Percents are divided as they are written: 33,3 % is 0.333.
    Some(if is_percent {
        (read * 1e7).round() / 1e9
    } else {
        read
    })
}

/// What was typed, without what a box adds: lines that say something, each once trimmed.
fn said(field: &ConventionField, typed: &[String]) -> Vec<String> {
    let texts = typed.iter().map(|text| text.replace("\r\n", "\n"));
    let said: Vec<String> = match field.holds {
        FieldHolds::Lines => texts
            .flat_map(|t| t.lines().map(one_line).collect::<Vec<_>>())
            .collect(),
        FieldHolds::LongText => texts.map(|t| t.trim().to_owned()).collect(),
        _ => texts.map(|t| one_line(&t)).collect(),
    };
    said.into_iter().filter(|text| !text.is_empty()).collect()
}

/// What typing this over what is held does to a key; `written` is the value as the file has it.
///
/// # Errors
///
/// What the field cannot hold, in words.
pub(super) fn change(
    field: &ConventionField,
    typed: &[String],
    held: Option<&Item>,
    written: &str,
    lists: &ChoiceLists,
    is_share: bool,
) -> Result<KeyChange, String> {
    let was = said(field, &shown(field, held, lists));
    let mut now = said(field, typed);
    if let FieldHolds::Pilots | FieldHolds::Criteres = field.holds {
        // Those that were there keep their order.
        let order = |code: &String| was.iter().position(|w| w == code).unwrap_or(was.len());
        now.sort_by_key(order);
        now.dedup();
    }
    let is_no = matches!(field.holds, FieldHolds::YesNo) && held.is_none() && now == ["non"];
    if now == was || is_no {
        return match (now.is_empty(), field.needed) {
            (true, true) => Err(format!("Il manque\u{a0}: {}.", field.label.to_lowercase())),
            _ => Ok(KeyChange::Kept),
        };
    }
    let Some(one) = now.first() else {
        return match (field.needed, held) {
            (true, _) => Err(format!("Il manque\u{a0}: {}.", field.label.to_lowercase())),
            (_, None) => Ok(KeyChange::Kept),
            _ => Ok(KeyChange::Removed),
        };
    };
    refused(field, &now, &was, lists, is_share)?;
    Ok(KeyChange::Set(match field.holds {
        FieldHolds::Lines | FieldHolds::Pilots | FieldHolds::Criteres => {
            let array = written
                .parse::<Value>()
                .ok()
                .and_then(|v| v.as_array().cloned());
            list_of(array, &now, &|value| match field.holds {
                FieldHolds::Lines => entry(value),
                _ => lists.meant(field, &entry(value)),
            })
        }
        FieldHolds::Whole | FieldHolds::Amendment => one.clone(),
        FieldHolds::Decimal => decimal(one).unwrap_or_default().to_string(),
        FieldHolds::YesNo => (one == "oui").to_string(),
        FieldHolds::Day => text(&iso_date(one).unwrap_or_default()),
        _ => text(one),
    }))
}

/// A text as TOML writes it.
pub(super) fn text(said: &str) -> String {
    Value::from(said).to_string().trim().to_owned()
}

/// What a field cannot hold.
fn refused(
    field: &ConventionField,
    now: &[String],
    was: &[String],
    lists: &ChoiceLists,
    is_share: bool,
) -> Result<(), String> {
    let one = now.first().map_or("", String::as_str);
    let is_letter = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_');
    let fault = match field.holds {
        FieldHolds::Code(_)
            if one.chars().count() > LONGEST_CODE || !one.chars().all(is_letter) =>
        {
            format!(
                "« {one} »\u{a0}: des lettres sans accent, des chiffres, un tiret\u{a0}; {LONGEST_CODE} signes au plus."
            )
        }
        FieldHolds::Day if iso_date(one).is_none() => {
            format!(
                "« {one} » n’est pas un jour\u{a0}: choisissez-le dans le calendrier, ou tapez-le comme 31/12/2026."
            )
        }
        FieldHolds::Whole if one.parse::<u32>().is_err() => {
            format!("« {one} » n’est pas un nombre entier.")
        }
        FieldHolds::Decimal => match decimal(one) {
            None => format!("« {one} » n’est pas un nombre."),
            Some(share) if is_share && share.abs() > LARGEST_SHARE => {
                format!(
                    "L’unité est «\u{a0}%\u{a0}»\u{a0}: « {one} » serait cent fois trop. Tapez 0,8 ou 80\u{a0}% pour quatre sur cinq."
                )
            }
            Some(_) => return Ok(()),
        },
        FieldHolds::Text | FieldHolds::LongText | FieldHolds::Lines => {
            let long = now.iter().map(|t| t.chars().count()).max().unwrap_or(0);
            let odd = |c: char| c.is_control() && c != '\n';
            match (long > LONGEST_TEXT, now.iter().any(|t| t.chars().any(odd))) {
                (true, _) => format!("{long} signes, {LONGEST_TEXT} au plus."),
                (_, true) => {
                    "Un signe que rien ne montre s’y trouve\u{a0}: retapez ce texte.".to_owned()
                }
                _ => return Ok(()),
            }
        }
        FieldHolds::Code(_) | FieldHolds::Day | FieldHolds::Whole => return Ok(()),
        _ => {
            let offered = lists.offered(field);
            let known =
                |code: &&String| offered.iter().any(|c| c.code == **code) || was.contains(code);
            match now.iter().find(|code| !known(code)) {
                Some(code) => {
                    format!("« {code} » n’est plus dans la liste\u{a0}: choisissez à nouveau.")
                }
                None => return Ok(()),
            }
        }
    };
    Err(fault)
}
