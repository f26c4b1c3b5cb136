//! `demo`: the main job on the fictitious example, from raw files to the index page.

use std::path::PathBuf;
use std::time::Instant;

use clap::Args;

use super::done::Done;
use super::importer_command::closing_line;
use super::terminal_progress::TerminalProgress;
use crate::actions::demo::{DemoOutcome, DemoRequest, run_example};
use crate::base::error::Result;
use crate::base::text::{count, decimals};

/// `demo`.
#[derive(Args)]
pub(super) struct DemoArgs {
    /// Dossier à créer
    #[arg(value_name = "DOSSIER", default_value = "demo")]
    pub dir: PathBuf,
}

/// Runs the command.
pub(super) fn run(args: &DemoArgs) -> Result<Done> {
    let start = Instant::now();
    let request = DemoRequest {
        dir: args.dir.clone(),
    };
    let outcome = run_example(&request, &TerminalProgress::default())?;
    let seconds = start.elapsed().as_secs_f64();
    Ok(Done {
        text: lines(&outcome).join("\n"),
        result: serde_json::json!({
            "accueil": outcome.reports.index,
            "rapports": outcome.reports.reports,
        }),
        diagnostics: outcome.diagnostics,
        summary: format!("Terminé en {} s.", decimals(seconds, 1)),
        ..Done::default()
    })
}

fn lines(outcome: &DemoOutcome) -> Vec<String> {
    let mut lines = vec![
        "DONNÉES FICTIVES : aucun de ces accueils n’existe.".to_owned(),
        String::new(),
    ];
    let imports = outcome.imports.iter();
    lines.extend(imports.map(|i| format!("{} · {}", i.campaign, closing_line(i))));
    lines.push(evolution(outcome));
    lines.push(plans(outcome));
    let reports = &outcome.reports;
    lines.push(format!(
        "{} en {}.",
        count(reports.reports, "rapport écrit", "rapports écrits"),
        count(reports.files, "fichier", "fichiers")
    ));
    lines.push(String::new());
    lines.push(format!("Ouvrez {}", reports.index.display()));
    lines
}

/// One line on the two campaigns.
fn evolution(outcome: &DemoOutcome) -> String {
    outcome.panel.as_ref().map_or_else(String::new, |panel| {
        format!(
            "{} → {} : {} suivis, {}, {}.",
            panel.first,
            panel.last,
            count(panel.followed, "accueil", "accueils"),
            count(panel.entries, "entrée", "entrées"),
            count(panel.exits, "sortie", "sorties")
        )
    })
}

/// One line on the plans.
fn plans(outcome: &DemoOutcome) -> String {
    let counts = &outcome.actions;
    format!(
        "Plans d’amélioration : {}, {} ({}), {}.",
        count(counts.issued, "action", "actions"),
        count(counts.done, "réalisée", "réalisées"),
        count(counts.late, "en retard", "en retard"),
        count(
            outcome.integrated,
            "recommandation intégrée à un projet",
            "recommandations intégrées à un projet"
        )
    )
}
