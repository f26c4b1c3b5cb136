//! `ctg`: the convention territoriale globale, from what was signed to its indicators.

use std::path::Path;

use clap::{Args, Subcommand};

use super::ctg_bilan_command::{self, BilanArgs};
use super::ctg_enquetes_command::{self, SurveysArgs};
use super::ctg_experimentation_command::{self, ExperimentArgs};
use super::ctg_exporter_command::{self, SuiviExportArgs};
use super::ctg_gouvernance_command::{self, GovernanceArgs};
use super::ctg_importer_command::{self, SuiviImportArgs};
use super::ctg_indicateurs_command::{self, ConventionIndicatorsArgs};
use super::ctg_poche_command::{self, PocketArgs};
use super::ctg_seance_command::{self, MeetingArgs};
use super::ctg_suivi_command::{self, QuarterArgs};
use super::ctg_territoire_command::{self, CtgTerritoryArgs};
use super::ctg_verifier_command::{self, GapsArgs};
use super::done::Done;
use super::opening::open;
use crate::actions::ctg_init::lay_convention;
use crate::base::error::Result;
use crate::base::text::{PastedLine, count};

/// `ctg`.
#[derive(Args)]
pub(super) struct CtgArgs {
    /// What to do with the convention.
    #[command(subcommand)]
    pub what: CtgCommand,
}

/// Sub-commands.
#[derive(Subcommand)]
pub(super) enum CtgCommand {
    /// Écrit un modèle commenté de ctg/convention.toml : fiches et indicateurs, à réduire aux vôtres
    Init,
    /// Écrit le tableau de suivi que plusieurs personnes remplissent
    #[command(visible_alias = "export")]
    Exporter(SuiviExportArgs),
    /// Reprend les tableaux remplis, case par case ; l’historique est gardé
    #[command(visible_alias = "import")]
    Importer(SuiviImportArgs),
    /// La gouvernance d’une année : indicateurs, organigramme, qui vient à quoi
    #[command(visible_alias = "governance")]
    Gouvernance(GovernanceArgs),
    /// Liste les enquêtes et leurs réponses reprises ; en annule
    #[command(visible_alias = "surveys")]
    Enquetes(SurveysArgs),
    /// Écrit le dossier d’une expérimentation : ce qui a été essayé, fait, dit, ce qui a changé au pilote à côté des autres
    #[command(visible_alias = "experiment")]
    Experimentation(ExperimentArgs),
    /// Calcule les indicateurs de la convention
    #[command(visible_alias = "indicators")]
    Indicateurs(ConventionIndicatorsArgs),
    /// Écrit le bilan : ce qui a été fait, ce qui a changé, la suite, avec ce que vous avez écrit dans ctg/textes
    #[command(visible_alias = "report")]
    Bilan(BilanArgs),
    /// Dit ce qui manque avant la prochaine échéance, ce qui est en retard ou dort, et la case où aller
    #[command(visible_alias = "check")]
    Verifier(GapsArgs),
    /// Dit ce qu’il faut ressaisir dans « CTG dans ma poche » : ce qui a changé depuis la dernière fois
    #[command(visible_alias = "pocket")]
    Poche(PocketArgs),
    /// Prépare une séance : ordre du jour, suites des décisions, feuille des présences, trame du compte rendu
    #[command(visible_alias = "meeting")]
    Seance(MeetingArgs),
    /// Écrit le suivi d’un trimestre sur deux pages : où en est chaque axe, ce qui a bougé, ce qui est en retard
    #[command(visible_alias = "quarter")]
    Suivi(QuarterArgs),
    /// Écrit ce qui a changé sur le territoire : maillage et cartes, besoins, qualité, inclusion, paroles
    #[command(visible_alias = "territory")]
    Territoire(CtgTerritoryArgs),
}

/// Runs the command.
pub(super) fn run(folder: Option<&Path>, args: &CtgArgs) -> Result<Done> {
    let opened = open(folder)?;
    match &args.what {
        CtgCommand::Init => {
            let laid = lay_convention(&opened)?;
            let line = PastedLine::new(folder);
            let text = format!(
                "Convention à compléter : {}\n\n\
                 1. Gardez vos fiches et vos indicateurs, effacez le reste.\n\
                 2. Écrivez le tableau de suivi : {}\n\
                 3. Reprenez-le rempli : {}\n\
                 4. Calculez : {}",
                laid.file.display(),
                line.with(&["ctg", "exporter", "--sortie", "suivi.xlsx"]),
                line.with(&["ctg", "importer", "suivi.xlsx"]),
                line.with(&["ctg", "indicateurs"]),
            );
            Ok(Done {
                text,
                result: serde_json::json!({ "fichier": laid.file, "fiches": laid.fiches, "indicateurs": laid.indicators }),
                summary: format!(
                    "{}, {}.",
                    count(laid.fiches, "fiche", "fiches"),
                    count(laid.indicators, "indicateur", "indicateurs")
                ),
                ..Done::default()
            })
        }
        CtgCommand::Bilan(args) => ctg_bilan_command::run(&opened, args),
        CtgCommand::Exporter(args) => ctg_exporter_command::run(&opened, args),
        CtgCommand::Importer(args) => ctg_importer_command::run(&opened, args),
        CtgCommand::Gouvernance(args) => ctg_gouvernance_command::run(&opened, args),
        CtgCommand::Enquetes(args) => ctg_enquetes_command::run(&opened, args),
        CtgCommand::Experimentation(args) => ctg_experimentation_command::run(&opened, args),
        CtgCommand::Indicateurs(args) => ctg_indicateurs_command::run(&opened, args),
        CtgCommand::Verifier(args) => ctg_verifier_command::run(&opened, args),
        CtgCommand::Poche(args) => ctg_poche_command::run(&opened, args),
        CtgCommand::Seance(args) => ctg_seance_command::run(&opened, args),
        CtgCommand::Suivi(args) => ctg_suivi_command::run(&opened, args),
        CtgCommand::Territoire(args) => ctg_territoire_command::run(&opened, args),
    }
}
