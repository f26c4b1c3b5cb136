//! `corriger`: what was said in the list of what is to be corrected.

use std::path::{Path, PathBuf};

use clap::Args;

use super::done::Done;
use super::opening::open;
use crate::actions::corriger::{CorrectionOutcome, CorrectionRequest, keep};
use crate::base::error::Result;
use crate::base::text::count;

/// `corriger`.
#[derive(Args)]
pub(super) struct CorrigerArgs {
    /// Le classeur écrit par « importer … --liste », rempli
    #[arg(value_name = "LISTE.xlsx")]
    pub liste: PathBuf,
}

/// Runs the command.
pub(super) fn run(folder: Option<&Path>, args: &CorrigerArgs) -> Result<Done> {
    let opened = open(folder)?;
    let request = CorrectionRequest {
        list: args.liste.clone(),
    };
    let outcome = keep(&opened, &request)?;
    Ok(Done {
        text: said(&outcome),
        result: serde_json::json!({
            "noms": outcome.names.len(),
            "deja_connus": outcome.known,
            "correspondances": outcome.forms,
            "import": outcome.import,
        }),
        ..Done::default()
    })
}

fn said(outcome: &CorrectionOutcome) -> String {
    let mut lines: Vec<String> = outcome
        .names
        .iter()
        .map(|name| format!("{name}."))
        .collect();
    if outcome.known > 0 {
        lines.push(format!(
            "{} déjà : rien à écrire.",
            count(outcome.known, "nom était connu", "noms étaient connus")
        ));
    }
    let forms = outcome.forms.iter();
    lines.extend(forms.map(|file| format!("Vos réponses sont dans {file}.")));
    lines.push(if lines.is_empty() {
        "Rien n’est rempli dans cette liste : rien n’a été écrit.".to_owned()
    } else {
        "Relancez l’import : ces réponses valent pour tous les fichiers.".to_owned()
    });
    lines.join("\n")
}
