//! `ctg importer`: the workbooks of the follow-up, back; lists, calendars and exports of other tools.

use std::path::PathBuf;

use clap::Args;
use serde_json::json;

use super::aligned::aligned;
use super::choices::temps_kind;
use super::done::Done;
use crate::actions::ctg_importer::{
    SuiviFate, SuiviImportOutcome, SuiviImportRequest, import_books,
};
use crate::base::error::Result;
use crate::base::text::count;
use crate::campaign::OpenObservatory;
use crate::convention::{IncomingChoices, SuiviFileOutcome, TempsKind};

/// `ctg importer`.
#[derive(Args)]
pub(super) struct SuiviImportArgs {
    /// Suivi rempli, liste d’émargement, agenda .ics, effectifs des écoles… ou dossiers
    #[arg(value_name = "FICHIER", required = true)]
    pub fichiers: Vec<PathBuf>,
    /// Montre ce qui changerait, sans rien écrire
    #[arg(long)]
    pub simulation: bool,
    /// Temps d’une liste d’émargement, quand elle ne le dit pas
    #[arg(long, value_name = "ID")]
    pub temps: Option<String>,
    /// Toutes les personnes d’une liste sans signature sont venues
    #[arg(long)]
    pub tous_presents: bool,
    /// Type des temps d’un agenda
    #[arg(long = "type", value_name = "TYPE", value_parser = temps_kind())]
    pub kind: Option<TempsKind>,
    /// Classeur où écrire les temps d’un agenda, leur type à compléter
    #[arg(long, value_name = "FICHIER")]
    pub propositions: Option<PathBuf>,
    /// Accepte ce qui n’est que ressemblant, et s’en souvient
    #[arg(long)]
    pub confirmer: bool,
}

/// Runs the command.
pub(super) fn run(opened: &OpenObservatory, args: &SuiviImportArgs) -> Result<Done> {
    let request = SuiviImportRequest {
        paths: args.fichiers.clone(),
        simulation: args.simulation,
        choices: IncomingChoices {
            meeting: args.temps.clone(),
            all_present: args.tous_presents,
            kind: args.kind,
            accept_near: args.confirmer,
            proposes: false,
        },
        proposals: args.propositions.clone(),
    };
    let outcome = import_books(opened, &request)?;
    let files = outcome.intake.files.iter();
    let rows: Vec<Vec<String>> = files.map(|f| row(&outcome, f)).collect();
    let headers = [
        "Fichier",
        "Genre",
        "Lignes",
        "Nouvelles",
        "Modifiées",
        "Résultat",
    ];
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
        file.kind.to_owned(),
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
            "genre": f.kind,
            "lignes": f.lines,
            "nouvelles": f.created,
            "modifiees": f.changed,
            "entree": f.entry,
            "a_confirmer": f.proposed.len(),
            "resultat": verdict(outcome.fate(f)),
        })
    });
    json!({ "fichiers": files.collect::<Vec<_>>(), "propositions": outcome.proposals })
}

fn verdict(fate: SuiviFate) -> String {
    match fate {
        SuiviFate::Known => "déjà importé".to_owned(),
        SuiviFate::Refused { errors } => format!("refusé ({})", count(errors, "erreur", "erreurs")),
        SuiviFate::NothingNew => "rien de nouveau".to_owned(),
        SuiviFate::Proposed => "à confirmer".to_owned(),
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
    let end = match &outcome.proposals {
        Some(path) => format!(" À confirmer dans {}.", path.display()),
        None => end.to_owned(),
    };
    let created = files.iter().map(|f| f.created.len()).sum();
    let changed = files.iter().map(|f| f.changed.len()).sum();
    format!(
        "{} : {}, {}.{end}",
        count(files.len(), "fichier lu", "fichiers lus"),
        count(created, "ligne nouvelle", "lignes nouvelles"),
        count(changed, "ligne modifiée", "lignes modifiées"),
    )
}
