//! Actions drafted from a campaign: impératifs not met, then the priorities of each centre.

use crate::base::day::Day;
use crate::base::error::Result;
use crate::base::tabular::Table;
use crate::campaign::{OpenObservatory, Picture, Reach, day_or_today};
use crate::decide::plans::{Action, Plans, actions_table};

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
    let mut proposed = Picture::of(opened, campaign, Reach::Territory)?.proposals;
    if let Some(code) = &request.structure {
        let site = &opened.structure(code)?.code;
        proposed.retain(|a| a.structure == *site);
    }
    let added: Vec<Action> = if request.simulation {
        let missing = opened.plans.missing(&proposed);
        missing.into_iter().cloned().collect()
    } else {
        let root = &opened.observatory.root;
        let kept = Plans::add(root, &proposed, campaign, day)?;
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
        added,
    })
}

impl ProposeOutcome {
    /// The table of the contract.
    pub(crate) fn table(&self) -> Table {
        actions_table(&self.added, self.day)
    }
}
