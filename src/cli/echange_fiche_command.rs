//! `echange fiche`: the study of an exchange of data.

use std::path::PathBuf;

use clap::Args;
use serde_json::json;

use super::choices::report_format;
use super::done::Done;
use crate::actions::echange_fiche::{StudyRequest, write_study};
use crate::base::error::Result;
use crate::base::text::count;
use crate::campaign::OpenObservatory;
use crate::reports::ReportFormat;

/// `echange fiche`.
#[derive(Args)]
pub(super) struct StudyArgs {
    /// Échange : E01
    #[arg(value_name = "ECHANGE")]
    pub echange: String,
    /// Formats, séparés par des virgules
    #[arg(
        long,
        value_parser = report_format(),
        value_name = "docx,pdf",
        default_value = "docx,pdf",
        value_delimiter = ','
    )]
    pub format: Vec<ReportFormat>,
    /// Dossier à écrire (par défaut : reports/ctg/echanges)
    #[arg(long, value_name = "DOSSIER")]
    pub sortie: Option<PathBuf>,
    /// Jour de l’édition, AAAA-MM-JJ (par défaut : aujourd’hui)
    #[arg(long, value_name = "DATE")]
    pub date: Option<String>,
}

/// Runs the command.
pub(super) fn run(opened: &OpenObservatory, args: &StudyArgs) -> Result<Done> {
    let written = write_study(
        opened,
        &StudyRequest {
            exchange: args.echange.clone(),
            formats: args.format.iter().copied().collect(),
            out: args.sortie.clone(),
            date: args.date.clone(),
        },
    )?;
    let paths = written.iter().map(|path| path.display().to_string());
    Ok(Done {
        text: paths.collect::<Vec<_>>().join("\n"),
        result: json!({ "fichiers": written }),
        summary: format!(
            "{} : à compléter, puis à porter au registre (ctg/echanges.toml).",
            count(written.len(), "fichier écrit", "fichiers écrits")
        ),
        ..Done::default()
    })
}
