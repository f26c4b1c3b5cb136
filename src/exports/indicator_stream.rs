//! `indicateurs`, structure after structure, as CSV, Parquet or rows: memory does not grow with the number of
//! structures.

use std::io::{Sink, Write};

use polars::prelude::{
    ChunkFull, Column, DataFrame, DataType, Field, IntoColumn, PlSmallStr, Schema, StringChunked,
};
use polars_io::parquet::write::BatchedWriter;
use polars_io::prelude::ParquetWriter;
use rayon::prelude::*;

use super::{INDICATOR_COLUMNS, indicator_row};
use crate::base::diagnostics::Diagnostic;
use crate::base::error::{Error, Result};
use crate::base::table_files::RowTaker;
use crate::base::tabular::{self, Kind};
use crate::base::text::without_formula;
use crate::figures::{Computation, ConventionTotals, Figure, SiteFigures};

/// Structures computed and written at once.
const AT_ONCE: usize = 256;

/// What was written.
pub(crate) struct StreamedIndicators {
    /// Rows.
    pub rows: usize,
    /// What was noticed.
    pub diagnostics: Vec<Diagnostic>,
}

/// A format whose rows are written as they come.
pub(crate) enum IndicatorWriter<'p, W: Write> {
    /// As the contract writes CSV.
    Csv(Box<csv::Writer<W>>),
    /// Row groups of some hundred structures.
    Parquet(Box<BatchedWriter<W>>),
    /// Rows that somebody takes.
    Rows(&'p mut RowTaker<'p>),
}

impl<'p> IndicatorWriter<'p, Sink> {
    /// Rows, which go where they are taken.
    pub(crate) fn rows(taker: &'p mut RowTaker<'p>) -> Self {
        Self::Rows(taker)
    }
}

impl<W: Write> IndicatorWriter<'_, W> {
    /// CSV, its heading written.
    ///
    /// # Errors
    ///
    /// A disk that refuses.
    pub(crate) fn csv(file: W) -> Result<Self> {
        let mut writer = csv::WriterBuilder::new()
            .terminator(csv::Terminator::CRLF)
            .from_writer(file);
        let names = INDICATOR_COLUMNS.iter().map(|column| column.0);
        writer.write_record(names)?;
        Ok(Self::Csv(Box::new(writer)))
    }

    /// Parquet.
    ///
    /// # Errors
    ///
    /// A disk that refuses.
    pub(crate) fn parquet(file: W) -> Result<Self> {
        let writer = ParquetWriter::new(file).batched(&schema())?;
        Ok(Self::Parquet(Box::new(writer)))
    }

    fn write(&mut self, computation: &Computation, figures: &[Figure]) -> Result<()> {
        if figures.is_empty() {
            return Ok(());
        }
        match self {
            Self::Csv(writer) => {
                let mut fields: [String; 13] = Default::default();
                for figure in figures {
                    plain(&mut fields, computation, figure);
                    writer.write_record(&fields)?;
                }
                Ok(())
            }
            Self::Parquet(writer) => Ok(writer.write_batch(&frame(computation, figures)?)?),
            Self::Rows(taker) => {
                let scope = computation.scope;
                let (campaign, version) = (&scope.campaign.id, &scope.referentiel.version);
                let mut rows = figures.iter().map(|f| indicator_row(campaign, version, f));
                rows.try_for_each(|row| taker(&row))
            }
        }
    }

    /// Writes what is left.
    ///
    /// # Errors
    ///
    /// A disk that refuses.
    pub(crate) fn finish(self) -> Result<()> {
        match self {
            Self::Csv(mut writer) => writer.flush().map_err(|source| Error::System { source }),
            Self::Parquet(writer) => {
                writer.finish()?;
                Ok(())
            }
            Self::Rows(_) => Ok(()),
        }
    }
}

/// Computes and writes every structure of a campaign, in order, then what its organiser decides.
///
/// # Errors
///
/// A disk that refuses.
pub(crate) fn stream_indicators<W: Write + Send>(
    computation: &Computation,
    writer: &mut IndicatorWriter<'_, W>,
) -> Result<StreamedIndicators> {
    let mut told: Vec<SiteFigures> = Vec::new();
    let mut rows = 0;
    let mut totals = ConventionTotals::default();
    // Some are written while the next ones are computed.
    let mut ready: Vec<Figure> = Vec::new();
    for chunk in computation.scope.structures.chunks(AT_ONCE) {
        let computed = || -> Vec<SiteFigures> {
            let sites = chunk.par_iter().map(|s| computation.site(s));
            sites.collect()
        };
        let (mut sites, written) = rayon::join(computed, || writer.write(computation, &ready));
        written?;
        ready = sites.iter_mut().flat_map(SiteFigures::take).collect();
        totals.add(&ready);
        rows += ready.len();
        told.extend(sites);
    }
    writer.write(computation, &ready)?;
    let organiser = computation.organiser(told.iter());
    writer.write(computation, &organiser)?;
    rows += organiser.len();
    let of_territory = computation.convention(&totals);
    writer.write(computation, &of_territory)?;
    rows += of_territory.len();
    Ok(StreamedIndicators {
        rows,
        diagnostics: computation.remarks(told.iter()),
    })
}

fn schema() -> Schema {
    let fields = INDICATOR_COLUMNS.iter().map(|(name, kind)| {
        let dtype = match kind {
            Kind::Text | Kind::Day => DataType::String,
            Kind::Whole => DataType::Int64,
            Kind::Decimal => DataType::Float64,
        };
        Field::new((*name).into(), dtype)
    });
    fields.collect()
}

/// One figure as the CSV writes it, in the order of [`INDICATOR_COLUMNS`].
fn plain(fields: &mut [String; 13], computation: &Computation, f: &Figure) {
    let decimal = |value: Option<f64>| tabular::Field::decimal(value).plain();
    let scope = computation.scope;
    let values = [
        scope.campaign.id.clone(),
        without_formula(&f.structure).into_owned(),
        f.level.as_str().to_owned(),
        f.code.to_string(),
        f.source.map_or("", |s| s.as_str()).to_owned(),
        decimal(f.value),
        f.statut(),
        f.n.to_string(),
        f.expected.to_string(),
        decimal(f.coverage),
        decimal(f.target),
        decimal(f.target_gap()),
        scope.referentiel.version.clone(),
    ];
    *fields = values;
}

/// A column of one text.
fn same(name: PlSmallStr, text: &str, rows: usize) -> Column {
    StringChunked::full(name, text, rows).into_column()
}

/// Figures as a frame, in the order of [`INDICATOR_COLUMNS`].
fn frame(computation: &Computation, figures: &[Figure]) -> Result<DataFrame> {
    let scope = computation.scope;
    let mut names = INDICATOR_COLUMNS.iter().map(|(name, _)| *name);
    let mut name = || names.next().unwrap_or_default().into();
    let rows = figures.len();
    let texts = |get: fn(&Figure) -> &str| figures.iter().map(get).collect::<Vec<_>>();
    let wholes = |get: fn(&Figure) -> usize| {
        let values = figures.iter().map(|f| get(f) as i64);
        values.map(Some).collect::<Vec<_>>()
    };
    let decimals = |get: fn(&Figure) -> Option<f64>| figures.iter().map(get).collect::<Vec<_>>();
    let statuts: Vec<String> = figures.iter().map(Figure::statut).collect();
    let columns = vec![
        same(name(), &scope.campaign.id, rows),
        Column::new(name(), texts(|f| &f.structure)),
        Column::new(name(), texts(|f| f.level.as_str())),
        Column::new(name(), texts(|f| &f.code)),
        Column::new(name(), texts(|f| f.source.map_or("", |s| s.as_str()))),
        Column::new(name(), decimals(|f| f.value)),
        Column::new(name(), statuts),
        Column::new(name(), wholes(|f| f.n)),
        Column::new(name(), wholes(|f| f.expected)),
        Column::new(name(), decimals(|f| f.coverage)),
        Column::new(name(), decimals(|f| f.target)),
        Column::new(name(), decimals(Figure::target_gap)),
        same(name(), &scope.referentiel.version, rows),
    ];
    Ok(DataFrame::new(rows, columns)?)
}
