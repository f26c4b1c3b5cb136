//! `imports`: what was imported, run by run.

use std::path::Path;

use clap::Args;

use super::aligned::aligned;
use super::done::Done;
use super::opening::open;
use crate::actions::imports::{ImportsRequest, ListedImport, imports_table, list_imports};
use crate::base::error::Result;
use crate::base::text::count;

/// `imports`.
#[derive(Args)]
pub(super) struct ImportsArgs {
    /// Une seule campagne (par défaut : toutes)
    #[arg(long, value_name = "C")]
    pub campagne: Option<String>,
}

const HEADERS: [&str; 6] = ["Import", "Le", "Campagne", "Fichiers", "Poste", "État"];

/// Runs the command.
pub(super) fn run(folder: Option<&Path>, args: &ImportsArgs) -> Result<Done> {
    let opened = open(folder)?;
    let request = ImportsRequest {
        campaign: args.campagne.clone(),
    };
    let imports = list_imports(&opened, &request)?;
    let rows: Vec<Vec<String>> = imports.iter().map(row).collect();
    Ok(Done {
        text: if rows.is_empty() {
            "Aucun import.".to_owned()
        } else {
            aligned(&HEADERS, &rows)
        },
        result: imports_table(&imports).json(),
        summary: format!(
            "{}. Le détail, fichier par fichier : --json. Pour en reprendre un : observatoire annuler I001.",
            count(rows.len(), "import", "imports")
        ),
        ..Done::default()
    })
}

fn row(import: &ListedImport) -> Vec<String> {
    let files = match import.files.as_slice() {
        [only] => only.name.clone(),
        all => count(all.len(), "fichier", "fichiers"),
    };
    vec![
        import.label.clone(),
        import.date.short(),
        import.campaign.clone(),
        files,
        import.machine.clone(),
        import.state().to_owned(),
    ]
}
