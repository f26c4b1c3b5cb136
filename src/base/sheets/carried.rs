//! What one process says to another of the file that it read: the sheets, or why there are none.

use std::io::{BufWriter, Read, Write};

use serde::{Deserialize, Serialize};

use super::cells::Workbook;
use crate::base::diagnostics::{Checked, Code, Diagnostic, Location};

/// A file as it was read, or refused.
#[derive(Serialize, Deserialize)]
pub(super) struct Carried {
    book: Option<Workbook>,
    remarks: Vec<CarriedRemark>,
}

/// A diagnostic, its code by name.
#[derive(Serialize, Deserialize)]
struct CarriedRemark {
    code: String,
    at: Location,
    message: String,
    remedy: String,
}

impl From<&Diagnostic> for CarriedRemark {
    fn from(said: &Diagnostic) -> Self {
        Self {
            code: said.code.as_str().to_owned(),
            at: said.at.clone(),
            message: said.message.clone(),
            remedy: said.remedy.clone().into_owned(),
        }
    }
}

impl CarriedRemark {
    fn diagnostic(self) -> Option<Diagnostic> {
        let code = self.code.parse::<Code>().ok()?;
        let read = Diagnostic::new(code, self.at, self.message);
        Some(read.with_remedy(self.remedy))
    }
}

impl From<Result<Checked<Workbook>, Diagnostic>> for Carried {
    fn from(read: Result<Checked<Workbook>, Diagnostic>) -> Self {
        match read {
            Ok(checked) => Self {
                remarks: checked
                    .diagnostics
                    .iter()
                    .map(CarriedRemark::from)
                    .collect(),
                book: Some(checked.value),
            },
            Err(refused) => Self {
                book: None,
                remarks: vec![CarriedRemark::from(&refused)],
            },
        }
    }
}

impl Carried {
    /// Hands it over, to the last byte.
    ///
    /// # Errors
    ///
    /// Nobody listens any more.
    pub(super) fn write(&self, to: impl Write) -> std::io::Result<()> {
        let mut to = BufWriter::with_capacity(64 << 10, to);
        serde_json::to_writer(&mut to, self)?;
        to.flush()
    }

    /// None when it was cut, as by a process that died.
    pub(super) fn read(from: impl Read) -> Option<Self> {
        serde_json::from_reader(from).ok()
    }

    /// The sheets and what was noticed; else the one diagnostic that refuses the file, if any came.
    pub(super) fn outcome(self) -> Option<Result<Checked<Workbook>, Diagnostic>> {
        let remarks = self.remarks.into_iter();
        let mut diagnostics: Vec<Diagnostic> = remarks
            .map(CarriedRemark::diagnostic)
            .collect::<Option<_>>()?;
        match self.book {
            Some(value) => Some(Ok(Checked { value, diagnostics })),
            None => diagnostics.pop().map(Err),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;
    use std::sync::Arc;

    use super::*;
    use crate::base::diagnostics::CellRef;
    use crate::base::sheets::cells::{
        Cell, CellComment, Format, MergedArea, PageWords, Row, Sheet, Value,
    };
    use crate::base::sheets::open;

    fn carried(
        read: Result<Checked<Workbook>, Diagnostic>,
    ) -> Result<Checked<Workbook>, Diagnostic> {
        let mut bytes = Vec::new();
        Carried::from(read).write(&mut bytes).expect("written");
        assert!(Carried::read(&bytes[..bytes.len() - 1]).is_none(), "cut");
        let read = Carried::read(bytes.as_slice()).expect("whole");
        read.outcome().expect("said")
    }

    #[test]
    fn everything_of_a_workbook_is_carried() {
        let values = [
            Value::Text("« é »\u{0}\n".to_owned()),
            Value::Number(0.1 + 0.2),
            Value::Number(f64::MIN_POSITIVE / 3.0),
            Value::Number(f64::INFINITY),
            Value::Bool(true),
            Value::Date("2026-05-12T16:30:00".to_owned()),
            Value::Error("#REF!".to_owned()),
        ];
        let cells = values
            .into_iter()
            .zip(0..)
            .map(|(v, col)| Cell::new(col, v));
        let at = CellRef::new(3, 2);
        let sheet = Sheet {
            name: Arc::from("Grille"),
            hidden: true,
            rows: vec![Row {
                index: 7,
                cells: cells.collect(),
            }],
            merges: vec![MergedArea {
                first: at,
                last: CellRef::new(4, 2),
            }],
            comments: vec![CellComment::new(at, "vu".to_owned())],
            unopened: true,
            uncopied: vec![0, 3],
            page_words: vec![PageWords {
                at: None,
                text: "Note sur 10".to_owned(),
            }],
        };
        let book = Workbook {
            file: Arc::from("a.xls"),
            format: Format::Workbook,
            sheets: vec![sheet, Sheet::default()],
        };
        let diagnostics = vec![Diagnostic::new(
            Code::EncodingAssumed,
            Location::file("a.xls"),
            "lu.",
        )];
        let checked = Checked {
            value: book.clone(),
            diagnostics: diagnostics.clone(),
        };
        let back = carried(Ok(checked)).expect("a workbook");
        assert_eq!((back.value, back.diagnostics), (book, diagnostics));
    }

    #[test]
    fn a_refusal_is_carried_with_its_remedy() {
        let refused = || open(Path::new("a.xls"), b"").expect_err("empty");
        assert_eq!(carried(Err(refused())).expect_err("refused"), refused());
    }
}
