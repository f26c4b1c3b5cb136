//! `plan`: improvement actions, from their proposal to their effect.

use std::path::Path;

use clap::{Args, Subcommand};

use super::done::Done;
use super::opening::open;
use super::plan_effet_command::{self, EffectArgs};
use super::plan_exporter_command::{self, ExportArgs};
use super::plan_historique_command::{self, HistoryArgs};
use super::plan_importer_command::{self, ImportArgs};
use super::plan_lister_command::{self, ListArgs};
use super::plan_proposer_command::{self, ProposeArgs};
use super::plan_suivi_command::{self, FollowUpArgs};
use crate::base::error::{Error, Result};

/// `plan`.
#[derive(Args)]
pub(super) struct PlanArgs {
    /// Filters of the list, when there is no sub-command.
    #[command(flatten)]
    pub list: ListArgs,
    /// What to do with the plans.
    #[command(subcommand)]
    pub what: Option<PlanCommand>,
}

/// Sub-commands.
#[derive(Subcommand)]
pub(super) enum PlanCommand {
    /// Liste les actions et dit lesquelles sont en retard (par défaut)
    #[command(visible_alias = "list")]
    Lister(ListArgs),
    /// Propose des actions : impératifs non atteints, puis priorités de chaque accueil
    #[command(visible_alias = "propose")]
    Proposer(ProposeArgs),
    /// Écrit le classeur que les équipes remplissent
    #[command(visible_alias = "export")]
    Exporter(ExportArgs),
    /// Reprend les classeurs remplis, avec leurs remarques ; l’historique est gardé
    #[command(visible_alias = "import")]
    Importer(ImportArgs),
    /// Suivi trimestriel : où en sont les actions et les recommandations
    #[command(visible_alias = "follow-up")]
    Suivi(FollowUpArgs),
    /// Effet : ce que montre une campagne sur les actions des précédentes
    #[command(visible_alias = "effect")]
    Effet(EffectArgs),
    /// Qui savait quoi, et quand : chaque changement d’une action
    #[command(visible_alias = "history")]
    Historique(HistoryArgs),
}

/// Runs the command.
pub(super) fn run(folder: Option<&Path>, args: &PlanArgs) -> Result<Done> {
    let opened = open(folder)?;
    let Some(what) = &args.what else {
        return plan_lister_command::run(&opened, &args.list);
    };
    if args.list.is_set() {
        return Err(Error::Usage(
            "Les options se placent après la sous-commande : observatoire plan exporter --structure R01 --sortie plan.xlsx.".to_owned(),
        ));
    }
    match what {
        PlanCommand::Lister(args) => plan_lister_command::run(&opened, args),
        PlanCommand::Proposer(args) => plan_proposer_command::run(&opened, args),
        PlanCommand::Exporter(args) => plan_exporter_command::run(&opened, args),
        PlanCommand::Importer(args) => plan_importer_command::run(&opened, args),
        PlanCommand::Suivi(args) => plan_suivi_command::run(&opened, args),
        PlanCommand::Effet(args) => plan_effet_command::run(&opened, args),
        PlanCommand::Historique(args) => plan_historique_command::run(&opened, args),
    }
}
