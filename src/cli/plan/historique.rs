//! `plan historique`: every change of an action.

use super::arguments::HistoryArgs;
use super::short;
use crate::base::error::{Error, Result};
use crate::base::text::{count, date_short, suggest};
use crate::cli::Done;
use crate::cli::output::aligned;
use crate::cli::session::Session;
use crate::decide::plans::{Change, Holds};

/// Runs the command.
pub fn run(session: &Session, args: &HistoryArgs) -> Result<Done> {
    let plans = &session.plans;
    let Some(action) = plans.get(&args.id) else {
        let ids = plans.actions.iter().map(|a| a.id.as_str());
        let hint = suggest(&args.id.to_uppercase(), ids).question();
        let id = &args.id;
        return Err(Error::Usage(format!(
            "L’action « {id} » n’existe pas dans le plan.{hint}"
        )));
    };
    let changes = plans.history(&action.id);
    let rows: Vec<Vec<String>> = changes.iter().map(row).collect();
    let headers = ["Le", "Par", "Fichier", "Champ", "Avant", "Après"];
    Ok(Done {
        text: aligned(&headers, &rows),
        result: serde_json::json!({ "action": action.id, "changements": changes }),
        summary: format!(
            "{} : {}, du plus ancien au plus récent.",
            action.id,
            count(changes.len(), "changement", "changements")
        ),
        ..Done::default()
    })
}

fn row(change: &Change) -> Vec<String> {
    let shown = |text: &str| match (text, change.champ.holds()) {
        ("", _) => "–".to_owned(),
        (day, Holds::Date) => date_short(day),
        (text, _) => short(text, 48),
    };
    vec![
        date_short(&change.date),
        change.entree.clone(),
        short(&change.fichier, 36),
        change.champ.heading().to_owned(),
        shown(&change.avant),
        shown(&change.apres),
    ]
}
