//! Arguments of `plan` and of its sub-commands.

use std::path::PathBuf;

use clap::{Args, Subcommand};

use crate::cli::arguments::TableOutput;
use crate::decide::plans::{Quarter, Status, Word};

/// `plan`.
#[derive(Args)]
pub struct PlanArgs {
    /// Filters of the list, when there is no sub-command.
    #[command(flatten)]
    pub list: ListArgs,
    /// What to do with the plans.
    #[command(subcommand)]
    pub what: Option<PlanCommand>,
}

/// Sub-commands.
#[derive(Subcommand)]
pub enum PlanCommand {
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

/// `plan lister`.
#[derive(Args)]
pub struct ListArgs {
    /// Un seul accueil
    #[arg(long, value_name = "CODE")]
    pub structure: Option<String>,
    /// Un seul statut : « à lancer », « en cours », « réalisée », « abandonnée »
    #[arg(long, value_name = "STATUT", value_parser = status)]
    pub statut: Option<Status>,
    /// Seulement ce qui est en retard
    #[arg(long)]
    pub retard: bool,
    /// Jour où l’on regarde, AAAA-MM-JJ (par défaut : aujourd’hui)
    #[arg(long, value_name = "DATE")]
    pub date: Option<String>,
}

impl ListArgs {
    /// Whether any filter was given.
    pub fn is_set(&self) -> bool {
        self.structure.is_some() || self.statut.is_some() || self.retard || self.date.is_some()
    }
}

fn status(text: &str) -> Result<Status, String> {
    let plain = text.replace(['-', '_'], " ");
    Status::read(&plain)
        .ok_or_else(|| format!("statut inconnu ; admis : {}", Status::labels().join(", ")))
}

/// `plan proposer`.
#[derive(Args)]
pub struct ProposeArgs {
    /// Campagne dont partent les actions (par défaut : la plus récente)
    #[arg(long, value_name = "C")]
    pub campagne: Option<String>,
    /// Un seul accueil
    #[arg(long, value_name = "CODE")]
    pub structure: Option<String>,
    /// Montre ce qui serait ajouté, sans rien changer
    #[arg(long)]
    pub simulation: bool,
    /// Jour de la proposition, AAAA-MM-JJ (par défaut : aujourd’hui)
    #[arg(long, value_name = "DATE")]
    pub date: Option<String>,
}

/// `plan exporter`.
#[derive(Args)]
pub struct ExportArgs {
    /// Un seul accueil
    #[arg(long, value_name = "CODE")]
    pub structure: Option<String>,
    /// Classeur .xlsx à écrire
    #[arg(long, value_name = "F.xlsx")]
    pub sortie: PathBuf,
    /// Jour d’édition, AAAA-MM-JJ (par défaut : aujourd’hui)
    #[arg(long, value_name = "DATE")]
    pub date: Option<String>,
}

/// `plan importer`.
#[derive(Args)]
pub struct ImportArgs {
    /// Classeurs ou dossiers de classeurs
    #[arg(value_name = "FICHIER", required = true)]
    pub fichiers: Vec<PathBuf>,
    /// Montre ce qui changerait, sans rien écrire
    #[arg(long)]
    pub simulation: bool,
}

/// `plan suivi`.
#[derive(Args)]
pub struct FollowUpArgs {
    /// Dernier trimestre à montrer, AAAA-Tn (par défaut : celui du jour)
    #[arg(long, value_name = "2026-T4", value_parser = quarter)]
    pub trimestre: Option<Quarter>,
    /// Jour où l’on regarde, AAAA-MM-JJ (par défaut : aujourd’hui)
    #[arg(long, value_name = "DATE")]
    pub date: Option<String>,
    /// Format and file.
    #[command(flatten)]
    pub table: TableOutput,
}

fn quarter(text: &str) -> Result<Quarter, String> {
    text.parse()
        .map_err(|()| "écrivez l’année et le trimestre, par exemple 2026-T4".to_owned())
}

/// `plan effet`.
#[derive(Args)]
pub struct EffectArgs {
    /// Campagne qui montre l’effet (par défaut : la plus récente)
    #[arg(long, value_name = "C")]
    pub campagne: Option<String>,
    /// Format and file.
    #[command(flatten)]
    pub table: TableOutput,
}

/// `plan historique`.
#[derive(Args)]
pub struct HistoryArgs {
    /// Identifiant de l’action, par exemple R01-C1-02
    #[arg(value_name = "ID")]
    pub id: String,
}
