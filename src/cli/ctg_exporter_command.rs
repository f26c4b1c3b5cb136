//! `ctg exporter`: the workbook of the follow-up.

use std::path::PathBuf;

use clap::Args;
use serde_json::json;

use super::done::Done;
use crate::actions::ctg_exporter::{SuiviBookRequest, write_book};
use crate::base::error::Result;
use crate::base::text::count;
use crate::campaign::OpenObservatory;

/// `ctg exporter`.
#[derive(Args)]
pub(super) struct SuiviExportArgs {
    /// Classeur à écrire
    #[arg(long, value_name = "FICHIER")]
    pub sortie: PathBuf,
    /// Seulement ce qui concerne une fiche
    #[arg(long, value_name = "CODE")]
    pub fiche: Option<String>,
    /// « partenaire » : la part de qui porte la fiche, à lui envoyer (ni présences, ni fonctions, ni propos)
    #[arg(long, value_name = "PUBLIC", value_parser = ["partenaire"], requires = "fiche")]
    pub public: Option<String>,
    /// Suivi tel qu’il était connu ce jour-là, AAAA-MM-JJ (par défaut : tel qu’il est)
    #[arg(long, value_name = "DATE")]
    pub date: Option<String>,
}

/// Runs the command.
pub(super) fn run(opened: &OpenObservatory, args: &SuiviExportArgs) -> Result<Done> {
    let request = SuiviBookRequest {
        fiche: args.fiche.clone(),
        is_for_partner: args.public.is_some(),
        out: args.sortie.clone(),
        date: args.date.clone(),
    };
    let outcome = write_book(opened, &request)?;
    let replaced = if outcome.replaced { " (remplacé)" } else { "" };
    let summary = format!(
        "{} dans {}{replaced} ; {} à compléter.",
        count(outcome.lines, "ligne écrite", "lignes écrites"),
        outcome.file.display(),
        count(outcome.missing, "chose", "choses")
    );
    Ok(Done {
        result: json!({
            "fichier": outcome.file,
            "lignes": outcome.lines,
            "a_completer": outcome.missing,
            "etat": outcome.version,
        }),
        diagnostics: outcome.diagnostics,
        summary,
        ..Done::default()
    })
}
