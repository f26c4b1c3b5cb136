//! `puissance`: which changes a collection would show.

use std::path::Path;

use clap::Args;
use serde_json::json;

use super::aligned::aligned;
use super::done::Done;
use super::opening::open;
use crate::actions::puissance::{PowerOutcome, PowerRequest, foresee};
use crate::base::error::Result;
use crate::base::text::decimals;
use crate::wording::power_words;

/// `puissance`.
#[derive(Args)]
pub(super) struct PuissanceArgs {
    /// Campagne, pour sa version du référentiel et ses accueils (par défaut : la plus récente)
    #[arg(long, value_name = "C")]
    pub campagne: Option<String>,
    /// Accueils visités (par défaut : ceux de la campagne)
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..))]
    pub accueils: Option<u16>,
    /// Accueils visités une seconde fois
    #[arg(long, value_name = "K", default_value_t = 0)]
    pub secondes_visites: u16,
    /// Familles qui répondent dans un accueil (par défaut : comme à la dernière campagne, sinon 20)
    #[arg(long, value_name = "N")]
    pub familles: Option<u16>,
    /// Membres de l’équipe qui répondent dans un accueil (par défaut : comme à la dernière campagne, sinon 5)
    #[arg(long, value_name = "N")]
    pub equipe: Option<u16>,
}

/// Runs the command.
pub(super) fn run(folder: Option<&Path>, args: &PuissanceArgs) -> Result<Done> {
    let opened = open(folder)?;
    let request = PowerRequest {
        campaign: args.campagne.clone(),
        centres: args.accueils.map(usize::from),
        second_visits: usize::from(args.secondes_visites),
        families: args.familles.map(usize::from),
        staff: args.equipe.map(usize::from),
    };
    let outcome = foresee(&opened, &request)?;
    Ok(Done {
        text: printed(&outcome),
        result: as_json(&outcome),
        diagnostics: opened.shared_remarks(),
        ..Done::default()
    })
}

fn printed(outcome: &PowerOutcome) -> String {
    let rows: Vec<Vec<String>> = outcome
        .power
        .lines
        .iter()
        .map(|line| {
            vec![
                power_words::subject(line.subject),
                power_words::change(line, line.likely),
                power_words::change(line, line.firm),
                decimals(line.error, 2),
            ]
        })
        .collect();
    let table = aligned(
        &[
            "Ce que l’on suit",
            "plutôt en hausse",
            "en hausse",
            "erreur type",
        ],
        &rows,
    );
    let mut said = vec![
        format!(
            "Ce que la campagne {} permettrait de voir, d’elle à la suivante\n",
            outcome.campaign
        ),
        power_words::design(outcome.design),
        power_words::errors_from(outcome.measured_in.as_deref()),
        String::from("\nPlus petit vrai changement que l’on verrait :\n"),
        table,
        power_words::seen(outcome.mic),
        String::new(),
    ];
    said.extend(power_words::advice(&outcome.power, outcome.design));
    said.join("\n")
}

fn as_json(outcome: &PowerOutcome) -> serde_json::Value {
    let design = outcome.design;
    let lines = outcome.power.lines.iter().map(|line| {
        json!({
            "suivi": power_words::subject(line.subject),
            "erreur_type": line.error,
            "plutot_en_hausse": line.likely,
            "en_hausse": line.firm,
        })
    });
    json!({
        "campagne": outcome.campaign,
        "accueils": design.centres,
        "secondes_visites": design.second_visits,
        "familles": design.families,
        "equipe": design.staff,
        "erreur_mesuree_dans": outcome.measured_in,
        "secondes_visites_conseillees": outcome.power.recommended,
        "lignes": lines.collect::<Vec<_>>(),
        "conseils": power_words::advice(&outcome.power, design),
    })
}
