//! How a closed question outside the référentiel was answered, as the service knows it and as a report prints it.

use std::fmt::Write;

use super::explained_campaign::ExplainedCampaign;
use crate::base::error::{Error, Result};
use crate::base::text::list;
use crate::explain::{ExplainedQuestion, PrintedSite, PrintedTerritory};
use crate::vocabulary::Audience;
use crate::vocabulary::config::Structure;

/// What is said of a question.
pub(super) struct QuestionText {
    pub(super) head: String,
    pub(super) explained: String,
}

/// A closed question outside the référentiel, of an accueil or of all of them.
pub(super) fn question(
    known: &ExplainedCampaign,
    site: Option<&Structure>,
    code: &str,
) -> Result<QuestionText> {
    let (opened, picture) = (known.opened, known.picture);
    let asked = &picture.voices.outside;
    let found = asked.iter().find(|q| q.code.eq_ignore_ascii_case(code));
    let asked_one = found.ok_or_else(|| {
        let codes: Vec<&str> = asked.iter().map(|q| q.code.as_str()).collect();
        Error::Usage(format!(
            "« {code} » n’est pas une question de vos questionnaires dans la campagne {}{}.",
            picture.campaign.id,
            if codes.is_empty() {
                String::new()
            } else {
                format!(" (connues : {})", list(&codes))
            }
        ))
    })?;
    let mut explained = ExplainedQuestion {
        question: asked_one,
        structure: site.map(|site| site.code.as_str()),
        observations: &opened.words(picture.campaign)?,
    }
    .explain()?;
    let printed = if let Some(site) = site {
        let structure = opened.structure(&site.code)?;
        let delivery = known.of_team(structure)?;
        let own = delivery.site(&structure.code);
        own.and_then(|site| PrintedSite { structure, site }.question(&asked_one.code))
    } else {
        let delivery = known.cleared(Audience::Elus)?;
        let printed = PrintedTerritory {
            delivery: &delivery,
            structures: &picture.structures,
            referentiel: picture.referentiel,
            indicators: &picture.indicators,
        };
        printed.explain(&asked_one.code)
    };
    if let Some(printed) = printed {
        let who = if site.is_some() {
            "le rapport à l’équipe"
        } else {
            "la synthèse"
        };
        let _ = write!(explained, "\nTel que {who} l’imprime :\n{printed}");
    }
    let place = site.map_or_else(
        || "territoire".to_owned(),
        |site| format!("{} {}", site.code, site.nom),
    );
    Ok(QuestionText {
        explained,
        head: format!("{} · {place} · {}", picture.campaign.id, asked_one.code),
    })
}
