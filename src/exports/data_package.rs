//! `datapackage.json`, beside the CSV files it describes: what each column holds, its type and its unit,
//! as statistical tools read them (Frictionless Data, *Table Schema*, <https://datapackage.org>).
//!
//! One description per folder: a table exported again takes its own place in it, the others stay.

use serde_json::{Map, Value, json};

use super::column_words::words_of;
use crate::base::tabular::{Heading, Kind};
use crate::figures::{FigureStatus, Level};

/// Name that tools look for.
pub(crate) const PACKAGE: &str = "datapackage.json";
/// Who writes it: a description by another hand is never touched.
const WRITER: &str = "observatoire";

/// A CSV file and its columns.
pub(crate) struct DescribedTable<'a> {
    /// Name of the file, in the folder of the description.
    pub file: &'a str,
    /// Title of the table.
    pub title: &'a str,
    /// Its columns, in order.
    pub columns: &'a [Heading],
}

impl DescribedTable<'_> {
    /// The description of its folder with this table in it; none when what stands there is not ours.
    pub(crate) fn described_in(&self, existing: Option<&str>) -> Option<String> {
        let mut package = match existing {
            None => package(),
            Some(text) => serde_json::from_str::<Map<String, Value>>(text)
                .ok()
                .filter(|p| p.get("generateur").and_then(Value::as_str) == Some(WRITER))?,
        };
        let kept = package.remove("resources").unwrap_or_default();
        let mut resources = match kept {
            Value::Array(resources) => resources,
            _ => Vec::new(),
        };
        let path = |resource: &Value| resource["path"].as_str().unwrap_or("").to_owned();
        resources.retain(|resource| path(resource) != self.file);
        resources.push(self.resource());
        resources.sort_by_key(path);
        package.insert("resources".to_owned(), Value::Array(resources));
        let text = serde_json::to_string_pretty(&package).ok()?;
        Some(text + "\n")
    }

    fn resource(&self) -> Value {
        let fields: Vec<Value> = self.columns.iter().map(|c| self.field(c)).collect();
        json!({
            "name": resource_name(self.file),
            "title": self.title,
            "path": self.file,
            "profile": "tabular-data-resource",
            "format": "csv",
            "mediatype": "text/csv",
            "encoding": "utf-8",
            "dialect": { "delimiter": ",", "lineTerminator": "\r\n", "quoteChar": "\"", "header": true },
            "schema": { "fields": fields, "missingValues": [""] },
        })
    }

    fn field(&self, column: &Heading) -> Value {
        let mut field = Map::new();
        field.insert("name".to_owned(), json!(column.name));
        field.insert("type".to_owned(), json!(type_of(column.kind)));
        if let Some(words) = words_of(self.title, &column.name) {
            field.insert("title".to_owned(), json!(words.title));
            field.insert("description".to_owned(), json!(words.description));
            if !words.unit.is_empty() {
                field.insert("unit".to_owned(), json!(words.unit));
            }
        }
        if let Some(constraints) = self.constraints(&column.name) {
            field.insert("constraints".to_owned(), constraints);
        }
        Value::Object(field)
    }

    /// What the contract says of the words of a column.
    fn constraints(&self, column: &str) -> Option<Value> {
        match (self.title, column) {
            ("Indicateurs", "niveau") => {
                let words = Level::ALL.map(Level::as_str);
                Some(json!({ "required": true, "enum": words }))
            }
            ("Indicateurs", "statut") => {
                let words = FigureStatus::ALL.map(FigureStatus::as_str).join("|");
                let pattern = format!("^({words})(\\+fragile)?(\\+limite)?(\\+corrige)?$");
                Some(json!({ "required": true, "pattern": pattern }))
            }
            _ => None,
        }
    }
}

fn package() -> Map<String, Value> {
    let Value::Object(package) = json!({
        "profile": "tabular-data-package",
        "name": "observatoire",
        "title": "Exports de l’observatoire de la qualité des accueils de loisirs",
        "generateur": WRITER,
        "resources": [],
    }) else {
        return Map::new();
    };
    package
}

fn type_of(kind: Kind) -> &'static str {
    match kind {
        Kind::Text => "string",
        Kind::Whole => "integer",
        Kind::Decimal => "number",
        Kind::Day => "date",
    }
}

/// A file name in the letters that the name of a resource takes, never empty.
fn resource_name(file: &str) -> String {
    let plain = |c: char| match c.to_ascii_lowercase() {
        c if c.is_ascii_alphanumeric() || c == '.' || c == '_' => c,
        _ => '-',
    };
    let name: String = file.chars().map(plain).collect();
    name.strip_suffix(".csv").unwrap_or(&name).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table(file: &str) -> DescribedTable<'_> {
        DescribedTable {
            file,
            title: "Structures",
            columns: &[],
        }
    }

    #[test]
    fn a_table_exported_again_takes_its_own_place() {
        let first = table("b.csv").described_in(None).expect("described");
        let both = table("a.csv").described_in(Some(&first)).expect("ours");
        let again = table("b.csv").described_in(Some(&both)).expect("ours");
        assert_eq!(again, both);
        let read: Value = serde_json::from_str(&both).expect("JSON");
        let resources = read["resources"].as_array().expect("resources");
        let paths: Vec<&Value> = resources.iter().map(|r| &r["path"]).collect();
        assert_eq!(paths, ["a.csv", "b.csv"]);
    }

    #[test]
    fn the_description_of_another_hand_is_left() {
        for foreign in ["{\"name\": \"autre\"}", "[]", "pas du JSON", ""] {
            assert_eq!(
                table("a.csv").described_in(Some(foreign)),
                None,
                "{foreign}"
            );
        }
    }

    #[test]
    fn a_resource_has_a_name_that_tools_accept() {
        assert_eq!(resource_name("Été 2026 (C1).csv"), "-t--2026--c1-");
        assert_eq!(resource_name("indicateurs.csv"), "indicateurs");
    }
}
