//! What is wrong or doubtful in the data: many, all collected in one run, each with a stable
//! code, a place, one sentence, and what to do.
//!
//! | question | file |
//! |---|---|
//! | every code: severity, title, remedy, long explanation | `code` |
//! | a name that a person may say whose it is | `asked_name` |
//! | where something stands: « Grille R01.xlsx › Grille › D14 » | `location` |
//! | remarks gathered by several readers | `notices` |

mod asked_name;
mod code;
mod location;
mod notices;

pub use asked_name::{AskedKind, AskedName};
pub use code::{Code, Severity};
pub use location::{CellRef, Location};
pub(crate) use notices::Notices;

use std::borrow::Cow;

use serde::Serialize;

/// One remark about the data.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Diagnostic {
    /// Stable code; the severity and the long explanation follow from it.
    pub code: Code,
    /// Where: file, sheet, cell.
    pub at: Location,
    /// One French sentence: what is wrong.
    pub message: String,
    /// One French sentence: what to do.
    pub remedy: Cow<'static, str>,
    /// The name that it asks about. It may be a person's: told apart, never among what is printed for
    /// programs.
    #[serde(skip)]
    pub asks: Option<Box<AskedName>>,
}

/// Bytes of a message beyond which its middle is left out: it may quote a cell, a cell may hold pages,
/// and a file hold that cell a hundred thousand times.
const LONGEST: usize = 4_000;
/// Bytes kept of its end, which says what is wrong.
const TAIL: usize = 500;

fn shortened(message: String) -> String {
    if message.len() <= LONGEST {
        return message;
    }
    let head = message.floor_char_boundary(LONGEST - TAIL);
    let tail = message.ceil_char_boundary(message.len() - TAIL);
    format!("{} […] {}", &message[..head], &message[tail..])
}

impl Diagnostic {
    /// A diagnostic with the remedy its code gives by default.
    pub fn new(code: Code, at: Location, message: impl Into<String>) -> Self {
        Self {
            code,
            at,
            message: shortened(message.into()),
            remedy: Cow::Borrowed(code.remedy()),
            asks: None,
        }
    }

    /// Says which name it asks about.
    #[must_use]
    pub fn asking(mut self, name: Option<AskedName>) -> Self {
        self.asks = name.map(Box::new);
        self
    }

    /// Replaces the default remedy by a more precise one.
    #[must_use]
    pub fn with_remedy(mut self, remedy: impl Into<String>) -> Self {
        self.remedy = Cow::Owned(remedy.into());
        self
    }

    /// Severity, from the code.
    pub fn severity(&self) -> Severity {
        self.code.severity()
    }
}

impl std::fmt::Display for Diagnostic {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} {}", self.severity(), self.code)?;
        if !self.at.is_empty() {
            write!(f, " · {}", self.at)?;
        }
        write!(f, " : {}", self.message)?;
        if !self.remedy.is_empty() {
            write!(f, " {}", self.remedy)?;
        }
        Ok(())
    }
}

/// A value and everything noticed while making it.
#[derive(Debug, Clone, Default)]
pub struct Checked<T> {
    /// What was made.
    pub value: T,
    /// What was noticed.
    pub diagnostics: Vec<Diagnostic>,
}

impl<T> Checked<T> {
    /// Whether an `erreur` is among the diagnostics.
    pub fn has_errors(&self) -> bool {
        has_errors(&self.diagnostics)
    }
}

/// Whether an `erreur` is among them.
pub fn has_errors(diagnostics: &[Diagnostic]) -> bool {
    diagnostics.iter().any(|d| d.severity() == Severity::Error)
}
