//! `plan suivi`: the quarterly follow-up.

use std::path::Path;

use clap::Args;

use super::aligned::aligned;
use super::choices::quarter;
use super::done::Done;
use super::table_output::TableOutput;
use crate::actions::plan_suivi::{
    QuarterStanding, QuartersOutcome, QuartersRequest, follow, sheets,
};
use crate::base::error::Result;
use crate::base::tabular::FileFormat;
use crate::base::text::percent;
use crate::campaign::OpenObservatory;
use crate::decide::plans::Quarter;
use crate::exports::{PeopleBook, PeopleTable};

/// `plan suivi`.
#[derive(Args)]
pub(super) struct FollowUpArgs {
    /// Dernier trimestre à montrer, AAAA-Tn (par défaut : celui du jour)
    #[arg(long, value_name = "2026-T4", value_parser = quarter)]
    pub trimestre: Option<Quarter>,
    /// Jour où l’on regarde, AAAA-MM-JJ (par défaut : aujourd’hui)
    #[arg(long, value_name = "DATE")]
    pub date: Option<String>,
    /// Format and file.
    #[command(flatten)]
    pub table: TableOutput,
}

const HEADERS: [&str; 10] = [
    "Trimestre",
    "Vu au",
    "Émises",
    "À lancer",
    "En cours",
    "Réalisées",
    "Abandonnées",
    "En retard",
    "Réalisées à temps",
    "Recommandations intégrées",
];

/// Runs the command.
pub(super) fn run(opened: &OpenObservatory, args: &FollowUpArgs) -> Result<Done> {
    let request = QuartersRequest {
        until: args.trimestre,
        date: args.date.clone(),
    };
    let outcome = follow(opened, &request)?;
    let mut done = match (&args.table.sortie, args.table.format) {
        (Some(path), FileFormat::Xlsx) => in_workbook(opened, &outcome, path)?,
        (None, FileFormat::Csv) => Done {
            result: outcome.by_structure.json(),
            ..Done::default()
        },
        _ => args.table.deliver(opened, outcome.by_structure.clone())?,
    };
    if done.bytes.is_none() {
        let rows: Vec<Vec<String>> = outcome.quarters.iter().map(row).collect();
        done.text = aligned(&HEADERS, &rows);
        done.summary = outcome.left_out().unwrap_or_default();
    }
    Ok(done)
}

fn in_workbook(opened: &OpenObservatory, outcome: &QuartersOutcome, path: &Path) -> Result<Done> {
    let book = sheets(opened, outcome)?;
    let file = opened.destination(path)?;
    let sheets: Vec<PeopleTable> = book.sheets.into_iter().map(PeopleTable::from).collect();
    file.write(&PeopleBook::of(&opened.observatory).write(&sheets)?)?;
    Ok(Done {
        result: outcome.by_structure.json(),
        summary: format!("Suivi écrit dans {}.", file.told()),
        diagnostics: book.diagnostics,
        ..Done::default()
    })
}

/// The territory at a quarter.
fn row(standing: &QuarterStanding) -> Vec<String> {
    let (counts, in_time) = (&standing.counts, &standing.in_time);
    vec![
        standing.quarter.label(),
        standing.day.short(),
        counts.issued.to_string(),
        counts.to_launch.to_string(),
        counts.running.to_string(),
        counts.done.to_string(),
        counts.abandoned.to_string(),
        counts.late.to_string(),
        share(in_time.closed, in_time.due, in_time.share()),
        share(
            standing.integrated,
            standing.issued,
            standing.integrated_share,
        ),
    ]
}

fn share(n: usize, total: usize, share: Option<f64>) -> String {
    match share {
        Some(share) => format!("{n} sur {total} ({})", percent(share)),
        None => "–".to_owned(),
    }
}
