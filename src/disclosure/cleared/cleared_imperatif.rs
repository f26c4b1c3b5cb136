//! Impératifs and perception gaps as they may be printed.

use super::mask::Shown;
use crate::base::day::Day;
use crate::base::text::SharedText;
use crate::figures::FigureStatus;

/// An impératif, cleared.
#[derive(Debug, Clone, PartialEq)]
pub struct ClearedImperatif {
    /// Code.
    pub code: String,
    /// Label.
    pub label: SharedText,
    /// Met, not met, not evaluated; masked when the finding leaves the tool.
    pub status: Shown<FigureStatus>,
    /// Labels of what is missing when it is not evaluated.
    pub missing: Vec<SharedText>,
    /// Labels of what is below the top level when it is not met.
    pub below: Vec<SharedText>,
    /// What was put right since it was found otherwise.
    pub corrected: Vec<ClearedCorrection>,
}

/// A finding put right since.
#[derive(Debug, Clone, PartialEq)]
pub struct ClearedCorrection {
    /// Label of the élément.
    pub label: String,
    /// When; none where the day is not known.
    pub day: Option<Day>,
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
