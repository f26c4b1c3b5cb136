//! What a command hands to output.

use super::row_stream::RowStream;
use crate::base::diagnostics::Diagnostic;
use crate::base::tabular::Table;

/// What a command hands to output.
#[derive(Default)]
pub(super) struct Done {
    /// For a person, on stdout.
    pub text: String,
    /// For a program, with `--json`.
    pub result: serde_json::Value,
    /// For a program too, in place of `result`: made into JSON for who asks for it alone.
    pub table: Option<Table>,
    /// For both, in place of `text` and `result`: rows that come one by one.
    pub rows: Option<RowStream>,
    /// What was noticed.
    pub diagnostics: Vec<Diagnostic>,
    /// One line at the end, on stderr.
    pub summary: String,
    /// Raw bytes of an export, in place of `text`.
    pub bytes: Option<Vec<u8>>,
}
