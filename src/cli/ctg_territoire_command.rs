//! `ctg territoire`: what changed for who lives there.

use clap::Args;

use super::ctg_document_args::CtgDocumentArgs;
use super::ctg_suivi_command::written;
use super::done::Done;
use crate::actions::ctg_territoire::{TerritoryRequest, write_territory};
use crate::base::error::Result;
use crate::campaign::OpenObservatory;

/// `ctg territoire`.
#[derive(Args)]
pub(super) struct CtgTerritoryArgs {
    /// Année (par défaut : celle du jour)
    #[arg(long, value_name = "ANNÉE")]
    pub annee: Option<String>,
    /// Pour qui, comment, quand, où
    #[command(flatten)]
    pub document: CtgDocumentArgs,
}

/// Runs the command.
pub(super) fn run(opened: &OpenObservatory, args: &CtgTerritoryArgs) -> Result<Done> {
    let outcome = write_territory(
        opened,
        &TerritoryRequest {
            year: args.annee.clone(),
            audience: args.document.public,
            formats: args.document.formats(),
            date: args.document.date.clone(),
            out: args.document.sortie.clone(),
        },
    )?;
    let head = format!(
        "Ce qui a changé sur le territoire, {}, pour : {}, tel que connu au {}.",
        outcome.year,
        args.document.public.label(),
        outcome.day.short()
    );
    Ok(written(&outcome.delivered, &head, outcome.diagnostics))
}
