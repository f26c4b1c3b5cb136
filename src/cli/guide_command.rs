//! `guide`: one page to print, made of the texts of this help.

use std::path::PathBuf;

use clap::{Args, Command};

use super::done::Done;
use super::examples::EXAMPLES;
use crate::actions::guide::{GuideGesture, GuideRequest, GuideStep, write_guide};
use crate::base::error::Result;
use crate::campaign::day_or_today;

/// `guide`.
#[derive(Args)]
pub(super) struct GuideArgs {
    /// Fichier .pdf à écrire
    #[arg(long, value_name = "F.pdf", default_value = "guide.pdf")]
    pub sortie: PathBuf,
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
        commands: &[&["init"], &["grille"]],
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

/// Runs the command, from the help of all of them.
pub(super) fn run(args: &GuideArgs, help: &Command) -> Result<Done> {
    let steps = STEPS.iter().map(|step| GuideStep {
        title: step.title,
        gestures: step
            .commands
            .iter()
            .map(|path| gesture(help, path))
            .collect(),
    });
    let request = GuideRequest {
        steps: steps.collect(),
        out: args.sortie.clone(),
        day: day_or_today(args.date.as_deref())?,
    };
    write_guide(&request)?;
    Ok(Done {
        summary: format!("Guide écrit : {}.", request.out.display()),
        result: serde_json::json!({ "fichier": request.out }),
        ..Done::default()
    })
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
