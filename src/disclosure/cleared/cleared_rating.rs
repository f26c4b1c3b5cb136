//! What was rated by observers and in interviews, sentence by sentence, for the team alone.

use crate::base::text::SharedText;
use crate::vocabulary::referentiel::SourceCode;

/// An élément as it was rated.
#[derive(Debug, Clone, PartialEq)]
pub struct ClearedRating {
    /// Code of its critère.
    pub critere: String,
    /// Code of the élément.
    pub element: String,
    /// The sentence of the référentiel.
    pub label: SharedText,
    /// Who rated it: OBS or DIR.
    pub source: SourceCode,
    /// Its level 1..4, all visits together, to the tenth.
    pub level: f64,
    /// What that level looks like: its anchor, else the word of its scale; none between two levels.
    pub looks: Option<String>,
}
