//! What answers that came in hold to: settings that would lose their campaign, or change the sentences that people
//! answered, are refused.

use super::saisie::all_entries;
use crate::base::error::Result;
use crate::base::text::list;
use crate::campaign::OpenObservatory;
use crate::intake::store::StoreState;
use crate::vocabulary::config::Observatory;

/// Whether answers of a campaign count.
///
/// # Errors
///
/// A store that cannot be read.
pub(super) fn answered(opened: &OpenObservatory, campaign: &str) -> Result<bool> {
    let state = opened.store.state()?;
    Ok(!opened.store.live(&state, campaign)?.is_empty())
}

/// Why a campaign cannot leave the settings, if it cannot: what speaks of it could no longer be read.
///
/// # Errors
///
/// A store or drafts that cannot be read.
pub(super) fn holds_campaign(
    opened: &OpenObservatory,
    state: &StoreState,
    id: &str,
) -> Result<Option<&'static str>> {
    let mut imports = state.imports.iter();
    if imports.any(|i| i.manifest.campaign == id) {
        return Ok(Some("elle a reçu des fichiers"));
    }
    if opened.plans.actions.iter().any(|a| a.campagne == id) {
        return Ok(Some("des actions la citent"));
    }
    let entries = all_entries(&opened.observatory.root)?;
    if entries.drafts.iter().any(|d| d.campagne == id) {
        return Ok(Some("des saisies y sont commencées"));
    }
    Ok(None)
}

/// Why an observatory cannot become another one, if it cannot.
///
/// # Errors
///
/// A store that cannot be read.
pub(super) fn breaks_answers(
    opened: &OpenObservatory,
    before: &Observatory,
    after: &Observatory,
) -> Result<Option<String>> {
    let state = opened.store.state()?;
    let kept = |id: &str| after.settings.campaigns.iter().find(|c| c.id == id);
    for campaign in &before.settings.campaigns {
        let id = &campaign.id;
        let Some(new) = kept(id) else {
            if let Some(why) = holds_campaign(opened, &state, id)? {
                return Ok(Some(format!(
                    "La campagne « {id} » ne peut plus disparaître des réglages : {why}. Rien n’a été écrit."
                )));
            }
            continue;
        };
        if opened.store.live(&state, id)?.is_empty() {
            continue;
        }
        let (then, now) = (before.referentiel(campaign), after.referentiel(new));
        let changed = then.criteres.iter().filter(|c| {
            let same = now.critere(&c.code).map(|n| &now.criteres[n].hash);
            same != Some(&c.hash)
        });
        let changed: Vec<&str> = changed.map(|c| c.code.as_str()).collect();
        if !changed.is_empty() {
            let named = list(&changed[..changed.len().min(6)]);
            return Ok(Some(format!(
                "{id} : des réponses y sont déjà, données aux phrases de maintenant, et ce changement (version ou début) ferait lire d’autres phrases ({named}{}). Une campagne garde ses phrases. Rien n’a été écrit.",
                if changed.len() > 6 { "…" } else { "" }
            )));
        }
    }
    Ok(None)
}
