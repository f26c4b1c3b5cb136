//! `indicateurs`: the analyst's table, complete, not for publication.

use std::io::BufWriter;
use std::path::{Path, PathBuf};
use std::rc::Rc;

use clap::Args;

use super::done::Done;
use super::opening::open_over;
use super::row_stream::Rows;
use super::table_output::TableOutput;
use crate::actions::described_file::describe;
use crate::actions::indicateurs::{
    IndicatorsRequest, StreamFormat, compute_table, hand_over, noticed, write_rows,
};
use crate::base::error::Result;
use crate::base::files::{KeptRefusal, write_through};
use crate::base::tabular::FileFormat;
use crate::campaign::OpenObservatory;
use crate::exports::{INDICATORS, indicator_headings};

/// `indicateurs`.
#[derive(Args)]
pub(super) struct IndicateursArgs {
    /// Campagnes, l’une après l’autre (par défaut : la plus récente)
    #[arg(long, value_name = "C", num_args = 1..)]
    pub campagne: Vec<String>,
    /// Dossiers d’agrégats d’autres territoires, additionnés à la place des réponses d’ici
    #[arg(long, value_name = "DOSSIER", num_args = 1..)]
    pub agregats: Vec<PathBuf>,
    /// Format and file.
    #[command(flatten)]
    pub table: TableOutput,
}

/// Runs the command; rows are handed over as they come where nobody asked for all of them at once.
pub(super) fn run(folder: Option<&Path>, args: &IndicateursArgs, json: bool) -> Result<Done> {
    args.table.has_a_place()?;
    let opened = open_over(folder, &args.agregats)?;
    let request = IndicatorsRequest {
        campaigns: args.campagne.clone(),
    };
    let stream = match args.table.format {
        FileFormat::Csv => Some(StreamFormat::Csv),
        FileFormat::Parquet => Some(StreamFormat::Parquet),
        _ => None,
    };
    match (
        stream.filter(|_| !json && !args.table.brut),
        &args.table.sortie,
    ) {
        (Some(format), Some(path)) => to_file(&opened, &request, format, path),
        (Some(StreamFormat::Csv), None) => to_stdout(&opened, &request),
        _ if args.table.streams() => row_by_row(opened, request, &args.table, json),
        _ => {
            let outcome = compute_table(&opened, &request)?;
            let mut done = args.table.deliver(&opened, outcome.table)?;
            done.diagnostics.splice(0..0, outcome.diagnostics);
            Ok(done)
        }
    }
}

/// What is noticed first, as the answer of a command has it; then the rows.
fn row_by_row(
    opened: OpenObservatory,
    request: IndicatorsRequest,
    table: &TableOutput,
    json: bool,
) -> Result<Done> {
    let noticed = noticed(&opened, &request)?;
    let opened = Rc::new(opened);
    let own = Rc::clone(&opened);
    let rows: Rows = Box::new(move |put| hand_over(&own, &request, put).map(|_| ()));
    let mut done = table.deliver_rows(&opened, json, INDICATORS, (indicator_headings(), rows))?;
    done.diagnostics.splice(0..0, noticed);
    Ok(done)
}

fn to_file(
    opened: &OpenObservatory,
    request: &IndicatorsRequest,
    format: StreamFormat,
    path: &Path,
) -> Result<Done> {
    let mut done = Done::default();
    let destination = opened.destination(path)?;
    write_through(path, |file| {
        let refusal = KeptRefusal::default();
        let out = BufWriter::new(refusal.of(file));
        let written = write_rows(opened, request, format, out);
        let written = written.map_err(|e| refusal.told(path, e))?;
        done.summary = format!(
            "{} lignes écrites dans {}.",
            written.rows,
            destination.told()
        );
        done.diagnostics = written.diagnostics;
        Ok(())
    })?;
    if format == StreamFormat::Csv {
        let columns = indicator_headings();
        done.diagnostics
            .extend(describe(opened, path, INDICATORS, &columns)?);
    }
    Ok(done)
}

fn to_stdout(opened: &OpenObservatory, request: &IndicatorsRequest) -> Result<Done> {
    let mut bytes = Vec::new();
    let written = write_rows(opened, request, StreamFormat::Csv, &mut bytes)?;
    Ok(Done {
        diagnostics: written.diagnostics,
        bytes: Some(bytes),
        ..Done::default()
    })
}
