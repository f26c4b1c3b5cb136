//! `plan lister`, and `plan` alone.

use clap::Args;

use super::aligned::aligned;
use super::choices::status;
use super::done::Done;
use crate::actions::plan_lister::{ActionsOutcome, ActionsRequest, list};
use crate::base::day::{Day, short_day};
use crate::base::error::Result;
use crate::base::text::{count, short};
use crate::campaign::OpenObservatory;
use crate::decide::plans::{Action, Status, Word};

/// `plan lister`.
#[derive(Args)]
pub(super) struct ListArgs {
    /// Un seul accueil
    #[arg(long, value_name = "CODE")]
    pub structure: Option<String>,
    /// Un seul statut : « à lancer », « en cours », « réalisée », « abandonnée »
    #[arg(long, value_name = "STATUT", value_parser = status)]
    pub statut: Option<Status>,
    /// Seulement ce qui est en retard
    #[arg(long)]
    pub retard: bool,
    /// Jour où l’on regarde, AAAA-MM-JJ (par défaut : aujourd’hui)
    #[arg(long, value_name = "DATE")]
    pub date: Option<String>,
}

impl ListArgs {
    /// Whether any filter was given.
    pub(super) fn is_set(&self) -> bool {
        self.structure.is_some() || self.statut.is_some() || self.retard || self.date.is_some()
    }
}

const HEADERS: [&str; 7] = [
    "Action",
    "Critères",
    "Priorité",
    "Ce qui est prévu",
    "Responsable",
    "Échéance",
    "Statut",
];

/// Runs the command.
pub(super) fn run(opened: &OpenObservatory, args: &ListArgs) -> Result<Done> {
    let request = ActionsRequest {
        structure: args.structure.clone(),
        status: args.statut,
        late: args.retard,
        date: args.date.clone(),
        ..ActionsRequest::default()
    };
    let outcome = list(opened, &request)?;
    let actions = outcome.actions.iter();
    let rows: Vec<Vec<String>> = actions.map(|a| row(a, outcome.day)).collect();
    Ok(Done {
        text: if rows.is_empty() {
            "Aucune action.".to_owned()
        } else {
            aligned(&HEADERS, &rows)
        },
        result: outcome.table().json(),
        summary: closing_line(&outcome),
        ..Done::default()
    })
}

fn row(action: &Action, day: Day) -> Vec<String> {
    let status = action.status_word(day);
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
        short_day(action.echeance),
        shown,
    ]
}

/// « 12 actions au 15/12/2026 : 3 à lancer, 4 en cours, 4 réalisées, 1 abandonnée ; 2 en retard. »
fn closing_line(outcome: &ActionsOutcome) -> String {
    let counts = &outcome.counts;
    let advice = if outcome.nothing_yet {
        " Pour commencer : observatoire plan proposer --campagne C1."
    } else {
        ""
    };
    format!(
        "{} au {} : {} à lancer, {} en cours, {}, {} ; {} en retard.{advice}",
        count(counts.issued, "action", "actions"),
        outcome.day.short(),
        counts.to_launch,
        counts.running,
        agreed(counts.done, "réalisée"),
        agreed(counts.abandoned, "abandonnée"),
        counts.late
    )
}

fn agreed(n: usize, word: &str) -> String {
    format!("{n} {word}{}", if n > 1 { "s" } else { "" })
}
