//! `exporter`: the long table as stored, the registry, or what was folded of the answers.

use std::path::{Path, PathBuf};

use clap::Args;

use super::choices::exported;
use super::done::Done;
use super::export_choices::{ExportFormat, export_format};
use super::opening::open;
use super::row_stream::Rows;
use super::table_output::TableOutput;
use crate::actions::exporter::{ExportOutcome, ExportRequest, Exported, export};
use crate::actions::exporter_echange::{ExchangeRequest, format_of, send_exchange};
use crate::actions::exporter_registre::write_register;
use crate::base::error::{Error, Result};
use crate::base::tabular::FileFormat;
use crate::base::text::{count, list};
use crate::campaign::{OpenObservatory, day_or_today};
use crate::exports;
use crate::intake::observations::Observations;

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
    /// Format ; plusieurs, séparés par des virgules, pour le registre
    #[arg(
        long,
        value_parser = export_format(),
        value_name = "csv,xlsx,parquet,json,docx,pdf",
        default_value = "csv",
        value_delimiter = ','
    )]
    pub format: Vec<ExportFormat>,
    /// Fichier à écrire (obligatoire pour xlsx, parquet, docx et pdf)
    #[arg(long, value_name = "FICHIER")]
    pub sortie: Option<PathBuf>,
    /// En CSV, laisse tel quel ce qu’un tableur prendrait pour une formule (=, +, -, @)
    #[arg(long)]
    pub brut: bool,
}

/// Runs the command.
pub(super) fn run(folder: Option<&Path>, args: &ExporterArgs, json: bool) -> Result<Done> {
    let opened = open(folder)?;
    if let Some(exchange) = &args.echange {
        return sent(&opened, args, exchange);
    }
    let Some(table) = args.table else {
        return Err(Error::Usage("Dites ce qu’il faut exporter.".to_owned()));
    };
    let [format] = args.format.as_slice() else {
        return every_format(&opened, args, table);
    };
    export_one(&opened, (args, json), table, *format, args.sortie.clone())
}

/// The register of treatments, in several formats, each beside the others under the same name.
fn every_format(opened: &OpenObservatory, args: &ExporterArgs, table: Exported) -> Result<Done> {
    let Some(out) = args.sortie.as_ref().filter(|_| table == Exported::Register) else {
        return Err(Error::Usage(
            "Plusieurs formats ne se demandent que pour « exporter registre », avec --sortie."
                .to_owned(),
        ));
    };
    let mut done = Done::default();
    let mut paths = Vec::new();
    for format in &args.format {
        let path = out.with_extension(format.extension());
        let one = export_one(opened, (args, false), table, *format, Some(path.clone()))?;
        done.diagnostics = one.diagnostics;
        paths.push(path);
    }
    let told = paths.iter().map(|path| path.display().to_string());
    done.text = told.collect::<Vec<_>>().join("\n");
    done.result = serde_json::json!({ "fichiers": paths });
    done.summary = format!(
        "{}.",
        count(paths.len(), "fichier écrit", "fichiers écrits")
    );
    Ok(done)
}

fn export_one(
    opened: &OpenObservatory,
    (args, json): (&ExporterArgs, bool),
    table: Exported,
    format: ExportFormat,
    sortie: Option<PathBuf>,
) -> Result<Done> {
    let format = match format {
        ExportFormat::Table(format) => format,
        ExportFormat::Document(format) if table == Exported::Register => {
            let day = day_or_today(args.date.as_deref())?;
            let file = write_register(opened, sortie.as_deref(), format, day)?;
            return Ok(Done {
                summary: format!("Registre des traitements écrit dans {}.", file.display()),
                result: serde_json::json!({ "fichiers": [file] }),
                ..Done::default()
            });
        }
        ExportFormat::Document(_) => {
            return Err(Error::Usage(
                "docx et pdf ne valent que pour « exporter registre ».".to_owned(),
            ));
        }
    };
    let output = TableOutput {
        format,
        sortie: sortie.clone(),
        brut: args.brut,
    };
    let request = ExportRequest {
        exported: table,
        campaign: args.campagne.clone(),
        out: sortie,
        released: args.diffusable,
        date: args.date.clone(),
    };
    match export(opened, &request)? {
        ExportOutcome::Table(table, diagnostics) => {
            let mut done = output.deliver(opened, table)?;
            done.diagnostics.splice(0..0, diagnostics);
            Ok(done)
        }
        ExportOutcome::Observations(all, diagnostics) => {
            let mut done = observations(opened, &output, json, all)?;
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
        ExportOutcome::Sql(sql) => match &output.sortie {
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

/// The long table, row by row where nobody asks for all of them at once.
fn observations(
    opened: &OpenObservatory,
    output: &TableOutput,
    json: bool,
    all: Observations,
) -> Result<Done> {
    if !output.streams() {
        output.format.holds(all.frame().height())?;
        return output.deliver(opened, exports::observations(&all)?);
    }
    let rows: Rows = Box::new(move |put| exports::each_observation(&all, put));
    let columns = exports::observation_headings();
    output.deliver_rows(opened, json, exports::OBSERVATIONS, (columns, rows))
}

/// What an exchange sends.
fn sent(opened: &OpenObservatory, args: &ExporterArgs, exchange: &str) -> Result<Done> {
    let out = &args.sortie;
    let request = ExchangeRequest {
        exchange: exchange.to_owned(),
        fields: args.champ.clone(),
        campaign: args.campagne.clone(),
        out: out.clone(),
        format: format_of(out.as_deref(), table_format(&args.format)?),
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

/// The one format of tables that is asked for.
fn table_format(formats: &[ExportFormat]) -> Result<FileFormat> {
    match formats {
        [ExportFormat::Table(format)] => Ok(*format),
        _ => Err(Error::Usage(
            "exporter --echange écrit un seul fichier, en csv, xlsx, parquet ou json.".to_owned(),
        )),
    }
}
