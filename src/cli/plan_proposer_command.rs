//! `plan proposer`: actions drafted from a campaign.

use clap::Args;

use super::aligned::aligned;
use super::done::Done;
use crate::actions::plan_proposer::{ProposeOutcome, ProposeRequest, propose};
use crate::base::day::short_day;
use crate::base::error::Result;
use crate::base::text::{count, short};
use crate::campaign::OpenObservatory;
use crate::decide::plans::{Action, Word};

/// `plan proposer`.
#[derive(Args)]
pub(super) struct ProposeArgs {
    /// Campagne dont partent les actions (par défaut : la plus récente)
    #[arg(long, value_name = "C")]
    pub campagne: Option<String>,
    /// Un seul accueil
    #[arg(long, value_name = "CODE")]
    pub structure: Option<String>,
    /// Montre ce qui serait ajouté, sans rien changer
    #[arg(long)]
    pub simulation: bool,
    /// Jour de la proposition, AAAA-MM-JJ (par défaut : aujourd’hui)
    #[arg(long, value_name = "DATE")]
    pub date: Option<String>,
}

/// Runs the command.
pub(super) fn run(opened: &OpenObservatory, args: &ProposeArgs) -> Result<Done> {
    let request = ProposeRequest {
        campaign: args.campagne.clone(),
        structure: args.structure.clone(),
        simulation: args.simulation,
        date: args.date.clone(),
    };
    let outcome = propose(opened, &request)?;
    let rows: Vec<Vec<String>> = outcome.added.iter().map(row).collect();
    let headers = ["Action", "Critère", "Priorité", "Constat", "Échéance"];
    Ok(Done {
        text: aligned(&headers, &rows),
        result: outcome.table().json(),
        summary: format!(
            "{}{}{}",
            added(&outcome),
            left_alone(outcome.existing),
            closed(&outcome)
        ),
        ..Done::default()
    })
}

fn row(action: &Action) -> Vec<String> {
    vec![
        action.id.clone(),
        action.criteres.join(", "),
        action.priorite.label().to_owned(),
        short(&action.constat, 90),
        short_day(action.echeance),
    ]
}

fn added(outcome: &ProposeOutcome) -> String {
    let campaign = &outcome.campaign;
    let n = outcome.added.len();
    let what = count(n, "action", "actions");
    match (outcome.simulation, n) {
        (true, _) => {
            format!("{what} à ajouter pour {campaign}. Simulation : rien n’a été écrit.")
        }
        (false, 0) => format!("Aucune action à ajouter pour {campaign}."),
        (false, _) => {
            let proposed = if n < 2 { "proposée" } else { "proposées" };
            format!(
                "{what} {proposed} pour {campaign}. Suite : observatoire plan exporter --sortie plan.xlsx."
            )
        }
    }
}

/// « 2 actions closes : leur critère est atteint à C2 (R01-C1-01, R02-C1-03). »
fn closed(outcome: &ProposeOutcome) -> String {
    let ids = &outcome.closed;
    let verb = match (outcome.simulation, ids.len()) {
        (_, 0) => return String::new(),
        (true, 1) => "serait close",
        (true, _) => "seraient closes",
        (false, 1) => "est close",
        (false, _) => "sont closes",
    };
    format!(
        " {} d’une campagne précédente {verb} : {} à {} ({}).",
        count(ids.len(), "action", "actions"),
        if ids.len() == 1 {
            "ses critères sont atteints"
        } else {
            "leurs critères sont atteints"
        },
        outcome.campaign,
        ids.join(", ")
    )
}

fn left_alone(existing: usize) -> &'static str {
    match existing {
        0 => "",
        1 => " Une autre existait déjà sur le même critère : laissée telle quelle.",
        _ => " D’autres existaient déjà sur le même critère : laissées telles quelles.",
    }
}
