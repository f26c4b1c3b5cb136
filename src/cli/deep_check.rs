//! `verifier --profond`: every byte kept, then every hidden figure.

use std::path::Path;

use serde_json::json;

use super::aligned::aligned;
use super::done::Done;
use super::opening::open;
use crate::actions::verifier_profond::{
    AuditedDelivery, DeepOutcome, audit_masking, check_deeply, given_back,
};
use crate::base::diagnostics::has_errors;
use crate::base::error::Result;
use crate::base::text::{count, integer};

const NOT_AUDITED: &str =
    "Le masquage n’a pas été éprouvé : il le sera une fois ces fichiers remis.";

/// Runs the check.
pub(super) fn show(folder: Option<&Path>) -> Result<Done> {
    let outcome = check_deeply(folder)?;
    let looked_at = format!(
        "{} relus, {} octets, contre ce qui a été écrit.",
        count(outcome.files, "fichier", "fichiers"),
        integer(outcome.bytes.cast_signed())
    );
    if has_errors(&outcome.findings) {
        return Ok(Done {
            text: looked_at,
            result: json!({ "fichiers": outcome.files, "octets": outcome.bytes }),
            diagnostics: outcome.findings,
            summary: format!(
                "Des fichiers ne sont plus ce qui a été écrit : rien n’en est lu tant qu’ils ne sont pas remis. {NOT_AUDITED}"
            ),
            ..Done::default()
        });
    }
    let audited = audit_masking(&open(folder)?)?;
    let leaks = audited
        .iter()
        .filter_map(|a| given_back(&a.campaign, a.audience, &a.audit));
    let leaks: Vec<_> = leaks.collect();
    let summary = format!("{} {}", kept(&outcome), hidden(&audited));
    Ok(Done {
        text: format!("{looked_at}\n\n{}", table(&audited)),
        result: json!({
            "fichiers": outcome.files,
            "octets": outcome.bytes,
            "masquage": audited.iter().map(as_json).collect::<Vec<_>>(),
        }),
        diagnostics: outcome.findings.into_iter().chain(leaks).collect(),
        summary,
        ..Done::default()
    })
}

fn kept(outcome: &DeepOutcome) -> &'static str {
    if outcome.findings.is_empty() {
        "Tout est tel qu’il a été écrit."
    } else {
        "Tout ce qui compte est tel qu’il a été écrit ; voyez les remarques."
    }
}

fn hidden(audited: &[AuditedDelivery]) -> String {
    let sum = |of: fn(&AuditedDelivery) -> usize| audited.iter().map(of).sum::<usize>();
    let tried = count(
        sum(|a| a.audit.tried),
        "chiffre caché a été cherché",
        "chiffres cachés ont été cherchés",
    );
    match sum(|a| a.audit.found.len()) {
        0 => format!("{tried} dans tout ce qui serait publié : aucun ne se retrouve."),
        found => format!(
            "{tried} dans tout ce qui serait publié : {}.",
            count(found, "se retrouve", "se retrouvent")
        ),
    }
}

fn table(audited: &[AuditedDelivery]) -> String {
    let rows: Vec<Vec<String>> = audited
        .iter()
        .map(|a| {
            vec![
                a.campaign.clone(),
                a.audience.to_whom().to_owned(),
                integer(a.audit.tried as i64),
                integer(a.audit.found.len() as i64),
            ]
        })
        .collect();
    aligned(
        &[
            "Campagne",
            "Ce qui serait donné",
            "Cachés, cherchés",
            "Retrouvés",
        ],
        &rows,
    )
}

fn as_json(audited: &AuditedDelivery) -> serde_json::Value {
    json!({
        "campagne": audited.campaign,
        "public": audited.audience.as_str(),
        "eprouves": audited.audit.tried,
        "retrouves": audited.audit.found,
    })
}
