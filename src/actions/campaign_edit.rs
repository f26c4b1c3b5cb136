//! A campaign of the settings, created, changed or taken out: looked at first, then written.

use super::campaign_draft::{CampaignFault, CampaignRequest, faults};
use super::campaign_effects::{CampaignPreview, effects};
use super::settings_edit::{SettingsOutcome, SettingsRequest, edit_settings};
use super::settings_guard::{breaks_answers, holds_campaign};
use crate::base::error::{Error, Result};
use crate::campaign::OpenObservatory;
use crate::vocabulary::config::{
    Campaign, Observatory, SETTINGS_FILE, SettingsChange, SettingsPlace, SettingsValue,
    changed_settings, read_text,
};
use crate::vocabulary::referentiel::SourceCode;

/// What a campaign would be.
///
/// # Errors
///
/// A store that cannot be read.
pub(crate) fn preview_campaign(
    opened: &OpenObservatory,
    request: &CampaignRequest,
) -> Result<CampaignPreview> {
    let faults = faults(opened, request);
    if !faults.is_empty() {
        return Ok(CampaignPreview {
            faults,
            ..CampaignPreview::default()
        });
    }
    let changes = changes(opened, request);
    let root = &opened.observatory.root;
    let text = changed_settings(&read_text(&root.join(SETTINGS_FILE))?, &changes)?;
    let after = match Observatory::with_settings(root, &text) {
        Ok(after) => after,
        Err(error) => return Ok(refused(error.to_string())),
    };
    if let Some(why) = breaks_answers(opened, &opened.observatory, &after)? {
        return Ok(refused(why));
    }
    let mut told = effects(opened, &after, request)?;
    told.changes = changes;
    Ok(told)
}

/// Writes it.
///
/// # Errors
///
/// As [`preview_campaign`]; a disk that refuses.
pub(crate) fn save_campaign(
    opened: &OpenObservatory,
    preview: &CampaignPreview,
    seen: &str,
) -> Result<SettingsOutcome> {
    let request = SettingsRequest {
        changes: preview.changes.clone(),
        seen: seen.to_owned(),
    };
    edit_settings(opened, &request)
}

/// Takes a campaign that nothing speaks of out of the settings.
///
/// # Errors
///
/// A campaign that does not exist, the only one, one that has answers, actions or drafts; a disk that refuses.
pub(crate) fn remove_campaign(
    opened: &OpenObservatory,
    id: &str,
    seen: &str,
) -> Result<SettingsOutcome> {
    let campaign = opened.observatory.campaign(Some(id))?;
    let held = holds_campaign(opened, &opened.store.state()?, id)?;
    let only = opened.observatory.settings.campaigns.len() == 1;
    if let Some(why) = held.or(only.then_some("elle est la seule")) {
        return Err(Error::Usage(format!(
            "La campagne « {id} » ne se retire pas : {why}."
        )));
    }
    let request = SettingsRequest {
        changes: vec![SettingsChange::Drop {
            table: "campagnes".to_owned(),
            key: "id".to_owned(),
            is: campaign.id.clone(),
        }],
        seen: seen.to_owned(),
    };
    edit_settings(opened, &request)
}

/// Whether a campaign can be taken out: nothing speaks of it, another stays.
///
/// # Errors
///
/// A store that cannot be read.
pub(crate) fn may_be_removed(opened: &OpenObservatory, campaign: &Campaign) -> Result<bool> {
    let held = holds_campaign(opened, &opened.store.state()?, &campaign.id)?;
    Ok(held.is_none() && opened.observatory.settings.campaigns.len() > 1)
}

fn refused(message: String) -> CampaignPreview {
    CampaignPreview {
        faults: vec![CampaignFault { field: "", message }],
        ..CampaignPreview::default()
    }
}

fn changes(opened: &OpenObservatory, request: &CampaignRequest) -> Vec<SettingsChange> {
    let CampaignRequest { draft, is_new } = request;
    let text = |s: &String| SettingsValue::Text(s.clone());
    let mut keys = vec![
        ("label", text(&draft.label)),
        ("debut", text(&draft.debut)),
        ("fin", text(&draft.fin)),
        ("referentiel", text(&draft.referentiel)),
    ];
    let mut silent = Vec::new();
    match &draft.criteres {
        Some(codes) => keys.push(("criteres", SettingsValue::Words(codes.clone()))),
        None => silent.push("criteres"),
    }
    // All of them is what saying nothing means, unless the file lists them.
    let listed = opened.observatory.settings.campaigns.iter();
    let is_listed = listed
        .filter(|c| !is_new && c.id == draft.id)
        .any(|c| c.sources.len() == SourceCode::ALL.len());
    if draft.sources.len() < SourceCode::ALL.len() || is_listed {
        keys.push(("sources", SettingsValue::Words(draft.sources.clone())));
    } else {
        silent.push("sources");
    }
    let named = keys.into_iter().map(|(key, value)| (key.to_owned(), value));
    if *is_new {
        let id = ("id".to_owned(), text(&draft.id));
        return vec![SettingsChange::Add {
            table: "campagnes".to_owned(),
            keys: std::iter::once(id).chain(named).collect(),
        }];
    }
    let place = SettingsPlace::campaign(&draft.id);
    let set = named.map(|(key, value)| SettingsChange::Set {
        place: place.clone(),
        key,
        value,
    });
    let removed = silent.into_iter().map(|key| SettingsChange::Remove {
        place: place.clone(),
        key: key.to_owned(),
    });
    set.chain(removed).collect()
}

/// The code that a new campaign is offered: the number after the last one.
pub(crate) fn next_campaign_id(all: &[Campaign]) -> String {
    let taken = |id: &String| all.iter().any(|c| c.id.eq_ignore_ascii_case(id));
    let mut free = (all.len() + 1..).map(|n| format!("C{n}"));
    free.find(|id| !taken(id)).unwrap_or_default()
}
