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
use crate::convention::same_code;
use crate::convention::{CalculationKind, DeclaredIndicator, FunctionTree, SurveyCount};
use crate::disclosure::CtgAudience;
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
    let period = state.period(&year)?;
    if day < period.from {
        return Err(Error::Usage(format!(
            "Le {} vient avant l’année demandée.",
            day.short()
        )));
    }
    let mut edition = CtgEdition::begin(
        &state,
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
    let mut declared = state.convention.indicators.iter();
    let asked = declared.find(|i| is_of_governance(i) && i.kind == CalculationKind::Favourable);
    let survey = asked.and_then(|i| {
        let surveys = state.surveys.surveys.iter();
        let own = surveys
            .clone()
            .find(|s| same_code(&s.code, &i.parameters.survey))?;
        Some((
            own.title.clone(),
            SurveyCount::over(&state.surveys, own, &period),
        ))
    });
    let view = edition.view();
    let report = GovernanceReport {
        keys: CtgKeys::of(&view, year.clone()),
        governance: edition.governance(
            &period,
            survey
                .as_ref()
                .map(|(title, counted)| (title.as_str(), counted)),
        ),
        view: &view,
        indicators,
        survey_indicator: asked.map_or_else(String::new, |i| i.code.clone()),
        year: year.clone(),
    };
    let head = edition.head(CtgTitles {
        title: format!("La gouvernance de la convention, {year}"),
        line: format!("Du {} au {}", period.from.short(), period.end().short()),
    });
    let document = report.document(head)?;
    let mut diagnostics = state.diagnostics.clone();
    diagnostics.extend(FunctionTree::of(&state.registers).remarks());
    Ok(GovernanceOutcome {
        year,
        day,
        delivered: edition.deliver(&document)?,
        diagnostics,
    })
}

/// Indicators of governance are those whose code is « G » and a number.
fn is_of_governance(indicator: &DeclaredIndicator) -> bool {
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
