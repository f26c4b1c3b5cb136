//! `ctg seance`: a meeting prepared.

use std::path::PathBuf;

use clap::Args;

use super::choices::ctg_audience;
use super::ctg_suivi_command::written;
use super::done::Done;
use crate::actions::ctg_seance::{MeetingRequest, prepare_meeting};
use crate::base::error::Result;
use crate::campaign::OpenObservatory;
use crate::disclosure::CtgAudience;

/// `ctg seance`.
#[derive(Args)]
pub(super) struct MeetingArgs {
    /// Identifiant du temps (T-024), son intitulé, ou son type : le prochain « copil »
    #[arg(value_name = "TEMPS")]
    pub temps: Option<String>,
    /// Qui sera autour de la table
    #[arg(long, value_parser = ctg_audience(), default_value = "copil")]
    pub public: CtgAudience,
    /// État tel qu’il était connu ce jour-là, AAAA-MM-JJ (par défaut : tel qu’il est aujourd’hui)
    #[arg(long, value_name = "DATE")]
    pub date: Option<String>,
    /// Dossier à écrire (par défaut : reports/ctg/seances/TEMPS)
    #[arg(long, value_name = "DOSSIER")]
    pub sortie: Option<PathBuf>,
}

/// Runs the command.
pub(super) fn run(opened: &OpenObservatory, args: &MeetingArgs) -> Result<Done> {
    let outcome = prepare_meeting(
        opened,
        &MeetingRequest {
            meeting: args.temps.clone().unwrap_or_default(),
            audience: args.public,
            date: args.date.clone(),
            out: args.sortie.clone(),
        },
    )?;
    let head = format!(
        "Séance « {} » : l’ordre du jour, la trame du compte rendu (son tableau de décisions se reprend par « ctg importer »), la feuille des présences.",
        outcome.name
    );
    Ok(written(&outcome.delivered, &head, outcome.diagnostics))
}
