//! What a campaign shows of the actions of earlier ones.

use super::table_outcome::not_for_publication;
use crate::base::diagnostics::Diagnostic;
use crate::base::error::Result;
use crate::base::tabular::Table;
use crate::campaign::{ComparedCampaigns, OpenObservatory};
use crate::decide::plans::{Effect, effect, effects_table};
use crate::figures::HeldLevels;
use crate::vocabulary::config::Campaign;

/// Which effects.
pub(crate) struct EffectsRequest {
    /// Campaign that shows them; the latest otherwise.
    pub campaign: Option<String>,
}

/// The effects.
pub(crate) struct EffectsOutcome {
    /// Campaign that shows them.
    pub campaign: String,
    /// By structure, then action.
    pub effects: Vec<Effect>,
    /// What was noticed.
    pub diagnostics: Vec<Diagnostic>,
}

/// Reads the effects.
///
/// # Errors
///
/// An unknown campaign; a store that cannot be read.
pub(crate) fn read_effects(
    opened: &OpenObservatory,
    request: &EffectsRequest,
) -> Result<EffectsOutcome> {
    let later = opened.observatory.campaign(request.campaign.as_deref())?;
    Ok(EffectsOutcome {
        campaign: later.id.clone(),
        effects: effects(opened, later)?,
        diagnostics: vec![not_for_publication(
            "le tableau donne des résultats par accueil : il reste au service.",
        )],
    })
}

impl EffectsOutcome {
    /// The table of the contract.
    pub(crate) fn table(&self) -> Table {
        effects_table(&self.effects)
    }
}

/// Effects that a campaign shows, by structure then action, whatever campaign each action is from.
///
/// # Errors
///
/// A store that cannot be read.
pub(super) fn effects(opened: &OpenObservatory, later: &Campaign) -> Result<Vec<Effect>> {
    let campaigns = opened.observatory.settings.campaigns.iter();
    let origins: Vec<&Campaign> = campaigns
        .filter(|c| c.debut < later.debut)
        .filter(|c| opened.plans.actions.iter().any(|a| a.campagne == c.id))
        .collect();
    if origins.is_empty() {
        return Ok(Vec::new());
    }
    let mut effects = Vec::new();
    for origin in origins {
        let held = (HeldLevels::NOTHING.into(), HeldLevels::PRINTED.into());
        let compared = ComparedCampaigns::of(opened, &[origin, later], held, |_| ())?;
        let compared = compared.comparisons.value;
        effects.extend(effect(&opened.plans, origin, later, &compared));
    }
    effects.sort_by(|a, b| (&a.structure, &a.action).cmp(&(&b.structure, &b.action)));
    Ok(effects)
}
