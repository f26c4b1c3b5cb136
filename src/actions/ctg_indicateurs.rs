//! The indicators of the convention, over a period, as known on a day.

use crate::base::day::Day;
use crate::base::diagnostics::Diagnostic;
use crate::base::error::Result;
use crate::base::tabular::Table;
use crate::campaign::{ConventionState, OpenObservatory};
use crate::convention::{ComputedIndicator, Convention, indicator_table};
use crate::explain::{explain_convention, explain_governance};

/// What to compute.
#[derive(Debug, Default)]
pub(crate) struct ConventionIndicatorsRequest {
    /// `2026-T2`, `2026`, `C2`, `convention`; the period of each indicator on the day asked otherwise.
    pub period: Option<String>,
    /// Day of the state that is looked at, AAAA-MM-JJ; today, and all that is known, otherwise.
    pub date: Option<String>,
}

/// What was computed.
pub(crate) struct ConventionIndicatorsOutcome {
    /// The convention.
    pub convention: Convention,
    /// Day of the state.
    pub day: Day,
    /// In the order of the file.
    pub computed: Vec<ComputedIndicator>,
    /// What was noticed.
    pub diagnostics: Vec<Diagnostic>,
}

impl ConventionIndicatorsOutcome {
    /// As files have it.
    pub(crate) fn table(&self) -> Table {
        indicator_table(&self.convention, &self.computed)
    }
}

/// Computes every indicator.
///
/// # Errors
///
/// No convention, or one that does not hold together; a period or a day that is none; a journal or a store that cannot
/// be read.
pub(crate) fn compute_all(
    opened: &OpenObservatory,
    request: &ConventionIndicatorsRequest,
) -> Result<ConventionIndicatorsOutcome> {
    let state = ConventionState::signed(opened, request.date.as_deref())?;
    let period = request.period.as_deref().map(|p| state.period(p));
    let computed = state.compute_all(period.transpose()?.as_ref())?;
    Ok(ConventionIndicatorsOutcome {
        convention: state.convention,
        day: state.day,
        computed,
        diagnostics: state.diagnostics,
    })
}

/// Explains one indicator over a period.
///
/// # Errors
///
/// As [`compute_all`]; an unknown indicator, with the nearest ones.
pub(crate) fn explain_indicator(
    opened: &OpenObservatory,
    code: &str,
    period: &str,
    date: Option<&str>,
) -> Result<String> {
    let state = ConventionState::signed(opened, date)?;
    let period = state.period(period)?;
    if let Some(told) = explain_governance(&state.registers, &period, code) {
        return Ok(told);
    }
    let indicator = state.indicator(code)?;
    let computed = state.compute(indicator, &period)?;
    Ok(explain_convention(&state.convention, indicator, &computed))
}
