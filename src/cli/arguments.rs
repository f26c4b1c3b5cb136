//! The command line, in French with visible English aliases.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

use super::plan::PlanArgs;
use crate::base::tabular::FileFormat;
use crate::disclosure::Audience;
use crate::reports::ReportFormat;
use crate::vocabulary::referentiel::{SourceCode, StructureType};

/// Observatoire de la qualité des accueils de loisirs et périscolaires.
#[derive(Parser)]
#[command(name = "observatoire", version, disable_help_subcommand = true)]
pub struct Cli {
    /// Dossier de l’observatoire (par défaut : le dossier courant ou le plus proche au-dessus)
    #[arg(long, global = true, value_name = "DIR")]
    pub dossier: Option<PathBuf>,
    /// Sortie pour un programme, en JSON
    #[arg(long, global = true)]
    pub json: bool,
    /// N’affiche que le résultat et les erreurs
    #[arg(long, global = true)]
    pub silencieux: bool,
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// The commands of the contract.
#[derive(Subcommand)]
pub enum Command {
    /// Pose l’exemple fictif, importe, calcule, compare et écrit tous les rapports
    Demo(DemoArgs),
    /// Crée un dossier d’observatoire, commenté
    Init(InitArgs),
    /// Écrit des données fictives plausibles, pour se former et essayer
    #[command(visible_alias = "simulate")]
    Simuler(SimulerArgs),
    /// Écrit des grilles et questionnaires vierges : Excel, tablette (XLSForm), LimeSurvey, papier
    #[command(visible_alias = "form")]
    Grille(GrilleArgs),
    /// Importe des fichiers ou des dossiers de réponses
    #[command(visible_alias = "import")]
    Importer(ImporterArgs),
    /// Reprend un import, ou l’un de ses fichiers
    #[command(visible_alias = "undo")]
    Annuler(AnnulerArgs),
    /// Vérifie le référentiel, la configuration, et qui a rendu quoi
    #[command(visible_alias = "check")]
    Verifier(VerifierArgs),
    /// Calcule les indicateurs (tableau de travail, complet)
    #[command(visible_alias = "indicators")]
    Indicateurs(TableArgs),
    /// Exporte la table des réponses, ou le registre des structures
    #[command(visible_alias = "export")]
    Exporter(ExporterArgs),
    /// Compare deux campagnes, ou les accueils côte à côte
    #[command(visible_alias = "compare")]
    Comparer(ComparerArgs),
    /// Accord entre observateurs, formation, cohérence des questionnaires
    #[command(visible_alias = "reliability")]
    Fidelite(FideliteArgs),
    /// Écrit les rapports
    #[command(visible_alias = "report")]
    Rapport(RapportArgs),
    /// Plans d’amélioration : proposer, remplir, reprendre, suivre
    #[command(visible_alias = "actions")]
    Plan(PlanArgs),
    /// Explique un chiffre (C1/R01/REL-2) ou un code de diagnostic (VAL-401)
    #[command(visible_alias = "explain")]
    Expliquer(ExpliquerArgs),
}

impl Command {
    /// Name of the command, for `--json`.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Demo(_) => "demo",
            Self::Init(_) => "init",
            Self::Simuler(_) => "simuler",
            Self::Grille(_) => "grille",
            Self::Importer(_) => "importer",
            Self::Annuler(_) => "annuler",
            Self::Verifier(_) => "verifier",
            Self::Indicateurs(_) => "indicateurs",
            Self::Exporter(_) => "exporter",
            Self::Comparer(_) => "comparer",
            Self::Fidelite(_) => "fidelite",
            Self::Rapport(_) => "rapport",
            Self::Plan(_) => "plan",
            Self::Expliquer(_) => "expliquer",
        }
    }
}

/// `demo`.
#[derive(Args)]
pub struct DemoArgs {
    /// Dossier à créer
    #[arg(value_name = "DIR", default_value = "demo")]
    pub dir: PathBuf,
}

/// `init`.
#[derive(Args)]
pub struct InitArgs {
    /// Dossier à créer
    #[arg(value_name = "DIR")]
    pub dir: PathBuf,
}

/// `simuler`.
#[derive(Args)]
pub struct SimulerArgs {
    /// Dossier à créer
    #[arg(value_name = "DIR")]
    pub dir: PathBuf,
    /// Nombre d’accueils
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=40_000))]
    pub structures: u32,
    /// Nombre de campagnes
    #[arg(long, value_name = "K", value_parser = clap::value_parser!(u32).range(1..=20))]
    pub campagnes: u32,
    /// Graine : la même redonne les mêmes données
    #[arg(long, value_name = "S")]
    pub graine: u64,
    /// Nombre de réponses de familles par accueil
    #[arg(long, value_name = "N")]
    pub reponses: Option<u32>,
}

/// Tool that a blank form is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum FormFormat {
    /// Classeur Excel : un par accueil, ou un tableau de saisie pour un questionnaire
    Xlsx,
    /// KoboToolbox et ODK
    Xlsform,
    /// LimeSurvey : structure à importer, séparée par des tabulations
    Limesurvey,
    /// Papier : un par accueil ; les enfants entourent des visages
    Pdf,
}

/// `grille`.
#[derive(Args)]
pub struct GrilleArgs {
    /// Source : OBS, AUT, DIR, FAM, ENF, EQP, ENS
    #[arg(value_name = "SOURCE", value_parser = source)]
    pub source: SourceCode,
    /// Outil visé
    #[arg(long, value_enum, default_value = "xlsx")]
    pub format: FormFormat,
    /// Un seul accueil
    #[arg(long, value_name = "CODE", conflicts_with = "type")]
    pub structure: Option<String>,
    /// Un seul type d’accueil
    #[arg(long, value_name = "T", value_parser = kind)]
    pub r#type: Option<StructureType>,
    /// Campagne, pour sa version du référentiel (par défaut : la plus récente)
    #[arg(long, value_name = "C")]
    pub campagne: Option<String>,
    /// Dossier à écrire (par défaut : grids/vierges)
    #[arg(long, value_name = "DIR")]
    pub sortie: Option<PathBuf>,
}

fn kind(text: &str) -> Result<StructureType, String> {
    text.parse().map_err(|()| {
        let names: Vec<&str> = StructureType::ALL.iter().map(|t| t.as_str()).collect();
        format!("type inconnu ; admis : {}", names.join(", "))
    })
}

/// `importer`.
#[derive(Args)]
pub struct ImporterArgs {
    /// Fichiers ou dossiers à importer : grilles, questionnaires, activité, entretiens, remarques,
    /// pratiques remarquables et accords des équipes
    #[arg(value_name = "FICHIER", required = true)]
    pub fichiers: Vec<PathBuf>,
    /// Campagne à laquelle appartiennent les réponses
    #[arg(long, value_name = "C")]
    pub campagne: String,
    /// Source, quand le fichier ne la dit pas : OBS, AUT, DIR, FAM, ENF, EQP, ENS, DON
    #[arg(long, value_name = "S", value_parser = source)]
    pub source: Option<SourceCode>,
    /// Structure, quand le fichier ne la dit pas
    #[arg(long, value_name = "CODE")]
    pub structure: Option<String>,
    /// Outil d’origine, quand il n’est pas reconnu
    #[arg(long, value_name = "NOM")]
    pub outil: Option<String>,
    /// Correspondance à utiliser, quelle que soit la forme du fichier
    #[arg(long, value_name = "F.toml")]
    pub correspondance: Option<PathBuf>,
    /// Accepte les colonnes dont l’en-tête ressemble à un élément, sans les confirmer une à une
    #[arg(long)]
    pub accepter_proches: bool,
    /// Montre ce qui serait importé, sans rien changer
    #[arg(long)]
    pub simulation: bool,
}

fn source(text: &str) -> Result<SourceCode, String> {
    text.parse().map_err(|()| {
        let names: Vec<&str> = SourceCode::ALL.iter().map(|s| s.as_str()).collect();
        format!("source inconnue ; admises : {}", names.join(", "))
    })
}

/// `annuler`.
#[derive(Args)]
pub struct AnnulerArgs {
    /// Identifiant de l’import, par exemple I003
    #[arg(value_name = "IMPORT")]
    pub import: String,
    /// Un seul de ses fichiers
    #[arg(long, value_name = "F")]
    pub fichier: Option<String>,
}

/// `verifier`.
#[derive(Args)]
pub struct VerifierArgs {
    /// Campagne (par défaut : la plus récente)
    #[arg(long, value_name = "C")]
    pub campagne: Option<String>,
    /// Jour où l’on regarde, AAAA-MM-JJ (par défaut : aujourd’hui) : dit ce qui est en retard
    #[arg(long, value_name = "DATE")]
    pub date: Option<String>,
    /// Montre ce qui sera masqué à un public, et pourquoi, avant que rien ne soit écrit
    #[arg(long, value_enum, value_name = "PUBLIC")]
    pub public: Option<crate::disclosure::Audience>,
    /// Classeur .xlsx du suivi, ou avec --public du plan de masquage, à écrire
    #[arg(long, value_name = "F")]
    pub sortie: Option<PathBuf>,
}

/// Where a table goes.
#[derive(Args)]
pub struct TableOutput {
    /// Format du tableau
    #[arg(long, value_enum, default_value = "csv")]
    pub format: FileFormat,
    /// Fichier à écrire (obligatoire pour xlsx et parquet)
    #[arg(long, value_name = "F")]
    pub sortie: Option<PathBuf>,
}

/// `indicateurs`.
#[derive(Args)]
pub struct TableArgs {
    /// Campagne (par défaut : la plus récente)
    #[arg(long, value_name = "C")]
    pub campagne: Option<String>,
    /// Dossiers d’agrégats d’autres territoires, additionnés à la place des réponses d’ici
    #[arg(long, value_name = "DIR", num_args = 1..)]
    pub agregats: Vec<PathBuf>,
    /// Format and file.
    #[command(flatten)]
    pub table: TableOutput,
}

/// What `exporter` exports.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Exported {
    /// La table des réponses, telle qu’elle est gardée
    Observations,
    /// Le registre des structures
    Structures,
    /// Les agrégats exacts des réponses, à additionner ailleurs (--sortie DOSSIER)
    Agregats,
    /// Les mêmes agrégats en SQL, pour un moteur de bases de données
    Sql,
}

/// `exporter`.
#[derive(Args)]
pub struct ExporterArgs {
    /// Ce qu’il faut exporter
    #[arg(value_enum, value_name = "TABLE")]
    pub table: Exported,
    /// Une seule campagne (par défaut : toutes)
    #[arg(long, value_name = "C")]
    pub campagne: Option<String>,
    /// Format and file.
    #[command(flatten)]
    pub output: TableOutput,
}

/// `comparer`.
#[derive(Args)]
pub struct ComparerArgs {
    /// Deux campagnes, la plus ancienne d’abord ; trois et plus donnent des tendances
    #[arg(value_name = "CAMPAGNES", num_args = 0..)]
    pub campagnes: Vec<String>,
    /// Accueil pilote d’une expérimentation, face aux autres (plusieurs : P01,P02)
    #[arg(long, value_name = "CODE", value_delimiter = ',')]
    pub pilote: Vec<String>,
    /// Les accueils côte à côte
    #[arg(long)]
    pub structures: bool,
    /// Avec --structures : une moyenne d’axes pondérée, et ce qu’elle doit au choix des poids
    #[arg(long, value_name = "REL=2,SEC=1", value_delimiter = ',', requires = "structures", value_parser = weight)]
    pub composite: Vec<(String, f64)>,
    /// Avec --structures : dessine l’entonnoir des réponses des familles (SVG, à ne pas diffuser)
    #[arg(long, value_name = "F.svg", requires = "structures")]
    pub entonnoir: Option<PathBuf>,
    /// Campagne des accueils côte à côte (par défaut : la plus récente)
    #[arg(long, value_name = "C")]
    pub campagne: Option<String>,
    /// Dossiers d’agrégats d’autres territoires, additionnés à la place des réponses d’ici
    #[arg(long, value_name = "DIR", num_args = 1..)]
    pub agregats: Vec<PathBuf>,
    /// Format and file.
    #[command(flatten)]
    pub table: TableOutput,
}

/// `fidelite`.
#[derive(Args)]
pub struct FideliteArgs {
    /// Campagne (par défaut : la plus récente)
    #[arg(long, value_name = "C")]
    pub campagne: Option<String>,
    /// Formation : les observateurs face à une cotation de référence
    #[arg(long, requires = "reference")]
    pub formation: bool,
    /// Observateur dont la cotation fait référence
    #[arg(long, value_name = "OBSERVATEUR", requires = "formation")]
    pub reference: Option<String>,
    /// Classeur .xlsx à écrire
    #[arg(long, value_name = "F")]
    pub sortie: Option<PathBuf>,
}

/// `REL=2` of a composite.
pub fn weight(text: &str) -> Result<(String, f64), String> {
    let wrong = || format!("« {text} » : écrivez AXE=POIDS, par exemple REL=2");
    let (axe, weight) = text.split_once('=').ok_or_else(wrong)?;
    let weight: f64 = weight
        .trim()
        .replace(',', ".")
        .parse()
        .map_err(|_| wrong())?;
    if weight.is_finite() && weight > 0.0 {
        Ok((axe.trim().to_uppercase(), weight))
    } else {
        Err(wrong())
    }
}

/// `rapport`.
#[derive(Args)]
pub struct RapportArgs {
    /// Dossiers d’agrégats d’autres territoires, additionnés à la place des réponses d’ici
    #[arg(long, value_name = "DIR", num_args = 1..)]
    pub agregats: Vec<PathBuf>,
    /// Campagne (par défaut : la plus récente)
    #[arg(long, value_name = "C")]
    pub campagne: Option<String>,
    /// Un seul public (par défaut : tous)
    #[arg(long, value_enum)]
    pub public: Option<Audience>,
    /// Un seul accueil
    #[arg(long, value_name = "CODE")]
    pub structure: Option<String>,
    /// Formats, séparés par des virgules
    #[arg(
        long,
        value_enum,
        value_name = "html,pdf,xlsx",
        default_value = "html,pdf,xlsx",
        value_delimiter = ','
    )]
    pub format: Vec<ReportFormat>,
    /// Date d’édition, AAAA-MM-JJ (par défaut : aujourd’hui)
    #[arg(long, value_name = "DATE")]
    pub date: Option<String>,
    /// Dossier à écrire (par défaut : reports/rendus)
    #[arg(long, value_name = "DIR")]
    pub sortie: Option<PathBuf>,
}

/// `expliquer`.
#[derive(Args)]
pub struct ExpliquerArgs {
    /// CAMPAGNE/STRUCTURE/CODE, ou un code de diagnostic. CODE : un axe, un critère, un élément, un
    /// indicateur d’activité, PRIORITES, PILOTE (ou PILOTE:REL), COMPOSITE:REL=2,SEC=1. Avec
    /// « territoire » pour structure : un axe ou un critère, FIDELITE, FORMATION:O1, SEVERITE,
    /// QUESTIONNAIRES, PRATIQUES, ENTRETIENS, MOTS
    #[arg(value_name = "CHIFFRE")]
    pub quoi: String,
}
