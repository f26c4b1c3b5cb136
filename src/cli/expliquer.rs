//! `expliquer`: how a figure was made, down to file and cell; or what a diagnostic means.

use std::path::Path;

use super::Done;
use super::arguments::ExpliquerArgs;
use super::picture::Picture;
use super::session::Session;
use crate::comparisons::{Comparisons, Gallery, side_by_side};
use crate::config::Structure;
use crate::diagnostics::Code;
use crate::error::{Error, Result};
use crate::explanations::{Explainer, Overall};

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
    let text = if structure.eq_ignore_ascii_case("territoire") {
        territory(&Picture::of(&session, campaign)?, code)?
    } else {
        let code_of = session.structure(structure)?;
        site(&session, &Picture::of(&session, campaign)?, code_of, code)?
    };
    Ok(Done {
        result: serde_json::json!({ "texte": text }),
        text,
        ..Done::default()
    })
}

fn compared<'a>(picture: &'a Picture) -> Option<(&'a str, &'a Comparisons)> {
    let before = picture.before.as_ref()?;
    Some((before.campaign.id.as_str(), &before.compared))
}

fn site(session: &Session, picture: &Picture, site: &Structure, code: &str) -> Result<String> {
    let beside = side_by_side(&Gallery {
        indicators: &picture.indicators,
        referentiel: picture.referentiel,
        structures: &picture.structures,
        composite: None,
    })?;
    let explainer = Explainer {
        scope: &session.scope(picture.campaign),
        indicators: &picture.indicators,
        observations: &picture.observations,
        compared: compared(picture),
        beside: &beside,
        priorities: &picture.priorities,
        plans: &session.plans,
        structure: &site.code,
    };
    let head = format!("{} · {} {}", picture.campaign.id, site.code, site.nom);
    let explained = explainer.explain(code)?;
    Ok(format!("{head} · {}\n\n{explained}", code.to_uppercase()))
}

fn territory(picture: &Picture, code: &str) -> Result<String> {
    let overall = Overall {
        referentiel: picture.referentiel,
        compared: compared(picture),
        priorities: &picture.priorities,
        observers: &picture.observers,
    };
    let head = format!("{} · territoire", picture.campaign.id);
    let explained = overall.explain(code)?;
    Ok(format!("{head} · {}\n\n{explained}", code.to_uppercase()))
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
