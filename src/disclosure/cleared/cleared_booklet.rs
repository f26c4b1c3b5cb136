//! The booklet of practices as it may be printed.

use super::cleared_territory::ClearedPractice;
use crate::privacy::Quotation;

/// A practice that an observer found remarkable.
#[derive(Debug, Clone, PartialEq)]
pub struct ClearedRemarkable {
    /// Code of the critère.
    pub critere: String,
    /// Site where it was seen; its team agreed.
    pub structure: String,
    /// How it was described, screened.
    pub texte: Quotation,
}

/// The booklet, cleared.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct ClearedBooklet {
    /// Described practices, in the order of the référentiel, then of sites.
    pub practices: Vec<ClearedRemarkable>,
    /// Practices kept back: their team has not agreed.
    pub withheld: usize,
    /// Sites above the others by more than noise, whose team agreed.
    pub visits: Vec<ClearedPractice>,
}
