//! The follow-up of a quarter, as it was known on its day.

use std::collections::BTreeSet;
use std::path::PathBuf;

use crate::base::day::Day;
use crate::base::diagnostics::Diagnostic;
use crate::base::error::{Error, Result};
use crate::campaign::{
    ConventionState, CtgDelivered, CtgEdition, CtgEditionRequest, OpenObservatory, day_or_today,
    today,
};
use crate::convention::SuiviPeriod;
use crate::decide::plans::Quarter;
use crate::disclosure::CtgAudience;
use crate::reports::{CtgKeys, CtgTitles, Document, QuarterReport, ReportFormat, StateBefore};

/// Which quarter, for whom.
pub(crate) struct QuarterRequest {
    /// `2026-T2`; that of the day otherwise.
    pub quarter: Option<String>,
    /// Who reads.
    pub audience: CtgAudience,
    /// Formats.
    pub formats: BTreeSet<ReportFormat>,
    /// Day of the state, AAAA-MM-JJ; the last day of the quarter otherwise, today in a quarter that runs.
    pub date: Option<String>,
    /// Folder to write.
    pub out: Option<PathBuf>,
}

/// What was written.
pub(crate) struct QuarterOutcome {
    /// « 2e trimestre 2026 ».
    pub quarter: String,
    /// Day of the state.
    pub day: Day,
    /// Files.
    pub delivered: CtgDelivered,
    /// What was noticed.
    pub diagnostics: Vec<Diagnostic>,
}

/// Writes the follow-up of a quarter.
///
/// # Errors
///
/// A quarter or a day that is none, a day before the quarter; no convention; a journal, a log or a template that cannot
/// be read; a folder that cannot be written.
pub(crate) fn write_quarter(
    opened: &OpenObservatory,
    request: &QuarterRequest,
) -> Result<QuarterOutcome> {
    let (quarter, day) = asked(request)?;
    let state = ConventionState::on(opened, day)?;
    quarter_of(&state, quarter, request)
}

/// The same of a state that is known already.
///
/// # Errors
///
/// As [`write_quarter`].
pub(crate) fn quarter_of(
    state: &ConventionState,
    quarter: Quarter,
    request: &QuarterRequest,
) -> Result<QuarterOutcome> {
    let day = state.day;
    let period = state.period(&quarter.to_string())?;
    if day < period.from {
        return Err(Error::Usage(format!(
            "Le {} vient avant le trimestre demandé, qui commence le {}.",
            day.short(),
            period.from.short()
        )));
    }
    let mut edition = CtgEdition::begin(
        state,
        CtgEditionRequest {
            kind: "suivi",
            stem: format!("suivi-{quarter}"),
            audience: request.audience,
            formats: &request.formats,
            out: request.out.clone(),
        },
    )?;
    let document = document(state, &mut edition, &period, quarter)?;
    Ok(QuarterOutcome {
        quarter: quarter_words(quarter),
        day,
        delivered: edition.deliver(&document)?,
        diagnostics: state.diagnostics.clone(),
    })
}

fn document(
    state: &ConventionState,
    edition: &mut CtgEdition,
    period: &SuiviPeriod,
    quarter: Quarter,
) -> Result<Document> {
    let computed = state.compute_those(None, |i| i.kind.reads_registers_alone())?;
    let indicators = edition.cleared(&computed);
    let view = edition.view();
    let before_day = period.from.eve().unwrap_or(period.from);
    let before = edition.view_on(before_day)?;
    let before_quarter = Quarter::of(before_day).to_string();
    let report = QuarterReport {
        name: quarter_words(quarter),
        from: period.from,
        until: period.to.months_after(6).unwrap_or(period.to),
        view: &view,
        keys: CtgKeys::of(&view, quarter.to_string()),
        before: StateBefore {
            day: before_day.short(),
            view: &before,
            keys: CtgKeys::of(&before, before_quarter),
        },
        indicators,
    };
    let head = edition.head(CtgTitles {
        title: format!("Suivi de la convention, {}", report.name),
        line: line(period, state.day),
    });
    Ok(report.document(head))
}

/// The quarter, and the day of the state that is printed.
fn asked(request: &QuarterRequest) -> Result<(Quarter, Day)> {
    let written = request.date.as_deref();
    let quarter = match &request.quarter {
        Some(written) => written.trim().parse::<Quarter>().map_err(|()| {
            Error::Usage(format!(
                "« {written} » n’est pas un trimestre : écrivez-le comme 2026-T2."
            ))
        })?,
        None => Quarter::of(day_or_today(written)?),
    };
    let day = match written {
        Some(_) => day_or_today(written)?,
        None => quarter.last_day().min(today()),
    };
    Ok((quarter, day))
}

/// « 2e trimestre 2026 ».
fn quarter_words(quarter: Quarter) -> String {
    let text = quarter.to_string();
    match text.split_once("-T") {
        Some((year, "1")) => format!("1er trimestre {year}"),
        Some((year, rank)) => format!("{rank}e trimestre {year}"),
        None => text,
    }
}

fn line(period: &SuiviPeriod, day: Day) -> String {
    if day < period.to {
        format!(
            "Du {} au {}, trimestre en cours",
            period.from.short(),
            day.short()
        )
    } else {
        format!("Du {} au {}", period.from.short(), period.to.short())
    }
}
