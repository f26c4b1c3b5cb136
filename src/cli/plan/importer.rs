//! `plan importer`: the workbooks of teams, back.

use serde_json::json;

use super::arguments::ImportArgs;
use crate::base::diagnostics::{Diagnostic, Severity};
use crate::base::error::Result;
use crate::base::text::count;
use crate::cli::Done;
use crate::cli::importer::today;
use crate::cli::output::aligned;
use crate::cli::session::Session;
use crate::decide::plans::{PlanFileOutcome, PlanImport, PlanIntake, import};

/// Runs the command.
pub fn run(session: &Session, args: &ImportArgs) -> Result<Done> {
    let request = PlanImport {
        paths: &args.fichiers,
        date: &today(),
        simulation: args.simulation,
    };
    let intake = import(&session.observatory, &request)?;
    Ok(done(&intake, args.simulation))
}

/// The table of files and the closing line.
pub fn done(intake: &PlanIntake, simulation: bool) -> Done {
    let rows: Vec<Vec<String>> = intake.files.iter().map(|f| row(f, simulation)).collect();
    let headers = ["Fichier", "Lignes", "Nouvelles", "Modifiées", "Résultat"];
    let mut diagnostics: Vec<Diagnostic> = intake.diagnostics.clone();
    diagnostics.extend(intake.files.iter().flat_map(|f| f.diagnostics.clone()));
    let result = json!({
        "fichiers": intake.files.iter().map(|f| json!({
            "fichier": f.name,
            "lignes": f.lines,
            "nouvelles": f.created,
            "modifiees": f.changed,
            "entree": f.entry,
            "resultat": verdict(f, simulation),
        })).collect::<Vec<_>>(),
    });
    Done {
        text: aligned(&headers, &rows),
        result,
        summary: summary(intake, &diagnostics, simulation),
        diagnostics,
        bytes: None,
    }
}

fn row(file: &PlanFileOutcome, simulation: bool) -> Vec<String> {
    vec![
        file.name.clone(),
        file.lines.to_string(),
        file.created.len().to_string(),
        file.changed.len().to_string(),
        verdict(file, simulation),
    ]
}

fn verdict(file: &PlanFileOutcome, simulation: bool) -> String {
    let nothing = file.created.is_empty() && file.changed.is_empty();
    match (file.known, file.enters(), nothing) {
        (true, ..) => "déjà importé".to_owned(),
        (_, false, _) => {
            let errors = severity(&file.diagnostics, Severity::Error);
            format!("refusé ({})", count(errors, "erreur", "erreurs"))
        }
        (_, _, true) => "rien de nouveau".to_owned(),
        _ if simulation => "serait importé".to_owned(),
        _ => "importé".to_owned(),
    }
}

fn severity(diagnostics: &[Diagnostic], severity: Severity) -> usize {
    let same = diagnostics.iter().filter(|d| d.severity() == severity);
    same.count()
}

fn summary(intake: &PlanIntake, diagnostics: &[Diagnostic], simulation: bool) -> String {
    let sum = |pick: fn(&PlanFileOutcome) -> usize| intake.files.iter().map(pick).sum::<usize>();
    let errors = severity(diagnostics, Severity::Error);
    let warnings = severity(diagnostics, Severity::Warning);
    let end = if simulation {
        " Simulation : rien n’a été écrit."
    } else {
        ""
    };
    format!(
        "{} : {}, {} ; {}, {}.{end}",
        count(intake.files.len(), "classeur lu", "classeurs lus"),
        count(
            sum(|f| f.created.len()),
            "action nouvelle",
            "actions nouvelles"
        ),
        count(
            sum(|f| f.changed.len()),
            "action modifiée",
            "actions modifiées"
        ),
        count(errors, "erreur", "erreurs"),
        count(warnings, "alerte", "alertes"),
    )
}
