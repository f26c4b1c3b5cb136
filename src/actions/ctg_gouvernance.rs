//! The governance of a year, for an audience.

use std::collections::BTreeSet;
use std::path::PathBuf;

use crate::base::day::Day;
use crate::base::diagnostics::Diagnostic;
use crate::base::error::{Error, Result};
use crate::campaign::{
    ConventionState, CtgDelivered, CtgEdition, CtgEditionRequest, OpenObservatory, day_or_today,
    today,
};
use crate::convention::{
    CalculationKind, DeclaredIndicator, FunctionTree, SuiviPeriod, SurveyCount, same_code,
};
use crate::disclosure::{CtgAudience, CtgIndicator, CtgView};
use crate::reports::{CtgKeys, CtgTitles, GovernanceReport, ReportFormat};

/// Which year, for whom.
pub(crate) struct GovernanceRequest {
    /// `2026`; that of the day otherwise.
    pub year: Option<i16>,
    /// Who reads.
    pub audience: CtgAudience,
    /// Formats.
    pub formats: BTreeSet<ReportFormat>,
    /// Day of the state, AAAA-MM-JJ; the last day of the year otherwise, today in a year that runs.
    pub date: Option<String>,
    /// Folder to write.
    pub out: Option<PathBuf>,
}

/// What was written.
pub(crate) struct GovernanceOutcome {
    /// `2026`.
    pub year: String,
    /// Day of the state.
    pub day: Day,
    /// Files.
    pub delivered: CtgDelivered,
    /// What was noticed.
    pub diagnostics: Vec<Diagnostic>,
}

/// Writes the governance of a year.
///
/// # Errors
///
/// A year or a day that is none; no convention; a journal, a log or a template that cannot be read; a folder that
/// cannot be written.
pub(crate) fn write_governance(
    opened: &OpenObservatory,
    request: &GovernanceRequest,
) -> Result<GovernanceOutcome> {
    let (year, day) = asked(request)?;
    let state = ConventionState::on(opened, day)?;
    governance_of(&state, &year, request)
}

/// The same of a state that is known already.
///
/// # Errors
///
/// As [`write_governance`].
pub(crate) fn governance_of(
    state: &ConventionState,
    year: &str,
    request: &GovernanceRequest,
) -> Result<GovernanceOutcome> {
    let period = state.period(year)?;
    if state.day < period.from {
        return Err(Error::Usage(format!(
            "Le {} vient avant l’année demandée.",
            state.day.short()
        )));
    }
    let mut edition = CtgEdition::begin(
        state,
        CtgEditionRequest {
            kind: "gouvernance",
            stem: format!("gouvernance-{year}"),
            audience: request.audience,
            formats: &request.formats,
            out: request.out.clone(),
        },
    )?;
    let computed = state.compute_those(Some(&period), is_of_governance)?;
    let indicators = edition.cleared(&computed);
    let view = edition.view();
    let report = governance_report(state, &edition, &view, &period, indicators);
    let head = edition.head(CtgTitles {
        title: format!("La gouvernance de la convention, {year}"),
        line: format!("Du {} au {}", period.from.short(), period.end().short()),
    });
    let document = report.document(head)?;
    let mut diagnostics = state.diagnostics.clone();
    diagnostics.extend(FunctionTree::of(&state.registers).remarks());
    Ok(GovernanceOutcome {
        year: year.to_owned(),
        day: state.day,
        delivered: edition.deliver(&document)?,
        diagnostics,
    })
}

/// What the governance of a period is printed of: functions, who came, what was answered, beside indicators that were
/// cleared; a bilan takes it too.
pub(crate) fn governance_report<'v>(
    state: &ConventionState,
    edition: &CtgEdition,
    view: &'v CtgView,
    period: &SuiviPeriod,
    indicators: Vec<CtgIndicator>,
) -> GovernanceReport<'v> {
    let mut declared = state.convention.indicators.iter();
    let asked = declared.find(|i| is_of_governance(i) && i.kind == CalculationKind::Favourable);
    let survey = asked.and_then(|i| {
        let mut surveys = state.surveys.surveys.iter();
        let code = &i.parameters.survey;
        let own = surveys.find(|s| same_code(&s.code, code))?;
        Some((own, SurveyCount::over(&state.surveys, own, period)))
    });
    let survey = survey.as_ref().map(|(own, n)| (own.title.as_str(), n));
    GovernanceReport {
        keys: CtgKeys::of(view, period.label.clone()),
        governance: edition.governance(period, survey),
        view,
        indicators,
        survey_indicator: asked.map_or_else(String::new, |i| i.code.clone()),
        year: period.label.clone(),
    }
}

/// Indicators of governance are those whose code is « G » and a number.
pub(crate) fn is_of_governance(indicator: &DeclaredIndicator) -> bool {
    let rank = indicator.code.strip_prefix('G');
    rank.is_some_and(|r| !r.is_empty() && r.bytes().all(|b| b.is_ascii_digit()))
}

/// The year, and the day of the state that is printed.
fn asked(request: &GovernanceRequest) -> Result<(String, Day)> {
    let written = request.date.as_deref();
    let year = match request.year {
        Some(year) => year,
        None => day_or_today(written)?.date().year(),
    };
    let last: Day = format!("{year:04}-12-31")
        .parse()
        .map_err(|_| Error::Usage(format!("« {year} » n’est pas une année.")))?;
    let day = match written {
        Some(_) => day_or_today(written)?,
        None => last.min(today()),
    };
    Ok((year.to_string(), day))
}
