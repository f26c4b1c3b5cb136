//! Actions drafted from a campaign: impératifs not met, then the priorities of each centre.

use crate::base::day::Day;
use crate::base::error::Result;
use crate::base::tabular::Table;
use crate::campaign::{CampaignProposals, OpenObservatory, day_or_today};
use crate::decide::plans::{Action, Plans, actions_table};
use crate::figures::{FigureStatus, Level};
use crate::vocabulary::config::Campaign;

/// From what.
pub(crate) struct ProposeRequest {
    /// Campaign; the latest otherwise.
    pub campaign: Option<String>,
    /// Code of the only structure wanted.
    pub structure: Option<String>,
    /// Look, change nothing.
    pub simulation: bool,
    /// Day of the proposal, AAAA-MM-JJ; today otherwise.
    pub date: Option<String>,
}

/// What is proposed.
pub(crate) struct ProposeOutcome {
    /// Campaign.
    pub campaign: String,
    /// Day of the proposal, ISO.
    pub day: Day,
    /// Whether nothing was to be changed.
    pub simulation: bool,
    /// Actions added, or that would be.
    pub added: Vec<Action>,
    /// Actions of earlier campaigns closed, or that would be: this one shows their critères attained.
    pub closed: Vec<String>,
    /// Proposals left alone: the critère has an action of that campaign already.
    pub existing: usize,
}

/// Proposes actions.
///
/// # Errors
///
/// An unknown campaign or structure, a day that is none; a store or plans that cannot be read or
/// written.
pub(crate) fn propose(
    opened: &OpenObservatory,
    request: &ProposeRequest,
) -> Result<ProposeOutcome> {
    let day = day_or_today(request.date.as_deref())?;
    let campaign = opened.observatory.campaign(request.campaign.as_deref())?;
    let found = CampaignProposals::of(opened, campaign, day)?;
    let mut attained = attained(opened, campaign, &found);
    let mut proposed = found.proposals;
    if let Some(code) = &request.structure {
        let site = &opened.structure(code)?.code;
        proposed.retain(|a| a.structure == *site);
        attained.retain(|a| a.structure == *site);
    }
    let added: Vec<Action> = if request.simulation {
        let missing = opened.plans.missing(&proposed);
        missing.into_iter().cloned().collect()
    } else {
        let root = &opened.observatory.root;
        let closed: Vec<String> = attained.iter().map(|a| a.id.clone()).collect();
        let kept = Plans::propose(root, &proposed, &closed, campaign, day)?;
        let plans = Plans::load(root, &opened.observatory.settings.campaigns)?;
        kept.iter()
            .filter_map(|id| plans.get(id).cloned())
            .collect()
    };
    Ok(ProposeOutcome {
        campaign: campaign.id.clone(),
        day,
        simulation: request.simulation,
        existing: proposed.len() - added.len(),
        closed: attained.into_iter().map(|a| a.id.clone()).collect(),
        added,
    })
}

/// Open actions of earlier campaigns all of whose critères this one shows attained: nothing more is
/// expected of them. A critère whose content changed in between tells nothing.
fn attained<'a>(
    opened: &'a OpenObservatory,
    campaign: &Campaign,
    found: &CampaignProposals,
) -> Vec<&'a Action> {
    let campaigns = &opened.observatory.settings.campaigns;
    let same = |origin: &str, code: &str| {
        let earlier = campaigns
            .iter()
            .find(|c| c.id == origin && c.debut < campaign.debut);
        let earlier = earlier.map(|c| opened.observatory.referentiel(c));
        let before = earlier.and_then(|r| Some(&r.criteres[r.critere(code)?]));
        let now = found.referentiel.critere(code);
        let now = now.map(|c| &found.referentiel.criteres[c]);
        now.filter(|now| before.is_some_and(|before| before.hash == now.hash))
    };
    let is_attained = |action: &Action, code: &String| {
        let Some(critere) = same(&action.campagne, code) else {
            return false;
        };
        // What few answers or few éléments carry closes nothing.
        let figure = |level| {
            let figure = found.indicators.get(&action.structure, level, code);
            figure.filter(|f| !f.fragile)
        };
        if critere.imperatif {
            let must = figure(Level::Imperatif);
            return must.is_some_and(|f| f.status == FigureStatus::Atteint);
        }
        let level = figure(Level::Critere).filter(|f| f.status == FigureStatus::Ok);
        let level = level.and_then(|f| f.value);
        level.is_some_and(|level| level >= critere.cible - 1e-9)
    };
    let open = opened
        .plans
        .actions
        .iter()
        .filter(|a| !a.statut.is_closed());
    let open = open.filter(|a| !a.criteres.is_empty());
    open.filter(|a| a.criteres.iter().all(|code| is_attained(a, code)))
        .collect()
}

impl ProposeOutcome {
    /// The table of the contract.
    pub(crate) fn table(&self) -> Table {
        actions_table(&self.added, self.day)
    }
}
