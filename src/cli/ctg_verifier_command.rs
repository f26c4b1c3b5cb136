//! `ctg verifier`: what is missing, and the cell to go to.

use clap::Args;
use serde_json::json;

use super::aligned::aligned;
use super::done::Done;
use crate::actions::ctg_verifier::{GapsOutcome, find_gaps};
use crate::base::error::Result;
use crate::base::text::count;
use crate::campaign::OpenObservatory;
use crate::convention::GapKind;

/// `ctg verifier`.
#[derive(Args)]
pub(super) struct GapsArgs {
    /// État tel qu’il était connu ce jour-là, AAAA-MM-JJ (par défaut : tel qu’il est aujourd’hui)
    #[arg(long, value_name = "DATE")]
    pub date: Option<String>,
}

/// Runs the command.
pub(super) fn run(opened: &OpenObservatory, args: &GapsArgs) -> Result<Done> {
    let outcome = find_gaps(opened, args.date.as_deref())?;
    Ok(Done {
        text: text(&outcome),
        result: as_json(&outcome),
        summary: format!("{}.", outcome.title),
        diagnostics: outcome.diagnostics,
        ..Done::default()
    })
}

fn text(outcome: &GapsOutcome) -> String {
    let mut parts = Vec::new();
    for kind in [GapKind::Late, GapKind::Dormant, GapKind::ToFill] {
        let own = outcome.gaps.iter().filter(|g| g.kind == kind);
        let rows: Vec<Vec<String>> = own
            .map(|g| {
                vec![
                    g.sheet.to_owned(),
                    g.cell.clone(),
                    g.id.clone(),
                    g.column.to_owned(),
                    g.what.clone(),
                ]
            })
            .collect();
        if !rows.is_empty() {
            let headers = ["Feuille", "Cellule", "Ligne", "Colonne", "Ce qui manque"];
            let title = format!("{} ({})", kind.heading(), rows.len());
            parts.push(format!("{title}\n{}", aligned(&headers, &rows)));
        }
    }
    if !outcome.silent.is_empty() {
        let rows: Vec<Vec<String>> = (outcome.silent.iter())
            .map(|s| vec![s.code.clone(), s.period.clone(), s.reason.clone()])
            .collect();
        let title = count(
            rows.len(),
            "indicateur n’a pas de valeur",
            "indicateurs n’ont pas de valeur",
        );
        let headers = ["Code", "Période", "Pourquoi"];
        parts.push(format!("{title}\n{}", aligned(&headers, &rows)));
    }
    parts.push(
        "Les cellules sont celles du classeur que « observatoire ctg exporter » écrit de cet état."
            .to_owned(),
    );
    parts.join("\n\n")
}

fn as_json(outcome: &GapsOutcome) -> serde_json::Value {
    json!({
        "etat": outcome.day.to_string(),
        "resume": outcome.title,
        "a_completer": outcome.gaps.iter().map(|g| json!({
            "genre": g.kind.key(),
            "feuille": g.sheet,
            "cellule": g.cell,
            "ligne": g.id,
            "colonne": g.column,
            "quoi": g.what,
        })).collect::<Vec<_>>(),
        "indicateurs_sans_valeur": outcome.silent.iter().map(|s| json!({
            "indicateur": s.code,
            "periode": s.period,
            "raison": s.reason,
        })).collect::<Vec<_>>(),
    })
}
