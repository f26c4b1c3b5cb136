//! `guide`: a guide of the visit, the interview, the workshop or the reading of results; without a name, one page
//! made of the texts of this help.

use std::path::{Path, PathBuf};

use clap::{Args, Command};

use super::choices::{field_guide, guide_format, structure_type};
use super::done::Done;
use super::examples::EXAMPLES;
use super::opening::open;
use crate::actions::field_guide_file::{FieldGuideRequest, write_field_guide};
use crate::actions::guide::{GuideGesture, GuideRequest, GuideStep, write_guide};
use crate::base::error::Result;
use crate::campaign::day_or_today;
use crate::guides::FieldGuide;
use crate::reports::ReportFormat;
use crate::vocabulary::referentiel::StructureType;

/// `guide`.
#[derive(Args)]
pub(super) struct GuideArgs {
    /// Guide à écrire (sans nom : la page des commandes)
    #[arg(value_name = "NOM", value_parser = field_guide())]
    pub nom: Option<FieldGuide>,
    /// Pour un seul accueil
    #[arg(long, value_name = "CODE", conflicts_with = "type", requires = "nom")]
    pub structure: Option<String>,
    /// Pour un seul type d’accueil
    #[arg(long, value_name = "T", value_parser = structure_type, requires = "nom")]
    pub r#type: Option<StructureType>,
    /// Campagne, pour sa version du référentiel (par défaut : la plus récente)
    #[arg(long, value_name = "C", requires = "nom")]
    pub campagne: Option<String>,
    /// Mise en page
    #[arg(long, value_parser = guide_format(), default_value = "pdf")]
    pub format: ReportFormat,
    /// Fichier à écrire (par défaut : guides/guide-NOM.pdf dans le dossier ; sans nom, guide.pdf)
    #[arg(long, value_name = "F")]
    pub sortie: Option<PathBuf>,
    /// Date du document, AAAA-MM-JJ (par défaut : aujourd’hui)
    #[arg(long, value_name = "DATE")]
    pub date: Option<String>,
}

/// A step of a campaign and the commands that it takes.
struct JourneyStep {
    title: &'static str,
    commands: &'static [&'static [&'static str]],
}

const STEPS: [JourneyStep; 7] = [
    JourneyStep {
        title: "1. Préparer",
        commands: &[&["init"], &["puissance"], &["grille"]],
    },
    JourneyStep {
        title: "2. Recueillir",
        commands: &[&["importer"], &["imports"], &["annuler"]],
    },
    JourneyStep {
        title: "3. Vérifier",
        commands: &[&["verifier"]],
    },
    JourneyStep {
        title: "4. Lire et partager",
        commands: &[&["rapport"], &["expliquer"], &["indicateurs"]],
    },
    JourneyStep {
        title: "5. Comparer",
        commands: &[&["comparer"], &["fidelite"]],
    },
    JourneyStep {
        title: "6. Agir",
        commands: &[
            &["plan", "proposer"],
            &["plan", "exporter"],
            &["plan", "importer"],
            &["plan", "suivi"],
        ],
    },
    JourneyStep {
        title: "7. Oublier à temps",
        commands: &[&["purger"]],
    },
];

/// Runs the command; the page of commands is made from the help of all of them.
pub(super) fn run(folder: Option<&Path>, args: &GuideArgs, help: &Command) -> Result<Done> {
    let written = match args.nom {
        Some(guide) => in_hand(folder, args, guide)?,
        None => of_commands(args, help)?,
    };
    Ok(Done {
        summary: format!("Guide écrit : {}.", written.display()),
        result: serde_json::json!({ "fichier": written }),
        ..Done::default()
    })
}

/// A guide of this observatory.
fn in_hand(folder: Option<&Path>, args: &GuideArgs, guide: FieldGuide) -> Result<PathBuf> {
    let opened = open(folder)?;
    let request = FieldGuideRequest {
        guide,
        structure: args.structure.clone(),
        kind: args.r#type,
        campaign: args.campagne.clone(),
        format: args.format,
        out: args.sortie.clone(),
        day: day_or_today(args.date.as_deref())?,
    };
    write_field_guide(&opened, &request)
}

/// The page of commands, which needs no observatory.
fn of_commands(args: &GuideArgs, help: &Command) -> Result<PathBuf> {
    let steps = STEPS.iter().map(|step| GuideStep {
        title: step.title,
        gestures: step
            .commands
            .iter()
            .map(|path| gesture(help, path))
            .collect(),
    });
    let default = || PathBuf::from(format!("guide.{}", args.format.extension()));
    let request = GuideRequest {
        steps: steps.collect(),
        out: args.sortie.clone().unwrap_or_else(default),
        day: day_or_today(args.date.as_deref())?,
        format: args.format,
    };
    write_guide(&request)?;
    Ok(request.out)
}

/// What the help says of a command, and its first example.
fn gesture(help: &Command, path: &[&str]) -> GuideGesture {
    let named = path
        .iter()
        .try_fold(help, |command, name| command.find_subcommand(name));
    let about = named.and_then(|c| c.get_about()).map(ToString::to_string);
    let example = EXAMPLES.iter().find(|e| e.path == path);
    let line = example.and_then(|e| e.lines.first()).copied();
    GuideGesture {
        what: about.unwrap_or_default(),
        line: line.map_or_else(String::new, |line| format!("observatoire {line}")),
    }
}
