//! `expliquer`: how a figure was made, down to file and cell; or what a diagnostic means.

use std::path::Path;

use clap::Args;

use super::done::Done;
use super::opening::open;
use crate::actions::ctg_indicateurs::explain_indicator;
use crate::actions::explain_request::{AskedFigure, ExplainRequest};
use crate::actions::expliquer::{explain_all, explain_reference};
use crate::base::diagnostics::Code;
use crate::base::error::Result;

/// `expliquer`.
#[derive(Args)]
pub(super) struct ExpliquerArgs {
    /// CAMPAGNE/STRUCTURE/CODE, un critère ou un élément seul (SEC-1), un code de diagnostic (VAL-401), ou un mot des
    /// tableaux (OBS, fragile, indéterminé). CODE : un axe, un critère, un élément, un
    /// indicateur d’activité, PRIORITES, PILOTE (ou PILOTE:REL), COMPOSITE:REL=2,SEC=1, IMPERATIFS, REGLES, OBJECTIFS,
    /// RECU, PLAN, MASQUES, IDENTITE (pour l’équipe ; « :renouvellement » pour d’autres lecteurs). Avec
    /// « territoire » pour structure : un axe, un critère ou une question, IMPERATIFS, OBJECTIFS, CRITERES, REPONDANTS,
    /// PLANS, PANEL, MASQUES, FIDELITE, FORMATION:O1, SEVERITE,
    /// QUESTIONNAIRES, PRATIQUES, ENTRETIENS, MOTS ; avec « secteur:NOM », une question. Plusieurs chiffres à la suite sont
    /// expliqués l’un après l’autre. Ce qu’un document de la convention imprime : CTG/G07/2026-T2 (indicateur, période),
    /// CTG/ACTIONS/2026-T2 (ou ACTIONS:AXE, ACTIONS:FICHE), CTG/TEMPS/2026-T2, CTG/ACT-007/2026-T2, CTG/DEC-003/2026-T2
    #[arg(value_name = "CHIFFRE", required = true)]
    pub quoi: Vec<String>,
    /// Date du rapport où le chiffre est lu, AAAA-MM-JJ (par défaut : la fin de la campagne)
    #[arg(long, value_name = "DATE")]
    pub date: Option<String>,
}

/// Runs the command.
pub(super) fn run(folder: Option<&Path>, args: &ExpliquerArgs) -> Result<Done> {
    let asked: Vec<ExplainRequest> = args
        .quoi
        .iter()
        .map(|written| ExplainRequest::read(written))
        .collect::<Result<_>>()?;
    let needs_folder = |request: &ExplainRequest| {
        matches!(
            request,
            ExplainRequest::Reference(_)
                | ExplainRequest::Figure(_)
                | ExplainRequest::Convention { .. }
        )
    };
    let opened = if asked.iter().any(needs_folder) {
        Some(open(folder)?)
    } else {
        None
    };
    let figures: Vec<AskedFigure> = asked
        .iter()
        .filter_map(|request| match request {
            ExplainRequest::Figure(figure) => Some(figure.clone()),
            _ => None,
        })
        .collect();
    let mut explained = match &opened {
        Some(opened) => explain_all(opened, &figures, args.date.as_deref())?,
        None => Vec::new(),
    }
    .into_iter();
    let mut texts = Vec::new();
    for request in asked {
        texts.push(match (request, &opened) {
            (ExplainRequest::Diagnostic(code), _) => diagnostic(code),
            (ExplainRequest::Word(entry), _) => {
                format!("{} · {}\n\n{}", entry.word, entry.title, entry.meaning)
            }
            (ExplainRequest::Reference(code), Some(opened)) => explain_reference(opened, &code)?,
            (ExplainRequest::Convention { code, period }, Some(opened)) => {
                explain_indicator(opened, &code, &period, args.date.as_deref())?
            }
            (_, _) => explained.next().map_or_else(String::new, |outcome| {
                format!("{}\n\n{}", outcome.head, outcome.explained)
            }),
        });
    }
    let text = texts.join("\n\n────\n\n");
    let result = if let [only] = texts.as_slice() {
        serde_json::json!({ "texte": only })
    } else {
        let each = args.quoi.iter().zip(&texts);
        let each = each.map(|(key, text)| serde_json::json!({ "chiffre": key, "texte": text }));
        serde_json::json!({ "chiffres": each.collect::<Vec<_>>() })
    };
    Ok(Done {
        text,
        result,
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
