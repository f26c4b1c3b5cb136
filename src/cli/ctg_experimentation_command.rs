//! `ctg experimentation`: the dossier of an experiment.

use std::path::PathBuf;

use clap::Args;

use super::choices::{ctg_audience, report_format};
use super::ctg_suivi_command::written;
use super::done::Done;
use crate::actions::ctg_experimentation::{ExperimentRequest, write_experiment};
use crate::base::error::Result;
use crate::campaign::OpenObservatory;
use crate::disclosure::CtgAudience;
use crate::reports::ReportFormat;

/// `ctg experimentation`.
#[derive(Args)]
pub(super) struct ExperimentArgs {
    /// Expérimentation : EXP1
    #[arg(value_name = "CODE")]
    pub code: String,
    /// Campagne qui mesure ses effets (par défaut : la dernière commencée)
    #[arg(long, value_name = "C")]
    pub campagne: Option<String>,
    /// Qui lira : equipe_projet, copil ou caf
    #[arg(long, value_parser = ctg_audience(), default_value = "copil")]
    pub public: CtgAudience,
    /// Formats, séparés par des virgules
    #[arg(
        long,
        value_parser = report_format(),
        value_name = "html,pdf,xlsx,docx",
        default_value = "html,pdf",
        value_delimiter = ','
    )]
    pub format: Vec<ReportFormat>,
    /// État tel qu’il était connu ce jour-là, AAAA-MM-JJ (par défaut : tel qu’il est)
    #[arg(long, value_name = "DATE")]
    pub date: Option<String>,
    /// Dossier à écrire (par défaut : reports/ctg/experimentation)
    #[arg(long, value_name = "DOSSIER")]
    pub sortie: Option<PathBuf>,
}

/// Runs the command.
pub(super) fn run(opened: &OpenObservatory, args: &ExperimentArgs) -> Result<Done> {
    let outcome = write_experiment(
        opened,
        &ExperimentRequest {
            experiment: args.code.clone(),
            campaign: args.campagne.clone(),
            audience: args.public,
            formats: args.format.iter().copied().collect(),
            date: args.date.clone(),
            out: args.sortie.clone(),
        },
    )?;
    let compared = match &outcome.compared {
        Some((before, after)) => format!("{before} comparée à {after}"),
        None => "une seule campagne : rien à comparer".to_owned(),
    };
    let head = format!(
        "Dossier « {} », pour : {} ; {compared}.",
        outcome.title,
        args.public.label()
    );
    Ok(written(&outcome.delivered, &head, outcome.diagnostics))
}
