//! `exporter`: the long table as stored, the registry, or what was folded of the answers.

use std::path::Path;

use clap::Args;

use super::choices::exported;
use super::done::Done;
use super::opening::open;
use super::table_output::TableOutput;
use crate::actions::exporter::{ExportOutcome, ExportRequest, Exported, export};
use crate::base::error::Result;
use crate::base::text::count;

/// `exporter`.
#[derive(Args)]
pub(super) struct ExporterArgs {
    /// Ce qu’il faut exporter
    #[arg(value_parser = exported(), value_name = "TABLE")]
    pub table: Exported,
    /// Une seule campagne (par défaut : toutes)
    #[arg(long, value_name = "C")]
    pub campagne: Option<String>,
    /// Agrégats seulement : ce qui peut quitter le territoire pour le département, petits effectifs masqués
    #[arg(long)]
    pub diffusable: bool,
    /// Jour de la remise (--diffusable) ou des notices, AAAA-MM-JJ (par défaut : aujourd’hui)
    #[arg(long, value_name = "DATE")]
    pub date: Option<String>,
    /// Format and file.
    #[command(flatten)]
    pub output: TableOutput,
}

/// Runs the command.
pub(super) fn run(folder: Option<&Path>, args: &ExporterArgs) -> Result<Done> {
    let opened = open(folder)?;
    let request = ExportRequest {
        exported: args.table,
        campaign: args.campagne.clone(),
        out: args.output.sortie.clone(),
        released: args.diffusable,
        date: args.date.clone(),
    };
    match export(&opened, &request)? {
        ExportOutcome::Table(table, diagnostics) => {
            let mut done = args.output.deliver(&opened, table)?;
            done.diagnostics.splice(0..0, diagnostics);
            Ok(done)
        }
        ExportOutcome::Files(written) => Ok(Done {
            summary: format!(
                "{} : relisez-les, complétez ce qui est entre crochets.",
                count(written.len(), "fichier écrit", "fichiers écrits")
            ),
            text: (written.iter())
                .map(|path| path.display().to_string())
                .collect::<Vec<_>>()
                .join("\n"),
            ..Done::default()
        }),
        ExportOutcome::Folder(written) => Ok(Done {
            summary: format!("Agrégats écrits dans {}.", written.folder.display()),
            diagnostics: vec![written.warning],
            ..Done::default()
        }),
        ExportOutcome::Sql(sql) => match &args.output.sortie {
            Some(path) => {
                let file = opened.destination(path)?;
                file.write(sql.as_bytes())?;
                Ok(Done {
                    summary: format!("Requêtes écrites dans {}.", file.told()),
                    ..Done::default()
                })
            }
            None => Ok(Done {
                bytes: Some(sql.into_bytes()),
                ..Done::default()
            }),
        },
    }
}
