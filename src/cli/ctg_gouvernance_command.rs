//! `ctg gouvernance`: the governance of a year.

use std::path::PathBuf;

use clap::Args;

use super::choices::{ctg_audience, report_format};
use super::ctg_suivi_command::written;
use super::done::Done;
use crate::actions::ctg_gouvernance::{GovernanceRequest, write_governance};
use crate::base::error::Result;
use crate::campaign::OpenObservatory;
use crate::disclosure::CtgAudience;
use crate::reports::ReportFormat;

/// `ctg gouvernance`.
#[derive(Args)]
pub(super) struct GovernanceArgs {
    /// Année (par défaut : celle du jour)
    #[arg(long, value_name = "ANNÉE")]
    pub annee: Option<i16>,
    /// Qui lira
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
    /// État tel qu’il était connu ce jour-là, AAAA-MM-JJ (par défaut : le dernier jour de l’année, ou aujourd’hui)
    #[arg(long, value_name = "DATE")]
    pub date: Option<String>,
    /// Dossier à écrire (par défaut : reports/ctg/gouvernance)
    #[arg(long, value_name = "DOSSIER")]
    pub sortie: Option<PathBuf>,
}

/// Runs the command.
pub(super) fn run(opened: &OpenObservatory, args: &GovernanceArgs) -> Result<Done> {
    let outcome = write_governance(
        opened,
        &GovernanceRequest {
            year: args.annee,
            audience: args.public,
            formats: args.format.iter().copied().collect(),
            date: args.date.clone(),
            out: args.sortie.clone(),
        },
    )?;
    let head = format!(
        "Gouvernance de {}, pour : {}, telle que connue au {}.",
        outcome.year,
        args.public.label(),
        outcome.day.short()
    );
    Ok(written(&outcome.delivered, &head, outcome.diagnostics))
}
