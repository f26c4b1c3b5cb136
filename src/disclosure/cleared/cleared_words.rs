//! Words that one audience may read.

use super::count_of::CountOf;
use crate::privacy::Quotation;

/// A keyword or a theme.
#[derive(Debug, Clone, PartialEq)]
pub struct ClearedWord {
    /// The word.
    pub word: Quotation,
    /// How many used it, out of how many.
    pub count: CountOf,
    /// Screened quotations, may be empty.
    pub quotes: Vec<Quotation>,
}

/// A remark of the team.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClearedRemark {
    /// Code of the critère; may be empty.
    pub critere: String,
    /// What was written, screened.
    pub texte: Quotation,
}

/// Words cleared for a site or for the territory.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct ClearedWords {
    /// Keywords of families' open answers.
    pub keywords: Vec<ClearedWord>,
    /// Themes of interviews.
    pub themes: Vec<ClearedWord>,
    /// Remarks of the team.
    pub remarks: Vec<ClearedRemark>,
}
