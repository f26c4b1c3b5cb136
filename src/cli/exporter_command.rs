//! `exporter`: the long table as stored, or the registry.

use std::path::Path;

use clap::Args;

use super::choices::exported;
use super::done::Done;
use super::opening::open;
use super::table_output::TableOutput;
use crate::actions::exporter::{ExportRequest, Exported, export};
use crate::base::error::Result;

/// `exporter`.
#[derive(Args)]
pub(super) struct ExporterArgs {
    /// Ce qu’il faut exporter
    #[arg(value_parser = exported(), value_name = "TABLE")]
    pub table: Exported,
    /// Une seule campagne (par défaut : toutes)
    #[arg(long, value_name = "C")]
    pub campagne: Option<String>,
    /// Format and file.
    #[command(flatten)]
    pub output: TableOutput,
}

/// Runs the command.
pub(super) fn run(folder: Option<&Path>, args: &ExporterArgs) -> Result<Done> {
    let opened = open(folder)?;
    let request = ExportRequest {
        table: args.table,
        campaign: args.campagne.clone(),
    };
    args.output.deliver(&export(&opened, &request)?)
}
