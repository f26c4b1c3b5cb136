//! `exporter`: the long table as stored, the registry, or what was folded of the answers.

use std::path::Path;

use clap::Args;

use super::choices::exported;
use super::done::Done;
use super::opening::open;
use super::table_output::TableOutput;
use crate::actions::exporter::{ExportOutcome, ExportRequest, Exported, export};
use crate::actions::exporter_echange::{ExchangeRequest, format_of, send_exchange};
use crate::base::error::{Error, Result};
use crate::base::text::{count, list};
use crate::campaign::OpenObservatory;

/// `exporter`.
#[derive(Args)]
pub(super) struct ExporterArgs {
    /// Ce qu’il faut exporter
    #[arg(value_parser = exported(), value_name = "TABLE", required_unless_present = "echange")]
    pub table: Option<Exported>,
    /// Ce qu’un échange de données accordé transmet, à la place de TABLE : ses seuls champs, un LISEZMOI, les empreintes
    #[arg(long, value_name = "E01", conflicts_with_all = ["table", "diffusable"])]
    pub echange: Option<String>,
    /// Avec --echange : ces champs de sa liste seulement
    #[arg(long, value_name = "CODE", value_delimiter = ',', requires = "echange")]
    pub champ: Vec<String>,
    /// Une seule campagne (par défaut : toutes)
    #[arg(long, value_name = "C")]
    pub campagne: Option<String>,
    /// Agrégats seulement : ce qui peut quitter le territoire pour le département, petits effectifs masqués
    #[arg(long)]
    pub diffusable: bool,
    /// Jour de la remise (--diffusable, --echange) ou des notices, AAAA-MM-JJ (par défaut : aujourd’hui)
    #[arg(long, value_name = "DATE")]
    pub date: Option<String>,
    /// Format and file.
    #[command(flatten)]
    pub output: TableOutput,
}

/// Runs the command.
pub(super) fn run(folder: Option<&Path>, args: &ExporterArgs) -> Result<Done> {
    let opened = open(folder)?;
    if let Some(exchange) = &args.echange {
        return sent(&opened, args, exchange);
    }
    let Some(table) = args.table else {
        return Err(Error::Usage("Dites ce qu’il faut exporter.".to_owned()));
    };
    let request = ExportRequest {
        exported: table,
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

/// What an exchange sends.
fn sent(opened: &OpenObservatory, args: &ExporterArgs, exchange: &str) -> Result<Done> {
    let out = &args.output.sortie;
    let request = ExchangeRequest {
        exchange: exchange.to_owned(),
        fields: args.champ.clone(),
        campaign: args.campagne.clone(),
        out: out.clone(),
        format: format_of(out.as_deref(), args.output.format),
        date: args.date.clone(),
    };
    let sent = send_exchange(opened, &request)?;
    let elsewhere = match sent.elsewhere.as_slice() {
        [] => String::new(),
        codes => format!(
            " Pas dans ces fichiers, puisque l’observatoire ne le tient pas : {}.",
            list(&codes.iter().map(String::as_str).collect::<Vec<_>>())
        ),
    };
    let paths = sent.files.iter().map(|path| path.display().to_string());
    Ok(Done {
        text: paths.collect::<Vec<_>>().join("\n"),
        result: serde_json::json!({
            "echange": exchange,
            "fichiers": sent.files,
            "lignes": sent.lines,
            "masquees": sent.hidden,
            "ailleurs": sent.elsewhere,
        }),
        summary: format!(
            "{}, dont {} ; transmission notée au journal.{elsewhere}",
            count(sent.lines, "ligne écrite", "lignes écrites"),
            count(sent.hidden, "chiffre masqué", "chiffres masqués"),
        ),
        diagnostics: sent.diagnostics,
        ..Done::default()
    })
}
