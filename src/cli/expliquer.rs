//! `expliquer`: how a figure was made, down to file and cell; or what a diagnostic means.

use std::collections::BTreeMap;
use std::path::Path;

use super::Done;
use super::arguments::{ExpliquerArgs, weight};
use super::picture::Picture;
use super::session::Session;
use crate::base::diagnostics::Code;
use crate::base::error::{Error, Result};
use crate::compare::{Comparisons, Gallery, Moment, Side, follow, side_by_side};
use crate::explain::{Explainer, History, Overall, explain_experiment};
use crate::figures::Indicators;
use crate::figures::reliability::{questionnaires, read};
use crate::intake::store::Wanted;
use crate::stats::calibration::Standard;
use crate::vocabulary::config::{Campaign, Structure};
use crate::vocabulary::referentiel::SourceCode;

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
    let picture = Picture::of(&session, campaign)?;
    let (name, detail) = code.split_once(':').unwrap_or((code, ""));
    let text = if structure.eq_ignore_ascii_case("territoire") {
        territory(&session, &picture, code)?
    } else if name.eq_ignore_ascii_case("pilote") {
        pilots(&session, &picture, structure, detail)?
    } else {
        let code_of = session.structure(structure)?;
        site(&session, &picture, code_of, (name, detail))?
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

/// Campaigns up to the one explained, the oldest first, with their figures.
fn history<'a>(session: &'a Session, picture: &Picture) -> Result<Vec<(&'a Campaign, Indicators)>> {
    let all = session.observatory.settings.campaigns.iter();
    let mut past: Vec<&Campaign> = all.filter(|c| c.debut <= picture.campaign.debut).collect();
    past.sort_by_key(|c| (&c.debut, &c.id));
    let figures = past.into_iter();
    figures
        .map(|c| Ok((c, session.indicators(c)?.value)))
        .collect()
}

fn moments<'a>(session: &'a Session, past: &'a [(&'a Campaign, Indicators)]) -> Vec<Moment<'a>> {
    let moment = |(campaign, indicators): &'a (&'a Campaign, Indicators)| Moment {
        side: Side {
            indicators,
            referentiel: session.observatory.referentiel(campaign),
        },
        year: campaign.middle(),
    };
    past.iter().map(moment).collect()
}

fn site(
    session: &Session,
    picture: &Picture,
    site: &Structure,
    (name, detail): (&str, &str),
) -> Result<String> {
    let weights = detail.split(',').filter(|w| !w.is_empty());
    let weights = weights.map(weight).collect::<Result<BTreeMap<_, _>, _>>();
    let weights = weights.map_err(Error::Usage)?;
    let beside = side_by_side(&Gallery {
        indicators: &picture.indicators,
        referentiel: picture.referentiel,
        structures: &picture.structures,
        composite: (!weights.is_empty()).then_some(&weights),
    })?;
    let past = history(session, picture)?;
    let names: Vec<&str> = past.iter().map(|p| p.0.id.as_str()).collect();
    let explainer = Explainer {
        scope: &session.scope(picture.campaign),
        indicators: &picture.indicators,
        observations: &session.store.long_table(Wanted {
            campaign: Some(&picture.campaign.id),
            structure: Some(&site.code),
        })?,
        compared: compared(picture),
        history: History {
            names: &names,
            moments: &moments(session, &past),
        },
        beside: &beside,
        priorities: &picture.priorities,
        plans: &session.plans,
        structure: &site.code,
    };
    let head = format!("{} · {} {}", picture.campaign.id, site.code, site.nom);
    let explained = explainer.explain(name)?;
    Ok(format!("{head} · {}\n\n{explained}", name.to_uppercase()))
}

/// One pilot, or several joined by « + » as `comparer --pilote` writes them.
fn pilots(session: &Session, picture: &Picture, structures: &str, code: &str) -> Result<String> {
    let pilots: Vec<String> = structures
        .split('+')
        .map(|code| Ok(session.structure(code.trim())?.code.clone()))
        .collect::<Result<_>>()?;
    let since = compared(picture).ok_or_else(|| {
        Error::Usage(format!(
            "{} est la première campagne : un essai se lit entre deux campagnes.",
            picture.campaign.id
        ))
    })?;
    let explained = explain_experiment(since, picture.referentiel, &pilots, code)?;
    Ok(format!(
        "{} · {}\n\n{explained}",
        picture.campaign.id,
        pilots.join("+")
    ))
}

fn territory(session: &Session, picture: &Picture, code: &str) -> Result<String> {
    let stored = session.store.load(Some(&picture.campaign.id))?;
    let answers = read(&stored, picture.referentiel, SourceCode::Obs)?;
    let scales = questionnaires(&stored, picture.referentiel)?;
    let training = session.observatory.settings.training;
    let past = history(session, picture)?;
    let moments = moments(session, &past);
    let trends = (moments.len() > 2).then(|| follow(&moments).value);
    let overall = Overall {
        referentiel: picture.referentiel,
        compared: compared(picture),
        priorities: &picture.priorities,
        observers: &picture.observers,
        answers: &answers,
        standard: Standard {
            exact: training.exact,
            within_one: training.a_un_niveau,
        },
        scales: &scales,
        trends: trends.as_ref(),
        voices: &picture.voices,
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
