//! Which changes a collection would show, before it is made.

use std::sync::Arc;

use crate::base::error::Result;
use crate::campaign::OpenObservatory;
use crate::compare::{CollectionDesign, Power, power};
use crate::figures::{Basis, Collected, HeldLevels, Spread};
use crate::stats::describe::median;
use crate::vocabulary::config::Campaign;
use crate::vocabulary::referentiel::SourceCode;

/// Families and members of the team that are counted on where no campaign tells how many answer.
const USUAL: (usize, usize) = (20, 5);

/// A collection that is thought of; what is not said is as in the last campaign that has answers.
pub(crate) struct PowerRequest {
    /// Campaign, for its version of the référentiel and its accueils; the latest otherwise.
    pub campaign: Option<String>,
    /// Accueils.
    pub centres: Option<usize>,
    /// Of them, those that are visited twice.
    pub second_visits: usize,
    /// Families that answer in each accueil.
    pub families: Option<usize>,
    /// Members of the team that answer in each.
    pub staff: Option<usize>,
}

/// What it would show.
pub(crate) struct PowerOutcome {
    /// Campaign whose référentiel is used.
    pub campaign: String,
    /// What was counted with.
    pub design: CollectionDesign,
    /// The campaign whose visits tell how much measures differ; none where all is declared.
    pub measured_in: Option<String>,
    /// The smallest change that counts, in levels.
    pub mic: f64,
    /// What would be seen.
    pub power: Power,
}

/// Counts what a collection would show.
///
/// # Errors
///
/// An unknown campaign; a store that cannot be read.
pub(crate) fn foresee(opened: &OpenObservatory, request: &PowerRequest) -> Result<PowerOutcome> {
    let campaign = opened.observatory.campaign(request.campaign.as_deref())?;
    let scope = opened.scope(campaign);
    let rules = &scope.referentiel.rules;
    let known = last_known(opened, campaign)?;
    let usual = |source: SourceCode, otherwise: usize| {
        let collected = known.as_ref().map(|k| &k.collected);
        collected
            .and_then(|c| usual_answers(c, source))
            .unwrap_or(otherwise)
    };
    let design = CollectionDesign {
        centres: request.centres.unwrap_or(scope.structures.len()),
        second_visits: request.second_visits,
        families: request
            .families
            .unwrap_or_else(|| usual(SourceCode::Fam, USUAL.0)),
        staff: request
            .staff
            .unwrap_or_else(|| usual(SourceCode::Eqp, USUAL.1)),
    };
    let declared = Spread {
        declared: rules.declared,
        ..Spread::default()
    };
    let spread = known.as_ref().map_or(declared, |k| Spread {
        declared: rules.declared,
        ..k.spread
    });
    let measured = known.filter(|k| k.spread.basis() == Basis::Visits);
    Ok(PowerOutcome {
        campaign: campaign.id.clone(),
        design,
        measured_in: measured.map(|k| k.campaign),
        mic: rules.mic,
        power: power(design, scope.referentiel, &spread),
    })
}

/// What an earlier collection tells of the next.
struct KnownCollection {
    campaign: String,
    collected: Arc<Collected>,
    spread: Spread,
}

/// The last campaign that anything was received of, up to the one asked for.
fn last_known(opened: &OpenObservatory, asked: &Campaign) -> Result<Option<KnownCollection>> {
    let campaigns = opened.observatory.settings.campaigns.iter();
    let mut earlier: Vec<&Campaign> = campaigns.filter(|c| c.debut <= asked.debut).collect();
    earlier.sort_by_key(|c| c.debut);
    for campaign in earlier.into_iter().rev() {
        let indicators = opened.indicators_of(campaign, HeldLevels::NOTHING)?.value;
        if !indicators.collected.sites().is_empty() {
            return Ok(Some(KnownCollection {
                campaign: campaign.id.clone(),
                spread: indicators.spread,
                collected: indicators.collected,
            }));
        }
    }
    Ok(None)
}

/// How many usually answer in an accueil where anybody does.
fn usual_answers(collected: &Collected, source: SourceCode) -> Option<usize> {
    let sites = collected.sites().iter();
    let counts = sites.map(|site| collected.respondents(site, source) as f64);
    let counts: Vec<f64> = counts.filter(|n| *n > 0.0).collect();
    median(&counts).map(|n| n.floor() as usize)
}
