//! `comparer`: campaigns against each other, a pilot against the rest, or centres side by side.

use std::path::Path;

use super::Done;
use super::arguments::ComparerArgs;
use super::session::{Session, deliver};
use crate::comparisons::{Gallery, Moment, Side, against_the_rest, follow, side_by_side};
use crate::config::Campaign;
use crate::error::{Error, Result};
use crate::exports;
use crate::text::years;

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
    Ok(done)
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
            year: f64::midpoint(years(&campaign.debut), years(&campaign.fin)),
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
