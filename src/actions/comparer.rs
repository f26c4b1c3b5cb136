//! Campaigns against each other, a pilot against the rest, or centres side by side.

use std::collections::BTreeMap;

use super::compared_by_parts::followed_by_parts;
use super::composite_weight::CompositeWeight;
use super::expected_check::{ExpectedCheck, expected_check};
use super::table_outcome::not_for_publication;
use crate::base::diagnostics::{Code, Diagnostic, Location};
use crate::base::error::{Error, Result};
use crate::base::text::number_word;
use crate::campaign::OpenObservatory;
use crate::compare::{
    Comparisons, FUNNEL_LEAST, Gallery, MeanFunnel, against_the_rest, limits, mean_funnel,
    side_by_side,
};
use crate::figures::HeldLevels;
use crate::figures::reliability::read;
use crate::reports::charts::{Chart, FunnelPlot, FunnelPoint, funnel};
use crate::stats::ranks::Flag;
use crate::vocabulary::config::Campaign;
use crate::vocabulary::referentiel::SourceCode;
use crate::wording::comparison_reasons::funnel_reading;

/// Centres side by side.
pub(crate) struct SideBySideRequest {
    /// Campaign; the latest otherwise.
    pub campaign: Option<String>,
    /// Weights of a composite of axes; no composite when empty.
    pub composite: Vec<CompositeWeight>,
    /// Whether the funnel of families' answers is drawn.
    pub funnel: bool,
}

/// Campaigns against each other.
pub(crate) struct CampaignsRequest {
    /// Two campaigns or more, the oldest first.
    pub campaigns: Vec<String>,
    /// Whether a comparison that goes back in time is meant.
    pub confirmed: bool,
    /// Centres of an experiment, read against the others; may be empty.
    pub pilots: Vec<String>,
}

/// What differs.
pub(crate) struct CompareOutcome {
    /// Line by line.
    pub comparisons: Comparisons,
    /// The funnel of families' own means, when it was asked for.
    pub funnel: Option<Chart>,
    /// What was noticed.
    pub diagnostics: Vec<Diagnostic>,
}

/// Sets centres side by side.
///
/// # Errors
///
/// An unknown campaign or axe; a store that cannot be read; too few answers for a funnel.
pub(crate) fn centres(
    opened: &OpenObservatory,
    request: &SideBySideRequest,
) -> Result<CompareOutcome> {
    let campaign = opened.observatory.campaign(request.campaign.as_deref())?;
    let checked = opened.indicators_of(campaign, HeldLevels::SIDE_BY_SIDE)?;
    let scope = opened.scope(campaign);
    let weights: BTreeMap<String, f64> = request
        .composite
        .iter()
        .map(|w| (w.axe.clone(), w.weight))
        .collect();
    let comparisons = side_by_side(&Gallery {
        indicators: &checked.value,
        referentiel: scope.referentiel,
        structures: &scope.structures,
        composite: (!weights.is_empty()).then_some(&weights),
        only: None,
    })?;
    let mut outcome = CompareOutcome {
        comparisons,
        funnel: None,
        diagnostics: opened.shared_remarks(),
    };
    outcome.diagnostics.extend(checked.diagnostics);
    if request.funnel {
        outcome.funnel = Some(families(opened, campaign)?);
        outcome.diagnostics.push(not_for_publication(
            "l’entonnoir nomme les accueils : il reste au service.",
        ));
    }
    Ok(outcome)
}

/// Families' own means, centre by centre, and what chance alone explains.
fn families(opened: &OpenObservatory, campaign: &Campaign) -> Result<Chart> {
    if let Some(purged) = opened.purged(campaign)?.of(SourceCode::Fam) {
        return Err(Error::Usage(format!(
            "Pas d’entonnoir : il se dessine avec les réponses de chaque famille, purgées le {}.",
            purged.date.short()
        )));
    }
    let stored = opened.store.load(Some(&campaign.id))?;
    let referentiel = opened.observatory.referentiel(campaign);
    let answers = read(&stored, referentiel, SourceCode::Fam)?;
    let mut people: BTreeMap<(&str, &str), Vec<f64>> = BTreeMap::new();
    let decided_elsewhere = |element: usize| {
        let critere = referentiel.elements[element].critere;
        referentiel.criteres[critere].organiser
    };
    // What families say of tariffs says nothing of the centre.
    for answer in answers.iter().filter(|a| !decided_elsewhere(a.element)) {
        let person = people.entry((&answer.structure, &answer.who)).or_default();
        person.extend(answer.level);
    }
    let mut centres: BTreeMap<String, Vec<f64>> = BTreeMap::new();
    for ((structure, _), levels) in people.into_iter().filter(|p| !p.1.is_empty()) {
        let mean = levels.iter().sum::<f64>() / levels.len() as f64;
        centres.entry(structure.to_owned()).or_default().push(mean);
    }
    let centres: Vec<(String, Vec<f64>)> = centres.into_iter().collect();
    let funnel = mean_funnel(&centres).ok_or_else(|| {
        Error::Usage(format!(
            "Pas d’entonnoir : il faut {} réponses de familles dans la moitié des accueils, et des réponses qui varient.",
            number_word(FUNNEL_LEAST, true)
        ))
    })?;
    draw(&funnel)
}

fn draw(means: &MeanFunnel) -> Result<Chart> {
    let points = means.spots.iter().map(|s| FunnelPoint {
        label: s.structure.clone(),
        n: s.n,
        value: s.mean,
        outside: s.flag == Flag::Alert,
        note: funnel_reading(s.flag).to_owned(),
    });
    funnel(&FunnelPlot {
        target: means.target,
        points: points.collect(),
        limits: &|n| limits(n, means.target, means.sd, &means.dispersion),
        widened: means.dispersion.is_over,
    })
    .map_err(|e| Error::Render(format!("L’entonnoir ne peut pas être dessiné ({e}).")))
}

/// Sets campaigns against each other.
///
/// # Errors
///
/// An unknown campaign or pilot, three campaigns out of order; a store that cannot be read.
pub(crate) fn campaigns(
    opened: &OpenObservatory,
    request: &CampaignsRequest,
) -> Result<CompareOutcome> {
    let campaigns: Vec<&Campaign> = request
        .campaigns
        .iter()
        .map(|id| opened.observatory.campaign(Some(id)))
        .collect::<Result<_>>()?;
    in_order(&campaigns)?;
    let mut diagnostics = opened.shared_remarks();
    diagnostics.extend(backwards(&campaigns, request)?);
    let followed = followed_by_parts(opened, &campaigns)?;
    diagnostics.extend(followed.noticed);
    let followed = followed.comparisons;
    let comparisons = if request.pilots.is_empty() {
        followed.value
    } else {
        for code in &request.pilots {
            opened.structure(code)?;
        }
        let expected = expected_check(opened, Some(&request.pilots), &campaigns);
        diagnostics.extend(expected.iter().flat_map(ExpectedCheck::remarks));
        against_the_rest(&followed.value, &request.pilots)
    };
    diagnostics.extend(followed.diagnostics);
    Ok(CompareOutcome {
        comparisons,
        funnel: None,
        diagnostics,
    })
}

/// Two campaigns may be read either way by who says so: what progressed would read as a decline.
fn backwards(campaigns: &[&Campaign], request: &CampaignsRequest) -> Result<Option<Diagnostic>> {
    let &[first, second] = campaigns else {
        return Ok(None);
    };
    if first.debut <= second.debut {
        return Ok(None);
    }
    let code = Code::ComparedBackwards;
    let message = format!(
        "{} est plus récente que {} : lu dans ce sens, un progrès devient un recul.",
        first.id, second.id
    );
    if request.confirmed {
        return Ok(Some(Diagnostic::new(code, Location::none(), message)));
    }
    Err(Error::Usage(format!(
        "{code} : {message} Dans l’ordre : observatoire comparer {} {} ; si c’est voulu, ajoutez --confirmer.",
        second.id, first.id
    )))
}

/// A trend has a direction.
fn in_order(campaigns: &[&Campaign]) -> Result<()> {
    if campaigns.len() <= 2 || campaigns.is_sorted_by_key(|c| c.debut) {
        return Ok(());
    }
    let mut ordered = campaigns.to_vec();
    ordered.sort_by_key(|c| c.debut);
    let ids: Vec<&str> = ordered.iter().map(|c| c.id.as_str()).collect();
    Err(Error::Usage(format!(
        "Une tendance se lit de la plus ancienne campagne à la plus récente : comparer {}.",
        ids.join(" ")
    )))
}
