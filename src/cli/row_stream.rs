//! Rows handed to output one by one, of a table that is never there as a whole: ten thousand structures make a
//! million lines.

use std::io::Write;

use super::json_text::escaped;
use crate::base::error::{Error, Result};
use crate::base::table_files::{RowTaker, write_csv, write_json};
use crate::base::tabular::{FileFormat, Heading};

/// Hands rows over, in order; every time that it is asked to.
pub(super) type Rows = Box<dyn Fn(&mut RowTaker) -> Result<()>>;

/// A table whose rows come one after the other.
pub(super) struct RowStream {
    /// Columns, in the order of the contract.
    pub(super) columns: Vec<Heading>,
    /// Its rows.
    pub(super) rows: Rows,
    /// How they are written where nobody asks for the answer of a command: CSV or JSON.
    pub(super) format: FileFormat,
    /// Whether what a spreadsheet would compute is left as it is in CSV.
    pub(super) raw: bool,
}

impl RowStream {
    /// Writes the rows alone. Gives their number.
    ///
    /// # Errors
    ///
    /// A stream that refuses; rows that do not come.
    pub(super) fn write(&self, mut out: impl Write + Send) -> Result<usize> {
        if self.format == FileFormat::Json {
            let mut put = |text: &str| put_into(&mut out, text);
            return write_json(&self.columns, &self.rows, 0, &mut put);
        }
        write_csv(&self.columns, &self.rows, self.raw, out)
    }

    /// Writes the answer of a command whose result is these rows, as the contract does for any other: indented, its
    /// keys in order.
    ///
    /// # Errors
    ///
    /// A stream that refuses; rows that do not come.
    pub(super) fn write_answer(
        &self,
        out: &mut (dyn Write + Send),
        command: &str,
        diagnostics: &[serde_json::Value],
    ) -> Result<()> {
        let mut put = |text: &str| put_into(out, &escaped(text));
        let noticed = indented(&serde_json::Value::from(diagnostics), 2);
        let command = serde_json::Value::from(command);
        put(&format!(
            "{{\n  \"commande\": {command},\n  \"diagnostics\": {noticed},\n  \"resultat\": "
        ))?;
        write_json(&self.columns, &self.rows, 2, &mut put)?;
        put("\n}\n")
    }
}

fn put_into(out: &mut (impl Write + ?Sized), text: &str) -> Result<()> {
    let written = out.write_all(text.as_bytes());
    written.map_err(|source| Error::System { source })
}

/// A value as JSON indents it, at a depth.
fn indented(value: &serde_json::Value, depth: usize) -> String {
    format!("{value:#}").replace('\n', &format!("\n{}", " ".repeat(depth)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::tabular::{Field, Table};
    use serde_json::json;

    fn stream(rows: Vec<Vec<Field>>, format: FileFormat) -> RowStream {
        RowStream {
            columns: vec![Heading::text("structure"), Heading::decimal("delta")],
            rows: Box::new(move |put| rows.iter().try_for_each(|row| put(row))),
            format,
            raw: false,
        }
    }

    #[test]
    fn rows_written_one_by_one_are_those_of_the_whole_answer() {
        let row = |code: &str, value| vec![Field::Text(code.to_owned()), Field::decimal(value)];
        for rows in [
            Vec::new(),
            vec![row("R01", Some(0.25))],
            vec![row("R01", None), row("« é\n»", Some(-1.0))],
        ] {
            let told = [json!({"code": "CMP-804", "message": "a\u{202e}b"})];
            let own = stream(rows.clone(), FileFormat::Csv);
            let table = Table::new("Comparaison", own.columns.clone(), rows.clone());
            let whole = json!({
                "commande": "comparer",
                "resultat": table.json(),
                "diagnostics": told,
            });
            let mut answer = Vec::new();
            own.write_answer(&mut answer, "comparer", &told)
                .expect("written");
            let answer = String::from_utf8(answer).expect("text");
            assert_eq!(answer, escaped(&format!("{whole:#}\n")));
            for format in [FileFormat::Csv, FileFormat::Json] {
                let mut alone = Vec::new();
                let own = stream(rows.clone(), format);
                assert_eq!(own.write(&mut alone).expect("written"), rows.len());
                assert_eq!(alone, table.write(format).expect("written"));
            }
        }
    }
}
