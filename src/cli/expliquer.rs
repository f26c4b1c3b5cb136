//! `expliquer`: how a figure was made, down to file and cell; or what a diagnostic means.

use std::path::Path;

use super::Done;
use super::arguments::ExpliquerArgs;
use super::session::Session;
use crate::diagnostics::Code;
use crate::error::{Error, Result};
use crate::explanations::Explainer;

/// Runs the command.
pub fn run(folder: Option<&Path>, args: &ExpliquerArgs) -> Result<Done> {
    if let Ok(code) = args.quoi.parse::<Code>() {
        return Ok(diagnostic(code));
    }
    let parts: Vec<&str> = args.quoi.split('/').map(str::trim).collect();
    let [campaign, structure, code] = parts.as_slice() else {
        return Err(Error::Usage(format!(
            "« {} » : écrivez CAMPAGNE/STRUCTURE/CODE (C1/R01/REL-2) ou un code de diagnostic (VAL-401).",
            args.quoi
        )));
    };
    let session = Session::open(folder)?;
    let campaign = session.observatory.campaign(Some(campaign))?;
    let registry = &session.observatory.registry;
    let structure = registry.get(structure).ok_or_else(|| {
        Error::Usage(format!(
            "La structure « {structure} » n’est pas au registre."
        ))
    })?;
    let observations = session.store.load(Some(&campaign.id))?;
    let scope = session.scope(campaign);
    let indicators = crate::indicators::compute(&observations, &scope)?.value;
    let explainer = Explainer {
        scope: &scope,
        indicators: &indicators,
        observations: &observations,
        structure: &structure.code,
    };
    let mut text = format!(
        "{} · {} {} · {}\n\n",
        campaign.id,
        structure.code,
        structure.nom,
        code.to_uppercase()
    );
    text.push_str(&explainer.explain(code)?);
    Ok(Done {
        result: serde_json::json!({ "texte": text }),
        text,
        ..Done::default()
    })
}

fn diagnostic(code: Code) -> Done {
    let remedy = if code.remedy().is_empty() {
        String::new()
    } else {
        format!("\n\nQue faire : {}", code.remedy())
    };
    let text = format!(
        "{code} ({}) · {}\n\n{}{remedy}",
        code.severity(),
        code.title(),
        code.explanation()
    );
    Done {
        result: serde_json::json!({ "texte": text }),
        text,
        ..Done::default()
    }
}
