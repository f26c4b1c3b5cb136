//! `expliquer`: how a figure was made, down to file and cell; or what a diagnostic means.

use std::path::Path;

use clap::Args;

use super::done::Done;
use super::opening::open;
use crate::actions::expliquer::{ExplainRequest, explain, explain_reference};
use crate::base::diagnostics::Code;
use crate::base::error::Result;

/// `expliquer`.
#[derive(Args)]
pub(super) struct ExpliquerArgs {
    /// CAMPAGNE/STRUCTURE/CODE, un critère ou un élément seul (SEC-1), un code de diagnostic (VAL-401), ou un mot des
    /// tableaux (OBS, fragile, indéterminé). CODE : un axe, un critère, un élément, un
    /// indicateur d’activité, PRIORITES, PILOTE (ou PILOTE:REL), COMPOSITE:REL=2,SEC=1. Avec
    /// « territoire » pour structure : un axe ou un critère, FIDELITE, FORMATION:O1, SEVERITE,
    /// QUESTIONNAIRES, PRATIQUES, ENTRETIENS, MOTS
    #[arg(value_name = "CHIFFRE")]
    pub quoi: String,
}

/// Runs the command.
pub(super) fn run(folder: Option<&Path>, args: &ExpliquerArgs) -> Result<Done> {
    let text = match ExplainRequest::read(&args.quoi)? {
        ExplainRequest::Diagnostic(code) => diagnostic(code),
        ExplainRequest::Word(entry) => {
            format!("{} · {}\n\n{}", entry.word, entry.title, entry.meaning)
        }
        ExplainRequest::Reference(code) => explain_reference(&open(folder)?, &code)?,
        ExplainRequest::Figure {
            campaign,
            structure,
            code,
        } => {
            let opened = open(folder)?;
            let outcome = explain(&opened, &campaign, &structure, &code)?;
            format!("{}\n\n{}", outcome.head, outcome.explained)
        }
    };
    Ok(Done {
        result: serde_json::json!({ "texte": text }),
        text,
        ..Done::default()
    })
}

fn diagnostic(code: Code) -> String {
    let remedy = if code.remedy().is_empty() {
        String::new()
    } else {
        format!("\n\nQue faire : {}", code.remedy())
    };
    format!(
        "{code} ({}) · {}\n\n{}{remedy}",
        code.severity(),
        code.title(),
        code.explanation()
    )
}
