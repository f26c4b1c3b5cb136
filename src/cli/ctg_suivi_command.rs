//! `ctg suivi`: a quarter on two pages.

use clap::Args;
use serde_json::json;

use super::ctg_document_args::CtgDocumentArgs;
use super::done::Done;
use crate::actions::ctg_suivi::{QuarterRequest, write_quarter};
use crate::base::error::Result;
use crate::base::text::count;
use crate::campaign::{CtgDelivered, OpenObservatory};
use crate::privacy::READ_AGAIN;

/// `ctg suivi`.
#[derive(Args)]
pub(super) struct QuarterArgs {
    /// Trimestre, 2026-T2 (par défaut : celui du jour)
    #[arg(long, value_name = "TRIMESTRE")]
    pub trimestre: Option<String>,
    /// Pour qui, comment, quand, où
    #[command(flatten)]
    pub document: CtgDocumentArgs,
}

/// Runs the command.
pub(super) fn run(opened: &OpenObservatory, args: &QuarterArgs) -> Result<Done> {
    let outcome = write_quarter(
        opened,
        &QuarterRequest {
            quarter: args.trimestre.clone(),
            audience: args.document.public,
            formats: args.document.formats(),
            date: args.document.date.clone(),
            out: args.document.sortie.clone(),
        },
    )?;
    let head = format!(
        "Suivi du {}, pour : {}, tel que connu au {}.",
        outcome.quarter,
        args.document.public.label(),
        outcome.day.short()
    );
    Ok(written(&outcome.delivered, &head, outcome.diagnostics))
}

/// What every document of the convention says once written.
pub(super) fn written(
    delivered: &CtgDelivered,
    head: &str,
    diagnostics: Vec<crate::base::diagnostics::Diagnostic>,
) -> Done {
    let mut lines = vec![head.to_owned()];
    lines.extend(delivered.files.iter().map(|f| f.display().to_string()));
    let told = [
        (
            delivered.hidden,
            "chiffre non diffusé à ce public",
            "chiffres non diffusés à ce public",
        ),
        (
            delivered.repeated,
            "chiffre repris d’une édition précédente",
            "chiffres repris d’une édition précédente",
        ),
    ];
    for (n, one, many) in told.into_iter().filter(|(n, ..)| *n > 0) {
        lines.push(format!("{}.", count(n, one, many)));
    }
    lines.extend(delivered.put.aside.iter().map(|name| {
        format!("Ce document avait été modifié à la main ; votre version est gardée sous le nom « {name} ».")
    }));
    lines.push(READ_AGAIN.to_owned());
    Done {
        text: lines.join("\n"),
        result: json!({
            "fichiers": delivered.files,
            "masques": delivered.hidden,
            "repris": delivered.repeated,
            "mis_de_cote": delivered.put.aside,
            "a_relire": READ_AGAIN,
        }),
        diagnostics,
        ..Done::default()
    }
}
