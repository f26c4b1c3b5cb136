//! The indicators of the convention, over a period, as known on a day.

use crate::base::day::Day;
use crate::base::diagnostics::Diagnostic;
use crate::base::error::Result;
use crate::base::tabular::Table;
use crate::campaign::{ConventionState, OpenObservatory};
use crate::convention::{
    ComputedIndicator, Convention, ReadByCommittee, SuiviPeriod, indicator_table,
};
use crate::decide::plans::Quarter;
use crate::disclosure::{CtgAudience, CtgMaterial};
use crate::explain::{ConventionLines, explain_convention, explain_governance};

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
    /// What the steering committee reads of each.
    pub read: Vec<ReadByCommittee>,
    /// What was noticed.
    pub diagnostics: Vec<Diagnostic>,
}

impl ConventionIndicatorsOutcome {
    /// Values that the committee does not read as they are.
    pub(crate) fn kept_to_the_service(&self) -> usize {
        self.read.iter().filter(|r| r.spread != SAME).count()
    }

    /// As files have it.
    pub(crate) fn table(&self) -> Table {
        indicator_table(&self.convention, &self.computed, &self.read)
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
    let read = read_by_committee(opened, &state, &computed)?;
    Ok(ConventionIndicatorsOutcome {
        read,
        convention: state.convention,
        day: state.day,
        computed,
        diagnostics: state.diagnostics,
    })
}

/// The value is read as it is.
const SAME: &str = "oui";

/// What the steering committee reads of each value, editions that it holds left aside.
fn read_by_committee(
    opened: &OpenObservatory,
    state: &ConventionState,
    computed: &[ComputedIndicator],
) -> Result<Vec<ReadByCommittee>> {
    let (convention, day) = (&state.convention, state.day);
    let material = CtgMaterial::new(&opened.observatory, convention, &state.registers, day)?;
    let read = computed.iter().map(|c| {
        let declared = convention.indicator(&c.code);
        let told = declared.and_then(|d| material.indicator(d, c, CtgAudience::Copil));
        let exact = declared.and_then(|d| material.indicator(d, c, CtgAudience::EquipeProjet));
        let (spread, words) = match (told, exact) {
            (None, _) => ("non", "dans aucun document de la convention".to_owned()),
            (Some(told), _) if told.is_hidden() => ("non", told.reason),
            (Some(told), Some(exact))
                if told.value == exact.value && told.divided == exact.divided =>
            {
                (SAME, told.value.text)
            }
            (Some(told), _) => ("arrondi", told.value.text),
        };
        ReadByCommittee { spread, words }
    });
    Ok(read.collect())
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
    let mut state = ConventionState::signed(opened, date)?;
    // A day stands for itself: what a meeting was prepared from.
    if let (None, Ok(day)) = (date, period.parse::<Day>()) {
        state = ConventionState::on(opened, day)?;
    }
    let whole = || match period.parse::<Day>() {
        Ok(day) => state.period(&Quarter::of(day).to_string()),
        Err(_) => state.period(period),
    };
    if let Some(indicator) = state.convention.indicator(code) {
        let computed = state.compute(indicator, &whole()?)?;
        return Ok(explain_convention(&state.convention, indicator, &computed));
    }
    let over = whole()?;
    if let Some(told) = explain_governance(&state.registers, &over, code) {
        return Ok(told);
    }
    // A quarter that is over is told as it was known on its last day, as its document is.
    let state = match date {
        None if over.to < state.day => ConventionState::on(opened, over.to)?,
        _ => state,
    };
    let lines = ConventionLines {
        convention: &state.convention,
        registers: &state.registers,
        day: state.day,
        period: &over,
    };
    match lines.explain(code) {
        Some(told) => Ok(told),
        None => state.indicator(code).map(|_| String::new()),
    }
}

/// Periods that a list offers: the convention, campaigns, years and quarters that began, the last ones first.
pub(crate) fn periods_offered(
    opened: &OpenObservatory,
    convention: &Convention,
    day: Day,
) -> Vec<String> {
    let campaigns = &opened.observatory.settings.campaigns;
    let mut words = vec!["convention".to_owned()];
    words.extend(campaigns.iter().map(|c| c.id.clone()));
    let year = |day: Day| i32::from(day.date().year());
    for year in (year(convention.from)..=year(day)).rev() {
        words.push(year.to_string());
        words.extend((1..=4).rev().map(|quarter| format!("{year}-T{quarter}")));
    }
    let begun = |word: &String| {
        let period = SuiviPeriod::read(word, convention, campaigns, day);
        period.is_ok_and(|p| p.has_begun() && p.to >= convention.from)
    };
    words.retain(begun);
    words
}
