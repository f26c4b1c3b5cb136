//! `annuler`: takes an import, or one of its files, back.

use std::path::Path;

use clap::Args;

use super::done::Done;
use super::opening::open;
use crate::actions::annuler::{UndoRequest, undo};
use crate::base::error::Result;
use crate::base::text::count;

/// `annuler`.
#[derive(Args)]
pub(super) struct AnnulerArgs {
    /// Identifiant de l’import, par exemple I003
    #[arg(value_name = "IMPORT")]
    pub import: String,
    /// Un seul de ses fichiers
    #[arg(long, value_name = "FICHIER")]
    pub fichier: Option<String>,
}

/// Runs the command.
pub(super) fn run(folder: Option<&Path>, args: &AnnulerArgs) -> Result<Done> {
    let opened = open(folder)?;
    let request = UndoRequest {
        import: args.import.clone(),
        file: args.fichier.clone(),
    };
    let outcome = undo(&opened, &request)?;
    let files = &outcome.files;
    Ok(Done {
        text: format!(
            "Import {} : {} repris ({}). Ce qu’il remplaçait est de nouveau en place.",
            outcome.import,
            count(files.len(), "fichier", "fichiers"),
            files.join(", ")
        ),
        result: serde_json::json!({ "fichiers": files }),
        ..Done::default()
    })
}
