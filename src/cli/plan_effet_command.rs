//! `plan effet`: what a campaign shows of the actions of earlier ones.

use clap::Args;

use super::done::Done;
use super::table_output::TableOutput;
use crate::actions::plan_effet::{EffectsRequest, read_effects};
use crate::base::error::Result;
use crate::base::text::count;
use crate::campaign::OpenObservatory;

/// `plan effet`.
#[derive(Args)]
pub(super) struct EffectArgs {
    /// Campagne qui montre l’effet (par défaut : la plus récente)
    #[arg(long, value_name = "C")]
    pub campagne: Option<String>,
    /// Format and file.
    #[command(flatten)]
    pub table: TableOutput,
}

/// Runs the command.
pub(super) fn run(opened: &OpenObservatory, args: &EffectArgs) -> Result<Done> {
    let request = EffectsRequest {
        campaign: args.campagne.clone(),
    };
    let outcome = read_effects(opened, &request)?;
    let mut done = args.table.deliver(opened, outcome.table())?;
    let read = format!(
        "{} à {}. Une évolution n’est pas la preuve que l’action en est la cause.",
        count(outcome.effects.len(), "effet lu", "effets lus"),
        outcome.campaign
    );
    done.summary = if done.summary.is_empty() {
        read
    } else {
        format!("{read} {}", done.summary)
    };
    done.diagnostics = outcome.diagnostics;
    Ok(done)
}
