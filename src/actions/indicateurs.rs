//! The analyst's table of a campaign: complete, not for publication.

use std::io::Write;

use super::table_outcome::{TableOutcome, not_for_publication};
use crate::base::diagnostics::Diagnostic;
use crate::base::error::Result;
use crate::campaign::{OpenObservatory, figures_alone, not_added};
use crate::exports::{self, IndicatorWriter, stream_indicators};

/// Which figures.
pub(crate) struct IndicatorsRequest {
    /// Campaign; the latest otherwise.
    pub campaign: Option<String>,
}

/// A format whose rows are written as they come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum StreamFormat {
    /// As the contract writes CSV.
    Csv,
    /// Parquet.
    Parquet,
}

/// What was written.
pub(crate) struct WrittenIndicators {
    /// Rows.
    pub rows: usize,
    /// What was noticed.
    pub diagnostics: Vec<Diagnostic>,
}

fn complete() -> Diagnostic {
    not_for_publication("ce tableau est complet : il n’est pas destiné à la diffusion.")
}

/// Computes the figures of a campaign.
///
/// # Errors
///
/// An unknown campaign; a store that cannot be read.
pub(crate) fn compute_table(
    opened: &OpenObservatory,
    request: &IndicatorsRequest,
) -> Result<TableOutcome> {
    let campaign = opened.observatory.campaign(request.campaign.as_deref())?;
    let checked = opened.indicators(campaign)?;
    let mut diagnostics = vec![complete()];
    diagnostics.extend(opened.shared_remarks());
    diagnostics.extend(checked.diagnostics);
    Ok(TableOutcome {
        table: exports::indicators(std::slice::from_ref(&checked.value)),
        diagnostics,
    })
}

/// Computes the figures of a campaign and writes them structure after structure: memory does not grow
/// with the number of structures.
///
/// # Errors
///
/// As [`compute_table`]; a disk that refuses.
pub(crate) fn write_rows(
    opened: &OpenObservatory,
    request: &IndicatorsRequest,
    format: StreamFormat,
    out: impl Write + Send,
) -> Result<WrittenIndicators> {
    let campaign = opened.observatory.campaign(request.campaign.as_deref())?;
    let scope = opened.scope(campaign);
    let fold = opened.fold(campaign)?;
    let computation = fold.computation(&scope)?;
    let writer = match format {
        StreamFormat::Csv => IndicatorWriter::csv(out)?,
        StreamFormat::Parquet => IndicatorWriter::parquet(out)?,
    };
    let streamed = stream_indicators(&computation, writer)?;
    let mut diagnostics = vec![complete()];
    diagnostics.extend(opened.shared_remarks());
    diagnostics.extend(streamed.diagnostics);
    diagnostics.extend(not_added(&fold));
    diagnostics.extend(figures_alone(&fold, campaign));
    Ok(WrittenIndicators {
        rows: streamed.rows,
        diagnostics,
    })
}
