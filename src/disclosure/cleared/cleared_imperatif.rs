//! Impératifs and perception gaps as they may be printed.

use super::mask::Shown;
use crate::figures::FigureStatus;

/// An impératif, cleared.
#[derive(Debug, Clone, PartialEq)]
pub struct ClearedImperatif {
    /// Code.
    pub code: String,
    /// Label.
    pub label: String,
    /// Met, not met, not evaluated; masked when the finding leaves the tool.
    pub status: Shown<FigureStatus>,
    /// Labels of what is missing when it is not evaluated.
    pub missing: Vec<String>,
    /// Labels of what is below the top level when it is not met.
    pub below: Vec<String>,
}

/// A gap between how the team and an observer see a critère.
#[derive(Debug, Clone, PartialEq)]
pub struct ClearedGap {
    /// Code of the critère.
    pub code: String,
    /// Label of the critère.
    pub label: String,
    /// Self-assessment.
    pub aut: f64,
    /// Observation.
    pub obs: f64,
}
