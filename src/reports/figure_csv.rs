//! The figures of a chart as a file that the page carries: no server, no script.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use crate::base::tabular::Table;
use crate::base::text::{Datum, without_formula};

/// A table as a data URI of CSV: what a French Excel opens (semicolons, a mark of UTF-8), what begins a formula made
/// plain.
pub(super) fn uri(table: &Table<Datum>) -> String {
    let mut text = String::from("\u{feff}");
    line(
        &mut text,
        table.columns.iter().map(|column| column.name.as_str()),
    );
    for row in &table.rows {
        line(&mut text, row.iter().map(|cell| cell.text.as_str()));
    }
    format!(
        "data:text/csv;charset=utf-8;base64,{}",
        STANDARD.encode(text)
    )
}

fn line<'a>(text: &mut String, cells: impl Iterator<Item = &'a str>) {
    let cells: Vec<String> = cells.map(cell).collect();
    text.push_str(&cells.join(";"));
    text.push_str("\r\n");
}

fn cell(text: &str) -> String {
    let plain = without_formula(text);
    if plain.contains([';', '"', '\n', '\r']) {
        format!("\"{}\"", plain.replace('"', "\"\""))
    } else {
        plain.into_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::tabular::Heading;

    #[test]
    fn a_table_is_carried_whole_and_holds_no_formula() {
        let columns = vec![Heading::words("Axe"), Heading::figures("Niveau")];
        let rows = vec![vec![Datum::words("=1+1 ; \"é\""), Datum::level(3.25)]];
        let uri = uri(&Table::new("T".to_owned(), columns, rows));
        let coded = uri.split_once("base64,").expect("coded").1;
        let text = String::from_utf8(STANDARD.decode(coded).expect("base 64")).expect("UTF-8");
        assert!(text.starts_with("\u{feff}Axe;Niveau\r\n"), "{text}");
        assert!(
            !text.contains(";=") && !text.contains("\n=") && !text.contains("\n\"="),
            "{text}"
        );
        assert!(text.contains("3,3"), "{text}");
    }
}
