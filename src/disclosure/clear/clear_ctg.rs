//! The indicators of the convention territoriale globale, cleared: territory campaign after
//! campaign, then sites by code.

use std::collections::{BTreeMap, HashMap};

use super::clearance_input::ClearanceInput;
use crate::decide::ctg::{Ctg, Part};
use crate::disclosure::cleared::{
    ClearedCtg, ClearedSite, CountOf, CtgCampaign, CtgSite, Shown, ToldCount,
};
use crate::vocabulary::referentiel::ActivityCode;

/// An indicator of the convention: its code, and where its count stands.
struct CtgIndicator {
    code: ActivityCode,
    read: fn(&Ctg) -> Part,
}

/// Trainings, self-assessments, staff who answered, recommendations.
const INDICATORS: [CtgIndicator; 4] = [
    CtgIndicator {
        code: ActivityCode::I11,
        read: |c| c.formations,
    },
    CtgIndicator {
        code: ActivityCode::I12a,
        read: |c| c.equipes,
    },
    CtgIndicator {
        code: ANSWERED,
        read: |c| c.animateurs,
    },
    CtgIndicator {
        code: RECOMMENDED,
        read: |c| c.recommandations,
    },
];
/// Counts people who answered: told for this campaign alone, as `participation` has cleared it.
const ANSWERED: ActivityCode = ActivityCode::I12b;
/// Counts recommendations: no person's, told at every campaign.
const RECOMMENDED: ActivityCode = ActivityCode::I20;

/// Clears them; `participation` holds what may be said of the territory at this campaign.
pub(crate) fn clear_ctg(
    input: &ClearanceInput,
    sites: &[ClearedSite],
    participation: &BTreeMap<String, CountOf>,
) -> Vec<ClearedCtg> {
    let now = input.indicators.campagne.as_str();
    let current = input.ctg.iter().find(|moment| moment.campagne == now);
    let own: HashMap<&str, &Ctg> = current
        .iter()
        .flat_map(|moment| &moment.sites)
        .map(|site| (site.structure.as_str(), &site.ctg))
        .collect();
    INDICATORS
        .iter()
        .map(|indicator| {
            let code = indicator.code;
            let moments = input.ctg.iter();
            ClearedCtg {
                code: code.as_str().to_owned(),
                label: code.label().to_owned(),
                formule: code.formula().to_owned(),
                campagnes: moments
                    .map(|moment| CtgCampaign {
                        campagne: moment.campagne.clone(),
                        territory: match (moment.campagne == now, code) {
                            (true, RECOMMENDED) => known((indicator.read)(&moment.territoire)),
                            (true, _) => participation.get(code.as_str()).copied(),
                            (false, ANSWERED) => None,
                            (false, _) => known((indicator.read)(&moment.territoire)),
                        },
                    })
                    .collect(),
                sites: sites
                    .iter()
                    .map(|site| CtgSite {
                        structure: site.structure.clone(),
                        told: told(own.get(site.structure.as_str()).copied(), indicator, site),
                    })
                    .collect(),
            }
        })
        .collect()
}

/// What a site is told at this campaign of its own counts: nothing that its activity page hides.
fn told(own: Option<&Ctg>, indicator: &CtgIndicator, site: &ClearedSite) -> ToldCount {
    let activity = site
        .activities
        .iter()
        .find(|a| a.code == indicator.code.as_str());
    match activity.and_then(|a| a.value) {
        Some(Shown::Value(_)) => own
            .and_then(|ctg| known((indicator.read)(ctg)))
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
