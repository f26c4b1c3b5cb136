//! Rows handed to output one by one, of a table that is never there as a whole: ten thousand structures make a
//! million lines.

use std::cell::RefCell;
use std::io::Write;

use super::json_text::escaped;
use crate::base::error::{Error, Result};
use crate::base::table_files::json_row;
use crate::base::tabular::{Field, Heading};

/// Rows that come once.
pub(super) type Rows = Box<dyn Iterator<Item = Vec<Field>>>;

/// A table whose rows come one after the other, once.
pub(super) struct RowStream {
    /// Columns, in the order of the contract.
    pub(super) columns: Vec<Heading>,
    /// Its rows, until they were taken.
    rows: RefCell<Option<Rows>>,
}

impl RowStream {
    pub(super) fn new(columns: Vec<Heading>, rows: Rows) -> Self {
        Self {
            columns,
            rows: RefCell::new(Some(rows)),
        }
    }

    /// Its rows; none the second time.
    pub(super) fn take(&self) -> Rows {
        let rows = self.rows.borrow_mut().take();
        rows.unwrap_or_else(|| Box::new(std::iter::empty()))
    }
}

/// Writes the answer of a command whose result is rows, as the contract does for any other: indented, its keys in
/// order.
///
/// # Errors
///
/// A stream that refuses.
pub(super) fn write_json_rows(
    out: &mut dyn Write,
    command: &str,
    diagnostics: &[serde_json::Value],
    columns: &[Heading],
    rows: Rows,
) -> Result<()> {
    let mut put = |text: &str| {
        let written = out.write_all(escaped(text).as_bytes());
        written.map_err(|source| Error::System { source })
    };
    let noticed = indented(&serde_json::Value::from(diagnostics), 2);
    let command = serde_json::Value::from(command);
    put(&format!(
        "{{\n  \"commande\": {command},\n  \"diagnostics\": {noticed},\n  \"resultat\": ["
    ))?;
    let mut any = false;
    for row in rows {
        let object = indented(&json_row(columns, &row), 4);
        put(&format!("{}\n    {object}", if any { "," } else { "" }))?;
        any = true;
    }
    put(if any { "\n  ]\n}\n" } else { "]\n}\n" })
}

/// A value as JSON indents it, at a depth.
fn indented(value: &serde_json::Value, depth: usize) -> String {
    format!("{value:#}").replace('\n', &format!("\n{}", " ".repeat(depth)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn written(rows: Vec<Vec<Field>>) -> String {
        let columns = vec![Heading::text("structure"), Heading::decimal("delta")];
        let mut out = Vec::new();
        let told = [json!({"code": "CMP-804", "message": "a\u{202e}b"})];
        write_json_rows(
            &mut out,
            "comparer",
            &told,
            &columns,
            Box::new(rows.into_iter()),
        )
        .expect("written");
        String::from_utf8(out).expect("text")
    }

    #[test]
    fn rows_written_one_by_one_are_those_of_the_whole_answer() {
        let row = |code: &str, value| vec![Field::Text(code.to_owned()), Field::decimal(value)];
        for rows in [
            Vec::new(),
            vec![row("R01", Some(0.25))],
            vec![row("R01", None), row("« é\n»", Some(-1.0))],
        ] {
            let columns = [Heading::text("structure"), Heading::decimal("delta")];
            let objects: Vec<_> = rows.iter().map(|r| json_row(&columns, r)).collect();
            let whole = json!({
                "commande": "comparer",
                "resultat": objects,
                "diagnostics": [{"code": "CMP-804", "message": "a\u{202e}b"}],
            });
            assert_eq!(written(rows), escaped(&format!("{whole:#}\n")));
        }
    }
}
