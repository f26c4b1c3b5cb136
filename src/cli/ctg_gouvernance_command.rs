//! `ctg gouvernance`: the governance of a year.

use clap::Args;

use super::ctg_document_args::CtgDocumentArgs;
use super::ctg_suivi_command::written;
use super::done::Done;
use crate::actions::ctg_gouvernance::{GovernanceRequest, write_governance};
use crate::base::error::Result;
use crate::campaign::OpenObservatory;

/// `ctg gouvernance`.
#[derive(Args)]
pub(super) struct GovernanceArgs {
    /// Année (par défaut : celle du jour)
    #[arg(long, value_name = "ANNÉE")]
    pub annee: Option<i16>,
    /// Pour qui, comment, quand, où
    #[command(flatten)]
    pub document: CtgDocumentArgs,
}

/// Runs the command.
pub(super) fn run(opened: &OpenObservatory, args: &GovernanceArgs) -> Result<Done> {
    let outcome = write_governance(
        opened,
        &GovernanceRequest {
            year: args.annee,
            audience: args.document.public,
            formats: args.document.formats(),
            date: args.document.date.clone(),
            out: args.document.sortie.clone(),
        },
    )?;
    let head = format!(
        "Gouvernance de {}, pour : {}, telle que connue au {}.",
        outcome.year,
        args.document.public.label(),
        outcome.day.short()
    );
    Ok(written(&outcome.delivered, &head, outcome.diagnostics))
}
