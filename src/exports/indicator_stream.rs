//! `indicateurs --format parquet`, structure after structure: the same columns as the table of the
//! other formats, and memory that does not grow with the number of structures.

use std::io::Write;

use polars::prelude::{Column, DataFrame, DataType, Field, Schema};
use polars_io::parquet::write::BatchedWriter;
use polars_io::prelude::ParquetWriter;
use rayon::prelude::*;

use super::INDICATOR_COLUMNS;
use crate::base::diagnostics::Diagnostic;
use crate::base::error::Result;
use crate::base::tabular::Kind;
use crate::figures::{Computation, Figure, Scope, SiteFigures};

/// Structures computed and written at once: some hundreds of thousands of rows.
const AT_ONCE: usize = 512;

/// What was written.
pub(crate) struct StreamedIndicators {
    /// Rows.
    pub rows: usize,
    /// What was noticed.
    pub diagnostics: Vec<Diagnostic>,
}

/// Computes and writes every structure of a campaign, in order.
///
/// # Errors
///
/// A disk that refuses.
pub(crate) fn stream_indicators<W: Write>(
    computation: &Computation,
    scope: &Scope,
    file: W,
) -> Result<StreamedIndicators> {
    let mut writer = ParquetWriter::new(file).batched(&schema())?;
    let mut told: Vec<SiteFigures> = Vec::new();
    let mut rows = 0;
    let mut structures = scope.structures.chunks(AT_ONCE).peekable();
    if structures.peek().is_none() {
        writer.write_batch(&frame(scope, &[])?)?;
    }
    for chunk in structures {
        let mut sites: Vec<SiteFigures> = chunk.par_iter().map(|s| computation.site(s)).collect();
        let figures: Vec<Figure> = sites.iter_mut().flat_map(SiteFigures::take).collect();
        rows += figures.len();
        write(&mut writer, &frame(scope, &figures)?)?;
        told.extend(sites);
    }
    writer.finish()?;
    Ok(StreamedIndicators {
        rows,
        diagnostics: computation.remarks(told.iter()),
    })
}

fn write<W: Write>(writer: &mut BatchedWriter<W>, frame: &DataFrame) -> Result<()> {
    writer.write_batch(frame)?;
    Ok(())
}

fn schema() -> Schema {
    let fields = INDICATOR_COLUMNS.iter().map(|(name, kind)| {
        let dtype = match kind {
            Kind::Text => DataType::String,
            Kind::Whole => DataType::Int64,
            Kind::Decimal => DataType::Float64,
        };
        Field::new((*name).into(), dtype)
    });
    fields.collect()
}

/// Figures as a frame, in the order of [`INDICATOR_COLUMNS`].
fn frame(scope: &Scope, figures: &[Figure]) -> Result<DataFrame> {
    let mut names = INDICATOR_COLUMNS.iter().map(|(name, _)| *name);
    let mut name = || names.next().unwrap_or_default().into();
    let rows = figures.len();
    let texts = |get: fn(&Figure) -> &str| figures.iter().map(get).collect::<Vec<_>>();
    let wholes = |get: fn(&Figure) -> usize| {
        let values = figures.iter().map(|f| get(f) as i64);
        values.collect::<Vec<_>>()
    };
    let decimals = |get: fn(&Figure) -> Option<f64>| figures.iter().map(get).collect::<Vec<_>>();
    let statuts: Vec<String> = figures.iter().map(Figure::statut).collect();
    let columns = vec![
        Column::new(name(), vec![scope.campaign.id.as_str(); rows]),
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
        Column::new(name(), vec![scope.referentiel.version.as_str(); rows]),
    ];
    Ok(DataFrame::new(rows, columns)?)
}
