//! `plan proposer`: actions drafted from a campaign.

use super::arguments::ProposeArgs;
use super::{day, short};
use crate::base::error::Result;
use crate::base::text::{count, date_short};
use crate::cli::Done;
use crate::cli::output::aligned;
use crate::cli::picture::Picture;
use crate::cli::session::Session;
use crate::decide::plans::{Action, Plans, Word, actions_table};
use crate::vocabulary::config::Campaign;

/// Runs the command.
pub fn run(session: &Session, args: &ProposeArgs) -> Result<Done> {
    let day = day(args.date.as_ref())?;
    let campaign = session.observatory.campaign(args.campagne.as_deref())?;
    let mut proposed = Picture::of(session, campaign)?.proposals;
    if let Some(code) = &args.structure {
        let site = &session.structure(code)?.code;
        proposed.retain(|a| a.structure == *site);
    }
    let total = proposed.len();
    let root = &session.observatory.root;
    let new: Vec<Action> = if args.simulation {
        session
            .plans
            .missing(&proposed)
            .into_iter()
            .cloned()
            .collect()
    } else {
        let kept = Plans::add(root, &proposed, campaign, &day)?;
        let plans = Plans::load(root, &session.observatory.settings.campaigns)?;
        kept.iter()
            .filter_map(|id| plans.get(id).cloned())
            .collect()
    };
    let rows: Vec<Vec<String>> = new.iter().map(row).collect();
    let headers = ["Action", "Critère", "Priorité", "Constat", "Échéance"];
    Ok(Done {
        text: aligned(&headers, &rows),
        result: actions_table(&new, &day).json(),
        summary: summary(new.len(), total, campaign, args.simulation),
        ..Done::default()
    })
}

fn row(action: &Action) -> Vec<String> {
    vec![
        action.id.clone(),
        action.criteres.join(", "),
        action.priorite.label().to_owned(),
        short(&action.constat, 90),
        date_short(&action.echeance),
    ]
}

fn summary(new: usize, total: usize, campaign: &Campaign, simulation: bool) -> String {
    let what = |n| count(n, "action", "actions");
    let agreed = |n: usize, one: &str, many: &str| {
        if n < 2 {
            one.to_owned()
        } else {
            many.to_owned()
        }
    };
    let already = match total - new {
        0 => String::new(),
        n => format!(
            " {} sur le même critère : {}.",
            agreed(n, "Une autre existait déjà", "D’autres existaient déjà"),
            agreed(n, "laissée telle quelle", "laissées telles quelles")
        ),
    };
    let done = match (simulation, new) {
        (true, n) => format!(
            "{} à ajouter pour {}. Simulation : rien n’a été écrit.",
            what(n),
            campaign.id
        ),
        (false, 0) => format!("Aucune action à ajouter pour {}.", campaign.id),
        (false, n) => format!(
            "{} {} pour {}. Suite : observatoire plan exporter --sortie plan.xlsx.",
            what(n),
            agreed(n, "proposée", "proposées"),
            campaign.id
        ),
    };
    format!("{done}{already}")
}
