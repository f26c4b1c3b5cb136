//! Words of someone that may be printed.

use std::fmt;

/// Words of someone that the screen let through, in plain characters, or a fixed sentence of the
/// program. Made by `privacy` alone: what was not screened cannot be printed as a quotation.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Quotation {
    text: String,
}

impl Quotation {
    /// What the screen let through.
    pub(super) fn new(text: String) -> Self {
        Self { text }
    }

    /// A sentence of the program's own.
    pub(crate) fn fixed(sentence: &'static str) -> Self {
        Self {
            text: sentence.to_owned(),
        }
    }

    /// The words.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.text.is_empty()
    }
}

impl fmt::Display for Quotation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}
