//! A critère or axe as it may be printed.

use super::ground::Ground;
use super::levels::Veil;
use super::{Mask, Shown, is_outside, printed};
use crate::compare::Line;
use crate::figures::{Figure, FigureStatus, Level};
use crate::stats::change::Verdict;
use crate::wording::comparison_reasons;

/// A critère or axe, cleared.
#[derive(Debug, Clone, PartialEq)]
pub struct ClearedFigure {
    /// Code.
    pub code: String,
    /// Label.
    pub label: String,
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
    /// What it rests on, out of how many.
    pub n: (usize, usize),
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

/// Clears a figure of a site behind its veil.
pub(super) fn clear(
    ground: &Ground,
    veil: &Veil,
    f: &Figure,
    (label, target): (&str, f64),
) -> ClearedFigure {
    let hidden = veil.values.get(f.code.as_str()).map(|(mask, _)| *mask);
    let value = f.value.map(|v| match hidden {
        Some(mask) => Shown::Masked(mask),
        None => Shown::Value(printed::level(v, target).value),
    });
    let line = ground.line(&f.structure, f.level, &f.code);
    let outside = hidden == Some(Mask::Outside)
        || line.is_some_and(|l| is_outside(ground.material.referentiel, &l.code, l.value1));
    let said = !outside && !veil.hides_change(&f.code);
    ClearedFigure {
        code: f.code.to_string(),
        label: label.to_owned(),
        value,
        previous: previous(ground, f, line)
            .filter(|_| said)
            .map(|v| printed::level(v, target).value),
        target,
        status: f.status,
        fragile: f.fragile,
        n: (f.n, f.expected),
        evolution: line.filter(|_| said).map(evolution),
    }
}

/// The campaign before, on the same footing: for an axe, the value that the comparison used.
fn previous(ground: &Ground, f: &Figure, line: Option<&Line>) -> Option<f64> {
    if line.is_some_and(|l| l.verdict == Some(Verdict::NonComparable)) {
        return None;
    }
    if let Some(common) = line.filter(|l| l.level == Level::Axe && l.delta.is_some()) {
        return common.value1;
    }
    let earlier = ground
        .material
        .previous?
        .get(&f.structure, f.level, &f.code)?;
    earlier.value
}

/// What is said of a change: one decimal, like the levels.
pub(super) fn evolution(line: &Line) -> Evolution {
    Evolution {
        delta: line.delta.map(|d| printed::change(d).value),
        verdict: line.verdict,
        a_verifier: line.a_verifier,
        raison: comparison_reasons::of_line(line),
    }
}
