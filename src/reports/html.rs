//! Pages: self-contained HTML, one file each.

use super::document::Document;
use super::index_page::IndexPage;
use super::templates::Templates;
use crate::base::error::{Error, Result};
use serde_json::Value;
use std::collections::BTreeMap;

/// A report as a page; each audience has its template, which most often only extends `base.html`.
pub(super) fn page(templates: &Templates, document: &Document) -> Result<Vec<u8>> {
    let template = format!("{}.html", document.head.audience);
    let mut content = serde_json::to_value(document)
        .map_err(|e| Error::Render(format!("La page n’a pas pu être mise en forme : {e}.")))?;
    rank_tables(&mut content, &mut BTreeMap::new());
    templates
        .render(&template, &content)
        .map(String::into_bytes)
}

/// Tables of one title are told apart by who hears the page: « Niveaux », « Niveaux (2) ». Each is given its `rang`, empty
/// where it is the first.
fn rank_tables(value: &mut Value, seen: &mut BTreeMap<String, usize>) {
    let mut rank = |table: &mut Value, label: String| {
        let times = seen.entry(label).or_default();
        *times += 1;
        let rank = if *times == 1 {
            String::new()
        } else {
            format!(" ({times})")
        };
        table["rang"] = Value::String(rank);
    };
    let title = value["titre"].as_str().map(str::to_owned);
    match (value, title) {
        (Value::Object(own), Some(title))
            if own.contains_key("svg") && own.contains_key("tableau") =>
        {
            rank(&mut own["tableau"], format!("Chiffres : {title}"));
        }
        (own @ Value::Object(_), Some(title)) if own["entetes"].is_array() => rank(own, title),
        (Value::Object(own), _) => own.values_mut().for_each(|inner| rank_tables(inner, seen)),
        (Value::Array(all), _) => all.iter_mut().for_each(|inner| rank_tables(inner, seen)),
        _ => {}
    }
}

/// The index of a delivery.
///
/// # Errors
///
/// A mistake in a template.
pub fn page_index(templates: &Templates, page: &IndexPage) -> Result<Vec<u8>> {
    templates.render("index.html", page).map(String::into_bytes)
}
