//! What a campaign of the settings would be: who is expected, what compares with the campaign before, what came in already
//! and would count no more.

use super::campaign_draft::{CampaignFault, CampaignRequest};
use super::campaign_list::{SeriesBreaks, breaks};
use super::settings_guard::answered;
use crate::base::error::Result;
use crate::base::text::decimals;
use crate::campaign::OpenObservatory;
use crate::vocabulary::config::{Campaign, Observatory, SettingsChange};
use crate::vocabulary::referentiel::SourceCode;

/// What a change would do; nothing is written yet.
#[derive(Debug, Default)]
pub(crate) struct CampaignPreview {
    /// What is wrong; nothing else is told then.
    pub(crate) faults: Vec<CampaignFault>,
    /// Accueils that the campaign expects, by name.
    pub(crate) sites: Vec<String>,
    /// Accueils of the registry that are closed then, or not open yet.
    pub(crate) closed: Vec<String>,
    /// Accueils that it expected and expects no more.
    pub(crate) sites_lost: Vec<String>,
    /// Critères that leave its scope although answers came.
    pub(crate) criteres_lost: Vec<String>,
    /// Sources that are expected no more although answers came.
    pub(crate) sources_lost: Vec<&'static str>,
    /// The campaign before: id, critères that compare, critères whose series stops, critères that one leaves out.
    pub(crate) beside: Option<ComparedWith>,
    /// Targets that the territory set and that hold then: code, level, who decided.
    pub(crate) targets: Vec<String>,
    /// The changes to the settings.
    pub(super) changes: Vec<SettingsChange>,
}

/// What a campaign would compare with the one before on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ComparedWith {
    /// Its code.
    pub(crate) before: String,
    /// Critères that compare.
    pub(crate) same: usize,
    /// Critères whose series stops, by code.
    pub(crate) broken: Vec<String>,
    /// Critères that one of both leaves out.
    pub(crate) left_out: usize,
}

impl CampaignPreview {
    /// Whether what came in already would be read otherwise: a person says yes first.
    pub(crate) fn asks_yes(&self) -> bool {
        !(self.criteres_lost.is_empty()
            && self.sources_lost.is_empty()
            && self.sites_lost.is_empty())
    }
}

/// What it would be, once the loader has read it.
///
/// # Errors
///
/// A store that cannot be read.
pub(super) fn effects(
    opened: &OpenObservatory,
    after: &Observatory,
    request: &CampaignRequest,
) -> Result<CampaignPreview> {
    let new = after.campaign(Some(&request.draft.id))?;
    let mut told = CampaignPreview::default();
    for site in after.registry.all() {
        let open = site.active(new.debut, new.fin);
        (if open {
            &mut told.sites
        } else {
            &mut told.closed
        })
        .push(site.nom.clone());
    }
    let earlier = after
        .settings
        .campaigns
        .iter()
        .filter(|c| c.debut < new.debut);
    let before = earlier.max_by_key(|c| (c.debut, &c.id));
    told.beside = before.map(|before| compared(&breaks(after, before, new)));
    told.targets = targets(after, new);
    if let Some(old) = opened
        .observatory
        .settings
        .campaigns
        .iter()
        .find(|c| c.id == new.id)
        && answered(opened, &new.id)?
    {
        lost(&mut told, opened, old, new);
    }
    Ok(told)
}

fn compared(found: &SeriesBreaks) -> ComparedWith {
    ComparedWith {
        before: found.before.id.clone(),
        same: found.same,
        broken: found.broken.iter().map(|b| b.code.clone()).collect(),
        left_out: found.left_out,
    }
}

/// « REL-2 : 3,2 (COPIL, le 12/03/2026) ».
fn targets(after: &Observatory, campaign: &Campaign) -> Vec<String> {
    let r = after.referentiel(campaign);
    let criteres = r
        .criteres
        .iter()
        .map(|c| (&c.code, c.cible, &c.local_target));
    let axes = r.axes.iter().map(|a| (&a.code, a.cible, &a.local_target));
    let all = axes.chain(criteres).filter_map(|(code, level, local)| {
        let decision = local.as_ref()?.decision.dated();
        Some(format!("{code} : {} ({decision})", decimals(level, 1)))
    });
    all.collect()
}

/// What came in already and would count no more.
fn lost(told: &mut CampaignPreview, opened: &OpenObservatory, old: &Campaign, new: &Campaign) {
    let r = opened.observatory.referentiel(old);
    let left = r
        .criteres
        .iter()
        .filter(|c| old.expects_critere(&c.code) && !new.expects_critere(&c.code));
    told.criteres_lost = left.map(|c| c.code.clone()).collect();
    let left = SourceCode::ALL
        .into_iter()
        .filter(|s| old.expects_source(*s) && !new.expects_source(*s));
    told.sources_lost = left.map(SourceCode::label).collect();
    let sites = opened.observatory.registry.all().iter();
    let left = sites.filter(|s| s.active(old.debut, old.fin) && !s.active(new.debut, new.fin));
    told.sites_lost = left.map(|s| s.nom.clone()).collect();
}
