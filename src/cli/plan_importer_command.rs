//! `plan importer`: the workbooks of teams, back.

use std::path::PathBuf;

use clap::Args;
use serde_json::json;

use super::aligned::aligned;
use super::done::Done;
use crate::actions::plan_importer::{
    PlanImportOutcome, PlanImportRequest, WorkbookFate, import_workbooks,
};
use crate::base::error::Result;
use crate::base::text::count;
use crate::campaign::OpenObservatory;
use crate::decide::plans::PlanFileOutcome;

/// `plan importer`.
#[derive(Args)]
pub(super) struct ImportArgs {
    /// Classeurs ou dossiers de classeurs
    #[arg(value_name = "FICHIER", required = true)]
    pub fichiers: Vec<PathBuf>,
    /// Montre ce qui changerait, sans rien écrire
    #[arg(long)]
    pub simulation: bool,
}

/// Runs the command.
pub(super) fn run(opened: &OpenObservatory, args: &ImportArgs) -> Result<Done> {
    let request = PlanImportRequest {
        paths: args.fichiers.clone(),
        simulation: args.simulation,
    };
    let outcome = import_workbooks(opened, &request)?;
    let files = outcome.intake.files.iter();
    let rows: Vec<Vec<String>> = files.map(|f| row(&outcome, f)).collect();
    let headers = ["Fichier", "Lignes", "Nouvelles", "Modifiées", "Résultat"];
    Ok(Done {
        text: aligned(&headers, &rows),
        result: as_json(&outcome),
        diagnostics: outcome.diagnostics(),
        summary: closing_line(&outcome),
        ..Done::default()
    })
}

fn as_json(outcome: &PlanImportOutcome) -> serde_json::Value {
    let files = outcome.intake.files.iter().map(|f| {
        json!({
            "fichier": f.name,
            "lignes": f.lines,
            "nouvelles": f.created,
            "modifiees": f.changed,
            "entree": f.entry,
            "resultat": verdict(outcome.fate(f)),
        })
    });
    json!({ "fichiers": files.collect::<Vec<_>>() })
}

fn row(outcome: &PlanImportOutcome, file: &PlanFileOutcome) -> Vec<String> {
    vec![
        file.name.clone(),
        file.lines.to_string(),
        file.created.len().to_string(),
        file.changed.len().to_string(),
        verdict(outcome.fate(file)),
    ]
}

fn verdict(fate: WorkbookFate) -> String {
    match fate {
        WorkbookFate::Known => "déjà importé".to_owned(),
        WorkbookFate::Refused { errors } => {
            format!("refusé ({})", count(errors, "erreur", "erreurs"))
        }
        WorkbookFate::NothingNew => "rien de nouveau".to_owned(),
        WorkbookFate::WouldEnter => "serait importé".to_owned(),
        WorkbookFate::Entered => "importé".to_owned(),
    }
}

fn closing_line(outcome: &PlanImportOutcome) -> String {
    let tally = outcome.tally();
    let end = if outcome.simulation {
        " Simulation : rien n’a été écrit."
    } else {
        ""
    };
    format!(
        "{} : {}, {} ; {}, {}.{end}",
        count(tally.read, "classeur lu", "classeurs lus"),
        count(tally.created, "action nouvelle", "actions nouvelles"),
        count(tally.changed, "action modifiée", "actions modifiées"),
        count(tally.errors, "erreur", "erreurs"),
        count(tally.warnings, "alerte", "alertes"),
    )
}
