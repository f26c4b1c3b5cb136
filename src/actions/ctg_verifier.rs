//! What is missing in the follow-up of the convention on a day, with the cell to go to.

use crate::base::day::Day;
use crate::base::diagnostics::Diagnostic;
use crate::base::error::Result;
use crate::campaign::{ConventionState, OpenObservatory};
use crate::convention::{GapKind, IndicatorStatus, SuiviBook};

/// One thing to do.
pub(crate) struct GapToFill {
    /// How it is missing.
    pub kind: GapKind,
    /// Sheet of the workbook.
    pub sheet: &'static str,
    /// Cell of it, as `ctg exporter` writes it that day.
    pub cell: String,
    /// Line.
    pub id: String,
    /// Heading of the column.
    pub column: &'static str,
    /// What is missing, in a sentence.
    pub what: String,
}

/// An indicator without a value.
pub(crate) struct SilentIndicator {
    /// `G08`.
    pub code: String,
    /// Its period.
    pub period: String,
    /// Why.
    pub reason: String,
}

/// What is missing.
pub(crate) struct GapsOutcome {
    /// Day of the state.
    pub day: Day,
    /// « Il vous reste 4 choses à compléter ; prochaine échéance : … ».
    pub title: String,
    /// In order: late, dormant, to be filled.
    pub gaps: Vec<GapToFill>,
    /// Indicators of the registers that have no value over their own period.
    pub silent: Vec<SilentIndicator>,
    /// What was noticed.
    pub diagnostics: Vec<Diagnostic>,
}

/// Looks for what is missing.
///
/// # Errors
///
/// A convention that does not hold together; a day that is none; a journal or a store that cannot be read.
pub(crate) fn find_gaps(opened: &OpenObservatory, date: Option<&str>) -> Result<GapsOutcome> {
    let state = ConventionState::followed(opened, date)?;
    let book = SuiviBook::new(&state.convention, &state.registers, None, state.day, false);
    let mut gaps: Vec<GapToFill> = (book.missing.iter())
        .filter_map(|told| {
            Some(GapToFill {
                kind: told.kind,
                sheet: told.register.sheet(),
                cell: book.place(told)?.to_string(),
                id: told.id.clone(),
                column: told.column,
                what: told.what.clone(),
            })
        })
        .collect();
    gaps.sort_by_key(|gap| gap.kind);
    let computed = state.compute_those(None, |i| i.kind.reads_registers_alone())?;
    let silent = computed
        .into_iter()
        .filter(|c| c.status == IndicatorStatus::NotComputable);
    let silent = silent.map(|c| SilentIndicator {
        code: c.code,
        period: c.period.label,
        reason: c.reason,
    });
    Ok(GapsOutcome {
        day: state.day,
        title: book.missing_title.clone(),
        gaps,
        silent: silent.collect(),
        diagnostics: state.diagnostics.clone(),
    })
}
