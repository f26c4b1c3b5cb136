//! Tables of which all stands in the first column: a delimited text that a spreadsheet opened without
//! splitting it, then saved; or lines that were quoted whole.

use super::cell_values::text_value;
use super::cells::{Cell, Row, Sheet, Value};
use super::opened::MAX_COL;
use crate::base::diagnostics::{CellRef, Code, Diagnostic, Location};

/// Fewest columns of a table: two parts are a sentence with a comma.
const FEWEST: usize = 3;
/// Delimiters; the comma last, since sentences have some.
const DELIMITERS: [u8; 4] = [b';', b'\t', b'|', b','];

/// A sheet whose only column was split.
pub(super) struct SplitSheet {
    pub(super) sheet: Sheet,
    pub(super) said: Diagnostic,
}

/// The sheet with its columns; none when it has several, or when its texts do not split evenly.
pub(super) fn split(file: &str, sheet: &Sheet) -> Option<SplitSheet> {
    let col = sheet.rows.first()?.cells.first()?.col;
    let mut texts = Vec::with_capacity(2);
    for row in &sheet.rows {
        match row.cells.as_slice() {
            [
                Cell {
                    col: c,
                    value: Value::Text(text),
                    ..
                },
            ] if *c == col => texts.push((row.index, text)),
            _ => return None,
        }
    }
    let delimiter = DELIMITERS.into_iter().find(|d| is_even(&texts, *d))?;
    let rows = texts.iter().map(|(index, text)| Row {
        index: *index,
        cells: cells(&fields(text, delimiter), col),
    });
    let sheet = Sheet {
        rows: rows.filter(|r| !r.cells.is_empty()).collect(),
        merges: Vec::new(),
        ..sheet.clone()
    };
    let mark = match delimiter {
        b'\t' => "des tabulations".to_owned(),
        other => format!("« {} »", char::from(other)),
    };
    let message = format!(
        "tout tient dans la première colonne, séparé par {mark} : c’est lu comme autant de colonnes, désignées par leur rang dans ce texte."
    );
    let at = Location::cell(
        file,
        &sheet.name,
        CellRef::new(sheet.rows.first()?.index, col),
    );
    let said = Diagnostic::new(Code::ColumnSplit, at, message);
    Some(SplitSheet { sheet, said })
}

/// Whether nearly all texts (four in five: titles stand above) have as many parts as the widest.
fn is_even(texts: &[(u32, &String)], delimiter: u8) -> bool {
    // Most sheets of one column are sentences: they are told without a reader for each.
    let may_split = |text: &str| text.bytes().filter(|b| *b == delimiter).count() + 1 >= FEWEST;
    let splitting = texts.iter().filter(|t| may_split(t.1)).count();
    if splitting < 2 || splitting * 5 < texts.len() * 4 {
        return false;
    }
    let widths: Vec<usize> = texts.iter().map(|t| fields(t.1, delimiter).len()).collect();
    let widest = widths.iter().copied().max().unwrap_or(0);
    let even = widths.iter().filter(|w| **w == widest).count();
    (FEWEST..=MAX_COL as usize).contains(&widest) && even >= 2 && even * 5 >= widths.len() * 4
}

/// The fields of one line.
fn fields(text: &str, delimiter: u8) -> Vec<String> {
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(delimiter)
        .from_reader(text.as_bytes());
    let first = reader.records().next().and_then(Result::ok);
    first.map_or_else(Vec::new, |r| r.iter().map(str::to_owned).collect())
}

fn cells(fields: &[String], first: u32) -> Vec<Cell> {
    let all = (first..).zip(fields);
    all.filter_map(|(col, field)| Some(Cell::new(col, text_value(field)?)))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sheet(texts: &[&str]) -> Sheet {
        let rows = texts.iter().zip(0..).map(|(text, index)| Row {
            index,
            cells: vec![Cell::new(0, Value::Text((*text).to_owned()))],
        });
        Sheet {
            rows: rows.collect(),
            ..Sheet::default()
        }
    }

    #[test]
    fn even_texts_are_split_and_sentences_are_not() {
        let read = |texts: &[&str]| split("a.xlsx", &sheet(texts)).map(|s| s.sheet);
        let table =
            read(&["structure;note;mot", "R01;3;\"un ; deux\"", "R02;2;"]).expect("a table");
        assert_eq!(table.text(1, 2), "un ; deux");
        assert_eq!(
            (table.text(2, 0), table.text(2, 1)),
            ("R02".to_owned(), "2".to_owned())
        );
        assert!(read(&["structure,note,mot", "R01,3,bien"]).is_some());
        assert!(
            read(&[
                "Lisez, notez, rendez.",
                "Merci à toutes, et à tous.",
                "Bonne visite"
            ])
            .is_none()
        );
        assert!(read(&["code", "R01"]).is_none());
    }
}
