//! What new days of opening and closing change for an accueil that has answers: campaigns in which it counts no more, and
//! those in which it counts again. Looked at before they are written.

use std::collections::BTreeMap;

use super::registry_edit::WrittenCell;
use crate::base::day::Day;
use crate::base::error::Result;
use crate::campaign::{OpenObservatory, today};
use crate::decide::completeness::{State, follow_up};
use crate::figures::HeldLevels;
use crate::vocabulary::config::{Campaign, Structure};
use crate::vocabulary::referentiel::SourceCode;

/// What days would change.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct DaysEffect {
    /// Campaigns that it leaves although answers came: what it returned there counts no more.
    pub(crate) set_aside: Vec<LeftCampaign>,
    /// Campaigns that it leaves and in which nothing came.
    pub(crate) unexpected: Vec<String>,
    /// Campaigns that it was out of and enters.
    pub(crate) back: Vec<String>,
}

/// A campaign that an accueil leaves.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct LeftCampaign {
    /// Code.
    pub(crate) id: String,
    /// Name, told apart from those alike.
    pub(crate) label: String,
    /// What it returned: source, grids, respondents or lines.
    pub(crate) returned: Vec<(SourceCode, usize)>,
}

/// What cells of an accueil would change; nothing when they are no days, or its code is none: writing says that.
///
/// # Errors
///
/// A store that cannot be read.
pub(crate) fn days_effect(
    opened: &OpenObservatory,
    code: &str,
    cells: &[WrittenCell],
) -> Result<DaysEffect> {
    let Some(site) = opened.observatory.registry.get(code) else {
        return Ok(DaysEffect::default());
    };
    let day = |column: &str, held: Option<Day>| match cells.iter().find(|c| c.column == column) {
        None => Some(held),
        Some(cell) if cell.text.trim().is_empty() => Some(None),
        Some(cell) => cell.text.trim().parse().ok().map(Some),
    };
    let first = day("ouverture", site.ouverture);
    let last = day("fermeture", site.fermeture);
    let (Some(ouverture), Some(fermeture)) = (first, last) else {
        return Ok(DaysEffect::default());
    };
    let after = Structure {
        ouverture,
        fermeture,
        ..site.clone()
    };
    effect(opened, site, &after)
}

fn effect(opened: &OpenObservatory, before: &Structure, after: &Structure) -> Result<DaysEffect> {
    let mut found = DaysEffect::default();
    let all = &opened.observatory.settings.campaigns;
    for campaign in all {
        let [was, is] = [before, after].map(|s| s.active(campaign.debut, campaign.fin));
        let label = campaign.label_among(all);
        match (was, is) {
            (true, false) => {
                let returned = returned(opened, before, campaign)?;
                if returned.is_empty() {
                    found.unexpected.push(label);
                } else {
                    found.set_aside.push(LeftCampaign {
                        id: campaign.id.clone(),
                        label,
                        returned,
                    });
                }
            }
            (false, true) => found.back.push(label),
            _ => {}
        }
    }
    Ok(found)
}

/// What an accueil returned in a campaign, source by source.
fn returned(
    opened: &OpenObservatory,
    site: &Structure,
    campaign: &Campaign,
) -> Result<Vec<(SourceCode, usize)>> {
    let indicators = opened.indicators_of(campaign, HeldLevels::NOTHING)?.value;
    let settings = &opened.observatory.settings;
    let followed = follow_up(&indicators, &opened.scope(campaign), settings, today());
    let own = followed.returns.iter().filter(|r| r.structure == site.code);
    let came = own.filter(|r| r.state == State::Received);
    Ok(came.map(|r| (r.source, r.n)).collect())
}

impl DaysEffect {
    /// Names what would be set aside: who says yes says it to this, and to nothing else.
    pub(crate) fn mark(&self) -> String {
        let all = self.set_aside.iter().map(|c| {
            let counts: BTreeMap<&str, usize> =
                c.returned.iter().map(|(s, n)| (s.as_str(), *n)).collect();
            format!("{} {counts:?}", c.id)
        });
        all.collect::<Vec<_>>().join(";")
    }
}
