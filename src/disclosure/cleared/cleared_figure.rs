//! A critère or axe as it may be printed.

use super::mask::Shown;
use crate::base::text::SharedText;
use crate::figures::FigureStatus;
use crate::stats::change::Verdict;

/// A critère or axe, cleared.
#[derive(Debug, Clone, PartialEq)]
pub struct ClearedFigure {
    /// Code.
    pub code: String,
    /// Label.
    pub label: SharedText,
    /// Code of its axe; its own for an axe.
    pub axe: String,
    /// Level 1..4; none when there is none (see `status`).
    pub value: Option<Shown<f64>>,
    /// Value of the campaign before, when it compares.
    pub previous: Option<f64>,
    /// Target.
    pub target: f64,
    /// Status of the figure.
    pub status: FigureStatus,
    /// Little data behind it.
    pub fragile: bool,
    /// Evolution from the campaign before.
    pub evolution: Option<Evolution>,
}

/// What may be said of a change.
#[derive(Debug, Clone, PartialEq)]
pub struct Evolution {
    /// Change in levels.
    pub delta: Option<f64>,
    /// Verdict, none where none may be given.
    pub verdict: Option<Verdict>,
    /// To be confirmed.
    pub a_verifier: bool,
    /// Why, in a few words.
    pub raison: String,
}
