//! `ctg poche`: what is to be typed again in « CTG dans ma poche ».

use std::fmt::Write;

use clap::Args;
use serde_json::json;

use super::done::Done;
use crate::actions::ctg_poche::{PocketOutcome, PocketRequest, list_pocket};
use crate::base::error::Result;
use crate::base::text::count;
use crate::campaign::OpenObservatory;

/// `ctg poche`.
#[derive(Args)]
pub(super) struct PocketArgs {
    /// Depuis la fin de ce jour, AAAA-MM-JJ (par défaut : depuis la dernière fois)
    #[arg(long, value_name = "DATE")]
    pub depuis: Option<String>,
    /// Montre sans retenir que c’est donné
    #[arg(long)]
    pub simulation: bool,
}

/// Runs the command.
pub(super) fn run(opened: &OpenObservatory, args: &PocketArgs) -> Result<Done> {
    let outcome = list_pocket(
        opened,
        &PocketRequest {
            since: args.depuis.clone(),
            simulation: args.simulation,
            seen: None,
        },
    )?;
    let end = if args.simulation {
        " Simulation : la prochaine fois les redonnera."
    } else {
        ""
    };
    Ok(Done {
        text: text(&outcome),
        result: json!({
            "depuis": outcome.since,
            "cases": outcome.lines.iter().map(|l| json!({
                "fiche": l.fiche,
                "action": l.id,
                "intitule": l.action,
                "colonne": l.column,
                "avant": l.before,
                "apres": l.after,
                "nouvelle": l.is_new,
            })).collect::<Vec<_>>(),
        }),
        summary: format!(
            "{} à ressaisir dans « CTG dans ma poche », {}.{end}",
            count(outcome.lines.len(), "case", "cases"),
            outcome.since
        ),
        diagnostics: outcome.diagnostics,
        ..Done::default()
    })
}

/// Fiche after fiche, action after action, what to type.
fn text(outcome: &PocketOutcome) -> String {
    let mut text = String::new();
    let (mut fiche, mut action) = (None, None);
    for line in &outcome.lines {
        if fiche != Some(&line.fiche) {
            _ = writeln!(text, "\n{}", line.fiche);
            (fiche, action) = (Some(&line.fiche), None);
        }
        if action != Some(&line.id) {
            let new = if line.is_new { " (nouvelle)" } else { "" };
            _ = writeln!(text, "  {} {}{new}", line.id, line.action);
            action = Some(&line.id);
        }
        let after = if line.after.is_empty() {
            "(vide)"
        } else {
            &line.after
        };
        let before = if line.before.is_empty() || line.is_new {
            String::new()
        } else {
            format!(" (était : {})", line.before)
        };
        _ = writeln!(text, "    {} : {after}{before}", line.column);
    }
    text.trim().to_owned()
}
