//! `indicateurs`: the analyst's table, complete, not for publication.

use std::path::Path;

use clap::Args;

use super::done::Done;
use super::opening::open;
use super::table_output::TableOutput;
use crate::actions::indicateurs::{IndicatorsRequest, compute_table};
use crate::base::error::Result;

/// `indicateurs`.
#[derive(Args)]
pub(super) struct IndicateursArgs {
    /// Campagne (par défaut : la plus récente)
    #[arg(long, value_name = "C")]
    pub campagne: Option<String>,
    /// Format and file.
    #[command(flatten)]
    pub table: TableOutput,
}

/// Runs the command.
pub(super) fn run(folder: Option<&Path>, args: &IndicateursArgs) -> Result<Done> {
    let opened = open(folder)?;
    let request = IndicatorsRequest {
        campaign: args.campagne.clone(),
    };
    let outcome = compute_table(&opened, &request)?;
    let mut done = args.table.deliver(&outcome.table)?;
    done.diagnostics = outcome.diagnostics;
    Ok(done)
}
