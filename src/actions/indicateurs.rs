//! The analyst's table of a campaign: complete, not for publication.

use std::io::Write;

use super::table_outcome::{TableOutcome, not_for_publication};
use crate::base::diagnostics::Diagnostic;
use crate::base::error::{Error, Result};
use crate::base::table_files::RowTaker;
use crate::base::tabular::{Field, FileFormat, Table};
use crate::campaign::{OpenObservatory, figures_alone, not_added};
use crate::exports::{INDICATORS, IndicatorWriter, indicator_headings, stream_indicators};
use crate::figures::HeldLevels;
use crate::vocabulary::config::Campaign;

/// Which figures.
pub(crate) struct IndicatorsRequest {
    /// Campaigns, in this order; the latest when none is named.
    pub campaigns: Vec<String>,
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

/// The campaigns asked for.
fn wanted<'a>(
    opened: &'a OpenObservatory,
    request: &IndicatorsRequest,
) -> Result<Vec<&'a Campaign>> {
    if request.campaigns.is_empty() {
        return Ok(vec![opened.observatory.campaign(None)?]);
    }
    let mut wanted: Vec<&Campaign> = Vec::new();
    for id in &request.campaigns {
        let campaign = opened.observatory.campaign(Some(id))?;
        if wanted.iter().any(|known| known.id == campaign.id) {
            return Err(Error::Usage(format!(
                "La campagne « {id} » est demandée deux fois."
            )));
        }
        wanted.push(campaign);
    }
    Ok(wanted)
}

/// Computes the figures of campaigns, one after the other, for a workbook: how many rows there will be is known
/// before any is made.
///
/// # Errors
///
/// An unknown campaign, or one named twice; more rows than a sheet holds; a store that cannot be read.
pub(crate) fn compute_table(
    opened: &OpenObservatory,
    request: &IndicatorsRequest,
) -> Result<TableOutcome> {
    let counted = hand_over(opened, request, &mut |_| Ok(()))?;
    FileFormat::Xlsx.holds(counted.rows)?;
    let mut rows = Vec::with_capacity(counted.rows);
    let written = hand_over(opened, request, &mut |row| {
        rows.push(row.to_vec());
        Ok(())
    })?;
    Ok(TableOutcome {
        table: Table::new(INDICATORS, indicator_headings(), rows),
        diagnostics: written.diagnostics,
    })
}

/// What is noticed of campaigns, before any of their rows is handed over.
///
/// # Errors
///
/// An unknown campaign, or one named twice; a store that cannot be read.
pub(crate) fn noticed(
    opened: &OpenObservatory,
    request: &IndicatorsRequest,
) -> Result<Vec<Diagnostic>> {
    let mut diagnostics = vec![complete()];
    diagnostics.extend(opened.shared_remarks());
    for campaign in wanted(opened, request)? {
        let checked = opened.indicators_of(campaign, HeldLevels::NOTHING)?;
        diagnostics.extend(checked.diagnostics);
    }
    Ok(diagnostics)
}

/// Hands rows over, structure after structure, to somebody who takes them.
///
/// # Errors
///
/// As [`compute_table`]; a taker that refuses.
pub(crate) fn hand_over(
    opened: &OpenObservatory,
    request: &IndicatorsRequest,
    taker: &mut RowTaker,
) -> Result<WrittenIndicators> {
    let mut taken = |row: &[Field]| taker(row);
    write_all(opened, request, IndicatorWriter::rows(&mut taken))
}

/// Computes the figures of campaigns and writes them structure after structure: memory does not grow
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
    let writer = match format {
        StreamFormat::Csv => IndicatorWriter::csv(out)?,
        StreamFormat::Parquet => IndicatorWriter::parquet(out)?,
    };
    write_all(opened, request, writer)
}

fn write_all<W: Write + Send>(
    opened: &OpenObservatory,
    request: &IndicatorsRequest,
    mut writer: IndicatorWriter<'_, W>,
) -> Result<WrittenIndicators> {
    let campaigns = wanted(opened, request)?;
    let mut written = WrittenIndicators {
        rows: 0,
        diagnostics: vec![complete()],
    };
    written.diagnostics.extend(opened.shared_remarks());
    for campaign in campaigns {
        let scope = opened.scope(campaign);
        let fold = opened.fold(campaign)?;
        let computation = fold.computation(&scope)?;
        let streamed = stream_indicators(&computation, &mut writer)?;
        written.rows += streamed.rows;
        let said = &mut written.diagnostics;
        said.extend(streamed.diagnostics);
        said.extend(not_added(&fold));
        said.extend(figures_alone(&fold, campaign));
    }
    writer.finish()?;
    Ok(written)
}
