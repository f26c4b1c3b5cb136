//! `ctg experimentation`: the dossier of an experiment.

use clap::Args;

use super::ctg_document_args::CtgDocumentArgs;
use super::ctg_suivi_command::written;
use super::done::Done;
use crate::actions::ctg_experimentation::{ExperimentRequest, write_experiment};
use crate::base::error::Result;
use crate::campaign::OpenObservatory;

/// `ctg experimentation`.
#[derive(Args)]
pub(super) struct ExperimentArgs {
    /// Expérimentation : EXP1
    #[arg(value_name = "CODE")]
    pub code: String,
    /// Campagne qui mesure ses effets (par défaut : la dernière commencée)
    #[arg(long, value_name = "C")]
    pub campagne: Option<String>,
    /// Pour qui, comment, quand, où
    #[command(flatten)]
    pub document: CtgDocumentArgs,
}

/// Runs the command.
pub(super) fn run(opened: &OpenObservatory, args: &ExperimentArgs) -> Result<Done> {
    let outcome = write_experiment(
        opened,
        &ExperimentRequest {
            experiment: args.code.clone(),
            campaign: args.campagne.clone(),
            audience: args.document.public,
            formats: args.document.formats(),
            date: args.document.date.clone(),
            out: args.document.sortie.clone(),
        },
    )?;
    let compared = match &outcome.compared {
        Some((before, after)) => format!("{before} comparée à {after}"),
        None => "une seule campagne : rien à comparer".to_owned(),
    };
    let head = format!(
        "Dossier « {} », pour : {} ; {compared}.",
        outcome.title,
        args.document.public.label()
    );
    Ok(written(&outcome.delivered, &head, outcome.diagnostics))
}
