//! `comparer`: campaigns against each other, a pilot against the rest, or centres side by side.

use std::collections::BTreeMap;
use std::path::Path;

use super::Done;
use super::arguments::ComparerArgs;
use super::session::{Session, deliver, write_file};
use crate::base::diagnostics::{Code, Diagnostic, Location};
use crate::base::error::{Error, Result};
use crate::base::text::number_word;
use crate::compare::{
    FUNNEL_LEAST, Gallery, Moment, Side, against_the_rest, follow, limits, mean_funnel,
    side_by_side,
};
use crate::exports;
use crate::figures::reliability::read;
use crate::reports::charts::{Chart, Funnel, Point, funnel};
use crate::stats::ranks::Flag;
use crate::vocabulary::config::Campaign;
use crate::vocabulary::referentiel::SourceCode;
use crate::wording::comparison_reasons::funnel_reading;

/// Runs the command.
pub fn run(folder: Option<&Path>, args: &ComparerArgs) -> Result<Done> {
    let session = Session::open(folder)?;
    if args.structures {
        structures(&session, args)
    } else {
        campaigns(&session, args)
    }
}

fn structures(session: &Session, args: &ComparerArgs) -> Result<Done> {
    if !args.campagnes.is_empty() || !args.pilote.is_empty() {
        return Err(Error::Usage(
            "comparer --structures porte sur une seule campagne : --campagne C.".to_owned(),
        ));
    }
    let campaign = session.observatory.campaign(args.campagne.as_deref())?;
    let checked = session.indicators(campaign)?;
    let scope = session.scope(campaign);
    let weights = args.composite.iter().cloned().collect();
    let compared = side_by_side(&Gallery {
        indicators: &checked.value,
        referentiel: scope.referentiel,
        structures: &scope.structures,
        composite: (!args.composite.is_empty()).then_some(&weights),
    })?;
    let mut done = deliver(&exports::comparisons(&compared), &args.table)?;
    done.diagnostics = checked.diagnostics;
    if let Some(path) = &args.entonnoir {
        let drawn = families(session, campaign)?;
        write_file(path, drawn.svg.as_bytes())?;
        done.summary = format!("{} {}", drawn.alt, done.summary);
        let message = "l’entonnoir nomme les accueils : il reste au service.";
        done.diagnostics.push(Diagnostic::new(
            Code::NotForPublication,
            Location::none(),
            message,
        ));
    }
    Ok(done)
}

/// The funnel of families' own means, drawn.
fn families(session: &Session, campaign: &Campaign) -> Result<Chart> {
    let stored = session.store.load(Some(&campaign.id))?;
    let referentiel = session.observatory.referentiel(campaign);
    let answers = read(&stored, referentiel, SourceCode::Fam)?;
    let mut people: BTreeMap<(&str, &str), Vec<f64>> = BTreeMap::new();
    for answer in &answers {
        let person = people.entry((&answer.structure, &answer.who)).or_default();
        person.extend(answer.level);
    }
    let mut centres: BTreeMap<&str, Vec<f64>> = BTreeMap::new();
    for ((structure, _), levels) in people.into_iter().filter(|p| !p.1.is_empty()) {
        let mean = levels.iter().sum::<f64>() / levels.len() as f64;
        centres.entry(structure).or_default().push(mean);
    }
    let centres: Vec<(String, Vec<f64>)> = centres
        .into_iter()
        .map(|(code, answers)| (code.to_owned(), answers))
        .collect();
    let found = mean_funnel(&centres).ok_or_else(|| {
        Error::Usage(format!(
            "Pas d’entonnoir : il faut {} réponses de familles dans la moitié des accueils, et des réponses qui varient.",
            number_word(FUNNEL_LEAST, true)
        ))
    })?;
    let points = found.spots.iter().map(|s| Point {
        label: s.structure.clone(),
        n: s.n,
        value: s.mean,
        outside: s.flag == Flag::Alert,
        note: funnel_reading(s.flag).to_owned(),
    });
    funnel(&Funnel {
        target: found.target,
        points: points.collect(),
        limits: &|n| limits(n, found.target, found.sd),
    })
    .map_err(|e| Error::Render(format!("L’entonnoir ne peut pas être dessiné ({e}).")))
}

fn campaigns(session: &Session, args: &ComparerArgs) -> Result<Done> {
    if args.campagnes.len() < 2 {
        return Err(Error::Usage(
            "comparer demande deux campagnes (comparer C1 C2) ou --structures.".to_owned(),
        ));
    }
    let campaigns: Vec<&Campaign> = args
        .campagnes
        .iter()
        .map(|id| session.observatory.campaign(Some(id)))
        .collect::<Result<_>>()?;
    if campaigns.len() > 2 && !campaigns.is_sorted_by_key(|c| &c.debut) {
        let mut ordered = campaigns.clone();
        ordered.sort_by_key(|c| &c.debut);
        let ids: Vec<&str> = ordered.iter().map(|c| c.id.as_str()).collect();
        return Err(Error::Usage(format!(
            "Une tendance se lit de la plus ancienne campagne à la plus récente : comparer {}.",
            ids.join(" ")
        )));
    }
    let figures = campaigns
        .iter()
        .map(|c| Ok(session.indicators(c)?.value))
        .collect::<Result<Vec<_>>>()?;
    let moments: Vec<Moment> = campaigns
        .iter()
        .zip(&figures)
        .map(|(campaign, indicators)| Moment {
            side: Side {
                indicators,
                referentiel: session.observatory.referentiel(campaign),
            },
            year: campaign.middle(),
        })
        .collect();
    let mut compared = follow(&moments);
    if !args.pilote.is_empty() {
        for code in &args.pilote {
            session.structure(code)?;
        }
        compared.value = against_the_rest(&compared.value, &args.pilote);
    }
    let mut done = deliver(&exports::comparisons(&compared.value), &args.table)?;
    done.diagnostics = compared.diagnostics;
    Ok(done)
}
