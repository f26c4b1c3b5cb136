//! The command line, in French with visible English aliases.

use std::path::PathBuf;

use clap::{Parser, Subcommand};

use super::accueils_command::AccueilsArgs;
use super::annuler_command::AnnulerArgs;
use super::comparer_command::ComparerArgs;
use super::corriger_command::CorrigerArgs;
use super::ctg_command::CtgArgs;
use super::demo_command::DemoArgs;
use super::echange_command::EchangeArgs;
use super::expliquer_command::ExpliquerArgs;
use super::exporter_command::ExporterArgs;
use super::fidelite_command::FideliteArgs;
use super::grille_command::GrilleArgs;
use super::guide_command::GuideArgs;
use super::importer_command::ImporterArgs;
use super::imports_command::ImportsArgs;
use super::indicateurs_command::IndicateursArgs;
use super::init_command::InitArgs;
use super::ouvrir_command::OuvrirArgs;
use super::plan_command::PlanArgs;
use super::puissance_command::PuissanceArgs;
use super::purger_command::PurgerArgs;
use super::rapport_command::RapportArgs;
use super::reconnaitre_command::ReconnaitreArgs;
use super::referentiel_command::ReferentielArgs;
use super::restaurer_command::RestaurerArgs;
use super::sauvegarder_command::SauvegarderArgs;
use super::simuler_command::SimulerArgs;
use super::territoire_command::TerritoireArgs;
use super::verifier_command::VerifierArgs;

/// Observatoire de la qualité des accueils de loisirs et périscolaires.
#[derive(Parser)]
#[command(name = "observatoire", version, disable_help_subcommand = true)]
pub(super) struct Cli {
    /// Dossier de l’observatoire (par défaut : le dossier courant ou le plus proche au-dessus)
    #[arg(long, global = true, value_name = "DOSSIER")]
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
#[derive(Subcommand, strum::IntoStaticStr)]
#[strum(serialize_all = "snake_case")]
pub(super) enum Command {
    /// Ouvre la page qui fait tout, dans le navigateur ; c’est aussi ce que fait un double-clic
    #[command(visible_alias = "open")]
    Ouvrir(OuvrirArgs),
    /// Pose l’exemple fictif, importe, calcule, compare et écrit tous les rapports
    Demo(DemoArgs),
    /// Crée un dossier d’observatoire, commenté
    Init(InitArgs),
    /// Écrit des données fictives plausibles, pour se former et essayer
    #[command(visible_alias = "simulate")]
    Simuler(SimulerArgs),
    /// Lit le référentiel, et ce que le territoire y change : cibles, critères sans objet, phrases
    #[command(visible_alias = "framework")]
    Referentiel(ReferentielArgs),
    /// Écrit des grilles et questionnaires vierges : Excel, tablette (XLSForm), LimeSurvey, papier
    #[command(visible_alias = "form")]
    Grille(GrilleArgs),
    /// Importe des fichiers ou des dossiers de réponses
    #[command(visible_alias = "import")]
    Importer(ImporterArgs),
    /// Retient ce qui a été dit dans la liste à corriger : noms, titres de colonnes, réponses
    Corriger(CorrigerArgs),
    /// Apprend un autre nom d’un accueil, ou qui est derrière les initiales d’un observateur
    #[command(visible_alias = "recognise")]
    Reconnaitre(ReconnaitreArgs),
    /// Propose le registre à partir de votre liste d’accueils, quels que soient ses titres
    #[command(visible_alias = "sites")]
    Accueils(AccueilsArgs),
    /// Le territoire : son EPCI choisi par son nom, ses communes, le lien de leurs contours
    #[command(visible_alias = "territory")]
    Territoire(TerritoireArgs),
    /// Liste les imports : quand, combien de fichiers, où ils en sont
    Imports(ImportsArgs),
    /// Retire un import, ou l’un de ses fichiers : ses réponses ne comptent plus
    #[command(visible_alias = "undo")]
    Annuler(AnnulerArgs),
    /// Oublie les réponses dont la conservation est terminée, garde les chiffres
    #[command(visible_alias = "purge")]
    Purger(PurgerArgs),
    /// Sauvegarde tout le dossier en une archive, relue aussitôt écrite
    #[command(visible_alias = "backup")]
    Sauvegarder(SauvegarderArgs),
    /// Remet en place une sauvegarde ; ce qu’elle remplace est gardé à côté
    #[command(visible_alias = "restore")]
    Restaurer(RestaurerArgs),
    /// Vérifie le référentiel, la configuration, et qui a rendu quoi
    #[command(visible_alias = "check")]
    Verifier(VerifierArgs),
    /// Calcule les indicateurs (tableau de travail, complet)
    #[command(visible_alias = "indicators")]
    Indicateurs(IndicateursArgs),
    /// Exporte les réponses, les structures, le référentiel, les agrégats, le registre des traitements, les notices
    #[command(visible_alias = "export")]
    Exporter(ExporterArgs),
    /// Compare deux campagnes, ou les accueils côte à côte
    #[command(visible_alias = "compare")]
    Comparer(ComparerArgs),
    /// Accord entre observateurs, formation, cohérence des questionnaires
    #[command(visible_alias = "reliability")]
    Fidelite(FideliteArgs),
    /// Dit, avant de collecter, quels changements tant de visites et de réponses permettraient de voir
    #[command(visible_alias = "power")]
    Puissance(PuissanceArgs),
    /// Écrit les rapports
    #[command(visible_alias = "report")]
    Rapport(RapportArgs),
    /// Plans d’amélioration : proposer, remplir, reprendre, suivre
    #[command(visible_alias = "actions")]
    Plan(PlanArgs),
    /// Convention territoriale globale : ce qui est signé, tableau de suivi partagé, indicateurs
    #[command(visible_alias = "convention")]
    Ctg(CtgArgs),
    /// Échanges de données de la convention : qui demande quoi à qui, ce qui manque avant de transmettre
    #[command(visible_alias = "exchange")]
    Echange(EchangeArgs),
    /// Explique un chiffre (C1/R01/REL-2), un code de diagnostic (VAL-401) ou un mot (OBS, fragile)
    #[command(visible_alias = "explain")]
    Expliquer(ExpliquerArgs),
    /// Écrit un guide (PDF ou Word) : visite, entretien, atelier, lecture ; sans nom, la page des commandes
    Guide(GuideArgs),
}

impl Command {
    /// Name of the command, for `--json`.
    pub(super) fn name(&self) -> &'static str {
        self.into()
    }
}
