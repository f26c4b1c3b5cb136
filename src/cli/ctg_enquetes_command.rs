//! `ctg enquetes`: responses to small questionnaires, import after import.

use clap::Args;
use serde_json::json;

use super::aligned::aligned;
use super::done::Done;
use crate::actions::ctg_enquetes::list_surveys;
use crate::base::error::Result;
use crate::base::text::count;
use crate::campaign::OpenObservatory;

/// `ctg enquetes`.
#[derive(Args)]
pub(super) struct SurveysArgs {
    /// Annule un import de réponses : il ne compte plus, et reste dans l’historique
    #[arg(long, value_name = "IMPORT")]
    pub annuler: Option<String>,
}

/// Runs the command.
pub(super) fn run(opened: &OpenObservatory, args: &SurveysArgs) -> Result<Done> {
    let outcome = list_surveys(opened, args.annuler.as_deref())?;
    let rows = outcome.imports.iter().map(|i| {
        let responses = i
            .responses
            .map_or_else(|| "en nombres".to_owned(), |n| n.to_string());
        let state = i
            .cancelled
            .map_or_else(String::new, |day| format!("annulé le {}", day.short()));
        vec![
            i.id.clone(),
            i.date.short(),
            i.survey.clone(),
            i.file.clone(),
            responses,
            state,
        ]
    });
    let rows: Vec<Vec<String>> = rows.collect();
    let surveys: Vec<String> = outcome
        .surveys
        .iter()
        .map(|s| {
            format!(
                "{} : {}, {}",
                s.code,
                s.title,
                count(s.items.len(), "question", "questions")
            )
        })
        .collect();
    let mut text = surveys.join("\n");
    if !rows.is_empty() {
        text = format!(
            "{text}\n\n{}",
            aligned(
                &["Import", "Le", "Enquête", "Fichier", "Réponses", ""],
                &rows
            )
        );
    }
    let imports = outcome.imports.iter().map(|i| {
        json!({
            "import": i.id, "date": i.date, "enquete": i.survey, "fichier": i.file,
            "reponses": i.responses, "annule_le": i.cancelled,
        })
    });
    let codes: Vec<&str> = outcome.surveys.iter().map(|s| s.code.as_str()).collect();
    let summary = match &outcome.cancelled {
        Some(id) => format!("{id} annulé : ses réponses ne comptent plus."),
        None => format!(
            "{}, {}.",
            count(codes.len(), "enquête", "enquêtes"),
            count(rows.len(), "import", "imports")
        ),
    };
    Ok(Done {
        result: json!({ "enquetes": codes, "imports": imports.collect::<Vec<_>>(), "annule": outcome.cancelled }),
        text,
        summary,
        ..Done::default()
    })
}
