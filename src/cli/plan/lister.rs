//! `plan lister`, and `plan` alone.

use super::arguments::ListArgs;
use super::{day, short};
use crate::base::error::Result;
use crate::base::text::{count, date_short};
use crate::cli::Done;
use crate::cli::output::aligned;
use crate::cli::session::Session;
use crate::decide::plans::{Action, ActionCounts, Word, actions_table};

/// Runs the command.
pub fn run(session: &Session, args: &ListArgs) -> Result<Done> {
    let day = day(args.date.as_ref())?;
    let structure = match &args.structure {
        Some(code) => Some(session.structure(code)?.code.as_str()),
        None => None,
    };
    let wanted = |a: &&Action| {
        let status = args.statut.is_none_or(|s| a.status_at(&day) == s);
        status && (!args.retard || a.late(&day))
    };
    let actions: Vec<&Action> = session.plans.of(structure).filter(wanted).collect();
    let rows: Vec<Vec<String>> = actions.iter().map(|a| row(a, &day)).collect();
    let headers = [
        "Action",
        "Critères",
        "Priorité",
        "Ce qui est prévu",
        "Responsable",
        "Échéance",
        "Statut",
    ];
    let text = if rows.is_empty() {
        "Aucune action.".to_owned()
    } else {
        aligned(&headers, &rows)
    };
    let advice = if session.plans.actions.is_empty() {
        " Pour commencer : observatoire plan proposer --campagne C1."
    } else {
        ""
    };
    Ok(Done {
        text,
        result: actions_table(actions.iter().copied(), &day).json(),
        summary: format!("{}{advice}", summary(&actions, &day)),
        ..Done::default()
    })
}

fn row(action: &Action, day: &str) -> Vec<String> {
    let status = action.status_at(day).label();
    let shown = if action.late(day) {
        format!("{status} · EN RETARD")
    } else {
        status.to_owned()
    };
    let what = if action.action.is_empty() {
        &action.constat
    } else {
        &action.action
    };
    vec![
        action.id.clone(),
        action.criteres.join(", "),
        action.priorite.label().to_owned(),
        short(what, 60),
        short(&action.responsable, 24),
        date_short(&action.echeance),
        shown,
    ]
}

/// « 12 actions au 15/12/2026 : 3 à lancer, 4 en cours, 4 réalisées, 1 abandonnée ; 2 en retard. »
fn summary(actions: &[&Action], day: &str) -> String {
    let mut counts = ActionCounts::default();
    for action in actions {
        counts.add(action, day);
    }
    let agreed = |n: usize, one: &str| format!("{n} {one}{}", if n > 1 { "s" } else { "" });
    format!(
        "{} au {} : {} à lancer, {} en cours, {}, {} ; {} en retard.",
        count(counts.issued, "action", "actions"),
        date_short(day),
        counts.to_launch,
        counts.running,
        agreed(counts.done, "réalisée"),
        agreed(counts.abandoned, "abandonnée"),
        counts.late
    )
}
