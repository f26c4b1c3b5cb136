//! `plan exporter`: the workbook that teams fill in.

use std::path::PathBuf;

use clap::Args;

use super::done::Done;
use crate::actions::plan_exporter::{PlanWorkbookRequest, write_workbook};
use crate::base::error::Result;
use crate::base::text::count;
use crate::campaign::OpenObservatory;

/// `plan exporter`.
#[derive(Args)]
pub(super) struct ExportArgs {
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

/// Runs the command.
pub(super) fn run(opened: &OpenObservatory, args: &ExportArgs) -> Result<Done> {
    let request = PlanWorkbookRequest {
        structure: args.structure.clone(),
        out: args.sortie.clone(),
        date: args.date.clone(),
    };
    let outcome = write_workbook(opened, &request)?;
    let file = outcome.file.display();
    Ok(Done {
        summary: format!(
            "{} dans {file}{}. Une fois rempli : observatoire plan importer {file}",
            count(outcome.actions, "action", "actions"),
            if outcome.replaced {
                " (à la place du fichier qui s’y trouvait)"
            } else {
                ""
            },
        ),
        result: serde_json::json!({
            "fichier": outcome.file,
            "actions": outcome.actions,
            "etat": outcome.version,
        }),
        ..Done::default()
    })
}
