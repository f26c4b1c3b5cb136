//! `plan historique`: every change of an action.

use clap::Args;

use super::aligned::aligned;
use super::done::Done;
use crate::actions::plan_historique::{HistoryRequest, changes};
use crate::base::error::Result;
use crate::base::text::{count, date_short, short};
use crate::campaign::OpenObservatory;
use crate::decide::plans::{ActionChange, Holds};

/// `plan historique`.
#[derive(Args)]
pub(super) struct HistoryArgs {
    /// Identifiant de l’action, par exemple R01-C1-02
    #[arg(value_name = "ID")]
    pub id: String,
}

/// Runs the command.
pub(super) fn run(opened: &OpenObservatory, args: &HistoryArgs) -> Result<Done> {
    let request = HistoryRequest {
        id: args.id.clone(),
    };
    let outcome = changes(opened, &request)?;
    let changes = &outcome.changes;
    let rows: Vec<Vec<String>> = changes.iter().map(row).collect();
    let headers = ["Le", "Par", "Fichier", "Champ", "Avant", "Après"];
    Ok(Done {
        text: aligned(&headers, &rows),
        result: serde_json::json!({ "action": outcome.action, "changements": changes }),
        summary: format!(
            "{} : {}, du plus ancien au plus récent.",
            outcome.action,
            count(changes.len(), "changement", "changements")
        ),
        ..Done::default()
    })
}

fn row(change: &ActionChange) -> Vec<String> {
    vec![
        change.date.short(),
        change.entree.clone(),
        short(&change.fichier, 36),
        change.champ.heading().to_owned(),
        shown(change, &change.avant),
        shown(change, &change.apres),
    ]
}

fn shown(change: &ActionChange, text: &str) -> String {
    match (text, change.champ.holds()) {
        ("", _) => "–".to_owned(),
        (day, Holds::Date) => date_short(day),
        (text, _) => short(text, 48),
    }
}
