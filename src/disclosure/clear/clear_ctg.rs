//! The indicators of the convention territoriale globale, cleared: territory campaign after
//! campaign, then sites by code.

use std::collections::HashMap;

use super::clearance_input::ClearanceInput;
use crate::decide::ctg::{Ctg, CtgMoment, Part};
use crate::disclosure::cleared::{
    ClearedCtg, ClearedSite, CountOf, CtgCampaign, CtgSite, Mask, Shown, ToldCount,
};
use crate::disclosure::decide::may_count_teams;
use crate::vocabulary::config::Thresholds;
use crate::vocabulary::referentiel::{ActivityCode, TRAININGS_UNKNOWN};

/// Clears them.
pub(crate) fn clear_ctg(input: &ClearanceInput, sites: &[ClearedSite]) -> Vec<ClearedCtg> {
    let now = input.indicators.campagne.as_str();
    let current = input.ctg.iter().find(|moment| moment.campagne == now);
    let own: HashMap<&str, &Ctg> = current
        .iter()
        .flat_map(|moment| &moment.sites)
        .map(|site| (site.structure.as_str(), &site.ctg))
        .collect();
    (ActivityCode::OF_CONVENTION.into_iter())
        .map(|code| ClearedCtg {
            code: code.as_str().to_owned(),
            label: code.label().to_owned(),
            formule: code.formula().to_owned(),
            missing: (code == ActivityCode::O1).then_some(TRAININGS_UNKNOWN),
            campagnes: (input.ctg.iter())
                .map(|moment| CtgCampaign {
                    campagne: moment.campagne.clone(),
                    territory: territory(moment, code, &input.thresholds),
                })
                .collect(),
            without_headcount: current.map_or(0, |moment| moment.without_headcount(code)),
            sites: sites
                .iter()
                .map(|site| CtgSite {
                    structure: site.structure.clone(),
                    told: told(own.get(site.structure.as_str()).copied(), code, site),
                })
                .collect(),
        })
        .collect()
}

/// What is said of all teams at a campaign. Recommendations are no person's.
fn territory(moment: &CtgMoment, code: ActivityCode, thresholds: &Thresholds) -> ToldCount {
    match known(moment.territoire.part(code)) {
        None => ToldCount::Unknown,
        Some(_) if !may_count_teams(thresholds, moment.staffed(code)) => {
            ToldCount::Masked(Mask::TooFew)
        }
        Some(count) => ToldCount::Known(count),
    }
}

/// What a site is told at this campaign of its own counts: nothing that its activity page hides.
fn told(own: Option<&Ctg>, code: ActivityCode, site: &ClearedSite) -> ToldCount {
    let activity = site.activities.iter().find(|a| a.code == code.as_str());
    match activity.and_then(|a| a.value) {
        Some(Shown::Value(_)) => own
            .and_then(|ctg| known(ctg.part(code)))
            .map_or(ToldCount::Unknown, ToldCount::Known),
        Some(Shown::Masked(mask)) => ToldCount::Masked(mask),
        None => ToldCount::Unknown,
    }
}

/// A count whose denominator is known.
fn known(part: Part) -> Option<CountOf> {
    (part.of > 0).then_some(CountOf {
        n: part.n,
        of: part.of,
    })
}
