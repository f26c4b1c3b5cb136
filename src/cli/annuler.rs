//! `annuler`: takes an import, or one of its files, back.

use std::path::Path;

use super::Done;
use super::arguments::AnnulerArgs;
use super::importer::today;
use super::session::Session;
use crate::base::error::Result;

/// Runs the command.
pub fn run(folder: Option<&Path>, args: &AnnulerArgs) -> Result<Done> {
    let session = Session::open(folder)?;
    let (label, file) = (&args.import, args.fichier.as_deref());
    let files = session.store.undo(&today(), label, file)?;
    let text = format!(
        "Import {} : {} repris ({}). Ce qu’il remplaçait est de nouveau en place.",
        args.import.to_uppercase(),
        crate::base::text::count(files.len(), "fichier", "fichiers"),
        files.join(", ")
    );
    Ok(Done {
        text,
        result: serde_json::json!({ "fichiers": files }),
        ..Done::default()
    })
}
