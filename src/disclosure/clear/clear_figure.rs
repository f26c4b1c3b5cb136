//! Critères and axes of a site: masked where it was decided, rounded elsewhere.

use super::clearing::Clearing;
use crate::base::text::SharedText;
use crate::compare::Line;
use crate::disclosure::cleared::{ClearedFigure, Evolution, Mask, Shown};
use crate::disclosure::decide::{HiddenLevels, printed_change, printed_level};
use crate::figures::{Figure, Level, leaves_the_tool};
use crate::stats::change::Verdict;
use crate::wording::comparison_reasons;

/// What the référentiel says of a figure.
#[derive(Clone, Copy)]
pub(crate) struct FigureWords<'a> {
    pub(crate) label: &'a SharedText,
    /// Code of its axe; its own for an axe.
    pub(crate) axe: &'a str,
    pub(crate) target: f64,
}

/// Clears a figure of a site of which some levels are hidden.
pub(crate) fn clear_figure(
    clearing: &Clearing,
    hidden: &HiddenLevels,
    figure: &Figure,
    words: FigureWords,
) -> ClearedFigure {
    let mask = hidden.mask_of(&figure.code);
    let target = words.target;
    let line = clearing
        .figures
        .line(&figure.structure, figure.level, &figure.code);
    let r = clearing.input.referentiel;
    let outside =
        mask == Some(Mask::Outside) || line.is_some_and(|l| leaves_the_tool(r, &l.code, l.value1));
    let says_change = !outside && !hidden.hides_change(&figure.code);
    ClearedFigure {
        code: figure.code.to_string(),
        label: words.label.clone(),
        axe: words.axe.to_owned(),
        value: figure.value.map(|value| match mask {
            Some(mask) => Shown::Masked(mask),
            None => Shown::Value(printed_level(value, target).value),
        }),
        previous: previous(clearing, figure, line)
            .filter(|_| says_change)
            .map(|value| printed_level(value, target).value),
        target,
        status: figure.status,
        fragile: figure.fragile,
        evolution: line.filter(|_| says_change).map(clear_change),
    }
}

/// The campaign before, on the same footing: for an axe, the value that the comparison used.
fn previous(clearing: &Clearing, figure: &Figure, line: Option<&Line>) -> Option<f64> {
    if line.is_some_and(|l| l.verdict == Some(Verdict::NonComparable)) {
        return None;
    }
    if let Some(common) = line.filter(|l| l.level == Level::Axe && l.delta.is_some()) {
        return common.value1;
    }
    if line.is_some_and(|l| !l.sources.is_empty()) {
        // The change is not that of the levels printed: they are not set side by side.
        return None;
    }
    let before = clearing.input.before?.indicators;
    let earlier = before.get(&figure.structure, figure.level, &figure.code)?;
    earlier.value
}

/// What is said of a change: one decimal, like the levels.
pub(crate) fn clear_change(line: &Line) -> Evolution {
    Evolution {
        delta: line.delta.map(|d| printed_change(d).value),
        verdict: line.verdict,
        a_verifier: line.a_verifier,
        raison: comparison_reasons::of_line(line),
    }
}

/// A critère of a site by its code, when its level is printed.
pub(crate) fn is_printed(figures: &[ClearedFigure], code: &str) -> bool {
    let figure = figures.iter().find(|f| f.code == code);
    figure.is_some_and(|f| matches!(f.value, Some(Shown::Value(_))))
}
