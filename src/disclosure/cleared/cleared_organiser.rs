//! What the organiser decides, of the whole territory.

use super::cleared_figure::ClearedFigure;
use super::mask::{Mask, Shown};
use crate::vocabulary::referentiel::SourceCode;

/// A critère that the organiser decides: one value for the territory.
#[derive(Debug, Clone, PartialEq)]
pub struct ClearedOrganiser {
    /// Its value, or why it is not told.
    pub figure: ClearedFigure,
    /// The éléments that it rests on, source by source; empty where it is not told.
    pub elements: Vec<OrganiserElement>,
    /// Codes of the questions whose answers it is made of: where one of them repeats an earlier edition,
    /// it does.
    pub(in crate::disclosure) questions: Vec<String>,
}

/// An élément over the whole territory.
#[derive(Debug, Clone, PartialEq)]
pub struct OrganiserElement {
    /// Code.
    pub code: String,
    /// What was asked or measured.
    pub label: String,
    /// Who speaks.
    pub source: SourceCode,
    /// Whether agreeing with it is unfavourable: its level is 5 minus that of the answer.
    pub negative: bool,
    /// Its level; none where it has none.
    pub value: Option<f64>,
}

impl ClearedOrganiser {
    /// Keeps everything of it back.
    pub(in crate::disclosure) fn withhold(&mut self, mask: Mask) {
        self.figure.value = self.figure.value.map(|_| Shown::Masked(mask));
        self.figure.previous = None;
        self.figure.evolution = None;
        self.elements.clear();
    }
}
