//! `ctg importer`: the workbooks of the follow-up, back.

use std::path::PathBuf;

use clap::Args;
use serde_json::json;

use super::aligned::aligned;
use super::done::Done;
use crate::actions::ctg_importer::{
    SuiviFate, SuiviImportOutcome, SuiviImportRequest, import_books,
};
use crate::base::error::Result;
use crate::base::text::count;
use crate::campaign::OpenObservatory;
use crate::convention::SuiviFileOutcome;

/// `ctg importer`.
#[derive(Args)]
pub(super) struct SuiviImportArgs {
    /// Classeurs ou dossiers de classeurs
    #[arg(value_name = "FICHIER", required = true)]
    pub fichiers: Vec<PathBuf>,
    /// Montre ce qui changerait, sans rien écrire
    #[arg(long)]
    pub simulation: bool,
}

/// Runs the command.
pub(super) fn run(opened: &OpenObservatory, args: &SuiviImportArgs) -> Result<Done> {
    let request = SuiviImportRequest {
        paths: args.fichiers.clone(),
        simulation: args.simulation,
    };
    let outcome = import_books(opened, &request)?;
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

fn row(outcome: &SuiviImportOutcome, file: &SuiviFileOutcome) -> Vec<String> {
    vec![
        file.name.clone(),
        file.lines.to_string(),
        file.created.len().to_string(),
        file.changed.len().to_string(),
        verdict(outcome.fate(file)),
    ]
}

fn as_json(outcome: &SuiviImportOutcome) -> serde_json::Value {
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

fn verdict(fate: SuiviFate) -> String {
    match fate {
        SuiviFate::Known => "déjà importé".to_owned(),
        SuiviFate::Refused { errors } => format!("refusé ({})", count(errors, "erreur", "erreurs")),
        SuiviFate::NothingNew => "rien de nouveau".to_owned(),
        SuiviFate::WouldEnter => "serait importé".to_owned(),
        SuiviFate::Entered => "importé".to_owned(),
    }
}

fn closing_line(outcome: &SuiviImportOutcome) -> String {
    let files = &outcome.intake.files;
    let end = if outcome.simulation {
        " Simulation : rien n’a été écrit."
    } else {
        ""
    };
    let created = files.iter().map(|f| f.created.len()).sum();
    let changed = files.iter().map(|f| f.changed.len()).sum();
    format!(
        "{} : {}, {}.{end}",
        count(files.len(), "classeur lu", "classeurs lus"),
        count(created, "ligne nouvelle", "lignes nouvelles"),
        count(changed, "ligne modifiée", "lignes modifiées"),
    )
}
