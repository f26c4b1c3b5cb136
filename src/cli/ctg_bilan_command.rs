//! `ctg bilan`: what was done, what changed, what comes next; with what people wrote.

use std::path::PathBuf;

use clap::Args;

use super::choices::{bilan_field, bilan_kind};
use super::ctg_document_args::CtgDocumentArgs;
use super::ctg_suivi_command::written;
use super::done::Done;
use crate::actions::ctg_bilan::{BilanOutcome, BilanRequest, write_bilan};
use crate::base::error::Result;
use crate::base::text::count;
use crate::campaign::OpenObservatory;
use crate::reports::BilanKind;

/// `ctg bilan`.
#[derive(Args)]
#[command(mut_arg("format", |format| format.default_value("docx,pdf")))]
pub(super) struct BilanArgs {
    /// Quel bilan
    #[arg(long = "type", value_parser = bilan_kind(), default_value = "final")]
    pub kind: BilanKind,
    /// Seulement les fiches de ce champ, pour le comité départemental des services aux familles
    #[arg(long, value_parser = bilan_field(), value_name = "CHAMP")]
    pub champ: Option<bool>,
    /// Pour qui, comment, quand, où
    #[command(flatten)]
    pub document: CtgDocumentArgs,
    /// Écrit aussi la convention qui pourrait suivre : fiches gardées, adaptées, ajoutées, et leurs valeurs de départ
    #[arg(long, value_name = "FICHIER")]
    pub prochaine_convention: Option<PathBuf>,
}

/// Runs the command.
pub(super) fn run(opened: &OpenObservatory, args: &BilanArgs) -> Result<Done> {
    let mut outcome = write_bilan(
        opened,
        &BilanRequest {
            kind: args.kind,
            early_childhood: args.champ.unwrap_or(false),
            audience: args.document.public,
            formats: args.document.formats(),
            date: args.document.date.clone(),
            out: args.document.sortie.clone(),
            next: args.prochaine_convention.clone(),
        },
    )?;
    let head = format!(
        "{}, pour : {}, tel que connu au {}.",
        args.kind.title(),
        args.document.public.label(),
        outcome.day.short()
    );
    let diagnostics = std::mem::take(&mut outcome.diagnostics);
    let mut done = written(&outcome.delivered, &head, diagnostics);
    done.text = format!("{}\n{}", done.text, told(&outcome));
    done.result["sections_completes"] = outcome.complete.into();
    done.result["a_completer"] = outcome.to_complete.clone().into();
    done.result["textes_poses"] = outcome.laid.clone().into();
    let next = outcome.next.as_ref().map(|p| p.display().to_string());
    done.result["prochaine_convention"] = next.into();
    Ok(done)
}

/// What is left to write, and where.
fn told(outcome: &BilanOutcome) -> String {
    let mut lines = Vec::new();
    if outcome.to_complete.is_empty() {
        lines.push("Toutes les parties à écrire le sont.".to_owned());
    } else {
        lines.push(format!(
            "{} ; à compléter :",
            count(outcome.complete, "section complète", "sections complètes")
        ));
        lines.extend(outcome.to_complete.iter().map(|file| format!("  {file}")));
        lines.push(
            "Ouvrez ces fichiers dans le Bloc-notes, écrivez, relancez la commande : ce que vous avez écrit reste.".to_owned(),
        );
    }
    if let Some(next) = &outcome.next {
        lines.push(format!(
            "Convention suivante, à relire : {}",
            next.display()
        ));
    }
    lines.join("\n")
}
