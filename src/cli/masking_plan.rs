//! `verifier --public`: what an audience will not see, and why, in words.

use std::collections::BTreeMap;
use std::path::Path;

use serde_json::json;

use super::aligned::aligned;
use super::done::Done;
use crate::actions::masquage::{MaskedFigure, MaskedGroup, MaskingOutcome, MaskingRequest, plan};
use crate::actions::verifier_profond::given_back;
use crate::base::error::Result;
use crate::base::text::{count, list, short};
use crate::campaign::OpenObservatory;
use crate::disclosure::StoppedWords;
use crate::exports::{PeopleBook, PeopleTable};
use crate::privacy::{Motif, READ_AGAIN};

/// Shows the plan of masking, and writes it as a workbook if asked.
pub(super) fn show(
    opened: &OpenObservatory,
    request: &MaskingRequest,
    out: Option<&Path>,
) -> Result<Done> {
    let outcome = plan(opened, request)?;
    let mut summary = format!("{} {}", closing_line(&outcome), audited(&outcome));
    if let Some(path) = out {
        let file = opened.destination(path)?;
        let told = PeopleTable {
            caption: format!(
                "Campagne {} : ce qui sera masqué {}",
                outcome.campaign,
                outcome.audience.to_whom()
            ),
            ..PeopleTable::from(outcome.table())
        };
        file.write(&PeopleBook::of(&opened.observatory).write(&[told])?)?;
        summary = format!("{summary} Plan écrit dans {}.", file.told());
    }
    let rows: Vec<Vec<String>> = MaskedGroup::all(&outcome.masked)
        .into_iter()
        .map(row)
        .collect();
    let headers = ["Où", "Chiffre", "Source", "Pourquoi", "Protège"];
    Ok(Done {
        text: format!(
            "Campagne {} : ce qui sera masqué {}\n\n{}{}",
            outcome.campaign,
            outcome.audience.to_whom(),
            aligned(&headers, &rows),
            words(&outcome.stopped)
        ),
        result: as_json(&outcome),
        diagnostics: given_back(&outcome.campaign, outcome.audience, &outcome.audit)
            .into_iter()
            .collect(),
        summary,
        ..Done::default()
    })
}

/// Texts that will be quoted nowhere, and what to read again.
fn words(stopped: &[StoppedWords]) -> String {
    let parts: Vec<String> = stopped
        .iter()
        .map(|s| format!("{} ({})", s.texts, s.reason))
        .collect();
    if parts.is_empty() {
        return format!("\n{READ_AGAIN}\n");
    }
    let is_weighed = stopped.iter().any(|s| s.reason == Motif::Prudence.label());
    let why = if is_weighed {
        "Par prudence : rien n’y a été reconnu, mais la phrase ressemble à celles qui accusent quelqu’un.\n"
    } else {
        ""
    };
    format!(
        "\nTextes qui ne seront cités nulle part : {}.\n{why}{READ_AGAIN}\n",
        list(&parts)
    )
}

fn closing_line(outcome: &MaskingOutcome) -> String {
    let summary = outcome.masked.summary();
    let summary = summary.unwrap_or_else(|| "Rien n’est masqué.".to_owned());
    if outcome.repeated == 0 {
        return summary;
    }
    let repeated = count(
        outcome.repeated,
        "chiffre reprendra",
        "chiffres reprendront",
    );
    format!(
        "{summary} {repeated} la valeur d’une édition précédente : trop peu de réponses ont changé depuis."
    )
}

/// What the audit says, found figures by name.
fn audited(outcome: &MaskingOutcome) -> String {
    let audit = &outcome.audit;
    let tried = count(
        audit.tried,
        "chiffre caché a été cherché",
        "chiffres cachés ont été cherchés",
    );
    if audit.found.is_empty() {
        return format!("{tried} dans tout ce qui est publié : aucun ne se retrouve.");
    }
    let found = count(audit.found.len(), "se retrouve", "se retrouvent");
    format!("{tried} dans tout ce qui est publié : {found}.")
}

fn as_json(outcome: &MaskingOutcome) -> serde_json::Value {
    let by_reason = outcome.masked.by_reason();
    let by_reason: BTreeMap<&str, usize> = by_reason
        .iter()
        .map(|(mask, n)| (mask.as_str(), *n))
        .collect();
    json!({
        "campagne": outcome.campaign,
        "public": outcome.audience.as_str(),
        "masques": outcome.table().json(),
        "par_raison": by_reason,
        "repris": outcome.repeated,
        "eprouves": outcome.audit.tried,
        "retrouves": outcome.audit.found,
        "textes_ecartes": outcome.stopped.iter().map(|s| (s.reason, s.texts)).collect::<BTreeMap<_, _>>(),
    })
}

fn row(group: MaskedGroup) -> Vec<String> {
    let what = match group.what {
        MaskedFigure::Figure { code, label } => named(&code, &label),
        MaskedFigure::Questions(n) => count(n, "question", "questions"),
    };
    vec![
        group.place,
        what,
        group.source.to_owned(),
        group.reason.to_owned(),
        group.protects,
    ]
}

fn named(code: &str, label: &str) -> String {
    format!("{code} {}", short(label, 40))
}
